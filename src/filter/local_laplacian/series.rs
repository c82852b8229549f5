//! The curve `d exp(-d²/2σ²)` as a few sines.

use std::f64::consts::TAU;

/// Terms at most; a sigma of 0.05 needs eleven.
const MOST: usize = 12;

/// The sum of `weights[j] sin((j + 1) frequency d)`, which is the curve for every `d` from -1 to 1.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) frequency: f32,
    pub(super) weights: Vec<f32>,
}

impl Series {
    /// The curve has faded 3.5 sigma from its middle, so that far beyond the longest difference its next period may
    /// begin; and its spectrum, which is of the same shape, has faded at `3.4 / sigma`.
    pub(super) fn new(sigma: f32) -> Self {
        let sigma = f64::from(sigma.clamp(0.05, 1.0));
        let period = 1.0 + 3.5 * sigma;
        let frequency = TAU / period;
        let terms = ((3.4 / (sigma * frequency)).ceil() as usize).clamp(1, MOST);
        Self {
            frequency: frequency as f32,
            weights: (1..=terms).map(|j| weight(j as f64 * frequency, sigma, period) as f32).collect(),
        }
    }

    /// The curve the series gives, for those who have one difference only.
    #[cfg(test)]
    pub(super) fn at(&self, d: f32) -> f32 {
        let term = |(j, weight): (usize, &f32)| weight * ((j + 1) as f32 * self.frequency * d).sin();
        self.weights.iter().enumerate().map(term).sum()
    }
}

/// The sine coefficient of the curve repeated every `period`. Repeating a function samples its spectrum, and that of
/// `d exp(-d²/2σ²)` is `√(2π) σ³ ω exp(-σ²ω²/2)`.
fn weight(omega: f64, sigma: f64, period: f64) -> f64 {
    2.0 / period * TAU.sqrt() * sigma.powi(3) * omega * (-0.5 * (sigma * omega).powi(2)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_sines_are_the_curve() {
        for sigma in [0.05f32, 0.1, 0.2, 0.3, 0.5, 1.0] {
            let series = Series::new(sigma);
            let apart = |d: f32| (series.at(d) - d * (-0.5 * (d / sigma).powi(2)).exp()).abs();
            let worst = (-1000..=1000).map(|i| apart(i as f32 / 1000.0)).fold(0.0, f32::max);
            assert!(worst < 0.01 * sigma, "{worst} at sigma {sigma} with {} sines", series.weights.len());
        }
    }
}
