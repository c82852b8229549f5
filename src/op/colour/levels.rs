//! Levels: which value becomes black, which white, and where the middle lies.
//!
//! Each channel by itself, on values with the curve of sRGB: what the word has meant since there were histograms to
//! set it by.

use crate::kernel::{Level, tone};
use crate::op::{Action, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::Encoding;

use super::tone_table::{Table, table};

/// The least distance from black to white: half an 8-bit step, where everything becomes black or white.
const LEAST: f64 = 0.002;

/// Black, white and middle.
pub(crate) struct Levels;

const UNIT: Kind = Kind::Number { min: 0.0, max: 1.0 };

impl Operator for Levels {
    fn name(&self) -> &'static str {
        "levels"
    }

    fn about(&self) -> &'static str {
        "Sets which tone becomes black and which white, and how bright the middle is."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param { name: "black", kind: UNIT, default: "0", about: "This tone and all below become black." },
            Param { name: "white", kind: UNIT, default: "1", about: "This tone and all above become white." },
            Param {
                name: "gamma",
                kind: Kind::Number { min: 0.1, max: 10.0 },
                default: "1",
                about: "Above 1 the middle becomes lighter, below 1 darker.",
            },
            Param { name: "output_black", kind: UNIT, default: "0", about: "What black is then raised to." },
            Param { name: "output_white", kind: UNIT, default: "1", about: "What white is then lowered to." },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let number = |name| f64::from(values.number(name));
        let (black, power) = (number("black"), 1.0 / number("gamma"));
        let range = (number("white") - black).max(LEAST);
        let (low, high) = (number("output_black"), number("output_white"));
        let level = |x: f64| low + (high - low) * ((x - black) / range).clamp(0.0, 1.0).powf(power);
        Action::Pointwise(Box::new(Levelled(table(level))))
    }
}

struct Levelled(Option<Table>);

impl Pointwise for Levelled {
    fn encoding(&self) -> Encoding {
        Encoding::Srgb
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        if let Some(table) = &self.0 {
            row.colour.into_iter().for_each(|row| tone::curve(level, row, table));
        }
    }
}
