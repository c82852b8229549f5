//! Line: pictures as lines on paper.

mod charcoal;
mod coloured_pencil;
mod edges;
mod flow_lines;
mod graphite;
mod hatch;
mod hues;
mod ink;
mod said;
mod xdog;

use super::Operator;

pub use edges::edge_finder;
pub use hatch::hatching;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[
    &edges::Edges,
    &flow_lines::FlowLines,
    &xdog::ExtendedDog,
    &graphite::Graphite,
    &charcoal::Charcoal,
    &hatch::Hatch,
    &coloured_pencil::ColouredPencil,
];
