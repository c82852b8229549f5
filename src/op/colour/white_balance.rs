//! White balance: warmer or cooler, greener or more magenta, as if the light had been another.
//!
//! In linear light, because it is light that changes, and through the cones of the eye (see `color::adapt`), so
//! that a strong change still looks like another lamp and not like coloured glass. What becomes brighter than white is
//! brought in with its hue kept: paper under a warm lamp is cream, not yellow.

use crate::color::adapt::{Matrix, adaptation, white};
use crate::kernel::{Level, point};
use crate::op::{Action, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::Encoding;

/// Mireds at the end of the scale: from noon to 3940 K, half way to a light bulb.
const MIREDS: f64 = 100.0;

/// Distance from the line of glowing bodies at the end of the scale: a poor fluorescent lamp.
const GREEN: f64 = 0.012;

/// Changes the colour of the light.
pub(crate) struct WhiteBalance;

impl Operator for WhiteBalance {
    fn name(&self) -> &'static str {
        "white_balance"
    }

    fn about(&self) -> &'static str {
        "Makes the light of the picture warmer or cooler, greener or more magenta."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "temperature",
                kind: Kind::Number { min: -100.0, max: 100.0 },
                default: "0",
                about: "Above 0 warmer, towards a lamp; below 0 cooler, towards shade (in mireds).",
            },
            Param {
                name: "tint",
                kind: Kind::Number { min: -100.0, max: 100.0 },
                default: "0",
                about: "Above 0 towards magenta, below 0 towards green.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let (temperature, tint) = (values.number("temperature"), values.number("tint"));
        Action::Pointwise(Box::new(Adapted::to(temperature / 100.0, tint / 100.0)))
    }
}

/// Light through a matrix, or left as it is.
struct Adapted(Option<Matrix>);

impl Adapted {
    /// Both from -1 to 1.
    fn to(temperature: f32, tint: f32) -> Self {
        if temperature == 0.0 && tint == 0.0 {
            return Self(None);
        }
        let light = white(f64::from(temperature) * MIREDS, f64::from(-tint) * GREEN);
        Self(Some(adaptation([1.0; 3], light)))
    }
}

impl Pointwise for Adapted {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        self.0.is_none()
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [r, g, b] = row.colour;
        if let Some(matrix) = &self.0 {
            point::mix(level, r, g, b, matrix);
            point::bring_in(level, r, g, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(temperature: f32, tint: f32) -> [f32; 3] {
        let (mut r, mut g, mut b) = ([0.5], [0.5], [0.5]);
        let matrix = Adapted::to(temperature, tint).0.unwrap();
        point::mix(Level::PLAIN, &mut r, &mut g, &mut b, &matrix);
        [r[0], g[0], b[0]]
    }

    #[test]
    fn the_ends_of_the_scale_have_the_right_colour_and_the_same_luminance() {
        for (at, dominant, least) in [([1.0, 0.0], 0, 2), ([-1.0, 0.0], 2, 0), ([0.0, -1.0], 1, 0)] {
            let colour = grey(at[0], at[1]);
            assert!(
                (0..3).all(|c| colour[dominant] >= colour[c] && colour[least] <= colour[c]),
                "{colour:?}"
            );
            let luminance = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
            assert!((luminance - 0.5).abs() < 1e-3, "{colour:?}");
        }
        let magenta = grey(0.0, 1.0);
        assert!(magenta[1] < magenta[0] && magenta[1] < magenta[2], "{magenta:?}");
    }

    #[test]
    fn nothing_asked_is_nothing_done() {
        assert!(Adapted::to(0.0, 0.0).0.is_none());
    }
}
