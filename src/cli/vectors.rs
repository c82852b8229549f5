//! What can be said about drawings in SVG.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use zhijin::codec::Format;
use zhijin::pixel::Size;
use zhijin::trace::{Colour, FlatDrawing, Follow, Ground, LineDrawing, Traced, Weight, write_svg};
use zhijin::{Context, Picture};

use super::document::Document;
use super::{Failure, values};

/// How lines are traced and drawn.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Lines (--format svg)")]
pub(crate) struct LineArgs {
    /// The farthest a curve may be from what it stands for, in pixels; default: 1, or 1/2000 of the longer side.
    #[arg(long, value_name = "PIXELS", value_parser = values::length)]
    tolerance: Option<f64>,

    /// Leave out lines shorter than this, in pixels; default: 6, or 1/200 of the longer side.
    #[arg(long, value_name = "PIXELS", value_parser = values::length)]
    shortest: Option<f64>,

    /// Join lines that go on in the same direction across gaps of up to so many pixels; default: 0.
    #[arg(long, value_name = "PIXELS", value_parser = values::length)]
    gap: Option<f64>,

    /// Draw all lines this wide, in pixels; default: the stronger, the wider.
    #[arg(long, value_name = "PIXELS", value_parser = values::length)]
    stroke: Option<f64>,

    /// In which order lines are drawn; default: plotter.
    ///
    /// plotter: so that a pen travels little between them. scan: as rows from above meet them.
    #[arg(long, value_name = "ORDER", value_parser = PossibleValuesParser::new(["plotter", "scan"])
        .map(|word| word == "plotter"))]
    order: Option<bool>,
}

impl LineArgs {
    /// Where no lines are traced, nothing can be said about them.
    pub(super) fn must_be_unsaid(&self) -> Result<(), Failure> {
        let said = [
            ("--tolerance", self.tolerance.is_some()),
            ("--shortest", self.shortest.is_some()),
            ("--gap", self.gap.is_some()),
            ("--stroke", self.stroke.is_some()),
            ("--order", self.order.is_some()),
        ];
        none_is_said(&said)
    }

    /// What is kept of the lines of a picture of this size.
    pub(super) fn follow(&self, size: Size) -> Follow {
        let usual = Follow::for_size(size);
        Follow {
            shortest: self.shortest.unwrap_or(usual.shortest),
            gap: self.gap.unwrap_or(usual.gap),
            ..usual
        }
    }

    /// The file; with a brush, lines are as wide as they were drawn. Paper that is white is left to whoever shows it, and there is none below a picture with transparency.
    pub(super) fn svg(
        &self,
        layers: &[(String, &Traced)],
        picture: &Picture,
        ([ink, paper], brush): ([Colour; 2], bool),
        context: &Context,
    ) -> zhijin::Result<String> {
        let ground = if paper == [255; 3] { Ground::Shown(paper) } else { Ground::Painted(paper) };
        let drawing = LineDrawing {
            tolerance: self.tolerance,
            weight: match self.stroke {
                Some(width) => Weight::Even(width),
                // What was drawn with a brush thins out by itself.
                None if brush => Weight::Brush { taper: 0.0 },
                None => Weight::Strength,
            },
            short: self.order.unwrap_or(true),
            ink,
            ground: picture.is_opaque().then_some(ground),
            title: String::new(),
        };
        Ok(write_svg(&drawing.layers(layers, picture.size(), context)?))
    }
}

impl LineArgs {
    /// The file of a drawing in two colours, as filled outlines.
    pub(super) fn masses(&self, picture: &Picture, context: &Context) -> zhijin::Result<String> {
        let drawing = FlatDrawing { tolerance: self.tolerance, ..FlatDrawing::default() };
        Ok(write_svg(&drawing.sheet(picture, context)?))
    }
}

/// The format of pictures in few colours, which can be drawn as well.
#[derive(Clone, Debug, Args)]
pub(crate) struct FlatFormat {
    /// Format to write: png, jpg, webp, gif, tiff, bmp, qoi, ppm; or svg, every colour as filled curves.
    ///
    /// Without it the extension of -o decides; without that, the picture's own format if nothing is lost in it,
    /// else PNG. Animations keep their format.
    #[arg(long = "format", value_name = "FORMAT", value_parser = flat)]
    pub(super) wanted: Option<Flat>,
}

/// What is written of a picture in few colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flat {
    Picture(Format),
    Drawing,
}

fn flat(text: &str) -> Result<Flat, String> {
    if text.eq_ignore_ascii_case("svg") { Ok(Flat::Drawing) } else { values::format(text).map(Flat::Picture) }
}

impl FlatFormat {
    /// What is written, as far as it is said.
    pub(super) fn or_of(&self, output: Option<&PathBuf>) -> Option<Flat> {
        let extension = || output?.extension()?.to_str();
        self.wanted.or_else(|| extension().filter(|e| e.eq_ignore_ascii_case("svg")).map(|_| Flat::Drawing))
    }
}

/// How flat regions are traced.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Regions (--format svg)")]
pub(crate) struct FlatArgs {
    /// The farthest a curve may be from the border it stands for, in pixels; default: 1, or 1/2000 of the longer side.
    #[arg(long, value_name = "PIXELS", value_parser = values::length)]
    tolerance: Option<f64>,

    /// Give regions of fewer pixels than this to a neighbour; default: 8, or 1/40000 of the picture.
    #[arg(long, value_name = "PIXELS")]
    speckle: Option<u32>,
}

impl FlatArgs {
    /// Where no regions are traced, nothing can be said about them.
    pub(super) fn must_be_unsaid(&self) -> Result<(), Failure> {
        none_is_said(&[("--tolerance", self.tolerance.is_some()), ("--speckle", self.speckle.is_some())])
    }

    /// The document that draws the regions of each picture.
    pub(super) fn document(&self) -> Document {
        let drawing = FlatDrawing { tolerance: self.tolerance, speckle: self.speckle, title: String::new() };
        Document {
            extension: "svg",
            write: Box::new(move |picture, context| {
                Ok(write_svg(&drawing.sheet(picture, context)?).into_bytes())
            }),
        }
    }
}

fn none_is_said(said: &[(&str, bool)]) -> Result<(), Failure> {
    match said.iter().find(|(_, said)| *said) {
        Some((name, _)) => Err(Failure::Usage(format!(
            "{name} is about curves, and none are drawn; add --format svg, or leave it away"
        ))),
        None => Ok(()),
    }
}
