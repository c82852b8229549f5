//! QOI to pixels.
//!
//! One page of specification ("The Quite OK Image Format", version 1.0, qoiformat.org), read here directly
//! into the picture: a 14-byte header, then one to five bytes for each new colour or run.

use crate::codec::Format;
use crate::codec::header::Header;
use crate::codec::raw::Raw;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Picture, Size};

const HEADER: usize = 14;

pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let Some(([b'q', b'o', b'i', b'f', w0, w1, w2, w3, h0, h1, h2, h3, channels, _], _)) =
        bytes.split_first_chunk::<HEADER>()
    else {
        return Err(malformed("it has no complete header"));
    };
    let (width, height) =
        (u32::from_be_bytes([*w0, *w1, *w2, *w3]), u32::from_be_bytes([*h0, *h1, *h2, *h3]));
    let layout = match channels {
        3 => Layout::Rgb,
        4 => Layout::Rgba,
        other => return Err(malformed(format!("it claims {other} channels; QOI has 3 or 4"))),
    };
    let size = Size::new(width, height).map_err(malformed)?;
    Ok(Header { format: Format::Qoi, size, layout, depth: Depth::U8, animated: false })
}

pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    context.check()?;
    let Header { size, layout, .. } = header(bytes)?;
    let mut samples = vec![0; size.pixels() * layout.channels()];
    let stream = &bytes[HEADER..];
    match layout {
        Layout::Rgba => expand::<4>(stream, &mut samples)?,
        _ => expand::<3>(stream, &mut samples)?,
    }
    Ok(Raw::plain(Picture::new(size, layout, samples).map_err(malformed)?))
}

/// The end marker is not asked for: when all pixels are there, nothing is missing.
fn expand<const N: usize>(stream: &[u8], samples: &mut [u8]) -> Result<()> {
    let mut stream = stream.iter().copied();
    let mut seen = [[0u8; 4]; 64];
    let mut pixel = [0, 0, 0, 255];
    let total = samples.len() / N;
    let mut pixels = samples.chunks_exact_mut(N);
    while pixels.len() > 0 {
        let made = total - pixels.len();
        let run = next_op(&mut stream, &seen, &mut pixel)
            .ok_or_else(|| malformed(format!("it ends after {made} of {total} pixels")))?;
        seen[slot(pixel)] = pixel;
        for place in pixels.by_ref().take(run) {
            place.copy_from_slice(&pixel[..N]);
        }
    }
    Ok(())
}

/// Bring `pixel` up to date with the next operation; how many pixels have this colour.
#[inline]
fn next_op(
    stream: &mut impl Iterator<Item = u8>,
    seen: &[[u8; 4]; 64],
    pixel: &mut [u8; 4],
) -> Option<usize> {
    let op = stream.next()?;
    let low = op & 0x3f;
    match op {
        0xfe => *pixel = [stream.next()?, stream.next()?, stream.next()?, pixel[3]],
        0xff => *pixel = [stream.next()?, stream.next()?, stream.next()?, stream.next()?],
        0x00..=0x3f => *pixel = seen[usize::from(low)],
        0x40..=0x7f => {
            add(pixel, (low >> 4).wrapping_sub(2), (low >> 2 & 3).wrapping_sub(2), (low & 3).wrapping_sub(2));
        }
        0x80..=0xbf => {
            let green = low.wrapping_sub(32);
            let rest = stream.next()?;
            let beside = |nibble: u8| green.wrapping_add(nibble).wrapping_sub(8);
            add(pixel, beside(rest >> 4), green, beside(rest & 15));
        }
        0xc0.. => return Some(usize::from(low) + 1),
    }
    Some(1)
}

fn add(pixel: &mut [u8; 4], red: u8, green: u8, blue: u8) {
    for (sample, step) in pixel.iter_mut().zip([red, green, blue]) {
        *sample = sample.wrapping_add(step);
    }
}

/// Where a colour is remembered.
fn slot([r, g, b, a]: [u8; 4]) -> usize {
    let [r, g, b, a] = [r, g, b, a].map(usize::from);
    (r * 3 + g * 5 + b * 7 + a * 11) % 64
}

fn malformed(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Qoi, what)
}

#[cfg(test)]
mod tests {
    use image::ImageEncoder;
    use image::codecs::qoi::QoiEncoder;

    use super::*;
    use crate::codec::read_tests::{self, check_damage};
    use crate::pixel::Samples;

    /// A picture in which every operation of the format occurs: runs, repeats, small and large steps.
    fn file(width: u32, height: u32, layout: Layout) -> (Vec<u8>, Vec<u8>) {
        let samples = read_tests::steps(width as usize * height as usize, layout.channels());
        let mut bytes = Vec::new();
        let colour =
            if layout.has_alpha() { image::ExtendedColorType::Rgba8 } else { image::ExtendedColorType::Rgb8 };
        QoiEncoder::new(&mut bytes).write_image(&samples, width, height, colour).unwrap();
        (bytes, samples)
    }

    #[test]
    fn comes_back_as_it_was_written() {
        for layout in [Layout::Rgb, Layout::Rgba] {
            for (w, h) in read_tests::SIZES {
                let (bytes, samples) = file(w, h, layout);
                let picture = read_tests::same_as_header(header, decode, &bytes);
                assert_eq!(picture.samples(), &Samples::U8(samples), "{w}×{h} {layout:?}");
                assert_eq!(picture.layout(), layout);
            }
        }
    }

    #[test]
    fn a_run_at_the_start_is_remembered() {
        // Run of one opaque black, white in full, then slot 53: black as the run left it.
        let mut bytes = b"qoif\0\0\0\x03\0\0\0\x01\x04\0".to_vec();
        bytes.extend([0xc0, 0xff, 255, 255, 255, 255, 53]);
        let picture = read_tests::picture(decode(&bytes, &Context::default()).unwrap());
        assert_eq!(picture.samples(), &Samples::U8(vec![0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255]));
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        // The last eight bytes are the end marker, which is not needed.
        let (bytes, _) = file(33, 21, Layout::Rgba);
        check_damage(header, decode, &bytes, bytes.len() - 8);
    }

    #[test]
    fn a_lying_header_is_reported_as_it_lies() {
        let bytes = b"qoif\0\xff\xff\xff\0\0\xff\xff\x03\0";
        assert_eq!(header(bytes).unwrap().size, Size::new(0xff_ffff, 0xffff).unwrap());
        assert!(header(b"qoif\0\0\0\0\0\0\0\x01\x03\0").is_err());
        assert!(header(&bytes[..13]).is_err());
    }
}
