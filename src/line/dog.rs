//! Differences of Gaussians: what is darker than its surroundings.
//!
//! Flow-based lines (Kang, Lee & Chui 2007) take a difference of Gaussians of one dimension across the flow and
//! average it along the flow. On a straight edge the difference of two dimensions is the same number, since what
//! lies along the edge does not change; on a bent one it averages over its own width along the bend, which the
//! pass along the flow does far more. So the difference is taken in two dimensions, by separable passes, and only
//! the average along the flow has to look up where the flow goes.

use super::grid::{ROWS, near};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::derivative::{add_weighted_rows, weigh_along};
use crate::kernel::drawing as kernel;
use crate::parallel::for_each_band;
use crate::pixel::Plane;

/// How much wider the surroundings are than the line: nearest to the Laplacian (Marr & Hildreth, "Theory of edge
/// detection", 1980).
pub(super) const RATIO: f32 = 1.6;

/// The largest difference beside a step edge of contrast 1.
pub(super) const STEP: f32 = 0.111;

/// The widest Gaussian summed directly, in samples.
pub(super) const WIDEST: f32 = 40.0;

/// What the pixels have blurred already is not blurred again.
pub(super) fn net(sigma: f32) -> f32 {
    (sigma * sigma - 1.0 / 12.0).max(0.04).sqrt()
}

/// Weights of a Gaussian averaged over pixels, summing to 1.
pub(super) fn taps(sigma: f32) -> Vec<f32> {
    const STEPS: i32 = 16;
    let sigma = f64::from(sigma.clamp(0.05, WIDEST));
    let reach = (3.0 * sigma).ceil().max(1.0) as i32;
    let at = |i: i32, step: i32| f64::from(i) + (f64::from(step) + 0.5) / f64::from(STEPS) - 0.5;
    let area = |i: i32| (0..STEPS).map(|step| (-0.5 * (at(i, step) / sigma).powi(2)).exp()).sum::<f64>();
    let taps: Vec<f64> = (-reach..=reach).map(area).collect();
    let sum: f64 = taps.iter().sum();
    // Alike to both sides to the last bit.
    (0..taps.len()).map(|i| (taps[i.min(taps.len() - 1 - i)] / sum) as f32).collect()
}

/// Rows of a plane blurred one at a time, with the border going on for ever.
pub(super) struct Blurrer<'a> {
    plane: &'a Plane,
    taps: Vec<f32>,
    padded: Vec<f32>,
}

impl<'a> Blurrer<'a> {
    pub(super) fn new(plane: &'a Plane, taps: &[f32]) -> Self {
        Self { plane, taps: taps.to_vec(), padded: vec![0.0; plane.size().width() + taps.len() - 1] }
    }

    pub(super) fn row(&mut self, level: Level, y: usize, out: &mut [f32]) {
        let (reach, width) = (self.taps.len() / 2, self.plane.size().width());
        let first = y as isize - reach as isize;
        let rows: Vec<&[f32]> = (first..).take(self.taps.len()).map(|y| near(self.plane, y)).collect();
        let middle = &mut self.padded[reach..reach + width];
        middle.fill(0.0);
        add_weighted_rows(level, &rows, &self.taps, middle);
        let (left, right) = (middle[0], middle[width - 1]);
        self.padded[..reach].fill(left);
        self.padded[reach + width..].fill(right);
        weigh_along(level, &self.padded, &self.taps, out);
    }
}

/// For each row: the plane blurred by `sigma` samples in the first slice, and by `RATIO` times that in the second,
/// which becomes the row.
pub(super) fn with_both(
    plane: &Plane,
    sigma: f32,
    context: &Context,
    work: impl Fn(&[f32], &mut [f32]) + Sync + Send,
) -> Result<Plane> {
    let size = plane.size();
    let taps = [taps(net(sigma)), taps(net(sigma * RATIO))];
    let mut out = Plane::filled(size, 0.0);
    for_each_band(context, out.samples_mut(), size.width() * ROWS, |index, band| {
        let [mut narrow, mut wide] = [Blurrer::new(plane, &taps[0]), Blurrer::new(plane, &taps[1])];
        let mut own = vec![0.0; size.width()];
        for (y, row) in band.chunks_exact_mut(size.width()).enumerate() {
            narrow.row(context.level, index * ROWS + y, &mut own);
            wide.row(context.level, index * ROWS + y, row);
            work(&own, row);
        }
        Ok(())
    })?;
    Ok(out)
}

/// Positive where the plane is darker than around; 1 is what a step from black to white has on its dark side.
pub fn response(plane: &Plane, sigma: f32, context: &Context) -> Result<Plane> {
    with_both(plane, sigma, context, |narrow, wide| {
        kernel::difference(context.level, narrow, wide, 1.0 / STEP);
    })
}
