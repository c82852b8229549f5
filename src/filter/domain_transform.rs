//! The domain transform: lines are stretched where colours change, then smoothed by a filter that knows nothing of
//! edges; rows and columns take turns.
//!
//! Eduardo Gastal, Manuel Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, with two of
//! the filters given there. The recursive one passes each sample on along the line, fading with distance; the
//! normalised one averages all within reach. The cost of either depends on neither `space` nor `range`.
//!
//! The widths of the rounds halve, so each recursive weight is the square of the one before, and no power is taken
//! after the first round.

mod reach;
#[cfg(test)]
mod tests;

use std::f32::consts::{LOG2_E, SQRT_2};

use super::lines::{self, Along, Core};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, lines as kernel};
use crate::pixel::Plane;
use reach::Reach;

/// The filter along a stretched line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Each sample is passed on and fades: an even, far-reaching blend.
    Recursive,
    /// The mean of all within reach: flatter areas with crisper borders.
    Normalised,
}

/// How a domain transform smooths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DomainTransform {
    /// The standard deviation of the smoothing on flat ground, in pixels.
    pub space: f32,
    /// The difference (summed over channels) that is as far as `space` is wide.
    pub range: f32,
    /// Rounds of rows and columns; 3 as in the paper. More leave fewer streaks where `space` is large.
    pub rounds: usize,
    /// The filter along a line.
    pub pass: Pass,
}

impl DomainTransform {
    /// Smooth these planes with regard for their own edges.
    ///
    /// # Panics
    /// If there are no planes, or not of one size.
    pub fn run(&self, mut planes: Vec<Plane>, ctx: &Context) -> Result<Vec<Plane>> {
        let guide: Vec<_> = planes.iter().collect();
        let steps = self.steps(&guide, ctx)?;
        self.smooth(steps, &mut planes, ctx)?;
        Ok(planes)
    }

    /// Smooth `planes` with regard for the edges of `guide`.
    ///
    /// # Panics
    /// If there is no guide, or the planes are not of one size.
    pub fn joint(&self, guide: &[&Plane], mut planes: Vec<Plane>, ctx: &Context) -> Result<Vec<Plane>> {
        let steps = self.steps(guide, ctx)?;
        self.smooth(steps, &mut planes, ctx)?;
        Ok(planes)
    }

    /// How far each sample is from the one before it, along rows and along columns.
    fn steps(&self, guide: &[&Plane], ctx: &Context) -> Result<[Plane; 2]> {
        let alike = guide.iter().all(|plane| plane.size() == guide[0].size());
        assert!(alike, "all planes are of one size");
        ctx.limits.admit(guide[0].size(), 8)?;
        let gain = self.space / self.range.max(1e-6);
        let steps = |along| -> Result<Plane> {
            let mut steps = lines::distances(along, guide, ctx)?;
            lines::each(&mut steps, ctx, |samples| kernel::step(ctx.level, samples, gain))?;
            Ok(steps)
        };
        Ok([steps(Along::Rows)?, steps(Along::Columns)?])
    }

    fn smooth(&self, [mut across, mut down]: [Plane; 2], planes: &mut [Plane], ctx: &Context) -> Result<()> {
        assert!(planes.iter().all(|plane| plane.size() == across.size()), "all planes are of one size");
        if self.space <= 0.0 {
            return Ok(());
        }
        if self.pass == Pass::Recursive {
            let log2 = -SQRT_2 * LOG2_E / self.width(0);
            for steps in [&mut across, &mut down] {
                lines::each(steps, ctx, |samples| kernel::decay(ctx.level, samples, log2))?;
            }
        }
        for round in 0..self.rounds {
            for (along, steps) in [(Along::Rows, &across), (Along::Columns, &down)] {
                match self.pass {
                    Pass::Recursive => lines::run(along, steps, planes, ctx, || Fade { round })?,
                    Pass::Normalised => {
                        let reach = self.width(round) * 3f32.sqrt();
                        lines::run(along, steps, planes, ctx, || Reach::new(reach))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The standard deviation of a round; together they make `space`.
    fn width(&self, round: usize) -> f32 {
        let rounds = self.rounds.clamp(1, 12) as i32;
        let halvings = 2f32.powi(rounds - 1 - round as i32);
        self.space * 3f32.sqrt() * halvings / (4f32.powi(rounds) - 1.0).sqrt()
    }
}

/// The recursive filter.
struct Fade {
    round: usize,
}

impl Core for Fade {
    fn begin(&mut self, level: Level, weights: &mut [f32]) {
        kernel::square(level, weights, self.round);
    }

    fn run(&mut self, level: Level, weights: &[f32], tile: &mut [f32]) {
        kernel::recurse(level, weights, tile);
    }
}
