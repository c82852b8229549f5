//! The bilateral filter: each pixel becomes a mean of its neighbours, who count by nearness and by likeness.
//!
//! Carlo Tomasi, Roberto Manduchi, "Bilateral Filtering for Gray and Color Images", 1998. The difference of two
//! colours is the sum of the differences of their channels, the window a disc. The weight is one power of two, so
//! nothing is looked up and the work runs in vectors.
//!
//! Up to a radius of [`DIRECT`] every pixel of the disc is a neighbour and the result is exact: each pair of pixels is
//! weighed once, for both, and no weight is further than a ten-thousandth of itself from the definition. Beyond, neighbours
//! are the means of small squares of the picture, about a hundred of them however large the radius; the pixel
//! itself is still compared in full, so edges stay where they are. That bounds the work, and a smooth disc of
//! neighbours is hardly told from a sparse one.

mod pairs;
mod rows;
#[cfg(test)]
mod tests;

use std::f32::consts::LOG2_E;
use std::ops::Range;

use crate::context::Context;
use crate::error::Result;
use crate::kernel::bilateral::Likeness;
use crate::parallel::for_each_bands;
use crate::pixel::Plane;

/// The greatest radius at which every pixel of the window is looked at.
pub const DIRECT: usize = 6;
/// Squares from the middle to the rim of a larger window.
const SQUARES: usize = 5;
/// Rows to a band.
const ROWS: usize = 32;

/// How a bilateral filter weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bilateral {
    /// Neighbours lie within this distance, in pixels.
    pub radius: usize,
    /// The standard deviation of nearness, in pixels.
    pub space: f32,
    /// The standard deviation of likeness, in the unit of the samples summed over channels.
    pub range: f32,
}

impl Bilateral {
    /// Smooth these planes, one or three of one size, with regard for their own edges.
    ///
    /// # Panics
    /// If there are not one or three planes of one size.
    pub fn run(&self, planes: &[&Plane], ctx: &Context) -> Result<Vec<Plane>> {
        match planes {
            [plane] => self.spread([*plane], None, ctx),
            [a, b, c] => self.spread([*a, *b, *c], None, ctx),
            _ => panic!("a bilateral filter takes one plane or three"),
        }
    }

    /// Smooth `input` with regard for the edges of `guide`: as many planes, and of the same size.
    ///
    /// # Panics
    /// If there are not one or three planes of one size on both sides.
    pub fn joint(&self, guide: &[&Plane], input: &[&Plane], ctx: &Context) -> Result<Vec<Plane>> {
        match (guide, input) {
            ([guide], [input]) => self.spread([*guide], Some([*input]), ctx),
            ([a, b, c], [d, e, f]) => self.spread([*a, *b, *c], Some([*d, *e, *f]), ctx),
            _ => panic!("a joint bilateral filter takes one plane or three on both sides"),
        }
    }

    fn spread<const C: usize>(
        &self,
        guide: [&Plane; C],
        input: Option<[&Plane; C]>,
        ctx: &Context,
    ) -> Result<Vec<Plane>>
    where
        [Plane; C]: pairs::Weighed<C> + rows::Channels<C>,
    {
        let size = guide[0].size();
        let alike = guide.iter().chain(input.iter().flatten()).all(|plane| plane.size() == size);
        assert!(alike, "guide and input are of one size");
        ctx.limits.admit(size, 4 * C)?;
        let mut out = vec![Plane::filled(size, 0.0); C];
        match self.step() {
            1 => self.pairs(guide, input, &mut out, ctx)?,
            step => self.squares(step, guide, input, &mut out, ctx)?,
        }
        Ok(out)
    }

    /// With every pixel of the disc.
    fn pairs<const C: usize>(
        &self,
        guide: [&Plane; C],
        input: Option<[&Plane; C]>,
        out: &mut [Plane],
        ctx: &Context,
    ) -> Result<()>
    where
        [Plane; C]: pairs::Weighed<C>,
    {
        let window = pairs::Window::new(*self);
        each_band(out, ctx, |rows, bands| window.band((guide, input), rows, ctx.level, bands))
    }

    /// With means of squares of `step` pixels.
    fn squares<const C: usize>(
        &self,
        step: usize,
        guide: [&Plane; C],
        input: Option<[&Plane; C]>,
        out: &mut [Plane],
        ctx: &Context,
    ) -> Result<()>
    where
        [Plane; C]: rows::Channels<C>,
    {
        let sources = rows::shrink(guide, step, ctx)?;
        let values = input.map(|input| rows::shrink(input, step, ctx)).transpose()?;
        let neighbours = (sources.each_ref(), values.as_ref().map(|planes| planes.each_ref()));
        let disc = rows::Disc::new(*self, step, guide[0].size().width());
        let centres = [guide, input.unwrap_or(guide)];
        each_band(out, ctx, |rows, bands| disc.band(centres, neighbours, rows, ctx.level, bands))
    }

    /// Pixels along the side of the squares that stand for neighbours.
    fn step(&self) -> usize {
        if self.radius <= DIRECT { 1 } else { self.radius.div_ceil(SQUARES) }
    }

    fn likeness(&self, step: usize) -> Likeness {
        // A square counts once for all its pixels, so the pixel itself counts as one part of a square.
        Likeness {
            slope: -LOG2_E / (2.0 * self.range * self.range).max(1e-12),
            own: 1.0 / (step * step) as f32,
        }
    }
}

/// Have bands of rows of all planes painted.
fn each_band(
    out: &mut [Plane],
    ctx: &Context,
    paint: impl Fn(Range<usize>, &mut [&mut [f32]]) + Sync,
) -> Result<()> {
    let width = out[0].size().width();
    let mut planes: Vec<_> = out.iter_mut().map(Plane::samples_mut).collect();
    for_each_bands(ctx, &mut planes, ROWS * width, |index, bands| {
        let top = index * ROWS;
        paint(top..top + bands[0].len() / width, bands);
        Ok(())
    })
}
