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

mod decode;
mod encode;
mod format;
mod metadata;
mod raw;

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
mod tiff;
mod webp;

pub use decode::{DecodeOptions, Decoded, Frames, Header, Profile, decode, frames, header};
pub use encode::{AnimationEncoder, Compression, EncodeOptions, encode};
pub use format::Format;
pub use metadata::Metadata;
pub use raw::Frame;
