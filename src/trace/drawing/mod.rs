//! Sheets of drawings: what to draw, how wide, in which order.

mod flat;
mod lines;

pub use flat::FlatDrawing;
pub use lines::{LineDrawing, Weight};
