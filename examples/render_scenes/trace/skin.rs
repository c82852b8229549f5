//! Light that enters at one place and leaves at another: skin, fruit, wax.
//! The profile and its sampling are those of Christensen and Burley, "Approximate Reflectance Profiles for Efficient
//! Subsurface Scattering", 2015.

use super::bsdf::frame;
use super::path::hit_at;
use super::sampler::Sampler;
use super::scene::Scene;
use super::surface::Hit;
use crate::maths::{V3, cos, exp, ln, sin, v3};

/// Where the light that leaves at `hit` came in, and how much more or less of it than by chance.
/// Where the search finds nothing of the same object, the light came in where it leaves.
pub(crate) fn entry(scene: &Scene, hit: &Hit, depth: V3, sampler: &mut Sampler) -> (Hit, V3) {
    let (pick, which) = sampler.pair();
    let (a, b) = sampler.pair();
    let chosen = [depth.x, depth.y, depth.z][((pick * 3.0) as usize).min(2)];
    let mean = if which < 0.25 { chosen } else { 3.0 * chosen };
    let radius = -mean * ln(1.0 - a * 0.999);
    let limit = 9.0 * depth.x.max(depth.y).max(depth.z);
    let [x, y] = frame(hit.normal);
    let turn = std::f32::consts::TAU * b;
    let aside = x * (radius * cos(turn)) + y * (radius * sin(turn));
    let lift = (limit * limit - radius * radius).max(0.0).sqrt();
    let from = hit.place + aside + hit.normal * lift;
    let found = scene.bvh.nearest(from, -hit.normal, 2.0 * lift).map(|m| hit_at(scene, -hit.normal, m));
    match found {
        Some(place) if place.object == hit.object => {
            let far = (place.place - hit.place).length();
            let weight = weight(depth, far, radius) * (1.0 / place.flat.dot(hit.normal).abs().max(0.3));
            (place, weight.map(|w| w.min(4.0)))
        }
        _ => (Hit { ..*hit }, v3(1.0, 1.0, 1.0)),
    }
}

/// The profile of each colour at the true distance, over the chance of the radius that was drawn.
fn weight(depth: V3, far: f32, radius: f32) -> V3 {
    let profile = |d: f32, r: f32| {
        let r = r.max(1e-3 * d);
        (exp(-r / d) + exp(-r / (3.0 * d))) / (d * r)
    };
    let chance = (profile(depth.x, radius) + profile(depth.y, radius) + profile(depth.z, radius)) / 3.0;
    depth.map(|d| profile(d, far) / chance.max(1e-12))
}
