//! Powers of two without tables, for loops that turn into vectors.

/// Beyond this everything is as good as nothing.
const LEAST: f32 = -100.0;
/// The same for [`exp2_below`], whose share may take 27 powers more.
const MOST: f32 = 90.0;
/// 1.5 · 2^23: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// 2 to the `x`, for `x` up to 100; below -100 it stays at 2^-100. Relative error below 4e-6: the whole part of `x`
/// goes into the exponent, the rest through a polynomial fitted to 2^f on -1/2 to 1/2.
#[inline(always)]
pub(super) fn exp2(x: f32) -> f32 {
    let x = x.max(LEAST);
    let shifted = x + ROUNDER;
    let f = x - (shifted - ROUNDER);
    let p = 0.999_999_3 + f * (0.693_121_8 + f * (0.240_247_49 + f * (0.055_917_848 + f * 0.009_569_936)));
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// The polynomial of 2^-f on -1/2 to 1/2, times `share`: what [`exp2_below`] takes.
#[inline(always)]
pub(super) fn shared(share: f32) -> [f32; 4] {
    [0.999_928_1, -0.693_261, 0.242_611_1, -0.055_171_7].map(|p: f32| p * share)
}

/// A share times 2 to the `-x`, for `x` from zero on; beyond 90 it stays at 2^-90. Relative error below 8e-5 for shares
/// down to 1e-8 (less would leave the range of whole exponents), which is enough for a weight, and cheaper than
/// [`exp2`].
#[inline(always)]
pub(super) fn exp2_below(x: f32, shared: [f32; 4]) -> f32 {
    let x = x.min(MOST);
    let shifted = ROUNDER - x;
    let f = x + (shifted - ROUNDER);
    let p = shared[0] + f * (shared[1] + f * (shared[2] + f * shared[3]));
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::{exp2, exp2_below, shared};

    #[test]
    fn it_is_within_four_millionths() {
        let worst = (-100_000..=1000)
            .map(|i| i as f32 / 1000.0)
            .map(|x| (f64::from(exp2(x)) / f64::from(x).exp2() - 1.0).abs())
            .fold(0.0, f64::max);
        assert!(worst < 4e-6, "{worst:e}");
        assert_eq!(exp2(-1e9), exp2(-100.0));
    }

    #[test]
    fn the_cheaper_one_is_within_a_ten_thousandth() {
        for share in [1.0, 0.37, 1e-4, 1e-8] {
            let worst = (0..=90_000)
                .map(|i| i as f32 / 1000.0)
                .map(|x| {
                    (f64::from(exp2_below(x, shared(share))) / f64::from(share) / f64::from(-x).exp2() - 1.0)
                        .abs()
                })
                .fold(0.0, f64::max);
            assert!(worst < 8e-5, "{share}: {worst:e}");
        }
        assert_eq!(exp2_below(1e9, shared(1.0)), exp2_below(100.0, shared(1.0)));
        assert!(exp2_below(100.0, shared(1e-8)) > 0.0);
    }
}
