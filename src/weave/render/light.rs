//! Where the light comes from.

use std::ops::RangeInclusive;

use super::math::sin_cos_degrees;

/// A key light, and how strong the soft light from everywhere else is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Degrees: 0 from the right, 90 from the top of the picture, 180 from the left.
    pub azimuth: f32,
    /// Degrees above the cloth.
    pub elevation: f32,
    /// Share of the soft fill light.
    pub fill: f32,
}

impl Light {
    /// What [`azimuth`](Self::azimuth) may be.
    pub const AZIMUTH: RangeInclusive<f32> = -360.0..=360.0;
    /// What [`elevation`](Self::elevation) may be.
    pub const ELEVATION: RangeInclusive<f32> = 10.0..=90.0;
    /// What [`fill`](Self::fill) may be.
    pub const FILL: RangeInclusive<f32> = 0.0..=1.0;
}

impl Default for Light {
    fn default() -> Self {
        Self { azimuth: 112.0, elevation: 42.0, fill: 0.35 }
    }
}

pub(super) type Vector = [f32; 3];

pub(super) fn dot(a: Vector, b: Vector) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(super) fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit(a: Vector) -> Vector {
    let length = dot(a, a).sqrt();
    a.map(|v| v / length)
}

impl Light {
    /// Towards the light: x to the right, y *down* the picture, z towards the eye.
    pub(super) fn direction(&self) -> Vector {
        let (azimuth, elevation) = (sin_cos_degrees(self.azimuth), sin_cos_degrees(self.elevation));
        [elevation.1 * azimuth.1, -elevation.1 * azimuth.0, elevation.0]
    }

    /// Half way between the light and the eye.
    pub(super) fn half(&self) -> Vector {
        let [x, y, z] = self.direction();
        unit([x, y, z + 1.0])
    }
}
