//! A raft of bamboo with a fisherman, his two cormorants, and a lantern that is still lit.

use super::air::Air;
use crate::lens::{Ray, Seen};
use crate::maths::{V3, exp, sin, v2, v3};

/// Where the raft lies: its middle, on the water.
pub(super) const PLACE: V3 = v3(-3.4, 0.0, 25.0);
const RAFT: u16 = 10;
const MAN: u16 = 11;
const HAT: u16 = 12;
const BIRD: u16 = 13;
const LAMP: u16 = 14;
const FLAME: V3 = v3(-3.05, 1.48, -0.1);
const FIRE: V3 = v3(1.5, 0.50, 0.10);

/// Light of the first thing the ray meets within the raft's box.
pub(super) fn meet(ray: Ray, limit: f32, air: &Air) -> Option<Seen> {
    let local = Ray { from: ray.from - PLACE, to: ray.to };
    let (near, far) = span(local, v3(-5.4, -0.2, -2.0), v3(5.2, 4.6, 2.0))?;
    let far = far.min(limit);
    let mut t = near.max(0.0);
    for _ in 0..140 {
        if t > far {
            return None;
        }
        let (d, object) = field(local.at(t));
        if d < 0.004 {
            return Some(Seen { light: light(local.at(t), object, ray.to, air), object });
        }
        t += d * 0.85;
    }
    None
}

/// The mist around the lantern, lit.
pub(super) fn halo(ray: Ray) -> V3 {
    let flame = PLACE + FLAME - ray.from;
    let nearest = flame - ray.to * flame.dot(ray.to);
    let d = nearest.dot(nearest);
    FIRE * (0.022 / (d + 0.05) * exp(-d * 0.8))
}

/// Where a ray enters and leaves a box.
fn span(ray: Ray, low: V3, high: V3) -> Option<(f32, f32)> {
    let axis = |from: f32, to: f32, low: f32, high: f32| {
        let (a, b) = ((low - from) / to, (high - from) / to);
        (a.min(b), a.max(b))
    };
    let x = axis(ray.from.x, ray.to.x, low.x, high.x);
    let y = axis(ray.from.y, ray.to.y, low.y, high.y);
    let z = axis(ray.from.z, ray.to.z, low.z, high.z);
    let (near, far) = (x.0.max(y.0).max(z.0), x.1.min(y.1).min(z.1));
    (far > near.max(0.0)).then_some((near, far))
}

fn rod(p: V3, a: V3, b: V3, ra: f32, rb: f32) -> f32 {
    let (ap, ab) = (p - a, b - a);
    let t = (ap.dot(ab) / ab.dot(ab)).clamp(0.0, 1.0);
    (ap - ab * t).length() - ra - (rb - ra) * t
}

/// Distance to the nearest thing, and which it is.
fn field(p: V3) -> (f32, u16) {
    let parts = [(raft(p), RAFT), (man(p), MAN), (hat(p), HAT), (birds(p), BIRD), (lamp(p), LAMP)];
    parts.into_iter().fold((f32::MAX, 0), |a, b| if b.0 < a.0 { b } else { a })
}

/// Seven stems side by side that bend up at the bow and the stern.
fn raft(p: V3) -> f32 {
    let bend = 0.016 * p.x * p.x * (p.x * p.x * 0.045).min(1.0);
    let lane = (p.z / 0.2).round().clamp(-3.0, 3.0) * 0.2;
    let knot = 0.008 * sin(p.x * 9.0 + lane * 20.0);
    let across = v2(p.y - 0.10 - bend, p.z - lane).length() - 0.095 - knot;
    let stems = across.max(p.x.abs() - 4.4);
    let tie = |x: f32| {
        rod(
            p,
            v3(x, 0.24 + 0.016 * x * x * (x * x * 0.045).min(1.0), -0.7),
            v3(x, 0.24 + 0.016 * x * x * (x * x * 0.045).min(1.0), 0.7),
            0.045,
            0.045,
        )
    };
    let basket = rod(p, v3(2.0, 0.3, 0.1), v3(2.0, 0.72, 0.1), 0.36, 0.28);
    (stems * 0.8).min(tie(-2.2)).min(tie(2.9)).min(basket)
}

/// Standing, a little bent over the pole he leans on.
fn man(p: V3) -> f32 {
    let legs = rod(p, v3(-0.30, 0.2, 0.1), v3(-0.12, 0.95, 0.0), 0.09, 0.13).min(rod(
        p,
        v3(0.16, 0.2, -0.1),
        v3(-0.06, 0.95, 0.0),
        0.09,
        0.13,
    ));
    let coat = rod(p, v3(-0.08, 0.80, 0.0), v3(-0.16, 1.42, 0.0), 0.27, 0.19);
    let head = (p - v3(-0.24, 1.74, 0.0)).length() - 0.125;
    let arms = rod(p, v3(-0.22, 1.42, -0.18), v3(-0.62, 1.22, -0.22), 0.075, 0.06)
        .min(rod(p, v3(-0.62, 1.22, -0.22), v3(-0.80, 1.47, -0.06), 0.06, 0.05))
        .min(rod(p, v3(-0.20, 1.42, 0.18), v3(-0.90, 1.12, 0.02), 0.075, 0.045));
    let pole = rod(p, v3(-1.30, -0.1, 0.1), v3(0.0, 3.9, -0.25), 0.026, 0.018);
    legs.min(coat).min(head).min(arms).min(pole)
}

/// A wide cone of straw.
fn hat(p: V3) -> f32 {
    let q = p - v3(-0.25, 2.04, 0.0);
    let radius = v2(q.x + 0.12 * q.y, q.z).length();
    let cone = (radius * 0.5 + q.y) * 0.89;
    cone.abs().max(-q.y - 0.28).max(radius - 0.56) - 0.014
}

/// Two cormorants, one drying its wings.
fn birds(p: V3) -> f32 {
    let bird = |at: V3, faces: f32| {
        let q = v3((p.x - at.x) * faces, p.y - at.y, p.z - at.z);
        let body = rod(q, v3(-0.10, 0.12, 0.0), v3(0.06, 0.42, 0.0), 0.10, 0.08);
        let neck = rod(q, v3(0.06, 0.42, 0.0), v3(0.10, 0.68, 0.0), 0.055, 0.04);
        let beak = rod(q, v3(0.10, 0.68, 0.0), v3(0.27, 0.70, 0.0), 0.045, 0.012);
        let tail = rod(q, v3(-0.12, 0.10, 0.0), v3(-0.26, -0.06, 0.0), 0.05, 0.02);
        body.min(neck).min(beak).min(tail)
    };
    let first = v3(3.15, 0.42, 0.1);
    let second = v3(3.85, 0.56, -0.1);
    let wing = |side: f32| {
        let tip = second + v3(0.42 * side, 0.30, 0.1);
        rod(p, second + v3(0.0, 0.36, 0.0), tip, 0.06, 0.05).min(rod(
            p,
            tip,
            tip + v3(0.10 * side, -0.30, 0.0),
            0.06,
            0.015,
        ))
    };
    bird(first, 1.0).min(bird(second, -1.0)).min(wing(1.0)).min(wing(-1.0))
}

/// A lantern hung from a bent stick at the bow.
fn lamp(p: V3) -> f32 {
    let stick = rod(p, v3(-3.6, 0.3, 0.0), v3(-3.45, 1.9, -0.05), 0.03, 0.02).min(rod(
        p,
        v3(-3.45, 1.9, -0.05),
        v3(-3.05, 1.86, -0.1),
        0.02,
        0.012,
    ));
    let q = p - FLAME;
    let shade = v3(q.x / 0.19, q.y / 0.25, q.z / 0.19).length() * 0.19 - 0.19;
    let (top, bottom) = (q - v3(0.0, 0.25, 0.0), q + v3(0.0, 0.25, 0.0));
    let cap = |q: V3| rod(q, v3(0.0, -0.015, 0.0), v3(0.0, 0.015, 0.0), 0.075, 0.075).max(q.y.abs() - 0.03);
    let tassel = rod(q, v3(0.0, -0.27, 0.0), v3(0.0, -0.46, 0.0), 0.012, 0.03);
    stick.min(shade).min(cap(top)).min(cap(bottom)).min(tassel)
}

fn light(p: V3, object: u16, view: V3, air: &Air) -> V3 {
    let from_flame = FLAME - p;
    if object == LAMP && from_flame.length() < 0.27 && from_flame.y.abs() < 0.225 {
        let heat = exp(-from_flame.y * from_flame.y * 30.0);
        return FIRE * ((0.8 + 1.5 * heat) * (0.86 + 0.14 * sin(p.y * 90.0)));
    }
    let corners = [v3(1.0, -1.0, -1.0), v3(-1.0, -1.0, 1.0), v3(-1.0, 1.0, -1.0), v3(1.0, 1.0, 1.0)];
    let normal = corners.into_iter().fold(V3::default(), |sum, c| sum + c * field(p + c * 0.004).0).unit();
    let albedo = match object {
        RAFT => v3(0.16, 0.13, 0.07),
        HAT => v3(0.22, 0.16, 0.08),
        BIRD => v3(0.02, 0.02, 0.025),
        _ => v3(0.045, 0.05, 0.07),
    };
    let near = from_flame.dot(from_flame).max(0.05);
    let lamp = FIRE * (1.3 * normal.dot(from_flame.unit()).max(0.0) / near);
    let sun = air.sunlight() * normal.dot(air.sun).max(0.0);
    let graze = 1.0 + view.dot(normal).min(0.0);
    let rim = air.sunlight() * (0.25 * graze * graze * graze * normal.y.max(0.0));
    albedo.tint(air.ambient(normal) * 0.8 + sun + lamp) + rim * 0.12
}
