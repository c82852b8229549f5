//! How samples at rest are read, and how blurred ones are put in their place.

use crate::filter::mirror::mirrored;
use crate::pixel::Size;

/// What samples of type `T` are while they are blurred, which happens in place.
pub(super) struct Samples<'a, E, T> {
    pub(super) size: Size,
    pub(super) channels: usize,
    /// Reads a piece of a row.
    pub(super) load: &'a (dyn Fn(&[T], &mut [E]) + Sync),
    /// Puts a finished piece of a row away; the piece may be spoilt on the way.
    pub(super) put: &'a (dyn Fn(&mut [E], &mut [T]) + Sync),
}

impl<E, T> Samples<'_, E, T> {
    pub(super) fn row_len(&self) -> usize {
        self.size.width() * self.channels
    }
}

/// The rows that bands see beyond their own, as they were before anything was blurred.
pub(super) struct Borders<T> {
    rows: Vec<T>,
    row_len: usize,
    reach: usize,
    band: usize,
}

impl<T: Copy> Borders<T> {
    /// Those within `reach` of the places where `data` is cut into bands of `band` rows.
    pub(super) fn new(data: &[T], row_len: usize, reach: usize, band: usize) -> Self {
        let (height, mut rows) = (data.len() / row_len, Vec::new());
        for cut in (band..height).step_by(band) {
            let end = (cut + reach).min(height);
            rows.extend_from_slice(&data[(cut - reach) * row_len..end * row_len]);
        }
        Self { rows, row_len, reach, band }
    }

    /// The row `offset` rows below the first of a band, mirrored at the ends of a picture of `height` rows.
    pub(super) fn row<'a>(&'a self, band: &'a [T], index: usize, offset: isize, height: usize) -> &'a [T] {
        let top = index * self.band;
        let y = mirrored(top as isize + offset, height);
        let (rows, at) = if (top..top + band.len() / self.row_len).contains(&y) {
            (band, y - top)
        } else {
            let cut = if y < top { index } else { index + 1 };
            (&self.rows[..], (cut - 1) * 2 * self.reach + y + self.reach - cut * self.band)
        };
        &rows[at * self.row_len..][..self.row_len]
    }
}
