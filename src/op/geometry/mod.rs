//! The picture's sides: its size, its frame.

mod border;
mod gilt_frame;
mod ratio;
mod reframe;
mod resize;
mod surround;

use super::Operator;

pub use resize::{Filter, Fit, Resize};

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] =
    &[&resize::Resizing, &reframe::Reframe, &border::Border, &gilt_frame::GiltFrame];
