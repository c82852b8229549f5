//! Hue: every colour turned about the grey axis of Oklab, at its own lightness and chroma. Where the new hue has
//! less room at that lightness, chroma gives way.

use crate::kernel::{Level, chroma};
use crate::op::{Action, Cost, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::{Encoding, Size};

use super::saturation::NANOS;

/// Turns hues.
pub(crate) struct Hue;

impl Operator for Hue {
    fn name(&self) -> &'static str {
        "hue"
    }

    fn about(&self) -> &'static str {
        "Turns all hues by an angle."
    }

    fn params(&self) -> &'static [Param] {
        &[Param {
            name: "shift",
            kind: Kind::Number { min: -180.0, max: 180.0 },
            default: "0",
            about: "Degrees: 120 takes red to about green, -120 to about blue.",
        }]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Pointwise(Box::new(Turn(values.number("shift").to_radians())))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, NANOS, 0.0)
    }
}

/// By an angle in radians.
struct Turn(f32);

impl Pointwise for Turn {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [l, a, b] = row.colour;
        if self.0 != 0.0 {
            chroma::turn(level, l, a, b, self.0.cos(), self.0.sin());
        }
    }
}
