//! Rooms behind shop windows: five walls that the eye's ray is carried on to, so that they have depth and cost nothing
//! (van Dongen, "Interior mapping", 2008). Shelves at the back, a counter, someone behind it.

use super::sign::{AMBER, WHITE};
use crate::maths::{V2, V3, ramp, v2, v3};
use crate::noise::{chance, fbm};
use crate::shapes::stroke;

const DEEP: f32 = 3.4;
const HIGH: f32 = 2.9;

/// Light that comes out of the window at `p`, along `view` (along the street, up, inwards).
pub(super) fn room(p: V2, long: f32, view: V3, seed: u32) -> V3 {
    let lamp = lamp(seed);
    let at = |t: f32| v3(p.x + view.x * t, p.y + view.y * t, view.z * t);
    let to = |from: f32, speed: f32, low: f32, high: f32| {
        if speed > 1e-5 {
            (high - from) / speed
        } else if speed < -1e-5 {
            (low - from) / speed
        } else {
            f32::MAX
        }
    };
    let (side, flat) = (to(p.x, view.x, 0.0, long), to(p.y, view.y, 0.0, HIGH));
    let back = DEEP / view.z.max(1e-5);
    let end = side.min(flat).min(back);
    if let Some(light) = [1.3, 1.9].iter().find_map(|depth| {
        let t = depth / view.z.max(1e-5);
        if t < end { furniture(at(t), long, seed) } else { None }
    }) {
        return lamp.tint(light);
    }
    let q = at(end);
    let light = match () {
        () if end == back => wall(v2(q.x, q.y), seed),
        () if end == side => wall(v2(q.z + 20.0, q.y), seed) * 0.8,
        () if view.y > 0.0 => ceiling(q),
        () => {
            v3(0.16, 0.14, 0.12)
                * if ((q.x * 1.6).floor() + (q.z * 1.6).floor()) as i32 % 2 == 0 { 1.0 } else { 0.6 }
        }
    };
    lamp.tint(light) * 0.62
}

/// The colour of the light in a shop.
pub(super) fn lamp(seed: u32) -> V3 {
    const LAMPS: [V3; 4] = [WHITE, v3(0.72, 0.88, 1.0), v3(1.0, 0.52, 0.26), v3(0.95, 0.85, 0.72)];
    if chance(7, 8, seed) < 0.15 { AMBER } else { LAMPS[(chance(8, 8, seed) * 4.0) as usize] }
}

/// Tubes that light the room.
fn ceiling(q: V3) -> V3 {
    let tube = ((q.z - 0.9) / 1.5).fract().abs() < 0.09 && (q.x / 1.7).fract() < 0.75;
    if tube { v3(5.0, 5.0, 5.0) } else { v3(0.55, 0.53, 0.5) }
}

/// A grocer's wall is all shelves; an eating house has boards below, a bill of fare above, and pictures.
fn wall(p: V2, seed: u32) -> V3 {
    if chance(4, 4, seed) < 0.45 {
        return shelves(p, seed);
    }
    let glow = 0.40 + 0.30 * p.y;
    let stain = 0.85 + 0.3 * fbm(p * 0.8, 4, seed);
    let (n, within) = ((p.x / 1.15).floor() as i32, (p.x / 1.15).fract());
    let picture = (within - 0.5).abs() < 0.13 + 0.22 * chance(n, 5, seed) && (p.y - 1.75).abs() < 0.34;
    if picture {
        let paint = v3(0.5 * chance(n, 6, seed) + 0.05, 0.30 * chance(n, 7, seed), 0.25 * chance(n, 8, seed));
        return paint.mix(v3(0.8, 0.7, 0.5), ramp(0.0, 0.35, fbm(p * 3.0, 4, seed))) * glow;
    }
    let boards = if (p.x * 7.0).fract() < 0.1 { 0.5 } else { 1.0 };
    if p.y < 1.15 { v3(0.24, 0.12, 0.06) * (glow * boards) } else { v3(0.62, 0.52, 0.40) * (glow * stain) }
}

/// Boards with goods of all colours, and a wall above.
fn shelves(p: V2, seed: u32) -> V3 {
    let (row, up) = ((p.y * 2.4).floor(), (p.y * 2.4).fract());
    let glow = 0.45 + 0.28 * p.y;
    if p.y > 2.15 {
        return v3(0.62, 0.58, 0.5) * glow;
    }
    if up < 0.09 {
        return v3(0.30, 0.26, 0.2) * glow;
    }
    let pace = 5.0 + 7.0 * chance(row as i32, 1, seed);
    let n = (p.x * pace).floor() as i32;
    let one = |k: u32| chance(n / 2 * 2 + i32::from(chance(n, 3, seed) < 0.4), row as i32, seed ^ k);
    let within = ((p.x * pace).fract() - 0.5).abs();
    let tall = 0.35 + 0.6 * one(1);
    if up > tall || within > 0.44 {
        return v3(0.16, 0.14, 0.11) * glow;
    }
    let bright = 0.1 + 0.35 * one(6);
    let tint = v3(0.45 * one(2) * one(2), 0.30 * one(3) * one(4), 0.30 * one(5) * one(5))
        + v3(1.0, 0.85, 0.7) * (bright * 0.5);
    let label = if (up - tall * 0.5).abs() < 0.12 * tall { v3(0.5, 0.48, 0.42) } else { V3::default() };
    (tint + label * 0.6) * (glow * (1.25 - 1.2 * within * within))
}

/// A counter, and people who stand or sit about.
fn furniture(q: V3, long: f32, seed: u32) -> Option<V3> {
    let counter = q.z < 1.6 && q.y < 0.95 && q.x > 0.8 && q.x < long * (0.45 + 0.4 * chance(1, 9, seed));
    if counter {
        let wood = v3(0.22, 0.13, 0.07) * (0.8 + 0.4 * fbm(v2(q.x * 1.0, q.y * 8.0), 3, seed));
        return Some(wood * ramp(-0.3, 1.0, q.y));
    }
    let depth = if q.z < 1.6 { 0 } else { 1 };
    (0..2).find_map(|n| {
        let x = long * (0.15 + 0.7 * chance(n, depth, seed ^ 31));
        let tall = 1.28 + 0.22 * chance(n, depth, seed ^ 32);
        let p = v2(q.x - x, q.y);
        let body = stroke(p, v2(0.0, 0.3), v2(0.0, tall - 0.12), 0.17, 0.19);
        let head = (p - v2(0.03, tall + 0.22)).length() - 0.12;
        let coat =
            v3(0.04 + 0.2 * chance(n, depth, seed ^ 33), 0.05, 0.06 + 0.1 * chance(n, depth, seed ^ 34));
        if head < 0.0 {
            return Some(v3(0.10, 0.065, 0.05));
        }
        (body < 0.0).then_some(coat * ramp(-0.2, 1.6, q.y))
    })
}
