//! The boxes of an animated WebP file.
//!
//! (RFC 9649, section 2: RIFF chunks are a name, a length and as many bytes, filled up to an even number.)

use crate::codec::Metadata;
use crate::codec::changes::Rect;
use crate::error::{Error, Result};
use crate::pixel::Size;

const ICC: u8 = 1 << 5;
const ALPHA: u8 = 1 << 4;
const EXIF: u8 = 1 << 3;
const ANIMATION: u8 = 1 << 1;
/// The pixels of a frame replace those below; they are not blended with them.
const REPLACE: u8 = 1 << 1;

/// Append a frame to `out`: where and how long, and its image, a chunk already.
pub(super) fn frame(out: &mut Vec<u8>, rect: Rect, milliseconds: u32, image: &[u8]) {
    let mut head = Vec::with_capacity(16);
    for number in [rect.left / 2, rect.top / 2, rect.width - 1, rect.height - 1] {
        head.extend(u24(number as u32));
    }
    head.extend(u24(milliseconds));
    head.push(REPLACE);
    chunk(out, b"ANMF", &[&head, image]);
}

/// The whole file around its frames.
pub(super) fn file(
    size: Size,
    loops: u32,
    alpha: bool,
    metadata: &Metadata,
    frames: &[u8],
) -> Result<Vec<u8>> {
    let (icc, exif) = (metadata.icc.as_deref(), metadata.exif.as_deref());
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let flags = ANIMATION | flag(alpha, ALPHA) | flag(icc.is_some(), ICC) | flag(exif.is_some(), EXIF);
    let (width, height) = size.as_u32();

    let mut body = b"WEBP".to_vec();
    chunk(&mut body, b"VP8X", &[&[flags, 0, 0, 0], &u24(width - 1), &u24(height - 1)]);
    if let Some(icc) = icc {
        chunk(&mut body, b"ICCP", &[icc]);
    }
    // A background that readers are told to ignore, and a number of plays that ends at 16 bits.
    let loops = u16::try_from(loops).unwrap_or(u16::MAX);
    chunk(&mut body, b"ANIM", &[&[0; 4], &loops.to_le_bytes()]);
    body.extend_from_slice(frames);
    if let Some(exif) = exif {
        chunk(&mut body, b"EXIF", &[exif]);
    }
    if u32::try_from(body.len()).is_err() {
        return Err(Error::unsupported(
            format!("the animation takes {} bytes, more than the 4 GiB of a WebP file", body.len()),
            "use fewer or smaller frames",
        ));
    }
    let mut out = Vec::with_capacity(body.len() + 8);
    chunk(&mut out, b"RIFF", &[&body]);
    Ok(out)
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    out.extend_from_slice(name);
    out.extend_from_slice(&(length as u32).to_le_bytes());
    parts.iter().for_each(|part| out.extend_from_slice(part));
    if length % 2 == 1 {
        out.push(0);
    }
}

fn u24(number: u32) -> [u8; 3] {
    let [a, b, c, _] = number.to_le_bytes();
    [a, b, c]
}
