//! From points to pixels, a whole number of points to a pixel each way, by the window of Lanczos: it lets through what
//! pixels can hold and hardly anything of what would beat against them, as the reduction of a finished picture does.

use std::ops::Range;

/// Pixels the window reaches to either side.
const REACH: usize = 2;

/// A reduction by a whole number.
pub(super) struct Reduction {
    points: usize,
    /// What the points around a pixel count; one for each if there is nothing to reduce.
    taps: Vec<f32>,
}

impl Reduction {
    pub(super) fn new(points: usize) -> Self {
        if points == 1 {
            return Self { points, taps: vec![1.0] };
        }
        let sinc = |x: f64| {
            if x == 0.0 { 1.0 } else { (std::f64::consts::PI * x).sin() / (std::f64::consts::PI * x) }
        };
        // As many to either side of the pixel as lie wholly within reach.
        let count = points + 2 * ((2 * REACH - 1) * points / 2);
        let at = |tap: usize| (tap as f64 + 0.5 - count as f64 / 2.0) / points as f64;
        let taps: Vec<f64> = (0..count).map(|tap| sinc(at(tap)) * sinc(at(tap) / REACH as f64)).collect();
        let sum: f64 = taps.iter().sum();
        Self { points, taps: taps.into_iter().map(|tap| (tap / sum) as f32).collect() }
    }

    /// Points before a pixel that the window reaches.
    fn margin(&self) -> usize {
        (self.taps.len() - self.points) / 2
    }

    /// The rows of points that rows of pixels are made of.
    pub(super) fn reach(&self, first: usize, count: usize) -> Range<i64> {
        let margin = self.margin() as i64;
        (first * self.points) as i64 - margin..((first + count) * self.points) as i64 + margin
    }

    /// A row of points to a row of pixels; beyond its ends the last point goes on.
    pub(super) fn across(&self, points: &[f32], pixels: &mut [f32]) {
        if self.points == 1 {
            pixels.copy_from_slice(points);
            return;
        }
        let (margin, end) = (self.margin(), points.len() - 1);
        for (x, pixel) in pixels.iter_mut().enumerate() {
            let first = x * self.points;
            let inside = first >= margin && first - margin + self.taps.len() <= points.len();
            *pixel = if inside {
                let window = &points[first - margin..][..self.taps.len()];
                window.iter().zip(&self.taps).map(|(point, tap)| point * tap).sum()
            } else {
                let at = |tap: usize| points[(first + tap).saturating_sub(margin).min(end)];
                self.taps.iter().enumerate().map(|(i, tap)| at(i) * tap).sum()
            };
        }
    }

    /// Rows that [`Reduction::reach`] named, `width` long each, to rows of pixels.
    pub(super) fn down(&self, rows: &[f32], width: usize, pixels: &mut [f32]) {
        for (y, pixels) in pixels.chunks_exact_mut(width).enumerate() {
            let rows = rows[y * self.points * width..].chunks_exact(width);
            for (row, tap) in rows.zip(&self.taps) {
                pixels.iter_mut().zip(row).for_each(|(pixel, row)| *pixel += row * tap);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_light_stays_even_and_one_point_stays_itself() {
        for points in [1, 2, 3] {
            let reduction = Reduction::new(points);
            for width in [1, 2, 9] {
                let mut row = vec![0.0; width];
                reduction.across(&vec![0.7; width * points], &mut row);
                let rows = reduction.reach(0, 2);
                let mut pixels = vec![0.0; 2 * width];
                reduction.down(&row.repeat((rows.end - rows.start) as usize), width, &mut pixels);
                assert!(pixels.iter().all(|v| (v - 0.7).abs() < 1e-5), "{points} {width}: {pixels:?}");
            }
        }
    }

    #[test]
    fn what_pixels_cannot_hold_is_gone() {
        let reduction = Reduction::new(3);
        let points: Vec<f32> = (0..300).map(|i| if i % 4 < 2 { 1.0 } else { 0.0 }).collect();
        let mut pixels = vec![0.0; 100];
        reduction.across(&points, &mut pixels);
        assert!(pixels[4..96].iter().all(|v| (v - 0.5).abs() < 0.06), "{pixels:?}");
    }
}
