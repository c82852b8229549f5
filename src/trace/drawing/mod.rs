//! Sheets of drawings: what to draw, how wide, in which order.

mod flat;
mod lines;
mod pen;

pub use flat::FlatDrawing;
pub use lines::{LineDrawing, Weight};
pub use pen::pen_lines;
