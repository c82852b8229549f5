//! From bytes to an upright sRGB picture, whatever the format.
//!
//! Adapters only turn bytes into pixels; whatever holds for every format is done here, once: the header is
//! held against the limits before a decoder may allocate, a decoder that panics is caught, the profile is
//! converted, the picture turned upright, and what the caller did not ask for is dropped.

use image::metadata::Orientation;

#[cfg(feature = "avif")]
use super::avif;
use super::format::Format;
use super::guess::describe;
use super::header::Header;
#[cfg(feature = "jxl")]
use super::jxl;
use super::metadata::Metadata;
use super::options::{DecodeOptions, Profile};
use super::orient::upright;
use super::raw::{Frame, Raw, RawFrames, RawPixels};
use super::{bmp, gif, jpeg, png, pnm, qoi, tiff, webp};
use crate::color::profile::{cmyk_to_srgb, to_srgb};
use crate::context::Context;
use crate::error::{Error, Result, guarded};
use crate::pixel::Picture;

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

    /// The next frame; after an error there is none.
    fn next(&mut self) -> Option<Self::Item> {
        self.frames.next()
    }
}

/// How the picture was made, if the file tells: the text of a [`crate::style::Recipe`]. Only a PNG can.
pub fn recipe(bytes: &[u8]) -> Result<Option<String>> {
    match sniff(bytes)? {
        Format::Png => guard(Format::Png, || png::read::recipe(bytes)),
        _ => Ok(None),
    }
}

/// Read a header and check it against the limits.
pub fn header(bytes: &[u8], context: &Context) -> Result<Header> {
    let format = sniff(bytes)?;
    let header = guard(format, || read_header(format, bytes))?;
    context.limits.admit(header.size, header.bytes_per_pixel())?;
    Ok(header)
}

/// Decode a still picture, or the first frame of an animation.
pub fn decode(bytes: &[u8], options: &DecodeOptions, context: &Context) -> Result<Decoded> {
    let Header { format, .. } = header(bytes, context)?;
    context.check()?;
    let Raw { pixels, icc, exif, orientation } = guard(format, || read_pixels(format, bytes, context))?;
    let colours = Colours::of(icc, options.profile, matches!(pixels, RawPixels::Cmyk { .. }));
    let orientation = orientation.or_else(|| stated(exif.as_deref())).unwrap_or(Orientation::NoTransforms);
    context.check()?;
    let picture = match pixels {
        RawPixels::Picture(picture) => colours.apply(picture, context)?,
        RawPixels::Cmyk { size, inks } => cmyk_to_srgb(size, &inks, colours.convert.as_deref(), context)?,
    };
    context.check()?;
    let picture = upright(picture, orientation, context)?;
    Ok(Decoded { picture, metadata: Metadata::kept(colours.carry, exif, options), format })
}

/// Decode an animation frame by frame. `None` if the file holds one frame only.
pub fn frames<'a>(bytes: &'a [u8], options: &DecodeOptions, context: &Context) -> Result<Option<Frames<'a>>> {
    let Header { format, animated, .. } = header(bytes, context)?;
    if !animated {
        return Ok(None);
    }
    let RawFrames { loops, icc, exif, frames } = guard(format, || read_frames(format, bytes, context))?;
    let colours = Colours::of(icc, options.profile, false);
    let orientation = stated(exif.as_deref()).unwrap_or(Orientation::NoTransforms);
    let metadata = Metadata::kept(colours.carry.clone(), exif, options);
    let mut film =
        Film { format, frames: Some(frames), shown: 0, colours, orientation, context: context.clone() };
    // Whether there is a second frame only the second frame can say: some headers promise frames that never come.
    let Some(first) = film.next() else { return Ok(None) };
    let first = first?;
    let Some(second) = film.next() else { return Ok(None) };
    let frames = Box::new([Ok(first), second].into_iter().chain(film));
    Ok(Some(Frames { loops, metadata, frames }))
}

fn sniff(bytes: &[u8]) -> Result<Format> {
    Format::sniff(bytes).ok_or_else(|| Error::UnknownFormat { found: describe(bytes) })
}

fn read_header(format: Format, bytes: &[u8]) -> Result<Header> {
    match format {
        Format::Png => png::read::header(bytes),
        Format::Jpeg => jpeg::read::header(bytes),
        Format::WebP => webp::read::header(bytes),
        Format::Gif => gif::read::header(bytes),
        Format::Tiff => tiff::read::header(bytes),
        Format::Bmp => bmp::read::header(bytes),
        Format::Qoi => qoi::read::header(bytes),
        Format::Pnm => pnm::read::header(bytes),
        #[cfg(feature = "jxl")]
        Format::Jxl => jxl::read::header(bytes),
        #[cfg(not(feature = "jxl"))]
        Format::Jxl => Err(left_out(format, "jxl")),
        #[cfg(feature = "avif")]
        Format::Avif => avif::read::header(bytes),
        #[cfg(not(feature = "avif"))]
        Format::Avif => Err(left_out(format, "avif")),
    }
}

fn read_pixels(format: Format, bytes: &[u8], context: &Context) -> Result<Raw> {
    match format {
        Format::Png => png::read::decode(bytes, context),
        Format::Jpeg => jpeg::read::decode(bytes, context),
        Format::WebP => webp::read::decode(bytes, context),
        Format::Gif => gif::read::decode(bytes, context),
        Format::Tiff => tiff::read::decode(bytes, context),
        Format::Bmp => bmp::read::decode(bytes, context),
        Format::Qoi => qoi::read::decode(bytes, context),
        Format::Pnm => pnm::read::decode(bytes, context),
        #[cfg(feature = "jxl")]
        Format::Jxl => jxl::read::decode(bytes, context),
        #[cfg(not(feature = "jxl"))]
        Format::Jxl => Err(left_out(format, "jxl")),
        #[cfg(feature = "avif")]
        Format::Avif => avif::read::decode(bytes, context),
        #[cfg(not(feature = "avif"))]
        Format::Avif => Err(left_out(format, "avif")),
    }
}

fn read_frames<'a>(format: Format, bytes: &'a [u8], context: &Context) -> Result<RawFrames<'a>> {
    match format {
        Format::Png => png::read::frames(bytes, context),
        Format::WebP => webp::read::frames(bytes, context),
        Format::Gif => gif::read::frames(bytes, context),
        other => Err(Error::unsupported(
            format!("animated {other} files are not read frame by frame"),
            "decode the first frame, or convert the file to GIF, WebP or APNG first",
        )),
    }
}

/// The format is known and this build cannot read it.
#[cfg(not(all(feature = "jxl", feature = "avif")))]
fn left_out(format: Format, feature: &str) -> Error {
    Error::unsupported(
        format!("this build of zhijin does not read {format}"),
        format!("build it with the feature `{feature}`, or convert the file to PNG first"),
    )
}

/// Run a decoder. If it panics, the bytes made it: to whoever brought them the file is broken.
///
/// The default panic hook still prints its line to stderr. A library has no business replacing the hook
/// of its host; a front end that wants silence installs its own.
fn guard<T>(format: Format, work: impl FnOnce() -> Result<T>) -> Result<T> {
    guarded("a decoder", work).map_err(|error| match error {
        Error::Fault { message, .. } => {
            Error::malformed(format, format!("the decoder could make no sense of it ({message})"))
        }
        other => other,
    })
}

fn stated(exif: Option<&[u8]>) -> Option<Orientation> {
    exif.and_then(Orientation::from_exif_chunk)
}

/// What becomes of a profile: one of the two is `None`, or both.
struct Colours {
    /// Convert the pixels from this profile.
    convert: Option<Vec<u8>>,
    /// Leave the pixels, hand this profile on.
    carry: Option<Vec<u8>>,
}

impl Colours {
    /// Inks are always converted, since we write none.
    fn of(icc: Option<Vec<u8>>, wish: Profile, inks: bool) -> Self {
        if wish == Profile::Convert || inks {
            Self { convert: icc, carry: None }
        } else {
            Self { convert: None, carry: icc }
        }
    }

    fn apply(&self, picture: Picture, context: &Context) -> Result<Picture> {
        match &self.convert {
            Some(icc) => to_srgb(picture, icc, context),
            None => Ok(picture),
        }
    }
}

/// Frames on their way from the adapter to the caller.
struct Film<'a> {
    format: Format,
    /// `None` after the last frame or the first error.
    frames: Option<Box<dyn Iterator<Item = Result<Frame>> + Send + 'a>>,
    shown: u32,
    colours: Colours,
    orientation: Orientation,
    context: Context,
}

impl Film<'_> {
    fn develop(&mut self) -> Result<Option<Frame>> {
        self.context.check()?;
        let Some(frames) = &mut self.frames else { return Ok(None) };
        let Some(Frame { picture, delay }) = guard(self.format, || frames.next().transpose())? else {
            return Ok(None);
        };
        self.shown = self.shown.saturating_add(1);
        self.context.limits.admit_frame(self.shown)?;
        let picture = self.colours.apply(picture, &self.context)?;
        let picture = upright(picture, self.orientation, &self.context)?;
        Ok(Some(Frame { picture, delay }))
    }
}

impl Iterator for Film<'_> {
    type Item = Result<Frame>;

    fn next(&mut self) -> Option<Self::Item> {
        let frame = self.develop().transpose();
        if !matches!(frame, Some(Ok(_))) {
            self.frames = None;
        }
        frame
    }
}

#[cfg(test)]
mod tests;
