//! How a surface scatters light: evenly, through, along fibres, and as a mirror of many small facets
//! (Walter and others, "Microfacet Models for Refraction through Rough Surfaces", 2007: the GGX distribution).

use std::f32::consts::{FRAC_1_PI, PI, TAU};

use super::surface::Surface;
use crate::maths::{V3, cos, sin, v3};

const WHITE: V3 = v3(1.0, 1.0, 1.0);

pub(crate) fn brightness(c: V3) -> f32 {
    0.2126 * c.x + 0.7152 * c.y + 0.0722 * c.z
}

fn power5(x: f32) -> f32 {
    let s = x * x;
    s * s * x
}

impl Surface {
    /// The share of light mirrored where the facet is seen under this cosine
    /// (Schlick, "An Inexpensive BRDF Model for Physically-based Rendering", 1994).
    fn mirrored(&self, cosine: f32) -> V3 {
        let edge = if self.shine == V3::default() { 0.0 } else { power5(1.0 - cosine.clamp(0.0, 1.0)) };
        self.shine + (WHITE - self.shine) * (edge * (1.0 - 0.6 * self.rough))
    }

    fn alpha(&self) -> f32 {
        (self.rough * self.rough).max(0.002)
    }

    /// Chances of the mirror, of passing through, and of scattering back.
    fn lobes(&self, view: V3) -> [f32; 3] {
        let mirror = brightness(self.mirrored(self.normal.dot(view)));
        let back = brightness(self.colour) + 0.3 * brightness(self.sheen);
        let through = brightness(self.through);
        let mirror = if mirror > 0.0 { mirror.max(0.15 * (back + through)) } else { 0.0 };
        let sum = (mirror + back + through).max(1e-6);
        [mirror / sum, through / sum, back / sum]
    }

    pub(crate) fn mirror_chance(&self, view: V3) -> f32 {
        self.lobes(view)[0]
    }

    /// Light that goes on to `view` of each unit from `to`, the cosine included; and how likely `sample` picks `to`.
    pub(crate) fn scatter(&self, view: V3, to: V3) -> (V3, f32) {
        let n = self.normal;
        let (seen, lit) = (n.dot(view).max(1e-3), n.dot(to));
        let [mirror, through, back] = self.lobes(view);
        if lit <= 0.0 {
            return (self.through * (-lit * FRAC_1_PI), through * -lit * FRAC_1_PI);
        }
        let half = (view + to).unit();
        let (nh, vh) = (n.dot(half).max(0.0), view.dot(half).max(1e-4));
        let reflected = self.mirrored(vh);
        let body = (WHITE - reflected).tint(self.colour) * FRAC_1_PI + self.sheen * power5(1.0 - vh);
        let mut light = body * lit;
        let mut chance = back * lit * FRAC_1_PI;
        if mirror > 0.0 {
            let a2 = self.alpha() * self.alpha();
            let fall = nh * nh * (a2 - 1.0) + 1.0;
            let facets = a2 / (PI * fall * fall);
            let hidden = |c: f32| 2.0 * c / (c + (a2 + (1.0 - a2) * c * c).sqrt());
            light += reflected * (facets * hidden(seen) * hidden(lit) / (4.0 * seen));
            chance += mirror * facets * hidden(seen) / (4.0 * seen);
        }
        (light, chance)
    }

    /// A direction in which light is likely to go on.
    pub(crate) fn sample(&self, view: V3, lobe: f32, (a, b): (f32, f32)) -> V3 {
        let [mirror, through, _] = self.lobes(view);
        if lobe < mirror {
            let facet = self.facet(view, a, b);
            return (facet * (2.0 * view.dot(facet)) - view).unit();
        }
        if lobe < mirror + through { -around(self.normal, a, b) } else { around(self.normal, a, b) }
    }

    /// A facet as the viewer sees them (Heitz, "Sampling the GGX Distribution of Visible Normals", 2018).
    fn facet(&self, view: V3, a: f32, b: f32) -> V3 {
        let [x, y] = frame(self.normal);
        let alpha = self.alpha();
        let local = v3(view.dot(x), view.dot(y), view.dot(self.normal).max(1e-3));
        let v = v3(local.x * alpha, local.y * alpha, local.z).unit();
        let flat = v.x * v.x + v.y * v.y;
        let t1 = if flat > 1e-9 { v3(-v.y, v.x, 0.0) * (1.0 / flat.sqrt()) } else { v3(1.0, 0.0, 0.0) };
        let t2 = v.cross(t1);
        let (radius, turn) = (a.sqrt(), TAU * b);
        let (p, q) = (radius * cos(turn), radius * sin(turn));
        let lift = 0.5 * (1.0 + v.z);
        let q = (1.0 - lift) * (1.0 - p * p).max(0.0).sqrt() + lift * q;
        let h = t1 * p + t2 * q + v * (1.0 - p * p - q * q).max(0.0).sqrt();
        let h = v3(h.x * alpha, h.y * alpha, h.z.max(1e-6)).unit();
        (x * h.x + y * h.y + self.normal * h.z).unit()
    }
}

/// Two directions at right angles to `n` and to each other.
pub(crate) fn frame(n: V3) -> [V3; 2] {
    let other = if n.x.abs() > 0.7 { v3(0.0, 1.0, 0.0) } else { v3(1.0, 0.0, 0.0) };
    let x = n.cross(other).unit();
    [x, n.cross(x)]
}

/// A direction around `n`, as likely as its cosine.
pub(crate) fn around(n: V3, a: f32, b: f32) -> V3 {
    let [x, y] = frame(n);
    let (radius, turn) = (a.sqrt(), TAU * b);
    (x * (radius * cos(turn)) + y * (radius * sin(turn)) + n * (1.0 - a).max(0.0).sqrt()).unit()
}
