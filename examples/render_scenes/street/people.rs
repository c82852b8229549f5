//! People under umbrellas: capsules and a cap of a sphere, which is all that a silhouette in the rain needs.

use crate::lens::Ray;
use crate::maths::{V2, V3, cos, mix, sin, v2, v3};

pub(super) struct Person {
    place: V2,
    turn: f32,
    coat: V3,
    canopy: V3,
    tall: f32,
    pub(super) object: u16,
}

pub(super) struct Met {
    pub(super) t: f32,
    pub(super) normal: V3,
    pub(super) albedo: V3,
    /// Colour of light that comes through from behind.
    pub(super) through: V3,
    pub(super) object: u16,
}

const fn person(x: f32, z: f32, turn: f32, coat: V3, canopy: V3, tall: f32, object: u16) -> Person {
    Person { place: v2(x, z), turn, coat, canopy, tall, object }
}

const PEOPLE: [Person; 7] = [
    person(-0.75, 6.7, 0.15, v3(0.03, 0.03, 0.04), v3(0.50, 0.02, 0.03), 1.0, 30),
    person(1.6, 11.4, -0.2, v3(0.05, 0.045, 0.04), v3(0.03, 0.03, 0.04), 1.05, 32),
    person(-2.55, 15.5, 0.3, v3(0.05, 0.03, 0.02), v3(0.03, 0.10, 0.14), 0.98, 34),
    person(0.55, 18.5, 0.0, v3(0.03, 0.03, 0.04), v3(0.30, 0.26, 0.20), 0.96, 36),
    person(1.15, 18.8, 0.1, v3(0.03, 0.035, 0.05), v3(0.05, 0.04, 0.05), 1.04, 38),
    person(-1.5, 26.0, 0.0, v3(0.03, 0.03, 0.03), v3(0.25, 0.03, 0.10), 1.0, 40),
    person(2.6, 31.0, 0.2, v3(0.03, 0.03, 0.03), v3(0.04, 0.05, 0.06), 1.0, 42),
];

/// The nearest person on a ray's way.
pub(super) fn meet(ray: Ray, far: f32) -> Option<Met> {
    let near = |best: Option<Met>, person: &Person| {
        let limit = best.as_ref().map_or(far, |met| met.t);
        person.meet(ray, limit).or(best)
    };
    PEOPLE.iter().fold(None, near)
}

impl Person {
    fn meet(&self, ray: Ray, far: f32) -> Option<Met> {
        let from = v3(ray.from.x - self.place.x, ray.from.y, ray.from.z - self.place.y);
        let flat = v2(ray.to.x, ray.to.z);
        let speed = flat.dot(flat).max(1e-8);
        let nearest = -(from.x * flat.x + from.z * flat.y) / speed;
        let off = v2(from.x + flat.x * nearest, from.z + flat.y * nearest);
        let room = 0.95 * 0.95 - off.dot(off);
        if room < 0.0 {
            return None;
        }
        let reach = (room / speed).sqrt();
        let (mut t, end) = ((nearest - reach).max(0.01), (nearest + reach).min(far));
        for _ in 0..90 {
            let p = self.own(from + ray.to * t);
            if t > end || (p.y > 2.5 && ray.to.y > 0.0) || p.y < -0.1 {
                return None;
            }
            let (body, canopy) = field(p);
            let d = body.min(canopy);
            if d < 0.003 {
                return Some(self.met(t, p, canopy < body));
            }
            t += d * 0.85;
        }
        None
    }

    /// From the street's directions to the person's own, scaled to one height.
    fn own(&self, p: V3) -> V3 {
        let (s, c) = (sin(self.turn), cos(self.turn));
        v3(c * p.x - s * p.z, p.y, s * p.x + c * p.z) * (1.0 / self.tall)
    }

    fn met(&self, t: f32, p: V3, canopy: bool) -> Met {
        let corners = [v3(1.0, -1.0, -1.0), v3(-1.0, -1.0, 1.0), v3(-1.0, 1.0, -1.0), v3(1.0, 1.0, 1.0)];
        let d = |p: V3| if canopy { field(p).1 } else { field(p).0 };
        let own = corners.into_iter().fold(V3::default(), |sum, c| sum + c * d(p + c * 0.004)).unit();
        let (s, c) = (sin(-self.turn), cos(-self.turn));
        let normal = v3(c * own.x - s * own.z, own.y, s * own.x + c * own.z);
        let (albedo, through) =
            if canopy { (self.canopy, self.canopy) } else { (self.body(p), V3::default()) };
        Met { t, normal, albedo, through, object: self.object + u16::from(canopy) }
    }

    /// Coat above, bare or stockinged legs, shoes.
    fn body(&self, p: V3) -> V3 {
        match p.y {
            y if y < 0.1 => v3(0.01, 0.01, 0.01),
            y if y < 0.52 => v3(0.05, 0.035, 0.03),
            y if y > 1.5 => v3(0.015, 0.012, 0.01),
            _ => self.coat,
        }
    }
}

fn rod(p: V3, a: V3, b: V3, ra: f32, rb: f32) -> f32 {
    let (ap, ab) = (p - a, b - a);
    let t = (ap.dot(ab) / ab.dot(ab)).clamp(0.0, 1.0);
    (ap - ab * t).length() - mix(ra, rb, t)
}

/// Two shapes that run into each other where they are within `soft`.
fn melt(a: f32, b: f32, soft: f32) -> f32 {
    let h = (soft - (a - b).abs()).max(0.0) / soft;
    a.min(b) - h * h * soft * 0.25
}

/// Distance to the body and to the umbrella of someone who walks away.
fn field(p: V3) -> (f32, f32) {
    let legs = rod(p, v3(-0.09, 0.06, -0.16), v3(-0.08, 0.55, 0.02), 0.045, 0.075)
        .min(rod(p, v3(-0.08, 0.55, 0.02), v3(-0.06, 0.9, 0.0), 0.075, 0.1))
        .min(rod(p, v3(0.09, 0.05, 0.20), v3(0.08, 0.52, 0.12), 0.045, 0.07))
        .min(rod(p, v3(0.08, 0.52, 0.12), v3(0.06, 0.9, 0.0), 0.07, 0.1))
        .min(rod(p, v3(-0.09, 0.04, -0.18), v3(-0.09, 0.03, -0.04), 0.04, 0.035))
        .min(rod(p, v3(0.09, 0.04, 0.16), v3(0.09, 0.03, 0.32), 0.04, 0.035));
    let flat = v3(p.x, p.y, p.z * 1.3);
    let hem = (rod(flat, v3(0.0, 0.5, 0.0), v3(0.0, 1.02, 0.0), 0.205, 0.135) * 0.8).max(0.56 - p.y);
    let chest = rod(v3(p.x * 0.8, p.y, p.z), v3(0.0, 0.98, 0.0), v3(0.0, 1.36, 0.0), 0.145, 0.135);
    let head = (p - v3(0.0, 1.61, 0.02)).length() - 0.105;
    let neck = rod(p, v3(0.0, 1.4, 0.0), v3(0.0, 1.55, 0.0), 0.055, 0.05);
    let arms = rod(p, v3(-0.165, 1.35, 0.0), v3(-0.225, 0.90, 0.05), 0.062, 0.042)
        .min(rod(p, v3(0.16, 1.35, 0.0), v3(0.215, 1.08, 0.10), 0.062, 0.05))
        .min(rod(p, v3(0.215, 1.08, 0.10), v3(0.12, 1.26, 0.22), 0.05, 0.04));
    let hair = rod(p, v3(0.0, 1.66, -0.02), v3(0.0, 1.46, -0.07), 0.112, 0.085);
    let bag = rod(p, v3(-0.25, 0.60, 0.06), v3(-0.245, 0.78, 0.06), 0.09, 0.06);
    let shaft = rod(p, v3(0.125, 1.10, 0.23), v3(0.04, 2.22, 0.1), 0.012, 0.010);
    let coat = melt(melt(chest, arms, 0.09), hem, 0.05);
    let body = legs.min(coat).min(melt(head.min(hair), neck, 0.05)).min(bag).min(shaft);
    (body, canopy(p))
}

/// A shallow dome of eight gores, scalloped at the rim, thin as cloth.
fn canopy(p: V3) -> f32 {
    let q = p - v3(0.05, 2.18, 0.1);
    let radius = v2(q.x, q.z).length();
    let eighth = std::f32::consts::TAU / 8.0;
    let angle = crate::maths::atan2(q.z, q.x);
    let gore = cos((angle - (angle / eighth).round() * eighth) * 4.0);
    let dome = -0.42 * radius * radius - 0.16 * radius * radius * radius * radius + 0.03 * gore * radius;
    let rim = 0.66 + 0.05 * (1.0 - gore);
    ((q.y - dome).abs() * 0.72 - 0.008).max(radius - rim)
}
