//! Where between the pixels an edge runs, how strong it is, and which way it faces.
//!
//! Frédéric Devernay, "A Non-Maxima Suppression Method for Edge Detection with Sub-Pixel Accuracy", 1995: the
//! steepness of a pixel and of two places beside it on the line of its gradient lie on a parabola, whose
//! summit is the edge. Rafael Grompone von Gioi and Gregory Randall, "A Sub-Pixel Edge Detector: an
//! Implementation of the Canny/Devernay Algorithm", 2017, take the two places along a row or a column, where
//! nothing has to be interpolated.

#[cfg(test)]
mod tests;

use super::gradient::{Aperture, GradientRows, GreyGradients};
use super::grey::Grey;
use super::map::EdgeMap;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::parallel::{BAND_ROWS, map_bands};

/// An edge pixel, placed more finely than to a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgePoint {
    /// From the middle of the leftmost pixels, in pixels to the right.
    pub x: f32,
    /// From the middle of the topmost pixels, in pixels downwards.
    pub y: f32,
    /// √(dx² + dy²) of the pixel, in the units of the operator.
    pub strength: f32,
    /// The direction towards the bright side: 0 is right, π/2 is down.
    pub orientation: f32,
}

/// Where the parabola takes its two other values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Refinement {
    /// On the line of the gradient, between pixels (Devernay).
    #[default]
    AlongGradient,
    /// In the row or the column, whichever the gradient is nearer to (Grompone von Gioi and Randall).
    AlongAxis,
}

/// The points of the edges of a grey picture, from above to below and from left to right.
///
/// Orientation and strength are those of Sobel with this aperture, in the units of its thresholds.
///
/// # Panics
/// If the map is of another size than the picture.
pub fn points(
    edges: &EdgeMap,
    grey: Grey<'_>,
    aperture: Aperture,
    refinement: Refinement,
    context: &Context,
) -> Result<Vec<EdgePoint>> {
    assert_eq!((edges.width(), edges.height()), (grey.width(), grey.height()), "a map of this picture");
    points_of(edges, || GreyGradients::for_canny(grey, aperture), aperture.steps(), refinement, context)
}

/// The same for derivatives from anywhere, where a threshold of 1 is `steps`.
pub(super) fn points_of<G: GradientRows>(
    edges: &EdgeMap,
    rows: impl Fn() -> G + Sync,
    steps: f64,
    refinement: Refinement,
    context: &Context,
) -> Result<Vec<EdgePoint>> {
    let unit = (1.0 / steps) as f32;
    let bands = map_bands(context, edges.height(), BAND_ROWS, |band| {
        let mut strip = Strip::new(rows(), edges, context.level);
        let mut points = Vec::new();
        for y in band {
            let mut columns = edges.columns(y).peekable();
            if columns.peek().is_some() {
                strip.load(y);
                let point = |x| strip.point(x, y, refinement);
                points.extend(columns.map(point).map(|p| EdgePoint { strength: unit * p.strength, ..p }));
            }
        }
        Ok(points)
    })?;
    Ok(bands.concat())
}

/// Derivatives of three rows: that of row y is in slot y mod 3.
struct Strip<G> {
    source: G,
    size: (usize, usize),
    level: Level,
    held: [Option<usize>; 3],
    dx: [Vec<i16>; 3],
    dy: [Vec<i16>; 3],
}

impl<G: GradientRows> Strip<G> {
    fn new(source: G, edges: &EdgeMap, level: Level) -> Self {
        let size = (edges.width(), edges.height());
        let plane = || std::array::from_fn(|_| vec![0; size.0]);
        Self { source, size, level, held: [None; 3], dx: plane(), dy: plane() }
    }

    fn load(&mut self, y: usize) {
        for row in y.saturating_sub(1)..(y + 2).min(self.size.1) {
            let slot = row % 3;
            if self.held[slot] != Some(row) {
                self.source.row(self.level, row, &mut self.dx[slot], &mut self.dy[slot]);
                self.held[slot] = Some(row);
            }
        }
    }

    /// Steepness beside pixel `x, y`; past the border nothing is steep, as for Canny.
    fn steepness(&self, (x, y): (usize, usize), (i, j): (isize, isize)) -> f32 {
        match (x.checked_add_signed(i), y.checked_add_signed(j)) {
            (Some(x), Some(y)) if x < self.size.0 && y < self.size.1 => {
                let (dx, dy) = (f32::from(self.dx[y % 3][x]), f32::from(self.dy[y % 3][x]));
                (dx * dx + dy * dy).sqrt()
            }
            _ => 0.0,
        }
    }

    fn point(&self, x: usize, y: usize, refinement: Refinement) -> EdgePoint {
        let (dx, dy) = (f32::from(self.dx[y % 3][x]), f32::from(self.dy[y % 3][x]));
        let level = dx.abs() >= dy.abs();
        let (long, short) = if level { (dx, dy) } else { (dy, dx) };
        let slope = if refinement == Refinement::AlongAxis || long == 0.0 { 0.0 } else { short / long };
        let strength = self.steepness((x, y), (0, 0));
        let [before, after] = [-1, 1].map(|step| self.beside((x, y), level, step, slope));
        let along = summit(before, strength, after);
        let (x, y) = (x as f32, y as f32);
        let (x, y) = if level { (x + along, y + along * slope) } else { (x + along * slope, y + along) };
        EdgePoint { x, y, strength, orientation: angle(dx, dy) }
    }

    /// Steepness one step along the row (or column) and `slope` steps across, between the two nearest pixels.
    fn beside(&self, at: (usize, usize), level: bool, step: isize, slope: f32) -> f32 {
        let across = if slope < 0.0 { -step } else { step };
        let place = |across: isize| if level { (step, across) } else { (across, step) };
        let weight = slope.abs();
        let near = self.steepness(at, place(0));
        near + weight * (self.steepness(at, place(across)) - near)
    }
}

/// Where the parabola through values at -1, 0 and 1 is highest; within half a step.
fn summit(before: f32, here: f32, after: f32) -> f32 {
    let bend = before - 2.0 * here + after;
    if bend >= 0.0 { 0.0 } else { (0.5 * (before - after) / bend).clamp(-0.5, 0.5) }
}

/// The angle of a vector, from -π to π. The arctangents of system libraries differ in their last digits; this one is
/// the same on every machine.
pub(crate) fn angle(dx: f32, dy: f32) -> f32 {
    use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};
    let (x, y) = (f64::from(dx.abs()), f64::from(dy.abs()));
    if x.max(y) == 0.0 {
        return 0.0;
    }
    // Turned by an eighth of a circle, so that the series is short: its argument stays within 0.415.
    let t = x.min(y) / x.max(y);
    let (start, t) = if t > 0.414 { (FRAC_PI_4, (t - 1.0) / (t + 1.0)) } else { (0.0, t) };
    let series = (0..12).rev().fold(0.0, |sum, n| {
        let sign = if n % 2 == 0 { 1.0 } else { -1.0 };
        sign / f64::from(2 * n + 1) + t * t * sum
    });
    let angle = start + t * series;
    let angle = if y > x { FRAC_PI_2 - angle } else { angle };
    let angle = if dx < 0.0 { PI - angle } else { angle };
    (if dy < 0.0 { -angle } else { angle }) as f32
}
