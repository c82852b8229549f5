//! The picture a detector looks at, and what lies beyond its border.

use crate::error::{Error, Result};

/// A picture of 8-bit grey values, row after row.
#[derive(Clone, Copy, Debug)]
pub struct Grey<'a> {
    values: &'a [u8],
    width: usize,
    height: usize,
}

/// What a window sees past the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// The picture mirrored in the middle of its outermost pixels: `dcb|abcd|cba`.
    Reflect,
    /// The outermost pixels again: `aaa|abcd|ddd`.
    Replicate,
}

impl<'a> Grey<'a> {
    /// `values` has one value for each pixel.
    pub fn new(values: &'a [u8], width: usize, height: usize) -> Result<Self> {
        if width == 0 || height == 0 || width.checked_mul(height) != Some(values.len()) {
            return Err(Error::unsupported(
                format!("{} values are no picture of {width}×{height} pixels", values.len()),
                "give one value for each pixel, and at least one pixel",
            ));
        }
        Ok(Self { values, width, height })
    }

    /// The same where the number of values is known to be right.
    pub(super) fn trusted(values: &'a [u8], width: usize, height: usize) -> Self {
        debug_assert_eq!(values.len(), width * height);
        Self { values, width, height }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All values.
    pub fn values(&self) -> &'a [u8] {
        self.values
    }

    /// One row.
    pub fn row(&self, y: usize) -> &'a [u8] {
        &self.values[y * self.width..][..self.width]
    }
}

impl Border {
    /// The place inside `0..len` that stands for place `i`.
    pub fn place(self, i: isize, len: usize) -> usize {
        let last = len as isize - 1;
        match self {
            Self::Replicate => i.clamp(0, last) as usize,
            Self::Reflect if last == 0 => 0,
            Self::Reflect => {
                let i = i.rem_euclid(2 * last);
                i.min(2 * last - i) as usize
            }
        }
    }
}

/// The last few rows looked at, each longer than the picture by `margin` on either side.
pub(super) struct PaddedRows<'a, T> {
    values: &'a [T],
    size: (usize, usize),
    border: Border,
    margin: usize,
    rows: Vec<Vec<T>>,
    held: Vec<Option<usize>>,
}

impl<'a, T: Copy + Default> PaddedRows<'a, T> {
    /// `size` is width and height.
    pub(super) fn new(values: &'a [T], size: (usize, usize), border: Border, margin: usize) -> Self {
        let count = 2 * margin + 1;
        let rows = vec![vec![T::default(); size.0 + 2 * margin]; count];
        Self { values, size, border, margin, rows, held: vec![None; count] }
    }

    /// The `N` rows around row `y`; `N` is `2 margin + 1`.
    pub(super) fn around<const N: usize>(&mut self, y: usize) -> [&[T]; N] {
        let margin = self.margin as isize;
        let place = |i: usize| self.border.place(y as isize + i as isize - margin, self.size.1);
        let places: [usize; N] = std::array::from_fn(place);
        for y in places {
            self.hold(y);
        }
        places.map(|y| &self.rows[y % N][..])
    }

    fn hold(&mut self, y: usize) {
        let slot = y % self.rows.len();
        if self.held[slot] == Some(y) {
            return;
        }
        let (row, width, margin) = (&mut self.rows[slot], self.size.0, self.margin);
        let source = &self.values[y * width..][..width];
        row[margin..margin + width].copy_from_slice(source);
        for i in 0..margin {
            row[i] = source[self.border.place(i as isize - margin as isize, width)];
            row[margin + width + i] = source[self.border.place((width + i) as isize, width)];
        }
        self.held[slot] = Some(y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_stand_for_places_inside() {
        let places = |border: Border, len| (-3..6).map(|i| border.place(i, len)).collect::<Vec<_>>();
        assert_eq!(places(Border::Reflect, 3), [1, 2, 1, 0, 1, 2, 1, 0, 1]);
        assert_eq!(places(Border::Reflect, 1), [0; 9]);
        assert_eq!(places(Border::Replicate, 3), [0, 0, 0, 0, 1, 2, 2, 2, 2]);
    }

    #[test]
    fn a_picture_has_as_many_values_as_pixels() {
        assert!(Grey::new(&[0; 6], 3, 2).is_ok());
        assert!(Grey::new(&[0; 6], 2, 2).is_err());
        assert!(Grey::new(&[], 0, 2).is_err());
    }
}
