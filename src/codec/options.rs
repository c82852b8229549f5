//! How to read, how to write.

use crate::color::Rgb;
use crate::error::{Error, Result};

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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EncodeOptions {
    /// 1 to 100, for formats that lose; default 92.
    pub quality: u8,
    /// Effort, for PNG, TIFF and JPEG; none of it costs quality.
    pub compression: Compression,
    /// What shows through transparent pixels where the format has no alpha; default white.
    pub background: Rgb,
}

impl Default for EncodeOptions {
    fn default() -> Self {
        Self { quality: 92, compression: Compression::Fast, background: Rgb([1.0; 3]) }
    }
}

impl EncodeOptions {
    pub(super) fn check(&self) -> Result<()> {
        if (1..=100).contains(&self.quality) {
            return Ok(());
        }
        Err(Error::unsupported(format!("the quality is {}", self.quality), "choose one from 1 to 100"))
    }
}
