//! The head, modelled as a sculptor would: skull, face, jaw, then nose, lids and lips, each melted into the rest.
//! It looks to `+z`; from chin to crown it is 2.3 high, and the eyes are half way.

use super::shape::{carve, ellipsoid, melt, rod};
use crate::maths::{V3, bell, cos, ramp, sin, v2, v3};
use crate::noise::{fbm3, value};
use crate::trace::{Hit, Mesh, Surface, bumped, solid};

pub(crate) const EYE: V3 = v3(0.295, 0.0, 0.665);
pub(crate) const EYE_RADIUS: f32 = 0.160;
/// Elevations of the lids' edges, seen from the middle of the eye: the gaze is lowered.
pub(crate) const UPPER: f32 = -0.20;
const LOWER: f32 = -0.60;

/// The right half; the left one is its mirror image.
pub(crate) fn half(p: V3) -> V3 {
    v3(p.x.abs(), p.y, p.z)
}

pub(crate) fn distance(p: V3) -> f32 {
    let p = half(p);
    let mut d = skull(p);
    d = melt(d, nose(p), 0.10);
    d = nostrils(p, d);
    d = lids(p, d);
    d = mouth(p, d);
    d = melt(d, ear(p), 0.05);
    melt(d, neck(p), 0.22)
}

fn skull(p: V3) -> f32 {
    let mut d = ellipsoid(p, v3(0.0, 0.28, -0.14), v3(0.76, 0.88, 0.95));
    d = melt(d, ellipsoid(p, v3(0.0, -0.16, 0.26), v3(0.575, 0.84, 0.58)), 0.22);
    d = melt(d, ellipsoid(p, v3(0.0, 0.42, 0.36), v3(0.56, 0.44, 0.445)), 0.2);
    d = melt(d, rod(p, v3(0.42, -0.44, 0.10), v3(0.04, -0.92, 0.60), 0.155, 0.145), 0.25);
    d = melt(d, ellipsoid(p, v3(0.0, -0.965, 0.67), v3(0.145, 0.125, 0.135)), 0.2);
    d = melt(d, ellipsoid(p, v3(0.37, -0.25, 0.56), v3(0.21, 0.19, 0.19)), 0.25);
    d = melt(d, ellipsoid(p, v3(0.0, -0.60, 0.68), v3(0.29, 0.20, 0.172)), 0.2);
    d = carve(d, ellipsoid(p, v3(0.29, 0.03, 0.93), v3(0.21, 0.12, 0.15)), 0.16);
    d = melt(d, rod(p, v3(0.14, 0.17, 0.79), v3(0.47, 0.19, 0.63), 0.035, 0.03), 0.15);
    carve(d, ellipsoid(p, v3(0.0, -0.80, 0.96), v3(0.14, 0.05, 0.10)), 0.12)
}

fn nose(p: V3) -> f32 {
    let bridge = rod(p, v3(0.0, 0.13, 0.80), v3(0.0, -0.31, 1.025), 0.06, 0.072);
    let tip = ellipsoid(p, v3(0.0, -0.335, 1.03), v3(0.092, 0.082, 0.082));
    let wing = ellipsoid(p, v3(0.098, -0.375, 0.93), v3(0.062, 0.066, 0.085));
    let base = rod(p, v3(0.0, -0.36, 0.99), v3(0.0, -0.44, 0.87), 0.05, 0.03);
    let root = rod(p, v3(0.0, 0.13, 0.74), v3(0.0, -0.33, 0.89), 0.07, 0.12);
    melt(melt(melt(melt(bridge, root, 0.08), tip, 0.06), wing, 0.05), base, 0.05)
}

fn nostrils(p: V3, d: f32) -> f32 {
    let hole = rod(p, v3(0.048, -0.435, 0.975), v3(0.06, -0.39, 0.95), 0.022, 0.02);
    carve(d, hole, 0.03)
}

/// Lids are a shell around the eyeball, open between two planes through its sideways axis.
fn lids(p: V3, d: f32) -> f32 {
    let q = p - EYE;
    let socket = ellipsoid(p, EYE, v3(EYE_RADIUS * 1.13, EYE_RADIUS * 1.13, EYE_RADIUS * 1.13));
    let d = melt(d, socket, 0.07);
    // The crease above the lid, along a circle of the shell.
    let fold = ((q.y * cos(0.62) - q.z * sin(0.62)).abs())
        .max((q.length() - EYE_RADIUS * 1.2).abs() - 0.03)
        .max(q.x.abs() - 0.10);
    let fold = if q.z > 0.0 { fold + 0.002 } else { 1.0 };
    let d = carve(d, fold, 0.05);
    let tilt = 0.10 * q.x / EYE_RADIUS;
    let above = (q.y - tilt * 0.1) * cos(UPPER) - q.z * sin(UPPER);
    let below = -(q.y * cos(LOWER) - q.z * sin(LOWER));
    let slit = above.max(below).max(q.x.abs() - EYE_RADIUS * 1.02).max(-q.z);
    carve(d, slit, 0.016)
}

/// Height of the line between the lips, a shallow bow.
fn lip_line(x: f32) -> f32 {
    -0.634 + 0.012 * bell(x - 0.07, 0.06) + 0.42 * x * x
}

fn upper_lip(p: V3) -> f32 {
    melt(
        rod(p, v3(0.035, -0.592, 0.872), v3(0.235, -0.612, 0.748), 0.029, 0.010),
        ellipsoid(p, v3(0.0, -0.605, 0.875), v3(0.035, 0.03, 0.036)),
        0.03,
    )
}

fn lower_lip(p: V3) -> f32 {
    rod(p, v3(0.035, -0.683, 0.862), v3(0.21, -0.624, 0.755), 0.042, 0.012)
}

fn mouth(p: V3, d: f32) -> f32 {
    let lips = melt(upper_lip(p), lower_lip(p), 0.012);
    let d = melt(d, lips, 0.045);
    let line = (p.y - lip_line(p.x)).abs().max(p.x - 0.15).max(0.74 - p.z) - 0.004;
    let d = carve(d, line, 0.022);
    carve(d, rod(p, v3(0.0, -0.475, 0.92), v3(0.0, -0.55, 0.925), 0.012, 0.016), 0.05)
}

/// Turned out at the back, hollow in the middle.
fn ear(p: V3) -> f32 {
    let q = p - v3(0.735, -0.12, -0.10);
    let q = v3(q.x * cos(0.45) + q.z * sin(0.45), q.y - 0.15 * q.z, q.z * cos(0.45) - q.x * sin(0.45));
    let none = v3(0.0, 0.0, 0.0);
    let disc = ellipsoid(q, none, v3(0.055, 0.235, 0.135));
    let lobe = ellipsoid(q, v3(-0.01, -0.23, 0.045), v3(0.04, 0.075, 0.055));
    let hollow = ellipsoid(q, v3(0.06, 0.03, 0.0), v3(0.05, 0.155, 0.078));
    let fold = ellipsoid(q, v3(0.03, -0.02, -0.02), v3(0.025, 0.10, 0.02));
    melt(carve(melt(disc, lobe, 0.05), hollow, 0.03), fold, 0.03)
}

fn neck(p: V3) -> f32 {
    let column = rod(p, v3(0.0, -0.70, -0.18), v3(0.0, -2.1, -0.36), 0.37, 0.40);
    let cord = rod(p, v3(0.52, -0.52, -0.22), v3(0.10, -1.85, 0.02), 0.09, 0.06);
    melt(column, cord, 0.16)
}

pub(crate) fn mesh(cell: f32) -> Mesh {
    solid(v3(-0.9, -2.0, -1.2), v3(0.9, 1.25, 1.2), cell, distance)
}

/// How much of a place is lip, from 0 to 1.
fn lips(p: V3) -> f32 {
    let p = half(p);
    ramp(0.022, -0.004, upper_lip(p).min(lower_lip(p)))
}

/// Skin lets light in, and its red wanders farthest: hence the warm edge of every shadow.
pub(crate) fn skin(hit: &Hit, p: V3) -> Surface {
    let q = half(p);
    let red = 0.75 * bell((q - v3(0.40, -0.30, 0.68)).length(), 0.26)
        + 0.5 * bell((q - v3(0.0, -0.36, 1.08)).length(), 0.13)
        + 0.45 * bell((q - v3(0.0, -0.98, 0.82)).length(), 0.16)
        + 0.45 * bell((q - EYE).length(), 0.21);
    let uneven = fbm3(p * 4.0, 4, 3) * 0.10 + fbm3(p * 22.0, 2, 4) * 0.05;
    let base = v3(0.80, 0.515, 0.385).mix(v3(0.75, 0.29, 0.22), (0.55 * red + uneven).clamp(0.0, 1.0));
    let lip = lips(p);
    let crease = fbm3(v3(p.x * 40.0, p.y * 5.0, p.z * 5.0), 2, 5);
    let colour = base.mix(v3(0.55, 0.125, 0.105) * (1.0 + 0.15 * crease), 0.85 * lip);
    let colour = colour.mix(v3(0.12, 0.06, 0.045), brow(q, p) * 0.42);
    let rim = bell((q - EYE).length() - EYE_RADIUS * 1.07, 0.02) * lid_edge(q);
    let colour = colour.mix(v3(0.10, 0.045, 0.035), rim);
    let pores = |x: V3| 0.0011 * fbm3(x * 34.0, 2, 6) + 0.0006 * fbm3(x * 90.0, 1, 7);
    let normal = bumped(hit, 0.004, pores);
    let depth = v3(0.024, 0.013, 0.010);
    Surface { normal, depth, ..Surface::glossy(hit, colour, 0.03, 0.40 - 0.14 * lip) }
}

/// 1 along the edge of the upper lid, where lashes grow.
fn lid_edge(q: V3) -> f32 {
    let e = q - EYE;
    let above = e.y * cos(UPPER) - e.z * sin(UPPER);
    if e.z > 0.0 { ramp(0.016, 0.004, above.abs()) } else { 0.0 }
}

/// The middle of an eyebrow at a share of its length.
pub(crate) fn brow_line(t: f32) -> V3 {
    v3(0.115 + 0.40 * t, 0.195 + 0.125 * t - 0.135 * t * t * t, 0.9 - 0.3 * t * t)
}

fn brow(q: V3, p: V3) -> f32 {
    let t = ((q.x - 0.115) / 0.40).clamp(0.0, 1.0);
    let width = 0.036 * (1.0 - 0.75 * t) + 0.006;
    let off = (q.y - brow_line(t).y).abs();
    let ends = ramp(0.09, 0.15, q.x) * ramp(0.53, 0.44, q.x);
    let hairs = 0.75 + 0.25 * value(v2(p.x * 60.0 + p.y * 25.0, p.y * 12.0), 8);
    if q.z > 0.3 { ramp(width, width * 0.2, off) * ends * hairs } else { 0.0 }
}

/// White, iris and pupil, looking down a little, under a wet film.
pub(crate) fn eye(hit: &Hit, p: V3, side: f32) -> Surface {
    let e = (p - v3(EYE.x * side, EYE.y, EYE.z)).unit();
    let gaze = v3(0.0, -0.36, 0.93).unit();
    let off = (e - gaze).length();
    let white = v3(0.62, 0.56, 0.53);
    let iris = v3(0.085, 0.042, 0.02) * (1.0 + 0.5 * value(v2(e.x * 30.0, e.y * 30.0), 9));
    let colour = white.mix(iris, ramp(0.50, 0.46, off)).mix(v3(0.004, 0.003, 0.003), ramp(0.24, 0.20, off));
    Surface::glossy(hit, colour, 0.04, 0.08)
}

/// The place on the skin behind a place in front of the face.
pub(crate) fn onto(mut p: V3) -> V3 {
    for _ in 0..24 {
        p = p - v3(0.0, 0.0, 1.0) * (0.8 * distance(p));
    }
    p
}
