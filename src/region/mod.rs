//! Regions: a picture as shapes of one colour each, rather than as pixels.
//!
//! ```text
//! segment     a picture cut into shapes along its edges, and shapes merged while little is lost
//! Labels      which colour each pixel has, by its number
//! components  which pixels hang together
//! means       the colours of labels, taken from a picture
//! islands     what is too small goes to the neighbour it touches most
//! slivers     thin seams of an in-between colour, the traces of soft edges, go to either side
//! smooth      borders made calm by a vote among the pixels around
//! Outline     the map drawn at any size, with clean borders
//! ```

mod compete;
mod components;
mod graph;
mod islands;
mod means;
mod merging;
mod outline;
mod segment;
mod slivers;
mod smooth;
#[cfg(test)]
mod test_maps;
mod vote;

pub use components::{Components, components};
pub use islands::merge_islands;
pub(crate) use islands::{Rules, merge_by};
pub use means::mean_colours;
pub use outline::{Mark, Outline};
pub use segment::{Region, Segment, Segments};
pub use slivers::merge_slivers;
pub use smooth::smooth;

use crate::pixel::Size;

/// A number for each pixel: which of a list of colours it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    size: Size,
    labels: Vec<u16>,
}

impl Labels {
    /// These labels; `None` if their number does not fit the size.
    pub fn new(size: Size, labels: Vec<u16>) -> Option<Self> {
        (labels.len() == size.pixels()).then_some(Self { size, labels })
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// All labels, row after row.
    pub fn labels(&self) -> &[u16] {
        &self.labels
    }

    /// One row.
    pub fn row(&self, y: usize) -> &[u16] {
        &self.labels[y * self.size.width()..][..self.size.width()]
    }

    /// One more than the largest label.
    pub fn count(&self) -> usize {
        self.labels.iter().max().map_or(0, |most| usize::from(*most) + 1)
    }
}

/// The square of the distance of two colours.
fn apart(a: [f32; 3], b: [f32; 3]) -> f32 {
    let [x, y, z] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    x * x + y * y + z * z
}
