//! Rolling guidance: what is small goes, whatever its contrast; what is large keeps its edges.

use super::planes::in_oklab;
use crate::error::Result;
use crate::filter::{RollingGuidance, bilateral::DIRECT};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Size};

/// Removes everything smaller than a size and keeps the edges of the rest.
pub(crate) struct Rolling;

impl Operator for Rolling {
    fn name(&self) -> &'static str {
        "rolling_guidance"
    }

    fn about(&self) -> &'static str {
        "Removes everything smaller than a size and keeps the edges of the rest."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "size",
                kind: Kind::Length { min: 0.5, max: 32.0 },
                default: "3",
                about: "Things smaller than about twice this go.",
            },
            Param {
                name: "range",
                kind: Kind::Number { min: 0.005, max: 1.0 },
                default: "0.1",
                about: "How much two colours may differ and still mix: 0.05 hardly, 0.3 freely.",
            },
            Param {
                name: "rounds",
                kind: Kind::Integer { min: 1, max: 8 },
                default: "4",
                about: "Rounds in which edges come back.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            size: values.length("size"),
            range: values.number("range"),
            rounds: values.integer("rounds").unsigned_abs() as usize,
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let radius = 2.0 * f64::from(values.length("size").pixels(size)).max(0.5);
        let reach = if radius <= DIRECT as f64 { radius.ceil() } else { 6.0 };
        let round = 40.0 + 2.5 * (2.0 * reach + 1.0).powi(2);
        Cost::per_pixel(size, 60.0 + round * values.integer("rounds") as f64, 48.0)
    }
}

struct Bound {
    size: Length,
    range: f32,
    rounds: usize,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let filter = RollingGuidance {
            size: self.size.pixels(picture.size()).max(0.5),
            range: self.range,
            rounds: self.rounds,
        };
        in_oklab(picture, step, |planes| filter.run(&planes.iter().collect::<Vec<_>>(), step.work))
    }
}
