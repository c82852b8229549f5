//! Solids as distance functions, and how they melt into each other.

use crate::maths::{V3, v3};

/// First-order distance to an ellipsoid (Taubin, "Distance Approximations for Rasterizing Implicit Curves", 1994).
pub(crate) fn ellipsoid(p: V3, centre: V3, radii: V3) -> f32 {
    let q = p - centre;
    let scaled = v3(q.x / radii.x, q.y / radii.y, q.z / radii.z);
    let slope = v3(scaled.x / radii.x, scaled.y / radii.y, scaled.z / radii.z).length();
    let level = scaled.length();
    if slope < 1e-6 { -radii.x.min(radii.y).min(radii.z) } else { level * (level - 1.0) / slope }
}

/// A rod from `a` to `b` with round ends, of radius `ra` growing to `rb`.
pub(crate) fn rod(p: V3, a: V3, b: V3, ra: f32, rb: f32) -> f32 {
    let (to, q) = (b - a, p - a);
    let t = (q.dot(to) / to.dot(to)).clamp(0.0, 1.0);
    (q - to * t).length() - (ra + (rb - ra) * t)
}

/// The union of two solids, with a fillet of width `k` between them.
pub(crate) fn melt(a: f32, b: f32, k: f32) -> f32 {
    let h = (k - (a - b).abs()).max(0.0) / k;
    a.min(b) - h * h * k * 0.25
}

/// `a` without `b`, with rounded edges.
pub(crate) fn carve(a: f32, b: f32, k: f32) -> f32 {
    -melt(-a, b, k)
}
