//! Contrast limited adaptive histogram equalisation.
//!
//! Zuiderveld, "Contrast limited adaptive histogram equalization", 1994: each tile of the picture gets the tone curve that
//! would equalise its own histogram, with no bin counting for more than a limit (what is cut off is spread over all bins),
//! so that a flat sky is not blown up into noise. Between the middles of four tiles their curves are mixed bilinearly.
//! The curves are straight between the edges of bins, so more tones than there are bins stay apart.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::clahe as rows;
pub(crate) use crate::kernel::clahe::{BINS, Curve};
use crate::parallel::{BAND_ROWS, for_each_band_pair, map_bands};
use crate::pixel::{Plane, Size};

#[cfg(test)]
mod tests;

/// How the equalisation is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clahe {
    /// Tiles along the longer side, at least 1; along the shorter there are as many as make them square.
    pub tiles: usize,
    /// The most a bin may count, as a multiple of the mean: 1 changes nothing, 2 to 4 is usual.
    pub limit: f32,
}

/// Equalise a plane of values from 0 to 1; what lies outside counts as the nearest end.
pub fn clahe(plane: &Plane, how: Clahe, context: &Context) -> Result<Plane> {
    let maps = Maps::new(plane, how, context)?;
    let (width, height) = (plane.size().width(), plane.size().height());
    let mut result = plane.clone();
    let len = width * BAND_ROWS;
    for_each_band_pair(context, (plane.samples(), len), (result.samples_mut(), len), |index, from, to| {
        for (y, (from, to)) in from.chunks_exact(width).zip(to.chunks_exact_mut(width)).enumerate() {
            maps.row(context.level, (index * BAND_ROWS + y, height), from, to);
        }
        Ok(())
    })?;
    Ok(result)
}

/// The curves of all tiles. Made of a small copy, they serve the large picture as well.
pub(crate) struct Maps {
    across: usize,
    down: usize,
    curves: Vec<Curve>,
}

impl Maps {
    /// Measure a plane.
    pub(crate) fn new(plane: &Plane, how: Clahe, context: &Context) -> Result<Self> {
        let size = plane.size();
        let (across, down) = tiles(size, how.tiles);
        let edge = |tile: usize, tiles: usize, pixels: usize| tile * pixels / tiles;
        let curves = map_bands(context, across * down, 1, |range| {
            let (tx, ty) = (range.start % across, range.start / across);
            let columns = edge(tx, across, size.width())..edge(tx + 1, across, size.width());
            let mut counts = [0u32; BINS];
            for y in edge(ty, down, size.height())..edge(ty + 1, down, size.height()) {
                for value in &plane.row(y)[columns.clone()] {
                    // A number below the range, or none, becomes 0 by the cast.
                    counts[((value * BINS as f32) as usize).min(BINS - 1)] += 1;
                }
            }
            Ok(curve(&counts, how.limit))
        })?;
        Ok(Self { across, down, curves })
    }

    /// Row `y` of a picture `height` rows high.
    pub(crate) fn row(
        &self,
        level: crate::kernel::Level,
        (y, height): (usize, usize),
        from: &[f32],
        to: &mut [f32],
    ) {
        let (above, below, t) = place(y, height, self.down);
        let row = |ty: usize| &self.curves[ty * self.across..(ty + 1) * self.across];
        rows::equalise(level, [row(above), row(below)], t, from, to);
    }
}

/// How many tiles across and down; never more than pixels.
fn tiles(size: Size, longer: usize) -> (usize, usize) {
    let along = |side: usize| {
        let tiles = (longer.max(1) * side) as f64 / size.longer() as f64;
        (tiles.round() as usize).clamp(1, side)
    };
    (along(size.width()), along(size.height()))
}

/// The tiles before and after a pixel, and how far it is from the middle of the one to that of the other.
fn place(at: usize, pixels: usize, tiles: usize) -> (usize, usize, f32) {
    rows::place(at as f32 + 0.5, tiles as f32 / pixels as f32, tiles)
}

/// The heights of the curve at the edges of the bins.
fn curve(counts: &[u32; BINS], limit: f32) -> Curve {
    let total = counts.iter().sum::<u32>().max(1) as f32;
    let most = limit.max(1.0) * total / BINS as f32;
    let excess: f32 = counts.iter().map(|count| (*count as f32 - most).max(0.0)).sum();
    let spread = excess / BINS as f32;
    let mut curve = [0.0; BINS + 1];
    let mut sum = 0.0;
    for (height, count) in curve[1..].iter_mut().zip(counts) {
        sum += (*count as f32).min(most) + spread;
        *height = (sum / total).min(1.0);
    }
    curve
}
