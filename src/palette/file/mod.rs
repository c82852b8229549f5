//! Palettes as other programs keep them.
//!
//! ```text
//! gpl.rs   GIMP, Inkscape, Krita      jasc.rs  Paint Shop Pro, Aseprite
//! ase.rs   Adobe Swatch Exchange      aco.rs   Photoshop          adobe.rs  what the two share
//! hex.rs   a colour a line, Lospec    json.rs  ours, and Lospec's
//! css.rs   variables of style sheets
//! text.rs bytes.rs   reading of lines and of numbers, with errors that say where
//! ```
//!
//! Files come from strangers: they are bounded before they are read, every reader ends in a palette or in an
//! error that says where, what was found and what was expected, and names are made harmless.

mod aco;
mod adobe;
mod ase;
mod bytes;
mod css;
mod gpl;
mod hex;
mod jasc;
mod json;
#[cfg(test)]
mod tests;
mod text;

use std::fmt;
use std::str::FromStr;

use super::{Palette, hex as digits};
use crate::error::{Error, Result, StyleError};

/// The most bytes a palette file may have: enough for the longest we write of 65536 colours.
pub const MOST_BYTES: usize = 8 << 20;

/// A format of palette files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// GIMP palette.
    Gpl,
    /// Adobe Swatch Exchange.
    Ase,
    /// Adobe Photoshop swatches.
    Aco,
    /// A colour a line, in hexadecimal digits.
    Hex,
    /// A list of objects with `hex`, `name` and `share`, or of colours.
    Json,
    /// CSS variables.
    Css,
    /// JASC palette of Paint Shop Pro.
    Jasc,
}

impl FileFormat {
    /// Every format.
    pub const ALL: [Self; 7] =
        [Self::Gpl, Self::Ase, Self::Aco, Self::Hex, Self::Json, Self::Css, Self::Jasc];

    /// The extension of its files, which is also its name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gpl => "gpl",
            Self::Ase => "ase",
            Self::Aco => "aco",
            Self::Hex => "hex",
            Self::Json => "json",
            Self::Css => "css",
            Self::Jasc => "pal",
        }
    }

    /// The format of files with this extension.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Some(Self::Hex),
            "scss" | "less" => Some(Self::Css),
            _ => Self::ALL.into_iter().find(|format| format.extension() == extension),
        }
    }

    /// The format, told by the bytes.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        if ase::sniff(bytes) {
            return Some(Self::Ase);
        }
        if aco::sniff(bytes) {
            return Some(Self::Aco);
        }
        let head = text::head(bytes)?;
        [
            (Self::Gpl, gpl::sniff as fn(&str) -> bool),
            (Self::Jasc, jasc::sniff),
            (Self::Json, json::sniff),
            (Self::Css, css::sniff),
            (Self::Hex, hex::sniff),
        ]
        .into_iter()
        .find(|(_, fits)| fits(&head))
        .map(|(format, _)| format)
    }

    /// Do its files keep transparency?
    pub fn keeps_alpha(self) -> bool {
        !matches!(self, Self::Ase | Self::Aco)
    }

    /// Do its files keep names?
    pub fn keeps_names(self) -> bool {
        !matches!(self, Self::Hex | Self::Jasc)
    }

    /// Are its files text?
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Ase | Self::Aco)
    }

    /// The most colours its files hold.
    fn most(self) -> usize {
        match self {
            Self::Aco => usize::from(u16::MAX),
            _ => Palette::MOST,
        }
    }
}

impl fmt::Display for FileFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}

impl FromStr for FileFormat {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let bare = text.strip_prefix('.').unwrap_or(text);
        Self::from_extension(bare).ok_or_else(|| {
            format!("\"{}\" is no format of palettes; there are {}", digits::shown(text), known())
        })
    }
}

/// The formats, as a list to be read.
fn known() -> String {
    let names = FileFormat::ALL.map(FileFormat::extension);
    let (last, rest) = names.split_last().expect("there are formats");
    format!("{} and {last}", rest.join(", "))
}

/// Read a palette file. Its format is told by its bytes, or else by the extension of `name`, which is also what errors
/// call it.
pub fn read(name: &str, bytes: &[u8]) -> Result<Palette, StyleError> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let format = FileFormat::sniff(bytes).or_else(|| extension.and_then(FileFormat::from_extension));
    match format {
        Some(format) => read_as(format, name, bytes),
        None => {
            let found = text::described(bytes);
            let what = format!("not a palette ({found}); zhijin reads {}", known());
            Err(StyleError { origin: name.into(), line: None, what })
        }
    }
}

/// Read a palette file of this format; `name` is what errors call it.
pub fn read_as(format: FileFormat, name: &str, bytes: &[u8]) -> Result<Palette, StyleError> {
    let wrong = |(line, what)| StyleError { origin: name.into(), line, what };
    if bytes.len() > MOST_BYTES {
        let what = format!("the file has {} bytes; a palette may have {MOST_BYTES}", bytes.len());
        return Err(wrong((None, what)));
    }
    let palette = match format {
        FileFormat::Ase => ase::read(bytes).map_err(|what| (None, what)),
        FileFormat::Aco => aco::read(bytes).map_err(|what| (None, what)),
        FileFormat::Gpl => gpl::read(&text::decoded(bytes)),
        FileFormat::Hex => hex::read(&text::decoded(bytes)),
        FileFormat::Json => json::read(&text::decoded(bytes)),
        FileFormat::Css => css::read(&text::decoded(bytes)),
        FileFormat::Jasc => jasc::read(&text::decoded(bytes)),
    };
    let palette = palette.map_err(wrong)?;
    match palette.len() {
        0 => Err(wrong((None, format!("there is no colour in this {format} file")))),
        count if count > Palette::MOST => {
            let most = Palette::MOST;
            Err(wrong((None, format!("there are {count} colours; a palette may have {most}"))))
        }
        _ => Ok(palette),
    }
}

/// The bytes of a palette file.
pub fn write(palette: &Palette, format: FileFormat) -> Result<Vec<u8>> {
    if palette.is_empty() || palette.len() > format.most() {
        let what = format!("a palette of {} colours cannot be written as {format}", palette.len());
        return Err(Error::unsupported(what, format!("such a file holds 1 to {}", format.most())));
    }
    Ok(match format {
        FileFormat::Gpl => gpl::write(palette).into_bytes(),
        FileFormat::Ase => ase::write(palette),
        FileFormat::Aco => aco::write(palette),
        FileFormat::Hex => hex::write(palette).into_bytes(),
        FileFormat::Json => json::write(palette).into_bytes(),
        FileFormat::Css => css::write(palette).into_bytes(),
        FileFormat::Jasc => jasc::write(palette).into_bytes(),
    })
}
