//! Light that strays: glow, halation, darkened corners.

mod bloom;
mod halation;
mod vignette;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&bloom::Bloom, &halation::Halation, &vignette::Vignette];
