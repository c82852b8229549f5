//! Pictures to Windows bitmaps.
//!
//! By hand: a header and the rows from the bottom up, blue first. Opaque pictures get the header every
//! program knows (BITMAPINFOHEADER, 24 bits); with alpha it is BITMAPV4HEADER, the oldest that can say
//! which bits are alpha. (Microsoft, "Windows GDI", bitmap structures.)

use crate::codec::Metadata;
use crate::codec::options::EncodeOptions;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Layout, Picture, View};

const FILE_HEADER: usize = 14;
const INFO_HEADER: usize = 40;
const V4_HEADER: usize = 108;
/// 72 dots per inch, in dots per metre.
const RESOLUTION: u32 = 2835;

/// A bitmap; it has one way of being written.
pub(in crate::codec) fn encode(
    picture: &Picture,
    _: &EncodeOptions,
    _: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let view = picture.as_u8().expect("fitted to eight bits");
    let channels = view.layout().channels();
    // Rows are filled up to a multiple of four bytes.
    let stride = (view.size().width() * channels).next_multiple_of(4);
    let mut out = header(&view, stride)?;
    let start = out.len();
    out.resize(start + stride * view.size().height(), 0);
    let last = view.size().height() - 1;
    for_each_band(context, &mut out[start..], stride * BAND_ROWS, |band, rows| {
        for (i, row) in rows.chunks_exact_mut(stride).enumerate() {
            let source = view.row(last - band * BAND_ROWS - i);
            match view.layout() {
                Layout::Rgba => swap_red_and_blue::<4>(source, row),
                _ => swap_red_and_blue::<3>(source, row),
            }
        }
        Ok(())
    })?;
    Ok(out)
}

fn swap_red_and_blue<const N: usize>(source: &[u8], row: &mut [u8]) {
    for (pixel, out) in source.as_chunks::<N>().0.iter().zip(row.as_chunks_mut::<N>().0) {
        *out = *pixel;
        out.swap(0, 2);
    }
}

fn header(view: &View<'_, u8>, stride: usize) -> Result<Vec<u8>> {
    let alpha = view.layout().has_alpha();
    let offset = FILE_HEADER + if alpha { V4_HEADER } else { INFO_HEADER };
    let (width, height) = view.size().as_u32();
    let pixels = stride as u64 * u64::from(height);
    let too_large = |_| {
        Error::unsupported(
            format!("the picture is {}, more bytes than the 4 GiB of a BMP file", view.size()),
            "write PNG, or use --size",
        )
    };
    let file = u32::try_from(pixels + offset as u64).map_err(too_large)?;

    let mut out = Vec::with_capacity(file as usize);
    out.extend(b"BM");
    let mut put = |numbers: &[u32]| out.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    put(&[file, 0, offset as u32]);
    let planes_and_bits = 1 | (view.layout().channels() as u32 * 8) << 16;
    let compression = if alpha { 3 } else { 0 };
    put(&[(offset - FILE_HEADER) as u32, width, height, planes_and_bits, compression]);
    put(&[pixels as u32, RESOLUTION, RESOLUTION, 0, 0]);
    if alpha {
        // Which bits are red, green, blue, alpha; then "sRGB", whose end points and gammas are not read.
        put(&[0x00ff_0000, 0x0000_ff00, 0x0000_00ff, 0xff00_0000, 0x7352_4742]);
        put(&[0; 12]);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::test_pictures::{AWKWARD, random};
    use crate::pixel::Depth;

    #[test]
    fn comes_back_exactly() {
        for (size, layout) in AWKWARD.iter().flat_map(|s| [(*s, Layout::Rgb), (*s, Layout::Rgba)]) {
            let picture = random("bmp", size, layout, Depth::U8);
            let bytes =
                encode(&picture, &EncodeOptions::default(), &Metadata::default(), &Context::default())
                    .unwrap();
            assert_eq!(u32::from_le_bytes(*bytes[2..].first_chunk().unwrap()) as usize, bytes.len());
            let back = image::load_from_memory_with_format(&bytes, image::ImageFormat::Bmp).unwrap();
            assert_eq!(Picture::try_from(back).unwrap(), picture);
        }
    }
}
