//! How much one job may ask for, as a value that every entry point shares.
//!
//! Sizes are checked when only a header has been read, before anything is allocated for the picture: a
//! file that claims a terabyte costs as little as one that is empty.

use std::time::Duration;

use crate::error::{Error, Result};
use crate::pixel::Size;

/// Bounds on one job. The default suits a desktop: a 20000×20000 picture passes, a bomb does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most pixels one picture (or one frame) may have. Default: 512 megapixels.
    pub max_pixels: u64,
    /// The most bytes the pixels of one picture may take once decoded. Default: 4 GiB.
    pub max_bytes: u64,
    /// The most frames an animation may have. Default: 10 000.
    pub max_frames: u32,
    /// The most time of one core that the steps of a style may take on one picture (or on all frames of an animation), by
    /// the estimate made before they start. Default: one hour.
    pub max_work: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_pixels: 512_000_000,
            max_bytes: 4 << 30,
            max_frames: 10_000,
            max_work: Duration::from_secs(3600),
        }
    }
}

impl Limits {
    /// May a picture of this size, with so many bytes for each pixel, be allocated?
    pub fn admit(&self, size: Size, bytes_per_pixel: usize) -> Result<()> {
        if size.area() > self.max_pixels {
            return Err(Error::Limit {
                what: "the picture",
                value: format!("{size} pixels ({})", megapixels(size.area())),
                limit: megapixels(self.max_pixels),
                remedy: "raise --max-pixels (max_pixels) or scale the picture down first",
            });
        }
        let bytes = size.area().saturating_mul(bytes_per_pixel as u64);
        if bytes > self.max_bytes || usize::try_from(bytes).is_err() {
            return Err(Error::Limit {
                what: "the memory for the picture",
                value: format!("{} ({size} pixels of {bytes_per_pixel} bytes)", gibibytes(bytes)),
                limit: gibibytes(self.max_bytes),
                remedy: "raise --max-memory (max_bytes) or scale the picture down first",
            });
        }
        Ok(())
    }

    /// May the borders of so many regions be held? Speckled pictures have more of them than pixels.
    pub(crate) fn admit_borders(&self, count: usize) -> Result<()> {
        /// What one short border takes, with its curve and its part of two outlines.
        const EACH: u64 = 700;
        let bytes = (count as u64).saturating_mul(EACH);
        if bytes <= self.max_bytes {
            return Ok(());
        }
        Err(Error::Limit {
            what: "the memory for the borders of regions",
            value: format!("about {}", gibibytes(bytes)),
            limit: gibibytes(self.max_bytes),
            remedy: "raise --max-memory (max_bytes), take fewer colours, or give larger regions to their neighbours with --speckle",
        })
    }

    /// May the steps of a style take so much time of one core, by the estimate?
    pub fn admit_work(&self, style: &str, work: Duration) -> Result<()> {
        if work <= self.max_work {
            return Ok(());
        }
        Err(Error::Limit {
            what: "the work",
            value: format!("about {} of one core (the style \"{style}\")", span(work)),
            limit: span(self.max_work),
            remedy: "raise --max-work (max_work), or take a smaller picture or a lighter style",
        })
    }

    /// May an animation go on to its frame number `count` (counted from one)?
    pub fn admit_frame(&self, count: u32) -> Result<()> {
        if count <= self.max_frames {
            return Ok(());
        }
        Err(Error::Limit {
            what: "the number of frames",
            value: format!("at least {count}"),
            limit: self.max_frames.to_string(),
            remedy: "raise --max-frames (max_frames) or cut the animation",
        })
    }
}

/// `20 s`, `3.5 h`, `12 days`
fn span(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 120.0 => format!("{s:.0} s"),
        s if s < 7200.0 => format!("{:.0} min", s / 60.0),
        s if s < 172_800.0 => format!("{:.1} h", s / 3600.0),
        s => format!("{:.0} days", s / 86_400.0),
    }
}

/// `12.6 MP`, or `400 pixels` when it is far less than one.
fn megapixels(pixels: u64) -> String {
    if pixels < 100_000 { format!("{pixels} pixels") } else { format!("{:.1} MP", pixels as f64 / 1e6) }
}

/// `1.5 GiB`, or `12.0 MiB` when it is less than one.
fn gibibytes(bytes: u64) -> String {
    let mib = bytes as f64 / f64::from(1 << 20);
    if mib < 1024.0 { format!("{mib:.1} MiB") } else { format!("{:.1} GiB", mib / 1024.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hundred_megapixels_pass_and_a_bomb_does_not() {
        let limits = Limits::default();
        assert!(limits.admit(Size::new(20_000, 20_000).unwrap(), 3).is_ok());
        let text = limits.admit(Size::new(30_000, 30_000).unwrap(), 3).unwrap_err().to_string();
        let tiny = Limits { max_pixels: 100, ..limits }
            .admit(Size::new(20, 20).unwrap(), 3)
            .unwrap_err()
            .to_string();
        assert!(tiny.contains("20×20 pixels (400 pixels), over the limit of 100 pixels"), "{tiny}");
        assert_eq!(
            text,
            "the picture is 30000×30000 pixels (900.0 MP), over the limit of 512.0 MP; \
             raise --max-pixels (max_pixels) or scale the picture down first"
        );
    }

    #[test]
    fn bytes_are_bounded_apart_from_pixels() {
        let limits = Limits { max_bytes: 1 << 20, ..Limits::default() };
        let text = limits.admit(Size::new(1024, 1024).unwrap(), 4).unwrap_err().to_string();
        assert!(text.contains("4.0 MiB (1024×1024 pixels of 4 bytes), over the limit of 1.0 MiB"), "{text}");
    }
}
