//! The only doors for bytes.
//!
//! ```text
//! bytes ─sniff▶ format ─header▶ size, checked against the limits ─decode▶ pixels as stored
//!       ─profile▶ sRGB ─orientation▶ upright picture
//! ```
//!
//! One folder for each format, each with the same two rooms: `read.rs` turns bytes into pixels as the file
//! stores them, `write.rs` turns a picture into bytes. What all formats share (limits, profiles,
//! orientation, panics) is done once, in `decode.rs` and `encode.rs`.

#[cfg(any(feature = "avif", feature = "jxl"))]
mod boxes;
mod changes;
mod decode;
mod encode;
mod fit;
mod flatten;
mod format;
mod guess;
mod header;
mod metadata;
mod options;
mod orient;
mod pacing;
mod raw;
#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod test_pictures;

#[cfg(feature = "avif")]
mod avif;
mod bmp;
mod gif;
mod jpeg;
#[cfg(feature = "jxl")]
mod jxl;
mod png;
mod pnm;
mod qoi;
#[cfg(any(feature = "avif", feature = "jxl"))]
mod straight;
mod tiff;
mod webp;

pub use decode::{Decoded, Frames, decode, frames, header, recipe};
pub use encode::{AnimationEncoder, encode};
pub use format::Format;
pub use header::Header;
pub use metadata::Metadata;
pub use options::{Compression, DecodeOptions, EncodeOptions, Profile};
pub use raw::Frame;
