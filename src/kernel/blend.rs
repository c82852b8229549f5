//! A row laid over another: `top` becomes `base + weight × (mode(base, top) − base)`.
//!
//! The modes that treat channels apart are those of "Compositing and Blending Level 1" (W3C, 2015), section 9.1.

use super::level::kernel;

/// Kernels for modes of one channel: the name, what it does, and the formula.
macro_rules! modes {
    ($($(#[$doc:meta])* $name:ident($b:ident, $s:ident) => $formula:expr;)*) => {
        $(kernel! {
            $(#[$doc])*
            pub(crate) fn $name(base: &[f32], top: &mut [f32], weight: &[f32]) {
                for ((top, base), weight) in top.iter_mut().zip(base).zip(weight) {
                    let ($b, $s) = (*base, *top);
                    let mixed: f32 = $formula;
                    *top = $b + *weight * (mixed - $b);
                }
            }
        })*
    };
}

modes! {
    /// The top alone.
    normal(_b, s) => s;
    /// Light upon light.
    add(b, s) => b + s;
    /// As if printed over each other.
    multiply(b, s) => b * s;
    /// As if thrown on one screen.
    screen(b, s) => b + s - b * s;
    /// Multiply in the dark of the base, screen in its light.
    overlay(b, s) => hard(s, b);
    /// Multiply in the dark of the top, screen in its light.
    hard_light(b, s) => hard(b, s);
    /// A gentle overlay.
    soft_light(b, s) => soft(b, s);
    /// The darker.
    darken(b, s) => if b < s { b } else { s };
    /// The lighter.
    lighten(b, s) => if b > s { b } else { s };
    /// The base made lighter by the top.
    color_dodge(b, s) => if b <= 0.0 { 0.0 } else if s >= 1.0 { 1.0 } else { least(1.0, b / (1.0 - s)) };
    /// The base made darker by the top.
    color_burn(b, s) => if b >= 1.0 { 1.0 } else if s <= 0.0 { 0.0 } else { 1.0 - least(1.0, (1.0 - b) / s) };
    /// How far apart they are.
    difference(b, s) => (b - s).abs();
}

#[inline(always)]
fn least(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn hard(b: f32, s: f32) -> f32 {
    let (dark, light) = (2.0 * b * s, b + (2.0 * s - 1.0) - b * (2.0 * s - 1.0));
    if s <= 0.5 { dark } else { light }
}

#[inline(always)]
fn soft(b: f32, s: f32) -> f32 {
    let root = if b <= 0.25 { ((16.0 * b - 12.0) * b + 4.0) * b } else { b.abs().sqrt() };
    let (dark, light) = (b - (1.0 - 2.0 * s) * b * (1.0 - b), b + (2.0 * s - 1.0) * (root - b));
    if s <= 0.5 { dark } else { light }
}

kernel! {
    /// The weight that colour has where both layers have an alpha, and the alpha of the result, which replaces
    /// that of the top: the share of what is seen that comes from the top.
    pub(crate) fn weigh_alpha(base: &[f32], top: &mut [f32], weight: &mut [f32]) {
        for ((top, base), weight) in top.iter_mut().zip(base).zip(weight) {
            let (from_top, from_base) = (*weight * *top, (1.0 - *weight) * *base);
            let alpha = from_top + from_base;
            *weight = if alpha > 0.0 { from_top / alpha } else { *weight };
            *top = alpha;
        }
    }
}
