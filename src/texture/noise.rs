//! Noise that looks the same at any size: hashed from a lattice in reference units and a seed, smooth between, and
//! averaged exactly over the area of each pixel.
//!
//! The value at a point is the sum of the numbers of the lattice places around it, each weighed by a cubic
//! B-spline. Such a sum can be averaged over a pixel without sampling: the average of a B-spline over an interval
//! is a difference of its integral, and rows and columns part. So a preview shows what the full picture would show
//! reduced, with the same hills in the same places, and what is finer than a pixel fades out by itself. (The usual
//! gradient noise is faded by a rule of thumb, or shimmers.)
//!
//! The values have mean 0 and, where cells are large against pixels, variance 1.

use crate::kernel::{Level, noise};
use crate::pixel::Size;

/// Reference units along the longer side of a picture.
const UNITS: f64 = 1024.0;

/// Cells a pixel may cover. Beyond, less than a sixth of the noise would be left, and it fades out.
const MOST_CELLS: f64 = 8.0;

/// What makes the sum of evenly spread numbers have variance 1: they have 1/3, and the squares of the weights sum
/// to 151/315 on average along each axis.
const GAIN: f32 = 1.732_050_8 * 315.0 / 151.0;

/// Noise made ready for pictures of one size.
#[derive(Clone, Debug)]
pub struct Noise {
    across: Axis,
    down: Axis,
    key: u32,
    gain: f32,
}

impl Noise {
    /// Noise whose lattice has cells of `cell` reference units (1/1024 of the longer side) across and down.
    /// Hills are about two cells wide.
    pub fn new(size: Size, cell: [f32; 2], seed: u64) -> Self {
        let unit = UNITS / size.longer() as f64;
        let step = cell.map(|cell| unit / f64::from(cell.max(1e-3)));
        let widest = step[0].max(step[1]);
        let fade = ((MOST_CELLS - widest) / (0.25 * MOST_CELLS)).clamp(0.0, 1.0) as f32;
        let width = if fade > 0.0 { size.width() } else { 0 };
        Self {
            across: Axis::new(step[0], width),
            down: Axis::new(step[1], 0),
            key: noise::mix(seed as u32 ^ noise::mix((seed >> 32) as u32)),
            gain: GAIN * fade,
        }
    }

    /// One row. `y` may lie outside the picture: the noise goes on.
    pub fn row(&self, level: Level, y: i64, row: &mut [f32]) {
        if self.gain == 0.0 {
            row.fill(0.0);
            return;
        }
        let (first, weights) = self.down.weights(y);
        let mut lattice = vec![0.0; self.across.places];
        for (j, weight) in weights.enumerate() {
            let key = noise::mix((first as u32).wrapping_add(j as u32) ^ self.key);
            noise::add_lattice(level, &mut lattice, self.across.first, key, weight * self.gain);
        }
        noise::gather_taps(level, row, &lattice, &self.across.starts, &self.across.weights);
    }

    /// How much of the variance is left at this size: 1 where cells are large against pixels.
    pub fn variance(&self) -> f32 {
        self.gain * self.gain / 3.0 * self.across.squares() * self.down.squares()
    }

    /// A row, times `weight`, added to what is there. `scratch` is as long as the row.
    pub fn add(&self, level: Level, y: i64, weight: f32, row: &mut [f32], scratch: &mut [f32]) {
        if self.gain != 0.0 {
            self.row(level, y, scratch);
            row.iter_mut().zip(scratch).for_each(|(value, add)| *value += weight * *add);
        }
    }
}

/// How pixels along one axis average the lattice.
#[derive(Clone, Debug)]
struct Axis {
    /// Cells in a pixel.
    step: f64,
    /// The lattice place that `starts` count from.
    first: i32,
    /// Lattice places that pixels reach.
    places: usize,
    /// For each pixel, the place of its first tap.
    starts: Vec<u32>,
    /// For each tap, a weight for each pixel.
    weights: Vec<f32>,
}

impl Axis {
    fn new(step: f64, pixels: usize) -> Self {
        let mut axis = Self { step, first: 0, places: 0, starts: Vec::new(), weights: Vec::new() };
        let taps = axis.taps();
        axis.first = axis.start(0);
        axis.weights = vec![0.0; taps * pixels];
        for pixel in 0..pixels {
            let (start, weights) = axis.weights(pixel as i64);
            let weights: Vec<_> = weights.collect();
            axis.starts.push((start - axis.first) as u32);
            weights.iter().enumerate().for_each(|(tap, weight)| axis.weights[tap * pixels + pixel] = *weight);
        }
        axis.places = axis.starts.last().map_or(0, |last| *last as usize + taps);
        axis
    }

    /// A pixel of `step` cells touches at most one more than that, and splines reach two cells either way.
    fn taps(&self) -> usize {
        self.step.ceil() as usize + 4
    }

    /// The mean sum of the squares of the weights.
    fn squares(&self) -> f32 {
        const PIXELS: i64 = 64;
        let sum: f32 =
            (0..PIXELS).flat_map(|pixel| self.weights(pixel).1).map(|weight| weight * weight).sum();
        sum / PIXELS as f32
    }

    fn start(&self, pixel: i64) -> i32 {
        (pixel as f64 * self.step).floor() as i32 - 1
    }

    /// The first place that counts for a pixel, and the weight of it and of those after it.
    fn weights(&self, pixel: i64) -> (i32, impl Iterator<Item = f32>) {
        let (from, to) = (pixel as f64 * self.step, (pixel + 1) as f64 * self.step);
        let (start, step) = (self.start(pixel), self.step);
        let weight = move |tap: usize| {
            let place = f64::from(start) + tap as f64;
            ((integral(to - place) - integral(from - place)) / step) as f32
        };
        (start, (0..self.taps()).map(weight))
    }
}

/// The integral of the cubic B-spline from its start at -2 to `t`.
fn integral(t: f64) -> f64 {
    let half = |t: f64| match t {
        t if t <= -2.0 => 0.0,
        t if t <= -1.0 => (2.0 + t).powi(4) / 24.0,
        t => 0.5 + t * (2.0 / 3.0 - t * t / 3.0 - t * t * t / 8.0),
    };
    if t <= 0.0 { half(t) } else { 1.0 - half(-t) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(size: Size, cell: [f32; 2], seed: u64) -> Vec<Vec<f32>> {
        let noise = Noise::new(size, cell, seed);
        let row = |y: usize| {
            let mut row = vec![0.0; size.width()];
            noise.row(Level::detect(), y as i64, &mut row);
            row
        };
        (0..size.height()).map(row).collect()
    }

    fn variance(rows: &[Vec<f32>]) -> f32 {
        let count = rows.iter().map(Vec::len).sum::<usize>() as f32;
        rows.iter().flatten().map(|v| v * v).sum::<f32>() / count
    }

    #[test]
    fn the_integral_ends_at_one_and_meets_its_slope() {
        assert_eq!([integral(-3.0), integral(0.0), integral(3.0)], [0.0, 0.5, 1.0]);
        let spline = |t: f64| match t.abs() {
            t if t < 1.0 => 2.0 / 3.0 - t * t + t * t * t / 2.0,
            t if t < 2.0 => (2.0 - t).powi(3) / 6.0,
            _ => 0.0,
        };
        for i in -25..25 {
            let t = f64::from(i) * 0.1 + 0.013;
            let slope = (integral(t + 1e-5) - integral(t - 1e-5)) / 2e-5;
            assert!((slope - spline(t)).abs() < 1e-6, "at {t}: {slope}");
        }
    }

    #[test]
    fn it_is_of_variance_one_and_fades_when_fine() {
        let size = Size::new(512, 512).unwrap();
        let coarse = variance(&plane(size, [16.0; 2], 3));
        assert!((coarse - 1.0).abs() < 0.15, "{coarse}");
        for cell in [16.0, 2.0, 1.0] {
            let (seen, said) =
                (variance(&plane(size, [cell; 2], 3)), Noise::new(size, [cell; 2], 3).variance());
            assert!((seen / said - 1.0).abs() < 0.2, "cells of {cell}: {seen}, not {said}");
        }
        assert!(Noise::new(size, [1.0; 2], 3).variance() < 0.5);
        assert_eq!(variance(&plane(size, [0.1; 2], 3)), 0.0);
    }

    #[test]
    fn a_preview_is_the_full_picture_reduced() {
        for cell in [[5.0, 5.0], [1.3, 9.0], [0.9, 0.7]] {
            let full = plane(Size::new(2048, 256).unwrap(), cell, 7);
            let small = plane(Size::new(512, 64).unwrap(), cell, 7);
            for (y, row) in small.iter().enumerate() {
                for (x, value) in row.iter().enumerate() {
                    let cells = full[4 * y..4 * y + 4].iter().flat_map(|row| &row[4 * x..4 * x + 4]);
                    let mean = cells.sum::<f32>() / 16.0;
                    assert!((mean - value).abs() < 2e-4, "{cell:?} at {x},{y}: {mean} {value}");
                }
            }
        }
    }

    #[test]
    fn every_level_gives_the_plain_bits() {
        for width in [1, 3, 4, 8, 17, 33] {
            let noise = Noise::new(Size::new(width, 9).unwrap(), [3.0, 5.0], 11);
            for y in [-5, 0, 8] {
                let row = |level| {
                    let mut row = vec![0.0; width as usize];
                    noise.row(level, y, &mut row);
                    row.into_iter().map(f32::to_bits).collect::<Vec<_>>()
                };
                let plain = row(Level::PLAIN);
                assert!(Level::available().into_iter().all(|level| row(level) == plain), "{width}");
            }
        }
    }

    #[test]
    fn seeds_differ_and_a_seed_repeats() {
        let size = Size::new(64, 4).unwrap();
        assert_eq!(plane(size, [8.0; 2], 1), plane(size, [8.0; 2], 1));
        assert_ne!(plane(size, [8.0; 2], 1), plane(size, [8.0; 2], 2));
        assert_ne!(plane(size, [8.0; 2], 1), plane(size, [8.0; 2], 1 << 40));
    }
}
