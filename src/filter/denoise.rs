//! Noise removal for photographs: overlapping blocks of 8 × 8 are taken apart into cosines, what noise accounts for
//! is taken off each, and the blocks are put together again; once at full size and again at half and quarter size,
//! where the blotches are that cameras and compression make of noise.
//!
//! The blocks: Guoshen Yu, Guillermo Sapiro, "DCT Image Denoising: a Simple and Effective Image Denoising Algorithm",
//! 2011. The sizes: Gabriele Facciolo, Nicola Pierazzo, Jean-Michel Morel, "Conservative Scale Recomposition for
//! Multiscale Denoising", 2017. Coefficients are shrunk (the non-negative garrote, Leo Breiman, 1995), not cut, which rings less:
//! strong ones, which are hair and grass, keep nearly all; a coefficient never grows, so noise never does.
//!
//! How much noise there is, is measured on the picture itself, at each size and for each tone (see `noise.rs`): where
//! it finds none, nothing happens.

mod blocks;
mod noise;
#[cfg(test)]
mod tests;

use super::mirror::mirrored;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::for_each_band;
use crate::pixel::{Plane, Size};
use noise::Noise;

/// What is taken off a coefficient for each standard deviation of noise, at strength 1.
const THRESHOLD: f32 = 2.2;
/// Times a picture is halved: for lightness, where blotches are finer, and for colour.
const HALVINGS: [usize; 2] = [1, 3];
/// No side gets smaller than this.
const LEAST_SIDE: usize = 24;

/// How noise is removed from a picture in L, a, b.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Denoise {
    /// How strongly from lightness: 1 takes off what is measured, 0 nothing.
    pub lightness: f32,
    /// How strongly from the two planes of colour.
    pub colour: f32,
    /// The standard deviation of the noise, if it is known; otherwise it is measured.
    pub level: Option<f32>,
}

impl Denoise {
    /// Remove noise from planes of L, a, b, or of L alone.
    pub fn run(&self, mut planes: Vec<Plane>, ctx: &Context) -> Result<Vec<Plane>> {
        let Some(tone) = planes.first().cloned() else { return Ok(planes) };
        ctx.limits.admit(tone.size(), 4 * 4)?;
        for (channel, plane) in planes.iter_mut().enumerate() {
            let (strength, halvings) = match channel {
                0 => (self.lightness, HALVINGS[0]),
                _ => (self.colour, HALVINGS[1]),
            };
            if strength > 0.0 {
                let job = Channel { strength, level: self.level };
                *plane = job.clean(plane, &tone, halvings, ctx)?;
            }
        }
        Ok(planes)
    }
}

/// One plane's share of the work.
struct Channel {
    strength: f32,
    level: Option<f32>,
}

impl Channel {
    /// The plane without noise; `tone` is the lightness at its size, by which noise is looked up.
    fn clean(&self, plane: &Plane, tone: &Plane, halvings: usize, ctx: &Context) -> Result<Plane> {
        let noise = match self.level {
            Some(level) => Noise::even(level),
            None => Noise::measure(plane, tone, ctx)?,
        };
        let size = plane.size();
        let mut out = blocks::shrink(plane, tone, &noise, THRESHOLD * self.strength, ctx)?;
        if halvings > 0 && size.width().min(size.height()) >= 2 * LEAST_SIDE {
            // White noise halves with the size; measured noise is measured there again.
            let below = Self { level: self.level.map(|level| level / 2.0), ..*self };
            let small = halve(plane, ctx)?;
            let mut wanted = below.clean(&small, &halve(tone, ctx)?, halvings - 1, ctx)?;
            let got = halve(&out, ctx)?;
            wanted.samples_mut().iter_mut().zip(got.samples()).for_each(|(wanted, got)| *wanted -= got);
            add_doubled(&mut out, &wanted, ctx)?;
        }
        Ok(out)
    }
}

/// Means of four.
fn halve(plane: &Plane, ctx: &Context) -> Result<Plane> {
    let size = plane.size();
    let half = Size::from_usize(size.width().div_ceil(2), size.height().div_ceil(2)).unwrap_or(size);
    let mut out = Plane::filled(half, 0.0);
    for_each_band(ctx, out.samples_mut(), half.width(), |y, row| {
        let (above, below) = (plane.row(2 * y), plane.row((2 * y + 1).min(size.height() - 1)));
        for (out, (a, b)) in row.iter_mut().zip(above.chunks(2).zip(below.chunks(2))) {
            *out = (a[0] + a[a.len() - 1] + b[0] + b[b.len() - 1]) / 4.0;
        }
        Ok(())
    })?;
    Ok(out)
}

/// Add a plane of half the size, with straight lines between its samples.
fn add_doubled(plane: &mut Plane, half: &Plane, ctx: &Context) -> Result<()> {
    let (width, small) = (plane.size().width(), half.size());
    for_each_band(ctx, plane.samples_mut(), width, |y, row| {
        let beside = mirrored(y as isize / 2 + if y % 2 == 0 { -1 } else { 1 }, small.height());
        let mut rows = half.row(y / 2).to_vec();
        rows.iter_mut().zip(half.row(beside)).for_each(|(near, far)| *near = 0.75 * *near + 0.25 * far);
        for (x, value) in row.iter_mut().enumerate() {
            let beside = mirrored(x as isize / 2 + if x % 2 == 0 { -1 } else { 1 }, small.width());
            *value += 0.75 * rows[x / 2] + 0.25 * rows[beside];
        }
        Ok(())
    })
}
