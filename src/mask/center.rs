//! By nearness to a place, most often the middle.

use super::range::ramp;
use super::{Masker, Weigh};
use crate::error::Result;
use crate::op::{Kind, Param, StepContext, Values};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Picture, Plane};

/// An ellipse of the picture's proportions.
pub(super) struct Center;

const SHARE: Kind = Kind::Number { min: 0.0, max: 1.0 };

impl Masker for Center {
    fn name(&self) -> &'static str {
        "center"
    }

    fn about(&self) -> &'static str {
        "The middle of the picture, or what lies about another place."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param { name: "x", kind: SHARE, default: "0.5", about: "The place across: 0 left, 1 right." },
            Param { name: "y", kind: SHARE, default: "0.5", about: "The place down: 0 top, 1 bottom." },
            Param {
                name: "size",
                kind: Kind::Number { min: 0.0, max: 2.0 },
                default: "0.3",
                about: "How far it is full, as a part of each half side.",
            },
            Param {
                name: "soft",
                kind: Kind::Number { min: 0.0, max: 2.0 },
                default: "0.7",
                about: "How far beyond that it falls to nothing.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Box<dyn Weigh> {
        let [x, y, size, soft] = ["x", "y", "size", "soft"].map(|name| values.number(name));
        Box::new(Ellipse { x, y, size, soft })
    }
}

struct Ellipse {
    x: f32,
    y: f32,
    size: f32,
    soft: f32,
}

impl Weigh for Ellipse {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        let mut plane = Plane::filled(picture.size(), 0.0);
        let (width, height) = (picture.size().width(), picture.size().height());
        let across = |i: usize, count: usize, middle: f32| ((i as f32 + 0.5) / count as f32 - middle) * 2.0;
        for_each_band(step.work, plane.samples_mut(), width * BAND_ROWS, |index, band| {
            for (row, weights) in band.chunks_exact_mut(width).enumerate() {
                let dy = across(index * BAND_ROWS + row, height, self.y);
                for (x, weight) in weights.iter_mut().enumerate() {
                    let dx = across(x, width, self.x);
                    let distance = (dx * dx + dy * dy).sqrt();
                    *weight = 1.0 - ramp(self.size, self.size + self.soft, distance);
                }
            }
            Ok(())
        })?;
        Ok(plane)
    }
}
