//! Silk, its trimming, and the garden behind.

use crate::canvas::hex;
use crate::maths::{V2, V3, atan2, cos, mix, pow, ramp, sin, v2};
use crate::noise::{chance, fbm};

/// Teal silk with gold roundels in staggered rows and a diaper of small crosses between them.
pub(super) fn brocade(p: V3) -> V3 {
    let flat = v2(p.x * 2.3 + 0.4 * p.z, p.y * 2.3);
    let row = (flat.y).floor();
    let cell = v2((flat.x + 0.5 * row.rem_euclid(2.0)).rem_euclid(1.0) - 0.5, flat.y - row - 0.5);
    let (r, angle) = (cell.length(), atan2(cell.y, cell.x));
    let petal = ramp(0.03, 0.0, r - 0.2 * (0.72 + 0.28 * cos(angle * 3.0).abs())) * ramp(0.05, 0.08, r);
    let ring = ramp(0.03, 0.012, (r - 0.31).abs()).max(ramp(0.02, 0.008, (r - 0.36).abs()));
    let heart = ramp(0.06, 0.045, r);
    let small = v2((flat.x * 6.0).rem_euclid(1.0) - 0.5, (flat.y * 6.0).rem_euclid(1.0) - 0.5);
    let cross = ramp(0.16, 0.1, small.x.abs().min(small.y.abs()).max(small.x.abs().max(small.y.abs()) - 0.2))
        * ramp(0.38, 0.42, r);
    let thread = 0.9 + 0.1 * sin(flat.x * 150.0) * sin(flat.y * 150.0);
    let silk = hex(0x0f5a5e).mix(hex(0x2b8a86), 0.3 * cross + 0.15 * fbm(flat, 3, 7));
    silk.mix(hex(0xe0aa48), ring.max(heart) * 0.9).mix(hex(0xd4553f), petal * 0.9) * thread
}

/// Cream with a gold edge and a running pattern.
pub(super) fn trim(p: V3) -> V3 {
    let side = if p.x + 0.35 > 0.0 && p.x - (p.y + 2.02) * 0.46 > -0.13 { 1.0 } else { -1.0 };
    let across = p.x * side - (p.y + 2.02) * 0.46 - 0.02;
    let edge = ramp(0.07, 0.085, across.abs());
    let run = ((p.y * 7.0).rem_euclid(1.0) - 0.5).abs();
    let motif = ramp(0.3, 0.22, run + across.abs() * 4.0);
    hex(0xf2e4cb).mix(hex(0xb5402f), motif * 0.85).mix(hex(0xc98f35), edge)
}

/// A garden out of focus: hills of green and gold, and discs of light between the leaves.
pub(super) fn garden(p: V2) -> V3 {
    let base =
        hex(0x3d5a45).mix(hex(0xc9a86a), ramp(520.0, 40.0, p.y + 0.5 * p.x - 60.0 * fbm(p * 0.006, 2, 9)));
    let leaves = base.mix(hex(0x24423e), ramp(-0.2, 0.5, fbm(p * 0.0085, 3, 10)) * 0.6);
    (0..46).fold(leaves, |sum, n| {
        let centre = v2(chance(n, 1, 11) * 520.0 - 20.0, pow(chance(n, 2, 11), 1.2) * 520.0 - 20.0);
        let radius = mix(10.0, 32.0, chance(n, 3, 11));
        let d = (p - centre).length();
        let disc = ramp(radius, radius - 5.0, d) * (0.75 + 0.25 * ramp(radius * 0.6, radius, d));
        let tint = hex(0xffe2a0).mix(hex(0xa8d08a), chance(n, 4, 11));
        sum + tint * (disc * mix(0.03, 0.16, chance(n, 5, 11)))
    })
}
