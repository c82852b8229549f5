//! Saturation and vibrance: how colourful the picture is.
//!
//! In Oklab, where more chroma is neither lighter nor of another hue, and within what a screen can show: the nearer
//! a colour is to the most its lightness and hue allow, the less it is pushed, so a red flower keeps its petals
//! where a plain gain fills them with one flat red.

use crate::kernel::Level;
use crate::kernel::chroma::{self, Saturate};
use crate::op::{Action, Cost, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::{Encoding, Size};

/// What a search of the gamut for each pixel takes, with the way to Oklab and back.
pub(super) const NANOS: f64 = 40.0;

/// More or less chroma.
pub(crate) struct Saturation;

impl Operator for Saturation {
    fn name(&self) -> &'static str {
        "saturation"
    }

    fn about(&self) -> &'static str {
        "Makes colours stronger or weaker without changing their lightness or hue."
    }

    fn params(&self) -> &'static [Param] {
        const SIGNED: Kind = Kind::Number { min: -1.0, max: 1.0 };
        &[
            Param {
                name: "saturation",
                kind: SIGNED,
                default: "0",
                about: "All colours: -1 is grey, 1 doubles.",
            },
            Param {
                name: "vibrance",
                kind: SIGNED,
                default: "0.3",
                about: "Weak colours most, strong ones hardly.",
            },
            Param {
                name: "protect_skin",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.7",
                about: "How far the colours of skin are kept from vibrance.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Pointwise(Box::new(Chroma(Saturate {
            saturation: values.number("saturation"),
            vibrance: values.number("vibrance"),
            skin: values.number("protect_skin"),
        })))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, NANOS, 0.0)
    }
}

struct Chroma(Saturate);

impl Pointwise for Chroma {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [l, a, b] = row.colour;
        if self.0.saturation != 0.0 || self.0.vibrance != 0.0 {
            chroma::saturate(level, l, a, b, self.0);
        }
    }
}
