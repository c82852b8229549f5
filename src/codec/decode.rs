//! From bytes to an upright sRGB picture, whatever the format.

use super::format::Format;
use super::metadata::Metadata;
use super::raw::{Frame, Raw};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Picture, Size};

/// What a header says, before anything is allocated for the pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format, by content.
    pub format: Format,
    /// The size as stored; orientation may still turn it.
    pub size: Size,
    /// The channels a decoded picture will have.
    pub layout: Layout,
    /// The depth a decoded picture will have.
    pub depth: Depth,
    /// May hold more than one frame?
    pub animated: bool,
}

impl Header {
    /// Bytes a pixel of the decoded picture takes.
    pub fn bytes_per_pixel(&self) -> usize {
        self.layout.channels() * self.depth.bytes()
    }
}

/// What to do with a colour profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Convert the pixels to sRGB; the profile has then served its purpose.
    #[default]
    Convert,
    /// Leave the pixels as they are and hand the profile on to the output.
    Carry,
}

/// How to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    /// What to do with a colour profile.
    pub profile: Profile,
    /// Hand EXIF on to the output. It can hold a location, so the default is to drop it.
    pub keep_exif: bool,
}

/// A still picture and what came with it.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// Upright, in sRGB unless its profile is carried.
    pub picture: Picture,
    /// What the output may carry on.
    pub metadata: Metadata,
    /// The format it came in.
    pub format: Format,
}

/// The frames of an animation, each the whole canvas, decoded when asked for.
pub struct Frames<'a> {
    /// How often the animation plays; zero means for ever.
    pub loops: u32,
    /// What the output may carry on.
    pub metadata: Metadata,
    frames: Box<dyn Iterator<Item = Result<Frame>> + Send + 'a>,
}

impl Iterator for Frames<'_> {
    type Item = Result<Frame>;

    fn next(&mut self) -> Option<Result<Frame>> {
        self.frames.next()
    }
}

/// Read a header and check it against the limits.
pub fn header(bytes: &[u8], context: &Context) -> Result<Header> {
    let _ = (bytes, context);
    todo!()
}

/// Decode a still picture, or the first frame of an animation.
pub fn decode(bytes: &[u8], options: &DecodeOptions, context: &Context) -> Result<Decoded> {
    let _ = (bytes, options, context);
    todo!()
}

/// Decode an animation frame by frame. `None` if the file holds one frame only.
pub fn frames<'a>(bytes: &'a [u8], options: &DecodeOptions, context: &Context) -> Result<Option<Frames<'a>>> {
    let _ = (bytes, options, context);
    todo!()
}
