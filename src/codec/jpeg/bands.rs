//! A baseline JPEG on all cores.
//!
//! The coded bits of a JPEG are one chain: each block's brightness is told relative to the one before. A
//! restart marker breaks it (ITU-T T.81, E.1.4): the bits are filled up to a byte and the chain begins
//! anew. So bands of blocks are encoded on all cores, and their coded bits are put one after the other
//! with restart markers between. What decodes is exactly what a single pass would have made, and it is
//! larger by about four bytes a band (629 bytes in 4.3 MB).
//!
//! The marker must come after equal numbers of blocks, so it comes after whole rows of blocks; how many
//! depends on the width alone, and the bytes not on the threads.

use std::ops::Range;

use super::band::Band;
use super::bits::Bits;
use super::headers::{END_OF_IMAGE, Headers, marker, restart};
use super::huffman::{Codes, Sink, Writer};
use super::optimal::Counts;
use super::planes::{Planes, Sampling};
use super::tables::{Huffmans, STANDARD, quantisation};
use crate::codec::Metadata;
use crate::codec::options::Compression;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::fdct::Divisors;
use crate::parallel::map_bands;
use crate::pixel::View;

/// About so many samples in a band: some milliseconds of work.
const BAND_SAMPLES: usize = 1 << 19;

/// A picture and how it is to be coded.
pub(super) struct Bands<'a> {
    view: View<'a, u8>,
    sampling: Sampling,
    quantisation: [[u8; 64]; 2],
    cut: Cut,
    context: &'a Context,
}

impl<'a> Bands<'a> {
    pub(super) fn new(view: View<'a, u8>, quality: u8, sampling: Sampling, context: &'a Context) -> Self {
        let cut = Cut::of(&view, sampling);
        Self { view, sampling, quantisation: quantisation(quality), cut, context }
    }

    /// A baseline JPEG file, with the standard tables or, for [`Compression::Best`], with the best.
    pub(super) fn encode(&self, compression: Compression, metadata: &Metadata) -> Result<Vec<u8>> {
        match compression {
            Compression::Fast => self.file(&STANDARD, metadata),
            Compression::Best => self.file(&self.count()?.tables(), metadata),
        }
    }

    fn file(&self, huffman: &[Huffmans; 2], metadata: &Metadata) -> Result<Vec<u8>> {
        let (size, sampling, quantisation) = (self.view.size(), self.sampling, &self.quantisation);
        let interval = if size.height() > self.cut.rows { self.cut.interval } else { 0 };
        let mut out = Headers { size, sampling, quantisation, huffman, interval, metadata }.bytes()?;
        let codes = &huffman.each_ref().map(Codes::new);
        let bands = self.map(|rows| {
            let bits = Bits::with_capacity(rows.len() * size.width() / 2);
            Ok(self.walk(rows, Writer { codes, bits }).bits.finish())
        })?;
        out.reserve_exact(bands.iter().map(|band| band.len() + 2).sum());
        for (index, band) in bands.iter().enumerate() {
            if index > 0 {
                restart(&mut out, index - 1);
            }
            out.extend_from_slice(band);
        }
        marker(&mut out, END_OF_IMAGE);
        Ok(out)
    }

    /// Of all symbols; sums do not depend on who counted what.
    fn count(&self) -> Result<Counts> {
        let bands = self.map(|rows| Ok(self.walk(rows, Counts::ZERO)))?;
        Ok(bands.iter().fold(Counts::ZERO, Counts::plus))
    }

    fn map<R: Send>(&self, work: impl Fn(Range<usize>) -> Result<R> + Sync + Send) -> Result<Vec<R>> {
        map_bands(self.context, self.view.size().height(), self.cut.rows, work)
    }

    /// All blocks of a band of rows.
    fn walk<S: Sink>(&self, rows: Range<usize>, sink: S) -> S {
        let (width, level) = (self.view.size().width(), self.context.level);
        let divisors = self.quantisation.each_ref().map(Divisors::new);
        let mut planes = Planes::new(width, self.sampling, level);
        let mut band = Band::new(self.sampling, divisors, level, sink);
        for top in rows.step_by(self.sampling.unit()) {
            planes.fill(self.view, top);
            band.put(&planes, width.div_ceil(self.sampling.unit()));
        }
        band.sink
    }
}

/// How a picture is cut.
struct Cut {
    /// Rows of pixels in a band.
    rows: usize,
    /// Coded units, as the marker counts them, in a band.
    interval: u16,
}

impl Cut {
    fn of(view: &View<'_, u8>, sampling: Sampling) -> Self {
        let units = view.size().width().div_ceil(sampling.unit());
        let samples = view.size().width() * view.layout().channels() * sampling.unit();
        let unit_rows = (BAND_SAMPLES / samples).clamp(1, usize::from(u16::MAX) / units);
        Self { rows: unit_rows * sampling.unit(), interval: (unit_rows * units) as u16 }
    }
}

#[cfg(test)]
#[path = "bands_tests.rs"]
mod tests;
