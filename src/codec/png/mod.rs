//! Portable Network Graphics, third edition (W3C, 2025).
//!
//! Reading leans on the `png` crate. Writing is our own, because a picture has to leave as fast as it came in:
//!
//! ```text
//! write    picture ─reduce▶ raster ─stream▶ IDAT chunks
//! stream   fixed bands of rows, each alone: ─filter▶ bytes ─matches▶ sequences ─deflate▶ whole bytes
//! ```
//!
//! Every band is deflated by itself into blocks that end on a whole byte, so bands can be done on all cores and
//! laid end to end; their check sums are joined afterwards.

mod animation;
mod best;
mod chunk;
mod deflate;
mod filter;
mod huffman;
mod matches;
mod order;
mod palette;
mod raster;
pub(super) mod read;
mod reduce;
mod stream;
pub(super) mod write;

#[cfg(test)]
mod check;
