//! By colour: everything near some colours.

use super::range::{by_colour, ramp};
use super::{Masker, Weigh};
use crate::color::Rgb;
use crate::error::Result;
use crate::op::{Kind, Param, StepContext, Values};
use crate::pixel::{Encoding, Picture, Plane};

/// The neighbourhood of some colours.
pub(super) struct Color;

impl Masker for Color {
    fn name(&self) -> &'static str {
        "color"
    }

    fn about(&self) -> &'static str {
        "What is near one of some colours."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "colors",
                kind: Kind::Colors { min: 1, max: 16 },
                default: "[\"#c8102e\"]",
                about: "The colours.",
            },
            Param {
                name: "reach",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.08",
                about: "How far from them is still near, as a distance in Oklab; 0.02 can just be seen.",
            },
            Param {
                name: "soft",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.05",
                about: "How far beyond that the weight falls to nothing.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Box<dyn Weigh> {
        let colors = values.colors("colors").iter().map(|color: &Rgb| color.to(Encoding::Oklab)).collect();
        Box::new(Near { colors, reach: values.number("reach"), soft: values.number("soft") })
    }
}

struct Near {
    colors: Vec<[f32; 3]>,
    reach: f32,
    soft: f32,
}

impl Weigh for Near {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        by_colour(picture, step, |pixel| {
            let square =
                |color: &[f32; 3]| (0..3).map(|c| (pixel[c] - color[c]) * (pixel[c] - color[c])).sum::<f32>();
            let distance = self.colors.iter().map(square).fold(f32::MAX, f32::min).sqrt();
            1.0 - ramp(self.reach, self.reach + self.soft.max(1e-6), distance)
        })
    }
}
