//! Paint: oil, water and ink.

mod ink_wash;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&ink_wash::InkWash];
