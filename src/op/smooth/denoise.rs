//! Denoise, for photographs: in Oklab, so that blotches of colour can go further than grain of lightness, which
//! the eye takes for sharpness.

use super::planes::in_oklab;
use crate::error::Result;
use crate::filter::Denoise;
use crate::op::{Action, Cost, Kind, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Size};

/// Removes the noise of a photograph, as much as there is; a clean one stays as it is.
pub(crate) struct Denoising;

impl Operator for Denoising {
    fn name(&self) -> &'static str {
        "denoise"
    }

    fn about(&self) -> &'static str {
        "Removes the noise of a photograph, as much as there is; a clean one stays as it is."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "luminance",
                kind: Kind::Number { min: 0.0, max: 3.0 },
                default: "0.8",
                about: "How strongly grain of lightness is removed: 1 all that is measured.",
            },
            Param {
                name: "color",
                kind: Kind::Number { min: 0.0, max: 3.0 },
                default: "1.4",
                about: "How strongly blotches of colour are removed.",
            },
            Param {
                name: "auto",
                kind: Kind::Flag,
                default: "true",
                about: "Measure the noise of the picture.",
            },
            Param {
                name: "noise",
                kind: Kind::Number { min: 0.0, max: 0.2 },
                default: "0.02",
                about: "The noise when it is not measured, as a part of the way from black to white.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            luminance: values.number("luminance"),
            color: values.number("color"),
            level: (!values.flag("auto")).then(|| values.number("noise")),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let _any = values;
        Cost::per_pixel(size, 250.0, 40.0)
    }
}

struct Bound {
    luminance: f32,
    color: f32,
    /// If it is not to be measured.
    level: Option<f32>,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let filter = Denoise { lightness: self.luminance, colour: self.color, level: self.level };
        in_oklab(picture, step, |planes| filter.run(planes, step.work))
    }
}
