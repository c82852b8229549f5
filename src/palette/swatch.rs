//! One colour of a palette.

use std::fmt;
use std::str::FromStr;

use super::{hex, names};
use crate::color::Rgb;
use crate::pixel::Encoding;

/// The longest name that is kept of a file; more is cut.
const MOST_LETTERS: usize = 200;

/// A colour, perhaps with a name, perhaps with its share of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Swatch {
    /// Red, green and blue in sRGB, and alpha; the colours are not multiplied by alpha.
    pub colour: [u8; 4],
    /// What it is called, if it is called anything.
    pub name: Option<String>,
    /// The part of a picture that has this colour, 0 to 1.
    pub share: Option<f64>,
}

impl Swatch {
    /// A colour without name and share.
    pub fn new(colour: [u8; 4]) -> Self {
        Self { colour, name: None, share: None }
    }

    /// An opaque colour.
    pub fn opaque([r, g, b]: [u8; 3]) -> Self {
        Self::new([r, g, b, u8::MAX])
    }

    /// The same with a name.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// The same with a share.
    #[must_use]
    pub fn with_share(self, share: f64) -> Self {
        Self { share: Some(share), ..self }
    }

    /// The same with a name from a file: in one line, without what could command a terminal, not too long. A
    /// name that says nothing, such as the colour itself, is none.
    #[must_use]
    pub(crate) fn called(mut self, name: &str) -> Self {
        let spaced: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let name: String = spaced.trim().chars().take(MOST_LETTERS).collect();
        let name = name.trim_end();
        let silent = name.is_empty() || name == "Untitled" || name.eq_ignore_ascii_case(&self.hex());
        self.name = if silent { None } else { Some(name.into()) };
        self
    }

    /// Red, green and blue.
    pub fn rgb(&self) -> [u8; 3] {
        let [r, g, b, _] = self.colour;
        [r, g, b]
    }

    /// `#rrggbb`, or `#rrggbbaa` unless it is opaque.
    pub fn hex(&self) -> String {
        hex::write(self.colour)
    }

    /// Its place in Oklab.
    pub fn oklab(&self) -> [f32; 3] {
        oklab(self.rgb())
    }
}

/// Where a colour of 8 bits a channel is in Oklab.
pub(crate) fn oklab(rgb: [u8; 3]) -> [f32; 3] {
    Rgb(rgb.map(|v| f32::from(v) / 255.0)).to(Encoding::Oklab)
}

impl fmt::Display for Swatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl FromStr for Swatch {
    type Err = String;

    /// `#rrggbb`, `#rgb`, with alpha `#rrggbbaa` or `#rgba`, the hash may be missing; or a name, English or Chinese.
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(colour) = hex::read(text) {
            return Ok(Self::new(colour));
        }
        let named = names::find(text).map(|colour| Self::opaque(colour).named(text.to_lowercase()));
        named.ok_or_else(|| {
            let shown = hex::shown(text);
            format!("\"{shown}\" is not a colour; write it as #rrggbb, #rgb or a name such as navy or 月白")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_files_are_harmless() {
        let called = |name: &str| Swatch::opaque([176, 141, 60]).called(name).name;
        assert_eq!(called(" old\tgold\u{1b}[2J "), Some("old gold [2J".into()));
        assert_eq!(called(&"x".repeat(999)).unwrap().len(), MOST_LETTERS);
        for silent in ["", " \n", "Untitled", "#B08D3C"] {
            assert_eq!(called(silent), None, "{silent}");
        }
    }
}
