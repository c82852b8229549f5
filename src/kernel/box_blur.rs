//! Running sums, down columns and along rows, eight rows at a time.
//!
//! Sums run in `f64`: of samples of ordinary range they are exact or lose what an `f32` cannot show, so nothing
//! drifts however wide the picture is. The eight rows lie beside each other in *lanes* (`lanes[x * 8 + row]`), so
//! the sum along a row, where each step needs the one before, becomes eight sums in one vector.

use super::level::kernel;

/// Rows that are worked on together.
pub(crate) const LANES: usize = 8;

/// A window of whole samples, and the share of the two samples just outside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Samples to either side of the middle.
    pub(crate) reach: usize,
    /// How much of the next sample belongs to it, 0 to 1.
    pub(crate) rest: f64,
}

impl Window {
    fn scale(self) -> f64 {
        1.0 / ((2 * self.reach + 1) as f64 + 2.0 * self.rest)
    }
}

kernel! {
    /// Add a row to the sums of its columns.
    pub(crate) fn add_row(sums: &mut [f64], row: &[f32]) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += f64::from(*value);
        }
    }
}

kernel! {
    /// Means of columns. `rows` are the eight rows that enter the window and the one that will enter next,
    /// `left` the eight that leave it.
    pub(crate) fn column_means(
        sums: &mut [f64],
        rows: &[&[f32]; LANES + 1],
        left: &[&[f32]; LANES],
        window: Window,
        lanes: &mut [f32],
    ) {
        let (len, scale) = (sums.len(), window.scale());
        let rows = rows.map(|row| &row[..len]);
        let left = left.map(|row| &row[..len]);
        for (x, (sum, lanes)) in sums.iter_mut().zip(lanes.as_chunks_mut::<LANES>().0).enumerate() {
            for (k, lane) in lanes.iter_mut().enumerate() {
                let (leaves, next) = (f64::from(left[k][x]), f64::from(rows[k + 1][x]));
                *sum += f64::from(rows[k][x]) - leaves;
                *lane = ((*sum + window.rest * (leaves + next)) * scale) as f32;
            }
        }
    }
}

kernel! {
    /// Means along rows. `padded` has `reach + 1` columns more than `means` at either end.
    pub(crate) fn row_means(padded: &[f32], window: Window, means: &mut [f32]) {
        let scale = window.scale();
        let padded = padded.as_chunks::<LANES>().0;
        let (means, span) = (means.as_chunks_mut::<LANES>().0, 2 * window.reach + 1);
        let mut sums = [0f64; LANES];
        for column in &padded[..span] {
            for (sum, value) in sums.iter_mut().zip(column) {
                *sum += f64::from(*value);
            }
        }
        let ends = padded[span..].iter().zip(&padded[span + 1..]);
        for ((mean, leaves), (enters, next)) in means.iter_mut().zip(padded).zip(ends) {
            for k in 0..LANES {
                let leaves = f64::from(leaves[k]);
                sums[k] += f64::from(enters[k]) - leaves;
                mean[k] = ((sums[k] + window.rest * (leaves + f64::from(next[k]))) * scale) as f32;
            }
        }
    }
}

kernel! {
    /// One of the eight rows, out of the lanes.
    pub(crate) fn lane(lanes: &[f32], index: usize, row: &mut [f32]) {
        for (value, lanes) in row.iter_mut().zip(lanes.as_chunks::<LANES>().0) {
            *value = lanes[index];
        }
    }
}
