//! Dawn: the sky, the sun, and mist that lies in banks between the mountains and thins upwards.

use super::terrain::Terrain;
use crate::lens::Ray;
use crate::maths::{V3, bell, exp, pow, ramp, v2, v3};
use crate::noise::{fbm, value};

const SUNLIGHT: V3 = v3(1.0, 0.54, 0.22);
/// Light of the whole sky in the mist, which is cool.
const SKYLIGHT: V3 = v3(0.25, 0.345, 0.53);

/// Where the sky is brightest but for the sun itself: it models the flanks that the sun leaves flat.
const BRIGHT_SIDE: V3 = v3(0.80, 0.52, -0.30);

pub(super) struct Air {
    pub(super) sun: V3,
}

impl Air {
    pub(super) fn sky(&self, to: V3) -> V3 {
        let up = to.y.max(0.0);
        let towards = to.dot(self.sun).max(0.0);
        let low = v3(0.92, 0.56, 0.30).mix(v3(0.70, 0.47, 0.44), ramp(1.0, 0.84, towards));
        let base = low.mix(v3(0.13, 0.26, 0.52), ramp(0.02, 0.44, up));
        let glow =
            SUNLIGHT * (0.55 * pow(towards, 24.0) + 0.8 * pow(towards, 260.0) + 1.2 * pow(towards, 2400.0));
        let disc = v3(1.0, 0.80, 0.50) * (4.5 * ramp(0.999_80, 0.999_90, towards));
        base + glow + self.clouds(to) + disc
    }

    /// Thin sheets of cloud, lit from below.
    fn clouds(&self, to: V3) -> V3 {
        let up = to.y.max(0.02);
        let p = v2(to.x / up, to.z / up);
        let sheet = fbm(v2(p.x * 0.35 + 3.1, p.y * 0.9), 6, 71);
        let cover = ramp(-0.05, 0.55, sheet) * ramp(0.05, 0.2, to.y);
        v3(0.80, 0.42, 0.30) * (0.8 * cover * (0.35 + to.dot(self.sun).max(0.0)))
    }

    /// Light that falls on a surface from the sky around it.
    pub(super) fn ambient(&self, normal: V3) -> V3 {
        let towards = 0.5 + 0.5 * normal.dot(self.sun);
        let beside = normal.dot(BRIGHT_SIDE).max(0.0);
        SKYLIGHT.tint(v3(0.7, 0.8, 1.0)) * (0.35 + 0.35 * normal.y)
            + SUNLIGHT * (0.2 * towards)
            + v3(0.88, 0.74, 0.62) * (0.6 * beside * beside)
    }

    pub(super) fn sunlight(&self) -> V3 {
        SUNLIGHT * 2.2
    }

    /// What is left of `light` after `far` metres of air, and the light the air adds.
    pub(super) fn through(
        &self,
        ray: Ray,
        far: f32,
        light: V3,
        ground: &Terrain,
        start: f32,
        steps: u32,
    ) -> (V3, f32) {
        let far = far.min(5200.0);
        let scatter = self.scattering(ray.to);
        let (mut left, mut added, mut before) = (1.0, V3::default(), 0.0);
        for n in 0..steps {
            let end = (n as f32 + 1.0) / steps as f32;
            let end = far * end * end.sqrt();
            let p = ray.at(before + (end - before) * start);
            let thick = density(p) * (end - before);
            let passes = exp(-thick);
            let sun = ground.sunlit(p);
            let glow = SKYLIGHT * (0.72 + 0.4 * ramp(0.0, 260.0, p.y)) + scatter * (0.12 + 0.88 * sun);
            added += glow * (left * (1.0 - passes));
            left *= passes;
            before = end;
        }
        (light * left + added, left)
    }

    /// How strongly mist throws sunlight on: far more forwards than sideways (Henyey and Greenstein, 1941, twice).
    fn scattering(&self, to: V3) -> V3 {
        let c = to.dot(self.sun);
        let lobe = |g: f32| (1.0 - g * g) / pow(1.0 + g * g - 2.0 * g * c, 1.5);
        SUNLIGHT * (0.062 * lobe(0.8) + 0.13 * lobe(0.35) + 0.04)
    }
}

/// Haze everywhere; a sheet upon the lake; banks that hang between the towers.
fn density(p: V3) -> f32 {
    let haze = 0.000_30 * exp(-p.y / 420.0);
    if p.y > 330.0 {
        return haze;
    }
    let breath = value(v2(p.x * 0.011, p.z * 0.006), 81);
    let sheet =
        0.0042 * exp(-p.y.max(0.0) / (9.0 + 6.0 * breath)) * ramp(90.0, 520.0, p.z) * (0.75 + 0.5 * breath);
    let swell = 26.0 * value(v2(p.x * 0.004, p.z * 0.003), 82);
    let layer = |middle: f32, thick: f32| bell(p.y - middle - swell, thick);
    let banks =
        layer(34.0, 24.0) * ramp(330.0, 800.0, p.z) + 0.7 * layer(112.0, 26.0) * ramp(800.0, 1500.0, p.z);
    if banks < 0.01 {
        return haze + sheet;
    }
    let billows = fbm(v2(p.x * 0.0062 + p.y * 0.011, p.z * 0.0035 - p.y * 0.009), 4, 83);
    haze + sheet + 0.0075 * banks * ramp(-0.35, 0.5, billows)
}
