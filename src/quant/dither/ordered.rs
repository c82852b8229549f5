//! Dithering by thresholds: what a pixel gets depends on itself and its place alone.

use super::points::{Points, Prepared};
use super::thresholds::Thresholds;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::dither::{Threshold, mix_many_row, mix_two_row};
use crate::parallel::for_each_band;

/// Rows a thread does in one go.
const ROWS: usize = 16;

/// The two colours that mix to a pixel's, and a matrix that says which of them it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ordered {
    /// The matrix.
    pub thresholds: Thresholds,
    /// 0 (each pixel the nearest colour) to 1.
    pub strength: f32,
}

impl Default for Ordered {
    /// Blue noise at full strength.
    fn default() -> Self {
        Self { thresholds: Thresholds::BlueNoise, strength: 1.0 }
    }
}

/// Many colours that together mix to a pixel's, from dark to light, and a matrix that picks one of them.
///
/// In the manner of Joel Yliluoma ("Arbitrary-palette positional dithering algorithm", 2011) and of Thomas
/// Knoll's pattern dithering (US patent 6606166, expired 2019): each colour is the nearest to what those
/// before it left over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Positional {
    /// The matrix.
    pub thresholds: Thresholds,
    /// How many colours a mix is made of, 1 to 64; time grows with it.
    pub colours: usize,
    /// 0 (each pixel the nearest colour) to 1.
    pub strength: f32,
}

impl Default for Positional {
    /// Sixteen colours by a Bayer matrix of 8 × 8 at full strength.
    fn default() -> Self {
        Self { thresholds: Thresholds::Bayer { power: 3 }, colours: 16, strength: 1.0 }
    }
}

impl Ordered {
    pub(super) fn map(self, points: &Points<'_>, palette: &Prepared, context: &Context) -> Result<Vec<u16>> {
        rows(points, context, |y, out| {
            let thresholds = self.thresholds.row(y, out.len());
            let row = row(points, palette, y, &thresholds, self.strength);
            mix_two_row(context.level, palette.colours(0.0), row, out);
        })
    }
}

impl Positional {
    pub(super) fn map(self, points: &Points<'_>, palette: &Prepared, context: &Context) -> Result<Vec<u16>> {
        rows(points, context, |y, out| {
            let thresholds = self.thresholds.row(y, out.len());
            let row = row(points, palette, y, &thresholds, self.strength);
            mix_many_row(context.level, palette.colours(0.0), row, self.colours, out);
        })
    }
}

/// No dithering at all.
pub(super) fn nearest(points: &Points<'_>, palette: &Prepared, context: &Context) -> Result<Vec<u16>> {
    rows(points, context, |y, out| palette.nearest.find_row(context.level, points.rows(y), out))
}

fn row<'a>(
    points: &Points<'a>,
    palette: &'a Prepared,
    y: usize,
    thresholds: &'a [f32],
    strength: f32,
) -> Threshold<'a> {
    Threshold {
        points: points.planes.map(|plane| plane.row(y)),
        thresholds,
        rank: &palette.rank,
        by_lightness: &palette.by_lightness,
        strength: strength.clamp(0.0, 1.0),
    }
}

fn rows(
    points: &Points<'_>,
    context: &Context,
    work: impl Fn(usize, &mut [u16]) + Sync + Send,
) -> Result<Vec<u16>> {
    let width = points.size().width();
    let mut out = vec![0; points.size().pixels()];
    for_each_band(context, &mut out, width * ROWS, |index, band| {
        band.chunks_exact_mut(width).enumerate().for_each(|(y, out)| work(index * ROWS + y, out));
        Ok(())
    })?;
    Ok(out)
}
