//! Paint: oil, water and ink.

mod craquelure;
mod kuwahara;
mod spotlight;
mod varnish;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] =
    &[&kuwahara::Kuwahara, &spotlight::Spotlight, &varnish::Varnish, &craquelure::Craquelure];
