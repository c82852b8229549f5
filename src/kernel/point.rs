//! Arithmetic on each value alone.

use super::level::kernel;

kernel! {
    /// Each value times `gain`.
    pub(crate) fn scale(row: &mut [f32], gain: f32) {
        for value in row {
            *value *= gain;
        }
    }
}

kernel! {
    /// Oklab colours give way to those of `table`, which is read by lightness and blended between entries.
    pub(crate) fn look_up(l: &mut [f32], a: &mut [f32], b: &mut [f32], table: &[[f32; 3]], amount: f32) {
        let last = table.len() - 2;
        let scale = (table.len() - 1) as f32;
        for ((l, a), b) in l.iter_mut().zip(a).zip(b) {
            let at = l.clamp(0.0, 1.0) * scale;
            let left = (at as usize).min(last);
            let t = at - left as f32;
            let [low, high] = [table[left], table[left + 1]];
            *l += amount * (low[0] + t * (high[0] - low[0]) - *l);
            *a += amount * (low[1] + t * (high[1] - low[1]) - *a);
            *b += amount * (low[2] + t * (high[2] - low[2]) - *b);
        }
    }
}

kernel! {
    /// Red, green and blue through a matrix. The rows are of one length.
    pub(crate) fn mix(r: &mut [f32], g: &mut [f32], b: &mut [f32], matrix: &[[f32; 3]; 3]) {
        let [red, green, blue] = matrix;
        for ((r, g), b) in r.iter_mut().zip(g).zip(b) {
            let sum = |weights: &[f32; 3]| weights[0] * *r + weights[1] * *g + weights[2] * *b;
            [*r, *g, *b] = [sum(red), sum(green), sum(blue)];
        }
    }
}

kernel! {
    /// Linear colours brighter than the screen are brought back to its edge, half of the way by giving up light and
    /// half by giving up colour. Cut off channel by channel, an orange white would become yellow.
    pub(crate) fn bring_in(r: &mut [f32], g: &mut [f32], b: &mut [f32]) {
        for ((r, g), b) in r.iter_mut().zip(g).zip(b) {
            let most = r.max(*g).max(*b).max(1.0);
            let light = (0.2126 * *r + 0.7152 * *g + 0.0722 * *b).min(1.0);
            // How much of its distance from grey a colour may keep at this light.
            let kept = if most > 1.0 { (1.0 - light) / (most - light) } else { 1.0 };
            let gain = 0.5 / most + 0.5 * kept;
            let grey = 0.5 * light * (1.0 - kept);
            [*r, *g, *b] = [grey + gain * *r, grey + gain * *g, grey + gain * *b];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;

    #[test]
    fn what_is_within_stays_and_what_is_not_comes_in_by_hue() {
        let (mut r, mut g, mut b) =
            ([0.3, 1.0, 1.35, 2.0, 0.2], [0.9, 0.0, 0.97, 2.0, 1.2], [0.0, 1.0, 0.45, 2.0, 0.4]);
        let before = [r, g, b];
        bring_in(Level::PLAIN, &mut r, &mut g, &mut b);
        for i in 0..5 {
            let (after, before) = ([r[i], g[i], b[i]], [0, 1, 2].map(|c: usize| before[c][i]));
            assert!(after.iter().all(|v| (0.0..=1.000_001).contains(v)), "{before:?} becomes {after:?}");
            if i < 2 {
                assert_eq!(after, before);
            }
        }
        // An orange light on white paper: still orange, between its clipped yellow and white.
        assert!(g[2] < 0.9 && b[2] > 0.6, "{} {}", g[2], b[2]);
    }
}
