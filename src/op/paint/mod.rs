//! Paint: oil, water and ink.

mod craquelure;
mod flow_grain;
mod gongbi;
mod ink_wash;
mod kuwahara;
mod seal;
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
    &ink_wash::InkWash,
    &gongbi::Gongbi,
    &seal::Seal,
    &kuwahara::Kuwahara,
    &shock::Shock,
    &flow_grain::FlowGrain,
    &spotlight::Spotlight,
    &varnish::Varnish,
    &craquelure::Craquelure,
];

#[cfg(test)]
mod tests;
