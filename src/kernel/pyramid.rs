//! Rows of Gaussian and Laplacian pyramids (Burt and Adelson, 1983): the filter 1 4 6 4 1 down, and up again.
//!
//! A row is cut into its even and its odd pixels first; then halving and doubling are plain sums of neighbours.
//! Beyond either end both halves hold one pixel more, mirrored, so that sums need no special case.

use super::level::kernel;

/// A row as its even and odd pixels, with one mirrored pixel before and after each: pixel `2i` is `even[i + 1]`.
pub(crate) fn split(row: &[f32], even: &mut [f32], odd: &mut [f32]) {
    let (w, half) = (row.len(), row.len().div_ceil(2));
    for ((e, o), pair) in even[1..].iter_mut().zip(&mut odd[1..]).zip(row.chunks(2)) {
        *e = pair[0];
        *o = pair[pair.len() - 1];
    }
    let at = |x: isize| {
        let x = if x < 0 { -1 - x } else { x } as usize;
        row[if x < w { x } else { (2 * w - 1).saturating_sub(x) }.min(w - 1)]
    };
    let end = 2 * half as isize;
    (even[0], odd[0], even[half + 1], odd[half + 1]) = (at(-2), at(-1), at(end), at(end + 1));
}

kernel! {
    /// A row of half the width from a split one.
    pub(crate) fn halve(even: &[f32], odd: &[f32], out: &mut [f32]) {
        let n = out.len();
        let (before, here, after) = (&even[..n], &even[1..n + 1], &even[2..n + 2]);
        let (left, right) = (&odd[..n], &odd[1..n + 1]);
        for i in 0..n {
            out[i] = (before[i] + after[i] + 6.0 * here[i] + 4.0 * (left[i] + right[i])) * (1.0 / 16.0);
        }
    }
}

kernel! {
    /// The same down the columns: five rows become one.
    pub(crate) fn halve_down(rows: [&[f32]; 5], out: &mut [f32]) {
        let n = out.len();
        let [a, b, c, d, e] = rows.map(|row| &row[..n]);
        for i in 0..n {
            out[i] = (a[i] + e[i] + 6.0 * c[i] + 4.0 * (b[i] + d[i])) * (1.0 / 16.0);
        }
    }
}

kernel! {
    /// An even row between coarse rows: the rows above, at and below it.
    pub(crate) fn double_even(a: &[f32], b: &[f32], c: &[f32], out: &mut [f32]) {
        let n = out.len();
        let (a, b, c) = (&a[..n], &b[..n], &c[..n]);
        for i in 0..n {
            out[i] = (a[i] + c[i] + 6.0 * b[i]) * 0.125;
        }
    }
}

kernel! {
    /// An odd row between coarse rows: those above and below it.
    pub(crate) fn double_odd(a: &[f32], b: &[f32], out: &mut [f32]) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = (a + b) * 0.5;
        }
    }
}

kernel! {
    /// Along the row: a coarse row with one pixel more on either side becomes even and odd pixels.
    pub(crate) fn double(coarse: &[f32], even: &mut [f32], odd: &mut [f32]) {
        let n = even.len();
        let (a, b, c) = (&coarse[..n], &coarse[1..n + 1], &coarse[2..n + 2]);
        let odd = &mut odd[..n];
        for i in 0..n {
            even[i] = (a[i] + c[i] + 6.0 * b[i]) * 0.125;
            odd[i] = (b[i] + c[i]) * 0.5;
        }
    }
}

/// Even and odd pixels, without margins, become a row.
pub(crate) fn join(even: &[f32], odd: &[f32], row: &mut [f32]) {
    for ((pair, e), o) in row.chunks_mut(2).zip(even).zip(odd) {
        pair[0] = *e;
        if let Some(last) = pair.get_mut(1) {
            *last = *o;
        }
    }
}
