//! What adapters hand back: pixels as the file stores them, before profile and orientation.

use std::time::Duration;

use image::metadata::Orientation;

use crate::error::Result;
use crate::pixel::{Picture, Size};

/// The pixels of a file and what is needed to make sense of them.
pub(super) struct Raw {
    pub(super) pixels: RawPixels,
    pub(super) icc: Option<Vec<u8>>,
    /// The EXIF block as a TIFF structure, without `Exif\0\0` in front.
    pub(super) exif: Option<Vec<u8>>,
    /// The orientation the container itself states (AVIF, JPEG XL, TIFF); `None` where only EXIF does.
    pub(super) orientation: Option<Orientation>,
}

pub(super) enum RawPixels {
    /// Grey or RGB, with or without straight alpha, in the file's own depth.
    Picture(Picture),
    /// Four inks, 8 bits each, 255 = full ink.
    Cmyk { size: Size, inks: Vec<u8> },
}

impl Raw {
    /// Pixels and nothing else.
    pub(super) fn plain(picture: Picture) -> Self {
        Self { pixels: RawPixels::Picture(picture), icc: None, exif: None, orientation: None }
    }
}

/// The frames of an animated file, as its adapter hands them back.
pub(super) struct RawFrames<'a> {
    /// How often the animation plays; zero means for ever.
    pub(super) loops: u32,
    pub(super) icc: Option<Vec<u8>>,
    pub(super) exif: Option<Vec<u8>>,
    pub(super) frames: Box<dyn Iterator<Item = Result<Frame>> + Send + 'a>,
}

/// One frame of an animation: the whole canvas, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What is shown.
    pub picture: Picture,
    /// For how long.
    pub delay: Duration,
}
