//! By tone: shadows, mid-tones, highlights.

use super::range::{by_colour, within};
use super::{Masker, Weigh};
use crate::error::Result;
use crate::op::{Kind, Param, StepContext, Values};
use crate::pixel::{Picture, Plane};

/// A range of lightness.
pub(super) struct Tone;

const LIGHTNESS: Kind = Kind::Number { min: 0.0, max: 1.0 };

impl Masker for Tone {
    fn name(&self) -> &'static str {
        "tone"
    }

    fn about(&self) -> &'static str {
        "Tones from dark to light: shadows are 0 to 0.4, highlights 0.7 to 1."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "from",
                kind: LIGHTNESS,
                default: "0",
                about: "The darkest tone, as lightness in Oklab.",
            },
            Param { name: "to", kind: LIGHTNESS, default: "1", about: "The lightest tone." },
            Param {
                name: "soft",
                kind: LIGHTNESS,
                default: "0.1",
                about: "How far beyond them the weight falls to nothing.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Box<dyn Weigh> {
        let [from, to, soft] = ["from", "to", "soft"].map(|name| values.number(name));
        Box::new(Range { from, to, soft })
    }
}

struct Range {
    from: f32,
    to: f32,
    soft: f32,
}

impl Weigh for Range {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        by_colour(picture, step, |[lightness, ..]| within(self.from, self.to, self.soft, lightness))
    }
}
