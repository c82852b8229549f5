//! Wet air: light of the lamps that haze and falling drops throw towards the eye.

use super::town::Lamp;
use crate::lens::Ray;
use crate::maths::{V3, atan2, ramp, v3};
use crate::noise::chance;

/// Share of the light that haze throws aside in a metre.
const HAZE: f32 = 0.0010;

/// Light of all lamps gathered on the way: for one small lamp the sum of `1 / d²` along a ray is an angle over the ray's
/// distance from it. Fog throws light forwards most, so a lamp far from the ray gives less still.
pub(super) fn airlight(ray: Ray, far: f32, lamps: &[Lamp]) -> V3 {
    let gather = |sum: V3, lamp: &Lamp| {
        let to = lamp.place - ray.from;
        let along = to.dot(ray.to);
        let aside = (to.dot(to) - along * along).max(0.0) + lamp.size * lamp.size * 0.16 + 0.04;
        let h = aside.sqrt();
        let angle = atan2(far - along, h) + atan2(along, h);
        sum + lamp.light * (HAZE * angle / (h * (1.0 + 0.10 * aside)))
    };
    lamps.iter().fold(v3(0.008, 0.010, 0.020) * (1.0 - 1.0 / (1.0 + far * 0.02)), gather)
}

/// How much brighter the air is where a drop has drawn its streak: three curtains of rain, near ones coarse and few.
pub(super) fn streaks(ray: Ray) -> f32 {
    let (x, y) = (ray.to.x / ray.to.z, ray.to.y / ray.to.z);
    let curtain = |lanes: f32, long: f32, odds: f32, slant: f32, seed: u32| {
        let across = (x + y * slant) * lanes;
        let lane = across.floor() as i32;
        let down = y * long + 17.0 * chance(lane, 1, seed);
        let drop = down.floor() as i32;
        if chance(lane, drop, seed) > odds {
            return 0.0;
        }
        let (u, v) = (across.rem_euclid(1.0) - 0.5, down.rem_euclid(1.0));
        let start = 0.35 * chance(lane, drop, seed ^ 3);
        ramp(0.5, 0.0, u.abs())
            * ramp(start, start + 0.2, v)
            * ramp(0.98, 0.6, v)
            * (0.3 + 0.7 * chance(lane, drop, seed ^ 5))
    };
    curtain(760.0, 11.0, 0.15, 0.06, 701) * 2.2
        + curtain(520.0, 6.0, 0.10, 0.08, 702) * 3.2
        + curtain(300.0, 3.2, 0.045, 0.10, 703) * 4.2
}
