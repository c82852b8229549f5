//! Paint: oil, water and ink.

mod kuwahara;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&kuwahara::Kuwahara];
