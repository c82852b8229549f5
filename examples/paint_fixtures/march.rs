//! Solid shapes as distance fields in space, and rays that walk through them.
//!
//! Sphere tracing after Hart, "Sphere tracing: a geometric method for the antialiased ray tracing of implicit surfaces", 1996.
//! The soft shadow keeps the narrowest cone a ray sees on its way to the light.

use crate::maths::{V2, V3, mix, v3};

pub(crate) fn sphere(p: V3, centre: V3, radius: f32) -> f32 {
    (p - centre).length() - radius
}

/// An ellipsoid; like its flat sister, right at the border and good near it.
pub(crate) fn ellipsoid(p: V3, centre: V3, half: V3) -> f32 {
    let q = p - centre;
    let k0 = v3(q.x / half.x, q.y / half.y, q.z / half.z).length();
    let k1 = v3(q.x / (half.x * half.x), q.y / (half.y * half.y), q.z / (half.z * half.z)).length();
    k0 * (k0 - 1.0) / k1.max(1e-6)
}

/// A rod from `a` to `b`, as thick at the ends as the two radii say.
pub(crate) fn rod(p: V3, a: V3, b: V3, ra: f32, rb: f32) -> f32 {
    let (ap, ab) = (p - a, b - a);
    let t = (ap.dot(ab) / ab.dot(ab)).clamp(0.0, 1.0);
    (ap - ab * t).length() - mix(ra, rb, t)
}

/// Two shapes melted together where they are within `soft` of each other.
pub(crate) fn melt(a: f32, b: f32, soft: f32) -> f32 {
    let h = (soft - (a - b).abs()).max(0.0) / soft;
    a.min(b) - h * h * soft * 0.25
}

/// The first shape with the second pressed into it.
pub(crate) fn dent(a: f32, b: f32, soft: f32) -> f32 {
    -melt(-a, b, soft)
}

pub(crate) struct Camera {
    eye: V3,
    right: V3,
    up: V3,
    forward: V3,
}

impl Camera {
    /// `zoom`: distance of the picture plane, in half picture heights.
    pub(crate) fn new(eye: V3, target: V3, zoom: f32) -> Self {
        let forward = (target - eye).unit();
        let right = forward.cross(v3(0.0, 1.0, 0.0)).unit();
        Self { eye, right, up: right.cross(forward), forward: forward * zoom }
    }

    /// The ray through a place of a picture of this width and height.
    pub(crate) fn ray(&self, p: V2, width: f32, height: f32) -> Ray {
        let (x, y) = ((p.x - width * 0.5) / (height * 0.5), (height * 0.5 - p.y) / (height * 0.5));
        Ray { from: self.eye, to: (self.forward + self.right * x + self.up * y).unit() }
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) from: V3,
    pub(crate) to: V3,
}

impl Ray {
    pub(crate) fn at(&self, t: f32) -> V3 {
        self.from + self.to * t
    }

    /// Where the ray first meets a surface between `near` and `far`.
    pub(crate) fn meet(&self, near: f32, far: f32, field: &impl Fn(V3) -> f32) -> Option<V3> {
        let mut t = near;
        for _ in 0..160 {
            let d = field(self.at(t));
            if d < 0.0004 * t {
                return Some(self.at(t));
            }
            t += d * 0.8;
            if t > far {
                return None;
            }
        }
        None
    }
}

/// The direction in which the field grows, from four samples at the corners of a tetrahedron.
pub(crate) fn normal(p: V3, step: f32, field: &impl Fn(V3) -> f32) -> V3 {
    let corners = [v3(1.0, -1.0, -1.0), v3(-1.0, -1.0, 1.0), v3(-1.0, 1.0, -1.0), v3(1.0, 1.0, 1.0)];
    corners.into_iter().fold(V3::default(), |sum, c| sum + c * field(p + c * step)).unit()
}

/// How much of a light of the given sharpness is seen from `p`, 0 to 1.
pub(crate) fn sees(p: V3, light: V3, sharpness: f32, far: f32, field: &impl Fn(V3) -> f32) -> f32 {
    let (mut t, mut open) = (0.03, 1.0_f32);
    for _ in 0..48 {
        let d = field(p + light * t);
        open = open.min(sharpness * d / t);
        t += d.clamp(0.015, 0.25);
        if open < 0.002 || t > far {
            break;
        }
    }
    let open = open.clamp(0.0, 1.0);
    open * open * (3.0 - 2.0 * open)
}

/// How open the surroundings are, from five steps along the normal.
pub(crate) fn openness(p: V3, n: V3, reach: f32, field: &impl Fn(V3) -> f32) -> f32 {
    let mut closed = 0.0;
    let mut weight = 1.0;
    for step in 1..=5 {
        let h = reach * step as f32 / 5.0;
        closed += (h - field(p + n * h)).max(0.0) * weight;
        weight *= 0.7;
    }
    (1.0 - closed * 1.1 / reach).clamp(0.0, 1.0)
}
