//! Contours: edges that the surroundings believe in.
//!
//! A gradient knows what happens within two or three pixels, where the weave of a cloth and the outline of a
//! sleeve look alike. What tells them apart is that beyond an outline the colour is another one also on average, some
//! way off on either side. (Martin, Fowlkes and Malik, "Learning to Detect Natural Image Boundaries Using Local
//! Brightness, Color, and Texture Cues", 2004, compare the two halves of a disc; two means along the gradient are
//! what of that is cheap.) The strength of a pixel here is the geometric mean of its gradient and of that
//! difference, both in Oklab with its colours weighed up, so that thin lines and fine texture lose and outlines stay,
//! as sharp as the gradient saw them.

use super::gradient::GradientRows;
use crate::context::Context;
use crate::error::Result;
use crate::filter;
use crate::kernel::{Level, gradient::FULL_STEP};
use crate::parallel::for_each_band;
use crate::pixel::Plane;

/// How much more a and b of Oklab count than lightness. Of 1 to 4, scored on scenes whose borders are known.
const COLOURFUL: f32 = 2.5;

/// The Gaussian of the means, in distances to them: a little less than half, so that the two hardly overlap.
const SPREAD: f32 = 0.5;

/// A difference of 1 is worked out as half a step from black to white, so that all that can be fits 13 000.
const UNIT: f32 = FULL_STEP as f32 / 2.0;

/// Samples handled at a time.
const RUN: usize = 1 << 16;

/// Let colour differences count as much as they are seen.
pub(super) fn weigh_colours(planes: &mut [Plane], context: &Context) -> Result<()> {
    for plane in planes.iter_mut().skip(1) {
        for_each_band(context, plane.samples_mut(), RUN, |_, samples| {
            samples.iter_mut().for_each(|value| *value *= COLOURFUL);
            Ok(())
        })?;
    }
    Ok(())
}

/// What is seen on average around each pixel, and how far off it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    planes: Vec<Plane>,
    reach: f32,
}

impl Surroundings {
    /// Of these planes, `reach` pixels to either side.
    pub(super) fn new(planes: &[Plane], reach: f32, context: &Context) -> Result<Self> {
        let mut planes = planes.to_vec();
        filter::gaussian(&mut planes, SPREAD * reach, context)?;
        Ok(Self { planes, reach })
    }

    /// How much the surroundings differ on the two sides of a pixel, along a direction of length 1.
    fn difference(&self, at: (usize, usize), along: (f32, f32)) -> f32 {
        let size = self.planes[0].size();
        let place = |side: f32| {
            let x = (at.0 as f32 + side * along.0 + 0.5).clamp(0.0, (size.width() - 1) as f32) as usize;
            let y = (at.1 as f32 + side * along.1 + 0.5).clamp(0.0, (size.height() - 1) as f32) as usize;
            y * size.width() + x
        };
        let (ahead, behind) = (place(self.reach), place(-self.reach));
        let mut sum = 0.0;
        for plane in &self.planes {
            let apart = plane.samples()[ahead] - plane.samples()[behind];
            sum += apart * apart;
        }
        sum.sqrt()
    }
}

/// Gradients, each as long as the surroundings make it.
pub(super) struct BelievedGradients<'a, G> {
    near: G,
    far: &'a Surroundings,
}

impl<'a, G> BelievedGradients<'a, G> {
    pub(super) fn new(near: G, far: &'a Surroundings) -> Self {
        Self { near, far }
    }
}

impl<G: GradientRows> GradientRows for BelievedGradients<'_, G> {
    fn row(&mut self, level: Level, y: usize, dx: &mut [i16], dy: &mut [i16]) {
        self.near.row(level, y, dx, dy);
        for (x, (dx, dy)) in dx.iter_mut().zip(dy).enumerate() {
            let (across, down) = (f32::from(*dx), f32::from(*dy));
            let length = (across * across + down * down).sqrt();
            if length > 0.0 {
                let difference = UNIT * self.far.difference((x, y), (across / length, down / length));
                let gain = (difference / length).sqrt();
                (*dx, *dy) = ((across * gain).round() as i16, (down * gain).round() as i16);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::context::Context;
    use crate::edge::{Canny, Look, Norm, Scene};
    use crate::pixel::{Layout, Picture, Size};

    /// Stripes three pixels wide on the left, and an even grey of the same mean on the right, then a darker one.
    fn striped() -> Picture {
        let samples = (0..120 * 60).map(|i| match i % 120 {
            x @ ..50 => [90, 90, 90, 150, 150, 150][x % 6],
            50..85 => 120,
            _ => 60,
        });
        Picture::new(Size::new(120, 60).unwrap(), Layout::Grey, samples.collect::<Vec<u8>>()).unwrap()
    }

    #[test]
    fn stripes_lose_against_an_outline() {
        let (picture, context) = (striped(), Context::default());
        let found = |reach: f32, high: f64| {
            let scene = Scene::open(&picture, Look { reach, ..Look::default() }, &context).unwrap();
            let canny = Canny { norm: Norm::Euclidean, ..Canny::new(high, high) };
            scene.canny(&canny, &context).unwrap().columns(30).collect::<Vec<_>>()
        };
        // By the gradient alone a stripe is as good as the outline.
        assert!(found(0.0, 200.0).len() > 12, "{:?}", found(0.0, 200.0));
        let strongest = (1..200).rev().find_map(|high| {
            let columns = found(9.0, f64::from(high));
            (!columns.is_empty()).then_some(columns)
        });
        assert!(matches!(strongest.unwrap()[..], [84 | 85]));
    }

    #[test]
    fn no_number_and_no_size_does_harm() {
        let context = Context::default();
        for (width, height) in [(1, 1), (1, 9), (9, 1), (3, 2)] {
            let samples = (0..width * height * 3).map(|i| if i % 5 == 0 { f32::NAN } else { i as f32 });
            let picture =
                Picture::new(Size::new(width, height).unwrap(), Layout::Rgb, samples.collect::<Vec<f32>>());
            let scene =
                Scene::open(picture.as_ref().unwrap(), Look { reach: 11.0, ..Look::default() }, &context);
            scene.unwrap().canny(&Canny::new(10.0, 20.0), &context).unwrap();
        }
    }
}
