//! `zhijin palette`: the colours of pictures, shown, written for other programs, converted.

mod source;
mod swatches;

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};
use zhijin::codec::{EncodeOptions, Format, Metadata, encode};
use zhijin::palette::{FileFormat, Order, Palette, Strip, file};
use zhijin::pixel::Size;
use zhijin::{Context, Limits};

use self::source::Source;
use super::write::{self, Existing};
use super::{Exit, Failure, memory, out, stop, values};

/// Show the colours of pictures, or write them for other programs.
///
/// Takes pictures, and finds the few colours that stand for all of theirs together; or palette files (GIMP .gpl, Adobe
/// .ase and .aco, .hex, .json, .css, JASC .pal), and converts them. Without -o the swatches are shown here, each with
/// its share of the pictures and the nearest common names in English and Chinese.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  zhijin palette photo.jpg
  zhijin palette photo.jpg -k 12 --order hue -o photo.gpl
  zhijin palette holiday/ -k 8 --format css --names chinese
  zhijin palette photo.jpg -o strip.png --size 1600x200 --by-share
  zhijin palette brand.ase -o brand.json")]
pub(crate) struct PaletteArgs {
    /// Pictures, folders or patterns, or palette files; - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,

    /// Colours to find in pictures, 1 to 65536; default: 6.
    ///
    /// A picture that has no more comes out with its very colours.
    #[arg(short = 'k', long, visible_alias = "colors", value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=65_536))]
    colours: Option<u32>,

    /// Order of the colours; default: frequency for pictures, given for palette files.
    #[arg(long, value_parser = PossibleValuesParser::new(Order::ALL.map(Order::name)).try_map(|name| name.parse::<Order>()))]
    order: Option<Order>,

    /// Format to write; default: by the extension of -o, else swatches.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Shape>,

    /// File to write; - for standard output.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    /// What colours without a name are called in files that keep names; default: english, and none in JSON.
    #[arg(long, value_name = "LANGUAGE")]
    names: Option<Language>,

    /// Size of the PNG strip, such as 1600x200.
    #[arg(long, value_name = "WxH", value_parser = values::pixels)]
    size: Option<Size>,

    /// Make the swatches of the strip as wide as their shares.
    #[arg(long)]
    by_share: bool,

    /// Replace a file that exists.
    #[arg(long)]
    overwrite: bool,

    /// Pixels one picture may have, such as 512M.
    #[arg(long, value_name = "N", default_value = "512M", value_parser = values::count)]
    max_pixels: u64,

    /// Memory for all pictures together, such as 4G; default: half of what there is.
    #[arg(long, value_name = "BYTES", value_parser = values::bytes)]
    max_memory: Option<u64>,
}

/// What a palette is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// Lines with a block of colour, shares and names.
    Swatches,
    /// A picture of the swatches side by side.
    Png,
    /// A list of objects with hex, name, share and the nearest names.
    Json,
    /// CSS variables.
    Css,
    /// GIMP, Inkscape, Krita.
    Gpl,
    /// Adobe Swatch Exchange.
    Ase,
    /// Adobe Photoshop.
    Aco,
    /// A colour a line.
    Hex,
    /// JASC: Paint Shop Pro, Aseprite.
    Pal,
}

/// What colours are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// By the nearest common English name.
    English,
    /// By the nearest traditional Chinese name.
    Chinese,
    /// Not at all.
    None,
}

impl Shape {
    fn file(self) -> Option<FileFormat> {
        match self {
            Self::Swatches | Self::Png => None,
            Self::Json => Some(FileFormat::Json),
            Self::Css => Some(FileFormat::Css),
            Self::Gpl => Some(FileFormat::Gpl),
            Self::Ase => Some(FileFormat::Ase),
            Self::Aco => Some(FileFormat::Aco),
            Self::Hex => Some(FileFormat::Hex),
            Self::Pal => Some(FileFormat::Jasc),
        }
    }

    fn is_text(self) -> bool {
        self != Self::Png && self.file().is_none_or(FileFormat::is_text)
    }

    /// By the extension of the file to write.
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension().and_then(OsStr::to_str)?;
        if extension.eq_ignore_ascii_case("png") {
            return Some(Self::Png);
        }
        let format = FileFormat::from_extension(extension)?;
        Self::value_variants().iter().copied().find(|shape| shape.file() == Some(format))
    }
}

/// Do what was asked.
pub(super) fn run(asked: &PaletteArgs) -> Result<Exit, Failure> {
    let target = asked.output.as_deref().filter(|path| *path != Path::new("-"));
    let shape = shape(asked, target)?;
    mind_what_cannot_be(asked, shape, target)?;
    let context = Context { limits: limits(asked), cancel: stop::on_interrupt(), ..Context::default() };
    let Some(Source { palette, is_file }) = source::palette(asked, &context)? else {
        return Ok(Exit::NotMade);
    };
    let order = asked.order.unwrap_or(if is_file { Order::Given } else { Order::Frequency });
    let palette = palette.ordered(order);
    let bytes = match bytes(asked, shape, palette, target.is_none(), &context) {
        Ok(bytes) => bytes,
        Err(error) => {
            out::note(&format!("zhijin: {}", out::plain(&error.to_string())));
            return Ok(Exit::NotMade);
        }
    };
    put(&bytes, target, asked.overwrite)
}

fn limits(asked: &PaletteArgs) -> Limits {
    let max_bytes = asked.max_memory.unwrap_or_else(memory::default_budget);
    Limits { max_pixels: asked.max_pixels, max_bytes, ..Limits::default() }
}

fn shape(asked: &PaletteArgs, target: Option<&Path>) -> Result<Shape, Failure> {
    let by_name = || match target {
        None => Ok(Shape::Swatches),
        Some(path) => Shape::of(path).ok_or_else(|| {
            let shown = out::shown(path);
            let known =
                "name a file that ends in .png, .json, .css, .gpl, .ase, .aco, .hex or .pal, or say --format";
            Failure::Usage(format!("{shown}: {known}"))
        }),
    };
    asked.format.map_or_else(by_name, Ok)
}

/// What is known to be wrong before any work.
fn mind_what_cannot_be(asked: &PaletteArgs, shape: Shape, target: Option<&Path>) -> Result<(), Failure> {
    if (asked.size.is_some() || asked.by_share) && shape != Shape::Png {
        let flag = if asked.by_share { "--by-share" } else { "--size" };
        return Err(Failure::Usage(format!("{flag} is for a PNG strip; say --format png or -o NAME.png")));
    }
    if target.is_none() && asked.output.is_none() && !shape.is_text() && io::stdout().is_terminal() {
        let wrong = "standard output is a terminal, which cannot show these bytes; name a file with -o, or use -o - if you mean it";
        return Err(Failure::Usage(wrong.into()));
    }
    match target {
        Some(path) if !asked.overwrite && write::is_taken(path) => {
            Err(Failure::Usage(format!("{}: it exists already; --overwrite replaces it", out::shown(path))))
        }
        _ => Ok(()),
    }
}

fn bytes(
    asked: &PaletteArgs,
    shape: Shape,
    palette: Palette,
    is_stdout: bool,
    context: &Context,
) -> zhijin::Result<Vec<u8>> {
    let Some(format) = shape.file() else {
        return match shape {
            Shape::Png => strip(asked, &palette, context),
            _ => Ok(swatches::list(&palette, is_stdout && swatches::in_colour()).into_bytes()),
        };
    };
    if !format.keeps_alpha() && !palette.is_opaque() {
        out::note(&format!("zhijin: {format} files keep no transparency; its colours are written as opaque"));
    }
    let spoken = asked.names.unwrap_or(match format {
        FileFormat::Json => Language::None,
        _ => Language::English,
    });
    file::write(&called(palette, spoken), format)
}

fn strip(asked: &PaletteArgs, palette: &Palette, context: &Context) -> zhijin::Result<Vec<u8>> {
    let strip = Strip { size: asked.size, by_share: asked.by_share };
    if let Some(size) = asked.size {
        context.limits.admit(size, 4)?;
    }
    let picture = strip.draw(palette).expect("a palette that was found or read has a colour");
    encode(&picture, Format::Png, &EncodeOptions::default(), &Metadata::default(), context)
}

/// Names for the colours that have none.
fn called(mut palette: Palette, spoken: Language) -> Palette {
    for swatch in palette.swatches_mut().iter_mut().filter(|swatch| swatch.name.is_none()) {
        let name = match spoken {
            Language::None => continue,
            Language::English => swatches::english(swatch),
            Language::Chinese => swatches::chinese(swatch).0,
        };
        swatch.name = Some(name.into());
    }
    palette
}

fn put(bytes: &[u8], target: Option<&Path>, overwrite: bool) -> Result<Exit, Failure> {
    let Some(path) = target else {
        out::bytes(bytes)?;
        return Ok(Exit::Made);
    };
    let existing = if overwrite { Existing::Replace } else { Existing::Keep };
    match write::whole(path, bytes, existing) {
        Ok(()) => Ok(Exit::Made),
        Err(error) => {
            let why = match error.kind() {
                io::ErrorKind::AlreadyExists => "it exists already; --overwrite replaces it".into(),
                _ => format!("it cannot be written ({error}); check the folder"),
            };
            out::note(&format!("zhijin: {}: {why}", out::shown(path)));
            Ok(Exit::NotMade)
        }
    }
}
