//! From a picture to bytes, whatever the format.
//!
//! ```text
//! picture, straight sRGB ─fit▶ the depth and channels the format holds ─writer▶ bytes
//! ```
//!
//! What all writers share is done here, once: the options, the longest side and the colour profile are
//! checked before any work, the picture is [fitted](super::fit), and a panic in a writer becomes the error
//! of this one job. A writer then meets nothing its format cannot say.

use super::fit::{Holds, fit, not_written};
use super::format::Format;
use super::metadata::Metadata;
use super::options::EncodeOptions;
use super::raw::Frame;
use super::{bmp, gif, jpeg, png, pnm, qoi, tiff, webp};
use crate::context::Context;
use crate::error::{Error, Result, guarded};
use crate::pixel::{Picture, Size};

/// Encode a straight sRGB picture.
///
/// Depth and channels become what the format holds; transparency that it does not hold is laid over
/// [`EncodeOptions::background`]. A colour profile in `metadata` is written, or refused where the format
/// has no place for it; EXIF is written by JPEG, PNG and WebP and dropped by the others.
pub fn encode(
    picture: &Picture,
    format: Format,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    options.check()?;
    let holds = Holds::of(format)?;
    holds.admit(picture.size(), metadata)?;
    guarded(&format!("the {format} writer"), || {
        let picture = fit(picture, &holds, options, metadata, context)?;
        let write = match format {
            Format::Png => png::write::encode,
            Format::Jpeg => jpeg::write::encode,
            Format::WebP => webp::write::encode,
            Format::Gif => gif::write::encode,
            Format::Tiff => tiff::write::encode,
            Format::Bmp => bmp::write::encode,
            Format::Qoi => qoi::write::encode,
            Format::Pnm => pnm::write::encode,
            Format::Jxl | Format::Avif => return Err(not_written(format)),
        };
        context.check()?;
        write(&picture, options, metadata, context)
    })
}

/// Takes frames one at a time and gives the bytes of an animation.
pub struct AnimationEncoder {
    writer: Writer,
    format: Format,
    holds: Holds,
    size: Size,
    options: EncodeOptions,
    metadata: Metadata,
    frames: u32,
}

enum Writer {
    Png(png::write::Animation),
    Gif(gif::write::Animation),
    WebP(webp::write::Animation),
}

impl AnimationEncoder {
    /// An animation in `format`; `loops` is how often it plays, zero for ever.
    pub fn new(
        format: Format,
        size: Size,
        loops: u32,
        options: &EncodeOptions,
        metadata: &Metadata,
    ) -> Result<Self> {
        options.check()?;
        let holds = Holds::of(format)?;
        holds.admit(size, metadata)?;
        let writer = match format {
            Format::Png => Writer::Png(png::write::Animation::new(size, loops, options, metadata)),
            Format::Gif => Writer::Gif(gif::write::Animation::new(size, loops, options, metadata)?),
            Format::WebP => Writer::WebP(webp::write::Animation::new(size, loops, options, metadata)?),
            _ => return Err(not_animated(format)),
        };
        Ok(Self { writer, format, holds, size, options: *options, metadata: metadata.clone(), frames: 0 })
    }

    /// Append a frame; it has the size of the animation.
    pub fn push(&mut self, frame: &Frame, context: &Context) -> Result<()> {
        if frame.picture.size() != self.size {
            return Err(Error::unsupported(
                format!("frame {} is {}, the animation {}", self.frames + 1, frame.picture.size(), self.size),
                "give every frame the size of the whole",
            ));
        }
        context.limits.admit_frame(self.frames + 1)?;
        context.check()?;
        guarded(&format!("the {} writer", self.format), || {
            let picture = fit(&frame.picture, &self.holds, &self.options, &self.metadata, context)?;
            let fitted = Frame { picture: picture.into_owned(), delay: frame.delay };
            match &mut self.writer {
                Writer::Png(animation) => animation.push(&fitted, context),
                Writer::Gif(animation) => animation.push(&fitted, context),
                Writer::WebP(animation) => animation.push(&fitted, context),
            }
        })?;
        self.frames += 1;
        Ok(())
    }

    /// The bytes of the whole.
    pub fn finish(self) -> Result<Vec<u8>> {
        if self.frames == 0 {
            return Err(Error::unsupported("an animation needs a frame", "push at least one"));
        }
        guarded(&format!("the {} writer", self.format), || match self.writer {
            Writer::Png(animation) => animation.finish(),
            Writer::Gif(animation) => animation.finish(),
            Writer::WebP(animation) => animation.finish(),
        })
    }
}

fn not_animated(format: Format) -> Error {
    let animated: Vec<String> = Format::all().filter(|f| f.can_animate()).map(|f| f.to_string()).collect();
    Error::unsupported(
        format!("{format} holds one picture, not an animation"),
        format!("write one of {}", animated.join(", ")),
    )
}

#[cfg(test)]
#[path = "encode_tests.rs"]
mod tests;
