//! Means over square windows, of planes and of products of planes, a tile at a time.
//!
//! Going down a tile, sums of columns slide: one row enters, one leaves. Going across, the sums over a window are
//! built from sums over 2, 4, 8 … columns, so that nothing depends on the pixel before, and a window of 121 costs
//! ten additions. Sums start anew in every tile, which bounds what rounding can add up to.

use std::ops::Range;

use super::mirror::mirrored;
use crate::kernel::{Level, window};
use crate::pixel::{Plane, Size};

/// A part of a plane, or all of it: the place of its first sample, and how far rows are apart.
#[derive(Clone, Copy)]
pub(super) struct Patch<'a> {
    samples: &'a [f32],
    stride: usize,
    left: usize,
    top: usize,
}

impl<'a> Patch<'a> {
    pub(super) fn whole(plane: &'a Plane) -> Self {
        Self { samples: plane.samples(), stride: plane.size().width(), left: 0, top: 0 }
    }

    /// Samples that cover `area`, row after row.
    pub(super) fn of(samples: &'a [f32], area: &Area) -> Self {
        Self { samples, stride: area.x.len(), left: area.x.start, top: area.y.start }
    }

    fn row(&self, y: usize, x: &Range<usize>) -> &'a [f32] {
        &self.samples[(y - self.top) * self.stride + x.start - self.left..][..x.len()]
    }
}

/// A rectangle of a picture.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) x: Range<usize>,
    pub(super) y: Range<usize>,
}

impl Area {
    /// With a margin, as far as the picture goes. What is mirrored at a border lies within it, too.
    pub(super) fn grown(&self, margin: usize, size: Size) -> Self {
        let grow = |range: &Range<usize>, len: usize| {
            range.start.saturating_sub(margin)..range.end.saturating_add(margin).min(len)
        };
        Self { x: grow(&self.x, size.width()), y: grow(&self.y, size.height()) }
    }

    pub(super) fn len(&self) -> usize {
        self.x.len() * self.y.len()
    }

    /// Where row `y` is in samples that cover the area.
    pub(super) fn row(&self, y: usize) -> Range<usize> {
        let start = (y - self.y.start) * self.x.len();
        start..start + self.x.len()
    }
}

/// What is averaged: a patch, or the product of two.
#[derive(Clone, Copy)]
pub(super) enum Term {
    One(usize),
    Product(usize, usize),
}

/// Windows of `2 radius + 1` pixels squared on a picture of some size.
#[derive(Clone, Copy)]
pub(super) struct Windows {
    pub(super) size: Size,
    pub(super) radius: usize,
}

impl Windows {
    /// Rows to a band, so that the margins of the bands stay a small part of the work.
    pub(super) fn band_rows(&self) -> usize {
        (4 * self.radius).max(64).min(self.size.height())
    }

    /// Tiles across, narrow enough for the sums of a row to stay in the nearest cache.
    pub(super) fn tiles(&self, y: Range<usize>) -> impl Iterator<Item = Area> {
        let (width, step) = (self.size.width(), (8 * self.radius).max(512));
        (0..width).step_by(step).map(move |x| Area { x: x..(x + step).min(width), y: y.clone() })
    }

    /// Call `each(y, means)` for the rows of `area`, with a row of means for each term.
    pub(super) fn means(
        &self,
        level: Level,
        patches: &[Patch<'_>],
        terms: &[Term],
        area: &Area,
        mut each: impl FnMut(usize, &[Vec<f32>]),
    ) {
        let wide = area.grown(self.radius, self.size).x;
        let mut sums =
            Sums { level, patches, terms, x: wide.clone(), rows: vec![vec![0.0; wide.len()]; terms.len()] };
        let reach = self.radius as isize;
        let source = |y: isize| mirrored(y, self.size.height());
        let first = area.y.start as isize;
        (first - reach..=first + reach).for_each(|y| sums.enter(source(y)));
        let places: Vec<_> = self.columns(&area.x).map(|x| x - wide.start).collect();
        let mut padded = [vec![0.0; places.len()], vec![0.0; places.len()]];
        let mut means = vec![vec![0.0; area.x.len()]; terms.len()];
        for y in area.y.clone() {
            for (row, mean) in sums.rows.iter().zip(&mut means) {
                self.across(level, row, &places, &mut padded, mean);
            }
            each(y, &means);
            // After the last row there is nothing to slide to, and its row may lie outside the patches.
            if y + 1 < area.y.end {
                let y = y as isize;
                sums.slide(source(y + reach + 1), source(y - reach));
            }
        }
    }

    /// The columns that windows on `x` look at, mirrored at the borders.
    fn columns(&self, x: &Range<usize>) -> impl Iterator<Item = usize> {
        let (start, end) = (x.start as isize, x.end as isize);
        let (reach, width) = (self.radius as isize, self.size.width());
        (start - reach..end + reach).map(move |x| mirrored(x, width))
    }

    fn across(
        &self,
        level: Level,
        row: &[f32],
        places: &[usize],
        padded: &mut [Vec<f32>; 2],
        mean: &mut [f32],
    ) {
        let [padded, spare] = padded;
        let (near, far) = (self.radius, places.len() - self.radius);
        padded[near..far].copy_from_slice(&row[places[near]..][..far - near]);
        for i in (0..near).chain(far..places.len()) {
            padded[i] = row[places[i]];
        }
        let window = 2 * self.radius + 1;
        window::sums(level, padded, spare, mean, window);
        let count = (window * window) as f32;
        window::scaled(level, mean, 1.0 / count);
    }
}

/// Sums of columns, one row of them for each term.
struct Sums<'a> {
    level: Level,
    patches: &'a [Patch<'a>],
    terms: &'a [Term],
    x: Range<usize>,
    rows: Vec<Vec<f32>>,
}

impl Sums<'_> {
    fn enter(&mut self, y: usize) {
        for (sum, term) in self.rows.iter_mut().zip(self.terms) {
            let row = |patch: usize| self.patches[patch].row(y, &self.x);
            match *term {
                Term::One(p) => window::enter(self.level, sum, row(p)),
                Term::Product(p, q) => window::enter_product(self.level, sum, row(p), row(q)),
            }
        }
    }

    fn slide(&mut self, new: usize, old: usize) {
        for (sum, term) in self.rows.iter_mut().zip(self.terms) {
            let row = |patch: usize, y: usize| self.patches[patch].row(y, &self.x);
            match *term {
                Term::One(p) => window::slide(self.level, sum, row(p, new), row(p, old)),
                Term::Product(p, q) => {
                    let (new, old) = ([row(p, new), row(q, new)], [row(p, old), row(q, old)]);
                    window::slide_product(self.level, sum, new, old);
                }
            }
        }
    }
}
