//! Palettes: a few colours in an order, with names and shares.
//!
//! ```text
//! swatch.rs  one colour of it          order.rs  ways to put them in order
//! hex.rs     colours as people write them
//! names/     what colours are called, in English and in Chinese
//! file/      palettes as other programs keep them, read and written
//! strip.rs   a palette as a picture
//! ```

pub mod file;
mod hex;
pub mod names;
mod order;
mod strip;
mod swatch;

use std::str::FromStr;

pub use file::FileFormat;
pub use order::Order;
pub use strip::Strip;
pub use swatch::Swatch;

use crate::error::StyleError;

/// An ordered list of swatches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Palette {
    swatches: Vec<Swatch>,
}

impl Palette {
    /// The most colours a palette from outside may have.
    pub const MOST: usize = 65_536;

    /// These swatches, in this order.
    pub fn new(swatches: Vec<Swatch>) -> Self {
        Self { swatches }
    }

    /// Colours written as people write them: `#b08d3c`, `fc0`, `dark olive green`, `月白`. What is called by a
    /// name keeps it.
    pub fn from_words<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Result<Self, StyleError> {
        let swatches =
            words.into_iter().map(|word| word.as_ref().parse::<Swatch>()).collect::<Result<_, _>>();
        swatches.map(Self::new).map_err(|what| StyleError { origin: "palette".into(), line: None, what })
    }

    /// How many colours there are.
    pub fn len(&self) -> usize {
        self.swatches.len()
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.swatches.is_empty()
    }

    /// The swatches, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Swatch> {
        self.swatches.iter()
    }

    /// The swatches as a slice.
    pub fn swatches(&self) -> &[Swatch] {
        &self.swatches
    }

    /// The swatches to be changed: names given, shares filled in.
    pub fn swatches_mut(&mut self) -> &mut [Swatch] {
        &mut self.swatches
    }

    /// The bare colours, in order: straight sRGB and alpha.
    pub fn colours(&self) -> impl ExactSizeIterator<Item = [u8; 4]> + '_ {
        self.swatches.iter().map(|swatch| swatch.colour)
    }

    /// Is every colour fully opaque?
    pub fn is_opaque(&self) -> bool {
        self.colours().all(|[.., alpha]| alpha == u8::MAX)
    }

    /// The same swatches in another order.
    #[must_use]
    pub fn ordered(mut self, order: Order) -> Self {
        order.sort(&mut self.swatches);
        self
    }
}

/// A list in one text, such as `#b08d3c, navy, 月白`: commas part the colours; where there is none, spaces do.
impl FromStr for Palette {
    type Err = StyleError;

    fn from_str(text: &str) -> Result<Self, StyleError> {
        let parted: Vec<&str> = match text.contains([',', '，', ';', '\n']) {
            true => {
                text.split([',', '，', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()).collect()
            }
            false if text.parse::<Swatch>().is_ok() => vec![text],
            false => text.split_whitespace().collect(),
        };
        if parted.is_empty() || parted.len() > Self::MOST {
            let what =
                format!("there are {} colours; name 1 to {}, as in #b08d3c,navy", parted.len(), Self::MOST);
            return Err(StyleError { origin: "palette".into(), line: None, what });
        }
        Self::from_words(parted)
    }
}

impl FromIterator<Swatch> for Palette {
    fn from_iter<I: IntoIterator<Item = Swatch>>(swatches: I) -> Self {
        Self::new(swatches.into_iter().collect())
    }
}

impl IntoIterator for Palette {
    type Item = Swatch;
    type IntoIter = std::vec::IntoIter<Swatch>;

    fn into_iter(self) -> Self::IntoIter {
        self.swatches.into_iter()
    }
}

impl<'a> IntoIterator for &'a Palette {
    type Item = &'a Swatch;
    type IntoIter = std::slice::Iter<'a, Swatch>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_listed_as_people_write_them() {
        let palette: Palette = "#b08d3c, dark olive green，月白, #0000".parse().unwrap();
        let wanted = [[0xb0, 0x8d, 0x3c, 255], [0x55, 0x6b, 0x2f, 255], [0xd6, 0xec, 0xf0, 255], [0; 4]];
        assert_eq!(palette.colours().collect::<Vec<_>>(), wanted);
        let names: Vec<_> = palette.iter().map(|swatch| swatch.name.as_deref()).collect();
        assert_eq!(names, [None, Some("dark olive green"), Some("月白"), None]);
        assert!(!palette.is_opaque());
        assert_eq!("fff 000 navy".parse::<Palette>().unwrap().len(), 3);
        assert_eq!("olive drab".parse::<Palette>().unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_colour_is_named() {
        let error = "#fff, glod".parse::<Palette>().unwrap_err().to_string();
        let wanted =
            "palette: \"glod\" is not a colour; write it as #rrggbb, #rgb or a name such as navy or 月白";
        assert_eq!(error, wanted);
        assert!(" , ".parse::<Palette>().unwrap_err().to_string().contains("there are 0 colours"));
    }
}
