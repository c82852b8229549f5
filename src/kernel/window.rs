//! Sums over windows: columns that slide, and rows built from sums over powers of two.

use super::level::kernel;

kernel! {
    /// Add a row to the sums.
    pub(crate) fn enter(sums: &mut [f32], row: &[f32]) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
}

kernel! {
    /// Add the product of two rows to the sums.
    pub(crate) fn enter_product(sums: &mut [f32], p: &[f32], q: &[f32]) {
        for ((sum, p), q) in sums.iter_mut().zip(p).zip(q) {
            *sum += p * q;
        }
    }
}

kernel! {
    /// One row enters the sums, another leaves.
    pub(crate) fn slide(sums: &mut [f32], new: &[f32], old: &[f32]) {
        for ((sum, new), old) in sums.iter_mut().zip(new).zip(old) {
            *sum += new - old;
        }
    }
}

kernel! {
    /// The product of two rows enters, that of two others leaves.
    pub(crate) fn slide_product(sums: &mut [f32], new: [&[f32]; 2], old: [&[f32]; 2]) {
        let rows = new[0].iter().zip(new[1]).zip(old[0].iter().zip(old[1]));
        for (sum, ((p, q), (r, s))) in sums.iter_mut().zip(rows) {
            *sum += p * q - r * s;
        }
    }
}

kernel! {
    /// Each value times `gain`.
    pub(crate) fn scaled(row: &mut [f32], gain: f32) {
        for value in row {
            *value *= gain;
        }
    }
}

kernel! {
    /// `sums[x]` is the sum of `window` values of `padded` from `x` on. `padded` and `spare` are longer than
    /// `sums` by `window - 1`, and hold nothing of use afterwards.
    pub(crate) fn sums(padded: &mut [f32], spare: &mut [f32], sums: &mut [f32], window: usize) {
        let (mut current, mut next) = (padded, spare);
        let (mut from, mut power) = (0, 1);
        sums.fill(0.0);
        loop {
            if window & power != 0 {
                for (sum, value) in sums.iter_mut().zip(&current[from..]) {
                    *sum += value;
                }
                from += power;
            }
            if power * 2 > window {
                break;
            }
            let shifted = current.iter().zip(&current[power..]);
            for (to, (near, far)) in next.iter_mut().zip(shifted) {
                *to = near + far;
            }
            std::mem::swap(&mut current, &mut next);
            power *= 2;
        }
    }
}
