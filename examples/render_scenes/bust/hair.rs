//! Hair, combed back from the forehead to a high knot: thousands of thin ribbons above a dark ground.

use std::f32::consts::TAU;

use super::head::{EYE, EYE_RADIUS, UPPER, brow_line, onto};
use super::shape::{ellipsoid, melt};
use crate::maths::{V3, cos, mix, ramp, sin, v3};
use crate::noise::{Dice, fbm3};
use crate::trace::{Hit, Mesh, Surface};

pub(crate) const KNOT: V3 = v3(0.0, 1.10, -0.58);
/// The hairline, from the middle of the forehead over temple and ear to the nape.
const LINE: [V3; 7] = [
    v3(0.0, 0.65, 0.78),
    v3(0.34, 0.655, 0.62),
    v3(0.555, 0.43, 0.45),
    v3(0.63, 0.10, 0.28),
    v3(0.72, 0.02, -0.05),
    v3(0.62, -0.30, -0.40),
    v3(0.0, -0.52, -0.86),
];

/// Where combed hair lies: a little off the skull, and full at the sides.
fn scalp(p: V3) -> f32 {
    let p = v3(p.x.abs(), p.y, p.z);
    let top = ellipsoid(p, v3(0.0, 0.30, -0.13), v3(0.775, 0.89, 0.97));
    let front = ellipsoid(p, v3(0.0, 0.42, 0.36), v3(0.575, 0.46, 0.455));
    melt(top, front, 0.2)
}

/// The point of the scalp in a direction from the middle of the head, `lift` above it.
pub(crate) fn on_scalp(towards: V3, lift: f32) -> V3 {
    let d = towards.unit();
    let (mut low, mut high) = (0.2, 2.0);
    for _ in 0..18 {
        let middle = (low + high) * 0.5;
        if scalp(d * middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    d * (low + lift)
}

/// A curve through the points of the hairline (Catmull and Rom, 1974).
fn hairline(s: f32) -> V3 {
    let at = (s * 6.0).clamp(0.0, 5.999);
    let (n, f) = (at as usize, at - at.floor());
    let point = |k: usize| LINE[(n + k).saturating_sub(1).min(6)];
    let [a, b, c, d] = [point(0), point(1), point(2), point(3)];
    b + ((c - a) + (a * 2.0 - b * 5.0 + c * 4.0 - d + ((b - c) * 3.0 + d - a) * f) * f) * (0.5 * f)
}

/// The way of a strand from the hairline to the knot: `s` tells where it starts, `t` how far along we are.
/// It leaves straight back, and only then turns to the knot.
fn combed(side: f32, s: f32, t: f32) -> V3 {
    let root = hairline(s);
    let back = root + v3(0.10 * root.x, 0.46, -0.46 + 0.3 * s);
    let end = KNOT + v3(0.26 * sin(s * 3.0), 0.02 - 0.24 * s, 0.24 * cos(s * 3.4));
    let p = root * ((1.0 - t) * (1.0 - t)) + back * (2.0 * t * (1.0 - t)) + end * (t * t);
    v3(p.x * side, p.y, p.z)
}

/// Fuller above the forehead and at the sides than at its ends.
fn fullness(s: f32, t: f32) -> f32 {
    (0.015 + 0.10 * ramp(0.9, 0.2, s)) * sin(std::f32::consts::PI * t.clamp(0.0, 1.0).sqrt() * 0.94 + 0.05)
}

/// A ribbon along `path`, `width` wide, whose normal lies near `out`.
fn ribbon(mesh: &mut Mesh, path: &[V3], width: f32, out: impl Fn(V3) -> V3, tone: f32, lean: f32) {
    let start = mesh.places.len() as u32;
    for (n, p) in path.iter().enumerate() {
        let to = path[(n + 1).min(path.len() - 1)] - path[n.max(1) - 1];
        let up = out(*p).unit();
        let across = to.cross(up).unit();
        let t = n as f32 / (path.len() - 1) as f32;
        let half = across * (0.5 * width * (1.0 - 0.75 * t * t * t));
        for (edge, u) in [(-1.0, 0.0), (1.0, 1.0)] {
            mesh.places.push(*p + half * edge);
            mesh.normals.push((up + across * (0.7 * edge + lean)).unit());
            mesh.uvs.push([u * 0.1 + tone, t]);
        }
    }
    for n in 0..path.len() as u32 - 1 {
        let a = start + 2 * n;
        mesh.triangles.extend([[a, a + 1, a + 3], [a, a + 3, a + 2]]);
    }
}

/// The dark ground under the strands.
pub(crate) fn ground() -> Mesh {
    let mut mesh = Mesh::default();
    for side in [-1.0, 1.0] {
        mesh.append(&Mesh::sheet(60, 40, |s, t| {
            let t = 0.03 + 0.97 * t;
            on_scalp(combed(side, s, t), fullness(s, t) - 0.008)
        }));
    }
    mesh.append(&Mesh::ball(48, 36, |d: V3| 0.315 + 0.03 * d.z).at(KNOT));
    mesh
}

pub(crate) fn strands() -> Mesh {
    let mut mesh = Mesh::default();
    let mut dice = Dice(5);
    for n in 0..11_000 {
        let side = if n & 1 == 0 { -1.0 } else { 1.0 };
        let s = dice.unit();
        // Strands lie together in locks; a few stray.
        let lock = (s * 46.0 + 0.6 * sin(s * 29.0)).fract();
        let ridge = 0.030 * sin(lock * std::f32::consts::PI);
        let stray = if n % 70 == 0 { 0.07 * dice.unit() } else { 0.0 };
        let (wave, start) = (dice.between(-0.012, 0.012), 0.05 * dice.unit() * dice.unit());
        let top = dice.between(-0.004, 0.010);
        let path: Vec<V3> = (0..=16)
            .map(|k| {
                let t = start + (1.0 - start) * k as f32 / 16.0;
                let p = combed(side, s + wave * sin(t * 6.0 + n as f32), t);
                let lift = fullness(s, t) + (top + ridge) * ramp(0.0, 0.25, t) + stray * sin(t * 3.0);
                on_scalp(p, lift)
            })
            .collect();
        let lean = 0.9 * cos(lock * std::f32::consts::PI) * -side + dice.between(-0.3, 0.3);
        ribbon(&mut mesh, &path, dice.between(0.007, 0.013), |p| p, dice.unit() * 0.9, lean);
    }
    wisps(&mut mesh, &mut dice);
    knot(&mut mesh, &mut dice);
    mesh
}

/// Short fine hairs that escape at the temples and before the ears.
fn wisps(mesh: &mut Mesh, dice: &mut Dice) {
    for n in 0..70 {
        let side = if n & 1 == 0 { -1.0 } else { 1.0 };
        let s = dice.between(0.30, 0.62);
        let from = on_scalp(hairline(s), -0.01);
        let long = dice.between(0.10, 0.30) * ramp(0.25, 0.5, s);
        let bow = v3(0.02 + 0.05 * dice.unit(), -1.0, dice.between(-0.1, 0.25));
        let path: Vec<V3> = (0..=8)
            .map(|k| {
                let t = k as f32 / 8.0;
                let p =
                    from + bow * (long * t) + v3(0.03 * sin(t * 5.0 + n as f32), 0.0, -0.10 * long * t * t);
                v3(p.x * side, p.y, p.z)
            })
            .collect();
        ribbon(mesh, &path, 0.0045, |p| p, dice.unit(), 0.0);
    }
}

/// Strands wound around the knot, each on its own slanted circle.
fn knot(mesh: &mut Mesh, dice: &mut Dice) {
    for _ in 0..2200 {
        let axis = v3(dice.between(0.1, 0.8), dice.between(-0.3, 0.3), 0.6).unit();
        let x = axis.cross(v3(0.0, 1.0, 0.0)).unit();
        let y = axis.cross(x);
        let (height, start) = (dice.between(-0.95, 0.95), dice.unit() * TAU);
        let ring = (1.0_f32 - height * height).sqrt();
        let size = dice.between(0.315, 0.355);
        let path: Vec<V3> = (0..=10)
            .map(|k| {
                let turn = start + k as f32 * 0.28;
                KNOT + (x * (ring * cos(turn)) + y * (ring * sin(turn)) + axis * height) * size
            })
            .collect();
        ribbon(mesh, &path, 0.014, |p| p - KNOT, dice.unit() * 0.9, dice.between(-0.4, 0.4));
    }
}

/// Lashes along the upper lids, and the hairs of the brows.
pub(crate) fn lashes() -> Mesh {
    let mut mesh = Mesh::default();
    let mut dice = Dice(11);
    for side in [-1.0, 1.0] {
        let middle = v3(EYE.x * side, EYE.y, EYE.z);
        for n in 0..48 {
            let t = n as f32 / 47.0;
            let turn = mix(-1.15, 1.25, t) * side + dice.between(-0.02, 0.02);
            let from = v3(sin(turn), cos(turn) * sin(UPPER), cos(turn) * cos(UPPER));
            let long = dice.between(0.07, 0.10) * (0.55 + 0.45 * sin(t * 2.6));
            let path: Vec<V3> = (0..=5)
                .map(|k| {
                    let f = k as f32 / 5.0;
                    let out = from * (EYE_RADIUS * 1.06 + long * f)
                        + v3(0.05 * side * f * t, -0.045 * f + 0.06 * f * f, 0.0);
                    middle + out
                })
                .collect();
            ribbon(&mut mesh, &path, 0.0065, |_| v3(0.0, 0.6, 1.0), 0.0, 0.0);
        }
        for _ in 0..150 {
            let t = dice.unit();
            let width = 0.034 * (1.0 - 0.75 * t);
            let at = brow_line(t) + v3(0.0, dice.between(-1.0, 1.0) * width - 0.004, 0.1);
            let lean = v3(0.05, mix(0.045, -0.012, t), 0.0);
            let path: Vec<V3> = (0..=3)
                .map(|k| {
                    let p = at + lean * (k as f32 / 3.0);
                    onto(v3(p.x * side, p.y, p.z)) + v3(0.0, 0.0, 0.004 + 0.002 * k as f32)
                })
                .collect();
            ribbon(&mut mesh, &path, 0.0045, |_| v3(0.0, 0.0, 1.0), 0.9, 0.0);
        }
    }
    mesh
}

/// Dark brown, a little different from strand to strand, with the sheen of smooth scales.
pub(crate) fn shade(hit: &Hit, p: V3) -> Surface {
    let tone = hit.uv[0] + 0.3 * fbm3(p * 3.0, 3, 12);
    let colour = v3(0.012, 0.007, 0.0045).mix(v3(0.085, 0.043, 0.021), tone.clamp(0.0, 1.0));
    Surface { sheen: v3(0.02, 0.013, 0.009), ..Surface::glossy(hit, colour, 0.06, 0.37) }
}
