//! Box blur: the mean of a square, in linear light. Its corners show on points of light; it is the cheapest blur.

use crate::error::Result;
use crate::filter;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Encoding, Picture, Planes, Size};

/// The mean of a square.
pub(crate) struct BoxBlur;

impl Operator for BoxBlur {
    fn name(&self) -> &'static str {
        "box_blur"
    }

    fn about(&self) -> &'static str {
        "Replaces each pixel by the mean of the square around it, in linear light."
    }

    fn params(&self) -> &'static [Param] {
        &[Param {
            name: "radius",
            kind: Kind::Length { min: 0.0, max: 256.0 },
            default: "4",
            about: "How far the square reaches to every side.",
        }]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Blur { radius: values.length("radius") }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 40.0, 20.0)
    }
}

struct Blur {
    radius: Length,
}

impl Whole for Blur {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let radius = self.radius.pixels(picture.size());
        let mut planes = Planes::open(&picture, Encoding::Linear, step.work)?;
        drop(picture);
        planes.weigh(step.work)?;
        filter::box_blur(&mut planes.colour, radius, step.work)?;
        filter::box_blur(planes.alpha.as_mut_slice(), radius, step.work)?;
        planes.unweigh(step.work)?;
        planes.close(step.rest, step.work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::pixel::Layout;

    #[test]
    fn what_cannot_be_seen_lends_no_colour() {
        let samples = vec![255u8, 0, 0, 255, 0, 255, 0, 0, 255, 0, 0, 255];
        let picture = Picture::new(Size::new(3, 1).unwrap(), Layout::Rgba, samples).unwrap();
        let context = Context::default();
        let step = StepContext { work: &context, seed: 0, rest: picture.depth() };
        let blurred = Blur { radius: Length::Pixels(1.0) }.run(picture, &step).unwrap();
        assert_eq!(blurred.as_u8().unwrap().samples(), [255, 0, 0, 170, 255, 0, 0, 170, 255, 0, 0, 170]);
    }
}
