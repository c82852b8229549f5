//! The solids: face, hair, ornaments, dress.

use crate::march::{dent, ellipsoid, melt, rod, sphere};
use crate::maths::{V3, atan2, cos, ramp, sin, v2, v3};
use crate::noise::fbm;

/// The left eye as the wearer sees it; the other is its mirror image.
pub(super) const EYE: V3 = v3(0.3, 0.0, 0.5);
pub(super) const EYE_RADIUS: f32 = 0.215;

/// The right half of the face; `m` has its x folded over.
pub(super) fn face(m: V3) -> f32 {
    let skull = ellipsoid(m, v3(0.0, 0.22, -0.1), v3(0.8, 0.86, 0.84));
    let jaw = ellipsoid(m, v3(0.0, -0.36, 0.1), v3(0.535, 0.58, 0.6));
    let mut d = melt(skull, jaw, 0.34);
    d = melt(d, sphere(m, v3(0.31, -0.2, 0.42), 0.255), 0.22);
    d = melt(d, sphere(m, v3(0.0, -0.83, 0.42), 0.13), 0.22);
    d = dent(d, ellipsoid(m, v3(0.31, 0.02, 0.87), v3(0.24, 0.16, 0.16)), 0.14);
    d = melt(d, rod(m, v3(0.0, 0.12, 0.7), v3(0.0, -0.2, 0.86), 0.03, 0.06), 0.14);
    d = melt(d, sphere(m, v3(0.06, -0.225, 0.8), 0.045), 0.05);
    d = melt(d, lids(m), 0.025);
    d = melt(d, lips(m), 0.03);
    melt(d, ellipsoid(m, v3(0.79, -0.05, -0.06), v3(0.08, 0.2, 0.13)), 0.06)
}

/// The upper lid is a shell over the eye that ends in a slanting line, the lower one a shallow rim.
fn lids(m: V3) -> f32 {
    let q = m - EYE;
    let shell = q.length() - EYE_RADIUS - 0.026;
    let upper = lid_line(q) - q.y;
    let lower = q.y + 0.105 - 0.03 * ramp(-0.15, 0.2, q.x);
    shell.max(upper.min(lower))
}

/// Where the upper lid ends, over the eye.
pub(super) fn lid_line(q: V3) -> f32 {
    0.112 - 0.9 * (q.x + 0.02) * (q.x + 0.02) + 0.12 * q.x
}

pub(super) fn lips(m: V3) -> f32 {
    let m = v3(m.x, m.y - 2.0 * m.x * m.x, m.z);
    let upper = ellipsoid(m, v3(0.06, -0.49, 0.662), v3(0.105, 0.034, 0.07));
    let lower = ellipsoid(m, v3(0.0, -0.55, 0.664), v3(0.125, 0.05, 0.075));
    let corner = ellipsoid(m, v3(0.12, -0.512, 0.63), v3(0.05, 0.014, 0.035));
    melt(upper, corner, 0.03).min(lower)
}

pub(super) fn neck(p: V3) -> f32 {
    rod(p, v3(0.03, -0.55, -0.12), v3(0.0, -1.6, -0.16), 0.27, 0.31)
}

/// A cap parted in the middle, a knot on top, locks before the ears, and the length of it down the back.
pub(super) fn hair(q: V3, m: V3) -> f32 {
    let cap = ellipsoid(q, v3(0.0, 0.3, -0.16), v3(0.93, 0.92, 0.93));
    let opening = ellipsoid(m, v3(0.0, -0.3, 0.85), v3(0.7, 0.93, 0.85));
    let parting = v2(q.x, q.y - 1.22).length() - 0.03;
    let mut d = dent(dent(cap, opening, 0.1), parting.max(-q.z), 0.12);
    d = melt(d, rod(m, v3(0.6, 0.52, 0.46), v3(0.78, -0.1, 0.28), 0.13, 0.1), 0.16);
    d = melt(d, rod(m, v3(0.78, -0.1, 0.28), v3(0.76, -0.95, 0.22), 0.1, 0.035), 0.12);
    d = melt(d, ellipsoid(q, v3(0.0, -0.35, -0.5), v3(0.74, 1.1, 0.42)), 0.2);
    let knot =
        sphere(q, v3(0.0, 1.27, -0.3), 0.3).min(ellipsoid(m, v3(0.27, 1.2, -0.28), v3(0.25, 0.2, 0.2)));
    melt(d, knot, 0.07)
}

pub(super) fn pin(q: V3) -> f32 {
    let needle = rod(q, v3(-0.72, 1.22, -0.16), v3(0.7, 1.42, -0.2), 0.022, 0.022);
    let knob = sphere(q, v3(-0.74, 1.22, -0.16), 0.062);
    let drop = rod(q, v3(-0.74, 1.16, -0.16), v3(-0.76, 0.78, -0.1), 0.008, 0.008);
    let bead = (0..3).map(|n| sphere(q, v3(-0.745 - 0.006 * n as f32, 1.04 - 0.13 * n as f32, -0.14), 0.034));
    bead.fold(needle.min(knob).min(drop), f32::min)
}

pub(super) fn earring(m: V3) -> f32 {
    let ring = v2(v2(m.x - 0.83, m.y + 0.3).length() - 0.055, m.z + 0.02).length() - 0.014;
    ring.min(sphere(m, v3(0.83, -0.42, -0.02), 0.045))
}

/// Three red blossoms over the left temple.
pub(super) fn flowers(q: V3) -> f32 {
    let blossom = |centre: V3, size: f32, spin: f32| {
        let l = q - centre;
        let out = (centre - v3(0.0, 0.3, -0.9)).unit();
        let up = out.cross(v3(0.3, 0.2, 1.0)).unit();
        let side = out.cross(up);
        let (x, y, z) = (l.dot(up), l.dot(side), l.dot(out));
        let angle = atan2(y, x) + spin;
        let radius = size * (0.72 + 0.28 * cos(angle * 2.5).abs());
        let flat = v2(x, y).length();
        let cup = z - 0.35 * flat * flat / size;
        (flat - radius).max(cup.abs() - 0.02).max(l.length() - size * 1.3) * 0.7
    };
    blossom(v3(0.64, 0.82, 0.28), 0.22, 0.3).min(blossom(v3(0.455, 1.05, 0.18), 0.17, 1.0)).min(blossom(
        v3(0.81, 0.58, 0.19),
        0.15,
        2.0,
    ))
}

pub(super) fn torso(p: V3) -> f32 {
    let m = v3(p.x.abs(), p.y, p.z);
    let chest = ellipsoid(p, v3(0.0, -2.25, -0.12), v3(0.98, 0.95, 0.55));
    let shoulder = rod(m, v3(0.12, -1.42, -0.2), v3(0.98, -1.78, -0.2), 0.18, 0.3);
    let arm = rod(m, v3(0.98, -1.78, -0.2), v3(1.28, -3.0, -0.1), 0.3, 0.36);
    let fold =
        0.014 * sin(p.y * 9.0 + p.x.abs() * 7.0 + 2.0 * fbm(v2(p.x, p.y) * 2.0, 2, 3)) * ramp(0.3, 1.0, m.x);
    melt(melt(chest, shoulder, 0.3), arm, 0.14) - fold
}

/// Two bands from the shoulders that cross on the breast, the wearer's left over the right.
pub(super) fn collar(p: V3) -> f32 {
    let skin = torso(p);
    let band = |side: f32| {
        let across = p.x * side + (p.y + 2.02) * -0.46;
        (skin - 0.045).max((across - 0.02).abs() - 0.12).max(-p.z - 0.3).max(p.y + 1.22)
    };
    let left = band(1.0).max(-0.35 - p.x);
    let right = (band(-1.0) + 0.012).max(p.x - 0.1);
    left.min(right) * 0.8
}
