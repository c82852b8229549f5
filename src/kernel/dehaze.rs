//! Rows of a hazy picture made clear.

use super::level::kernel;

/// Luminance.
#[inline(always)]
pub(crate) fn brightness(r: f32, g: f32, b: f32) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

kernel! {
    /// Row `y` of `height` from a small plane of `w` by `h`, bilinearly.
    pub(crate) fn enlarge(small: &[f32], size: (usize, usize), row: (usize, usize), out: &mut [f32]) {
        let ((w, h), (y, height)) = (size, row);
        let at = |pixel: usize, pixels: usize, side: usize| {
            let at = ((pixel as f32 + 0.5) * (side as f32 / pixels as f32) - 0.5).clamp(0.0, (side - 1) as f32);
            let before = at as i32 as usize;
            (before, (before + 1).min(side - 1), at - before as f32)
        };
        let (above, below, t) = at(y, height, h);
        let (above, below) = (&small[above * w..][..w], &small[below * w..][..w]);
        let width = out.len();
        for (x, out) in out.iter_mut().enumerate() {
            let (left, right, s) = at(x, width, w);
            let top = above[left] + s * (above[right] - above[left]);
            let bottom = below[left] + s * (below[right] - below[left]);
            *out = top + t * (bottom - top);
        }
    }
}

kernel! {
    /// Take the light of the air away: `limits` are how much of it, and the least that may come through.
    pub(crate) fn clear(colour: [&mut [f32]; 3], follow: [&[f32]; 2], air: [f32; 3], limits: [f32; 2]) {
        let [r, g, b] = colour;
        let ([factor, summand], [amount, least]) = (follow, limits);
        for ((((r, g), b), factor), summand) in r.iter_mut().zip(g).zip(b).zip(factor).zip(summand) {
            let through = factor * brightness(*r, *g, *b) + summand;
            let through = (1.0 - amount * (1.0 - through)).clamp(least, 1.0);
            let gain = 1.0 / through;
            for (value, air) in [r, g, b].into_iter().zip(air) {
                let clear = (*value - air) * gain + air;
                // Down to a tenth of the light at most: shadows keep their drawing. Up, half of what lacks to 1.
                let most = *value + 0.5 * (1.0 - *value).max(0.0);
                *value = clear.max(0.1 * *value).min(most);
            }
        }
    }
}
