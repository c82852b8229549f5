//! First differences of 8-bit rows, in integers.
//!
//! Source rows are padded: `aperture / 2` pixels longer than the result on either side. All sums fit: an
//! aperture of 5 reaches 12 240, one of 7 reaches 163 200 and is brought back to 16 bits at the end.

use super::level::kernel;

/// To the nearest whole number, for values well within 16 bits: a large number added and taken away again
/// leaves no place for a fraction.
#[inline(always)]
pub(super) fn round(value: f32) -> i16 {
    const LARGE: f32 = 12_582_912.0;
    ((value + LARGE).to_bits() as i32 - LARGE.to_bits() as i32) as i16
}

/// `SIDE, CENTRE, SIDE` across, minus one to plus one along.
#[inline(always)]
fn cross<const SIDE: i16, const CENTRE: i16>(rows: [&[u8]; 3], dx: &mut [i16], dy: &mut [i16]) {
    let len = dx.len();
    let dy = &mut dy[..len];
    let [a, b, c] = rows;
    let [a0, a1, a2] = [&a[..len], &a[1..=len], &a[2..len + 2]];
    let [b0, b2] = [&b[..len], &b[2..len + 2]];
    let [c0, c1, c2] = [&c[..len], &c[1..=len], &c[2..len + 2]];
    for x in 0..len {
        let at = |row: &[u8]| i16::from(row[x]);
        let (falling, rising) = (at(c2) - at(a0), at(c0) - at(a2));
        dx[x] = SIDE * (falling - rising) + CENTRE * (at(b2) - at(b0));
        dy[x] = SIDE * (falling + rising) + CENTRE * (at(c1) - at(a1));
    }
}

kernel! {
    /// Sobel, aperture 3.
    pub(crate) fn sobel3(rows: [&[u8]; 3], dx: &mut [i16], dy: &mut [i16]) {
        cross::<1, 2>(rows, dx, dy);
    }
}

kernel! {
    /// Scharr, the 3×3 operator that tells directions best.
    pub(crate) fn scharr(rows: [&[u8]; 3], dx: &mut [i16], dy: &mut [i16]) {
        cross::<3, 10>(rows, dx, dy);
    }
}

kernel! {
    /// Prewitt: all three rows weigh the same.
    pub(crate) fn prewitt(rows: [&[u8]; 3], dx: &mut [i16], dy: &mut [i16]) {
        cross::<1, 1>(rows, dx, dy);
    }
}

kernel! {
    /// Down the columns for Sobel, aperture 5: smoothed and differenced. All rows are of one length.
    pub(crate) fn columns5(rows: [&[u8]; 5], smooth: &mut [i16], diff: &mut [i16]) {
        let len = smooth.len();
        let diff = &mut diff[..len];
        let [a, b, c, d, e] = rows.map(|row| &row[..len]);
        for x in 0..len {
            let at = |row: &[u8]| i16::from(row[x]);
            smooth[x] = at(a) + at(e) + 4 * (at(b) + at(d)) + 6 * at(c);
            diff[x] = at(e) - at(a) + 2 * (at(d) - at(b));
        }
    }
}

kernel! {
    /// Along the rows for Sobel, aperture 5, from what `columns5` gave.
    pub(crate) fn rows5(smooth: &[i16], diff: &[i16], dx: &mut [i16], dy: &mut [i16]) {
        let len = dx.len();
        let dy = &mut dy[..len];
        let s = [0, 1, 3, 4].map(|i| &smooth[i..i + len]);
        let d = [0, 1, 2, 3, 4].map(|i| &diff[i..i + len]);
        for x in 0..len {
            dx[x] = s[3][x] - s[0][x] + 2 * (s[2][x] - s[1][x]);
            dy[x] = d[0][x] + d[4][x] + 4 * (d[1][x] + d[3][x]) + 6 * d[2][x];
        }
    }
}

kernel! {
    /// Down the columns for Sobel, aperture 7.
    pub(crate) fn columns7(rows: [&[u8]; 7], smooth: &mut [i16], diff: &mut [i16]) {
        let len = smooth.len();
        let diff = &mut diff[..len];
        let [a, b, c, d, e, f, g] = rows.map(|row| &row[..len]);
        for x in 0..len {
            let at = |row: &[u8]| i16::from(row[x]);
            smooth[x] = at(a) + at(g) + 6 * (at(b) + at(f)) + 15 * (at(c) + at(e)) + 20 * at(d);
            diff[x] = at(g) - at(a) + 4 * (at(f) - at(b)) + 5 * (at(e) - at(c));
        }
    }
}

/// Both gradients for an aperture of 7, each through `finish`.
#[inline(always)]
fn along7(smooth: &[i16], diff: &[i16], dx: &mut [i16], dy: &mut [i16], finish: impl Fn(i32) -> i16) {
    let len = dx.len();
    let dy = &mut dy[..len];
    let s = [0, 1, 2, 4, 5, 6].map(|i| &smooth[i..i + len]);
    let d = [0, 1, 2, 3, 4, 5, 6].map(|i| &diff[i..i + len]);
    for x in 0..len {
        let s = |i: usize| i32::from(s[i][x]);
        let d = |i: usize| i32::from(d[i][x]);
        dx[x] = finish(s(5) - s(0) + 4 * (s(4) - s(1)) + 5 * (s(3) - s(2)));
        dy[x] = finish(d(0) + d(6) + 6 * (d(1) + d(5)) + 15 * (d(2) + d(4)) + 20 * d(3));
    }
}

kernel! {
    /// Along the rows for Sobel, aperture 7; what does not fit 16 bits is held at their ends.
    pub(crate) fn rows7(smooth: &[i16], diff: &[i16], dx: &mut [i16], dy: &mut [i16]) {
        along7(smooth, diff, dx, dy, |v| v.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16);
    }
}

kernel! {
    /// The same, divided by 16 and rounded, halves to even: all of it fits.
    pub(crate) fn rows7_sixteenth(smooth: &[i16], diff: &[i16], dx: &mut [i16], dy: &mut [i16]) {
        along7(smooth, diff, dx, dy, |v| ((v + 7 + ((v >> 4) & 1)) >> 4) as i16);
    }
}

kernel! {
    /// |dx| + |dy|.
    pub(crate) fn sums(dx: &[i16], dy: &[i16], out: &mut [u16]) {
        for (out, (dx, dy)) in out.iter_mut().zip(dx.iter().zip(dy)) {
            *out = dx.unsigned_abs() + dy.unsigned_abs();
        }
    }
}

kernel! {
    /// √(dx² + dy²), rounded down.
    pub(crate) fn lengths(dx: &[i16], dy: &[i16], out: &mut [u16]) {
        for (out, (dx, dy)) in out.iter_mut().zip(dx.iter().zip(dy)) {
            let (dx, dy) = (i32::from(*dx), i32::from(*dy));
            *out = ((dx * dx + dy * dy) as f32).sqrt() as i32 as u16;
        }
    }
}

/// `value`, held within ±8191; no number at all becomes one of the two.
#[expect(clippy::manual_clamp, reason = "clamp would let through what is no number")]
#[inline(always)]
fn held(value: f32) -> i16 {
    round(value.max(-8191.0).min(8191.0))
}

/// What a step from black to white is in the derivatives of planes from 0 to 1, whatever the operator.
pub(crate) const FULL_STEP: i16 = 8160;

/// The same window on values from 0 to 1. Values that are no such numbers do no harm beyond their neighbours.
#[inline(always)]
fn cross_fine<const SIDE: i16, const CENTRE: i16>(rows: [&[f32]; 3], dx: &mut [i16], dy: &mut [i16]) {
    let (side, centre) = (f32::from(SIDE), f32::from(CENTRE));
    let gain = f32::from(FULL_STEP) / (2.0 * side + centre);
    let len = dx.len();
    let dy = &mut dy[..len];
    let [a, b, c] = rows;
    let [a0, a1, a2] = [&a[..len], &a[1..=len], &a[2..len + 2]];
    let [b0, b2] = [&b[..len], &b[2..len + 2]];
    let [c0, c1, c2] = [&c[..len], &c[1..=len], &c[2..len + 2]];
    for x in 0..len {
        let (falling, rising) = (c2[x] - a0[x], c0[x] - a2[x]);
        dx[x] = held(gain * (side * (falling - rising) + centre * (b2[x] - b0[x])));
        dy[x] = held(gain * (side * (falling + rising) + centre * (c1[x] - a1[x])));
    }
}

kernel! {
    /// Sobel, aperture 3, of values from 0 to 1.
    pub(crate) fn sobel3_fine(rows: [&[f32]; 3], dx: &mut [i16], dy: &mut [i16]) {
        cross_fine::<1, 2>(rows, dx, dy);
    }
}

kernel! {
    /// Scharr of values from 0 to 1.
    pub(crate) fn scharr_fine(rows: [&[f32]; 3], dx: &mut [i16], dy: &mut [i16]) {
        cross_fine::<3, 10>(rows, dx, dy);
    }
}

kernel! {
    /// Prewitt of values from 0 to 1.
    pub(crate) fn prewitt_fine(rows: [&[f32]; 3], dx: &mut [i16], dy: &mut [i16]) {
        cross_fine::<1, 1>(rows, dx, dy);
    }
}

kernel! {
    /// `unit` times |dx| + |dy|.
    pub(crate) fn scaled_sums(dx: &[i16], dy: &[i16], unit: f32, out: &mut [f32]) {
        for (out, (dx, dy)) in out.iter_mut().zip(dx.iter().zip(dy)) {
            *out = unit * (i32::from(*dx).abs() + i32::from(*dy).abs()) as f32;
        }
    }
}

kernel! {
    /// `unit` times √(dx² + dy²).
    pub(crate) fn scaled_lengths(dx: &[i16], dy: &[i16], unit: f32, out: &mut [f32]) {
        for (out, (dx, dy)) in out.iter_mut().zip(dx.iter().zip(dy)) {
            let (dx, dy) = (f32::from(*dx), f32::from(*dy));
            *out = unit * (dx * dx + dy * dy).sqrt();
        }
    }
}
