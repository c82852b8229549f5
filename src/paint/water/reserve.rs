//! What is left unpainted on purpose: slivers between washes, a border, and in a sketch all that matters little.
//!
//! Painters leave a dry sliver between two wet washes so that they do not run together. Where it lies is found on the
//! ridge of steepness: about a ridge as wide as a Gaussian of deviation `s` the slope, as a share of the height, is
//! `distance / s²`. Slivers wherever edges are steep made gravel and leaves glitter; now an edge must stand alone.

use super::chance::slow;
use super::wetness::step;
use crate::context::Context;
use crate::error::Result;
use crate::line::{blurred, rows};
use crate::pixel::Plane;

/// Farther from an edge than this, in units, is as good as any.
const FAR: f32 = 12.0;
/// The deviation of an edge's ridge, in samples.
const RIDGE: f32 = 1.3;
/// How far a sliver reaches from its middle, in units.
const WIDEST: f32 = 1.1;
/// How far around a place counts for whether it is painted in a sketch, and how far its darkness does, in units.
const AROUND: [f32; 2] = [48.0, 24.0];

/// What is left unpainted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reserve {
    /// How much of the edges between washes are slivers.
    pub(super) slivers: f32,
    /// The width of the border, in units.
    pub(super) border: f32,
    /// How much of what matters little is left out.
    pub(super) open: f32,
}

/// What has a say in it.
pub(super) struct Seen<'a> {
    /// How steep edges are.
    pub(super) steep: &'a Plane,
    pub(super) importance: &'a Plane,
    pub(super) amount: &'a Plane,
    pub(super) unit: f32,
}

impl Reserve {
    /// How far inside the painted area each sample lies, in units; below 0 is bare. `None` if all is painted.
    pub(super) fn plane(self, seen: &Seen<'_>, seed: u64, context: &Context) -> Result<Option<Plane>> {
        let slivers = (self.slivers > 0.0).then(|| self.slivers(seen, seed, context)).transpose()?;
        let worth = (self.open > 0.0).then(|| self.worth(seen, context)).transpose()?;
        if slivers.is_none() && worth.is_none() && self.border <= 0.0 {
            return Ok(None);
        }
        let size = seen.steep.size();
        let hand = slow(size, &[(110.0, 0.7, 0xa1), (30.0, 0.4, 0xa2)], seed, context)?;
        let border = Border { width: self.border, unit: seen.unit, w: size.width(), h: size.height() };
        let plane = rows(size, context, |y, row| {
            for (x, (out, hand)) in row.iter_mut().zip(hand.row(y)).enumerate() {
                let mut inside = slivers.as_ref().map_or(FAR, |plane| plane.row(y)[x]);
                if self.border > 0.0 {
                    inside = inside.min(border.inside(x, y, *hand));
                }
                if let Some(worth) = &worth {
                    inside = inside.min(60.0 * (worth.row(y)[x] + 0.08 * hand));
                }
                *out = inside.clamp(-FAR, FAR);
            }
        })?;
        Ok(Some(plane))
    }

    /// How far from a sliver each sample lies.
    fn slivers(self, seen: &Seen<'_>, seed: u64, context: &Context) -> Result<Plane> {
        let (size, unit) = (seen.steep.size(), seen.unit);
        let ridge = blurred(seen.steep, 1.0, context)?;
        let crowd = blurred(&ridge, 12.0 * unit, context)?;
        let chance = slow(size, &[(30.0, 1.0, 0xa3)], seed, context)?;
        let (w, h) = (size.width(), size.height());
        let from = 1.3 - 1.6 * self.slivers;
        rows(size, context, |y, row| {
            let (up, down) = (ridge.row(y.saturating_sub(1)), ridge.row((y + 1).min(h - 1)));
            let (edge, crowd) = (ridge.row(y), crowd.row(y));
            let rest = chance.row(y).iter().zip(seen.importance.row(y));
            for (x, (out, (chance, worth))) in row.iter_mut().zip(rest).enumerate() {
                let across = edge[(x + 1).min(w - 1)] - edge[x.saturating_sub(1)];
                let slope = 0.5 * across.hypot(down[x] - up[x]);
                let away = RIDGE * RIDGE * slope / (edge[x] + 1e-4) / unit;
                let alone = step(1.8, 3.2, edge[x] / (crowd[x] + 0.005)) * step(0.03, 0.1, edge[x]);
                let wide = alone * (1.0 - step(0.3, 0.6, *worth)) * step(from, from + 0.9, *chance);
                *out = 1.5 * (away - WIDEST * wide) + 6.0 * (1.0 - wide);
            }
        })
    }

    /// Above 0 where a sketch is painted: around what matters, and where it is dark.
    fn worth(self, seen: &Seen<'_>, context: &Context) -> Result<Plane> {
        let around = blurred(seen.importance, AROUND[0] * seen.unit, context)?;
        let dark = blurred(seen.amount, AROUND[1] * seen.unit, context)?;
        let mut worth = rows(seen.steep.size(), context, |y, row| {
            for (v, (around, dark)) in row.iter_mut().zip(around.row(y).iter().zip(dark.row(y))) {
                *v = around + 0.32 * (dark / (0.4 + dark));
            }
        })?;
        let mut sorted: Vec<f32> = worth.samples().iter().step_by(11).copied().collect();
        sorted.sort_by(f32::total_cmp);
        let limit = sorted[(self.open.min(0.95) * (sorted.len() - 1) as f32) as usize];
        worth.samples_mut().iter_mut().for_each(|v| *v -= limit);
        Ok(worth)
    }
}

/// The border of the sheet.
struct Border {
    width: f32,
    unit: f32,
    w: usize,
    h: usize,
}

impl Border {
    /// How far inside it a sample lies, in units; the `hand` is unsteady.
    fn inside(&self, x: usize, y: usize, hand: f32) -> f32 {
        let near = x.min(self.w - 1 - x).min(y.min(self.h - 1 - y)) as f32 + 0.5;
        near / self.unit - self.width * (1.0 + 0.35 * hand)
    }
}
