//! JPEG, baseline and progressive, read with `zune-jpeg` (ITU-T T.81, 1992; JFIF; Adobe TN 5116).
//!
//! The segments in front of the pixels are walked here (see [`segments`]): they tell size, colour model,
//! profile and EXIF without a decoder, and let messages say what is wrong.
//!
//! A file must reach its end marker (EOI). Lenient tools paint the missing part grey and warn; nobody reads
//! a warning in a batch of a thousand files, so one that was cut short is an error, as it is for Pillow.
//! Bytes after the end marker are no fault: phones keep videos and second pictures there. Damage inside the
//! compressed data is an error wherever it can be noticed (the format has no checksum).

mod inks;
mod segments;

use std::borrow::Cow;

use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use self::segments::{Adobe, Model, Outline};
use crate::codec::raw::{Raw, RawPixels};
use crate::codec::{Format, Header};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::Level;
use crate::pixel::{Depth, Layout, Picture};

/// Size and layout, from the segments in front of the pixels.
pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let outline = Outline::read(bytes)?;
    Ok(Header {
        format: Format::Jpeg,
        size: outline.size,
        layout: if outline.model == Model::Grey { Layout::Grey } else { Layout::Rgb },
        depth: Depth::U8,
        animated: false,
    })
}

/// The picture.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    let outline = Outline::read(bytes)?;
    if !outline.reaches_its_end(bytes) {
        let what = "the file ends before the picture does; it has been cut short";
        return Err(Error::malformed(Format::Jpeg, what));
    }
    let mut samples = decode_samples(bytes, &outline, context)?;
    let size = outline.size;
    let picture = |layout, samples| {
        Picture::new(size, layout, samples)
            .map(RawPixels::Picture)
            .map_err(|e| Error::malformed(Format::Jpeg, e))
    };
    let pixels = match outline.model {
        Model::Grey => picture(Layout::Grey, samples)?,
        Model::Ycc | Model::Rgb { .. } => picture(Layout::Rgb, samples)?,
        Model::Cmyk { inverted: false } => RawPixels::Cmyk { size, inks: samples },
        Model::Cmyk { inverted: true } => {
            inks::from_inverted(&mut samples, context)?;
            RawPixels::Cmyk { size, inks: samples }
        }
        Model::Ycck => {
            inks::from_ycck(&mut samples, context)?;
            RawPixels::Cmyk { size, inks: samples }
        }
    };
    let (icc, exif) = (outline.profile(), outline.exif.map(<[u8]>::to_vec));
    Ok(Raw { pixels, icc, exif, orientation: None })
}

/// The samples as the model has them; only YCbCr is turned into RGB on the way.
fn decode_samples(bytes: &[u8], outline: &Outline<'_>, context: &Context) -> Result<Vec<u8>> {
    let (bytes, wanted) = said_plainly(bytes, outline);
    let (width, height) = (outline.size.width(), outline.size.height());
    let options = DecoderOptions::default()
        .set_max_width(width)
        .set_max_height(height)
        .set_use_unsafe(context.level != Level::PLAIN)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&*bytes), options);
    // Stray bytes between segments are common and harmless; stray bytes in the pixels are neither.
    decoder.decode_headers().map_err(|e| broken(&e))?;
    decoder.set_options(decoder.options().set_strict_mode(true));
    let mut samples = vec![0; width * height * wanted.num_components()];
    if decoder.output_buffer_size() != Some(samples.len()) {
        return Err(Error::malformed(Format::Jpeg, "it holds two frame headers of different size"));
    }
    decoder.decode_into(&mut samples).map_err(|e| broken(&e))?;
    Ok(samples)
}

/// The colours to ask the decoder for, and the bytes with the Adobe segment put so that it draws the same
/// conclusion from it as [`segments`] does. It takes three components with transform 0 for CMYK and gives
/// up on transforms above 2: in a copy of those rare files one byte is changed.
fn said_plainly<'a>(bytes: &'a [u8], outline: &Outline<'_>) -> (Cow<'a, [u8]>, ColorSpace) {
    let (wanted, understood) = match outline.model {
        Model::Grey => (ColorSpace::Luma, None),
        Model::Ycc => (ColorSpace::RGB, Some(1)),
        // Asked for YCbCr of what it takes for YCbCr, the decoder converts nothing.
        Model::Rgb { named: false } => (ColorSpace::YCbCr, None),
        Model::Rgb { named: true } => (ColorSpace::RGB, Some(1)),
        Model::Cmyk { .. } => (ColorSpace::CMYK, Some(0)),
        Model::Ycck => (ColorSpace::YCCK, Some(2)),
    };
    let Some(adobe) = outline.adobe.filter(|adobe| Some(adobe.transform) != understood) else {
        return (Cow::Borrowed(bytes), wanted);
    };
    let mut copy = bytes.to_vec();
    match outline.model {
        Model::Ycck => copy[adobe.at + Adobe::TRANSFORM] = 2,
        // Without its name the segment is nobody's, and the number of components decides.
        _ => copy[adobe.at] = b'-',
    }
    (Cow::Owned(copy), wanted)
}

/// The words of the decoder. That the file has its end marker is known by now: if the data are too few all
/// the same, some are missing in between.
fn broken(error: &DecodeErrors) -> Error {
    match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => {
            Error::malformed(Format::Jpeg, "its compressed data end before the picture is complete")
        }
        DecodeErrors::Format(what) => Error::malformed(Format::Jpeg, what),
        DecodeErrors::FormatStatic(what) => Error::malformed(Format::Jpeg, what),
        other => Error::malformed(Format::Jpeg, other),
    }
}

#[cfg(test)]
mod tests;
