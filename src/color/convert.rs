//! From one encoding to another, for rows and for single colours.

use std::fmt;
use std::str::FromStr;

use crate::kernel::{Level, oklab, transfer};
use crate::pixel::Encoding;

/// Three rows of one length from one encoding to another. The way between sRGB and Oklab is through light.
pub(crate) fn convert_rows(level: Level, from: Encoding, to: Encoding, rows: [&mut [f32]; 3]) {
    let [c0, c1, c2] = rows;
    if from == to {
        return;
    }
    match from {
        Encoding::Srgb => [&mut *c0, c1, c2].into_iter().for_each(|row| transfer::srgb_to_linear(level, row)),
        Encoding::Linear => {}
        Encoding::Oklab => oklab::oklab_to_linear(level, c0, c1, c2),
    }
    match to {
        Encoding::Srgb => [c0, c1, c2].into_iter().for_each(|row| transfer::linear_to_srgb(level, row)),
        Encoding::Linear => {}
        Encoding::Oklab => oklab::linear_to_oklab(level, c0, c1, c2),
    }
}

/// One colour in sRGB, 0 to 1 in each channel: what a style file or a flag names as `#b08d3c`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rgb(pub [f32; 3]);

impl Rgb {
    /// The colour in another encoding.
    pub fn to(self, encoding: Encoding) -> [f32; 3] {
        let [mut r, mut g, mut b] = self.0.map(|v| [v]);
        convert_rows(Level::PLAIN, Encoding::Srgb, encoding, [&mut r, &mut g, &mut b]);
        [r[0], g[0], b[0]]
    }

    /// The colour with 8 bits a channel.
    pub fn to_u8(self) -> [u8; 3] {
        self.0.map(|v| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.to_u8();
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl FromStr for Rgb {
    type Err = String;

    /// `#rrggbb` or `#rgb`; the hash may be missing.
    fn from_str(text: &str) -> Result<Self, String> {
        let error = || format!("\"{text}\" is not a colour; write it as #rrggbb or #rgb");
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(error());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| error())?;
        let bytes = match digits.len() {
            6 => [number >> 16, number >> 8 & 255, number & 255],
            3 => [number >> 8, number >> 4 & 15, number & 15].map(|nibble| nibble * 17),
            _ => return Err(error()),
        };
        Ok(Self(bytes.map(|v| v as f32 / 255.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_people_write_them() {
        assert_eq!("#b08d3c".parse::<Rgb>().unwrap().to_string(), "#b08d3c");
        assert_eq!("fc0".parse::<Rgb>().unwrap().to_string(), "#ffcc00");
        for wrong in ["", "#12345", "gold", "#12345g", "#１２３"] {
            let message = wrong.parse::<Rgb>().unwrap_err();
            assert_eq!(message, format!("\"{wrong}\" is not a colour; write it as #rrggbb or #rgb"));
        }
    }

    #[test]
    fn every_way_round_comes_home() {
        use Encoding::{Linear, Oklab, Srgb};
        for path in [[Srgb, Linear, Srgb], [Srgb, Oklab, Srgb], [Linear, Oklab, Linear]] {
            let (mut r, mut g, mut b) = ([0.0, 0.2, 1.0], [0.5, 0.9, 1.0], [0.1, 0.4, 1.0]);
            let before = [r, g, b];
            for pair in path.windows(2) {
                convert_rows(Level::detect(), pair[0], pair[1], [&mut r, &mut g, &mut b]);
            }
            for (after, before) in [r, g, b].iter().flatten().zip(before.iter().flatten()) {
                assert!((after - before).abs() < 1.5e-5, "{path:?}: {after} against {before}");
            }
        }
    }
}
