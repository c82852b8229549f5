//! In which order a pen draws.

mod shorten;
mod tour;

pub use tour::{Order, Stroke, in_order, order};
