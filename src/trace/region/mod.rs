//! Regions of flat pictures, as paths to be filled.

mod assemble;
mod borders;

pub use assemble::{Region, regions};
