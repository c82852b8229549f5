//! The houses on both sides with all that hangs on them, and the lamps: everything is a box, a ball or a sign.

use super::sign::Sign;
use crate::lens::Ray;
use crate::maths::{V3, v3};

/// Half the width of the street between the houses.
pub(super) const HALF: f32 = 4.7;

/// Strings of lanterns, and wires: distance, height, sag and half thickness.
pub(super) const STRINGS: [(f32, f32, f32, f32); 4] =
    [(13.5, 5.0, 0.8, 0.012), (19.0, 5.5, 0.8, 0.012), (25.5, 5.4, 0.8, 0.012), (33.0, 5.8, 0.8, 0.012)];
const WIRES: [(f32, f32, f32, f32); 5] = [
    (9.0, 6.6, 0.5, 0.012),
    (9.3, 6.9, 0.9, 0.016),
    (16.0, 9.0, 0.7, 0.02),
    (23.0, 10.6, 0.9, 0.02),
    (23.4, 10.2, 1.4, 0.02),
];

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    House(usize),
    Metal,
    Awning(V3),
    Sign(usize),
    Lantern,
}

#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) low: V3,
    pub(super) high: V3,
    pub(super) kind: Kind,
    pub(super) object: u16,
}

pub(super) struct House {
    pub(super) body: Part,
    /// Around the house and all its parts.
    low: V3,
    high: V3,
    parts: Vec<Part>,
    pub(super) seed: u32,
}

/// Something that throws light: where, how much, how large, and the way its face looks (two-sided; none for balls).
pub(super) struct Lamp {
    pub(super) place: V3,
    pub(super) light: V3,
    pub(super) size: f32,
    pub(super) face: V3,
}

pub(super) struct Town {
    pub(super) houses: Vec<House>,
    pub(super) signs: Vec<Sign>,
    pub(super) lamps: Vec<Lamp>,
    pub(super) lanterns: Vec<V3>,
}

pub(super) struct Hit {
    pub(super) t: f32,
    pub(super) normal: V3,
    pub(super) part: Part,
}

impl Town {
    /// The first thing a ray meets before `far`.
    pub(super) fn meet(&self, ray: Ray, far: f32) -> Option<Hit> {
        let inverse = ray.to.map(|v| 1.0 / if v.abs() < 1e-7 { 1e-7 } else { v });
        let mut best = far;
        let mut found = None;
        for house in &self.houses {
            if slab(ray, inverse, house.low, house.high).is_none_or(|(t, _)| t > best) {
                continue;
            }
            for part in std::iter::once(&house.body).chain(&house.parts) {
                if let Some((t, normal)) =
                    slab(ray, inverse, part.low, part.high).filter(|h| h.0 > 1e-3 && h.0 < best)
                {
                    best = t;
                    found = Some(Hit { t, normal, part: *part });
                }
            }
        }
        self.lantern(ray, best).or(found)
    }

    /// The strings of the lanterns, and wires higher up: each hangs in a plane across the street.
    pub(super) fn cable(&self, ray: Ray, far: f32) -> Option<f32> {
        STRINGS.iter().chain(&WIRES).find_map(|&(z, y, sag, thick)| {
            let t = (z - ray.from.z) / if ray.to.z.abs() < 1e-5 { 1e-5 } else { ray.to.z };
            let p = ray.at(t);
            let across = (p.x / HALF).clamp(-1.2, 1.2);
            let off = (p.y - y - 0.3 + sag * (1.0 - across * across)).abs();
            (t > 0.01 && t < far && off < thick).then_some(t)
        })
    }

    fn lantern(&self, ray: Ray, mut best: f32) -> Option<Hit> {
        let mut found = None;
        for &place in &self.lanterns {
            let squash = v3(1.0, 1.18, 1.0);
            let (o, d) = ((ray.from - place).tint(squash), ray.to.tint(squash));
            let (a, b, c) = (d.dot(d), o.dot(d), o.dot(o) - 0.26 * 0.26);
            let root = b * b - a * c;
            let t = if root > 0.0 { (-b - root.sqrt()) / a } else { -1.0 };
            if t > 1e-3 && t < best {
                best = t;
                let normal = ((o + d * t).tint(squash)).unit();
                let part = Part { low: place, high: place, kind: Kind::Lantern, object: 400 };
                found = Some(Hit { t, normal, part });
            }
        }
        found
    }
}

impl House {
    pub(super) fn new(body: Part, parts: Vec<Part>, seed: u32) -> Self {
        let mut house = Self { low: body.low, high: body.high, body, parts: Vec::new(), seed };
        house.add(parts);
        house
    }

    pub(super) fn add(&mut self, parts: impl IntoIterator<Item = Part>) {
        for part in parts {
            let (low, high) = (part.low, part.high);
            self.low = v3(self.low.x.min(low.x), self.low.y.min(low.y), self.low.z.min(low.z));
            self.high = v3(self.high.x.max(high.x), self.high.y.max(high.y), self.high.z.max(high.z));
            self.parts.push(part);
        }
    }

    pub(super) fn holds(&self, side: f32, z: f32) -> bool {
        let same_side = (self.body.low.x + self.body.high.x) * side > 0.0;
        same_side && self.body.low.z <= z && z < self.body.high.z + 0.05
    }
}

/// Where a ray enters a box and the face it enters by (Kay and Kajiya, "Ray tracing complex scenes", 1986).
fn slab(ray: Ray, inverse: V3, low: V3, high: V3) -> Option<(f32, V3)> {
    let (a, b) = ((low - ray.from).tint(inverse), (high - ray.from).tint(inverse));
    let near = v3(a.x.min(b.x), a.y.min(b.y), a.z.min(b.z));
    let far = a.x.max(b.x).min(a.y.max(b.y)).min(a.z.max(b.z));
    let t = near.x.max(near.y).max(near.z);
    if t > far || far < 0.0 {
        return None;
    }
    let against = |v: f32| if v > 0.0 { -1.0 } else { 1.0 };
    let normal = if t == near.x {
        v3(against(ray.to.x), 0.0, 0.0)
    } else if t == near.y {
        v3(0.0, against(ray.to.y), 0.0)
    } else {
        v3(0.0, 0.0, against(ray.to.z))
    };
    Some((t, normal))
}
