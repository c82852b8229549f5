//! Small sigmas: weighted sums of neighbours, down and along, tile by tile in cache.

use super::samples::{Borders, Samples};
use crate::context::Context;
use crate::error::Result;
use crate::filter::mirror::mirrored;
use crate::kernel::Level;
use crate::kernel::gaussian::{CHUNK, COPIES, symmetric_f32, symmetric_u16};
use crate::parallel::{BAND_ROWS, for_each_band};

/// Samples along a tile. With the rows of a band and their neighbours it fills half a second-level cache.
const TILE: usize = 768;

/// Rows of a band: the neighbours above and below are read besides, so a low band would read much twice.
const BAND: usize = 2 * BAND_ROWS;

/// A number that can be weighed and summed.
pub(super) trait Summed: Copy + Default + Send + Sync {
    /// `weights[0]` for the middle, the others for both sides.
    fn symmetric(level: Level, rows: &[Self], stride: usize, weights: &[Self], target: &mut [Self]);
    /// Weights from half a Gaussian, as the kernel wants them.
    fn weights(half: &[f64]) -> Vec<Self>;
}

impl Summed for f32 {
    fn symmetric(level: Level, rows: &[Self], stride: usize, weights: &[Self], target: &mut [Self]) {
        symmetric_f32(level, rows, stride, weights, target);
    }

    fn weights(half: &[f64]) -> Vec<Self> {
        half.iter().map(|weight| *weight as f32).collect()
    }
}

impl Summed for u16 {
    fn symmetric(level: Level, rows: &[Self], stride: usize, weights: &[Self], target: &mut [Self]) {
        symmetric_u16(level, rows, stride, weights, target);
    }

    /// The middle weight is counted twice by the kernel; it also takes what rounding left over, so that an even
    /// surface stays as it is.
    fn weights(half: &[f64]) -> Vec<Self> {
        let mut weights: Vec<_> = half.iter().map(|weight| (weight * 65_536.0).round() as Self).collect();
        let sides: u32 = weights[1..].iter().map(|weight| u32::from(*weight)).sum();
        weights[0] = (32_768 - sides) as Self;
        weights.into_iter().flat_map(|weight| [weight; COPIES]).collect()
    }
}

/// Blur with half a Gaussian, middle first.
pub(super) fn blur<E: Summed, T: Copy + Send + Sync>(
    samples: &Samples<'_, E, T>,
    half: &[f64],
    data: &mut [T],
    context: &Context,
) -> Result<()> {
    let (weights, reach, row_len) = (E::weights(half), half.len() - 1, samples.row_len());
    let borders = Borders::new(data, row_len, reach, BAND);
    for_each_band(context, data, BAND * row_len, |index, band| {
        let mut tiles = Tiles::new(samples, &weights, reach, context.level);
        for x in (0..samples.size.width()).step_by(TILE / samples.channels) {
            tiles.load(
                x,
                |offset| borders.row(band, index, offset, samples.size.height()),
                band.len() / row_len,
            );
            tiles.run(x, band);
        }
        Ok(())
    })
}

/// A tile at a time, from left to right. A tile keeps the last pixels of the one before, which are blurred by then.
struct Tiles<'a, E, T> {
    samples: &'a Samples<'a, E, T>,
    weights: &'a [E],
    reach: usize,
    level: Level,
    stride: usize,
    /// Rows of a tile with their neighbours to all sides.
    source: Vec<E>,
    /// One row, summed down.
    down: Vec<E>,
    /// The same row, summed along.
    along: Vec<E>,
}

impl<'a, E: Summed, T> Tiles<'a, E, T> {
    fn new(samples: &'a Samples<'a, E, T>, weights: &'a [E], reach: usize, level: Level) -> Self {
        let width = samples.size.width().min(TILE / samples.channels);
        let stride = ((width + 2 * reach) * samples.channels).next_multiple_of(CHUNK);
        let height = samples.size.height().min(BAND) + 2 * reach;
        let zero = E::default();
        Self {
            samples,
            weights,
            reach,
            level,
            stride,
            source: vec![zero; stride * height],
            down: vec![zero; stride + CHUNK],
            along: vec![zero; (width * samples.channels).next_multiple_of(CHUNK)],
        }
    }

    /// Fill the tile that begins at `x` from the rows `row(offset)`.
    fn load<'r>(&mut self, x: usize, row: impl Fn(isize) -> &'r [T], height: usize)
    where
        T: 'r,
    {
        let (channels, reach, width) = (self.samples.channels, self.reach, self.samples.size.width());
        let tile = TILE / channels;
        // Columns of the tile, counted from its first neighbour on the left: those at hand, those that are read.
        let first = if x == 0 { reach } else { 2 * reach };
        let count = width.min(x + tile + reach) - (x + first - reach);
        let end = (width - x).min(tile) + 2 * reach;
        for (i, target) in self.source.chunks_exact_mut(self.stride).enumerate().take(height + 2 * reach) {
            if x > 0 {
                target.copy_within(tile * channels..(tile + 2 * reach) * channels, 0);
            }
            let source = &row(i as isize - reach as isize)[(x + first - reach) * channels..];
            let read = first * channels..(first + count) * channels;
            (self.samples.load)(&source[..count * channels], &mut target[read]);
            let missing = (0..if x == 0 { reach } else { 0 }).chain(first + count..end);
            for column in missing {
                let at = mirrored((x + column) as isize - reach as isize, width) + reach - x;
                target.copy_within(at * channels..(at + 1) * channels, column * channels);
            }
        }
    }

    fn run(&mut self, x: usize, band: &mut [T]) {
        let (channels, row_len) = (self.samples.channels, self.samples.row_len());
        let piece = (self.samples.size.width() - x).min(TILE / channels) * channels;
        for (y, row) in band.chunks_exact_mut(row_len).enumerate() {
            let source = &self.source[y * self.stride..];
            E::symmetric(self.level, source, self.stride, self.weights, &mut self.down[..self.stride]);
            let along = &mut self.along[..piece.next_multiple_of(CHUNK)];
            E::symmetric(self.level, &self.down, channels, self.weights, along);
            (self.samples.put)(&mut along[..piece], &mut row[x * channels..][..piece]);
        }
    }
}
