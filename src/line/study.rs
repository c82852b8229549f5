//! The study for a drawing: the picture reduced to the grid that drawings are made on.

use crate::context::Context;
use crate::error::{Error, Result};
use crate::filter::{fill_unseen, reduce, reduce_planes};
use crate::parallel::for_each_band;
use crate::pixel::{Encoding, Picture, Plane, Size};

/// The longer side of the grid, at most.
pub(crate) const GRID: u32 = 1280;

/// No light is taken for brighter than this, white being 1.
const BRIGHTEST: f32 = 4.0;

/// The picture in Oklab on a grid of limited size. What is transparent has the colours around it.
#[derive(Clone, Debug)]
pub struct Study {
    /// Lightness.
    pub light: Plane,
    /// From green to red.
    pub a: Plane,
    /// From blue to yellow.
    pub b: Plane,
    /// Samples to a unit of 1/1024 of the longer side.
    pub unit: f32,
}

impl Study {
    /// Reduce the picture as far as drawings need it: lines of `width` units are wide enough to be drawn well.
    pub fn open(picture: &Picture, width: f32, context: &Context) -> Result<Self> {
        let finer = (0.9 / width.max(1e-3)).clamp(1.0, 2.0);
        Self::at_most(picture, (GRID as f32 * finer) as u32, context)
    }

    /// Reduce the picture until its longer side is at most `longer`.
    pub(crate) fn at_most(picture: &Picture, longer: u32, context: &Context) -> Result<Self> {
        let small = reduce(picture, longer, Encoding::Oklab, context)?;
        let mut colour = small.colour;
        fill_unseen(&mut colour, &small.alpha);
        for plane in &mut colour {
            for_each_band(context, plane.samples_mut(), 1 << 16, |_, samples| {
                // What is no number becomes black.
                samples
                    .iter_mut()
                    .for_each(|v| *v = if v.is_nan() { 0.0 } else { v.clamp(-BRIGHTEST, BRIGHTEST) });
                Ok(())
            })?;
        }
        let [light, a, b] = colour;
        let unit = light.size().longer() as f32 / 1024.0;
        Ok(Self { light, a, b, unit })
    }

    /// The same on a grid whose longer side is at most `longer`.
    pub(crate) fn smaller(&self, longer: u32, context: &Context) -> Result<Self> {
        let [light, a, b] = reduce_planes([&self.light, &self.a, &self.b], longer, context)?;
        let unit = light.size().longer() as f32 / 1024.0;
        Ok(Self { light, a, b, unit })
    }

    /// The size of the grid for a picture of this size.
    pub(crate) fn size_of(size: Size) -> Result<Size> {
        let small = size.with_longer(size.longer().min(GRID as usize) as u32);
        small.map_err(|error| Error::unsupported(error.to_string(), "ask for a smaller one"))
    }

    /// Width and height of the grid.
    pub fn size(&self) -> Size {
        self.light.size()
    }

    /// How large the picture is, in units.
    pub(crate) fn extent(&self) -> [f32; 2] {
        [self.size().width() as f32 / self.unit, self.size().height() as f32 / self.unit]
    }
}
