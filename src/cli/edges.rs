//! `zhijin edges`: edges of pictures. What is typed becomes a style of one step, and that is applied; or the points
//! that Canny finds are written, for people who measure; or lines are traced, for pens and browsers.

mod lines;
mod points;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};
use zhijin::Style;
use zhijin::codec::Format;
use zhijin::color::Rgb;
use zhijin::op;

use super::args::{Apply, JpegArgs, OutputArgs, PictureArgs, RunArgs, ShowArgs};
use super::vectors::LineArgs;
use super::workshop::Product;
use super::{Exit, Failure, apply, values};

/// How edges are found: those of the operator `edges`, and lines as they are drawn.
const METHODS: [&str; 11] =
    ["canny", "contour", "sobel", "scharr", "prewitt", "orientation", "log", "dog", "xdog", "flow", "hatch"];

/// Find the edges of pictures.
///
/// Draws them as thin lines (canny, or contour for outlines rather than texture), as shades of steepness (sobel,
/// scharr, prewitt), as hues of direction (orientation), as zero crossings (log, dog), as flowing lines that swell and
/// taper (flow), as a pen hatches (hatch) or as lines and masses of ink (xdog); traces the lines as curves,
/// for browsers and pen plotters (SVG); or writes the points of the lines, to a fraction of a pixel (JSON). With the
/// same parameters, canny finds the pixels that OpenCV's finds.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  zhijin edges photo.jpg
  zhijin edges photo.jpg --sigma 2px --smooth --ink '#1a2b4c' --size 1600
  zhijin edges photo.jpg --sigma 0 --low 100 --high 200 --ink white --paper black   # cv2.Canny(grey, 100, 200)
  zhijin edges photo.jpg --method scharr --gain 6
  zhijin edges photo.jpg -o photo.svg
  zhijin edges photo.jpg --format svg --gap 8 --shortest 60 --stroke 2 --size 2400
  zhijin edges parts/ --format json -o measured/")]
pub(crate) struct EdgesArgs {
    /// Pictures, folders or patterns; - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,

    /// How edges are found.
    #[arg(short = 'M', long, value_name = "METHOD", default_value = "canny", help_heading = "Edges",
        value_parser = PossibleValuesParser::new(METHODS))]
    method: String,

    /// The Gaussian beforehand, such as 1.4px, or 1.2 in units of 1/1024 of the longer side; 0: none.
    #[arg(long, value_name = "LENGTH", default_value = "1.2", help_heading = "Edges")]
    sigma: String,

    /// Steepness that continues a line of canny; 0: 0.4 of --high.
    #[arg(long, value_name = "N", default_value_t = 0.0, help_heading = "Edges")]
    low: f64,

    /// Steepness that begins a line of canny, or the swing of a zero crossing; 0: found from the picture.
    #[arg(long, value_name = "N", default_value_t = 0.0, help_heading = "Edges")]
    high: f64,

    /// How thresholds of canny are found.
    ///
    /// share: one sloping pixel in ten is steep. otsu: steep and gentle pixels are two clear classes. median: from
    /// the median grey value.
    #[arg(long, value_name = "RULE", default_value = "share", help_heading = "Edges",
        value_parser = PossibleValuesParser::new(["share", "otsu", "contrast", "median"]))]
    rule: String,

    /// The side of Sobel's window, for canny and sobel.
    #[arg(long, value_name = "N", default_value = "3", help_heading = "Edges",
        value_parser = PossibleValuesParser::new(["3", "5", "7"]))]
    aperture: String,

    /// How steepness is told from two derivatives.
    #[arg(long, value_name = "NORM", default_value = "sum", help_heading = "Edges",
        value_parser = PossibleValuesParser::new(["sum", "euclidean"]))]
    norm: String,

    /// How colours count; log and dog look at grey.
    #[arg(long, visible_alias = "color", value_name = "HOW", default_value = "grey", help_heading = "Edges",
        value_parser = PossibleValuesParser::new(["grey", "di-zenzo", "strongest"]))]
    colour: String,

    /// How far off the surroundings must bear an edge out, for contour.
    #[arg(long, value_name = "LENGTH", default_value = "11", help_heading = "Edges")]
    reach: String,

    /// How wide the lines of xdog and flow are; default: as suits the method.
    #[arg(long, value_name = "LENGTH", help_heading = "Drawing")]
    width: Option<String>,

    /// From stroke to stroke, for hatch.
    #[arg(long, value_name = "LENGTH", default_value = "4.3", help_heading = "Drawing")]
    spacing: String,

    /// Find where a picture with transparent parts ends, too.
    #[arg(long, help_heading = "Edges")]
    outline: bool,

    /// Shades of sobel, scharr and prewitt times this; at 1 only a step from black to white gives full ink.
    #[arg(long, value_name = "N", default_value_t = 4.0, help_heading = "Drawing")]
    gain: f64,

    /// Draw the lines of canny without steps, between the pixels.
    #[arg(long, help_heading = "Drawing")]
    smooth: bool,

    /// The colour of edges.
    #[arg(long, value_name = "COLOUR", default_value = "#000000", value_parser = colour, help_heading = "Drawing")]
    ink: Rgb,

    /// The colour where there are none.
    #[arg(long, value_name = "COLOUR", default_value = "#ffffff", value_parser = colour, help_heading = "Drawing")]
    paper: Rgb,

    /// Size of the result, such as 1600, 1600x900 or 50%; edges are found after that.
    #[arg(long, value_parser = values::size, help_heading = "Picture")]
    size: Option<op::Resize>,

    #[command(flatten)]
    lines: LineArgs,
    #[command(flatten)]
    output: OutputArgs<EdgesFormat>,
    #[command(flatten)]
    jpeg: JpegArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    show: ShowArgs,
}

/// The format of results, pictures or not.
#[derive(Clone, Debug, Args)]
pub(crate) struct EdgesFormat {
    /// Format to write: png, jpg, webp, gif, tiff, bmp, qoi, ppm; svg, lines as curves; or json, the points of canny.
    ///
    /// Without it the extension of -o decides; without that, the picture's own format if nothing is lost in it,
    /// else PNG.
    #[arg(long = "format", value_name = "FORMAT", value_parser = kind)]
    wanted: Option<Kind>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Picture(Format),
    Points,
    Lines,
}

fn kind(text: &str) -> Result<Kind, String> {
    match &text.to_ascii_lowercase()[..] {
        "json" => Ok(Kind::Points),
        "svg" => Ok(Kind::Lines),
        _ => values::format(text).map(Kind::Picture),
    }
}

/// A colour by its hex value, its name, or 墨.
fn colour(text: &str) -> Result<Rgb, String> {
    let palette: zhijin::palette::Palette =
        text.parse().map_err(|error: zhijin::style::StyleError| error.what)?;
    match palette.colours().collect::<Vec<_>>()[..] {
        [[r, g, b, _]] => Ok(Rgb([r, g, b].map(|value| f32::from(value) / 255.0))),
        _ => Err("write one colour".into()),
    }
}

/// Do what was asked.
pub(super) fn run(asked: &EdgesArgs) -> Result<Exit, Failure> {
    let step = step(asked, [asked.ink, asked.paper])?;
    let as_it_is = || Style::from_toml("edges", "about = \"As it is.\"\n");
    let wanted = wanted(&asked.output);
    if wanted != Some(Kind::Lines) {
        asked.lines.must_be_unsaid()?;
    }
    let (format, style, document) = match wanted {
        Some(Kind::Picture(format)) => (Some(format), step, None),
        None => (None, step, None),
        Some(Kind::Points) => (None, as_it_is()?, Some(points::document(asked, &step)?)),
        Some(Kind::Lines) => {
            let style = if lines::are_drawn_first(asked) { lines::step(asked)? } else { as_it_is()? };
            (None, style, Some(lines::document(asked, &step)?))
        }
    };
    let apply = Apply {
        style: String::new(),
        inputs: asked.inputs.clone(),
        output: asked.output.of_pictures(format),
        jpeg: asked.jpeg,
        picture: PictureArgs { settings: Vec::new(), strength: 1.0, seed: 0, size: asked.size },
        run: asked.run.clone(),
        show: asked.show.clone(),
    };
    apply::make(&apply, vec![style], document.map_or(Product::Picture, Product::Document))
}

/// What is written, as far as it is said.
fn wanted(output: &OutputArgs<EdgesFormat>) -> Option<Kind> {
    output.format.wanted.or_else(|| {
        let extension = output.output.as_ref()?.extension()?.to_str()?;
        kind(extension).ok().filter(|kind| !matches!(kind, Kind::Picture(_)))
    })
}

/// The operator of a method that draws.
fn drawing(method: &str) -> Option<&'static str> {
    match method {
        "flow" => Some("flow_lines"),
        "xdog" => Some("xdog"),
        "hatch" => Some("hatch"),
        _ => None,
    }
}

/// The style of one step that does it, in these colours of ink and paper.
fn step(asked: &EdgesArgs, [ink, paper]: [Rgb; 2]) -> Result<Style, Failure> {
    if let Some(op) = drawing(&asked.method) {
        let said =
            |name: &str, length: &String| format!("{name} = {}\n", toml::Value::String(length.clone()));
        let length = match op {
            "hatch" => said("spacing", &asked.spacing),
            _ => asked.width.as_ref().map(|width| said("width", width)).unwrap_or_default(),
        };
        let text = format!(
            "about = \"Lines.\"\n[[step]]\nop = \"{op}\"\n{length}ink = \"{ink}\"\npaper = \"{paper}\"\n"
        );
        return Ok(Style::from_toml("edges", &text)?);
    }
    let text = format!(
        "about = \"Edges.\"\n[[step]]\nop = \"edges\"\nmethod = \"{}\"\naperture = {}\nnorm = \"{}\"\nlow = {:?}\n\
         high = {:?}\nrule = \"{}\"\nsigma = {}\nreach = {}\ncolour = \"{}\"\noutline = {}\ngain = {:?}\nsmooth = {}\n\
         ink = \"{}\"\npaper = \"{}\"\n",
        asked.method,
        asked.aperture,
        asked.norm,
        asked.low,
        asked.high,
        asked.rule,
        toml::Value::String(asked.sigma.clone()),
        toml::Value::String(asked.reach.clone()),
        asked.colour,
        asked.outline,
        asked.gain,
        asked.smooth,
        ink,
        paper,
    );
    Ok(Style::from_toml("edges", &text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_pictures_and_one_more() {
        assert_eq!(["JSON", "svg"].map(kind), [Ok(Kind::Points), Ok(Kind::Lines)]);
        assert_eq!(kind("png"), Ok(Kind::Picture(Format::Png)));
        assert!(kind("svgz").is_err());
    }

    #[test]
    fn a_colour_is_one() {
        assert_eq!(colour("white").unwrap().to_u8(), [255; 3]);
        assert_eq!(colour("#102030").unwrap().to_u8(), [16, 32, 48]);
        assert!(colour("red,blue").is_err());
        assert!(colour("nosuch").is_err());
    }
}
