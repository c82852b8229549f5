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

pub(crate) mod bits;
pub(crate) mod fdct;
pub(crate) mod filter;
pub(crate) mod interleave;
pub(crate) mod oklab;
pub(crate) mod point;
pub(crate) mod resample;
pub(crate) mod transfer;
pub(crate) mod ycbcr;

pub use level::Level;
