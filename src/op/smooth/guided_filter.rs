//! Guided filter: the picture smoothed under its own guidance. Softer than a bilateral filter, and free of its
//! reversed gradients at edges.

use super::planes::in_oklab;
use crate::error::Result;
use crate::filter::{guided, guided_colours};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Size};

/// Smooths soft tones and keeps edges, without halos in shading.
pub(crate) struct Guided;

impl Operator for Guided {
    fn name(&self) -> &'static str {
        "guided_filter"
    }

    fn about(&self) -> &'static str {
        "Smooths soft tones and keeps edges, without halos in shading."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "radius",
                kind: Kind::Length { min: 0.5, max: 128.0 },
                default: "6",
                about: "How far neighbours may be.",
            },
            Param {
                name: "epsilon",
                kind: Kind::Number { min: 0.001, max: 0.5 },
                default: "0.05",
                about: "Contrast that counts as an edge: smaller keeps more.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound { radius: values.length("radius"), epsilon: values.number("epsilon") }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let _any = values;
        Cost::per_pixel(size, 150.0, 32.0)
    }
}

struct Bound {
    radius: Length,
    epsilon: f32,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let radius = self.radius.pixels(picture.size()).round().max(1.0) as usize;
        let eps = self.epsilon * self.epsilon;
        in_oklab(picture, step, |planes| match &planes[..] {
            [l, a, b] => guided_colours([l, a, b], &[l, a, b], radius, eps, step.work),
            planes => planes.iter().map(|plane| guided(plane, plane, radius, eps, step.work)).collect(),
        })
    }
}
