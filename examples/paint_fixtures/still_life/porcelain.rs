//! Cobalt under the glaze: what is painted on the vase and the cup.
//!
//! A surface is unrolled to a turn and a height; a pattern says how much ink there is, 0 to 1.

use crate::canvas::hex;
use crate::maths::{V2, V3, atan2, bell, cos, ramp, sin, v2};
use crate::noise::fbm3;

/// Cobalt on white: bands, lotus petals at the foot and shoulder, peonies on a scrolling vine round the belly.
pub(super) fn porcelain(at: V2, p: V3) -> V3 {
    let (turn, y) = (at.x / std::f32::consts::TAU, at.y);
    let line = |h: f32, w: f32| ramp(w, w * 0.5, (y - h).abs());
    let rings = [
        (0.08, 0.02),
        (0.13, 0.01),
        (0.46, 0.016),
        (0.5, 0.008),
        (1.4, 0.008),
        (1.44, 0.016),
        (1.72, 0.012),
        (2.08, 0.012),
        (2.17, 0.03),
    ];
    let mut ink = rings.iter().map(|&(h, w)| line(h, w)).fold(0.0, f32::max);
    ink = ink.max(petals(turn * 14.0, (y - 0.15) / 0.29)).max(petals(turn * 10.0 + 0.5, (1.7 - y) / 0.24));
    ink = ink.max(vine(turn * 4.0 + 0.12, (y - 0.94) / 0.4)).max(fret(turn * 16.0, (y - 1.9) / 0.13));
    let wash = 0.72 + 0.3 * fbm3(p * 7.0, 3, 60);
    let white = hex(0xe9edee) * (1.0 + 0.02 * fbm3(p * 3.0, 3, 61));
    white.mix(
        hex(0x1a44b8).mix(hex(0x0d1f74), wash.clamp(0.0, 1.0)),
        (ink * (0.6 + 0.6 * wash)).clamp(0.0, 0.98),
    )
}

/// A row of pointed petals with an outline and a drop inside; `v` runs from root to tip.
pub(super) fn petals(u: f32, v: f32) -> f32 {
    if !(0.0..1.0).contains(&v) {
        return 0.0;
    }
    let x = (u.rem_euclid(1.0) - 0.5).abs() * 2.0;
    let border = 0.92 * (1.0 - v * v).sqrt();
    let outline = ramp(0.14, 0.05, (x - border).abs());
    let drop = ramp(0.34, 0.22, v2(x * 1.1, (v - 0.42) * 1.1).length());
    outline.max(drop * 0.75)
}

/// Peonies in a wave of stem with leaves and curls.
fn vine(u: f32, v: f32) -> f32 {
    let wave = 0.62 * sin(u * std::f32::consts::TAU);
    let inside = ramp(1.12, 1.0, v.abs());
    let stem = ramp(0.085, 0.04, (v - wave).abs());
    let cell = u.rem_euclid(0.5) - 0.25;
    let upward = if u.rem_euclid(1.0) < 0.5 { 1.0 } else { -1.0 };
    let q = v2(cell * 5.6, v - 0.1 * upward);
    let flower = peony(q);
    let mut leaves = 0.0_f32;
    for n in 0..4 {
        let angle = 0.8 + n as f32 * 1.57;
        let seat = v2(cos(angle) * 0.98, sin(angle) * 0.72);
        let d = (q - seat).turned(-angle - 0.5);
        leaves =
            leaves.max(ramp(1.0, 0.75, v2(d.x / 0.3, d.y / 0.13).length()) * (1.0 - 0.6 * bell(d.y, 0.02)));
        let curl = v2(d.x - 0.1, d.y - 0.24).length();
        leaves = leaves.max(ramp(0.05, 0.015, (curl - 0.1).abs()) * 0.8);
    }
    (flower.max(if q.length() < 0.62 { 0.0 } else { stem.max(leaves) })) * inside
}

fn peony(q: V2) -> f32 {
    let (angle, r) = (atan2(q.y, q.x), q.length());
    let layer = |lobes: f32, radius: f32, twist: f32| {
        let edge = radius * (0.86 + 0.14 * cos((angle + twist) * lobes).abs());
        let line = ramp(0.06, 0.02, (r - edge).abs());
        let shade = ramp(edge - 0.16, edge, r) * ramp(edge + 0.01, edge - 0.01, r) * 0.55;
        line.max(shade)
    };
    layer(4.0, 0.6, 0.0).max(layer(3.0, 0.4, 0.5)).max(layer(2.5, 0.22, 0.2)).max(ramp(0.1, 0.06, r))
}

/// A key fret round the neck.
fn fret(u: f32, v: f32) -> f32 {
    if v.abs() > 1.0 {
        return 0.0;
    }
    let q = v2(u.rem_euclid(1.0) - 0.5, v * 0.5);
    let ring = q.x.abs().max(q.y.abs());
    ramp(0.075, 0.04, (ring - 0.38).abs()).max(ramp(0.075, 0.04, (ring - 0.16).abs()) * ramp(-0.1, 0.0, q.x))
}
