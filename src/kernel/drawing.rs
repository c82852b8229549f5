//! From what stands out to what is laid on the sheet: soft thresholds, and pigment that catches on the tooth of paper.

use super::level::kernel;

/// From 0 to 1 without corners.
#[inline(always)]
pub(crate) fn ramp(v: f32) -> f32 {
    let t = v.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// How much pigment stays when a medium of pressure `p` meets paper standing `tooth` high (0..1, evenly spread): its
/// mean over the sheet is `p`, whatever the `grip` up to 1/2.
#[inline(always)]
pub(crate) fn deposit(p: f32, tooth: f32, grip: f32) -> f32 {
    (p + grip * (tooth - 0.5) * 4.0 * p * (1.0 - p)).clamp(0.0, 1.0)
}

/// 1 + tanh(t) for t up to 0, from Lambert's continued fraction; within 3e-4, and 0 below -4.97.
#[inline(always)]
fn shade(t: f32) -> f32 {
    let t = t.clamp(-4.97, 0.0);
    let q = t * t;
    1.0 + t * (135_135.0 + q * (17_325.0 + q * (378.0 + q)))
        / (135_135.0 + q * (62_370.0 + q * (3_150.0 + q * 28.0)))
}

kernel! {
    /// What is narrow, sharpened by `p` times what it is above what is wide (in `out`); then the soft threshold.
    pub(crate) fn sharpen_and_cut(narrow: &[f32], out: &mut [f32], p: f32, level: f32, steepness: f32) {
        for (out, narrow) in out.iter_mut().zip(narrow) {
            *out = shade(steepness * (narrow + p * (narrow - *out) - level));
        }
    }
}

kernel! {
    /// The soft threshold: 1 from `level` up, the sooner 0 below it the greater `steepness`.
    pub(crate) fn cut(row: &mut [f32], level: f32, steepness: f32) {
        for v in row {
            *v = shade(steepness * (*v - level));
        }
    }
}

kernel! {
    /// `wide` becomes what is darker than it, as a multiple of `1 / gain`.
    pub(crate) fn difference(narrow: &[f32], wide: &mut [f32], gain: f32) {
        for (wide, narrow) in wide.iter_mut().zip(narrow) {
            *wide = (*wide - narrow) * gain;
        }
    }
}

kernel! {
    /// Lines as cover: `gain` of them through the ramp, at most `most`.
    pub(crate) fn press(lines: &mut [f32], gain: f32, most: f32) {
        for v in lines {
            *v = most * ramp(gain * *v);
        }
    }
}

kernel! {
    /// `cover` becomes what it and `other` leave no paper of.
    pub(crate) fn over(cover: &mut [f32], other: &[f32]) {
        for (cover, other) in cover.iter_mut().zip(other) {
            *cover = 1.0 - (1.0 - *cover) * (1.0 - other);
        }
    }
}

kernel! {
    /// Pressure becomes what stays on the tooth.
    pub(crate) fn settle(pressure: &mut [f32], tooth: &[f32], grip: f32) {
        for (p, tooth) in pressure.iter_mut().zip(tooth) {
            *p = deposit(*p, *tooth, grip);
        }
    }
}

kernel! {
    /// Ink over paper in one channel; paper is lighter by `relief` where it stands high.
    pub(crate) fn lay(cover: &[f32], tooth: &[f32], colours: [f32; 2], relief: f32, out: &mut [f32]) {
        let [ink, paper] = colours;
        for ((out, cover), tooth) in out.iter_mut().zip(cover).zip(tooth) {
            let sheet = paper * (1.0 + relief * (tooth - 0.5));
            *out = sheet + cover * (ink - sheet);
        }
    }
}

kernel! {
    /// Noise to the height of a tooth: about evenly spread over 0..1.
    pub(crate) fn even(row: &mut [f32]) {
        for v in row {
            *v = 0.5 + 0.65 * *v / (1.0 + 1.3 * v.abs());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    #[test]
    fn the_shade_is_within_three_ten_thousandths_of_tanh() {
        let worst = (0..10_000)
            .map(|i| -(i as f32) * 1e-3)
            .map(|t| (f64::from(shade(t)) - 1.0 - f64::from(t).tanh()).abs());
        assert!(worst.fold(0.0, f64::max) < 3e-4);
    }

    #[test]
    fn what_stays_on_the_tooth_is_what_was_pressed() {
        for p in [0.0, 0.1, 0.5, 0.83, 1.0] {
            let mean = (0..1000).map(|i| deposit(p, (i as f32 + 0.5) / 1000.0, 0.5)).sum::<f32>() / 1000.0;
            assert!((mean - p).abs() < 1e-3, "{p}: {mean}");
        }
    }

    #[test]
    fn every_level_gives_the_plain_bits() {
        let mut random = Random::new("kernel::drawing");
        for width in [0, 1, 7, 8, 33] {
            let mut row = || (0..width).map(|_| random.unit() * 2.0 - 0.5).collect::<Vec<f32>>();
            let (a, b, c) = (row(), row(), row());
            let run = |level: Level| {
                let mut out = c.clone();
                sharpen_and_cut(level, &a, &mut out, 12.0, 0.5, 3.0);
                over(level, &mut out, &b);
                settle(level, &mut out, &a, 0.4);
                let mut laid = b.clone();
                lay(level, &out, &a, [0.1, 0.9], 0.02, &mut laid);
                even(level, &mut out);
                press(level, &mut out, 1.3, 0.8);
                cut(level, &mut laid, 0.6, 2.0);
                difference(level, &a, &mut laid, 9.0);
                out.iter().chain(&laid).map(|v| v.to_bits()).collect::<Vec<_>>()
            };
            let plain = run(Level::PLAIN);
            assert!(Level::available().into_iter().all(|level| run(level) == plain), "{width}, {random}");
        }
    }
}
