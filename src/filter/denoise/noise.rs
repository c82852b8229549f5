//! How much noise a picture has, for each tone.
//!
//! The mask of John Immerkær, "Fast Noise Variance Estimation", 1996, sees noise and hardly anything smooth. It is
//! averaged over small blocks; of the blocks of a tone the quiet fifth counts, for there is some flat ground in
//! nearly every picture. Grass and leaves of one tone would still pass for noise, so strong noise must show in the
//! quietest blocks of the whole picture, too: rather some noise is left than hair is smeared.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::shrink as kernel;
use crate::parallel::map_bands;
use crate::pixel::Plane;

/// Pixels along the side of a block.
const BLOCK: usize = 16;
/// Tones that are told apart.
const TONES: usize = 8;
/// One block in so many is quiet.
const QUIET: usize = 5;
/// And one in so many is the quietest there is.
const QUIETEST: usize = 50;
/// Noise of up to a step of 8 bits is believed in any case …
const BELIEVED: f32 = 0.0045;
/// … and more than that as far as the quietest blocks bear it out: so many times theirs.
const SPREAD: f32 = 1.5;
/// Blocks a tone must have to speak for itself.
const ENOUGH: usize = 40;
/// The noise of rounding to 8 bits, which is not worth removing.
const ROUNDING: f32 = 0.0013;
/// Tones nearer to black or white than this are cut off, and so is their noise.
const CUT: std::ops::Range<f32> = 0.06..0.985;

/// The standard deviation of noise at evenly spaced tones from black to white.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Noise([f32; TONES]);

impl Noise {
    pub(super) fn even(level: f32) -> Self {
        Self([level; TONES])
    }

    /// What `plane` has, at the tones of `tone`.
    pub(super) fn measure(plane: &Plane, tone: &Plane, ctx: &Context) -> Result<Self> {
        let rows = plane.size().height() / BLOCK;
        let found = map_bands(ctx, rows, 4, |rows| {
            Ok(rows.flat_map(|row| row_of_blocks(plane, tone, row, ctx)).collect::<Vec<_>>())
        })?;
        Ok(Self::of(&found.concat()))
    }

    /// From blocks: the tone of each, and its noise.
    fn of(blocks: &[(f32, f32)]) -> Self {
        let one_in = |part: usize, mut noise: Vec<f32>| {
            noise.sort_unstable_by(f32::total_cmp);
            noise.get(noise.len() / part).copied().unwrap_or(0.0)
        };
        let all = || blocks.iter().map(|(_, noise)| *noise).collect();
        let (whole, bound) = (one_in(QUIET, all()), BELIEVED.max(SPREAD * one_in(QUIETEST, all())));
        Self(std::array::from_fn(|tone| {
            let near = |(at, _): &&(f32, f32)| (at * (TONES - 1) as f32 - tone as f32).abs() < 1.0;
            let noise: Vec<_> = blocks.iter().filter(near).map(|(_, noise)| *noise).collect();
            let level = if noise.len() >= ENOUGH { one_in(QUIET, noise) } else { whole };
            let level = level.min(bound);
            (level * level - ROUNDING * ROUNDING).max(0.0).sqrt()
        }))
    }

    /// The noise at a tone.
    pub(super) fn at(&self, tone: f32) -> f32 {
        let place = tone.clamp(0.0, 1.0) * (TONES - 1) as f32;
        let left = (place as usize).min(TONES - 2);
        let t = place - left as f32;
        self.0[left] * (1.0 - t) + self.0[left + 1] * t
    }
}

/// Tone and noise of the blocks beside each other that start at row `row * BLOCK`.
fn row_of_blocks(plane: &Plane, tone: &Plane, row: usize, ctx: &Context) -> Vec<(f32, f32)> {
    let width = plane.size().width();
    let count = width / BLOCK;
    if count == 0 {
        return Vec::new();
    }
    let (mut sums, mut tones) = (vec![0.0; count], vec![0.0; count]);
    let mut rough = vec![0.0; width - 2];
    let top = row * BLOCK;
    for y in top + 1..top + BLOCK - 1 {
        kernel::roughness(ctx.level, plane.row(y - 1), plane.row(y), plane.row(y + 1), &mut rough);
        for (b, (sum, total)) in sums.iter_mut().zip(&mut tones).enumerate() {
            *sum += rough[b * BLOCK..][..BLOCK - 2].iter().sum::<f32>();
            *total += tone.row(y)[b * BLOCK..][..BLOCK - 2].iter().sum::<f32>();
        }
    }
    // The mask answers white noise of standard deviation 1 with 6, whose mean without sign is 6 √(2/π).
    let scale = (std::f32::consts::FRAC_PI_2).sqrt() / 6.0;
    let samples = ((BLOCK - 2) * (BLOCK - 2)) as f32;
    let block = |(sum, tone): (f32, f32)| (tone / samples, sum / samples * scale);
    sums.into_iter().zip(tones).map(block).filter(|(tone, _)| CUT.contains(tone)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;
    use crate::test_support::Random;

    /// Nearly Gaussian: twelve even draws.
    fn gauss(random: &mut Random) -> f32 {
        (0..12).map(|_| random.unit()).sum::<f32>() - 6.0
    }

    #[test]
    fn noise_is_found_and_smoothness_is_not_noise() {
        let mut random = Random::new("noise");
        let size = Size::new(320, 240).unwrap();
        let smooth = |x: usize, y: usize| 0.5 + 0.3 * ((x as f32) / 60.0).sin() * ((y as f32) / 45.0).cos();
        let ctx = Context::default();
        for sigma in [0.0, 0.01, 0.05] {
            let plane = Plane::from_fn(size, |x, y| smooth(x, y) + sigma * gauss(&mut random));
            let found = Noise::measure(&plane, &plane, &ctx).unwrap().at(0.5);
            assert!((found - sigma).abs() < 0.15 * sigma + 1e-4, "{found} for {sigma}, {random}");
        }
    }

    #[test]
    fn small_pictures_have_no_blocks_and_no_noise() {
        let plane = Plane::filled(Size::new(1, 40).unwrap(), 0.5);
        assert_eq!(Noise::measure(&plane, &plane, &Context::default()).unwrap(), Noise::even(0.0));
    }
}
