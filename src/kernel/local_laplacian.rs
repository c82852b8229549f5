//! Sines and cosines of lightness, all multiples of one frequency, and what they add to a row of detail.

use super::level::kernel;
use super::lut::inside;

kernel! {
    /// Sine and cosine of `frequency` times the values, which are clamped to 0..=1 and counted from the middle.
    /// Greatest error for angles up to 2.4: 1e-6.
    pub(crate) fn waves(values: &[f32], frequency: f32, sin: &mut [f32], cos: &mut [f32]) {
        for ((value, sin), cos) in values.iter().zip(sin).zip(cos) {
            // Half the angle, so that short series do; the double angle follows exactly.
            let x = (inside(*value) - 0.5) * (0.5 * frequency);
            let q = x * x;
            let s = x * (1.0 + q * (-1.0 / 6.0 + q * (1.0 / 120.0 + q * (-1.0 / 5040.0 + q * (1.0 / 362_880.0)))));
            let c = 1.0 + q * (-0.5 + q * (1.0 / 24.0 + q * (-1.0 / 720.0 + q * (1.0 / 40_320.0 - q * (1.0 / 3_628_800.0)))));
            *sin = 2.0 * s * c;
            *cos = 1.0 - 2.0 * s * s;
        }
    }
}

kernel! {
    /// From the sines and cosines of one multiple to those of the next.
    pub(crate) fn next_waves(sin: &mut [f32], cos: &mut [f32], base_sin: &[f32], base_cos: &[f32]) {
        for (((s, c), bs), bc) in sin.iter_mut().zip(cos).zip(base_sin).zip(base_cos) {
            (*s, *c) = (*s * bc + *c * bs, *c * bc - *s * bs);
        }
    }
}

kernel! {
    /// One term of the series: the detail of `sin` and `cos` (fine less coarse), turned to the phase of each pixel.
    pub(crate) fn add_term(weight: f32, fine: [&[f32]; 2], coarse: [&[f32]; 2], phase: [&[f32]; 2], sum: &mut [f32]) {
        let n = sum.len();
        let [fs, fc] = fine.map(|row| &row[..n]);
        let [cs, cc] = coarse.map(|row| &row[..n]);
        let [s, c] = phase.map(|row| &row[..n]);
        for i in 0..n {
            sum[i] += weight * ((fs[i] - cs[i]) * c[i] - (fc[i] - cc[i]) * s[i]);
        }
    }
}

kernel! {
    /// `sum * gain + rest`, into the sum.
    pub(crate) fn settle(sum: &mut [f32], gain: f32, rest: &[f32]) {
        for (sum, rest) in sum.iter_mut().zip(rest) {
            *sum = *sum * gain + rest;
        }
    }
}
