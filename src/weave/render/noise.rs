//! Chance that depends on a seed and a place only, never on the order of drawing.

use super::math::{ease, mix};

/// A hash of three numbers.
pub(super) fn hash(a: u32, b: u32, c: u32) -> u32 {
    let mut h = a.wrapping_mul(0x9E37_79B1)
        ^ b.wrapping_mul(0x85EB_CA77).rotate_left(13)
        ^ c.wrapping_mul(0xC2B2_AE3D);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297A_2D39);
    h ^ h >> 15
}

/// A hash as a number from -1 to 1.
pub(super) fn signed(h: u32) -> f32 {
    (h >> 8) as f32 * (1.0 / 8_388_608.0) - 1.0
}

/// Smooth noise along a thread, from -1 to 1: a value each `step` crossings, eased between.
pub(super) fn along(seed: u32, thread: u32, place: u32, step: u32) -> f32 {
    let (knot, rest) = (place / step, place % step);
    let (a, b) = (signed(hash(seed, thread, knot)), signed(hash(seed, thread, knot.wrapping_add(1))));
    a + (b - a) * ease(rest as f32 / step as f32)
}

/// Smooth noise over the cloth, from -1 to 1.
pub(super) fn over(seed: u32, x: u32, y: u32, step: (u32, u32)) -> f32 {
    let (row, rest) = (y / step.1, y % step.1);
    let a = along(seed, row, x, step.0);
    let b = along(seed, row.wrapping_add(1), x, step.0);
    a + (b - a) * ease(rest as f32 / step.1 as f32)
}

/// [`over`] for a row of places: each knot of the noise is made once.
pub(super) fn over_row(seed: u32, (first, y): (u32, u32), step: (u32, u32), row: &mut [f32]) {
    let (line, down) = (y / step.1, ease((y % step.1) as f32 / step.1 as f32));
    let knot = |number: u32| {
        let at = |line: u32| signed(hash(seed, line, number));
        mix([at(line), at(line.wrapping_add(1))], down)
    };
    let mut number = first / step.0;
    let (mut from, mut to) = (knot(number), knot(number.wrapping_add(1)));
    for (i, value) in row.iter_mut().enumerate() {
        let place = first + i as u32;
        if place / step.0 != number {
            number = place / step.0;
            (from, to) = (to, knot(number.wrapping_add(1)));
        }
        *value = mix([from, to], ease((place % step.0) as f32 / step.0 as f32));
    }
}
