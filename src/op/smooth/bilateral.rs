//! Bilateral: fine shading is evened out, edges stay.

use super::planes::{SPACE, in_space, space};
use crate::error::Result;
use crate::filter::{self, bilateral::DIRECT};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Encoding, Picture, Size};

/// Evens out fine shading and noise, and keeps edges.
pub(crate) struct Smoothing;

impl Operator for Smoothing {
    fn name(&self) -> &'static str {
        "bilateral"
    }

    fn about(&self) -> &'static str {
        "Evens out fine shading and noise, and keeps edges."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "radius",
                kind: Kind::Length { min: 0.5, max: 64.0 },
                default: "6",
                about: "How far neighbours may be.",
            },
            Param {
                name: "range",
                kind: Kind::Number { min: 0.005, max: 1.0 },
                default: "0.1",
                about: "How much two colours may differ and still mix: 0.05 hardly, 0.3 freely.",
            },
            SPACE,
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            radius: values.length("radius"),
            range: values.number("range"),
            space: space(values),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        // Every neighbour of a small window takes its time; of a large one, a bounded number is looked at.
        let radius = f64::from(values.length("radius").pixels(size)).max(1.0);
        let reach = if radius <= DIRECT as f64 { radius } else { 6.0 };
        Cost::per_pixel(size, 40.0 + 2.0 * (2.0 * reach + 1.0).powi(2), 32.0)
    }
}

struct Bound {
    radius: Length,
    range: f32,
    space: Encoding,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let radius = self.radius.pixels(picture.size());
        let filter = filter::Bilateral {
            radius: radius.round().max(1.0) as usize,
            space: radius.max(0.5) / 2.0,
            range: self.range,
        };
        in_space(self.space, picture, step, |planes| {
            filter.run(&planes.iter().collect::<Vec<_>>(), step.work)
        })
    }
}
