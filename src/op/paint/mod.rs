//! Paint: oil, water and ink.

mod watercolor;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&watercolor::Watercolor];
