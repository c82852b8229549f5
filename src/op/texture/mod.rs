//! The ground a picture lies on, and the grain it is made of.

mod grain;
mod surface;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&surface::Surface, &grain::Grain];
