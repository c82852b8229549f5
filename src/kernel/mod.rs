//! Row functions on plain slices: no pictures, no options, no threads.
//!
//! Each kernel is written once, in plain Rust, inside [`kernel!`]; the macro compiles it again for every
//! CPU level and picks the copy by the [`Level`] it is handed. The plain copy is the definition, and the
//! others must give the same bytes: Rust never fuses a multiply with an add on its own, so they do, and
//! `check.rs` holds them to it. This is the only module where `unsafe` is allowed, for one reason: calling
//! a function compiled for a CPU feature that the level proves to be present.

#![allow(unsafe_code, reason = "calling code compiled for a CPU level; the level is the proof")]

mod level;

#[cfg(test)]
mod check;

pub(crate) mod along;
pub(crate) mod angle;
pub(crate) mod bilateral;
pub(crate) mod bitmap;
pub(crate) mod bits;
pub(crate) mod blend;
pub(crate) mod box_blur;
pub(crate) mod brush;
pub(crate) mod chroma;
pub(crate) mod cielab;
pub(crate) mod clahe;
pub(crate) mod clean;
pub(crate) mod cloth;
pub(crate) mod cluster;
pub(crate) mod cracks;
pub(crate) mod crisp;
pub(crate) mod dehaze;
pub(crate) mod derivative;
pub(crate) mod dither;
pub(crate) mod drawing;
mod exp;
pub(crate) mod fdct;
pub(crate) mod filter;
pub(crate) mod gaussian;
pub(crate) mod glow;
pub(crate) mod gongbi;
pub(crate) mod gradient;
pub(crate) mod grain;
pub(crate) mod grey;
pub(crate) mod guided;
pub(crate) mod impasto;
pub(crate) mod ink;
pub(crate) mod interleave;
pub(crate) mod lightness;
pub(crate) mod lines;
pub(crate) mod local_laplacian;
pub(crate) mod lut;
pub(crate) mod median;
pub(crate) mod nearest;
pub(crate) mod noise;
pub(crate) mod oklab;
pub(crate) mod pairs;
pub(crate) mod point;
pub(crate) mod pyramid;
pub(crate) mod relief;
pub(crate) mod resample;
pub(crate) mod sectors;
pub(crate) mod shrink;
pub(crate) mod spline;
pub(crate) mod strokes;
pub(crate) mod suppress;
pub(crate) mod tensor;
pub(crate) mod texture;
pub(crate) mod tone;
pub(crate) mod transfer;
pub(crate) mod unsharp;
pub(crate) mod vignette;
pub(crate) mod water;
pub(crate) mod window;
pub(crate) mod ycbcr;

pub use level::Level;
