//! What stands before the coded data: markers and segments (T.81, Annex B).

use super::planes::Sampling;
use super::tables::{Huffman, Huffmans, ZIGZAG};
use crate::codec::Metadata;
use crate::error::{Error, Result};
use crate::pixel::Size;

pub(super) const START_OF_IMAGE: u8 = 0xd8;
pub(super) const END_OF_IMAGE: u8 = 0xd9;
/// The first of eight, which follow one another.
const RESTART: u8 = 0xd0;
const BASELINE_FRAME: u8 = 0xc0;
const HUFFMAN_TABLE: u8 = 0xc4;
const START_OF_SCAN: u8 = 0xda;
const QUANTISATION_TABLE: u8 = 0xdb;
const RESTART_INTERVAL: u8 = 0xdd;
/// The first of sixteen for applications: JFIF has the first, EXIF the second, ICC the third.
const APPLICATION: u8 = 0xe0;

/// The most a segment holds beside its own length.
const SEGMENT: usize = 65_533;

/// What the headers have to say.
pub(super) struct Headers<'a> {
    /// At most 65 535 a side.
    pub(super) size: Size,
    pub(super) sampling: Sampling,
    /// Of luma and chroma, row by row.
    pub(super) quantisation: &'a [[u8; 64]; 2],
    /// Of luma and chroma.
    pub(super) huffman: &'a [Huffmans; 2],
    /// Coded units between restart markers; zero if there are none.
    pub(super) interval: u16,
    pub(super) metadata: &'a Metadata,
}

impl Headers<'_> {
    /// All up to the first coded bit.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        marker(&mut out, START_OF_IMAGE);
        // JFIF 1.02, in no units, with pixels as high as wide, and no thumbnail.
        segment(&mut out, APPLICATION, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
        for (number, bytes) in application_segments(self.metadata)? {
            segment(&mut out, APPLICATION + number, &bytes);
        }
        let kinds = 0..self.sampling.components().min(2);
        segment(&mut out, QUANTISATION_TABLE, &kinds.clone().flat_map(|i| self.steps(i)).collect::<Vec<_>>());
        segment(&mut out, BASELINE_FRAME, &self.frame());
        segment(&mut out, HUFFMAN_TABLE, &kinds.flat_map(|i| self.codes(i)).collect::<Vec<_>>());
        if self.interval != 0 {
            segment(&mut out, RESTART_INTERVAL, &self.interval.to_be_bytes());
        }
        segment(&mut out, START_OF_SCAN, &self.scan());
        Ok(out)
    }

    /// A quantisation table: 8 bits, its number, and the steps in zig-zag order.
    fn steps(&self, table: usize) -> Vec<u8> {
        let mut out = vec![table as u8];
        out.extend(ZIGZAG.map(|at| self.quantisation[table][usize::from(at)]));
        out
    }

    /// Two Huffman tables: class and number, how many codes of each length, and the symbols.
    fn codes(&self, table: usize) -> Vec<u8> {
        let Huffmans { dc, ac } = &self.huffman[table];
        let one = |class: usize, codes: &Huffman| {
            [&[(class << 4 | table) as u8], &codes.counts[..], &codes.symbols].concat()
        };
        [one(0, dc), one(1, ac)].concat()
    }

    /// The precision, the size, and for each component its number, its sampling and its quantisation table.
    fn frame(&self) -> Vec<u8> {
        let [height, width] = [self.size.height(), self.size.width()].map(|side| (side as u16).to_be_bytes());
        let components = self.sampling.components();
        let mut out = [&[8], &height[..], &width, &[components as u8]].concat();
        for component in 0..components {
            let factor = if component == 0 { self.sampling.factor() as u8 } else { 1 };
            out.extend([component as u8 + 1, factor << 4 | factor, table_of(component)]);
        }
        out
    }

    /// For each component its number and its Huffman tables; then, that all of each block is in this scan.
    fn scan(&self) -> Vec<u8> {
        let components = self.sampling.components();
        let mut out = vec![components as u8];
        for component in 0..components {
            out.extend([component as u8 + 1, table_of(component) * 0x11]);
        }
        out.extend([0, 63, 0]);
        out
    }
}

/// Luma has the first of the tables, chroma the second.
fn table_of(component: usize) -> u8 {
    u8::from(component != 0)
}

/// Append a marker that stands alone.
pub(super) fn marker(out: &mut Vec<u8>, code: u8) {
    out.extend([0xff, code]);
}

/// Append restart marker number `index`; they are counted modulo eight.
pub(super) fn restart(out: &mut Vec<u8>, index: usize) {
    marker(out, RESTART + (index % 8) as u8);
}

/// Append a segment: a marker, a length that counts itself, and no more than [`SEGMENT`] bytes.
fn segment(out: &mut Vec<u8>, code: u8, bytes: &[u8]) {
    marker(out, code);
    out.extend((bytes.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(bytes);
}

/// The segments for applications that hold metadata, with their numbers.
fn application_segments(metadata: &Metadata) -> Result<Vec<(u8, Vec<u8>)>> {
    let exif = metadata.exif.as_deref().map(exif_segment).transpose()?;
    let icc = metadata.icc.as_deref().map(icc_segments).transpose()?;
    Ok(exif.into_iter().chain(icc.into_iter().flatten()).collect())
}

/// CIPA DC-008 (EXIF), 4.5.4: in one segment, behind an identifier.
fn exif_segment(exif: &[u8]) -> Result<(u8, Vec<u8>)> {
    const MOST: usize = SEGMENT - 6;
    if exif.len() > MOST {
        return Err(too_large("EXIF block", exif.len(), MOST));
    }
    Ok((1, [b"Exif\0\0", exif].concat()))
}

/// ICC.1:2022, B.4: in as many segments as it takes, each with an identifier, its number and how many there are.
fn icc_segments(icc: &[u8]) -> Result<Vec<(u8, Vec<u8>)>> {
    const PART: usize = SEGMENT - 14;
    let Ok(count) = u8::try_from(icc.len().div_ceil(PART)) else {
        return Err(too_large("colour profile", icc.len(), 255 * PART));
    };
    let part = |(number, part): (u8, &[u8])| (2, [b"ICC_PROFILE\0", &[number, count][..], part].concat());
    Ok((1..=count).zip(icc.chunks(PART)).map(part).collect())
}

fn too_large(what: &str, bytes: usize, most: usize) -> Error {
    Error::unsupported(
        format!("the {what} takes {bytes} bytes, and JPEG cannot hold more than {most}"),
        "write PNG, or leave it out",
    )
}
