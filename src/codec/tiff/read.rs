//! TIFF to pixels: the first picture of the file.
//!
//! The `tiff` crate unpacks strips and tiles; what their samples mean (TIFF 6.0, sections 3 to 6, 16, 18
//! and 21) is settled here: palettes, odd depths, separate planes, premultiplied alpha, inks, YCbCr.

mod convert;
mod patch;
mod plan;
#[cfg(test)]
mod tests;

use tiff::decoder::{DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{TiffError, TiffResult};

use crate::codec::Format;
use crate::codec::header::Header;
use crate::codec::raw::{Raw, RawPixels};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Picture, Samples};
use patch::Patched;
use plan::{Meaning, Plan};

type Decoder<'a> = tiff::decoder::Decoder<Patched<'a>>;

pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let plan = Plan::new(&mut open(bytes)?, bytes)?;
    let (layout, depth) = (plan.layout(), plan.depth());
    Ok(Header { format: Format::Tiff, size: plan.size, layout, depth, animated: false })
}

pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    context.check()?;
    let mut decoder = open(bytes)?;
    let plan = Plan::new(&mut decoder, bytes)?;
    // What is stored may be more than what is shown: channels nobody knows, 64 bits, tiles past the edge.
    context.limits.admit(plan.chunk, plan.stored_bytes())?;
    let icc = profile(&mut decoder, bytes.len());
    let pixels = pixels(read(decoder, bytes, &plan)?, &plan)?;
    Ok(Raw { pixels, icc, exif: None, orientation: plan.orientation })
}

fn open(bytes: &[u8]) -> Result<Decoder<'_>> {
    tiff::decoder::Decoder::new(Patched::new(bytes)).map_err(broken)
}

/// All samples as they are stored, whole planes one after the other if they are separate.
fn read(decoder: Decoder<'_>, bytes: &[u8], plan: &Plan) -> Result<DecodingResult> {
    let mut limits = Limits::unlimited();
    limits.decoding_buffer_size = plan.size.pixels().saturating_mul(plan.stored_bytes());
    // A strip cannot be longer than its file.
    limits.intermediate_buffer_size = bytes.len();
    limits.ifd_value_size = Limits::default().ifd_value_size;
    let mut samples = DecodingResult::U8(Vec::new());
    decoder.with_limits(limits).read_image_to_buffer(&mut samples).map_err(broken)?;
    Ok(samples)
}

fn pixels(samples: DecodingResult, plan: &Plan) -> Result<RawPixels> {
    let samples = match samples {
        DecodingResult::U8(packed) if plan.bits < 8 => Samples::U8(convert::unpack(&packed, plan)),
        DecodingResult::U8(samples) => Samples::U8(convert::pick(samples, plan)),
        DecodingResult::U16(samples) => Samples::U16(convert::pick(samples, plan)),
        DecodingResult::U32(samples) => {
            let unit = |v: u32| (f64::from(v) / f64::from(u32::MAX)) as f32;
            Samples::F32(convert::pick(samples.into_iter().map(unit).collect(), plan))
        }
        DecodingResult::F32(samples) => Samples::F32(convert::pick(samples, plan)),
        DecodingResult::F64(samples) => {
            Samples::F32(convert::pick(samples.into_iter().map(|v| v as f32).collect(), plan))
        }
        _ => return Err(unsupported("signed samples or half floats")),
    };
    let samples = match (&plan.meaning, samples) {
        (Meaning::Indexed(palette), Samples::U8(indices)) => {
            Samples::U8(indices.iter().flat_map(|&index| palette[usize::from(index)]).collect())
        }
        (Meaning::YCbCr(luma), Samples::U8(mut samples)) => {
            convert::ycbcr_to_rgb(&mut samples, *luma);
            Samples::U8(samples)
        }
        (Meaning::Inks, Samples::U8(inks)) => return Ok(RawPixels::Cmyk { size: plan.size, inks }),
        (Meaning::Inks, Samples::U16(inks)) => {
            let inks = inks.into_iter().map(|v| ((u32::from(v) * 255 + 32_767) / 65_535) as u8).collect();
            return Ok(RawPixels::Cmyk { size: plan.size, inks });
        }
        (_, samples) => samples,
    };
    let samples = if plan.premultiplied { convert::unmultiply(samples, plan.layout()) } else { samples };
    Picture::new(plan.size, plan.layout(), samples).map(RawPixels::Picture).map_err(malformed)
}

/// The ICC profile, if there is one that can be read; no longer than its file.
fn profile(decoder: &mut Decoder<'_>, most: usize) -> Option<Vec<u8>> {
    let mut directory = decoder.image_ifd();
    let length = usize::try_from(directory.find_entry(Tag::IccProfile)?.count()).ok()?;
    let mut profile = vec![0; Some(length).filter(|&length| length <= most)?];
    let read = directory.find_tag_bytes(Tag::IccProfile, &mut profile, 0).ok()??;
    (read == length).then_some(profile)
}

/// The decoder's errors, in our words where its own say little.
fn broken(error: TiffError) -> Error {
    match error {
        TiffError::UnsupportedError(what) => unsupported(what),
        TiffError::LimitsExceeded | TiffError::IntSizeError => {
            malformed("it asks for more memory than any picture of its size needs")
        }
        TiffError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            malformed("it ends too early")
        }
        TiffError::FormatError(what) => malformed(what),
        other => malformed(other),
    }
}

fn unsupported(what: impl std::fmt::Display) -> Error {
    Error::unsupported(
        format!("a TIFF file of a kind zhijin does not read ({what})"),
        "save it as RGB, grey or CMYK with 8 or 16 bits, or as PNG",
    )
}

fn malformed(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Tiff, what)
}

/// A tag that may be missing; what is there and broken counts as missing too.
fn number(decoder: &mut Decoder<'_>, tag: Tag) -> Option<u32> {
    numbers(decoder, tag).first().copied()
}

fn numbers(decoder: &mut Decoder<'_>, tag: Tag) -> Vec<u32> {
    let found: TiffResult<Option<Vec<u32>>> = decoder.find_tag_unsigned_vec(tag);
    found.ok().flatten().unwrap_or_default()
}
