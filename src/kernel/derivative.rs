//! Weighted sums along and down rows of `f32`, and where their sign turns.

use super::level::kernel;

/// Sums that stay in registers while the weights pass.
const BLOCK: usize = 32;

/// `out[x]` is `weights[m] * at(m)[x]` plus, for k before the middle m, `weights[k]` times the sum of
/// `at(k)[x]` and `at(2m - k)[x]`. All sums of a place are made in this order, whether it lies in a block or in the
/// rest after the blocks.
#[inline(always)]
fn symmetric<'a>(weights: &[f32], at: impl Fn(usize) -> &'a [f32], out: &mut [f32], add: bool) {
    let middle = weights.len() / 2;
    let (blocks, rest) = out.as_chunks_mut::<BLOCK>();
    let done = blocks.len() * BLOCK;
    for (i, block) in blocks.iter_mut().enumerate() {
        let part = |k: usize| -> &[f32; BLOCK] { &at(k)[i * BLOCK..].as_chunks::<BLOCK>().0[0] };
        let (mut sums, centre) = ([0.0; BLOCK], part(middle));
        for x in 0..BLOCK {
            sums[x] = weights[middle] * centre[x];
        }
        for (k, weight) in weights[..middle].iter().enumerate() {
            let (near, far) = (part(k), part(2 * middle - k));
            for x in 0..BLOCK {
                sums[x] += weight * (near[x] + far[x]);
            }
        }
        for x in 0..BLOCK {
            block[x] = if add { block[x] + sums[x] } else { sums[x] };
        }
    }
    for (x, value) in (done..).zip(rest) {
        let pair = |k: usize| weights[k] * (at(k)[x] + at(2 * middle - k)[x]);
        let sum = (0..middle).fold(weights[middle] * at(middle)[x], |sum, k| sum + pair(k));
        *value = if add { *value + sum } else { sum };
    }
}

kernel! {
    /// `out[x]` is the sum of `weights[k] * padded[x + k]`. Weights are odd in number and symmetric.
    pub(crate) fn weigh_along(padded: &[f32], weights: &[f32], out: &mut [f32]) {
        let len = out.len();
        symmetric(weights, |k| &padded[k..k + len], out, false);
    }
}

kernel! {
    /// Add the sum of `weights[k] * rows[k][x]` to `out[x]`. Weights are odd in number and symmetric.
    pub(crate) fn add_weighted_rows(rows: &[&[f32]], weights: &[f32], out: &mut [f32]) {
        symmetric(weights, |k| rows[k], out, true);
    }
}

/// 1 where the sign turns between `here` and `there` by more than `least`, and `here` is nearer to zero.
#[inline(always)]
fn turns(here: f32, there: f32, least: f32, tie: bool) -> u8 {
    let nearer = (here.abs() < there.abs()) | (tie & (here.abs() == there.abs()));
    u8::from(((here < 0.0) != (there < 0.0)) & ((here - there).abs() > least) & nearer)
}

kernel! {
    /// 1 where the middle row crosses zero towards one of its four neighbours. Rows are one longer than
    /// `classes` on either side.
    pub(crate) fn crossings(rows: [&[f32]; 3], least: f32, classes: &mut [u8]) {
        let len = classes.len();
        let [up, mid, down] = rows;
        let (up, down) = (&up[1..=len], &down[1..=len]);
        let (left, here, right) = (&mid[..len], &mid[1..=len], &mid[2..len + 2]);
        for x in 0..len {
            let before = turns(here[x], left[x], least, false) | turns(here[x], up[x], least, false);
            let after = turns(here[x], right[x], least, true) | turns(here[x], down[x], least, true);
            classes[x] = before | after;
        }
    }
}
