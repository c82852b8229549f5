//! Flat colour: pictures as shapes of few colours.

mod clarify;
mod draw;
mod few;
mod quantize;
mod regions;
mod shapes;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&quantize::Few, &regions::Flat];
