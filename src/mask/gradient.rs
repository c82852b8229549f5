//! By place along a direction: the sky, the foreground, one side.

use super::range::ramp;
use super::{Masker, Weigh};
use crate::error::Result;
use crate::op::{Kind, Param, StepContext, Values};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Picture, Plane};

/// A straight transition.
pub(super) struct Gradient;

const PLACE: Kind = Kind::Number { min: 0.0, max: 1.0 };

impl Masker for Gradient {
    fn name(&self) -> &'static str {
        "gradient"
    }

    fn about(&self) -> &'static str {
        "From nothing to everything along a direction."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "angle",
                kind: Kind::Number { min: -360.0, max: 360.0 },
                default: "0",
                about: "Degrees: 0 from the top down, 90 from left to right, 180 from the bottom up.",
            },
            Param {
                name: "from",
                kind: PLACE,
                default: "0",
                about: "Where it begins: 0 at one edge, 1 at the other.",
            },
            Param { name: "to", kind: PLACE, default: "1", about: "Where it is full." },
        ]
    }

    fn bind(&self, values: &Values) -> Box<dyn Weigh> {
        let (sin, cos) = (f64::from(values.number("angle")).to_radians()).sin_cos();
        Box::new(Slope {
            along: [sin as f32, cos as f32],
            from: values.number("from"),
            to: values.number("to"),
        })
    }
}

struct Slope {
    along: [f32; 2],
    from: f32,
    to: f32,
}

impl Weigh for Slope {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        let mut plane = Plane::filled(picture.size(), 0.0);
        let (width, height) = (picture.size().width(), picture.size().height());
        let [dx, dy] = self.along;
        // The corners of the unit square reach so far from its middle along the direction.
        let reach = (dx.abs() + dy.abs()) / 2.0;
        let centred = |i: usize, count: usize| (i as f32 + 0.5) / count as f32 - 0.5;
        for_each_band(step.work, plane.samples_mut(), width * BAND_ROWS, |index, band| {
            for (row, weights) in band.chunks_exact_mut(width).enumerate() {
                let down = centred(index * BAND_ROWS + row, height) * dy;
                for (x, weight) in weights.iter_mut().enumerate() {
                    let place = ((centred(x, width) * dx + down) / reach + 1.0) / 2.0;
                    *weight = match self.from <= self.to {
                        true => ramp(self.from, self.to, place),
                        false => 1.0 - ramp(self.to, self.from, place),
                    };
                }
            }
            Ok(())
        })?;
        Ok(plane)
    }
}
