//! What the tests of all readers share: patterns, and the damage every reader must survive.

use super::header::Header;
use super::raw::{Raw, RawPixels};
use crate::context::Context;
use crate::error::Result;
use crate::limits::Limits;
use crate::pixel::Picture;
use crate::test_support::Random;

/// Sizes with an edge in them: one pixel, one row, one column, around a byte of bits, around a vector.
pub(in crate::codec) const SIZES: [(u32, u32); 7] =
    [(1, 1), (1, 9), (9, 1), (7, 3), (8, 8), (17, 5), (33, 31)];

/// Samples with runs, repeats, small steps and leaps, so that each way to pack them is used.
pub(in crate::codec) fn steps(pixels: usize, channels: usize) -> Vec<u8> {
    let mut random = Random::new("steps");
    let mut pixel = [0u8, 0, 0, 255];
    let mut samples = Vec::new();
    while samples.len() < pixels * channels {
        let reach = [0, 3, 20, 256][random.below(4)];
        for sample in &mut pixel[..channels] {
            *sample = sample.wrapping_add(random.below(reach) as u8).wrapping_sub(reach as u8 / 2);
        }
        for _ in 0..1 + random.below(5) {
            samples.extend(&pixel[..channels]);
        }
    }
    samples.truncate(pixels * channels);
    samples
}

/// The picture of a file that has one.
pub(in crate::codec) fn picture(raw: Raw) -> Picture {
    match raw.pixels {
        RawPixels::Picture(picture) => picture,
        RawPixels::Cmyk { .. } => panic!("inks where a picture is due"),
    }
}

/// Decode, and see that the header promised just that.
pub(in crate::codec) fn same_as_header(
    header: fn(&[u8]) -> Result<Header>,
    decode: fn(&[u8], &Context) -> Result<Raw>,
    bytes: &[u8],
) -> Picture {
    let head = header(bytes).unwrap();
    let picture = picture(decode(bytes, &Context::default()).unwrap());
    assert_eq!(
        (picture.size(), picture.layout(), picture.depth()),
        (head.size, head.layout, head.depth),
        "the header promised something else"
    );
    picture
}

/// Cut the file at every per cent: before `complete` bytes that must be an error. Flip bits: anything but a
/// panic, and never another shape than the header promised.
pub(in crate::codec) fn check_damage(
    header: fn(&[u8]) -> Result<Header>,
    decode: fn(&[u8], &Context) -> Result<Raw>,
    bytes: &[u8],
    complete: usize,
) {
    let context = Context {
        limits: Limits { max_pixels: 1 << 22, max_bytes: 1 << 24, ..Limits::default() },
        ..Context::default()
    };
    for percent in 0..100 {
        let cut = bytes.len() * percent / 100;
        let result = admitted(header, decode, &bytes[..cut], &context);
        assert!(result.is_err() || cut >= complete, "cut to {cut} of {} bytes", bytes.len());
    }
    let mut random = Random::new("bit flips");
    for _ in 0..400 {
        let mut broken = bytes.to_vec();
        for _ in 0..1 + random.below(4) {
            // Half of the hits go to the front, where the structure is.
            let end = if random.below(2) == 0 { bytes.len() } else { bytes.len().min(64) };
            let at = random.below(end);
            broken[at] ^= 1 << random.below(8);
        }
        let _ = admitted(header, decode, &broken, &context);
    }
}

/// As the front door does it: header, limits, pixels.
fn admitted(
    header: fn(&[u8]) -> Result<Header>,
    decode: fn(&[u8], &Context) -> Result<Raw>,
    bytes: &[u8],
    context: &Context,
) -> Result<()> {
    let head = header(bytes)?;
    context.limits.admit(head.size, head.bytes_per_pixel())?;
    match decode(bytes, context)?.pixels {
        RawPixels::Picture(picture) => assert_eq!(
            (picture.size(), picture.layout(), picture.depth()),
            (head.size, head.layout, head.depth)
        ),
        RawPixels::Cmyk { size, .. } => assert_eq!(size, head.size),
    }
    Ok(())
}
