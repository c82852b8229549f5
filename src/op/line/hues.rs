//! A gradient as colours: the steeper, the lighter, and the hue says where it grows brighter.

use crate::edge::Operator;
use crate::edge::Scene;
use crate::error::Result;
use crate::op::StepContext;
use crate::pixel::{Encoding, Picture, Plane, Planes};

/// The lightness and the chroma of what is as steep as can be: inside sRGB for every hue.
const LIGHT: f32 = 0.75;
const COLOURFUL: f32 = 0.12;

/// Red where it grows brighter to the right, yellow down, green to the left, blue up. Those are the axes of Oklab, so the
/// gradient itself, made as long as the chroma is to be, is the colour.
pub(super) fn drawn(
    picture: &Picture,
    scene: &Scene<'_>,
    gain: f32,
    step: &StepContext<'_>,
) -> Result<Picture> {
    let context = step.work;
    context.limits.admit(picture.size(), 16)?;
    let [mut a, mut b] = scene.gradient(Operator::Scharr, context)?;
    let mut light = Plane::filled(picture.size(), 0.0);
    for ((light, a), b) in light.samples_mut().iter_mut().zip(a.samples_mut()).zip(b.samples_mut()) {
        let steep = (*a * *a + *b * *b).sqrt();
        let shade = (gain * steep).min(1.0);
        let longer = if steep > 0.0 { COLOURFUL * shade / steep } else { 0.0 };
        (*light, *a, *b) = (LIGHT * shade, longer * *a, longer * *b);
    }
    let mut planes = Planes::open(picture, Encoding::Oklab, context)?;
    planes.colour = vec![light, a, b];
    planes.close(step.rest, context)
}
