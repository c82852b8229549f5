//! Flat shapes as signed distances: negative inside, in pixels.
//! (The distance to a segment and to a box are school geometry; see Quilez, "2D distance functions".)

use crate::maths::{V2, mix, v2};

/// Nearest point of a segment: how far along (0 to 1) and the distance.
pub(crate) fn along(p: V2, a: V2, b: V2) -> (f32, f32) {
    let (ap, ab) = (p - a, b - a);
    let t = (ap.dot(ab) / ab.dot(ab).max(1e-9)).clamp(0.0, 1.0);
    (t, (ap - ab * t).length())
}

/// A stroke from `a` to `b`, as wide at the ends as the two radii say.
pub(crate) fn stroke(p: V2, a: V2, b: V2, ra: f32, rb: f32) -> f32 {
    let (t, d) = along(p, a, b);
    d - mix(ra, rb, t)
}

pub(crate) fn block(p: V2, centre: V2, half: V2) -> f32 {
    let d = v2((p.x - centre.x).abs() - half.x, (p.y - centre.y).abs() - half.y);
    v2(d.x.max(0.0), d.y.max(0.0)).length() + d.x.max(d.y).min(0.0)
}

/// An ellipse; the distance is exact on the border and good near it, which is where it is read.
pub(crate) fn ellipse(p: V2, centre: V2, half: V2) -> f32 {
    let q = v2((p.x - centre.x) / half.x, (p.y - centre.y) / half.y);
    let slope = v2(q.x / half.x, q.y / half.y).length().max(1e-6);
    q.length() * (q.length() - 1.0) / slope
}

/// A point on a quadratic Bézier curve.
pub(crate) fn bezier(a: V2, b: V2, c: V2, t: f32) -> V2 {
    let (ab, bc) = (a + (b - a) * t, b + (c - b) * t);
    ab + (bc - ab) * t
}
