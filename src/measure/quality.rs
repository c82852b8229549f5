//! An error as a number from 0 to 100.

/// The mean squared distance in Oklab that leaves 37 of 100 (100/e).
///
/// With it the scale runs close to that of pngquant: over photographs in 4 to 256 colours the two differ by five in
/// the mean.
const SCALE: f64 = 0.0006;

/// How good a picture is whose mean squared distance from the original in Oklab is so much ([`oklab_mse`]): 100 for
/// none, and `100 · exp(−error / 0.0006)` for any other.
///
/// About 90 is hard to tell from the original, 70 is good, and below 30 colours are missing.
///
/// ```
/// use zhijin::measure::quality;
///
/// assert_eq!(quality(0.0), 100.0);
/// assert_eq!(quality(0.0002).round(), 72.0);
/// ```
///
/// [`oklab_mse`]: super::oklab_mse
pub fn quality(error: f64) -> f64 {
    100.0 * (-error.max(0.0) / SCALE).exp()
}

/// The greatest error a picture of this quality may have; the other way round from [`quality`].
pub fn error_of_quality(quality: f64) -> f64 {
    -(quality.clamp(0.0, 100.0) / 100.0).ln() * SCALE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_the_other_turned_round() {
        for wanted in 1..=100 {
            let wanted = f64::from(wanted);
            assert!((quality(error_of_quality(wanted)) - wanted).abs() < 1e-9, "{wanted}");
        }
        assert_eq!(quality(f64::INFINITY), 0.0);
        assert_eq!(error_of_quality(0.0), f64::INFINITY);
    }

    #[test]
    fn more_error_is_less_quality() {
        let all: Vec<f64> = (0..100).map(|i| quality(f64::from(i) * 1e-4)).collect();
        assert!(all.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
