//! The grounds, what they have in common, and the light that falls on them.

use std::ops::Range;

use super::reduction::Reduction;
use super::{canvas, paper, silk, washi};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, relief};
use crate::parallel::for_each_band;
use crate::pixel::{Plane, Size};

/// What the ground is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Material {
    /// Cold-pressed paper for watercolour: rounded hills from the felt, and a little tooth.
    #[default]
    Paper,
    /// Linen in plain weave, its threads uneven.
    Canvas,
    /// Silk for painting: a fine weave in which the warp leads, with a sheen.
    Silk,
    /// Paper of long fibres, cloudy against the light.
    Washi,
}

/// A ground to paint or print on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// What it is made of.
    pub material: Material,
    /// The size of its hills, or the distance of its threads, in units of 1/1024 of the longer side.
    pub scale: f32,
    /// Where its chance comes from.
    pub seed: u64,
}

/// The light a ground is seen in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Where it comes from, in degrees: 0 from the right, 90 from above.
    pub angle: f32,
    /// How strongly slopes show, 1 as is usual.
    pub relief: f32,
    /// How much lighter and darker the stuff itself is from place to place, 1 as is usual.
    pub stain: f32,
}

/// Some rows of a ground.
pub(super) struct Sheet {
    /// Heights: mean about 0, deviation about 1, to be multiplied by the scale.
    pub(super) height: Vec<f32>,
    /// How much lighter (or darker) than the mean, as a share of the light.
    pub(super) tone: Vec<f32>,
}

/// A ground made ready for one size of picture.
pub(super) trait Maker: Send + Sync {
    /// The rows asked for, which may lie outside the picture.
    fn rows(&self, level: Level, rows: Range<i64>) -> Sheet;
    /// How strongly slopes across and down show in a relief of 1, and how much they shine.
    fn look(&self) -> Look;
}

/// How a material answers to light.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// What a slope of 1 adds to the light.
    pub(super) slope: f32,
    /// What hollows lose.
    pub(super) hollow: f32,
}

/// Rows a thread does in one go.
const ROWS: usize = 32;

/// Where the scale is fewer pixels than this, light is worked out on finer points and reduced: the light of an
/// averaged slope is less than the average of its light.
const FINE: f32 = 12.0;

/// Points across and down a pixel at most.
const MOST_POINTS: u32 = 3;

impl Ground {
    fn maker(&self, size: Size) -> Box<dyn Maker> {
        match self.material {
            Material::Paper => Box::new(paper::Paper::new(size, self.scale, self.seed)),
            Material::Canvas => Box::new(canvas::canvas(size, self.scale, self.seed)),
            Material::Silk => Box::new(silk::silk(size, self.scale, self.seed)),
            Material::Washi => Box::new(washi::Washi::new(size, self.scale, self.seed)),
        }
    }

    /// How high the ground lies under each pixel: mean about 0, and deviation about 1 where it is not finer than a
    /// pixel.
    pub fn height(&self, size: Size, context: &Context) -> Result<Plane> {
        let maker = self.maker(size);
        let mut plane = Plane::filled(size, 0.0);
        let width = size.width();
        for_each_band(context, plane.samples_mut(), width * ROWS, |index, band| {
            let first = (index * ROWS) as i64;
            let rows = (band.len() / width) as i64;
            band.copy_from_slice(&maker.rows(context.level, first..first + rows).height);
            Ok(())
        })?;
        Ok(plane)
    }

    /// The ground as it looks: what to multiply the light of a picture by. The mean is about 1.
    pub fn lit(&self, size: Size, light: Light, context: &Context) -> Result<Plane> {
        let (fine, points) = self.fine(size);
        let maker = self.maker(fine);
        let shading = Shading::new(maker.look(), light, self.scale * fine.longer() as f32 / 1024.0);
        let reduction = Reduction::new(points as usize);
        let mut plane = Plane::filled(size, 0.0);
        let width = size.width();
        for_each_band(context, plane.samples_mut(), width * ROWS, |index, band| {
            let rows = reduction.reach(index * ROWS, band.len() / width);
            let sheet = maker.rows(context.level, rows.start - 1..rows.end + 1);
            let count = (rows.end - rows.start) as usize;
            let mut lit = vec![0.0; fine.width()];
            let mut narrow = vec![0.0; width * count];
            for (y, narrow) in narrow.chunks_exact_mut(width).enumerate() {
                shading.row(context.level, &sheet, y, &mut lit);
                reduction.across(&lit, narrow);
            }
            reduction.down(&narrow, width, band);
            Ok(())
        })?;
        Ok(plane)
    }

    /// The size at which the light is worked out, and how many times finer it is.
    fn fine(&self, size: Size) -> (Size, u32) {
        let pixels = self.scale * size.longer() as f32 / 1024.0;
        let points = ((FINE / pixels.max(1e-3)).ceil() as u32).clamp(1, MOST_POINTS);
        let (w, h) = size.as_u32();
        match Size::new(w.saturating_mul(points), h.saturating_mul(points)) {
            Ok(fine) => (fine, points),
            Err(_) => (size, 1),
        }
    }
}

/// What heights and tones count.
struct Shading([f32; 4]);

impl Shading {
    /// `steepness` is the length that heights are multiples of, in pixels.
    fn new(look: Look, light: Light, steepness: f32) -> Self {
        let (sin, cos) = light.angle.to_radians().sin_cos();
        let slope = look.slope * light.relief * steepness * 0.5;
        Self([slope * cos, -slope * sin, look.hollow * light.relief, light.stain])
    }

    /// Row `y` of a sheet that begins one row above.
    fn row(&self, level: Level, sheet: &Sheet, y: usize, row: &mut [f32]) {
        let width = row.len();
        let heights = [y, y + 1, y + 2].map(|y| &sheet.height[y * width..][..width]);
        relief::shade(level, row, heights, &sheet.tone[(y + 1) * width..][..width], self.0);
    }
}

#[cfg(test)]
mod tests;
