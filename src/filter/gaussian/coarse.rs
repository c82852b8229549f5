//! Large sigmas: down to a coarse grid, blurred there, and up again.
//!
//! Gaussians in a row make one Gaussian whose variance is the sum of theirs. So a wide one can be had as three: a
//! first that leaves nothing finer than a grid whose steps are nearly a sigma wide, evaluated on that grid alone; a
//! second between the points of the grid; a third that leads back to all samples. The first and the third cost about
//! six multiplications for each sample whatever sigma is, and all of it runs on whole rows, because the short
//! direction is transposed while it is coarse. The idea of blurring on thinned-out grids is Burt's ("Fast filter
//! transforms for image processing", 1981) and Crowley and Stern's ("Fast computation of the difference of low-pass
//! transform", 1984). Recursive filters (Deriche; Young and van Vliet) are as independent of sigma, but cost more,
//! wait for their own results at every step and need both directions in full.

use super::samples::Samples;
use super::taps::{Axis, Taps};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::gaussian::{CHUNK, mix};
use crate::parallel::{BAND_ROWS, for_each_band};

/// Samples in the window of rows that a tile slides down the picture: half a second-level cache.
const WINDOW: usize = 1 << 16;

/// Samples of a finished row that are put away at a time.
const PIECE: usize = 2048;

/// Rows that are turned into columns together, so that what is written lies together too.
const TOGETHER: usize = 16;

/// A matrix of whole chunks.
struct Grid {
    stride: usize,
    samples: Vec<f32>,
}

impl Grid {
    fn new(rows: usize, row_len: usize) -> Self {
        let stride = row_len.next_multiple_of(CHUNK);
        Self { stride, samples: vec![0.0; rows * stride] }
    }

    /// Each row as a weighted sum of rows of another grid.
    fn mixed(source: &Self, taps: &[Taps], context: &Context) -> Result<Self> {
        let mut target = Self::new(taps.len(), source.stride);
        let stride = source.stride;
        for_each_band(context, &mut target.samples, TOGETHER * stride, |index, band| {
            for (row, taps) in band.chunks_exact_mut(stride).zip(&taps[index * TOGETHER..]) {
                mix(context.level, &source.samples[taps.start * stride..], stride, &taps.weights, row);
            }
            Ok(())
        })?;
        Ok(target)
    }
}

/// Blur with a Gaussian.
pub(super) fn blur<T: Send + Sync>(
    samples: &Samples<'_, f32, T>,
    sigma: f64,
    data: &mut [T],
    context: &Context,
) -> Result<()> {
    let (height, width) = (samples.size.height(), samples.size.width());
    let (down, along) = (Axis::new(height, sigma), Axis::new(width, sigma));
    let turned = shrink(samples, data, &down, context)?;
    let coarse = Grid::mixed(&turned, &along.down, context)?;
    drop(turned);
    let blurred = Grid::mixed(&coarse, &along.blur, context)?;
    let wide = Grid::mixed(&blurred, &along.up, context)?;
    let flat = turn_back(&wide, down.blur.len(), samples.channels, context)?;
    drop(wide);
    grow(&flat, &down.up, samples, data, context)
}

/// Columns to the coarse grid, blurred there; the result has a row for each column of pixels.
fn shrink<T: Sync>(
    samples: &Samples<'_, f32, T>,
    data: &[T],
    axis: &Axis,
    context: &Context,
) -> Result<Grid> {
    let channels = samples.channels;
    let tallest = axis.down.iter().map(|taps| taps.weights.len()).max().unwrap_or(1);
    let pixels = (WINDOW / (2 * tallest)).clamp(64, 1024) / channels;
    let mut turned = Grid::new(samples.size.width(), axis.blur.len() * channels);
    let stride = turned.stride;
    for_each_band(context, &mut turned.samples, pixels * stride, |index, band| {
        let piece = band.len() / stride * channels;
        let mut window = Window::new(samples, (data, index * pixels * channels), piece, 2 * tallest);
        let mut coarse = Grid::new(axis.down.len(), piece);
        for (row, taps) in coarse.samples.chunks_exact_mut(window.stride).zip(&axis.down) {
            window.mix(taps, row, context.level);
        }
        let mut blurred = Grid::new(TOGETHER, piece);
        for (group, taps) in axis.blur.chunks(TOGETHER).enumerate() {
            for (row, taps) in blurred.samples.chunks_exact_mut(blurred.stride).zip(taps) {
                let start = taps.start * coarse.stride;
                mix(context.level, &coarse.samples[start..], coarse.stride, &taps.weights, row);
            }
            for (x, column) in band.chunks_exact_mut(stride).enumerate() {
                let pixels = column[group * TOGETHER * channels..].chunks_exact_mut(channels);
                for (pixel, row) in pixels.zip(blurred.samples.chunks_exact(blurred.stride)).take(taps.len())
                {
                    pixel.copy_from_slice(&row[x * channels..][..channels]);
                }
            }
        }
        Ok(())
    })?;
    Ok(turned)
}

/// Rows of a strip of the picture that are in memory, moving down.
struct Window<'a, T> {
    samples: &'a Samples<'a, f32, T>,
    data: &'a [T],
    first: usize,
    piece: usize,
    stride: usize,
    rows: Vec<f32>,
    /// The rows held.
    held: std::ops::Range<usize>,
}

impl<'a, T> Window<'a, T> {
    fn new(
        samples: &'a Samples<'a, f32, T>,
        (data, first): (&'a [T], usize),
        piece: usize,
        height: usize,
    ) -> Self {
        let stride = piece.next_multiple_of(CHUNK);
        Self { samples, data, first, piece, stride, rows: vec![0.0; stride * height], held: 0..0 }
    }

    fn mix(&mut self, taps: &Taps, row: &mut [f32], level: Level) {
        self.hold(taps.start, taps.end());
        let rows = &self.rows[(taps.start - self.held.start) * self.stride..];
        mix(level, rows, self.stride, &taps.weights, row);
    }

    /// Rows are asked for in rising order; those above `start` are let go when there is no more room.
    fn hold(&mut self, start: usize, end: usize) {
        if start < self.held.start {
            self.held = start..start;
        }
        if (end - self.held.start) * self.stride > self.rows.len() {
            let keep = start.min(self.held.end);
            let from = (keep - self.held.start) * self.stride;
            self.rows.copy_within(from.., 0);
            self.held.start = keep;
        }
        while self.held.end < end {
            let at = (self.held.end - self.held.start) * self.stride;
            let source = &self.data[self.held.end * self.samples.row_len() + self.first..][..self.piece];
            (self.samples.load)(source, &mut self.rows[at..][..self.piece]);
            self.held.end += 1;
        }
    }
}

/// Rows of pixels again, `count` of them.
fn turn_back(wide: &Grid, count: usize, channels: usize, context: &Context) -> Result<Grid> {
    let mut flat = Grid::new(count, wide.samples.len() / wide.stride * channels);
    let stride = flat.stride;
    for_each_band(context, &mut flat.samples, TOGETHER * stride, |index, band| {
        for (x, column) in wide.samples.chunks_exact(wide.stride).enumerate() {
            let pixels = column[index * TOGETHER * channels..].chunks_exact(channels);
            for (row, pixel) in band.chunks_exact_mut(stride).zip(pixels) {
                row[x * channels..][..channels].copy_from_slice(pixel);
            }
        }
        Ok(())
    })?;
    Ok(flat)
}

/// From the coarse rows to all rows.
fn grow<T: Send>(
    flat: &Grid,
    taps: &[Taps],
    samples: &Samples<'_, f32, T>,
    data: &mut [T],
    context: &Context,
) -> Result<()> {
    let row_len = samples.row_len();
    for_each_band(context, data, BAND_ROWS * row_len, |index, band| {
        let mut row = vec![0.0; PIECE];
        for (target, taps) in band.chunks_exact_mut(row_len).zip(&taps[index * BAND_ROWS..]) {
            for (i, target) in target.chunks_mut(PIECE).enumerate() {
                let rows = &flat.samples[taps.start * flat.stride + i * PIECE..];
                let row = &mut row[..target.len().next_multiple_of(CHUNK)];
                mix(context.level, rows, flat.stride, &taps.weights, row);
                (samples.put)(&mut row[..target.len()], target);
            }
        }
        Ok(())
    })
}
