//! Powers of two without tables, for loops that turn into vectors.

/// Beyond this everything is as good as nothing.
const LEAST: f32 = -100.0;

/// 2 to the `x`, for `x` up to 100; below -100 it stays at 2^-100. Relative error below 4e-6: the whole part of `x`
/// goes into the exponent, the rest through a polynomial fitted to 2^f on -1/2 to 1/2.
#[inline(always)]
pub(super) fn exp2(x: f32) -> f32 {
    /// 1.5 · 2^23: adding it leaves the nearest whole number in the low bits.
    const ROUNDER: f32 = 12_582_912.0;
    let x = x.max(LEAST);
    let shifted = x + ROUNDER;
    let f = x - (shifted - ROUNDER);
    let p = 0.999_999_3 + f * (0.693_121_8 + f * (0.240_247_49 + f * (0.055_917_848 + f * 0.009_569_936)));
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::exp2;

    #[test]
    fn it_is_within_four_millionths() {
        let worst = (-100_000..=1000)
            .map(|i| i as f32 / 1000.0)
            .map(|x| (f64::from(exp2(x)) / f64::from(x).exp2() - 1.0).abs())
            .fold(0.0, f64::max);
        assert!(worst < 4e-6, "{worst:e}");
        assert_eq!(exp2(-1e9), exp2(-100.0));
    }
}
