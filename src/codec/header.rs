//! What a file says before its pixels are touched.

use super::format::Format;
use crate::pixel::{Depth, Layout, Size};

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
