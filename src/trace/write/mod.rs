//! Drawings as files.

mod json;
mod number;
mod path_data;
mod svg;

pub use json::write_json;
pub use number::{decimals_for, rounding};
pub use svg::{Colour, Ground, Layer, Paint, Shape, Sheet, write_svg};
