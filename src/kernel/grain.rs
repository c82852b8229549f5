//! Grain laid over a row of Oklab.

use super::level::kernel;

kernel! {
    /// Add noise of deviation `light` to lightness and `colour` to a and b. It is strongest in the middle tones, where
    /// about half the crystals of a film are developed, and dies out towards black and white.
    pub(crate) fn add_grain(
        row: [&mut [f32]; 3],
        noise: [&[f32]; 3],
        light: f32,
        colour: f32,
    ) {
        let [l, a, b] = row;
        let [n0, n1, n2] = noise;
        let pixels = l.iter_mut().zip(a).zip(b);
        for (((l, a), b), ((n0, n1), n2)) in pixels.zip(n0.iter().zip(n1).zip(n2)) {
            let tone = l.clamp(0.0, 1.0);
            let mid = 4.0 * tone * (1.0 - tone);
            let strength = mid * (1.7 - 0.7 * mid);
            *l += light * strength * n0;
            *a += colour * strength * n1;
            *b += colour * strength * n2;
        }
    }
}
