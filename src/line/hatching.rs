//! Tone from layers of strokes across one another: for rasters, and for plotters.

use super::direction::{Directions, Lie, directions};
use super::grid::between;
use super::streamlines::{Spacing, streamlines};
use super::stroke::{Hand, Stroke, stroke};
use super::tone::Shares;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;
use crate::pixel::Plane;

/// Layers there can be.
pub(crate) const LAYERS: usize = 4;
/// From which darkness each layer is drawn.
const STARTS: [f32; LAYERS] = [0.02, 0.27, 0.46, 0.64];
/// By how much each is turned from the first.
const TURNS: [f32; LAYERS] = [0.0, 1.05, -0.55, 0.5];
/// One over the share of strokes that does not lie on others.
const LOST: f32 = 1.03;

/// How a picture is hatched. Lengths in units of 1/1024 of the longer side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatching {
    /// From stroke to stroke.
    pub spacing: f32,
    /// Layers, one to four.
    pub layers: usize,
    /// The angle of strokes where no form leads them, in radians.
    pub slant: f32,
    /// How much strokes follow forms, 0..1.
    pub follow: f32,
    /// Where chance comes from.
    pub seed: u32,
}

impl Default for Hatching {
    fn default() -> Self {
        Self { spacing: 4.3, layers: LAYERS, slant: -0.8, follow: 0.75, seed: 0 }
    }
}

/// Every layer's strokes, lightest first. `light` gives directions, `dark` the darkness wanted; both of one size, `unit`
/// samples to a unit. `fine` is the darkness by which strokes swell, and may be larger: small forms are seen then, and
/// yet the strokes lie the same in a preview.
pub fn hatching(
    light: &Plane,
    dark: &Plane,
    fine: &Plane,
    unit: f32,
    options: &Hatching,
    context: &Context,
) -> Result<Vec<Vec<Stroke>>> {
    let lie = Lie { smooth: 16.0, slant: options.slant, follow: options.follow };
    let way = directions(light, unit, lie, context)?;
    let count = options.layers.clamp(1, LAYERS);
    let mut starts = STARTS;
    // Layers that are not drawn never set in.
    starts[count..].fill(2.0);
    let most = if count == LAYERS { 0.62 } else { 0.9 - 0.07 * count as f32 };
    let shares = Shares::new(starts, 0.3, most);
    let layer = Layer { dark, fine, unit, way: &way, shares: &shares, options };
    // One after the other within a layer; layers know nothing of each other.
    map_bands(context, count, 1, |layers| layer.strokes(layers.start, context))
}

struct Layer<'a> {
    dark: &'a Plane,
    fine: &'a Plane,
    unit: f32,
    way: &'a Directions,
    shares: &'a Shares<LAYERS>,
    options: &'a Hatching,
}

impl Layer<'_> {
    fn dark(&self, x: f32, y: f32) -> f32 {
        between(self.dark, x * self.unit - 0.5, y * self.unit - 0.5)
    }

    fn fine(&self, x: f32, y: f32) -> f32 {
        let unit = self.unit * self.fine.size().longer() as f32 / self.dark.size().longer() as f32;
        between(self.fine, x * unit - 0.5, y * unit - 0.5)
    }

    fn strokes(&self, k: usize, context: &Context) -> Result<Vec<Stroke>> {
        let size = self.dark.size();
        let size = [size.width() as f32 / self.unit, size.height() as f32 / self.unit];
        let (seed, spacing) = (self.options.seed, self.options.spacing);
        let lines = Spacing {
            spacing,
            longest: 20.0 * spacing,
            shortest: 1.9 * spacing,
            turn: TURNS[k],
            overlap: 1.5 * spacing,
            seed: seed ^ (k as u32 * 91 + 3),
        };
        let wanted = |x: f32, y: f32| self.dark(x, y) > STARTS[k] + 0.015;
        let lines = streamlines(size, self.way, &lines, wanted, context)?;
        let hand = Hand { wobble: 0.55, taper: 2.8 * spacing, tremor: 0.16, seed: seed ^ k as u32 };
        let share = |x: f32, y: f32| self.shares.at(self.fine(x, y))[k];
        let half = |x: f32, y: f32| 0.5 * spacing * share(x, y);
        let mut strokes: Vec<_> = lines.into_iter().map(|line| stroke(line, &hand, half)).collect();
        balance(&mut strokes, size, share);
        Ok(strokes)
    }
}

/// Strokes thin out, end, and overlap: all are widened by what is missing from the area they should cover together.
fn balance(strokes: &mut [Stroke], size: [f32; 2], wanted: impl Fn(f32, f32) -> f32) {
    let drawn: f32 = strokes.iter().map(area).sum();
    let (across, down) = ((size[0] / 4.0) as usize, (size[1] / 4.0) as usize);
    let place = |i: usize| [(i % across) as f32 * 4.0 + 2.0, (i / across) as f32 * 4.0 + 2.0];
    let should: f32 = (0..across * down).map(place).map(|[x, y]| 16.0 * wanted(x, y)).sum();
    // What lies on one another where ends overlap.
    let gain = if drawn > 0.0 && should > 0.0 { (LOST * should / drawn).clamp(0.7, 2.0) } else { 1.0 };
    strokes.iter_mut().flat_map(|stroke| &mut stroke.halves).for_each(|half| *half *= gain);
}

fn area(stroke: &Stroke) -> f32 {
    let lengths =
        stroke.points.windows(2).map(|p| ((p[1][0] - p[0][0]).powi(2) + (p[1][1] - p[0][1]).powi(2)).sqrt());
    lengths.zip(stroke.halves.windows(2)).map(|(length, halves)| length * (halves[0] + halves[1])).sum()
}
