//! From JPEG XL to pixels.
//!
//! Colour: what is stored as XYB, or under a colour space the format names itself, is asked for in sRGB
//! (high dynamic range is mapped to tones of an ordinary screen on the way); pixels under an ICC profile
//! stay as they are and the profile is handed over. Orientation is applied by the decoder. Of an
//! animation the first frame is decoded.
//!
//! Boxes that are not wanted are never shown to the decoder, above all `brob`: a few compressed bytes
//! there may become gigabytes, and no limit applies to them. EXIF compressed that way is lost.
//!
//! Threads: the decoder works in the rayon pool it is called from, if there is one. Its results do not
//! depend on the number of threads; lossy pictures may differ by a level between CPU levels, since it
//! chooses fused arithmetic by itself where the machine has it.

use std::borrow::Cow;

use image::metadata::Orientation;
use jxl_oxide::image::BitDepth;
use jxl_oxide::{
    AllocTracker, EnumColourEncoding, FrameBufferSample, InitializeResult, JxlImage, Render, RenderingIntent,
};

use crate::codec::boxes::boxes;
use crate::codec::format::Format;
use crate::codec::header::Header;
use crate::codec::raw::{Raw, RawPixels};
use crate::codec::straight::straighten;
use crate::context::Context;
use crate::error::{Error, Result, guarded};
use crate::kernel::interleave::Store;
use crate::limits::Limits;
use crate::pixel::{Depth, Layout, Picture, Samples, Size};

/// What the header says; no pixel is touched.
pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let image = guarded("the JPEG XL decoder", || Reader::new(bytes)?.open(&Limits::default()))?;
    describe(&image)
}

/// The pixels of the picture, or of the first frame.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    context.check()?;
    guarded("the JPEG XL decoder", || {
        let mut reader = Reader::new(bytes)?;
        let mut image = reader.open(&context.limits)?;
        let header = describe(&image)?;
        reader.load_first_frame(&mut image)?;
        context.check()?;
        let render = image.render_frame(0).map_err(broken)?;
        let icc = if is_converted(&image) { None } else { image.original_icc().map(<[u8]>::to_vec) };
        let pixels = if image.pixel_format().has_black() {
            RawPixels::Cmyk { size: header.size, inks: inks(&render, header.size)? }
        } else {
            RawPixels::Picture(picture(&image, &render, &header)?)
        };
        Ok(Raw { pixels, icc, exif: exif(bytes), orientation: Some(Orientation::NoTransforms) })
    })
}

fn broken(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Jxl, what)
}

/// The part of a file that is the decoder's business, and how much of it the decoder has taken.
struct Reader<'a> {
    bytes: Cow<'a, [u8]>,
    taken: usize,
    /// How much to hand over next: little while only the header is wanted.
    portion: usize,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self> {
        Ok(Self { bytes: codestream(bytes)?, taken: 0, portion: 4096 })
    }

    /// The next portion; `None` when there is nothing left that the decoder would take.
    fn feed(&mut self, take: impl FnOnce(&[u8]) -> jxl_oxide::Result<usize>) -> Result<Option<()>> {
        let left = &self.bytes[self.taken..];
        let portion = &left[..left.len().min(self.portion)];
        let taken = take(portion).map_err(broken)?;
        if taken == 0 && portion.len() == left.len() {
            return Ok(None);
        }
        self.taken += taken;
        self.portion = self.portion.saturating_mul(2);
        Ok(Some(()))
    }

    /// Read on until the header is complete, and ask for the colours we want.
    fn open(&mut self, limits: &Limits) -> Result<JxlImage> {
        // Planes of 32 bits, a few of them alive at a time, beside the picture they become.
        let budget = usize::try_from(limits.max_bytes.saturating_mul(4)).unwrap_or(usize::MAX);
        let mut pending = JxlImage::builder().alloc_tracker(AllocTracker::with_limit(budget)).build_uninit();
        loop {
            self.feed(|portion| pending.feed_bytes(portion))?
                .ok_or_else(|| broken("it ends within the header"))?;
            match pending.try_init().map_err(broken)? {
                InitializeResult::NeedMoreData(more) => pending = more,
                InitializeResult::Initialized(mut image) => {
                    request_srgb(&mut image);
                    return Ok(image);
                }
            }
        }
    }

    fn load_first_frame(&mut self, image: &mut JxlImage) -> Result<()> {
        while image.num_loaded_keyframes() == 0 {
            self.feed(|portion| image.feed_bytes(portion))?
                .ok_or_else(|| broken("it ends before its first frame is complete"))?;
        }
        Ok(())
    }
}

/// A bare codestream as it is; of a container the signature, the file type and the codestream.
fn codestream(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
    if bytes.starts_with(b"\xff\x0a") {
        return Ok(bytes.into());
    }
    let mut wanted = Vec::new();
    for found in boxes(bytes) {
        let found = found.map_err(broken)?;
        if matches!(&found.kind, b"JXL " | b"ftyp" | b"jxll" | b"jxlc" | b"jxlp") {
            wanted.extend_from_slice(found.whole);
            // A box without a length would go on into the next one.
            if found.whole[..4] == [0; 4] {
                break;
            }
        }
    }
    Ok(wanted.into())
}

/// The EXIF block of a container: four bytes say where its TIFF structure starts.
fn exif(bytes: &[u8]) -> Option<Vec<u8>> {
    let found = boxes(bytes).map_while(Result::ok).find(|found| &found.kind == b"Exif")?;
    let (offset, rest) = found.body.split_first_chunk()?;
    rest.get(u32::from_be_bytes(*offset) as usize..).map(<[u8]>::to_vec)
}

/// Can the decoder give sRGB by itself?
fn is_converted(image: &JxlImage) -> bool {
    let metadata = &image.image_header().metadata;
    metadata.xyb_encoded || !metadata.colour_encoding.want_icc()
}

/// Ask for sRGB. Not where the file says so itself: with another rendering intent the decoder would go to
/// light and back, and 16 bits and floating point would no longer be what was stored.
fn request_srgb(image: &mut JxlImage) {
    let metadata = &image.image_header().metadata;
    let (grey, as_stored) =
        (metadata.grayscale(), !metadata.xyb_encoded && metadata.colour_encoding.is_srgb());
    if is_converted(image) && !as_stored {
        let make = if grey { EnumColourEncoding::gray_srgb } else { EnumColourEncoding::srgb };
        image.request_color_encoding(make(RenderingIntent::Relative));
    }
}

fn describe(image: &JxlImage) -> Result<Header> {
    let (metadata, channels) = (&image.image_header().metadata, image.pixel_format());
    let depth = match metadata.bit_depth {
        _ if channels.has_black() => Depth::U8,
        BitDepth::FloatSample { .. } => Depth::F32,
        BitDepth::IntegerSample { bits_per_sample: 0..=8 } => Depth::U8,
        BitDepth::IntegerSample { bits_per_sample: 9..=16 } => Depth::U16,
        BitDepth::IntegerSample { .. } => Depth::F32,
    };
    Ok(Header {
        format: Format::Jxl,
        size: Size::new(image.width(), image.height()).map_err(broken)?,
        layout: Layout::of(channels.is_grayscale(), channels.has_alpha() && !channels.has_black()),
        depth,
        animated: metadata.animation.is_some(),
    })
}

fn picture(image: &JxlImage, render: &Render, header: &Header) -> Result<Picture> {
    let info = image.image_header().metadata.ec_info.iter().find(|info| info.is_alpha());
    let associated = info.and_then(|info| info.alpha_associated()).unwrap_or(false);
    let samples: Samples = match header.depth {
        Depth::U8 => samples::<u8>(render, header, associated)?.into(),
        Depth::U16 => samples::<u16>(render, header, associated)?.into(),
        Depth::F32 => samples::<f32>(render, header, associated)?.into(),
    };
    Picture::new(header.size, header.layout, samples).map_err(broken)
}

fn samples<T: Store + FrameBufferSample + Default>(
    render: &Render,
    header: &Header,
    associated: bool,
) -> Result<Vec<T>> {
    let channels = header.layout.channels();
    let mut samples = vec![T::default(); header.size.pixels() * channels];
    let mut stream = render.stream();
    if stream.channels() as usize != channels || stream.write_to_buffer(&mut samples) != samples.len() {
        return Err(broken("the frame has other channels or another size than the header says"));
    }
    if associated && header.layout.has_alpha() {
        straighten(&mut samples, channels);
    }
    Ok(samples)
}

/// Four inks. The format stores the paper that is left, not the ink (ISO/IEC 18181-1, `kBlack`). Alpha beside
/// inks is left out: nothing downstream could hold it.
fn inks(render: &Render, size: Size) -> Result<Vec<u8>> {
    let mut inks = vec![0u8; size.pixels() * 4];
    let mut stream = render.stream_no_alpha();
    if stream.channels() != 4 || stream.write_to_buffer(&mut inks) != inks.len() {
        return Err(broken("a picture of four inks lacks its black channel"));
    }
    inks.iter_mut().for_each(|ink| *ink = 255 - *ink);
    Ok(inks)
}

#[cfg(test)]
mod tests;
