//! The steps of noise removal in blocks of 8 × 8: the cosine transform along columns, along rows with shrinking in
//! between, and what the estimate of noise looks at. Rows come in two halves, samples at even and at odd places, so
//! that blocks two samples apart lie side by side.

use super::level::kernel;

/// Rows and columns of a block.
pub(crate) const SIDE: usize = 8;
/// Values handled together.
const LANES: usize = 8;

/// cos(k π / 16) / 2 for k from 1 to 7; the fourth is also the even parts' 1 / √8.
const C: [f32; 8] =
    [0.5, 0.490_392_64, 0.461_939_77, 0.415_734_8, 0.353_553_4, 0.277_785_1, 0.191_341_72, 0.097_545_16];

/// The orthonormal cosine transform of eight samples.
#[inline(always)]
fn forward(x: [f32; SIDE]) -> [f32; SIDE] {
    let [s0, s1, s2, s3] = [x[0] + x[7], x[1] + x[6], x[2] + x[5], x[3] + x[4]];
    let [d0, d1, d2, d3] = [x[0] - x[7], x[1] - x[6], x[2] - x[5], x[3] - x[4]];
    let [t0, t1, t2, t3] = [s0 + s3, s1 + s2, s0 - s3, s1 - s2];
    [
        (t0 + t1) * C[4],
        d0 * C[1] + d1 * C[3] + d2 * C[5] + d3 * C[7],
        t2 * C[2] + t3 * C[6],
        d0 * C[3] - d1 * C[7] - d2 * C[1] - d3 * C[5],
        (t0 - t1) * C[4],
        d0 * C[5] - d1 * C[1] + d2 * C[7] + d3 * C[3],
        t2 * C[6] - t3 * C[2],
        d0 * C[7] - d1 * C[5] + d2 * C[3] - d3 * C[1],
    ]
}

/// And back.
#[inline(always)]
fn inverse(y: [f32; SIDE]) -> [f32; SIDE] {
    let [t0, t1] = [(y[0] + y[4]) * C[4], (y[0] - y[4]) * C[4]];
    let [t2, t3] = [y[2] * C[2] + y[6] * C[6], y[2] * C[6] - y[6] * C[2]];
    let [s0, s1, s2, s3] = [t0 + t2, t1 + t3, t1 - t3, t0 - t2];
    let d0 = y[1] * C[1] + y[3] * C[3] + y[5] * C[5] + y[7] * C[7];
    let d1 = y[1] * C[3] - y[3] * C[7] - y[5] * C[1] - y[7] * C[5];
    let d2 = y[1] * C[5] - y[3] * C[1] + y[5] * C[7] + y[7] * C[3];
    let d3 = y[1] * C[7] - y[3] * C[5] + y[5] * C[3] - y[7] * C[1];
    [s0 + d0, s1 + d1, s2 + d2, s3 + d3, s3 - d3, s2 - d2, s1 - d1, s0 - d0]
}

#[inline(always)]
fn load(row: &[f32], at: usize) -> [f32; LANES] {
    std::array::from_fn(|i| row[at..at + LANES][i])
}

#[inline(always)]
fn each_lane(rows: [[f32; LANES]; SIDE], work: impl Fn([f32; SIDE]) -> [f32; SIDE]) -> [[f32; LANES]; SIDE] {
    let mut out = [[0.0; LANES]; SIDE];
    for i in 0..LANES {
        let column = work([
            rows[0][i], rows[1][i], rows[2][i], rows[3][i], rows[4][i], rows[5][i], rows[6][i], rows[7][i],
        ]);
        for k in 0..SIDE {
            out[k][i] = column[k];
        }
    }
    out
}

kernel! {
    /// Eight rows become their transform along columns. Whole vectors; `out` holds rows of `len` one after the other.
    pub(crate) fn columns(rows: [&[f32]; 8], len: usize, out: &mut [f32]) {
        for x in (0..len).step_by(LANES) {
            let values = each_lane(std::array::from_fn(|k| load(rows[k], x)), forward);
            for (k, values) in values.iter().enumerate() {
                out[k * len + x..][..LANES].copy_from_slice(values);
            }
        }
    }
}

kernel! {
    /// The way back from [`columns`], added to eight rows that lie `stride` apart.
    pub(crate) fn add_columns(coefficients: &[f32], len: usize, rows: &mut [f32], stride: usize) {
        for x in (0..len).step_by(LANES) {
            let values = each_lane(std::array::from_fn(|k| load(coefficients, k * len + x)), inverse);
            for (k, values) in values.iter().enumerate() {
                for (sum, value) in rows[k * stride + x..][..LANES].iter_mut().zip(values) {
                    *sum += value;
                }
            }
        }
    }
}

kernel! {
    /// Every block's row of coefficients: transformed along the row, shrunk towards nothing by what noise accounts
    /// for (`noise` is squared; the very first coefficient of a block, where `mean` says so, is let be), and
    /// transformed back. Block `b` starts at sample `b` of both halves; `out` holds sample `j` of all blocks in row `j`.
    pub(crate) fn shrink(even: &[f32], odd: &[f32], noise: &[f32], mean: bool, out: &mut [f32]) {
        let len = noise.len();
        for b in (0..len).step_by(LANES) {
            let samples = std::array::from_fn(|j| load(if j % 2 == 0 { even } else { odd }, b + j / 2));
            let mut values = each_lane(samples, forward);
            let noise = load(noise, b);
            for row in values.iter_mut().skip(usize::from(mean)) {
                for i in 0..LANES {
                    let power = row[i] * row[i];
                    row[i] *= (power - noise[i]).max(0.0) / (power + 1e-20);
                }
            }
            for (j, values) in each_lane(values, inverse).iter().enumerate() {
                out[j * len + b..][..LANES].copy_from_slice(values);
            }
        }
    }
}

kernel! {
    /// What the blocks say about one half of a row: the sum of the samples `parity`, `parity + 2` … of all blocks
    /// that cover a place. `blocks` is what [`shrink`] left; `out` is as long as a half, three more than blocks.
    pub(crate) fn gather(blocks: &[f32], parity: usize, out: &mut [f32]) {
        let len = blocks.len() / SIDE;
        out.fill(0.0);
        for shift in 0..SIDE / 2 {
            let samples = &blocks[(2 * shift + parity) * len..][..len];
            for (sum, value) in out[shift..].iter_mut().zip(samples) {
                *sum += value;
            }
        }
    }
}

kernel! {
    /// The response to the mask 1 -2 1 in both directions, without sign, for all but the first and last sample.
    pub(crate) fn roughness(above: &[f32], own: &[f32], below: &[f32], out: &mut [f32]) {
        let n = out.len();
        let parts = |row: &[f32], x: usize| row[x] - 2.0 * row[x + 1] + row[x + 2];
        let [above, own, below] = [&above[..n + 2], &own[..n + 2], &below[..n + 2]];
        for (x, out) in out.iter_mut().enumerate() {
            *out = (parts(above, x) - 2.0 * parts(own, x) + parts(below, x)).abs();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn the_transform_is_the_cosine_transform_and_comes_back() {
        let mut random = Random::new("cosine transform");
        let x: [f32; SIDE] = std::array::from_fn(|_| random.unit());
        let y = forward(x);
        for (k, y) in y.iter().enumerate() {
            let scale = if k == 0 { (1.0f64 / 8.0).sqrt() } else { 0.5 };
            let angle = |n: usize| (2 * n + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0;
            let sum: f64 = (0..SIDE).map(|n| f64::from(x[n]) * angle(n).cos()).sum();
            assert!((f64::from(*y) - scale * sum).abs() < 1e-6, "coefficient {k}, {random}");
        }
        assert!(inverse(y).iter().zip(x).all(|(a, b)| (a - b).abs() < 1e-6), "{random}");
    }
}
