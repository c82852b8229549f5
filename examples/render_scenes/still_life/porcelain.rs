//! A vase and a bowl, painted with cobalt under the glaze.

use std::f32::consts::TAU;

use crate::maths::{V2, V3, atan2, cos, mix, ramp, sin, v2, v3};
use crate::noise::{fbm, fbm3};
use crate::trace::{Hit, Mesh, Scene, Surface, bumped};

const VASE: &[(f32, f32)] = &[
    (0.0, 0.03),
    (0.50, 0.0),
    (0.56, 0.05),
    (0.52, 0.22),
    (0.66, 0.62),
    (0.98, 1.25),
    (1.08, 1.75),
    (0.92, 2.15),
    (0.52, 2.42),
    (0.35, 2.62),
    (0.33, 2.9),
    (0.43, 3.12),
    (0.52, 3.2),
    (0.50, 3.22),
    (0.40, 3.1),
    (0.29, 2.85),
    (0.28, 2.5),
];
const BOWL: &[(f32, f32)] = &[
    (0.0, 0.02),
    (0.40, 0.0),
    (0.42, 0.08),
    (0.46, 0.16),
    (0.78, 0.36),
    (1.0, 0.66),
    (1.12, 0.98),
    (1.15, 1.0),
    (1.10, 0.98),
    (0.95, 0.66),
    (0.72, 0.36),
    (0.3, 0.2),
    (0.0, 0.18),
];
pub(crate) const BOWL_PLACE: V3 = v3(1.5, 0.03, 0.1);

/// A smooth curve through points, for `t` from 0 to 1 (Catmull and Rom, 1974).
pub(crate) fn through(points: &[(f32, f32)], t: f32) -> (f32, f32) {
    let at = (t * (points.len() - 1) as f32).clamp(0.0, (points.len() - 1) as f32 - 1e-3);
    let (n, f) = (at as usize, at - at.floor());
    let point = |k: usize| points[(n + k).saturating_sub(1).min(points.len() - 1)];
    let [a, b, c, d] = [point(0), point(1), point(2), point(3)];
    let curve = |a: f32, b: f32, c: f32, d: f32| {
        b + 0.5 * f * (c - a + f * (2.0 * a - 5.0 * b + 4.0 * c - d + f * (3.0 * (b - c) + d - a)))
    };
    (curve(a.0, b.0, c.0, d.0).max(0.0), curve(a.1, b.1, c.1, d.1))
}

pub(crate) fn set(scene: &mut Scene) {
    let vase = scene.shader(|hit: &Hit| glazed(hit, vase_ink(hit.uv[0], hit.place.y - 0.03)));
    let bowl = scene.shader(|hit: &Hit| {
        let outside = hit.uv[1] < 0.56;
        glazed(hit, if outside { bowl_ink(hit.uv[0], hit.place.y - BOWL_PLACE.y) } else { rim_ink(hit) })
    });
    scene.add(&Mesh::lathe(160, 220, |t| through(VASE, t)).at(v3(-0.75, 0.03, -0.2)), vase);
    scene.add(&Mesh::lathe(128, 140, |t| through(BOWL, t)).at(BOWL_PLACE), bowl);
}

/// Cobalt of some strength on white, under a glaze that is never quite even.
fn glazed(hit: &Hit, ink: f32) -> Surface {
    let pool = 0.8 + 0.35 * fbm3(hit.place * 5.0, 3, 31) + 0.25 * fbm3(hit.place * 28.0, 2, 32);
    let depth = (1.3 * ink * pool).clamp(0.0, 1.0);
    let white = v3(0.76, 0.775, 0.76) * (1.0 + 0.03 * fbm3(hit.place * 2.0, 2, 30));
    let light = v3(0.22, 0.34, 0.66);
    let dark = v3(0.012, 0.028, 0.16);
    let colour = if depth < 0.5 { white.mix(light, depth * 2.0) } else { light.mix(dark, depth * 2.0 - 1.0) };
    let normal = bumped(hit, 0.02, |p: V3| 0.0022 * fbm3(p * 3.5, 2, 33));
    Surface { normal, ..Surface::glossy(hit, colour, 0.05, 0.07) }
}

/// A line of the brush where `d` is near 0: thicker and thinner by chance.
fn line(d: f32, width: f32) -> f32 {
    ramp(width, width * 0.45, d.abs())
}

/// A peony seen from the front, in a square of −1 to 1.
fn peony(p: V2, seed: u32) -> f32 {
    let p = p + v2(fbm(p * 3.0, 2, seed), fbm(p * 3.0, 2, seed + 1)) * 0.07;
    let (r, turn) = (p.length(), atan2(p.y, p.x));
    let ring = |size: f32, count: f32, phase: f32| size * (1.0 + 0.11 * cos(turn * count + phase));
    let mut ink = 0.0_f32;
    for (size, count, phase) in [(0.86, 7.0, 0.3), (0.62, 6.0, 1.9), (0.40, 5.0, 0.7), (0.21, 4.0, 2.0)] {
        let d = r - ring(size, count, phase);
        let wash = if d < 0.0 { 0.18 + 0.45 * ramp(-0.26, 0.0, d) } else { 0.0 };
        ink = if d < 0.0 { wash } else { ink }.max(0.95 * line(d, 0.045));
        let vein =
            line(sin(turn * count * 3.0 + phase) * r, 0.09) * ramp(-0.2, -0.08, d) * ramp(0.0, -0.03, d);
        ink = ink.max(0.55 * vein);
    }
    ink.max(ramp(0.1, 0.07, r))
}

/// A pointed leaf from the origin along `to`.
fn leaf(p: V2, to: V2) -> f32 {
    let length = to.length();
    let (t, side) = (p.dot(to) / (length * length), (p.x * to.y - p.y * to.x) / length);
    if !(0.0..=1.0).contains(&t) {
        return 0.0;
    }
    let half = 0.34 * length * sin(t * std::f32::consts::PI * (1.15 - 0.15 * t)).max(0.0) * (1.0 - 0.4 * t);
    let inside = ramp(half, half - 0.03, side.abs());
    inside * (0.42 + 0.4 * ramp(half * 0.4, half, side.abs())) + inside * 0.5 * line(side, 0.03)
}

/// Flowers on a winding stem, four times around the vase.
fn scroll(u: f32, y: f32) -> f32 {
    let mut ink = 0.0_f32;
    let x = u * 5.0;
    let wave = |x: f32| 0.5 * sin(x * TAU * 0.5 * 2.0);
    ink = ink.max(0.85 * line((y - wave(x * 0.5)) * 0.8, 0.045));
    for n in [-1.0, 0.0, 1.0] {
        let cell = x.floor() + n;
        let up = if (cell as i32).rem_euclid(2) == 0 { 0.28 } else { -0.28 };
        let local = v2((x - cell - 0.5) * 2.3, y - up);
        for (lx, ly, tx, ty) in [
            (0.8, -0.5, 0.55, -0.35),
            (-0.8, -0.5, -0.5, -0.45),
            (0.75, 0.62, 0.5, 0.4),
            (-0.75, 0.6, -0.55, 0.35),
            (0.2, -0.85, 0.15, -0.6),
            (-0.15, 0.85, -0.1, 0.55),
            (1.1, 0.1, 0.3, 0.5),
            (-1.1, -0.1, -0.3, -0.5),
        ] {
            ink = ink.max(leaf(local - v2(lx, ly), v2(tx, ty)));
        }
        let flower = local * 1.15;
        if flower.length() < 1.05 {
            let seed = 40 + (cell as i32).rem_euclid(5) as u32 * 7;
            ink = if flower.length() < 0.84 { peony(flower, seed) } else { ink.max(peony(flower, seed)) };
        }
    }
    ink
}

/// Upright pointed panels with a line inside, as at the foot of many vases.
fn panels(u: f32, y: f32, count: f32) -> f32 {
    let x = (u * count - (u * count).floor() - 0.5) * 2.0;
    let arch = 1.0 - x * x * (0.55 + 0.45 * x * x);
    let d = y - arch;
    let inner = y - arch * 0.72;
    let drop = (v2(x * 1.3, y * 1.2 - 0.42)).length() - 0.24;
    (0.95 * line(d, 0.09))
        .max(0.5 * line(inner, 0.07))
        .max(if d > 0.0 { 0.62 } else { 0.0 })
        .max(0.75 * ramp(0.03, -0.03, drop))
}

/// Scrolling waves in a band of height 1.
fn waves(u: f32, y: f32, count: f32) -> f32 {
    let x = u * count - (u * count).floor() - 0.5;
    let p = v2(x, y - 0.5);
    let (r, turn) = (p.length() * 2.0, atan2(p.y, p.x));
    let spiral = r * 2.2 - turn / TAU;
    line((spiral - spiral.floor() - 0.5) * 0.7, 0.17) * ramp(1.05, 0.95, r) * 0.85
}

fn vase_ink(u: f32, y: f32) -> f32 {
    let bands = [0.13, 0.19, 0.68, 0.73, 2.26, 2.31, 2.62, 2.94, 3.17];
    let rings = bands.iter().fold(0.0_f32, |ink, at| ink.max(0.9 * line(y - at, 0.017)));
    let within = |low: f32, high: f32| (y - low) / (high - low);
    let body = match y {
        y if (0.22..0.66).contains(&y) => panels(u, within(0.22, 0.66) * 1.15, 14.0),
        y if (0.75..2.24).contains(&y) => scroll(u, (y - 1.48) / 0.62),
        y if (2.33..2.6).contains(&y) => waves(u, within(2.33, 2.6), 16.0),
        y if (2.64..2.92).contains(&y) => panels(u, within(2.92, 2.64) * 1.1, 9.0),
        y if y > 2.96 => 0.55 * line(sin(u * TAU * 12.0) * 0.5 + within(2.96, 3.15) * 1.4 - 0.7, 0.22),
        _ => 0.0,
    };
    rings.max(body)
}

fn bowl_ink(u: f32, y: f32) -> f32 {
    let rings = [0.05, 0.2, 0.80, 0.95].iter().fold(0.0_f32, |ink, at| ink.max(0.9 * line(y - at, 0.016)));
    let body = match y {
        y if (0.82..0.94).contains(&y) => waves(u, (y - 0.82) / 0.12, 44.0),
        y if (0.22..0.79).contains(&y) => scroll(u * 1.2, (y - 0.52) / 0.26),
        _ => 0.0,
    };
    rings.max(body)
}

fn rim_ink(hit: &Hit) -> f32 {
    let y = hit.place.y - BOWL_PLACE.y;
    let lace =
        waves(hit.uv[0], (y - 0.8) / 0.14, 40.0) * mix(0.0, 1.0, ramp(0.79, 0.81, y) * ramp(0.95, 0.93, y));
    lace.max(0.9 * line(y - 0.78, 0.016))
}
