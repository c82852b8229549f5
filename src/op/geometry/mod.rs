//! The picture's sides: its size, its frame.

mod border;
mod ratio;
mod reframe;
mod resize;

use super::Operator;

pub use resize::{Filter, Fit, Resize};

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&resize::Resizing, &reframe::Reframe, &border::Border];
