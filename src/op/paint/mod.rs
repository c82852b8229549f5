//! Paint: oil, water and ink.

mod craquelure;
mod flow_grain;
mod kuwahara;
mod shock;
mod spotlight;
mod strokes;
mod varnish;
mod watercolor;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[
    &strokes::Strokes,
    &watercolor::Watercolor,
    &kuwahara::Kuwahara,
    &shock::Shock,
    &flow_grain::FlowGrain,
    &spotlight::Spotlight,
    &varnish::Varnish,
    &craquelure::Craquelure,
];
