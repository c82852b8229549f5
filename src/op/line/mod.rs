//! Line: pictures as lines on paper.

mod edges;
mod hues;
mod ink;

use super::Operator;

pub use edges::edge_finder;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&edges::Edges];
