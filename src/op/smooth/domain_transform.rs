//! Domain transform: wide smoothing that stops at edges; the quickest of its kind for large areas.

use super::planes::{SPACE, in_space, space};
use crate::error::Result;
use crate::filter::{DomainTransform, Pass};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Encoding, Picture, Size};

/// Smooths wide areas quickly and stops at edges.
pub(crate) struct EdgePreserving;

impl Operator for EdgePreserving {
    fn name(&self) -> &'static str {
        "domain_transform"
    }

    fn about(&self) -> &'static str {
        "Smooths wide areas quickly and stops at edges."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "radius",
                kind: Kind::Length { min: 0.5, max: 256.0 },
                default: "24",
                about: "How wide flat areas are smoothed.",
            },
            Param {
                name: "range",
                kind: Kind::Number { min: 0.005, max: 1.0 },
                default: "0.2",
                about: "How much colours may differ and still mix: 0.1 hardly, 0.8 freely.",
            },
            Param {
                name: "method",
                kind: Kind::Choice(&["recursive", "normalised"]),
                default: "recursive",
                about: "Recursive blends evenly; normalised leaves flatter areas with crisper borders.",
            },
            Param {
                name: "rounds",
                kind: Kind::Integer { min: 1, max: 12 },
                default: "4",
                about: "Times that rows and columns take turns; the more, the fewer streaks at a large radius.",
            },
            SPACE,
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            radius: values.length("radius"),
            range: values.number("range"),
            pass: if values.choice("method") == "normalised" { Pass::Normalised } else { Pass::Recursive },
            rounds: values.integer("rounds") as usize,
            space: space(values),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let nanos = if values.choice("method") == "normalised" { 350.0 } else { 120.0 };
        Cost::per_pixel(size, nanos * f64::from(values.integer("rounds") as u32) / 4.0, 32.0)
    }
}

struct Bound {
    radius: Length,
    range: f32,
    pass: Pass,
    rounds: usize,
    space: Encoding,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let filter = DomainTransform {
            space: self.radius.pixels(picture.size()),
            range: self.range,
            rounds: self.rounds,
            pass: self.pass,
        };
        in_space(self.space, picture, step, |planes| filter.run(planes, step.work))
    }
}
