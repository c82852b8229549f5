//! `zhijin quantize`: pictures in a few colours. What is typed becomes a style of one step, and that is applied; what
//! comes of it is written as it is, or traced.

mod drawing;

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};
use zhijin::codec::{self, DecodeOptions, Format};
use zhijin::op;
use zhijin::palette::{Palette, file};
use zhijin::quant::Quantizer;
use zhijin::{Context, Limits, Picture, Style};

use super::aim::Aim;
use super::args::{Apply, JpegArgs, OutputArgs, PictureArgs, RunArgs, ShowArgs};
use super::vectors::{Flat, FlatArgs, FlatFormat};
use super::workshop::Product;
use super::{Exit, Failure, apply, inputs, memory, out, stop, values};

/// Bring pictures to a few colours.
///
/// Finds the colours that stand best for all of a picture's, or takes given ones, and paints with them, plain or
/// dithered. Written as PNG or GIF the result is an indexed file, as small as can be (--compress fast is quicker). A
/// picture that has no more colours comes back as it is. An animation has one palette for all its frames. As SVG, regions of one colour
/// become filled curves without gaps between neighbours.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  zhijin quantize photo.jpg -k 16
  zhijin quantize photo.jpg --dither floyd-steinberg -o small.png
  zhijin quantize photo.jpg --target-size 40k --size 800     # the most colours that fit
  zhijin quantize photo.jpg --quality 60-80                  # the fewest for 80; nothing below 60
  zhijin quantize photo.jpg --palette '#1a1c2c,#5d275d,#b13e53,#ef7d57,#ffcd75' --dither bayer
  zhijin quantize photo.jpg -k 12 --keep '#d4af37,#b8860b'   # these two golds, and the other ten
  zhijin quantize icons/ -k 64 --one-palette -o small/
  zhijin quantize photo.jpg --palette painting.png -k 24
  zhijin quantize photo.jpg -k 12 --speckle 200 -o flat.svg

Exit codes: 0 everything was made; 1 something could not be made, or not as small or as good as asked for; 2 the
command line is wrong.")]
pub(crate) struct Quantize {
    /// Pictures, folders or patterns; - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,

    /// Colours, 1 to 65536; up to 256 fit into an indexed file. Default: 256, or 16 in SVG.
    #[arg(short = 'k', long, visible_alias = "colors", value_name = "N", help_heading = "Colours",
        value_parser = clap::value_parser!(u32).range(1..=65_536))]
    colours: Option<u32>,

    /// Use these colours alone: a list, a palette file, or a picture to take -k colours from.
    ///
    /// A list is of hex values and names with commas between, such as '#1a1c2c,gold,月白'.
    #[arg(long, value_name = "COLOURS", help_heading = "Colours", conflicts_with_all = ["keep", "one_palette"])]
    palette: Option<String>,

    /// Keep these colours and find the others; a list, a palette file or a picture, as for --palette.
    #[arg(long, value_name = "COLOURS", help_heading = "Colours")]
    keep: Option<String>,

    /// Find one palette for all pictures together, and all their frames.
    #[arg(long, help_heading = "Colours")]
    one_palette: bool,

    /// Find a palette for each frame of an animation; nearer to each, but colours flicker and the file is larger.
    #[arg(long, help_heading = "Colours", conflicts_with = "one_palette")]
    each_frame: bool,

    /// How colours are found.
    #[arg(long, value_name = "METHOD", default_value = "kmeans", help_heading = "Colours",
        value_parser = PossibleValuesParser::new(["kmeans", "wu", "median-cut", "octree", "neuquant"]))]
    method: String,

    /// Where colours are compared.
    #[arg(long, value_name = "SPACE", default_value = "oklab", help_heading = "Colours",
        value_parser = PossibleValuesParser::new(["oklab", "srgb", "linear", "lab"]))]
    space: String,

    /// How much say rare and vivid colours have, 0 to 1; 0.5 keeps a small red lantern in a grey street.
    #[arg(long, value_name = "0-1", default_value_t = 0.0, help_heading = "Colours")]
    accents: f64,

    /// How much more say what draws the eye has, 0 to 1.
    #[arg(long, value_name = "0-1", default_value_t = 0.0, help_heading = "Colours")]
    salience: f64,

    /// A grey picture, stretched over each: what is white there counts for most, a face for example.
    #[arg(long, value_name = "PICTURE", help_heading = "Colours", conflicts_with_all = ["palette", "one_palette"])]
    weights: Option<String>,

    /// The least distance of two colours, 0 to 0.5; 0.02 can just be told apart. There may be fewer then.
    #[arg(long, value_name = "DISTANCE", default_value_t = 0.0, help_heading = "Colours")]
    apart: f64,

    /// How colours between are mixed.
    #[arg(long, value_name = "DITHER", default_value = "none", help_heading = "Dithering",
        value_parser = PossibleValuesParser::new(["none", "floyd-steinberg", "jarvis", "stucki", "atkinson", "sierra",
            "sierra-lite", "blue-noise", "bayer", "pattern"]))]
    dither: String,

    /// How much is mixed, 0 to 1.
    #[arg(long, value_name = "0-1", default_value_t = 1.0, help_heading = "Dithering")]
    strength: f64,

    /// How clean diffusion leaves flat areas and hard edges, 0 to 1.
    #[arg(long, value_name = "0-1", default_value_t = 1.0, help_heading = "Dithering")]
    clean: f64,

    /// The matrix of bayer and pattern is two to this power along a side, 1 to 6.
    #[arg(long, value_name = "POWER", default_value_t = 3, help_heading = "Dithering")]
    matrix: u8,

    /// As many colours, up to -k, as a file of this size can have, such as 40k, 1.5M or 64KiB.
    ///
    /// k and M are powers of 1000, KiB and MiB of 1024. If fewer than 8 colours would be left, dithering is given up for
    /// more. What cannot be made so small is not written.
    #[arg(long, value_name = "BYTES", help_heading = "Size and quality", value_parser = values::file_size,
        conflicts_with_all = ["palette", "one_palette"])]
    target_size: Option<u64>,

    /// What must be reached, and what is enough, 0 to 100: 60-80, 60-, -80, or 80 for 72-80.
    ///
    /// As few colours are used, up to -k, as the second takes; below the first nothing is written. The scale is near that
    /// of pngquant: 100 · exp(−error / 0.0006), with the mean squared distance in Oklab before dithering as the error.
    #[arg(long, value_name = "MIN-MAX", help_heading = "Size and quality", value_parser = values::qualities,
        conflicts_with_all = ["min_quality", "max_quality", "one_palette"], allow_hyphen_values = true)]
    quality: Option<(u8, u8)>,

    /// Write nothing of a lower quality, 0 to 100.
    #[arg(long, value_name = "0-100", help_heading = "Size and quality", default_value_t = 0,
        value_parser = clap::value_parser!(u8).range(0..=100))]
    min_quality: u8,

    /// Use as few colours as this quality takes, 0 to 100.
    #[arg(long, value_name = "0-100", help_heading = "Size and quality", default_value_t = 100,
        value_parser = clap::value_parser!(u8).range(0..=100), conflicts_with_all = ["palette", "one_palette"])]
    max_quality: u8,

    /// Write nothing that is no smaller than the file it was made from.
    #[arg(long, help_heading = "Size and quality")]
    skip_if_larger: bool,

    /// Size of the result, such as 320, 320x200 or 50%; colours are sought after that.
    #[arg(long, value_parser = values::size, help_heading = "Picture")]
    size: Option<op::Resize>,

    #[command(flatten)]
    regions: FlatArgs,
    #[command(flatten)]
    output: OutputArgs<FlatFormat>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    show: ShowArgs,
}

/// Colours that are sought when nothing is said, for pictures and for drawings.
const COLOURS: (u32, u32) = (256, 16);

/// Do what was asked.
pub(super) fn run(asked: &Quantize) -> Result<Exit, Failure> {
    let limits = Limits {
        max_pixels: asked.run.max_pixels,
        max_bytes: asked.run.max_memory.unwrap_or_else(memory::default_budget),
        ..Limits::default()
    };
    let context = Context { limits, cancel: stop::on_interrupt(), ..Context::default() };
    let (format, document) = match asked.output.format.or_of(asked.output.output.as_ref()) {
        Some(Flat::Drawing) => (None, Some(drawing::document(asked)?)),
        Some(Flat::Picture(format)) => (Some(format), None),
        None => (None, None),
    };
    if document.is_none() {
        asked.regions.must_be_unsaid()?;
    }
    let usual = if document.is_some() { COLOURS.1 } else { COLOURS.0 };
    let (count, given) = colours(asked, asked.colours.unwrap_or(usual), &context)?;
    let apply = Apply {
        style: String::new(),
        inputs: asked.inputs.clone(),
        output: asked.output.of_pictures(format),
        jpeg: JpegArgs::DEFAULT,
        picture: PictureArgs { settings: Vec::new(), strength: 1.0, seed: 0, size: asked.size },
        run: asked.run.clone(),
        show: asked.show.clone(),
    };
    let styles = vec![style(asked, count, &given, true)?];
    let product = match document {
        Some(document) => Product::Document(document),
        None => aim(asked, count, &given).map_or(Product::Picture, Product::Fewest),
    };
    apply::make(&apply, styles, product)
}

/// What the files must come to, if anything was said about it.
fn aim<'a>(asked: &'a Quantize, count: u32, given: &'a Palette) -> Option<Aim<'a>> {
    let (least_quality, enough_quality) = asked.quality.unwrap_or((asked.min_quality, asked.max_quality));
    let aim = Aim {
        style: Box::new(move |count, dithered| {
            style(asked, count, given, dithered).map_err(|failure| failure.to_string())
        }),
        // A palette that is given has the colours it has.
        range: if count == 0 { (0, 0) } else { (count.min(2).max(given.len() as u32), count) },
        dithered: asked.dither != "none",
        size: asked.target_size,
        least_quality,
        enough_quality,
        only_smaller: asked.skip_if_larger,
        measured: asked.target_size.is_some() || asked.show.json || asked.show.verbose > 0,
    };
    let nothing = !aim.measured && !aim.only_smaller && (least_quality, enough_quality) == (0, 100);
    (!nothing).then_some(aim)
}

/// How many colours the step is to use (0: only those given), and which are given.
fn colours(asked: &Quantize, wanted: u32, context: &Context) -> Result<(u32, Palette), Failure> {
    if let Some(words) = &asked.palette {
        return Ok((0, given(words, wanted, context)?));
    }
    let kept =
        asked.keep.as_ref().map(|words| given(words, wanted, context)).transpose()?.unwrap_or_default();
    if !asked.one_palette {
        return Ok((wanted, kept));
    }
    let pictures = pictures(&asked.inputs, context)?;
    let pictures: Vec<&Picture> = pictures.iter().collect();
    let quantizer = Quantizer::new(wanted as usize)
        .keeping(kept)
        .apart(asked.apart as f32)
        .tempered(1.0 - 0.6 * asked.accents as f32);
    Ok((0, quantizer.palette(&pictures, context)?))
}

/// A list of colours, or what a palette file or a picture has.
fn given(words: &str, wanted: u32, context: &Context) -> Result<Palette, Failure> {
    let path = Path::new(words);
    if !path.is_file() {
        return words.parse::<Palette>().map_err(|error| {
            Failure::Usage(format!("\"{words}\" is neither a file nor a list of colours: {}", error.what))
        });
    }
    let wrong = |what: String| Failure::Usage(format!("{}: {what}", out::shown(path)));
    let bytes = std::fs::read(path).map_err(|error| wrong(format!("it cannot be read ({error})")))?;
    if Format::sniff(&bytes).is_none() {
        return Ok(file::read(&path.to_string_lossy(), &bytes)?);
    }
    let picture =
        codec::decode(&bytes, &DecodeOptions::default(), context).map_err(|e| wrong(e.to_string()))?;
    Ok(Quantizer::new(wanted as usize).palette(&[&picture.picture], context)?)
}

/// All pictures named and all their frames, in memory together.
fn pictures(paths: &[PathBuf], context: &Context) -> Result<Vec<Picture>, Failure> {
    let found = inputs::find(paths, None, context.limits.max_bytes);
    let mut pictures = Vec::new();
    for input in &found.inputs {
        let wrong = |what: String| Failure::Usage(format!("{}: {what}", input.name()));
        if input.path().is_none() {
            return Err(Failure::Usage("--one-palette reads pictures twice; name files instead of -".into()));
        }
        let bytes = input.read(context.limits.max_bytes).map_err(wrong)?;
        pictures.extend(frames(&bytes, context).map_err(|error| wrong(error.to_string()))?);
        let pixels: u64 = pictures.iter().map(|picture| picture.size().pixels() as u64).sum();
        if pixels.saturating_mul(4) > context.limits.max_bytes {
            return Err(wrong(
                "--one-palette holds all pictures at once, and they take more than --max-memory; name fewer"
                    .into(),
            ));
        }
    }
    Ok(pictures)
}

/// The picture of a file, or every frame of an animation.
fn frames(bytes: &[u8], context: &Context) -> zhijin::Result<Vec<Picture>> {
    let options = DecodeOptions::default();
    match codec::frames(bytes, &options, context)? {
        Some(frames) => frames.map(|frame| frame.map(|frame| frame.picture)).collect(),
        None => Ok(vec![codec::decode(bytes, &options, context)?.picture]),
    }
}

/// The style of one step that does it.
fn style(asked: &Quantize, count: u32, given: &Palette, dithered: bool) -> Result<Style, Failure> {
    let keep: Vec<String> =
        given.colours().map(|[r, g, b, _]| format!("\"#{r:02x}{g:02x}{b:02x}\"")).collect();
    let text = format!(
        "about = \"A few colours.\"\n[[step]]\nop = \"quantize\"\ncolors = {count}\nkeep = [{}]\nmethod = \"{}\"\n\
         space = \"{}\"\naccents = {:?}\nsalience = {:?}\napart = {:?}\ndither = \"{}\"\nstrength = {:?}\n\
         clean = {:?}\nmatrix = {}\nframes = \"{}\"\n",
        keep.join(", "),
        asked.method,
        asked.space,
        asked.accents,
        asked.salience,
        asked.apart,
        if dithered { &asked.dither } else { "none" },
        asked.strength,
        asked.clean,
        asked.matrix,
        if asked.each_frame { "each" } else { "together" },
    );
    let mut style = Style::from_toml("quantize", &text)?;
    if let Some(weights) = &asked.weights {
        style.set("quantize.weights", weights)?;
    }
    Ok(style)
}
