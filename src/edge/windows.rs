//! Sampled Gaussians and their second derivatives, and sums of separable windows.

use super::grey::Border;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, derivative as kernel};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::Plane;

/// A window that is one row of weights along, times one down. Both are symmetric and of one odd length.
pub(super) struct Window {
    pub(super) along: Vec<f32>,
    pub(super) down: Vec<f32>,
}

/// The Gaussian of `sigma` on `-margin..=margin`; its sum is 1.
pub(super) fn gaussian(sigma: f64, margin: usize) -> Vec<f64> {
    let weight = |i: isize| (-0.5 * (i as f64 / sigma).powi(2)).exp();
    let weights: Vec<f64> = (-(margin as isize)..=margin as isize).map(weight).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|w| w / sum).collect()
}

/// Its second derivative, mended so that it is 0 on flat and sloping pictures and 2 on x².
pub(super) fn second_derivative(sigma: f64, margin: usize) -> Vec<f64> {
    let place = |i: usize| i as f64 - margin as f64;
    let mut weights = gaussian(sigma, margin);
    for (i, weight) in weights.iter_mut().enumerate() {
        *weight *= (place(i) / sigma).powi(2) - 1.0;
    }
    let mean = weights.iter().sum::<f64>() / weights.len() as f64;
    weights.iter_mut().for_each(|w| *w -= mean);
    let moment: f64 = weights.iter().enumerate().map(|(i, w)| w * place(i).powi(2)).sum();
    weights.iter().map(|w| 2.0 * w / moment).collect()
}

/// The sum of two windows at every pixel; the outermost pixels continue past the border.
pub(super) fn two_windows(plane: &Plane, windows: &[Window; 2], context: &Context) -> Result<Plane> {
    let mut out = Plane::filled(plane.size(), 0.0);
    let width = plane.size().width();
    for_each_band(context, out.samples_mut(), width * BAND_ROWS, |index, band| {
        let mut rows = Rows::new(plane, windows);
        for (y, row) in band.chunks_mut(width).enumerate() {
            rows.sum(context.level, index * BAND_ROWS + y, row);
        }
        Ok(())
    })?;
    Ok(out)
}

/// Rows weighed along, kept until all rows below them that need them are done.
struct Rows<'a> {
    plane: &'a Plane,
    windows: &'a [Window; 2],
    padded: Vec<f32>,
    held: Vec<Option<usize>>,
    rows: Vec<[Vec<f32>; 2]>,
}

impl<'a> Rows<'a> {
    fn new(plane: &'a Plane, windows: &'a [Window; 2]) -> Self {
        let (side, width) = (windows[0].along.len(), plane.size().width());
        let rows = (0..side).map(|_| [vec![0.0; width], vec![0.0; width]]).collect();
        Self { plane, windows, padded: vec![0.0; width + side - 1], held: vec![None; side], rows }
    }

    fn sum(&mut self, level: Level, y: usize, out: &mut [f32]) {
        let (side, height) = (self.rows.len(), self.plane.size().height());
        let place = |k: usize| Border::Replicate.place((y + k) as isize - (side / 2) as isize, height);
        let places: Vec<_> = (0..side).map(place).collect();
        for y in &places {
            self.hold(level, *y);
        }
        out.fill(0.0);
        for (i, window) in self.windows.iter().enumerate() {
            let rows: Vec<_> = places.iter().map(|y| &self.rows[y % side][i][..]).collect();
            kernel::add_weighted_rows(level, &rows, &window.down, out);
        }
    }

    fn hold(&mut self, level: Level, y: usize) {
        let slot = y % self.rows.len();
        if self.held[slot] == Some(y) {
            return;
        }
        let (source, margin) = (self.plane.row(y), self.rows.len() / 2);
        let width = source.len();
        self.padded[margin..margin + width].copy_from_slice(source);
        self.padded[..margin].fill(source[0]);
        self.padded[margin + width..].fill(source[width - 1]);
        for (window, row) in self.windows.iter().zip(&mut self.rows[slot]) {
            kernel::weigh_along(level, &self.padded, &window.along, row);
        }
        self.held[slot] = Some(y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_derivatives_are_exact_on_parabolas() {
        for sigma in [0.5, 1.0, 2.3] {
            let margin = (4.0_f64 * sigma).ceil() as usize;
            let weights = second_derivative(sigma, margin);
            let on = |f: &dyn Fn(f64) -> f64| -> f64 {
                weights.iter().enumerate().map(|(i, w)| w * f(i as f64 - margin as f64)).sum()
            };
            assert!(on(&|_| 7.0).abs() < 1e-12);
            assert!(on(&|x| 3.0 * x).abs() < 1e-12);
            assert!((on(&|x| x * x) - 2.0).abs() < 1e-12);
        }
    }
}
