//! One gradient from those of three channels.

use super::gradient::round;
use super::level::kernel;

kernel! {
    /// Di Zenzo's gradient: the main axis of the mean of the channels' structure tensors, as long as the root
    /// of its eigenvalue, pointing with the sum of the channels. `dx` and `dy` are within ±13 000.
    pub(crate) fn main_axis(dx: [&[i16]; 3], dy: [&[i16]; 3], out_x: &mut [i16], out_y: &mut [i16]) {
        let len = out_x.len();
        let (dx, dy, out_y) = (dx.map(|row| &row[..len]), dy.map(|row| &row[..len]), &mut out_y[..len]);
        for x in 0..len {
            let (p, q) = (dx.map(|row| i32::from(row[x])), dy.map(|row| i32::from(row[x])));
            let sum = |a: [i32; 3], b: [i32; 3]| (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) as f32 / 3.0;
            let (e, f, g) = (sum(p, p), sum(p, q), sum(q, q));
            let apart = ((e - g) * (e - g) + 4.0 * f * f).sqrt();
            let value = 0.5 * (e + g + apart);
            // Twice the squares of the cosine and sine of the axis; without an axis it lies level.
            let cosine = if apart > 0.0 { 1.0 + (e - g) / apart } else { 2.0 };
            let along = (0.5 * value * cosine).max(0.0).sqrt();
            let down = (0.5 * value * (2.0 - cosine)).max(0.0).sqrt();
            let down = if f < 0.0 { -down } else { down };
            let with = along * (p[0] + p[1] + p[2]) as f32 + down * (q[0] + q[1] + q[2]) as f32;
            let sign = if with < 0.0 { -1.0 } else { 1.0 };
            out_x[x] = round(sign * along);
            out_y[x] = round(sign * down);
        }
    }
}

kernel! {
    /// The gradient of the channel where |dx| + |dy| is largest; of equals, the first.
    pub(crate) fn strongest_sum(dx: [&[i16]; 3], dy: [&[i16]; 3], out_x: &mut [i16], out_y: &mut [i16]) {
        strongest(dx, dy, out_x, out_y, |x, y| i32::from(x.abs() + y.abs()));
    }
}

kernel! {
    /// The gradient of the channel where dx² + dy² is largest; of equals, the first.
    pub(crate) fn strongest_squares(dx: [&[i16]; 3], dy: [&[i16]; 3], out_x: &mut [i16], out_y: &mut [i16]) {
        strongest(dx, dy, out_x, out_y, |x, y| i32::from(x) * i32::from(x) + i32::from(y) * i32::from(y));
    }
}

#[inline(always)]
fn strongest(
    dx: [&[i16]; 3],
    dy: [&[i16]; 3],
    out_x: &mut [i16],
    out_y: &mut [i16],
    norm: impl Fn(i16, i16) -> i32,
) {
    let len = out_x.len();
    let (dx, dy, out_y) = (dx.map(|row| &row[..len]), dy.map(|row| &row[..len]), &mut out_y[..len]);
    for x in 0..len {
        let (mut p, mut q) = (dx[0][x], dy[0][x]);
        let mut best = norm(p, q);
        for channel in 1..3 {
            let (a, b) = (dx[channel][x], dy[channel][x]);
            let steep = norm(a, b);
            let mask = -i16::from(steep > best);
            (p, q) = (p ^ ((p ^ a) & mask), q ^ ((q ^ b) & mask));
            best = best.max(steep);
        }
        (out_x[x], out_y[x]) = (p, q);
    }
}

kernel! {
    /// Add squares and product of the derivatives (Scharr's, to a sample) of a row. The three rows are one sample
    /// longer on either side.
    pub(crate) fn add_structure(rows: [&[f32]; 3], e: &mut [f32], f: &mut [f32], g: &mut [f32]) {
        let n = e.len();
        let [above, own, below] = rows.map(|row| &row[..n + 2]);
        let (f, g) = (&mut f[..n], &mut g[..n]);
        for i in 0..n {
            let level = own[i + 2] - own[i];
            let x = 3.0 * (above[i + 2] - above[i] + below[i + 2] - below[i]) + 10.0 * level;
            let edges = below[i] - above[i] + below[i + 2] - above[i + 2];
            let y = 3.0 * edges + 10.0 * (below[i + 1] - above[i + 1]);
            let (x, y) = (x * (1.0 / 32.0), y * (1.0 / 32.0));
            e[i] += x * x;
            f[i] += x * y;
            g[i] += y * y;
        }
    }
}

kernel! {
    /// Means of pairs of samples of two rows' sums; an odd last sample stands for two.
    pub(crate) fn mean_pairs(sums: &[f32], out: &mut [f32]) {
        let odd = sums.len() % 2 == 1;
        for (out, pair) in out.iter_mut().zip(sums.as_chunks::<2>().0) {
            *out = 0.25 * (pair[0] + pair[1]);
        }
        if odd && let (Some(out), Some(sum)) = (out.last_mut(), sums.last()) {
            *out = 0.5 * sum;
        }
    }
}

kernel! {
    /// Tensors of the same direction whose size grows only as the root of their trace: the weak are heard as well.
    pub(crate) fn tame(e: &mut [f32], f: &mut [f32], g: &mut [f32], floor: f32) {
        for ((e, f), g) in e.iter_mut().zip(f).zip(g) {
            let scale = 1.0 / ((*e + *g).max(0.0) + floor).sqrt();
            (*e, *f, *g) = (*e * scale, *f * scale, *g * scale);
        }
    }
}

/// The lesser eigenvector of a tensor, of length 1.
#[inline(always)]
pub(crate) fn tangent(e: f32, f: f32, g: f32) -> [f32; 2] {
    let d = e - g;
    let root = (d * d + 4.0 * f * f).sqrt();
    // Of the two forms of the eigenvector, the one that does not cancel.
    let (x, y) = if d >= 0.0 { (-2.0 * f, d + root) } else { (root - d, -2.0 * f) };
    let length = (x * x + y * y).sqrt();
    if length > 1e-12 { [x / length, y / length] } else { [1.0, 0.0] }
}

kernel! {
    /// Tangents of the tensors `near`, with some of `far` and a little of `base`.
    pub(crate) fn tangents(near: [&[f32]; 3], far: [&[f32]; 3], base: [f32; 3], share: f32, out: &mut [[f32; 2]]) {
        let n = out.len();
        let ([e, f, g], far) = (near.map(|row| &row[..n]), far.map(|row| &row[..n]));
        for (i, out) in out.iter_mut().enumerate() {
            let mixed = |own: f32, k: usize| own + share * far[k][i] + base[k];
            *out = tangent(mixed(e[i], 0), mixed(f[i], 1), mixed(g[i], 2));
        }
    }
}

kernel! {
    /// How far each tensor is to be trusted: 0 no direction, towards 1 a clean edge.
    pub(crate) fn anisotropy(near: [&[f32]; 3], floor: f32, out: &mut [f32]) {
        let n = out.len();
        let [e, f, g] = near.map(|row| &row[..n]);
        for (i, out) in out.iter_mut().enumerate() {
            let d = e[i] - g[i];
            *out = (d * d + 4.0 * f[i] * f[i]).sqrt() / (e[i] + g[i] + floor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tangent;
    use crate::test_support::Random;

    #[test]
    fn tangents_run_across_gradients() {
        let mut random = Random::new("kernel::tensor");
        for _ in 0..200 {
            let (y, x) = (random.unit() * 7.0).sin_cos();
            let [tx, ty] = tangent(x * x, x * y, y * y);
            assert!((tx * x + ty * y).abs() < 1e-3, "{x} {y}, {random}");
            assert!((tx * tx + ty * ty - 1.0).abs() < 1e-5, "{x} {y}, {random}");
        }
    }
}
