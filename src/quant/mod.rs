//! From many colours to few.
//!
//! ```text
//! pictures ─colours▶ each colour once ─cloud▶ groups ─cluster▶ centres ─round, exact▶ palette ─map▶ numbers
//! ```
//!
//! [`Quantizer`] finds a palette and paints with it. k-means is what it is for; the older methods are there to
//! compare with.

mod cloud;
mod cluster;
mod colours;
pub mod dither;
mod dithered;
mod exact;
mod histogram;
mod known;
mod map;
mod median_cut;
mod merge;
mod morton;
mod nearest;
mod neuquant;
mod octree;
mod painter;
mod quantizer;
mod round;
mod search;
mod space;
mod wu;

#[cfg(test)]
mod tests;

pub use histogram::Histogram;
pub use map::Indexed;
pub use nearest::Nearest;
pub use quantizer::{Method, Quantizer};
pub use space::Space;
