//! A length of silk: laid over the table in folds and hanging over its edge, with a woven pattern.

use crate::maths::{V2, V3, atan2, bell, cos, mix, ramp, sin, v2, v3};
use crate::noise::{fbm, value};
use crate::trace::{Hit, Mesh, Scene, Surface, bumped};

/// Where the table ends towards the viewer.
pub(crate) const EDGE: f32 = 1.75;
const BEND: f32 = 0.12;

/// Depth and height of a place `along` the table and down its front, lifted off it by `lift`.
pub(crate) fn over_the_edge(along: f32, lift: f32) -> (f32, f32) {
    let turn = ((along - EDGE) / BEND).clamp(0.0, std::f32::consts::FRAC_PI_2);
    let down = (along - EDGE - BEND * std::f32::consts::FRAC_PI_2).max(0.0);
    let flat = along.min(EDGE);
    let r = BEND + lift;
    (flat + r * sin(turn), r * cos(turn) - BEND - down)
}

/// How high the folds stand.
fn folds(p: V2) -> f32 {
    let bent = v2(p.x + 0.35 * fbm(p * 0.55, 2, 5), p.y);
    let calm = ramp(0.5, 1.0, (p - v2(-0.75, -0.2)).length()) * ramp(0.15, 0.9, (p - v2(1.5, 0.15)).length());
    let ridge = |x: f32, width: f32| bell(x, width);
    let sweep = bent.x - 0.5 * bent.y;
    let mut height = 0.0;
    for (place, width, tall, lean) in [
        (-1.3, 0.13, 0.17, 0.35),
        (-0.72, 0.1, 0.12, 0.1),
        (0.02, 0.16, 0.2, -0.1),
        (0.62, 0.11, 0.13, -0.25),
        (1.2, 0.17, 0.2, -0.5),
        (1.95, 0.14, 0.17, -0.3),
        (2.6, 0.16, 0.2, -0.6),
    ] {
        height += tall * ridge(sweep - place - lean * (p.y - 0.6), width);
    }
    let front = ramp(-0.1, 1.3, p.y);
    let soft = 0.05 * (fbm(v2(p.x * 1.3, p.y * 0.7), 3, 9) + 0.6);
    (1.25 * height * mix(0.35, 1.0, front) + soft) * mix(0.1, 1.0, calm) + 0.015
}

pub(crate) fn lay(scene: &mut Scene) {
    let silk = scene.shader(woven);
    let sheet = Mesh::sheet(420, 300, |u, v| {
        let along = mix(-1.3, EDGE + 2.2, v);
        let hem = 0.25 * value(v2(along * 0.8, 1.0), 14);
        let x = mix(-1.75 - 0.35 * along + hem, 3.6, u);
        let (z, y) = over_the_edge(along, folds(v2(x, along)));
        v3(x, y, z)
    });
    scene.add(&sheet, silk);
}

/// Peacock silk with a damask of medallions: the same threads, only glossier.
fn woven(hit: &Hit) -> Surface {
    let p = v2(hit.uv[0] * 5.6, hit.uv[1] * 5.2);
    let figure = medallion(p * 1.15);
    let thread = 0.5 + 0.5 * value(v2(p.x * 160.0, p.y * 22.0), 2);
    let ground = v3(0.012, 0.098, 0.098);
    let gold = v3(0.42, 0.26, 0.075);
    let colour = ground.mix(gold, figure * (0.6 + 0.4 * thread)) * (0.8 + 0.4 * thread);
    let normal = bumped(hit, 0.004, |q: V3| 0.0012 * value(v2(q.x * 130.0, (q.z - q.y) * 130.0), 6));
    let shine = v3(0.04, 0.13, 0.13).mix(v3(0.4, 0.27, 0.1), figure);
    Surface { shine, rough: 0.5, sheen: v3(0.10, 0.24, 0.24), normal, ..Surface::matt(hit, colour) }
}

/// Flowers in rings, in rows set off against each other.
fn medallion(p: V2) -> f32 {
    let row = p.y.floor();
    let shift = if row as i32 & 1 == 0 { 0.0 } else { 0.5 };
    let x = p.x + shift;
    let local = v2(x - x.floor() - 0.5, p.y - row - 0.5);
    let (r, turn) = (local.length(), atan2(local.y, local.x));
    let petals = 0.19 + 0.045 * cos(turn * 6.0);
    let flower = ramp(petals + 0.012, petals - 0.012, r)
        * ramp(0.06, 0.075, r)
        * ramp(0.0, 0.02, (r - 0.125).abs() - 0.006);
    let eye = ramp(0.045, 0.035, r);
    let ring = ramp(0.016, 0.006, (r - 0.31).abs())
        + ramp(0.012, 0.004, (r - 0.355 - 0.012 * cos(turn * 16.0)).abs());
    (flower + eye + ring).min(1.0)
}
