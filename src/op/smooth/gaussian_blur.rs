//! Gaussian blur, in linear light unless asked otherwise.

use crate::error::Result;
use crate::filter;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Encoding, Picture, Size};

/// The blur without corners.
pub(crate) struct GaussianBlur;

impl Operator for GaussianBlur {
    fn name(&self) -> &'static str {
        "gaussian_blur"
    }

    fn about(&self) -> &'static str {
        "Blurs evenly in all directions."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "sigma",
                kind: Kind::Length { min: 0.0, max: 512.0 },
                default: "4",
                about: "The standard deviation of the blur; details smaller than it vanish.",
            },
            Param {
                name: "light",
                kind: Kind::Choice(&["linear", "encoded"]),
                default: "linear",
                about: "Mix light, as a lens does, or encoded values, which darkens bright points.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let within = if values.choice("light") == "encoded" { Encoding::Srgb } else { Encoding::Linear };
        Action::Whole(Box::new(Blur { sigma: values.length("sigma"), within }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 30.0, 20.0)
    }
}

struct Blur {
    sigma: Length,
    within: Encoding,
}

impl Whole for Blur {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let sigma = self.sigma.pixels(picture.size());
        filter::gaussian_picture(picture, sigma, self.within, step.rest, step.work)
    }
}
