//! What is left unpainted on purpose: slivers between washes, a border, and in a sketch all that matters little.
//!
//! Painters leave a dry sliver between two wet washes so that they do not run together. Where it lies is found on the
//! ridge of steepness: about a ridge as wide as a Gaussian of deviation `s` the slope, as a share of the height, is
//! `distance / s²`.

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
/// The widest sliver, in units from its middle.
const WIDEST: f32 = 1.1;

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
        if self.slivers <= 0.0 && self.border <= 0.0 && self.open <= 0.0 {
            return Ok(None);
        }
        let (size, unit) = (seen.steep.size(), seen.unit);
        let ridge = blurred(seen.steep, 1.0, context)?;
        let hand = slow(size, &[(110.0, 0.7, 0xa1), (30.0, 0.4, 0xa2)], seed, context)?;
        let chance = slow(size, &[(30.0, 1.0, 0xa3)], seed, context)?;
        let crowd = blurred(&ridge, 12.0 * unit, context)?;
        let worth = if self.open > 0.0 { Some(self.wanted(seen, context)?) } else { None };
        let (w, h) = (size.width(), size.height());
        let plane = rows(size, context, |y, row| {
            let (hand, chance) = (hand.row(y), chance.row(y));
            let up = ridge.row(y.saturating_sub(1));
            let down = ridge.row((y + 1).min(h - 1));
            let edge = ridge.row(y);
            for (x, out) in row.iter_mut().enumerate() {
                let mut inside = FAR;
                if self.slivers > 0.0 {
                    let across = edge[(x + 1).min(w - 1)] - edge[x.saturating_sub(1)];
                    let slope = 0.5 * across.hypot(down[x] - up[x]);
                    let away = RIDGE * RIDGE * slope / (edge[x] + 1e-4) / unit;
                    let lone = step(1.8, 3.2, edge[x] / (crowd.row(y)[x] + 0.005));
                    let strong = lone * step(0.03, 0.1, edge[x]) * (1.0 - step(0.3, 0.6, seen.importance.row(y)[x]));
                    let wide = strong * step(1.3 - 1.6 * self.slivers, 2.2 - 1.6 * self.slivers, chance[x]);
                    inside = inside.min(1.5 * (away - WIDEST * wide) + 6.0 * (1.0 - wide));
                }
                if self.border > 0.0 {
                    let near = (x as f32 + 0.5).min(w as f32 - x as f32 - 0.5);
                    let near = near.min(y as f32 + 0.5).min(h as f32 - y as f32 - 0.5) / unit;
                    inside = inside.min(near - self.border * (1.0 + 0.35 * hand[x]));
                }
                if let Some(worth) = &worth {
                    inside = inside.min(60.0 * (worth.row(y)[x] + 0.12 * hand[x]));
                }
                *out = inside.clamp(-FAR, FAR);
            }
        })?;
        Ok(Some(plane))
    }

    /// Above 0 where a sketch is painted: around what matters, and where it is dark.
    fn wanted(self, seen: &Seen<'_>, context: &Context) -> Result<Plane> {
        let around = blurred(seen.importance, 48.0 * seen.unit, context)?;
        let dark = blurred(seen.amount, 24.0 * seen.unit, context)?;
        let mut sorted: Vec<f32> = Vec::new();
        let mut worth = rows(seen.steep.size(), context, |y, row| {
            for (v, (around, dark)) in row.iter_mut().zip(around.row(y).iter().zip(dark.row(y))) {
                *v = around + 0.12 * (dark / (0.4 + dark));
            }
        })?;
        sorted.extend(worth.samples().iter().step_by(11));
        sorted.sort_by(f32::total_cmp);
        let limit = sorted[(self.open.min(0.95) * (sorted.len() - 1) as f32) as usize];
        worth.samples_mut().iter_mut().for_each(|v| *v -= limit);
        Ok(worth)
    }
}
