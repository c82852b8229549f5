//! Shrinking in overlapping blocks. Blocks start at every second row and column, so sixteen of them cover a pixel,
//! and what it becomes is their mean.
//!
//! Blocks of one row of blocks share the transform of their columns, on the way in as on the way out: sums of blocks
//! are taken before the columns are transformed back.

use super::super::mirror::mirrored;
use super::noise::Noise;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::shrink::{self as kernel, SIDE};
use crate::parallel::for_each_band;
use crate::pixel::Plane;

/// Samples from one block to the next.
const STEP: usize = 2;
/// Blocks that cover a pixel.
const COVER: f32 = (SIDE * SIDE / (STEP * STEP)) as f32;
/// Rows to a band: even, so that all bands cut blocks alike.
const ROWS: usize = 64;
/// Rows and columns of blocks that reach into a band from before it.
const MARGIN: usize = SIDE - STEP;

/// The plane with `threshold` times the noise taken off.
pub(super) fn shrink(
    plane: &Plane,
    tone: &Plane,
    noise: &Noise,
    threshold: f32,
    ctx: &Context,
) -> Result<Plane> {
    let mut out = plane.clone();
    let width = plane.size().width();
    let job = Job::new(plane, tone, noise, threshold);
    for_each_band(ctx, out.samples_mut(), width * ROWS, |index, band| {
        job.band(index * ROWS, band, ctx);
        Ok(())
    })?;
    Ok(out)
}

struct Job<'a> {
    plane: &'a Plane,
    tone: &'a Plane,
    noise: &'a Noise,
    threshold: f32,
    /// Blocks beside each other, in whole vectors.
    blocks: usize,
    /// Samples of a half row, in whole vectors.
    half: usize,
    /// For each sample of a half row, even and odd: the column of the plane.
    columns: [Vec<usize>; 2],
}

impl<'a> Job<'a> {
    fn new(plane: &'a Plane, tone: &'a Plane, noise: &'a Noise, threshold: f32) -> Self {
        let width = plane.size().width();
        let blocks = (width + MARGIN).div_ceil(STEP).next_multiple_of(8);
        let half = blocks + 8;
        let columns = [0, 1].map(|parity| {
            (0..half).map(|i| mirrored((2 * i + parity) as isize - MARGIN as isize, width)).collect()
        });
        Self { plane, tone, noise, threshold, blocks, half, columns }
    }

    fn band(&self, top: usize, band: &mut [f32], ctx: &Context) {
        let (width, height) = (self.plane.size().width(), self.plane.size().height());
        let rows = band.len() / width;
        let tall = (rows + MARGIN).next_multiple_of(STEP) + MARGIN;
        let source = |row: usize| mirrored((top + row) as isize - MARGIN as isize, height);
        let halves: Vec<[Vec<f32>; 2]> = (0..tall)
            .map(|row| self.columns.each_ref().map(|c| pick(self.plane.row(source(row)), c)))
            .collect();
        let mut sums = [0, 1].map(|_| vec![0.0; tall * self.half]);
        let mut scratch = Scratch::new(self.half, self.blocks);
        for row in (0..rows + MARGIN).step_by(STEP) {
            self.row_of_blocks(source(row + SIDE / 2), &halves[row..row + SIDE], &mut scratch, ctx);
            for (sums, coefficients) in sums.iter_mut().zip(&scratch.sums) {
                let rows = &mut sums[row * self.half..];
                kernel::add_columns(ctx.level, coefficients, self.half, rows, self.half);
            }
        }
        for (y, out) in band.chunks_exact_mut(width).enumerate() {
            let row = (y + MARGIN) * self.half + MARGIN / 2;
            for (x, out) in out.iter_mut().enumerate() {
                *out = sums[x % 2][row + x / 2] / COVER;
            }
        }
    }

    /// Shrink the blocks of eight rows; the sums of what they say stay in `scratch`, columns still transformed.
    fn row_of_blocks(&self, middle: usize, rows: &[[Vec<f32>; 2]], scratch: &mut Scratch, ctx: &Context) {
        let (level, half) = (ctx.level, self.half);
        let tone = self.tone.row(middle);
        for (b, noise) in scratch.noise.iter_mut().enumerate() {
            let column = self.columns[0][b + SIDE / 4];
            *noise = (self.threshold * self.noise.at(tone[column])).powi(2);
        }
        for (parity, out) in scratch.columns.iter_mut().enumerate() {
            kernel::columns(level, std::array::from_fn(|k| &rows[k][parity][..]), half, out);
        }
        for k in 0..SIDE {
            let place = k * half..(k + 1) * half;
            let [even, odd] = scratch.columns.each_ref().map(|half| &half[place.clone()]);
            kernel::shrink(level, even, odd, &scratch.noise, k == 0, &mut scratch.blocks);
            for (parity, sums) in scratch.sums.iter_mut().enumerate() {
                kernel::gather(level, &scratch.blocks, parity, &mut sums[place.clone()]);
            }
        }
    }
}

/// Buffers of a row of blocks.
struct Scratch {
    /// Both halves, columns transformed.
    columns: [Vec<f32>; 2],
    /// The same after shrinking.
    sums: [Vec<f32>; 2],
    /// Sample j of each block.
    blocks: Vec<f32>,
    /// The power of noise in each block.
    noise: Vec<f32>,
}

impl Scratch {
    fn new(half: usize, blocks: usize) -> Self {
        let halves = || [vec![0.0; SIDE * half], vec![0.0; SIDE * half]];
        Self { columns: halves(), sums: halves(), blocks: vec![0.0; SIDE * blocks], noise: vec![0.0; blocks] }
    }
}

fn pick(row: &[f32], columns: &[usize]) -> Vec<f32> {
    columns.iter().map(|x| row[*x]).collect()
}
