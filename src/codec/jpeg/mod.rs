//! jpeg.

mod band;
mod bands;
mod bits;
mod headers;
mod huffman;
mod optimal;
mod planes;
pub(super) mod read;
mod tables;
pub(super) mod write;
