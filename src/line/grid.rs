//! Planes made row by row, and looked at beyond their borders and between their samples.

use crate::context::Context;
use crate::error::Result;
use crate::filter::gaussian;
use crate::parallel::for_each_band;
use crate::pixel::{Plane, Size};

/// Rows a thread does in one go.
pub(super) const ROWS: usize = 32;

/// A new plane, each row made by itself.
pub(crate) fn rows(
    size: Size,
    context: &Context,
    work: impl Fn(usize, &mut [f32]) + Sync + Send,
) -> Result<Plane> {
    let mut plane = Plane::filled(size, 0.0);
    each_row(&mut plane, context, work)?;
    Ok(plane)
}

/// Each row of a plane changed by itself.
pub(crate) fn each_row(
    plane: &mut Plane,
    context: &Context,
    work: impl Fn(usize, &mut [f32]) + Sync + Send,
) -> Result<()> {
    let width = plane.size().width();
    for_each_band(context, plane.samples_mut(), width * ROWS, |index, band| {
        for (y, row) in band.chunks_exact_mut(width).enumerate() {
            work(index * ROWS + y, row);
        }
        Ok(())
    })
}

/// A row, the first or last one standing for what lies beyond.
pub(super) fn near(plane: &Plane, y: isize) -> &[f32] {
    plane.row(y.clamp(0, plane.size().height() as isize - 1) as usize)
}

/// Between samples; samples lie at whole places, the border goes on for ever.
pub(crate) fn between(plane: &Plane, x: f32, y: f32) -> f32 {
    let (w, h) = (plane.size().width(), plane.size().height());
    let (x, y) = (x.clamp(0.0, (w - 1) as f32), y.clamp(0.0, (h - 1) as f32));
    let (i, j) = (x as usize, y as usize);
    let (fx, fy) = (x - i as f32, y - j as f32);
    let right = (i + 1).min(w - 1);
    let (top, low) = (plane.row(j), plane.row((j + 1).min(h - 1)));
    let upper = top[i] * (1.0 - fx) + top[right] * fx;
    let lower = low[i] * (1.0 - fx) + low[right] * fx;
    upper * (1.0 - fy) + lower * fy
}

/// A blurred copy.
pub(crate) fn blurred(plane: &Plane, sigma: f32, context: &Context) -> Result<Plane> {
    let mut planes = [plane.clone()];
    gaussian(&mut planes, sigma, context)?;
    let [plane] = planes;
    Ok(plane)
}

/// Half the size (rounded up); each sample the mean of four.
pub(super) fn halved(plane: &Plane, context: &Context) -> Result<Plane> {
    let (w, h) = (plane.size().width(), plane.size().height());
    let size = Size::from_usize(w.div_ceil(2), h.div_ceil(2)).expect("half of a size is a size");
    rows(size, context, |y, row| {
        let (a, b) = (near(plane, 2 * y as isize), near(plane, 2 * y as isize + 1));
        for (x, out) in row.iter_mut().enumerate() {
            let right = (2 * x + 1).min(w - 1);
            *out = 0.25 * (a[2 * x] + a[right] + b[2 * x] + b[right]);
        }
    })
}
