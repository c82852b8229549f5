//! By the colours skin has, whatever its shade.
//!
//! Skin of all people lies in a narrow wedge of hue, since melanin and blood are the same pigments in all; what differs is
//! lightness. In Oklab the wedge is from 25° to 85° with its middle at 55°, and the chroma from 0.02 to 0.17 (measured on
//! the patches of skin of two colour charts and on portraits). Wood and sand lie there as well: a mask by
//! colour cannot know a face.

use super::range::{by_colour, within};
use super::{Masker, Weigh};
use crate::error::Result;
use crate::op::{Param, StepContext, Values};
use crate::pixel::{Picture, Plane};

/// The wedge of skin.
pub(super) struct Skin;

impl Masker for Skin {
    fn name(&self) -> &'static str {
        "skin"
    }

    fn about(&self) -> &'static str {
        "What has a colour that skin can have."
    }

    fn params(&self) -> &'static [Param] {
        &[]
    }

    fn bind(&self, _values: &Values) -> Box<dyn Weigh> {
        Box::new(Wedge)
    }
}

struct Wedge;

/// The tangent of the angle between a hue and the middle of the wedge decides; no angle is computed.
const MIDDLE: [f32; 2] = [0.573_576_4, 0.819_152]; // cosine and sine of 55°
const WIDE: f32 = 0.36; // tangent of 20°
const SOFT: f32 = 0.34; // to the tangent of 35°

impl Weigh for Wedge {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        by_colour(picture, step, |[lightness, a, b]| {
            let along = a * MIDDLE[0] + b * MIDDLE[1];
            let across = (b * MIDDLE[0] - a * MIDDLE[1]).abs();
            if along <= 0.0 {
                return 0.0;
            }
            let hue = within(0.0, WIDE, SOFT, across / along);
            let chroma = (a * a + b * b).sqrt();
            hue * within(0.035, 0.15, 0.025, chroma) * within(0.3, 0.95, 0.1, lightness)
        })
    }
}
