//! Paint: oil, water and ink.

mod strokes;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&strokes::Strokes];
