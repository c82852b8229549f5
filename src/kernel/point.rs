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
