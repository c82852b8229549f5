//! The rows a bilateral filter with a large window looks at, and the window laid over them.

use std::f32::consts::LOG2_E;
use std::ops::Range;

use super::super::mirror::mirrored;
use super::Bilateral;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::bilateral::{self as kernel, LANES, Likeness, Tap};
use crate::parallel::for_each_band;
use crate::pixel::{Plane, Size};

/// The kernels for so many channels.
pub(super) trait Channels<const C: usize> {
    fn own(level: Level, centre: &Tap<'_, C>, taps: &[Tap<'_, C>], likeness: Likeness, out: [&mut [f32]; C]);
    fn joint(
        level: Level,
        centre: &Tap<'_, C>,
        taps: &[Tap<'_, C>],
        likeness: Likeness,
        out: [&mut [f32]; C],
    );
}

impl Channels<1> for [Plane; 1] {
    fn own(level: Level, centre: &Tap<'_, 1>, taps: &[Tap<'_, 1>], likeness: Likeness, out: [&mut [f32]; 1]) {
        kernel::own1(level, centre, taps, likeness, out);
    }

    fn joint(
        level: Level,
        centre: &Tap<'_, 1>,
        taps: &[Tap<'_, 1>],
        likeness: Likeness,
        out: [&mut [f32]; 1],
    ) {
        kernel::joint1(level, centre, taps, likeness, out);
    }
}

impl Channels<3> for [Plane; 3] {
    fn own(level: Level, centre: &Tap<'_, 3>, taps: &[Tap<'_, 3>], likeness: Likeness, out: [&mut [f32]; 3]) {
        kernel::own3(level, centre, taps, likeness, out);
    }

    fn joint(
        level: Level,
        centre: &Tap<'_, 3>,
        taps: &[Tap<'_, 3>],
        likeness: Likeness,
        out: [&mut [f32]; 3],
    ) {
        kernel::joint3(level, centre, taps, likeness, out);
    }
}

/// Means of squares of `step` pixels.
pub(super) fn shrink<const C: usize>(planes: [&Plane; C], step: usize, ctx: &Context) -> Result<[Plane; C]> {
    let size = planes[0].size();
    let small = Size::from_usize(size.width().div_ceil(step), size.height().div_ceil(step)).unwrap_or(size);
    let mut out: [Plane; C] = std::array::from_fn(|_| Plane::filled(small, 0.0));
    for (plane, out) in planes.iter().zip(&mut out) {
        for_each_band(ctx, out.samples_mut(), small.width(), |y, row| {
            let rows = y * step..((y + 1) * step).min(size.height());
            let count = rows.len();
            for source in rows.map(|y| plane.row(y)) {
                for (sum, square) in row.iter_mut().zip(source.chunks(step)) {
                    *sum += square.iter().sum::<f32>() / square.len() as f32;
                }
            }
            row.iter_mut().for_each(|sum| *sum /= count as f32);
            Ok(())
        })?;
    }
    Ok(out)
}

/// A window of neighbours around each pixel of a row: squares of `step` pixels.
pub(super) struct Disc {
    likeness: Likeness,
    step: usize,
    /// Neighbours to each side.
    reach: usize,
    /// Of a row, rounded up to whole vectors.
    width: usize,
    /// For each column of neighbours, how far it is from each pixel of a row.
    falls: Vec<Vec<f32>>,
    space: f32,
    radius: usize,
}

impl Disc {
    pub(super) fn new(filter: Bilateral, step: usize, width: usize) -> Self {
        let reach = filter.radius.div_ceil(step);
        let space = -LOG2_E / (2.0 * filter.space * filter.space).max(1e-12);
        let width = width.next_multiple_of(LANES);
        let falls = (0..=2 * reach)
            .map(|k| (0..width).map(|x| space * offset(x, k, reach, step).powi(2)).collect())
            .collect();
        Self { likeness: filter.likeness(step), step, reach, width, falls, space, radius: filter.radius }
    }

    /// Rows `rows` of the result. The centres come from planes of full size, the neighbours from `sources` (compared)
    /// and `values` (averaged, unless they are the same).
    pub(super) fn band<const C: usize>(
        &self,
        centres: [[&Plane; C]; 2],
        (sources, values): ([&Plane; C], Option<[&Plane; C]>),
        rows: Range<usize>,
        level: Level,
        out: &mut [&mut [f32]],
    ) where
        [Plane; C]: Channels<C>,
    {
        let middle = centres.map(|planes| Wide::new(planes, 1, self.width, 0, rows.clone(), 0));
        let cells = rows.start / self.step..(rows.end - 1) / self.step + 1;
        let wide = |planes| Wide::new(planes, self.step, self.width, self.reach, cells.clone(), self.reach);
        let (guide, input) = (wide(sources), values.map(wide));
        let width = sources_width(out, rows.len());
        let mut result: [Vec<f32>; C] = std::array::from_fn(|_| vec![0.0; self.width]);
        for y in rows.clone() {
            let taps = self.taps(y, &guide, input.as_ref().unwrap_or(&guide));
            let [compared, averaged] = middle.each_ref().map(|wide| wide.row(y as isize));
            let centre = Tap { guide: compared, input: averaged, at: 0, fall: &[], drop: 0.0 };
            let row = result.each_mut().map(|row| &mut row[..]);
            match &input {
                None => <[Plane; C]>::own(level, &centre, &taps, self.likeness, row),
                Some(_) => <[Plane; C]>::joint(level, &centre, &taps, self.likeness, row),
            }
            let place = (y - rows.start) * width..(y - rows.start + 1) * width;
            for (band, row) in out.iter_mut().zip(&result) {
                band[place.clone()].copy_from_slice(&row[..width]);
            }
        }
    }

    fn taps<'a, const C: usize>(
        &'a self,
        y: usize,
        guide: &'a Wide<C>,
        input: &'a Wide<C>,
    ) -> Vec<Tap<'a, C>> {
        let side = 2 * self.reach + 1;
        let cell = (y / self.step) as isize - self.reach as isize;
        // A square belongs to the window if its nearest part may.
        let rim = (self.radius as f32 + 0.5 * (self.step - 1) as f32).powi(2);
        let mut taps = Vec::with_capacity(side * side);
        for (row, column) in (0..side * side).map(|i| (i / side, i % side)) {
            let away = |k: usize| ((k as f32 - self.reach as f32) * self.step as f32).powi(2);
            if away(row) + away(column) > rim {
                continue;
            }
            let source = cell + row as isize;
            taps.push(Tap {
                guide: guide.row(source),
                input: input.row(source),
                at: column * self.step,
                fall: &self.falls[column],
                drop: self.space * offset(y, row, self.reach, self.step).powi(2),
            });
        }
        taps
    }
}

fn sources_width(out: &[&mut [f32]], rows: usize) -> usize {
    out[0].len() / rows
}

/// How far pixel `at` is from the middle of its neighbour `k`, of which `reach` lie before its own.
fn offset(at: usize, k: usize, reach: usize, step: usize) -> f32 {
    let middle = (step - 1) as f32 / 2.0;
    (k as f32 - reach as f32) * step as f32 + middle - (at % step) as f32
}

/// Rows of a plane with what lies beyond the borders, each sample repeated `step` times.
struct Wide<const C: usize> {
    rows: Vec<[Vec<f32>; C]>,
    first: isize,
}

impl<const C: usize> Wide<C> {
    /// Rows `rows` and `margin` more above and below; `reach` samples more to the left and right of `width` columns.
    fn new(
        planes: [&Plane; C],
        step: usize,
        width: usize,
        reach: usize,
        rows: Range<usize>,
        margin: usize,
    ) -> Self {
        let size = planes[0].size();
        let columns: Vec<_> = (0..width + 2 * reach * step)
            .map(|i| mirrored((i / step) as isize - reach as isize, size.width()))
            .collect();
        let first = rows.start as isize - margin as isize;
        let last = (rows.end + margin) as isize;
        let row = |y: isize| {
            planes.map(|plane| {
                let row = plane.row(mirrored(y, size.height()));
                columns.iter().map(|x| row[*x]).collect()
            })
        };
        Self { rows: (first..last).map(row).collect(), first }
    }

    fn row(&self, y: isize) -> [&[f32]; C] {
        self.rows[(y - self.first) as usize].each_ref().map(|row| &row[..])
    }
}
