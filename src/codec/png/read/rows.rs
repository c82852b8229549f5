//! Rows from the decoder straight into the picture: one pass, no second buffer, however they are stored.

use super::gamma::Gamma;
use super::{Reader, broken};
use crate::codec::Format;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Layout, Size};

/// Where the pixels of the seven passes lie: first column and row, then the steps (section 8.1, "Adam7").
const PASSES: [(usize, usize, usize, usize); 7] =
    [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

/// Rows read between two looks at the clock.
const ROWS_BETWEEN_CHECKS: usize = 64;

/// A sample as PNG has them: one byte, or two with the higher first.
pub(super) trait Sample: Copy + Default + Into<u64> + Send + Sync + 'static {
    /// White, or opaque.
    const FULL: u64;

    /// From a value of at most `FULL`.
    fn from_u64(value: u64) -> Self;

    /// The next row of the reader; `scratch` lives from row to row.
    fn read_row(reader: &mut Reader<'_>, row: &mut [Self], scratch: &mut Vec<u8>) -> Result<()>;
}

impl Sample for u8 {
    const FULL: u64 = 255;

    fn from_u64(value: u64) -> Self {
        value as Self
    }

    fn read_row(reader: &mut Reader<'_>, row: &mut [Self], _: &mut Vec<u8>) -> Result<()> {
        read_bytes(reader, row)
    }
}

impl Sample for u16 {
    const FULL: u64 = 65535;

    fn from_u64(value: u64) -> Self {
        value as Self
    }

    fn read_row(reader: &mut Reader<'_>, row: &mut [Self], scratch: &mut Vec<u8>) -> Result<()> {
        scratch.resize(row.len() * 2, 0);
        read_bytes(reader, scratch)?;
        let (pairs, _) = scratch.as_chunks();
        for (sample, pair) in row.iter_mut().zip(pairs) {
            *sample = Self::from_be_bytes(*pair);
        }
        Ok(())
    }
}

fn read_bytes(reader: &mut Reader<'_>, row: &mut [u8]) -> Result<()> {
    match reader.read_row(row).map_err(|e| broken(&e))? {
        Some(_) => Ok(()),
        None => Err(Error::malformed(Format::Png, "there are fewer rows than the header promises")),
    }
}

/// All rows of the frame the reader stands before, interlaced or not, in the curve of screens.
pub(super) fn read<S: Sample>(
    reader: &mut Reader<'_>,
    size: Size,
    layout: Layout,
    context: &Context,
) -> Result<Vec<S>> {
    let mut samples = vec![S::default(); size.pixels() * layout.channels()];
    if reader.info().interlaced {
        read_passes(reader, &mut samples, size, layout.channels(), context)?;
    } else {
        let mut scratch = Vec::new();
        for (y, row) in samples.chunks_exact_mut(size.width() * layout.channels()).enumerate() {
            if y % ROWS_BETWEEN_CHECKS == 0 {
                context.check()?;
            }
            S::read_row(reader, row, &mut scratch)?;
        }
    }
    // One step past the last row, the reader checks the end of the compressed stream.
    reader.read_row(&mut []).map_err(|e| broken(&e))?;
    if let Some(gamma) = Gamma::of(reader.info()) {
        gamma.apply(&mut samples, layout, context)?;
    }
    Ok(samples)
}

fn read_passes<S: Sample>(
    reader: &mut Reader<'_>,
    samples: &mut [S],
    size: Size,
    channels: usize,
    context: &Context,
) -> Result<()> {
    let (width, height) = (size.width(), size.height());
    let (mut row, mut scratch) = (Vec::new(), Vec::new());
    for (x0, y0, dx, dy) in PASSES {
        let columns = width.saturating_sub(x0).div_ceil(dx);
        if columns == 0 {
            continue;
        }
        row.resize(columns * channels, S::default());
        for y in (y0..height).step_by(dy) {
            context.check()?;
            S::read_row(reader, &mut row, &mut scratch)?;
            let target = &mut samples[(y * width + x0) * channels..(y + 1) * width * channels];
            let spots = target.chunks_mut(dx * channels);
            for (pixel, spot) in row.chunks_exact(channels).zip(spots) {
                spot[..channels].copy_from_slice(pixel);
            }
        }
    }
    Ok(())
}
