//! Filters that run along lines, one sample after the other. Thirty-two lines lie side by side in a tile, so that a
//! step along all of them is a few vector instructions.

use super::exp::exp2;
use super::level::kernel;

/// Lines in a tile.
pub(crate) const LINES: usize = 32;
/// Samples of each line that are turned together: a quarter of the nearest cache.
const COLUMNS: usize = 64;

kernel! {
    /// Rows of `width` samples become the lines of a tile: `tile[x]` holds sample `x` of each. At most `LINES` rows.
    pub(crate) fn turn(rows: &[f32], width: usize, tile: &mut [f32]) {
        let (tile, _) = tile.as_chunks_mut::<LINES>();
        // A block of columns at a time, or every row would drag the whole tile through the cache.
        for (block, tile) in tile.chunks_mut(COLUMNS).enumerate() {
            for (line, row) in rows.chunks_exact(width).enumerate().take(LINES) {
                for (samples, value) in tile.iter_mut().zip(&row[block * COLUMNS..]) {
                    samples[line] = *value;
                }
            }
        }
    }
}

kernel! {
    /// The way back.
    pub(crate) fn turn_back(tile: &[f32], width: usize, rows: &mut [f32]) {
        let (tile, _) = tile.as_chunks::<LINES>();
        for (block, tile) in tile.chunks(COLUMNS).enumerate() {
            for (line, row) in rows.chunks_exact_mut(width).enumerate().take(LINES) {
                for (samples, value) in tile.iter().zip(&mut row[block * COLUMNS..]) {
                    *value = samples[line];
                }
            }
        }
    }
}

kernel! {
    /// Each value squared, `times` times.
    pub(crate) fn square(tile: &mut [f32], times: usize) {
        for _ in 0..times {
            for value in tile.iter_mut() {
                *value *= *value;
            }
        }
    }
}

kernel! {
    /// `sums` grows by how far `a` and `b` are apart.
    pub(crate) fn add_distance(sums: &mut [f32], a: &[f32], b: &[f32]) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += (a - b).abs();
        }
    }
}

kernel! {
    /// Distances become steps: one pixel, and `gain` for each unit of difference.
    pub(crate) fn step(distances: &mut [f32], gain: f32) {
        for value in distances {
            *value = 1.0 + gain * *value;
        }
    }
}

kernel! {
    /// Steps become what is left of a neighbour after them, each unit of a step taking `log2` in powers of two.
    pub(crate) fn decay(steps: &mut [f32], log2: f32) {
        for value in steps {
            *value = exp2(*value * log2);
        }
    }
}

kernel! {
    /// Along the lines and back, each sample takes over from the one before as much as `weights` says:
    /// `weights[n]` stands between samples `n - 1` and `n`.
    pub(crate) fn recurse(weights: &[f32], tile: &mut [f32]) {
        let (weights, _) = weights.as_chunks::<LINES>();
        let (tile, _) = tile.as_chunks_mut::<LINES>();
        let Some(first) = tile.first() else { return };
        let mut last = *first;
        for (samples, weights) in tile.iter_mut().zip(weights).skip(1) {
            for i in 0..LINES {
                last[i] = samples[i] + weights[i] * (last[i] - samples[i]);
            }
            *samples = last;
        }
        let mut carry = [0.0; LINES];
        for (samples, weights) in tile.iter_mut().zip(weights).rev() {
            for i in 0..LINES {
                last[i] = samples[i] + carry[i] * (last[i] - samples[i]);
            }
            *samples = last;
            carry = *weights;
        }
    }
}

kernel! {
    /// Make ready to solve, along each line, for samples near the given ones whose differences cost `weights`:
    /// `weights[n]`, between samples `n - 1` and `n`. The pivots' inverses, and what each row hands to the next.
    pub(crate) fn eliminate(weights: &[f32], pivots: &mut [f32], factors: &mut [f32]) {
        let (weights, _) = weights.as_chunks::<LINES>();
        let (pivots, _) = pivots.as_chunks_mut::<LINES>();
        let (factors, _) = factors.as_chunks_mut::<LINES>();
        let count = weights.len().min(pivots.len()).min(factors.len());
        let mut last = [0.0; LINES];
        for n in 0..count {
            let before = weights[n];
            let after = if n + 1 < count { weights[n + 1] } else { [0.0; LINES] };
            for i in 0..LINES {
                let before = if n == 0 { 0.0 } else { before[i] };
                let pivot = 1.0 / (1.0 + before + after[i] - before * last[i]);
                last[i] = after[i] * pivot;
                pivots[n][i] = pivot;
                factors[n][i] = last[i];
            }
        }
    }
}

kernel! {
    /// The solution that [`eliminate`] made ready for, in place of the given samples.
    pub(crate) fn solve(weights: &[f32], pivots: &[f32], factors: &[f32], tile: &mut [f32]) {
        let (weights, _) = weights.as_chunks::<LINES>();
        let (pivots, _) = pivots.as_chunks::<LINES>();
        let (factors, _) = factors.as_chunks::<LINES>();
        let (tile, _) = tile.as_chunks_mut::<LINES>();
        let mut last = [0.0; LINES];
        for (n, (samples, (weights, pivots))) in tile.iter_mut().zip(weights.iter().zip(pivots)).enumerate() {
            for i in 0..LINES {
                let before = if n == 0 { 0.0 } else { weights[i] * last[i] };
                last[i] = (samples[i] + before) * pivots[i];
            }
            *samples = last;
        }
        last = [0.0; LINES];
        for (samples, factors) in tile.iter_mut().zip(factors).rev() {
            for i in 0..LINES {
                last[i] = samples[i] + factors[i] * last[i];
            }
            *samples = last;
        }
    }
}
