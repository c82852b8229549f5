//! A thin lens: what lies in its plane of focus is sharp, the rest is as blurred as the lens is wide.

use crate::maths::{V3, cos, sin, v3};

pub(crate) struct Camera {
    eye: V3,
    /// Right, up and forward, each one unit long.
    axes: [V3; 3],
    /// Half the picture's height at distance 1.
    half: f32,
    lens: f32,
    focus: f32,
}

impl Camera {
    /// Looks from `eye` at `target`; the picture is `height` high at the target's distance.
    pub(crate) fn new(eye: V3, target: V3, height: f32) -> Self {
        let forward = (target - eye).unit();
        let right = forward.cross(v3(0.0, 1.0, 0.0)).unit();
        let distance = (target - eye).length();
        let axes = [right, right.cross(forward), forward];
        Self { eye, axes, half: height * 0.5 / distance, lens: 0.0, focus: distance }
    }

    /// A lens of radius `lens`, sharp at the distance of `place`.
    pub(crate) fn focused(self, place: V3, lens: f32) -> Self {
        Self { focus: (place - self.eye).dot(self.axes[2]), lens, ..self }
    }

    /// Where a ray starts and goes, for a place of the picture (`−1..1` upwards, as far sideways as it is wide)
    /// and a place on the lens (two numbers in `0..1`; none for its centre).
    pub(crate) fn ray(&self, x: f32, y: f32, lens: Option<(f32, f32)>) -> (V3, V3) {
        let [right, up, forward] = self.axes;
        let aim = (right * (x * self.half) + up * (y * self.half) + forward) * self.focus;
        let (radius, angle) = lens.map_or((0.0, 0.0), |(a, b)| (a.sqrt() * self.lens, b));
        let turn = angle * std::f32::consts::TAU;
        let shift = right * (radius * cos(turn)) + up * (radius * sin(turn));
        (self.eye + shift, (aim - shift).unit())
    }
}
