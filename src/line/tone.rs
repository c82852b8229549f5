//! Which darkness a drawing aims at, and how layers of strokes share it.

use super::grid::{blurred, each_row};
use crate::context::Context;
use crate::error::Result;
use crate::filter::guided;
use crate::pixel::Plane;

/// A drawing's key. Lengths in units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// Darkness left to the paper.
    pub(crate) white: f32,
    /// Where the middle of the picture should come to lie, at most.
    pub(crate) middle: f32,
    /// The darkest the medium gets.
    pub(crate) most: f32,
    /// Smoothing.
    pub(crate) smooth: f32,
    /// Contrasts below this are smoothed away.
    pub(crate) simplify: f32,
    /// How much features are brought out of their surroundings.
    pub(crate) detail: f32,
    /// How far tones are driven from the middle, to paper and to the deepest dark; 0 not at all.
    pub(crate) contrast: f32,
}

/// Smoothed but for its edges, over about a Gaussian of `sigma` samples.
fn smoothed(plane: &Plane, sigma: f32, contrast: f32, context: &Context) -> Result<Plane> {
    // A box of radius r has the spread of a Gaussian of (2 r + 1) / √12.
    let radius = (1.732 * sigma - 0.5).round().max(1.0) as usize;
    guided(plane, plane, radius, contrast * contrast, context)
}

/// Features darker or lighter than their surroundings get further from them, so that a face in shadow keeps its eyes
/// when the whole is lifted.
fn bring_out(smooth: &mut Plane, light: &Plane, unit: f32, detail: f32, context: &Context) -> Result<()> {
    let near = blurred(light, 3.5 * unit, context)?;
    // Kept by edges, or there would be a glow around every dark figure.
    let around = smoothed(smooth, 15.0 * unit, 0.1, context)?;
    each_row(smooth, context, |y, row| {
        let rest = around.row(y).iter().zip(near.row(y)).zip(light.row(y));
        for (v, ((around, near), light)) in row.iter_mut().zip(rest) {
            let d = *v - around;
            // A pupil, a nostril, the line between lips.
            let features = 1.8 * detail * (light - near + 0.025).min(0.0);
            // Darks are brought out more than lights: pencils only darken.
            *v += if d < 0.0 { detail } else { 0.4 * detail } * d / (1.0 + 4.0 * d.abs());
            *v += features;
        }
    })
}

fn quantile(histogram: &[u32; 256], share: f32) -> f32 {
    let total: u32 = histogram.iter().sum();
    let mut left = (f64::from(share) * f64::from(total)) as i64;
    for (i, count) in histogram.iter().enumerate() {
        left -= i64::from(*count);
        if left < 0 {
            return i as f32 / 255.0;
        }
    }
    1.0
}

/// Steps of a curve's table.
const STEPS: usize = 512;

/// The curve that brings lightness to a drawing's key: stretched (but not without end), lifted to a high key, the
/// lights left as paper.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    /// The darkness of a lightness from 0 to 1.
    table: Vec<f32>,
}

impl Curve {
    /// Measured on this lightness.
    pub(crate) fn of(light: &Plane, key: Key) -> Self {
        // Large planes are looked at here and there.
        let stride = (light.samples().len() / 2_000_000).max(1);
        let mut histogram = [0u32; 256];
        let samples = light.samples().iter().step_by(stride);
        samples.for_each(|v| histogram[(v.clamp(0.0, 1.0) * 255.0) as usize] += 1);
        let [low, middle, high] = [0.01, 0.5, 0.985].map(|share| quantile(&histogram, share));
        // At least half the range is kept, or fog would be drawn as thunder.
        let (top, span) = (high.max(low + 0.2), (high - low).max(0.55));
        let stretched = |light: f32| ((top - light) / span).clamp(0.0, 1.0);
        let median = stretched(middle).clamp(0.02, 0.98);
        // Schlick's bias ("Fast alternatives to Perlin's bias and gain functions", 1994): a power would crush the
        // lights.
        let bias = ((median / key.middle - 1.0) / (1.0 - median)).clamp(0.35, 3.2);
        let dark = |i: usize| {
            let d = stretched(i as f32 / STEPS as f32);
            let d = ((d - key.white) / (1.0 - key.white)).max(0.0);
            key.most * key.driven(d / (1.0 + bias * (1.0 - d)))
        };
        Self { table: (0..=STEPS).map(dark).collect() }
    }

    /// The darkness of a lightness.
    #[inline]
    pub(crate) fn dark(&self, light: f32) -> f32 {
        let at = light.clamp(0.0, 1.0) * STEPS as f32;
        let i = (at as usize).min(STEPS - 1);
        self.table[i] + (at - i as f32) * (self.table[i + 1] - self.table[i])
    }
}

impl Key {
    fn driven(&self, d: f32) -> f32 {
        let (middle, power) = (self.middle, 1.0 + self.contrast);
        if d < middle {
            middle * (d / middle).powf(power)
        } else {
            1.0 - (1.0 - middle) * ((1.0 - d) / (1.0 - middle)).max(0.0).powf(power)
        }
    }
}

/// Darkness 0..1 from lightness, smoothed, its features brought out.
pub(crate) fn darkness(light: &Plane, unit: f32, key: Key, context: &Context) -> Result<Plane> {
    let mut smooth = smoothed(light, (key.smooth * unit).max(0.9), key.simplify, context)?;
    if key.detail > 0.0 {
        bring_out(&mut smooth, light, unit, key.detail, context)?;
    }
    let curve = Curve::of(&smooth, key);
    each_row(&mut smooth, context, |_, row| row.iter_mut().for_each(|v| *v = curve.dark(*v)))?;
    Ok(smooth)
}

/// How much each of `N` layers covers so that together they leave `1 - d` of the paper: layers set in one after the
/// other, and share what is to be covered.
pub(crate) struct Shares<const N: usize> {
    table: Vec<[f32; N]>,
}

impl<const N: usize> Shares<N> {
    /// `starts`: the darkness from which each layer joins; `full`: how much later it counts as much as the first.
    pub(crate) fn new(starts: [f32; N], full: f32, most: f32) -> Self {
        let table = (0..=256)
            .map(|i| {
                let d = i as f32 / 256.0;
                let weights = starts.map(|s| ((d - s) / full).clamp(0.0, 1.0));
                let left = |c: f32| weights.iter().map(|w| 1.0 - (w * c).min(most)).product::<f32>();
                let (mut low, mut high) = (0.0, 4.0);
                for _ in 0..24 {
                    let c = 0.5 * (low + high);
                    if left(c) > 1.0 - d { low = c } else { high = c }
                }
                weights.map(|w| (w * low).min(most))
            })
            .collect();
        Self { table }
    }

    pub(crate) fn at(&self, d: f32) -> &[f32; N] {
        &self.table[(d.clamp(0.0, 1.0) * 256.0 + 0.5) as usize]
    }
}
