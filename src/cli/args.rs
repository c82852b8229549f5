//! What can be typed: definitions and help, nothing else. No file is touched here.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use zhijin::codec::{Compression, Format};
use zhijin::color::Rgb;
use zhijin::op::Resize;

use super::values;

/// Turn pictures into art, on this machine.
///
/// A style is a named list of steps; `zhijin styles` lists them. Without -o the result lies beside the
/// picture: photo.jpg becomes photo.cyanotype.png. Existing files are never replaced unless you say so.
#[derive(Debug, Parser)]
#[command(name = "zhijin", version, max_term_width = 100, propagate_version = false)]
#[command(disable_help_subcommand = true, after_help = "Try `zhijin apply cyanotype photo.jpg`.")]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands there are.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Apply(Box<Apply>),
    Redo(Box<Redo>),
    #[command(mut_arg("compress", |compress| compress.default_value("best")))]
    Quantize(Box<super::quantize::Quantize>),
    Edges(Box<super::edges::EdgesArgs>),
    Weave(Box<super::weave::WeaveArgs>),
    Palette(Box<super::palette::PaletteArgs>),
    Measure(super::measure::MeasureArgs),
    Styles(Styles),
    /// Print a completion script for a shell.
    ///
    /// For example: zhijin completions bash > ~/.local/share/bash-completion/completions/zhijin
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    ///
    /// For example: zhijin man > ~/.local/share/man/man1/zhijin.1
    Man,
}

/// Make pictures in a style.
///
/// Takes any number of pictures, folders (walked, their layout kept) and patterns the shell did not expand.
/// Several styles, separated by commas, are made in one call. One bad picture does not stop the others; the
/// exit code is then 1.
#[derive(Debug, Args)]
#[command(
    allow_negative_numbers = true,
    after_long_help = "\
Examples:
  zhijin apply cyanotype photo.jpg
  zhijin apply cyanotype,gilt_lacquer photo.jpg --sheet styles.png
  zhijin apply ./mine.toml holiday/ -o art/ --size 1600 --format jpg
  zhijin apply cyanotype *.jpg -o 'out/{stem}-{style}.{ext}' --set exposure.ev=0.5
  curl -s https://example.org/photo.jpg | zhijin apply plain - > photo.png

Exit codes: 0 everything was made; 1 something could not be made; 2 the command line or a style is wrong."
)]
pub(crate) struct Apply {
    /// Style: a name, a .toml file, or several, separated by commas.
    pub(crate) style: String,

    /// Pictures, folders or patterns; - for standard input.
    ///
    /// From a folder those files are taken that are pictures by their first bytes or their extension; hidden
    /// ones are left out. A file named here is always tried. Links are followed.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) jpeg: JpegArgs,
    #[command(flatten)]
    pub(crate) picture: PictureArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// Where results go and in what kind of file.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs<F: Args = PictureFormat> {
    /// File, folder or pattern to write to; - for standard output.
    ///
    /// A folder is one that exists, or a path ending in /. It is made when missing, as is the layout of the
    /// folders walked. A pattern, such as art/{stem}-{style}.{ext}, may hold these words in braces: stem (the
    /// picture's name without extension), style, ext, n (its number in this run) and dir (the folder it is in).
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) format: F,

    /// Effort for a small file: PNG, TIFF and JPEG.
    #[arg(long, value_name = "EFFORT", default_value = "fast")]
    pub(crate) compress: Compress,

    /// Colour behind transparent parts where the format has no alpha.
    #[arg(long, value_name = "COLOUR", default_value = "#ffffff", value_parser = str::parse::<Rgb>)]
    pub(crate) background: Rgb,

    /// Replace files that exist.
    #[arg(long, conflicts_with = "skip_existing")]
    pub(crate) overwrite: bool,

    /// Leave files that exist, and go on.
    #[arg(long)]
    pub(crate) skip_existing: bool,

    /// Hand EXIF on; it may hold where the picture was taken.
    #[arg(long)]
    pub(crate) keep_exif: bool,

    /// Hand the colour profile on instead of converting to sRGB.
    ///
    /// The steps of the style then work on the numbers as they are.
    #[arg(long)]
    pub(crate) keep_icc: bool,

    /// Leave out of the PNG how it was made.
    ///
    /// Otherwise it carries its recipe (the style spelled out, the seed, the size), which `zhijin redo` follows.
    #[arg(long)]
    pub(crate) no_recipe: bool,

    /// Draw one contact sheet (PNG) of all styles.
    ///
    /// A row for each picture; a column for the original and for each style. The pictures themselves are
    /// then written only if -o says where.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) sheet: Option<PathBuf>,
}

/// The format of results that are pictures.
#[derive(Clone, Debug, Args)]
pub(crate) struct PictureFormat {
    /// Format to write: png, jpg, webp, gif, tiff, bmp, qoi or ppm.
    ///
    /// Without it the extension of -o decides; without that, the picture's own format if nothing is lost
    /// in it, else PNG. Animations keep their format.
    #[arg(long = "format", value_name = "FORMAT", value_parser = values::format)]
    pub(crate) wanted: Option<Format>,
}

impl<F: Args + Clone> OutputArgs<F> {
    /// The same for results that are pictures.
    pub(crate) fn of_pictures(&self, wanted: Option<Format>) -> OutputArgs {
        let all = self.clone();
        OutputArgs {
            output: all.output,
            format: PictureFormat { wanted },
            compress: all.compress,
            background: all.background,
            overwrite: all.overwrite,
            skip_existing: all.skip_existing,
            keep_exif: all.keep_exif,
            keep_icc: all.keep_icc,
            no_recipe: all.no_recipe,
            sheet: all.sheet,
        }
    }
}

/// How JPEG is written.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct JpegArgs {
    /// Quality of JPEG, 1 to 100.
    #[arg(long, value_name = "1-100", default_value_t = Self::DEFAULT.quality,
        value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) quality: u8,
}

impl JpegArgs {
    /// What holds when nothing is said.
    pub(crate) const DEFAULT: Self = Self { quality: 92 };
}

/// How hard to try for a small file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Compress {
    /// As fast as the format allows.
    Fast,
    /// As small as the format allows, in reasonable time.
    Best,
}

impl From<Compress> for Compression {
    fn from(effort: Compress) -> Self {
        match effort {
            Compress::Fast => Self::Fast,
            Compress::Best => Self::Best,
        }
    }
}

/// What is done to the picture.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Picture")]
pub(crate) struct PictureArgs {
    /// Set a parameter of a step; may be repeated.
    ///
    /// For example --set exposure.ev=0.5. `zhijin styles show STYLE` prints the steps and their values. With
    /// several styles it holds for those that have the step.
    #[arg(long = "set", value_name = "STEP.PARAM=VALUE", value_parser = values::setting)]
    pub(crate) settings: Vec<(String, String)>,

    /// How strongly the style is applied, 0 to 1.
    ///
    /// A painting that is weaker has smaller strokes and keeps more detail; styles that do not say what is weak are mixed
    /// with the picture.
    #[arg(long, value_name = "0-1", default_value_t = 1.0, value_parser = values::share)]
    pub(crate) strength: f64,

    /// Where all chance comes from; the same seed, the same picture.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::seed)]
    pub(crate) seed: u64,

    /// Size of the result, such as 1600, 1600x900 or 50%.
    ///
    /// 1600: the longer side. 1600x900: fit within. 1600x900!: exactly, stretched. 1600x900^: exactly,
    /// cropped about the middle. 1600x or x900: one side. 50%: a part of each side.
    #[arg(long, value_parser = values::size)]
    pub(crate) size: Option<Resize>,
}

/// How the work is done and how much it may take.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Work and limits")]
pub(crate) struct RunArgs {
    /// Pictures worked on at a time; default: as many as threads.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Threads for the work on pixels; 0: one for each core.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub(crate) threads: u16,

    /// Time allowed for each picture, such as 30s, 500ms or 2m.
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    pub(crate) deadline: Option<Duration>,

    /// Pixels one picture may have, such as 512M.
    #[arg(long, value_name = "N", default_value = "512M", value_parser = values::count)]
    pub(crate) max_pixels: u64,

    /// Memory for pictures, such as 4G; default: half of what there is.
    ///
    /// It bounds two things: the decoded pixels of one picture (past it, the picture is refused) and the
    /// pictures worked on at the same time (past it, they wait for one another). The default is half of
    /// the machine's memory, and 4G at most.
    #[arg(long, value_name = "BYTES", value_parser = values::bytes)]
    pub(crate) max_memory: Option<u64>,

    /// Frames one animation may have.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_frames: u32,

    /// Time of one core a style may take on a picture, by the estimate made before it starts.
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = values::duration)]
    pub(crate) max_work: Duration,

    /// Say what would be written, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What is said about it.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Messages")]
pub(crate) struct ShowArgs {
    /// Show the results in the terminal, if it can.
    ///
    /// As pictures in kitty, Ghostty, WezTerm, iTerm2 and mintty; as coloured blocks where COLORTERM says
    /// truecolor.
    #[arg(long, conflicts_with = "json")]
    pub(crate) preview: bool,

    /// Print one JSON object a line: one for each result, then a summary.
    #[arg(long)]
    pub(crate) json: bool,

    /// Say nothing but errors; twice: not even those.
    #[arg(short, long, action = ArgAction::Count, conflicts_with = "verbose")]
    pub(crate) quiet: u8,

    /// Say how long each part took; twice: also where a fault was caught.
    #[arg(short, long, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// Make pictures as another was made, from the recipe that its PNG carries.
///
/// The style is the one the picture was made in, with every value it had; so are the seed and the size, unless
/// others are given here.
#[derive(Debug, Args)]
#[command(
    allow_negative_numbers = true,
    after_long_help = "\
Examples:
  zhijin redo lanterns.cyanotype.png photo.jpg
  zhijin redo lanterns.cyanotype.png photo.jpg --seed 8 --set exposure.ev=0.5 -o again.png"
)]
pub(crate) struct Redo {
    /// A PNG that zhijin made.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) recipe: PathBuf,

    /// Pictures, folders or patterns; - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Set a parameter of a step; may be repeated.
    #[arg(long = "set", value_name = "STEP.PARAM=VALUE", value_parser = values::setting, help_heading = "Picture")]
    pub(crate) settings: Vec<(String, String)>,

    /// Another seed than that of the recipe.
    #[arg(long, value_name = "N", value_parser = values::seed, help_heading = "Picture")]
    pub(crate) seed: Option<u64>,

    /// Another size than that of the recipe, such as 1600, 1600x900 or 50%.
    #[arg(long, value_parser = values::size, help_heading = "Picture")]
    pub(crate) size: Option<Resize>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) jpeg: JpegArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// List the styles, show one, start one, or check a file.
#[derive(Debug, Args)]
pub(crate) struct Styles {
    #[command(subcommand)]
    pub(crate) what: Option<StylesCommand>,
}

/// What to do with styles.
#[derive(Debug, Subcommand)]
pub(crate) enum StylesCommand {
    /// List the styles there are (also what `zhijin styles` alone does).
    List {
        /// Print one JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Print a style with everything spelled out, as a file to start from.
    Show {
        /// A name, or the path of a .toml file.
        style: String,
    },
    /// Write a style file to start from, with what each value may be beside it.
    ///
    /// For example: zhijin styles new dusk --from cyanotype
    New {
        /// Its name, or the path of the .toml file to write.
        name: PathBuf,
        /// The style to start from: a name, or the path of a .toml file.
        #[arg(long, value_name = "STYLE", default_value = "plain")]
        from: String,
        /// Replace a file that exists.
        #[arg(long)]
        overwrite: bool,
    },
    /// Check style files, and say what they would take; exit code 2 if one is wrong.
    Check {
        /// The files.
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<OsString>,
    },
    Lut(super::styles_lut::StylesLut),
}
