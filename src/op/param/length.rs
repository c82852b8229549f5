//! Lengths that grow with the picture.

use toml::Value as Toml;

use crate::pixel::Size;

/// Units that make up the longer side of a picture: at 1024 pixels a length of 1 is one pixel.
const LENGTH_UNITS: f64 = 1024.0;

/// A length in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// In units of 1/1024 of the longer side, so that a preview and the full picture look alike.
    Relative(f64),
    /// In pixels, whatever the size of the picture.
    Pixels(f64),
}

impl Length {
    /// How many pixels it is in a picture of this size.
    pub fn pixels(self, size: Size) -> f32 {
        match self {
            Self::Relative(units) => (units * size.longer() as f64 / LENGTH_UNITS) as f32,
            Self::Pixels(pixels) => pixels as f32,
        }
    }

    pub(super) fn read(toml: &Toml) -> Option<Self> {
        if let Some(units) = toml.as_float().or_else(|| toml.as_integer().map(|i| i as f64)) {
            return Some(Self::Relative(units));
        }
        let text = toml.as_str()?.trim();
        let number = |digits: &str| digits.trim().parse::<f64>().ok();
        match (text.strip_suffix('%'), text.strip_suffix("px")) {
            (Some(percent), _) => number(percent).map(|p| Self::Relative(p * LENGTH_UNITS / 100.0)),
            (_, Some(pixels)) => number(pixels).map(Self::Pixels),
            _ => number(text).map(Self::Relative),
        }
    }

    pub(super) fn amount(self) -> f64 {
        match self {
            Self::Relative(amount) | Self::Pixels(amount) => amount,
        }
    }
}
