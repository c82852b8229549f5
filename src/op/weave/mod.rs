//! Cloth: pictures woven thread by thread.

mod brocade;
mod params;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&brocade::Brocade];
