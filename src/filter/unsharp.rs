//! Sharpening by what a blur takes away, kept within what is there.

use crate::context::Context;
use crate::error::Result;
use crate::filter::gaussian;
use crate::kernel::unsharp as rows;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::Plane;

/// How a plane is sharpened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unsharp {
    /// Sigma of the blur, in pixels.
    pub sigma: f32,
    /// How much of the difference to the blur is added.
    pub amount: f32,
    /// Neighbours that lie less than this apart are noise.
    pub threshold: f32,
}

/// Add to a plane of tones (0 black, 1 white) what a Gaussian blur takes away from it.
///
/// The result goes beyond the darkest and the lightest of the eight neighbours by a fifth of what lies between them at
/// most, so that edges get steeper but no halos; where neighbours are nearly alike nothing happens, so that noise stays
/// as it is.
pub fn unsharp(plane: &Plane, how: &Unsharp, context: &Context) -> Result<Plane> {
    let (size, width) = (plane.size(), plane.size().width());
    context.limits.admit(size, 8)?;
    let mut target = plane.clone();
    gaussian(std::slice::from_mut(&mut target), how.sigma, context)?;
    for_each_band(context, target.samples_mut(), width * BAND_ROWS, |index, band| {
        let [mut least, mut greatest] = [vec![0.0; width + 2], vec![0.0; width + 2]];
        for (y, blurred) in band.chunks_exact_mut(width).enumerate() {
            let y = index * BAND_ROWS + y;
            let near = [y.saturating_sub(1), y, (y + 1).min(size.height() - 1)].map(|y| plane.row(y));
            rows::extremes(context.level, near, &mut least[1..=width], &mut greatest[1..=width]);
            for row in [&mut least, &mut greatest] {
                (row[0], row[width + 1]) = (row[1], row[width]);
            }
            rows::sharpen(context.level, blurred, near[1], [&least, &greatest], how.amount, how.threshold);
        }
        Ok(())
    })?;
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::parallel::Pool;
    use crate::pixel::Size;
    use crate::test_support::Random;

    const HOW: Unsharp = Unsharp { sigma: 1.3, amount: 1.5, threshold: 0.05 };

    fn naive(plane: &Plane, how: &Unsharp) -> Plane {
        let mut blurred = [plane.clone()];
        gaussian(&mut blurred, how.sigma, &Context::default()).unwrap();
        let (w, h) = (plane.size().width(), plane.size().height());
        Plane::from_fn(plane.size(), |x, y| {
            let rows = y.saturating_sub(1)..=(y + 1).min(h - 1);
            let near = rows.flat_map(|y| plane.row(y)[x.saturating_sub(1)..=(x + 1).min(w - 1)].to_vec());
            let (least, greatest) =
                near.fold((f32::MAX, f32::MIN), |(least, greatest), v| (least.min(v), greatest.max(v)));
            let (range, value) = (greatest - least, plane.row(y)[x]);
            let t = ((range - how.threshold) / (2.0 * how.threshold)).clamp(0.0, 1.0);
            let share = t * t * (3.0 - 2.0 * t);
            let wish = value + how.amount * share * (value - blurred[0].row(y)[x]);
            wish.clamp(least - 0.2 * range, greatest + 0.2 * range)
        })
    }

    #[test]
    fn it_is_the_plain_formula_on_every_level_and_any_number_of_threads() {
        let mut random = Random::new("unsharp");
        let sizes = [(1, 1), (1, 9), (9, 1), (2, 2), (7, 8), (31, 33), (65, 130)];
        for (w, h) in sizes {
            let plane = Plane::from_fn(Size::new(w, h).unwrap(), |_, _| random.unit() * random.unit());
            let exact = naive(&plane, &HOW);
            for (level, threads) in
                Level::available().into_iter().flat_map(|level| [1, 2, 5].map(|threads| (level, threads)))
            {
                let context = Context { level, ..Context::default() };
                let fast = Pool::new(threads).unwrap().run(|| unsharp(&plane, &HOW, &context)).unwrap();
                let apart = fast.samples().iter().zip(exact.samples()).map(|(a, b)| (a - b).abs());
                assert!(apart.fold(0.0, f32::max) < 1e-6, "{w}×{h} {level} {threads}, {random}");
            }
        }
    }

    #[test]
    fn edges_get_steeper_and_noise_stays() {
        let size = Size::new(64, 8).unwrap();
        let mut random = Random::new("unsharp noise");
        let ramp = |x: usize| ((x as f32 - 28.0) / 8.0).clamp(0.0, 1.0) * 0.6 + 0.2;
        let plane = Plane::from_fn(size, |x, _| ramp(x) + 0.02 * random.unit());
        let sharp = unsharp(&plane, &Unsharp { sigma: 2.0, ..HOW }, &Context::default()).unwrap();
        assert_eq!(sharp.row(4)[..24], plane.row(4)[..24], "a flat surface");
        let rise = |plane: &Plane| plane.row(4)[34] - plane.row(4)[30];
        assert!(rise(&sharp) > 1.1 * rise(&plane), "{} from {}", rise(&sharp), rise(&plane));
        let lightest = sharp.samples().iter().copied().fold(0.0, f32::max);
        assert!(lightest < 0.86, "no halo: {lightest}");
    }
}
