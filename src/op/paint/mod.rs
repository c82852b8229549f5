//! Paint: oil, water and ink.

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[];
