//! Rows enlarged: three weighted rows, and runs of three samples.

use super::level::kernel;

kernel! {
    /// The weighted sum of three rows.
    pub(crate) fn mix_rows(rows: [&[f32]; 3], weights: [f32; 3], out: &mut [f32]) {
        let n = out.len();
        let [a, b, c] = rows.map(|row| &row[..n]);
        for (x, out) in out.iter_mut().enumerate() {
            *out = weights[0] * a[x] + weights[1] * b[x] + weights[2] * c[x];
        }
    }
}

kernel! {
    /// Each value is the weighted sum of three neighbours, the first of them at its start.
    pub(crate) fn mix_runs(row: &[f32], runs: &[(u32, [f32; 3])], out: &mut [f32]) {
        for (out, (start, weights)) in out.iter_mut().zip(runs) {
            let run = &row[*start as usize..][..3];
            *out = weights[0] * run[0] + weights[1] * run[1] + weights[2] * run[2];
        }
    }
}
