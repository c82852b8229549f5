//! By what draws the eye.

use super::range::ramp;
use super::{Masker, Weigh};
use crate::error::Result;
use crate::filter;
use crate::op::stretch;
use crate::op::{Kind, Param, StepContext, Values};
use crate::pixel::{Picture, Plane};

/// What stands out.
pub(super) struct Saliency;

impl Masker for Saliency {
    fn name(&self) -> &'static str {
        "saliency"
    }

    fn about(&self) -> &'static str {
        "What draws the eye: unlike the rest of the picture, and not at its border."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "from",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.2",
                about: "What stands out less than this is left out.",
            },
            Param {
                name: "to",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.6",
                about: "What stands out more than this is full.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Box<dyn Weigh> {
        Box::new(Outstanding { from: values.number("from"), to: values.number("to") })
    }
}

struct Outstanding {
    from: f32,
    to: f32,
}

impl Weigh for Outstanding {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        let mut map = filter::saliency(picture, step.work)?;
        let (from, to) = (self.from.min(self.to), self.to.max(self.from));
        map.samples_mut().iter_mut().for_each(|weight| *weight = ramp(from, to, *weight));
        stretch(map, picture.size(), step)
    }
}
