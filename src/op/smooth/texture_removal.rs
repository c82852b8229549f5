//! Texture removal: patterns, weave, leaves and pores go, shapes stay, before a picture is made flat.

use super::planes::in_oklab;
use crate::error::Result;
use crate::filter::TextureRemoval;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Size};

/// Removes texture and keeps shapes: the ground for flat illustration and cloth.
pub(crate) struct Untextured;

impl Operator for Untextured {
    fn name(&self) -> &'static str {
        "texture_removal"
    }

    fn about(&self) -> &'static str {
        "Removes texture and keeps shapes: the ground for flat illustration and cloth."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "size",
                kind: Kind::Length { min: 0.5, max: 24.0 },
                default: "3",
                about: "How coarse the texture is.",
            },
            Param {
                name: "strength",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.4",
                about: "How strongly: 0 not at all, 1 leaves little but large shapes.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound { size: values.length("size"), strength: values.number("strength") }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let _any = values;
        Cost::per_pixel(size, 700.0, 64.0)
    }
}

struct Bound {
    size: Length,
    strength: f32,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        if self.strength <= 0.0 {
            return Ok(picture);
        }
        let size = picture.size();
        let filter = TextureRemoval {
            size: self.size.pixels(size).max(0.5),
            // Squared, so that the range from a breath to a heavy hand is spread evenly.
            strength: 0.06 * self.strength * self.strength,
            rounds: 4,
            unit: Length::Relative(1.0).pixels(size),
        };
        in_oklab(picture, step, |planes| filter.run(&planes, step.work))
    }
}
