//! Which way strokes of shading run: along the forms where there are any, a hand's own slant elsewhere.
//!
//! Directions are kept as double angles, (cos 2θ, sin 2θ), which can be averaged and interpolated without asking
//! which way a line points.

use super::flow::tensor;
use super::grid::{between, blurred, halved};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::Plane;

/// A direction for every place.
pub(crate) struct Directions {
    cosines: Plane,
    sines: Plane,
    /// Units to a sample of the grid.
    step: f32,
}

/// How a hand lays its strokes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lie {
    /// Over how many units forms are averaged.
    pub(crate) smooth: f32,
    /// The angle of the hand's own slant, in radians.
    pub(crate) slant: f32,
    /// 0 keeps to the slant, 1 follows forms where it can.
    pub(crate) follow: f32,
}

pub(crate) fn directions(light: &Plane, unit: f32, lie: Lie, context: &Context) -> Result<Directions> {
    let (mut small, mut scale) = (light.clone(), unit);
    while scale > 1.1 && small.size().width().min(small.size().height()) > 16 {
        small = halved(&small, context)?;
        scale *= 0.5;
    }
    let tensor = tensor(&[&small], context)?.tamed(1e-5, context)?;
    scale *= 0.5;
    let mut tensor = tensor.blurred(lie.smooth * scale, context)?;
    let (e, f, g) = (tensor.e.samples_mut(), tensor.f.samples_mut(), tensor.g.samples());
    for ((e, f), g) in e.iter_mut().zip(f).zip(g) {
        let gain = lie.follow / (*e + g + 0.012);
        // Across the gradient: the double angle turned by half a circle.
        (*e, *f) = (-(*e - g) * gain, -2.0 * *f * gain);
    }
    let mut cosines = blurred(&tensor.e, 0.7 * lie.smooth * scale, context)?;
    let mut sines = blurred(&tensor.f, 0.7 * lie.smooth * scale, context)?;
    let (sin, cos) = (2.0 * lie.slant).sin_cos();
    let own = 1.0 - 0.75 * lie.follow;
    for (c, s) in cosines.samples_mut().iter_mut().zip(sines.samples_mut()) {
        let (x, y) = (*c + own * cos, *s + own * sin);
        let length = (x * x + y * y).sqrt().max(1e-6);
        (*c, *s) = (x / length, y / length);
    }
    Ok(Directions { cosines, sines, step: 1.0 / scale })
}

impl Directions {
    /// The direction at a point in units, turned by an angle whose double has this sine and cosine.
    pub(super) fn at(&self, x: f32, y: f32, [sin, cos]: [f32; 2]) -> [f32; 2] {
        let (i, j) = (x / self.step - 0.5, y / self.step - 0.5);
        let (c, s) = (between(&self.cosines, i, j), between(&self.sines, i, j));
        let (c, s) = (c * cos - s * sin, s * cos + c * sin);
        let c = c / (c * c + s * s).sqrt().max(1e-6);
        let x = ((1.0 + c) * 0.5).max(0.0).sqrt();
        let y = ((1.0 - c) * 0.5).max(0.0).sqrt();
        [x, if s < 0.0 { -y } else { y }]
    }
}
