//! Still water: a breath of wind in places, and rings where the raft lies.

use super::raft::PLACE;
use crate::maths::{V3, exp, ramp, sin, v2, v3};
use crate::noise::{fbm, value};

/// The way the surface leans, `t` metres from the eye.
pub(super) fn normal(p: V3, t: f32, seed: u32) -> V3 {
    let flat = v2(p.x, p.z);
    let breeze = ramp(0.0, 0.5, fbm(v2(p.x * 0.012, p.z * 0.03), 3, seed ^ 51));
    let far = ramp(700.0, 60.0, t);
    let swell = v2(value(flat * 0.35, 52), value(v2(p.x * 0.22, p.z * 0.45), 53)) * 0.006;
    let fine = v2(fbm(flat * 1.3, 3, 54), fbm(v2(p.x * 1.1, p.z * 1.7), 3, 55))
        * (0.004 + 0.022 * breeze * (0.3 + 0.7 * far));
    let rings = rings(p);
    v3(swell.x + fine.x + rings.0, 1.0, swell.y + fine.y + rings.1).unit()
}

/// Circles that spread from the pole.
fn rings(p: V3) -> (f32, f32) {
    let d = v2(p.x - PLACE.x + 1.3, p.z - PLACE.z);
    let r = d.length().max(0.3);
    let slope = 0.05 * sin(r * 5.2) * exp(-r * 0.30) * ramp(0.3, 1.2, r);
    (d.x / r * slope, d.y / r * slope)
}
