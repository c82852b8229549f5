//! A file as it is, but for one number.
//!
//! The decoder refuses palettes, although it could unpack their indices. So it is shown a file that claims
//! to be grey (photometric interpretation 1 in place of 3, TIFF 6.0, page 37); the colours are looked up
//! afterwards.

use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::ops::Range;

const PHOTOMETRIC: u64 = 262;
const SHORT: u64 = 3;
const PALETTE: u64 = 3;

pub(super) struct Patched<'a> {
    file: Cursor<&'a [u8]>,
    /// Where two bytes are replaced, and by what.
    patch: Option<(u64, [u8; 2])>,
}

impl<'a> Patched<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let grey = if bytes.starts_with(b"II") { [1, 0] } else { [0, 1] };
        let patch = palette_mark(bytes).map(|place| (place.start as u64, grey));
        Self { file: Cursor::new(bytes), patch }
    }
}

impl Read for Patched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let start = self.file.position();
        let read = self.file.read(buffer)?;
        if let Some((place, bytes)) = self.patch {
            for (at, byte) in (place..).zip(bytes) {
                if (start..start + read as u64).contains(&at) {
                    buffer[(at - start) as usize] = byte;
                }
            }
        }
        Ok(read)
    }
}

impl Seek for Patched<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.file.seek(to)
    }
}

/// Where the first directory says that samples are indices, if it does.
pub(super) fn palette_mark(bytes: &[u8]) -> Option<Range<usize>> {
    let big_end = bytes.starts_with(b"MM");
    let number = |at: usize, length: usize| -> Option<u64> {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        let add = |value: u64, &byte: &u8| value << 8 | u64::from(byte);
        Some(if big_end { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) })
    };
    // A directory is a count, then entries of a tag, a type, a count and a value; BigTIFF has wider ones.
    let big = number(2, 2)? == 43;
    let (pointer, count, entry, value) = if big { ((8, 8), 8, 20, 12) } else { ((4, 4), 2, 12, 8) };
    let directory = usize::try_from(number(pointer.0, pointer.1)?).ok()?;
    let entries = number(directory, count)?.min(65_535) as usize;
    let first = directory.checked_add(count)?;
    let mut starts = (0..entries).map_while(|i| first.checked_add(i * entry));
    let found = starts.find(|&at| number(at, 2) == Some(PHOTOMETRIC))?;
    let place = found.checked_add(value)?;
    let indexed = number(found + 2, 2)? == SHORT && number(place, 2)? == PALETTE;
    indexed.then_some(place..place + 2)
}
