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
