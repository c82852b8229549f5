//! A walk over the chunks in front of the pixels: what a header needs, and nothing allocated.

use crate::codec::{Format, Header};
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Size};

/// What the chunks before the first `IDAT` say.
pub(super) struct Outline {
    size: Size,
    bits: u8,
    colour: u8,
    has_trns: bool,
    /// The frames `acTL` promises; 1 without it.
    frames: u32,
}

impl Outline {
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let wrong = |what: String| Error::malformed(Format::Png, what);
        let mut chunks = Chunks::of(bytes);
        let Some((b"IHDR", &[w0, w1, w2, w3, h0, h1, h2, h3, bits, colour, ..])) = chunks.next() else {
            return Err(wrong("it does not begin with a whole IHDR chunk".into()));
        };
        let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
        let size = Size::new(width, height).map_err(|e| wrong(e.to_string()))?;
        let allowed: &[u8] = match colour {
            0 => &[1, 2, 4, 8, 16],
            3 => &[1, 2, 4, 8],
            2 | 4 | 6 => &[8, 16],
            _ => {
                return Err(wrong(format!(
                    "colour type {colour} does not exist; there are 0, 2, 3, 4 and 6"
                )));
            }
        };
        if !allowed.contains(&bits) {
            return Err(wrong(format!("colour type {colour} has no {bits}-bit samples, only {allowed:?}")));
        }
        let mut outline = Self { size, bits, colour, has_trns: false, frames: 1 };
        for (name, data) in chunks.take_while(|(name, _)| *name != b"IDAT") {
            match (name, data.first_chunk()) {
                (b"tRNS", _) => outline.has_trns = true,
                (b"acTL", Some(count)) => outline.frames = u32::from_be_bytes(*count),
                _ => {}
            }
        }
        Ok(outline)
    }

    pub(super) fn header(&self) -> Header {
        let (grey, alpha) = (matches!(self.colour, 0 | 4), self.has_trns || self.colour >= 4);
        Header {
            format: Format::Png,
            size: self.size,
            layout: Layout::of(grey, alpha),
            depth: if self.bits == 16 { Depth::U16 } else { Depth::U8 },
            animated: self.frames > 1,
        }
    }

    /// The frames it promises.
    pub(super) fn frames(&self) -> u32 {
        self.frames
    }

    /// Bytes of a row of the decoded picture, at most.
    pub(super) fn row_bytes(&self) -> usize {
        self.size.width().saturating_mul(8)
    }
}

/// Name and data of one chunk after the other; a chunk that is cut short ends the walk.
pub(super) struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Chunks<'a> {
    /// Those of a file, whose signature has been seen.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes.get(8..).unwrap_or_default() }
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = (&'a [u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (length, rest) = self.rest.split_first_chunk::<4>()?;
        let (name, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_be_bytes(*length) as usize;
        // The pixels may be cut short and announced all the same.
        let data = if name == b"IDAT" { &rest[..length.min(rest.len())] } else { rest.get(..length)? };
        self.rest = rest.get(length.checked_add(4)?..).unwrap_or_default();
        Some((name, data))
    }
}
