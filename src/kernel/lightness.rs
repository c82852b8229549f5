//! Oklab lightness of linear colours, and the way back: more or less light at the same hue.

use super::level::kernel;
use super::oklab::{TO_LAB, TO_LMS};
use super::transfer::cube_root;

/// No pixel gets more than this many times its light, so that noise in black stays black; and no light counts as more.
const MOST: f32 = 8.0;

/// Light as the formulas want it.
#[inline(always)]
fn sound(x: f32) -> f32 {
    (if x > 0.0 { x } else { 0.0 }).min(MOST)
}

#[inline(always)]
fn of(r: f32, g: f32, b: f32) -> f32 {
    let root = |m: &[f32; 3]| cube_root((m[0] * r + m[1] * g + m[2] * b).max(0.0));
    let [l, m, s] = [root(&TO_LMS[0]), root(&TO_LMS[1]), root(&TO_LMS[2])];
    (TO_LAB[0][0] * l + TO_LAB[0][1] * m + TO_LAB[0][2] * s).max(0.0)
}

kernel! {
    /// Lightness of linear red, green, blue. What is negative or not a number counts as black.
    pub(crate) fn lightness(r: &[f32], g: &[f32], b: &[f32], out: &mut [f32]) {
        for (((out, r), g), b) in out.iter_mut().zip(r).zip(g).zip(b) {
            *out = of(sound(*r), sound(*g), sound(*b));
        }
    }
}

kernel! {
    /// Give linear colours of lightness `old` the lightness `new`, as an exposure would: all channels times one
    /// number, so hue stays and colourfulness grows with light. The brightest channel of a pixel comes softly near a
    /// ceiling of 0.95, or half way from where it is to 1 if it is high already, so nothing is clipped that was not.
    pub(crate) fn relight(r: &mut [f32], g: &mut [f32], b: &mut [f32], old: &[f32], new: &[f32]) {
        for ((((r, g), b), old), new) in r.iter_mut().zip(g).zip(b).zip(old).zip(new) {
            let ratio = new.max(0.0) / old.max(1e-3);
            let gain = (ratio * ratio * ratio).min(MOST);
            let top = r.max(*g).max(*b).max(1e-6);
            let lacks = (1.0 - top).max(0.0);
            let room = lacks - 0.5 * lacks.min(0.1);
            let wish = top * (gain - 1.0).max(0.0);
            let fourth = |x: f32| (x * x) * (x * x);
            let both = (fourth(room) + fourth(wish)).sqrt().sqrt();
            let raised = 1.0 + room * wish / (both.max(1e-9) * top);
            let gain = if gain > 1.0 { raised } else { gain };
            *r *= gain;
            *g *= gain;
            *b *= gain;
        }
    }
}

kernel! {
    /// Linear colours times a gain for each channel, as a white balance has it. Near white the gains give way, because
    /// what was overexposed has no colour to correct; and no channel covers more than half of what it lacks to 1.
    pub(crate) fn balance(r: &mut [f32], g: &mut [f32], b: &mut [f32], gains: [f32; 3]) {
        for ((r, g), b) in r.iter_mut().zip(g).zip(b) {
            let t = ((r.min(*g).min(*b) - 0.7) * (1.0 / 0.27)).clamp(0.0, 1.0);
            let coloured = 1.0 - t * t * (3.0 - 2.0 * t);
            for (value, gain) in [r, g, b].into_iter().zip(gains) {
                let wish = *value * (gain - 1.0) * coloured;
                *value += wish.min(0.5 * (1.0 - *value).max(0.0));
            }
        }
    }
}
