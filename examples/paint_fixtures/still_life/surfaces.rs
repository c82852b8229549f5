//! The colours of cloth and fruit, from noise and a little observation.

use crate::canvas::hex;
use crate::maths::{V3, atan2, ramp, sin, v2};
use crate::noise::{chance, fbm, fbm3, value};

/// Threads over and under, a woven stripe along the front, and a stain of age.
pub(super) fn linen(p: V3) -> V3 {
    let weave = 0.04 * sin(p.x * 130.0) * sin(p.z * 130.0);
    let age = 0.1 * fbm(v2(p.x, p.z) * 0.8, 4, 50);
    let base = hex(0x2f5f63) * (1.0 + 2.0 * weave + age);
    let z = p.z - 1.62;
    let edge = ramp(0.012, 0.004, (z.abs() - 0.17).abs()).max(ramp(0.012, 0.004, (z.abs() - 0.21).abs()));
    let cell = (p.x * 4.0).rem_euclid(1.0) - 0.5;
    let diamond = (cell.abs() * 0.25 + z.abs()) * 8.0;
    let motif = ramp(0.1, 0.04, (diamond - 0.85).abs()).max(ramp(0.45, 0.36, diamond));
    base.mix(hex(0xd9a441) * (1.0 + weave), (edge.max(motif * ramp(0.17, 0.16, z.abs()))) * 0.88)
}

pub(super) fn peel(p: V3) -> V3 {
    let pores = ramp(0.1, 0.6, value(v2(p.x + p.z, p.y) * 30.0, 7));
    let patch = 0.5 + 0.5 * fbm3(p * 2.2, 3, 70);
    hex(0xe06a08).mix(hex(0xf39a1e), patch) * (1.0 - 0.14 * pores)
}

/// Red over yellow, streaked from stalk to flower.
pub(super) fn apple_skin(q: V3) -> V3 {
    let turn = atan2(q.x, q.z);
    let streak = fbm(v2(turn * 9.0, q.y * 1.5), 4, 80);
    let blush = ramp(-0.5, 0.5, 0.5 * sin(turn + 0.6) + 0.75 * streak + 0.22);
    let top = ramp(0.2, 0.06, v2(q.x, q.z).length()) * ramp(0.0, 0.2, q.y);
    let dots =
        if chance((turn * 22.0).floor() as i32, (q.y * 24.0).floor() as i32, 5) < 0.1 { 0.12 } else { 0.0 };
    hex(0xd9b13a).mix(hex(0xa30f16), blush * 0.97).mix(hex(0x8a8a2c), top) + hex(0xffe0a0) * dots * 0.3
}

pub(super) fn pear_skin(q: V3) -> V3 {
    let speck = ramp(0.42, 0.6, value(v2(atan2(q.x, q.z) * 22.0, q.y * 26.0), 90));
    let blush = ramp(-0.2, 0.7, fbm3(q * 1.6, 3, 91) + 0.5 * q.x);
    hex(0xa9b23c).mix(hex(0xd39a3a), blush * 0.7).mix(hex(0x6d5a22), speck * 0.5)
}

/// Purple with bloom on it that fingers have rubbed off here and there.
pub(super) fn grape_skin(p: V3, n: V3, k: i32) -> V3 {
    let bloom = ramp(-0.15, 0.5, fbm3(p * 6.0, 3, 95)) * (0.4 + 0.4 * n.y.max(0.0));
    let tone = hex(0x3a0f38).mix(hex(0x57173a), chance(k, 0, 9));
    tone.mix(hex(0x8d86b5), bloom * 0.45)
}
