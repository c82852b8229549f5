//! Lines as curves, for browsers and plotters.

use zhijin::color::Rgb;
use zhijin::edge::{Grey, Scene};
use zhijin::line::PenDrawing;
use zhijin::op::{self, Values};
use zhijin::pixel::Layout;
use zhijin::trace::{Colour, Follow, Ink, Traced, follow_scene, on_paper, pen_lines};
use zhijin::{Context, Picture, Style};

use super::EdgesArgs;
use crate::cli::Failure;
use crate::cli::document::Document;

/// What is darker than this, of a drawing, is ink.
const INK: u8 = 128;

/// Is a picture drawn, and that traced? The edges of canny and contour are traced as they are found, between
/// the pixels, and the strokes of a hatching are drawn as they were laid.
pub(super) fn are_drawn_first(asked: &EdgesArgs) -> bool {
    !matches!(&asked.method[..], "canny" | "contour" | "hatch")
}

/// The style that draws what is traced.
pub(super) fn step(asked: &EdgesArgs) -> Result<Style, Failure> {
    super::step(asked, [Rgb([0.0; 3]), Rgb([1.0; 3])])
}

/// The document that draws the lines of each picture.
pub(super) fn document(asked: &EdgesArgs, step: &Style) -> Result<Document, Failure> {
    if matches!(&asked.method[..], "sobel" | "scharr" | "prewitt" | "orientation") {
        let text = format!("--method {}: shades have no lines; all other methods have", asked.method);
        return Err(Failure::Usage(text));
    }
    if asked.output.sheet.is_some() {
        return Err(Failure::Usage(
            "--sheet: curves cannot be shown on a sheet; leave --format svg away".into(),
        ));
    }
    let (lines, values, drawn) = (asked.lines, step.steps[0].values.clone(), are_drawn_first(asked));
    let (ink, paper) = (asked.ink.to_u8(), asked.paper.to_u8());
    let brush = asked.method == "flow";
    if asked.method == "hatch" {
        let hatched = move |picture: &Picture, context: &Context| {
            let drawing = PenDrawing::new(picture, 1.0, &op::hatching(&values, picture.size()), context)?;
            let traced = pen_lines(&drawing, picture.size(), context)?;
            let layers: Vec<_> = traced.iter().map(|(name, lines)| (name.clone(), lines)).collect();
            Ok(lines.svg(&layers, picture, ([ink, paper], true), context)?.into_bytes())
        };
        return Ok(Document { extension: "svg", write: Box::new(hatched) });
    }
    if asked.method == "xdog" {
        let masses = move |picture: &Picture, context: &Context| {
            let drawn = in_two(picture, [ink, paper], context)?;
            Ok(lines.masses(&drawn, context)?.into_bytes())
        };
        return Ok(Document { extension: "svg", write: Box::new(masses) });
    }
    Ok(Document {
        extension: "svg",
        write: Box::new(move |picture, context| {
            let follow = lines.follow(picture.size());
            let traced = if drawn {
                of_ink(picture, follow, context)
            } else {
                of_canny(picture, &values, follow, context)
            }?;
            let layers = [("Lines".into(), &traced)];
            Ok(lines.svg(&layers, picture, ([ink, paper], brush), context)?.into_bytes())
        }),
    })
}

/// A drawing in ink and paper alone.
fn in_two(picture: &Picture, colours: [Colour; 2], context: &Context) -> zhijin::Result<Picture> {
    let values = on_paper(picture, context)?;
    let pixels = values.iter().flat_map(|value| colours[usize::from(*value >= INK)]).collect::<Vec<u8>>();
    Ok(Picture::new(picture.size(), Layout::Rgb, pixels).expect("three bytes for each pixel"))
}

fn of_canny(picture: &Picture, values: &Values, follow: Follow, context: &Context) -> zhijin::Result<Traced> {
    let finder = op::edge_finder(values, picture.size());
    let scene = Scene::open(picture, finder.look, context)?;
    follow_scene(&scene, &finder.canny(&scene, context)?, follow, context)
}

fn of_ink(picture: &Picture, follow: Follow, context: &Context) -> zhijin::Result<Traced> {
    let values = on_paper(picture, context)?;
    let grey = Grey::new(&values, picture.size().width(), picture.size().height())?;
    Ink::new(grey, INK).lines(follow, context)
}
