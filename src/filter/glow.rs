//! Light that strays from what shines in a picture, spread over its surroundings.
//!
//! What is spread wide has no detail, so it is spread on a coarse grid: each cell holds the mean light about it
//! (found before anything is reduced, so that a small lamp counts in full), the cells are blurred by several Gaussians, and
//! a row of the picture reads them through a quadratic B-spline, which has no corners for the eye to find. The widening by
//! the cells and by the spline is known and taken off the Gaussians. Of the picture itself no copy is made.

use std::ops::Range;

use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::filter::gaussian;
use crate::kernel::interleave::Store;
use crate::kernel::{Level, glow as rows};
use crate::parallel::{BAND_ROWS, for_each_band, map_bands};
use crate::pixel::{Encoding, Picture, Plane, Size, with_samples};

pub(crate) use rows::Shining;

/// The narrowest Gaussian has at least this many cells to its sigma.
const CELLS: f32 = 2.0;

/// The variance of a quadratic B-spline, in cells.
const SPLINE: f32 = 0.25;

/// What of the light is spread: each channel, or one mixture.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Channels {
    Each,
    Mixed([f32; 3]),
}

/// A Gaussian in pixels, and its part of the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    pub(crate) sigma: f32,
    pub(crate) part: f32,
}

/// The light that arrives, on its grid.
pub(crate) struct Glow {
    /// Three planes, or one.
    planes: Vec<Plane>,
    /// Weights of three cells for each pixel of one.
    weights: Vec<[f32; 3]>,
}

/// How many pixels a side of a cell has.
pub(crate) fn cell(narrowest: f32) -> usize {
    ((narrowest / CELLS) as usize).clamp(1, 256)
}

impl Glow {
    /// Gather what shines and spread it; Gaussians from the narrowest to the widest. What is transparent neither
    /// shines nor takes light away.
    pub(crate) fn new(
        picture: &Picture,
        (shining, channels): (Shining, Channels),
        spreads: &[Spread],
        context: &Context,
    ) -> Result<Self> {
        let side = spreads.first().map_or(1, |spread| cell(spread.sigma));
        let gathering = Gathering { picture, shining, channels, side };
        let light = with_samples!(picture.samples(), samples => gathering.run(samples, context)?);
        let weighed = gathering.is_weighed();
        let planes = spread_all(light, side, SPLINE + gathering.variance(), spreads, context)?;
        let phase = |p: usize| (p as f32 + 0.5) / side as f32 - 0.5;
        let weights = (0..side).map(phase).map(spline).collect();
        Ok(Self { planes: if weighed { visible(planes) } else { planes }, weights })
    }

    /// What arrives at row `y` of the picture.
    pub(crate) fn row(&self, level: Level, y: usize, out: &mut [Vec<f32>]) {
        let side = self.weights.len();
        for (plane, out) in self.planes.iter().zip(out) {
            let (width, height) = (plane.size().width(), plane.size().height());
            let at = y / side;
            let near = [at.saturating_sub(1), at, (at + 1).min(height - 1)].map(|y| plane.row(y));
            let mut coarse = vec![0.0; width + 2];
            rows::between(level, near, self.weights[y % side], &mut coarse[1..=width]);
            (coarse[0], coarse[width + 1]) = (coarse[1], coarse[width]);
            rows::enlarge(level, &coarse, &self.weights, out);
        }
    }
}

/// The weights of three cells at a place from -1/2 to 1/2 within the middle one.
fn spline(u: f32) -> [f32; 3] {
    [0.5 * (0.5 - u) * (0.5 - u), 0.75 - u * u, 0.5 * (0.5 + u) * (0.5 + u)]
}

struct Gathering<'a> {
    picture: &'a Picture,
    shining: Shining,
    channels: Channels,
    side: usize,
}

impl Gathering<'_> {
    /// Is there a cell that is not opaque, or lies across the border? Then light counts by how much of it there is.
    fn is_weighed(&self) -> bool {
        let size = self.picture.size();
        let cut = [size.width(), size.height()].into_iter().any(|side| !side.is_multiple_of(self.side));
        cut || self.picture.layout().has_alpha()
    }

    /// The mean light of each cell, one plane for each channel, and how much of the cell there is.
    fn run<T: Store>(&self, samples: &[T], context: &Context) -> Result<Vec<Plane>> {
        let fine = self.picture.size();
        let cells = |pixels: usize| pixels.div_ceil(self.side) as u32;
        let size = Size::new(cells(fine.width()), cells(fine.height())).unwrap_or(fine);
        let colours = if matches!(self.channels, Channels::Each) { 3 } else { 1 };
        let count = colours + usize::from(self.is_weighed());
        context.limits.admit(size, 8 * count)?;
        let bands = map_bands(context, size.height(), BAND_ROWS.div_ceil(self.side), |range| {
            let mut band = Band::new(self, size, range, colours, count);
            band.gather(samples, context.level);
            Ok(band.cells)
        })?;
        let mut planes = vec![Vec::with_capacity(size.pixels()); count];
        for band in bands {
            planes.iter_mut().zip(band).for_each(|(plane, band)| plane.extend(band));
        }
        Ok(planes.into_iter().filter_map(|samples| Plane::new(size, samples)).collect())
    }

    /// The light that strays from a row: red, green, blue (or a mixture in the first), and alpha.
    fn row<T: Store>(&self, samples: &[T], y: usize, level: Level, light: &mut [Vec<f32>; 4]) {
        let (layout, row_len) = (self.picture.layout(), self.picture.row_len());
        let (channels, pixels) = (layout.channels(), &samples[y * row_len..][..row_len]);
        let [r, g, b, alpha] = light;
        for (channel, row) in [&mut *r, &mut *g, &mut *b].into_iter().enumerate() {
            T::take(level, pixels, channels, channel % layout.colours(), row);
        }
        if layout.has_alpha() {
            T::take(level, pixels, channels, channels - 1, alpha);
        }
        convert_rows(level, self.picture.encoding(), Encoding::Linear, [&mut *r, &mut *g, &mut *b]);
        rows::shine(level, r, g, b, alpha, self.shining);
        if let Channels::Mixed(weights) = self.channels {
            rows::merge(level, r, g, b, weights);
        }
    }

    /// The cell whose middle lies at or before that of pixel `p`, and how far the pixel is on its way to the next.
    fn share(&self, p: usize) -> (isize, f32) {
        let place = (p as f32 + 0.5) / self.side as f32 - 0.5;
        (place.floor() as isize, place - place.floor())
    }

    /// How far sharing spreads a pixel, as a variance in cells.
    fn variance(&self) -> f32 {
        let spread = |p: usize| {
            let (_, part) = self.share(p);
            part * (1.0 - part)
        };
        (0..self.side).map(spread).sum::<f32>() / self.side as f32
    }
}

/// Some rows of cells being filled. A pixel is shared between the cells whose middles it lies between, by how near
/// they are, so that what arrives does not depend on where the grid lies; at the border the last cell takes both parts.
struct Band<'a> {
    gathering: &'a Gathering<'a>,
    size: Size,
    range: Range<usize>,
    /// Which rows of light become planes of cells.
    kept: Vec<usize>,
    cells: Vec<Vec<f32>>,
}

impl<'a> Band<'a> {
    fn new(
        gathering: &'a Gathering<'a>,
        size: Size,
        range: Range<usize>,
        colours: usize,
        count: usize,
    ) -> Self {
        let kept = (0..colours).chain((count > colours).then_some(3)).collect();
        let cells = vec![vec![0.0; range.len() * size.width()]; count];
        Self { gathering, size, range, kept, cells }
    }

    fn gather<T: Store>(&mut self, samples: &[T], level: Level) {
        let (side, fine) = (self.gathering.side, self.gathering.picture.size());
        let ones = |value: f32| -> [Vec<f32>; 4] { std::array::from_fn(|_| vec![value; fine.width()]) };
        let (mut light, mut here, mut next) = (ones(1.0), ones(0.0), ones(0.0));
        let first = (self.range.start * side).saturating_sub(side);
        let end = ((self.range.end + 1) * side).min(fine.height());
        let (mut cell, _) = self.gathering.share(first);
        for y in first..end {
            let (at, part) = self.gathering.share(y);
            if at > cell {
                self.settle(cell, &here);
                std::mem::swap(&mut here, &mut next);
                next.iter_mut().for_each(|sum| sum.fill(0.0));
                cell = at;
            }
            self.gathering.row(samples, y, level, &mut light);
            for &row in &self.kept {
                rows::lay(level, &mut here[row], &light[row], 1.0 - part);
                rows::lay(level, &mut next[row], &light[row], part);
            }
        }
        self.settle(cell, &here);
        self.settle(cell + 1, &next);
    }

    /// A line of pixels summed over its height goes into its cells, if they are of this band.
    fn settle(&mut self, cell: isize, sums: &[Vec<f32>; 4]) {
        let y = cell.clamp(0, self.size.height() as isize - 1) as usize;
        if !self.range.contains(&y) {
            return;
        }
        let (width, side) = (self.size.width(), self.gathering.side);
        let whole = 1.0 / (side * side) as f32;
        let place = (y - self.range.start) * width;
        for (cells, &row) in self.cells.iter_mut().zip(&self.kept) {
            let cells = &mut cells[place..place + width];
            for (x, light) in sums[row].iter().enumerate() {
                let (at, part) = self.gathering.share(x);
                let inside = |at: isize| at.clamp(0, width as isize - 1) as usize;
                cells[inside(at)] += (1.0 - part) * whole * light;
                cells[inside(at + 1)] += part * whole * light;
            }
        }
    }
}

/// The sum of all Gaussians: each is made from the one before it. `done` is the variance, in cells, that the grid itself
/// has brought or will bring.
fn spread_all(
    mut light: Vec<Plane>,
    side: usize,
    mut done: f32,
    spreads: &[Spread],
    context: &Context,
) -> Result<Vec<Plane>> {
    let mut sum: Vec<_> = light.iter().map(|plane| Plane::filled(plane.size(), 0.0)).collect();
    for spread in spreads {
        let variance = (spread.sigma / side as f32).powi(2);
        gaussian(&mut light, (variance - done).max(0.0).sqrt(), context)?;
        done = done.max(variance);
        for (sum, light) in sum.iter_mut().zip(&light) {
            add(sum, light, spread.part, context)?;
        }
    }
    Ok(sum)
}

fn add(sum: &mut Plane, light: &Plane, part: f32, context: &Context) -> Result<()> {
    let len = sum.size().width() * BAND_ROWS;
    for_each_band(context, sum.samples_mut(), len, |index, band| {
        let light = &light.samples()[index * len..][..band.len()];
        band.iter_mut().zip(light).for_each(|(sum, light)| *sum += part * light);
        Ok(())
    })
}

/// Light by how much of the surroundings there is, so that neither an outline nor the border takes light away.
fn visible(mut planes: Vec<Plane>) -> Vec<Plane> {
    let Some(alpha) = planes.pop() else { return planes };
    for plane in &mut planes {
        for (light, alpha) in plane.samples_mut().iter_mut().zip(alpha.samples()) {
            *light = if *alpha > 1e-4 { *light / *alpha } else { 0.0 };
        }
    }
    planes
}

#[cfg(test)]
mod tests;
