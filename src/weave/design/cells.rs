//! Cells: one value for each crossing of an end and a pass, row by row.

use crate::context::Context;
use crate::error::Result;
use crate::parallel::for_each_band;
use crate::pixel::{Plane, Size};

/// One value for each cell; rows are passes, columns are ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells<T> {
    width: usize,
    height: usize,
    values: Vec<T>,
}

/// Rows that a thread does in one go.
const ROWS: usize = 16;

impl<T: Copy> Cells<T> {
    /// One value everywhere.
    pub(super) fn filled(width: usize, height: usize, value: T) -> Self {
        Self { width, height, values: vec![value; width * height] }
    }

    /// A function of the place (x, y).
    pub(super) fn from_fn(width: usize, height: usize, value: impl Fn(usize, usize) -> T) -> Self {
        let mut values = Vec::with_capacity(width * height);
        (0..height).for_each(|y| values.extend((0..width).map(|x| value(x, y))));
        Self { width, height, values }
    }

    /// A function of each value.
    pub(super) fn map<U: Copy>(&self, value: impl FnMut(&T) -> U) -> Cells<U> {
        Cells { width: self.width, height: self.height, values: self.values.iter().map(value).collect() }
    }

    /// Columns: ends, or units of them.
    #[inline]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows: passes, or units of them.
    #[inline]
    pub fn height(&self) -> usize {
        self.height
    }

    /// All values, row after row from the top.
    #[inline]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    pub(super) fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// One row.
    #[inline]
    pub fn row(&self, y: usize) -> &[T] {
        &self.values[y * self.width..][..self.width]
    }

    pub(super) fn row_mut(&mut self, y: usize) -> &mut [T] {
        &mut self.values[y * self.width..][..self.width]
    }

    /// The value of a cell.
    #[inline]
    pub fn at(&self, x: usize, y: usize) -> T {
        self.values[y * self.width + x]
    }

    pub(super) fn set(&mut self, x: usize, y: usize, value: T) {
        self.values[y * self.width + x] = value;
    }

    /// The value at a place that may lie outside: the nearest one inside.
    #[inline]
    pub(super) fn clamped(&self, x: isize, y: isize) -> T {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        self.at(x, y.clamp(0, self.height as isize - 1) as usize)
    }

    /// The four neighbours of a cell that exist.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> + use<T> {
        let (width, x, last) = (self.width, at % self.width, self.values.len());
        let left = (x > 0).then(|| at - 1);
        let right = (x + 1 < width).then(|| at + 1);
        let above = at.checked_sub(width);
        let below = (at + width < last).then(|| at + width);
        [left, right, above, below].into_iter().flatten()
    }

    /// Set each cell for which there is something else; `other` has the same number of cells.
    pub(super) fn change<U: Copy>(&mut self, other: &Cells<U>, value: impl Fn(T, U) -> T) {
        self.values.iter_mut().zip(&other.values).for_each(|(own, other)| *own = value(*own, *other));
    }
}

impl<T: Copy + Send + Sync> Cells<T> {
    /// A function of the place and of the value there, on all threads.
    pub(super) fn each<U: Copy + Default + Send>(
        &self,
        ctx: &Context,
        value: impl Fn(usize, usize, T) -> U + Sync + Send,
    ) -> Result<Cells<U>> {
        let mut out = Cells::filled(self.width, self.height, U::default());
        let width = self.width;
        for_each_band(ctx, &mut out.values, width * ROWS, |index, band| {
            for (row, to) in band.chunks_exact_mut(width).enumerate() {
                let y = index * ROWS + row;
                let from = self.row(y);
                to.iter_mut().zip(from).enumerate().for_each(|(x, (to, from))| *to = value(x, y, *from));
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// Where a function of each value is, as a plane for filters.
    pub(super) fn plane(&self, value: impl Fn(&T) -> f32) -> Plane {
        let samples = self.values.iter().map(value).collect();
        Plane::new(self.size(), samples).expect("one value for each cell")
    }

    /// Both sides as pictures have them.
    pub(super) fn size(&self) -> Size {
        Size::from_usize(self.width, self.height).expect("a grid is admitted before it is made")
    }
}

impl Cells<f32> {
    /// Cells of a plane.
    pub(super) fn of(plane: Plane) -> Self {
        let size = plane.size();
        Self { width: size.width(), height: size.height(), values: plane.into_samples() }
    }

    /// The least or the greatest value in a window.
    pub(super) fn extreme(&self, [across, down]: [usize; 2], pick: fn(f32, f32) -> f32) -> Self {
        let mut rows = self.clone();
        for y in 0..self.height {
            let from = self.row(y);
            for (x, to) in rows.row_mut(y).iter_mut().enumerate() {
                let window = x.saturating_sub(across)..(x + across + 1).min(from.len());
                *to = from[window].iter().copied().fold(from[x], pick);
            }
        }
        let mut out = rows.clone();
        for y in 0..self.height {
            for other in y.saturating_sub(down)..(y + down + 1).min(self.height) {
                out.row_mut(y).iter_mut().zip(rows.row(other)).for_each(|(to, from)| *to = pick(*to, *from));
            }
        }
        out
    }
}
