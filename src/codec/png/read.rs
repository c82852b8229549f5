//! PNG and APNG, read with the `png` crate (Portable Network Graphics, Third Edition, W3C 2025).
//!
//! Palettes and 1-, 2- and 4-bit grey are opened to 8 bits, `tRNS` becomes alpha, 16 bits stay 16. Checksums
//! are verified, the one inside the compressed stream too, and a file must reach its `IEND`: one that was
//! cut short is refused even if only the end of it is missing.
//!
//! Colour, by the order of preference of section 4.3: an `iCCP` profile is handed on; `sRGB` needs nothing
//! done; without either, `gAMA` is applied (see [`gamma`]). `cHRM` alone and `cICP` are not interpreted.

mod animation;
mod chunks;
mod gamma;
mod recipe;
mod rows;

use std::io::{Cursor, ErrorKind};

pub(in crate::codec) use recipe::recipe;

use ::png::{BitDepth, ColorType, DecodingError, Transformations};

use self::chunks::Outline;
use crate::codec::raw::{Raw, RawFrames, RawPixels};
use crate::codec::{Format, Header};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Picture, Samples, Size};

/// What chunks other than pixels may take in memory together; a profile is rarely above 4 MB.
const CHUNK_BYTES: usize = 64 << 20;

type Reader<'a> = ::png::Reader<Cursor<&'a [u8]>>;

/// Size, layout and depth, from the chunks in front of the pixels.
pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    Ok(Outline::read(bytes)?.header())
}

/// The picture; of an animation, the one that is shown where animations are not.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    let mut reader = open(bytes, Transformations::EXPAND, 1)?;
    let info = reader.info();
    let size = size_of(info.width, info.height)?;
    let (layout, depth) = pixel_type(&reader)?;
    context.limits.admit(size, layout.channels() * depth.bytes())?;
    let samples: Samples = match depth {
        Depth::U8 => rows::read::<u8>(&mut reader, size, layout, context)?.into(),
        _ => rows::read::<u16>(&mut reader, size, layout, context)?.into(),
    };
    // What follows the pixels is read as well: EXIF may stand there, and a missing end is an error.
    reader.finish().map_err(|e| broken(&e))?;
    let (icc, exif) = blocks(reader.info());
    let picture = Picture::new(size, layout, samples).map_err(|e| Error::malformed(Format::Png, e))?;
    Ok(Raw { pixels: RawPixels::Picture(picture), icc, exif, orientation: None })
}

/// The frames of an APNG, composed, one at a time.
pub(in crate::codec) fn frames<'a>(bytes: &'a [u8], context: &Context) -> Result<RawFrames<'a>> {
    animation::frames(bytes, context)
}

/// A reader that stands before the first pixels.
fn open(bytes: &[u8], transformations: Transformations, frames: u32) -> Result<Reader<'_>> {
    let mut options = ::png::DecodeOptions::default();
    options.set_ignore_adler32(false);
    options.set_ignore_text_chunk(true);
    let mut decoder = ::png::Decoder::new_with_options(Cursor::new(bytes), options);
    // The crate counts one row for each frame it opens against its limit and never gives it back.
    let row = Outline::read(bytes)?.row_bytes();
    let rows = row.saturating_mul(frames as usize + 1);
    decoder.set_limits(png::Limits { bytes: CHUNK_BYTES.saturating_add(rows) });
    decoder.set_transformations(transformations);
    decoder.read_info().map_err(|e| broken(&e))
}

/// The profile and the EXIF block met so far.
fn blocks(info: &::png::Info<'_>) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    (info.icc_profile.as_deref().map(<[u8]>::to_vec), info.exif_metadata.as_deref().map(<[u8]>::to_vec))
}

fn size_of(width: u32, height: u32) -> Result<Size> {
    Size::new(width, height).map_err(|e| Error::malformed(Format::Png, e))
}

/// The pixels the reader will hand out.
fn pixel_type(reader: &Reader<'_>) -> Result<(Layout, Depth)> {
    let (colour, depth) = reader.output_color_type();
    let layout = match colour {
        ColorType::Grayscale => Layout::Grey,
        ColorType::GrayscaleAlpha => Layout::GreyAlpha,
        ColorType::Rgb => Layout::Rgb,
        ColorType::Rgba => Layout::Rgba,
        ColorType::Indexed => return Err(Error::malformed(Format::Png, "its palette was not applied")),
    };
    Ok((layout, if depth == BitDepth::Sixteen { Depth::U16 } else { Depth::U8 }))
}

/// The words of the crate, with the commonest case said plainly.
fn broken(error: &DecodingError) -> Error {
    let what = match error {
        DecodingError::IoError(e) if e.kind() == ErrorKind::UnexpectedEof => {
            "the file ends before the picture does; it has been cut short".into()
        }
        DecodingError::LimitsExceeded => {
            format!("what it holds besides pixels is over the limit of {} MiB", CHUNK_BYTES >> 20)
        }
        other => with_plain_names(&other.to_string()),
    };
    Error::malformed(Format::Png, what)
}

/// The crate prints a chunk as `ChunkType { type: IDAT, … }`; people call it IDAT.
fn with_plain_names(text: &str) -> String {
    let Some((before, rest)) = text.split_once("ChunkType { type: ") else { return text.into() };
    let Some((inside, after)) = rest.split_once('}') else { return text.into() };
    let name = inside.split(',').next().unwrap_or(inside);
    format!("{before}{}{after}", name.trim())
}

#[cfg(test)]
mod tests;
