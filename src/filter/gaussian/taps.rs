//! Weights of Gaussians, made in `f64`.

use crate::filter::mirror::mirrored;

/// Beyond this many sigmas a Gaussian is taken for zero where it is summed directly: 0.05 % of it lies there.
const DIRECT_REACH: f64 = 3.5;

/// The same on the coarse grid, where a longer reach is cheap.
const COARSE_REACH: f64 = 4.0;

/// Sigma of the filters that lead to the coarse grid and back, in its steps. Together with the blur in between
/// (variances A, S, A) they let through `exp(-2π² · A (A + S) / (2 A + S))` of a wave that is mistaken for another one
/// on the grid: at most 2 parts in 10 000.
const STEP_SIGMA: f64 = 0.84;

/// Where the coarse grid begins: a sigma of at least this many steps leaves 0.78 steps for the blur in between.
const SIGMA_PER_STEP: f64 = 1.42;

/// Half of a normalised Gaussian, middle first.
pub(super) fn half(sigma: f64) -> Vec<f64> {
    half_of(sigma, DIRECT_REACH)
}

fn half_of(sigma: f64, reach: f64) -> Vec<f64> {
    let weight = |k: usize| (-0.5 * (k as f64 / sigma).powi(2)).exp();
    let weights: Vec<_> = (0..=(reach * sigma).ceil() as usize).map(weight).collect();
    let sum = weights[0] + 2.0 * weights[1..].iter().sum::<f64>();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// Steps shorter than this save less than the way to the coarse grid and back costs.
const LEAST_STEP: usize = 6;

/// Is the coarse grid the better way?
pub(super) fn is_coarse(sigma: f64) -> bool {
    step(sigma) >= LEAST_STEP
}

/// How many samples a step of the coarse grid may have for this sigma.
fn step(sigma: f64) -> usize {
    (sigma / SIGMA_PER_STEP) as usize
}

/// One sample as a weighted sum of neighbouring others.
pub(super) struct Taps {
    pub(super) start: usize,
    pub(super) weights: Vec<f32>,
}

impl Taps {
    /// A Gaussian about `centre`, with what lies beyond the ends of `0..len` folded back.
    fn new(centre: f64, sigma: f64, len: usize) -> Self {
        let reach = COARSE_REACH * sigma;
        let (first, last) = ((centre - reach).ceil() as isize, (centre + reach).floor() as isize);
        let places = (first..=last).map(|at| (mirrored(at, len), at as f64 - centre));
        let start = places.clone().map(|place| place.0).min().unwrap_or(0);
        let end = places.clone().map(|place| place.0).max().unwrap_or(0);
        let mut weights = vec![0.0; end - start + 1];
        places.for_each(|(at, off)| weights[at - start] += (-0.5 * (off / sigma).powi(2)).exp());
        let sum: f64 = weights.iter().sum();
        Self { start, weights: weights.into_iter().map(|weight| (weight / sum) as f32).collect() }
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.weights.len()
    }
}

/// The way of one direction of a picture through the coarse grid.
pub(super) struct Axis {
    /// From samples to the coarse grid.
    pub(super) down: Vec<Taps>,
    /// From the coarse grid to the same, blurred; the ends are used up.
    pub(super) blur: Vec<Taps>,
    /// From the blurred grid to samples.
    pub(super) up: Vec<Taps>,
}

impl Axis {
    pub(super) fn new(len: usize, sigma: f64) -> Self {
        let step = step(sigma) as f64;
        let blur = ((sigma / step).powi(2) - 2.0 * STEP_SIGMA.powi(2)).sqrt();
        // The mirrored surroundings come to lie on the grid too: as far as the two filters behind it can see.
        let blur_reach = (COARSE_REACH * blur) as usize;
        let up_reach = (COARSE_REACH * STEP_SIGMA + 0.5) as usize;
        let count = (len as f64 / step).ceil() as usize + 2 * up_reach;
        let lead = (blur_reach + up_reach) as f64;
        let down = (0..count + 2 * blur_reach)
            .map(|j| Taps::new((j as f64 - lead + 0.5) * step - 0.5, STEP_SIGMA * step, len));
        let blur = (0..count).map(|j| Taps::new((j + blur_reach) as f64, blur, count + 2 * blur_reach));
        let up =
            (0..len).map(|y| Taps::new((y as f64 + 0.5) / step - 0.5 + up_reach as f64, STEP_SIGMA, count));
        Self { down: down.collect(), blur: blur.collect(), up: up.collect() }
    }
}
