//! The zlib stream of a raster: bands, each filtered and deflated by itself, laid end to end.
//!
//! RFC 1950 around RFC 1951. A band may refer to filtered bytes of the one before (its *dictionary*): they are
//! made again rather than waited for, since filters look at pixels and not at what other bands did.

use std::cell::Cell;
use std::ops::Range;

use flate2::{Compress, Compression, FlushCompress, Status};

use super::deflate;
use super::filter::{self, Strategy};
use super::raster::Raster;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::Level;
use crate::kernel::bits::{self, Adler};
use crate::parallel;

/// How to make a stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) strategy: Strategy,
    pub(super) coder: Coder,
}

/// Who deflates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coder {
    /// Our own, made for speed.
    Swift,
    /// zlib at its best level.
    Thorough,
}

impl Coder {
    /// Bytes in a band, about: what stays in the second-level cache together with its tables, or what is long
    /// against a window of deflate.
    fn band(self) -> usize {
        match self {
            Self::Swift => 256 << 10,
            Self::Thorough => 1 << 20,
        }
    }

    /// How far back a band looks into the one before.
    fn dictionary(self) -> usize {
        match self {
            Self::Swift => 0,
            Self::Thorough => 32 << 10,
        }
    }
}

/// A piece of the stream and its check sum, ready to become a chunk.
pub(super) struct Part {
    pub(super) data: Vec<u8>,
    pub(super) crc: crc32fast::Hasher,
}

/// The stream in parts, one a band. They do not depend on the number of threads.
pub(super) fn parts(raster: &Raster<'_>, plan: Plan, context: &Context) -> Result<Vec<Part>> {
    let height = raster.size.height();
    let bands = parallel::map_bands(context, height, rows_in_band(raster, plan.coder), |rows| {
        band(raster, plan, rows, context.level)
    })?;
    let mut sum = Adler::EMPTY;
    let mut parts = Vec::with_capacity(bands.len());
    for (part, adler) in bands {
        sum = sum.join(adler);
        parts.push(part);
    }
    if let Some(last) = parts.last_mut() {
        let sum = sum.value().to_be_bytes();
        last.data.extend(sum);
        last.crc.update(&sum);
    }
    Ok(parts)
}

/// Bands and their rows.
pub(super) fn bands(raster: &Raster<'_>, coder: Coder) -> Vec<Range<usize>> {
    let (height, rows) = (raster.size.height(), rows_in_band(raster, coder));
    (0..height).step_by(rows).map(|start| start..(start + rows).min(height)).collect()
}

fn rows_in_band(raster: &Raster<'_>, coder: Coder) -> usize {
    (coder.band() / (raster.shape().row + 1)).max(1)
}

/// One band of the stream and the check sum of what is in it.
pub(super) fn band(
    raster: &Raster<'_>,
    plan: Plan,
    rows: Range<usize>,
    level: Level,
) -> Result<(Part, Adler)> {
    let (first, last) = (rows.start == 0, rows.end == raster.size.height());
    let shape = raster.shape();
    let told = plan.coder.dictionary().div_ceil(shape.row + 1).min(rows.start);
    let mut filtered = FILTERED.take();
    filter_band(raster, plan.strategy, rows.start - told..rows.end, level, &mut filtered);
    let (dictionary, data) = filtered.split_at(told * (shape.row + 1));
    let mut adler = Adler::EMPTY;
    bits::adler(level, data, &mut adler);
    let head = if first { HEAD.to_vec() } else { Vec::new() };
    let data = match plan.coder {
        Coder::Swift => deflate::deflate(level, data, last, head),
        Coder::Thorough => thorough(dictionary, data, last, head)?,
    };
    FILTERED.set(filtered);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&data);
    Ok((Part { data, crc }, adler))
}

thread_local! {
    /// The filtered bytes of the band a thread is at, kept for its next. Taken anew from the allocator for every
    /// band they cost a page fault each 4 KiB, and threads that fault at once wait for one another.
    static FILTERED: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

fn filter_band(raster: &Raster<'_>, strategy: Strategy, rows: Range<usize>, level: Level, out: &mut Vec<u8>) {
    let (mut scratch, shape) = (Vec::new(), raster.shape());
    if rows.start == 0 {
        // Above the picture there are zeros.
        return filter::filter_rows(
            level,
            shape,
            strategy,
            &vec![0; shape.row],
            raster.rows(rows, &mut scratch),
            out,
        );
    }
    let bytes = raster.rows(rows.start - 1..rows.end, &mut scratch);
    let (above, bytes) = bytes.split_at(shape.row);
    filter::filter_rows(level, shape, strategy, above, bytes, out);
}

/// Deflate with a window of 32 KiB; no dictionary; the check bits (RFC 1950, 2.2).
const HEAD: [u8; 2] = [0x78, 0x01];

/// Append `data` to `out` as zlib deflates it at its best level.
fn thorough(dictionary: &[u8], data: &[u8], last: bool, mut out: Vec<u8>) -> Result<Vec<u8>> {
    let fault = |e: flate2::CompressError| Error::Fault { place: "deflate".into(), message: e.to_string() };
    let mut zlib = Compress::new(Compression::best(), false);
    if !dictionary.is_empty() {
        let start = dictionary.len().saturating_sub(Coder::Thorough.dictionary());
        zlib.set_dictionary(&dictionary[start..]).map_err(fault)?;
    }
    let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
    // Enough for stored blocks; the loop is for zlib to be sure that all is out.
    out.reserve(data.len() + data.len() / 1000 + 64);
    loop {
        let done = zlib.total_in() as usize;
        let before = out.len();
        let status = zlib.compress_vec(&data[done..], &mut out, flush).map_err(fault)?;
        let all_in = zlib.total_in() as usize == data.len();
        let room_left = out.len() < out.capacity();
        match status {
            Status::StreamEnd => return Ok(out),
            _ if all_in && !last && room_left => return Ok(out),
            _ if out.len() == before && room_left && !last => return Ok(out),
            _ => out.reserve(1024),
        }
    }
}

/// Some bytes as a whole stream of their own.
pub(super) fn zlib(level: Level, data: &[u8]) -> Vec<u8> {
    let mut adler = Adler::EMPTY;
    bits::adler(level, data, &mut adler);
    let mut out = deflate::deflate(level, data, true, HEAD.to_vec());
    out.extend(adler.value().to_be_bytes());
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::test_support::Random;

    #[test]
    fn a_thorough_band_leans_on_the_one_before() {
        let mut random = Random::new("thorough");
        let data: Vec<u8> = (0..40_000).map(|_| random.below(256) as u8).collect();
        let first = thorough(&[], &data, false, Vec::new()).unwrap();
        let second = thorough(&data, &data[10_000..], true, Vec::new()).unwrap();
        assert!(second.len() < 1000, "{} bytes, {random}", second.len());
        let mut back = Vec::new();
        flate2::read::DeflateDecoder::new(&[first, second].concat()[..]).read_to_end(&mut back).unwrap();
        assert_eq!(back, [&data[..], &data[10_000..]].concat());
    }

    #[test]
    fn small_things_become_whole_streams() {
        for data in [&b""[..], b"a", b"abcabcabcabcabcabcabcabcabcabcabcabcabc"] {
            let mut back = Vec::new();
            flate2::read::ZlibDecoder::new(&zlib(Level::PLAIN, data)[..]).read_to_end(&mut back).unwrap();
            assert_eq!(back, data);
        }
    }
}
