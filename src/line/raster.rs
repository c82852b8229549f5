//! Strokes to samples: how much of each pixel a layer of strokes covers, and by which ink.
//!
//! Within a layer strokes run beside each other, so the greater coverage wins and no pixel darkens twice where the
//! pieces of a stroke meet. Bands of fixed height take the strokes that touch them, in their order.

use super::stroke::Stroke;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::strokes::{Piece, cover, cover_inked};
use crate::parallel::{for_each_band, for_each_bands};
use crate::pixel::{Plane, Size};

const ROWS: usize = 64;

/// How strokes are drawn on a plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    /// Samples to a unit.
    pub(crate) scale: f32,
    /// Over how many samples a stroke's edge fades.
    pub(crate) soft: f32,
}

impl Pen {
    /// Which strokes touch each band.
    fn bins(self, strokes: &[Stroke], height: usize) -> Vec<Vec<u32>> {
        let mut bins: Vec<Vec<u32>> = vec![Vec::new(); height.div_ceil(ROWS)];
        let last = bins.len() - 1;
        for (index, stroke) in (0..).zip(strokes) {
            let (mut top, mut bottom) = (f32::MAX, 0f32);
            for (p, half) in stroke.points.iter().zip(&stroke.halves) {
                let reach = half * self.scale + self.soft + 1.0;
                top = top.min(p[1] * self.scale - reach);
                bottom = bottom.max(p[1] * self.scale + reach);
            }
            let bin = |y: f32| (y.max(0.0) as usize / ROWS).min(last);
            bins[bin(top)..=bin(bottom)].iter_mut().for_each(|bin| bin.push(index));
        }
        bins
    }

    /// A stroke's pieces on the rows from `top` on, row by row: `work` gets the first sample, the one after the last, and the piece.
    fn draw(self, stroke: &Stroke, size: [usize; 2], top: usize, mut work: impl FnMut(usize, usize, Piece)) {
        let [width, rows] = size;
        let place = |k: usize| {
            let [x, y] = stroke.points[k];
            [x * self.scale - 0.5, y * self.scale - 0.5 - top as f32, stroke.halves[k] * self.scale]
        };
        let blur = 1.0 / self.soft.max(1.0);
        for k in 1..stroke.points.len() {
            let (from, to) = (place(k - 1), place(k));
            let reach = from[2].max(to[2]) + 0.5 * self.soft.max(1.0);
            let (first, last) = (from[1].min(to[1]) - reach, from[1].max(to[1]) + reach);
            if last < 0.0 || first >= rows as f32 {
                continue;
            }
            for y in (first.ceil().max(0.0) as usize)..((last as usize + 1).min(rows)) {
                let Some((start, end)) = span(from, to, reach, y as f32, width) else { continue };
                let ink = f32::from(stroke.ink) + 1.0;
                let piece = Piece { from, to, x: start as f32, y: y as f32, blur, ink };
                work(y * width + start, y * width + end, piece);
            }
        }
    }
}

/// Which samples of a row a piece can reach: the part of it within reach of the row, and a reach to either side.
pub(crate) fn span(from: [f32; 3], to: [f32; 3], reach: f32, y: f32, width: usize) -> Option<(usize, usize)> {
    let down = to[1] - from[1];
    let (mut start, mut end) = (0f32, 1f32);
    if down.abs() > 1e-3 {
        let (p, q) = ((y - reach - from[1]) / down, (y + reach - from[1]) / down);
        start = p.min(q).clamp(0.0, 1.0);
        end = p.max(q).clamp(0.0, 1.0);
    }
    let at = |t: f32| from[0] + t * (to[0] - from[0]);
    let (p, q) = (at(start), at(end));
    let left = (p.min(q) - reach).ceil().max(0.0) as usize;
    let right = ((p.max(q) + reach).max(-1.0) + 1.0) as usize;
    (left < right.min(width)).then_some((left, right.min(width)))
}

/// A layer of strokes, ready to be drawn a band of rows at a time.
pub(crate) struct Raster<'a> {
    strokes: &'a [Stroke],
    bins: Vec<Vec<u32>>,
    pen: Pen,
    width: usize,
}

impl<'a> Raster<'a> {
    /// Rows to a band.
    pub(crate) const ROWS: usize = ROWS;

    /// Strokes on a plane of this size.
    pub(crate) fn new(strokes: &'a [Stroke], size: Size, pen: Pen) -> Self {
        Self { strokes, bins: pen.bins(strokes, size.height()), pen, width: size.width() }
    }

    /// Raise `samples`, which are band `band`, to what strokes cover.
    pub(crate) fn band(&self, level: Level, band: usize, samples: &mut [f32]) {
        let area = [self.width, samples.len() / self.width];
        for index in &self.bins[band] {
            self.pen.draw(&self.strokes[*index as usize], area, band * ROWS, |start, end, piece| {
                cover(level, &mut samples[start..end], piece);
            });
        }
    }

    fn band_inked(&self, level: Level, band: usize, covers: &mut [f32], inks: &mut [f32]) {
        let area = [self.width, covers.len() / self.width];
        for index in &self.bins[band] {
            self.pen.draw(&self.strokes[*index as usize], area, band * ROWS, |start, end, piece| {
                cover_inked(level, &mut covers[start..end], &mut inks[start..end], piece);
            });
        }
    }
}

/// Coverage alone.
pub(crate) fn raster(strokes: &[Stroke], size: Size, pen: Pen, context: &Context) -> Result<Plane> {
    let raster = Raster::new(strokes, size, pen);
    let mut plane = Plane::filled(size, 0.0);
    for_each_band(context, plane.samples_mut(), size.width() * ROWS, |band, samples| {
        raster.band(context.level, band, samples);
        Ok(())
    })?;
    Ok(plane)
}

/// Coverage, and 1 + the number of the ink on top.
pub(crate) fn raster_inks(strokes: &[Stroke], size: Size, pen: Pen, context: &Context) -> Result<[Plane; 2]> {
    let raster = Raster::new(strokes, size, pen);
    let mut planes = [Plane::filled(size, 0.0), Plane::filled(size, 0.0)];
    let [covers, inks] = &mut planes;
    let mut samples = [covers.samples_mut(), inks.samples_mut()];
    for_each_bands(context, &mut samples, size.width() * ROWS, |band, slices| {
        if let [covers, inks] = slices {
            raster.band_inked(context.level, band, covers, inks);
        }
        Ok(())
    })?;
    Ok(planes)
}
