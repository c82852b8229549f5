//! The mean of a square, at a cost that does not depend on its size.
//!
//! Sums of columns run down the picture: one row enters the window, one leaves. Their means then run along the row
//! in the same way. Both happen for eight rows at a time while they are in cache (`kernel/box_blur.rs`), so a plane
//! is read about twice and written once. Each band of rows starts its own sums. A radius need not be a whole
//! number: the samples just outside the window then count in part, as in the extended box of Gwosdek, Grewenig,
//! Bruhn and Weickert ("Theoretical foundations of Gaussian convolution by extended box filtering", 2011).

use crate::context::Context;
use crate::error::Result;
use crate::filter::mirror::mirrored;
use crate::kernel::box_blur::{LANES, Window, add_row, column_means, lane, row_means};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::Plane;

/// Columns whose sums are carried through eight rows while everything concerned is in the first cache.
const TILE: usize = 256;

/// Replace each sample of each plane by the mean of the square that reaches `radius` samples to every side.
///
/// A radius of 2 is a window of 5 by 5; one of 2.5 counts a further ring by half. Borders are mirrored.
///
/// ```
/// use zhijin::pixel::{Plane, Size};
///
/// let mut planes = [Plane::from_fn(Size::new(3, 1)?, |x, _| x as f32)];
/// zhijin::filter::box_blur(&mut planes, 1.0, &zhijin::Context::default())?;
/// assert_eq!(planes[0].samples(), [1.0 / 3.0, 1.0, 5.0 / 3.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn box_blur(planes: &mut [Plane], radius: f32, context: &Context) -> Result<()> {
    let Some(first) = planes.first() else { return Ok(()) };
    let mut target = Plane::filled(first.size(), 0.0);
    for plane in planes {
        if target.size() != plane.size() {
            target = Plane::filled(plane.size(), 0.0);
        }
        box_mean(plane, radius, &mut target, context)?;
        std::mem::swap(plane, &mut target);
    }
    Ok(())
}

/// The same for one plane into another of its size, which saves those who need both a copy.
///
/// # Panics
///
/// If the planes differ in size.
pub fn box_mean(source: &Plane, radius: f32, target: &mut Plane, context: &Context) -> Result<()> {
    let size = source.size();
    assert_eq!(size, target.size(), "a blurred plane has the size of the plane");
    // A bound on the work: so many mirror images of a picture differ little from all of them.
    let radius = f64::from(radius).clamp(0.0, 16.0 * size.longer() as f64);
    let window = Window { reach: radius as usize, rest: radius.fract() };
    let rows = band_rows(window.reach);
    for_each_band(context, target.samples_mut(), rows * size.width(), |index, band| {
        Band::new(source, window, context).run(index * rows, band);
        Ok(())
    })
}

/// The taller the window, the taller the bands, so that starting the sums stays the smaller part of the work.
fn band_rows(reach: usize) -> usize {
    BAND_ROWS.max(2 * reach.next_multiple_of(LANES))
}

struct Band<'a> {
    source: &'a Plane,
    window: Window,
    context: &'a Context,
    sums: Vec<f64>,
    /// Eight rows of column means, beside each other, with the mirrored columns that their ends need.
    padded: Vec<f32>,
    means: Vec<f32>,
}

impl<'a> Band<'a> {
    fn new(source: &'a Plane, window: Window, context: &'a Context) -> Self {
        let width = source.size().width();
        Self {
            source,
            window,
            context,
            sums: vec![0.0; width],
            padded: vec![0.0; (width + 2 * window.reach + 2) * LANES],
            means: vec![0.0; width * LANES],
        }
    }

    fn run(mut self, top: usize, band: &mut [f32]) {
        let width = self.source.size().width();
        for y in -1..2 * self.window.reach as isize {
            let row = self.row(top, y - self.window.reach as isize);
            add_row(self.context.level, &mut self.sums, row);
        }
        for (group, target) in band.chunks_mut(LANES * width).enumerate() {
            self.down(top + group * LANES);
            self.mirror_ends();
            row_means(self.context.level, &self.padded, self.window, &mut self.means);
            for (index, row) in target.chunks_exact_mut(width).enumerate() {
                lane(self.context.level, &self.means, index, row);
            }
        }
    }

    fn row(&self, y: usize, offset: isize) -> &'a [f32] {
        self.source.row(mirrored(y as isize + offset, self.source.size().height()))
    }

    /// Column means of eight rows.
    fn down(&mut self, y: usize) {
        let reach = self.window.reach as isize;
        let rows: [_; LANES + 1] = std::array::from_fn(|k| self.row(y + k, reach));
        let left: [_; LANES] = std::array::from_fn(|k| self.row(y + k, -reach - 1));
        let lanes = &mut self.padded[(self.window.reach + 1) * LANES..];
        for (tile, sums) in self.sums.chunks_mut(TILE).enumerate() {
            let place = tile * TILE..tile * TILE + sums.len();
            let rows = rows.map(|row| &row[place.clone()]);
            let left = left.map(|row| &row[place.clone()]);
            let lanes = &mut lanes[place.start * LANES..place.end * LANES];
            column_means(self.context.level, sums, &rows, &left, self.window, lanes);
        }
    }

    fn mirror_ends(&mut self) {
        let (width, pad) = (self.sums.len(), self.window.reach + 1);
        for i in (0..pad).chain(pad + width..width + 2 * pad) {
            let from = (pad + mirrored(i as isize - pad as isize, width)) * LANES;
            self.padded.copy_within(from..from + LANES, i * LANES);
        }
    }
}

#[cfg(test)]
mod tests;
