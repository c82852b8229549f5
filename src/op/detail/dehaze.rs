//! Haze taken away; see [`crate::filter::dehaze`] for how.

use crate::error::Result;
use crate::filter::{Dehaze, Veil};
use crate::kernel::Level;
use crate::op::reduced::Reduced;
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};

/// The longer side of the picture that is measured, and half a patch in it.
const LONGER: u32 = 512;
const RADIUS: usize = 6;

/// Takes haze away.
pub(crate) struct Clearing;

impl Operator for Clearing {
    fn name(&self) -> &'static str {
        "dehaze"
    }

    fn about(&self) -> &'static str {
        "Takes haze away; a picture taken in clear air stays."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.7",
                about: "How much of the haze goes; a little of it should stay, for distance.",
            },
            Param {
                name: "always",
                kind: Kind::Flag,
                default: "false",
                about: "Also where the picture seems clear.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Hazy(Dehaze {
            amount: values.number("amount"),
            radius: RADIUS,
            always: values.flag("always"),
        })))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 45.0, 0.0)
    }
}

struct Hazy(Dehaze);

impl Measured for Hazy {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let small = Reduced::new(picture, LONGER, step)?;
        Ok(Box::new(Cleared(Veil::new(small.size, small.colour, self.0))))
    }
}

struct Cleared(Veil);

impl Pointwise for Cleared {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        self.0.row(level, (row.y, row.size.height()), row.colour);
    }
}
