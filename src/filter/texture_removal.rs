//! Texture removal by relative total variation: what swings to and fro within a window is texture and goes; what
//! rises or falls across it is structure and stays, however faint.
//!
//! Li Xu, Qiong Yan, Yang Xia, Jiaya Jia, "Structure Extraction from Texture via Relative Total Variation", 2012. Each
//! round weighs differences by the picture so far and solves for the picture anew, with a window half as wide. The
//! paper solves one large system; here rows and columns are solved in turn, exactly and in one sweep each, as in
//! Dongbo Min et al., "Fast Global Image Smoothing Based on Weighted Least Squares", 2014. That bounds the time, and
//! the eye does not miss the difference.

use super::lines::{self, Along, Core};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, lines as kernel, texture, window};
use crate::parallel::for_each_bands;
use crate::pixel::Plane;

/// The least change of the blurred picture from pixel to pixel that counts, at a `unit` of one pixel.
const LEAST_WIDE: f32 = 0.001;
/// The same for the picture itself; smaller keeps softer edges, and takes longer to remove strong texture.
const LEAST_OWN: f32 = 0.02;
/// How much of the change along one axis counts along the other.
const SHARE: f32 = 0.3;
/// Turns of rows and columns in one solution.
const TURNS: i32 = 3;

/// How texture is removed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextureRemoval {
    /// The width of the texture, in pixels: the standard deviation of the window.
    pub size: f32,
    /// How much smoothness counts against likeness: 0.005 gently, 0.03 for strong patterns.
    pub strength: f32,
    /// Rounds; 4 as in the paper.
    pub rounds: usize,
    /// Pixels that are one where the picture is 1024 wide, so that sizes of one picture come out alike.
    pub unit: f32,
}

impl TextureRemoval {
    /// What is left of these planes without texture.
    ///
    /// # Panics
    /// If there are no planes, or not of one size.
    pub fn run(&self, planes: &[Plane], ctx: &Context) -> Result<Vec<Plane>> {
        ctx.limits.admit(planes[0].size(), 4 * (2 * planes.len() + 4))?;
        let mut out = planes.to_vec();
        let mut size = self.size;
        for _ in 0..self.rounds {
            let weights = self.weights(&out, size, ctx)?;
            out = self.solve(planes, &weights, ctx)?;
            size = (size / 2.0).max(0.5 * self.unit);
        }
        Ok(out)
    }

    /// What differences cost along rows and along columns.
    fn weights(&self, planes: &[Plane], size: f32, ctx: &Context) -> Result<[Plane; 2]> {
        let mut blurred = planes.to_vec();
        lines::blur(&mut blurred, size, ctx)?;
        let blurred: Vec<_> = blurred.iter().collect();
        let planes: Vec<_> = planes.iter().collect();
        let both = |planes: &[&Plane]| -> Result<[Plane; 2]> {
            Ok([lines::distances(Along::Rows, planes, ctx)?, lines::distances(Along::Columns, planes, ctx)?])
        };
        let (own, mut wide) = (both(&planes)?, both(&blurred)?);
        let stretch = own[0].size().width() * 64;
        let mut samples: Vec<_> = wide.iter_mut().map(Plane::samples_mut).collect();
        for_each_bands(ctx, &mut samples, stretch, |index, wide| {
            let [across, down] = wide else { return Ok(()) };
            let own = own.each_ref().map(|plane| &plane.samples()[index * stretch..][..across.len()]);
            let least = [LEAST_WIDE / self.unit, LEAST_OWN / self.unit];
            texture::weigh(ctx.level, [across, down], own, SHARE, least[0], least[1]);
            Ok(())
        })?;
        Ok(wide)
    }

    fn solve(&self, planes: &[Plane], [across, down]: &[Plane; 2], ctx: &Context) -> Result<Vec<Plane>> {
        let mut out = planes.to_vec();
        for turn in 1..=TURNS {
            let share = 1.5 * 4f32.powi(TURNS - turn) / (4f32.powi(TURNS) - 1.0);
            for (along, weights) in [(Along::Rows, across), (Along::Columns, down)] {
                lines::run(along, weights, &mut out, ctx, || Solve::new(share * self.strength))?;
            }
        }
        Ok(out)
    }
}

/// Smoothness along lines, solved for.
struct Solve {
    strength: f32,
    pivots: Vec<f32>,
    factors: Vec<f32>,
}

impl Solve {
    fn new(strength: f32) -> Self {
        Self { strength, pivots: Vec::new(), factors: Vec::new() }
    }
}

impl Core for Solve {
    fn begin(&mut self, level: Level, weights: &mut [f32]) {
        self.pivots = vec![0.0; weights.len()];
        self.factors = vec![0.0; weights.len()];
        window::scaled(level, weights, self.strength);
        kernel::eliminate(level, weights, &mut self.pivots, &mut self.factors);
    }

    fn run(&mut self, level: Level, weights: &[f32], tile: &mut [f32]) {
        kernel::solve(level, weights, &self.pivots, &self.factors, tile);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::pixel::Size;
    use crate::test_support::Random;

    /// The solution leaves `(1 + L) x = given`, where `L` takes weighted differences along the line.
    #[test]
    fn a_line_is_solved_exactly() {
        let mut random = Random::new("solve");
        for len in [1, 2, 3, 17, 200] {
            let size = Size::new(len, 1).unwrap();
            let given = Plane::from_fn(size, |_, _| random.unit());
            let weights = Plane::from_fn(size, |_, _| random.unit() * 50.0);
            let mut out = vec![given.clone()];
            lines::run(Along::Rows, &weights, &mut out, &Context::default(), || Solve::new(0.5)).unwrap();
            let (x, w) = (out[0].samples(), weights.samples());
            for n in 0..x.len() {
                let before = if n > 0 { 0.5 * w[n] * (x[n] - x[n - 1]) } else { 0.0 };
                let after = if n + 1 < x.len() { 0.5 * w[n + 1] * (x[n] - x[n + 1]) } else { 0.0 };
                let error = (x[n] + before + after - given.samples()[n]).abs();
                assert!(error < 1e-4, "sample {n} of {len}: {error:e}, {random}");
            }
        }
    }

    #[test]
    fn a_pattern_goes_and_a_fainter_edge_stays() {
        let size = Size::new(96, 64).unwrap();
        let pattern = |x: usize, y: usize| if (x / 2 + y / 2).is_multiple_of(2) { 0.15 } else { -0.15 };
        let plane = Plane::from_fn(size, |x, y| pattern(x, y) + if x < 48 { 0.4 } else { 0.6 });
        let filter = TextureRemoval { size: 3.0, strength: 0.015, rounds: 4, unit: 1.0 };
        let out = filter.run(&[plane], &Context::default()).unwrap().remove(0);
        let row = out.row(32);
        let swing = row[10..38].windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0, f32::max);
        assert!(swing < 0.02 && row[58] - row[38] > 0.12, "swing {swing}, edge {:?}", &row[38..58]);
    }

    #[test]
    fn levels_and_threads_give_the_same_bits() {
        let mut random = Random::new("texture levels");
        for (w, h) in [(1, 1), (1, 9), (70, 67)] {
            let plane = Plane::from_fn(Size::new(w, h).unwrap(), |_, _| random.unit());
            let filter = TextureRemoval { size: 2.5, strength: 0.01, rounds: 2, unit: 0.7 };
            let run = |level, threads| {
                let ctx = Context { level, ..Context::default() };
                let planes = [plane.clone(), plane.clone()];
                Pool::new(threads).unwrap().run(|| filter.run(&planes, &ctx).unwrap())
            };
            let plain = run(Level::PLAIN, 1);
            for level in Level::available() {
                for threads in [1, 2, 5] {
                    assert!(run(level, threads) == plain, "level {level}, {threads} threads, {random}");
                }
            }
        }
    }
}
