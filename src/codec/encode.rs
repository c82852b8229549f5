//! From a picture to bytes, whatever the format.

use super::format::Format;
use super::metadata::Metadata;
use super::raw::Frame;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Picture, Size};

/// How hard to try for a small file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// As fast as the format allows.
    #[default]
    Fast,
    /// As small as the format allows, in reasonable time.
    Best,
}

/// How to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// 1 to 100, for formats that lose; default 92.
    pub quality: u8,
    /// Effort, for formats that do not lose.
    pub compression: Compression,
}

impl Default for EncodeOptions {
    fn default() -> Self {
        Self { quality: 92, compression: Compression::Fast }
    }
}

/// Encode a straight sRGB picture.
pub fn encode(
    picture: &Picture,
    format: Format,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let _ = (picture, format, options, metadata, context);
    todo!()
}

/// Takes frames one at a time and gives the bytes of an animation.
pub struct AnimationEncoder {}

impl AnimationEncoder {
    /// An animation in `format`; `loops` is how often it plays, zero for ever.
    pub fn new(
        format: Format,
        size: Size,
        loops: u32,
        options: &EncodeOptions,
        metadata: &Metadata,
    ) -> Result<Self> {
        let _ = (format, size, loops, options, metadata);
        todo!()
    }

    /// Append a frame; it has the size of the animation.
    pub fn push(&mut self, frame: &Frame, context: &Context) -> Result<()> {
        let _ = (frame, context);
        todo!()
    }

    /// The bytes of the whole.
    pub fn finish(self) -> Result<Vec<u8>> {
        todo!()
    }
}
