//! `zhijin styles lut`: a style as a table of colours for other programs.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use zhijin::codec::{EncodeOptions, Format, Metadata, encode};
use zhijin::color::Lut;
use zhijin::{Context, Style, style};

use super::write::{self, Existing};
use super::{Exit, Failure, out};

/// Write a style as a table of colours (LUT) for video editors, cameras and other programs.
///
/// A name that ends in .cube gives a text file, one that ends in .png a Hald picture. The style may hold only steps
/// that look at each colour by itself.
#[derive(Debug, Args)]
pub(crate) struct StylesLut {
    /// A name, or the path of a .toml file.
    style: String,

    /// File to write: NAME.cube or NAME.png; - for .cube text on standard output.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,

    /// Points along an edge, 2 to 144; default: 33, and 64 for .png, where it must be a square number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=144))]
    points: Option<u16>,

    /// Replace a file that exists.
    #[arg(long)]
    overwrite: bool,
}

/// Points along an edge when nothing is said: what video programs expect.
const CUBE: u16 = 33;

/// The same in a Hald picture: level 8, 512×512 pixels, as they are passed around.
const HALD: u16 = 64;

/// Write the table.
pub(super) fn run(asked: &StylesLut) -> Result<Exit, Failure> {
    let path = &asked.output;
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_stdout = path == Path::new("-");
    let is_hald = match extension.as_str() {
        "cube" => false,
        "png" => true,
        _ if is_stdout => false,
        _ => {
            let shown = out::shown(path);
            return Err(Failure::Usage(format!("{shown}: name a file that ends in .cube or .png")));
        }
    };
    let points = asked.points.unwrap_or(if is_hald { HALD } else { CUBE });
    if is_hald && points.isqrt().pow(2) != points {
        let remedy = "a Hald picture needs a square number, such as 16, 36, 64 or 144";
        return Err(Failure::Usage(format!("--points {points} is not allowed; {remedy}")));
    }
    let lut = style::lut(&Style::find(&asked.style)?, points.into())?;
    let bytes = if is_hald { hald(&lut)? } else { lut.to_cube().into_bytes() };
    if is_stdout {
        out::bytes(&bytes)?;
        return Ok(Exit::Made);
    }
    let existing = if asked.overwrite { Existing::Replace } else { Existing::Keep };
    match write::whole(path, &bytes, existing) {
        Ok(()) => Ok(Exit::Made),
        Err(error) => {
            out::note(&format!("zhijin: {}: {}", out::shown(path), unwritten(&error)));
            Ok(Exit::NotMade)
        }
    }
}

fn hald(lut: &Lut) -> Result<Vec<u8>, Failure> {
    let picture = lut.to_hald().ok_or_else(|| Failure::Usage("this table has no Hald picture".into()))?;
    Ok(encode(&picture, Format::Png, &EncodeOptions::default(), &Metadata::default(), &Context::default())?)
}

fn unwritten(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "it exists already; --overwrite replaces it".into(),
        _ => format!("it cannot be written ({error}); check the folder"),
    }
}
