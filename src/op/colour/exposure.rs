//! Exposure: more or less light, as if the shutter had stayed open longer.

use crate::kernel::{Level, point};
use crate::op::{Action, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::Encoding;

/// Multiplies linear light.
pub(crate) struct Exposure;

impl Operator for Exposure {
    fn name(&self) -> &'static str {
        "exposure"
    }

    fn about(&self) -> &'static str {
        "Makes the picture lighter or darker by multiplying its light."
    }

    fn params(&self) -> &'static [Param] {
        &[Param {
            name: "ev",
            kind: Kind::Number { min: -10.0, max: 10.0 },
            default: "0",
            about: "Stops of light: 1 doubles it, -1 halves it.",
        }]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Pointwise(Box::new(Gain(values.number("ev").exp2())))
    }
}

struct Gain(f32);

impl Pointwise for Gain {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        for channel in row.colour {
            point::scale(level, channel, self.0);
        }
    }
}
