//! A brocade jacket with a standing collar, and what is worn with it.

use super::shape::{ellipsoid, melt, rod};
use crate::maths::{V2, V3, atan2, cos, mix, ramp, sin, v2, v3};
use crate::noise::value;
use crate::trace::{Hit, Mesh, Surface, bumped, solid};

fn body(p: V3) -> f32 {
    let q = v3(p.x.abs(), p.y, p.z);
    let shoulder = rod(q, v3(0.25, -1.98, -0.34), v3(1.28, -2.32, -0.42), 0.36, 0.40);
    let chest = ellipsoid(q, v3(0.0, -2.9, -0.2), v3(1.25, 1.1, 0.72));
    let arm = rod(q, v3(1.30, -2.32, -0.42), v3(1.55, -4.0, -0.35), 0.42, 0.45);
    melt(melt(shoulder, chest, 0.35), arm, 0.25)
}

pub(crate) fn jacket() -> Mesh {
    solid(v3(-2.3, -4.0, -1.3), v3(2.3, -1.4, 1.2), 0.03, body)
}

/// The collar stands around the neck, open a little in front, and is lower there.
pub(crate) fn collar(outset: f32, low: f32, high: f32) -> Mesh {
    Mesh::sheet(120, 24, |u, v| {
        let turn = mix(-0.06, std::f32::consts::TAU + 0.02, u);
        let (s, c) = (sin(turn), cos(turn));
        let dip = 0.10 * ramp(0.2, 1.0, c);
        let h = mix(low, high, v);
        let flare = mix(0.60, 0.475, h) + outset + 0.02 * (1.0 - u);
        let y = -1.93 + 0.58 * h - dip * h - 0.16 * (1.0 - h) * ramp(-0.2, 1.0, c);
        v3(flare * s, y, -0.27 - 0.08 * (1.0 - h) + flare * 0.98 * c)
    })
}

/// A thick cord along the collar's upper edge.
pub(crate) fn piping() -> Mesh {
    let edge = collar(0.012, 1.0, 1.0);
    let count = 120;
    let path = |t: f32| {
        let at = (t.clamp(0.0, 1.0) * count as f32).min(count as f32 - 0.001);
        let n = at as usize;
        edge.places[n].mix(edge.places[n + 1], at - n as f32)
    };
    Mesh::tube(10, 120, path, |_| 0.026)
}

/// Flowers of gold thread in a lattice, woven into silk.
fn figure(p: V2) -> (f32, f32) {
    let row = p.y.floor();
    let x = p.x + if row as i32 & 1 == 0 { 0.0 } else { 0.5 };
    let q = v2(x - x.floor() - 0.5, p.y - row - 0.5);
    let (r, turn) = (q.length(), atan2(q.y, q.x));
    let petal = 0.24 + 0.055 * cos(turn * 5.0 + 1.57);
    let outline = ramp(0.022, 0.008, (r - petal).abs());
    let inner = ramp(0.018, 0.006, (r - petal * 0.58).abs()) + ramp(0.07, 0.055, r);
    let (dx, dy) = ((q.x.abs() - 0.5).abs(), (q.y.abs() - 0.5).abs());
    let corner = ramp(0.10, 0.08, dx + dy) + ramp(0.016, 0.004, (q.x.abs() + q.y.abs() - 0.56).abs());
    ((outline + inner + corner).min(1.0), ramp(petal, petal - 0.02, r))
}

pub(crate) fn brocade(hit: &Hit, p: V2, ground: V3, fill: V3) -> Surface {
    let (gold, flower) = figure(p);
    let thread = 0.5 + 0.5 * value(v2(p.x * 90.0, p.y * 30.0), 2);
    let colour = ground.mix(fill, flower * 0.8).mix(v3(0.40, 0.24, 0.06), gold) * (0.75 + 0.4 * thread);
    let weave = |q: V3| 0.0016 * value(v2(q.x * 70.0 + q.z * 40.0, q.y * 90.0), 3);
    let normal = bumped(hit, 0.006, weave);
    let shine = v3(0.05, 0.05, 0.05).mix(v3(0.55, 0.38, 0.14), gold);
    Surface {
        shine,
        rough: mix(0.5, 0.42, gold),
        sheen: v3(0.08, 0.07, 0.06),
        normal,
        ..Surface::matt(hit, colour)
    }
}

pub(crate) fn jacket_cloth(hit: &Hit, p: V3) -> Surface {
    let across = p.x + 0.35 * p.z;
    brocade(hit, v2(across * 2.1, p.y * 2.1 + 0.2), v3(0.020, 0.075, 0.085), v3(0.42, 0.055, 0.035))
}

pub(crate) fn collar_cloth(hit: &Hit) -> Surface {
    brocade(hit, v2(hit.uv[0] * 14.0, hit.uv[1] * 1.9 + 0.55), v3(0.30, 0.025, 0.02), v3(0.75, 0.55, 0.30))
}

pub(crate) fn gold(hit: &Hit) -> Surface {
    Surface::metal(hit, v3(0.95, 0.66, 0.28), 0.3)
}

/// Nacre: light from below the surface, and a soft mirror above.
pub(crate) fn pearl(hit: &Hit) -> Surface {
    Surface { depth: v3(0.03, 0.028, 0.026), ..Surface::glossy(hit, v3(0.86, 0.82, 0.78), 0.08, 0.22) }
}
