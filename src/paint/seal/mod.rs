//! A carved seal, 印: its face, and where on a painting it is pressed.
//!
//! ```text
//! face   what is cut into the stone: four signs of folded strokes in a frame, worn by use
//! place  the free area nearest to a golden section
//! ```

mod face;
mod place;

pub(crate) use face::Face;
pub(crate) use place::place;
