//! Masks: where a step is seen, and how much.
//!
//! A mask looks at the picture as it is before the step and gives each pixel a weight from 0 to 1. Each kind is one file
//! and declares its parameters as operators do; style files say `mask = { by = "tone", to = 0.3 }`. Whatever the kind,
//! a mask may be inverted and its edge feathered.

mod center;
mod color;
mod file;
mod gradient;
mod range;
mod saliency;
mod skin;

mod tone;

use crate::error::Result;
use crate::op::{Kind, Param, StepContext, Values};
use crate::pixel::{Picture, Plane};

/// One way to say where.
pub trait Masker: Sync {
    /// The word after `by =`.
    fn name(&self) -> &'static str;
    /// What it singles out, in one line.
    fn about(&self) -> &'static str;
    /// What can be set.
    fn params(&self) -> &'static [Param];
    /// What is wrong with these values together, or with a file among them, and how it is mended.
    fn check(&self, values: &Values) -> Result<(), String> {
        let _sound = values;
        Ok(())
    }
    /// Ready to look at pictures.
    fn bind(&self, values: &Values) -> Box<dyn Weigh>;
}

/// A mask bound to its values.
pub trait Weigh: Send + Sync {
    /// A weight for each pixel.
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane>;
}

/// What can be said of a mask of any kind.
pub const COMMON: &[Param] = &[
    Param { name: "invert", kind: Kind::Flag, default: "false", about: "Everywhere but there." },
    Param {
        name: "feather",
        kind: Kind::Length { min: 0.0, max: 200.0 },
        default: "0",
        about: "How far its edge is blurred.",
    },
];

/// Every kind of mask, in the order people are shown them.
pub const ALL: &[&dyn Masker] = &[
    &tone::Tone,
    &color::Color,
    &skin::Skin,
    &saliency::Saliency,
    &center::Center,
    &gradient::Gradient,
    &file::File,
];

/// The mask of that name.
pub fn find(name: &str) -> Option<&'static dyn Masker> {
    ALL.iter().copied().find(|mask| mask.name() == name)
}

#[cfg(test)]
mod tests;
