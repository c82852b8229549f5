//! Rows of an unsharp mask that knows its surroundings.

use super::level::kernel;

/// How far a pixel may go beyond the darkest and the lightest of its neighbours, as a part of the distance between them.
const BEYOND: f32 = 0.2;

#[inline(always)]
fn less(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn more(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

kernel! {
    /// The least and the greatest of three rows, column by column.
    pub(crate) fn extremes(rows: [&[f32]; 3], least: &mut [f32], greatest: &mut [f32]) {
        let [a, b, c] = rows;
        for ((((least, greatest), a), b), c) in least.iter_mut().zip(greatest).zip(a).zip(b).zip(c) {
            *least = less(*a, less(*b, *c));
            *greatest = more(*a, more(*b, *c));
        }
    }
}

kernel! {
    /// What is blurred becomes what is sharpened. `least` and `greatest` are of columns, with one more on either side.
    /// Where neighbours lie less than `threshold` apart nothing happens, and all of it from three times that on.
    pub(crate) fn sharpen(blurred: &mut [f32], row: &[f32], extremes: [&[f32]; 2], amount: f32, threshold: f32) {
        let [least, greatest] = extremes;
        let n = blurred.len();
        let ramp = 0.5 / threshold.max(1e-4);
        let least = least[..n].iter().zip(&least[1..n + 1]).zip(&least[2..n + 2]);
        let greatest = greatest[..n].iter().zip(&greatest[1..n + 1]).zip(&greatest[2..n + 2]);
        let all = blurred.iter_mut().zip(row).zip(least).zip(greatest);
        for (((out, value), ((l0, l1), l2)), ((g0, g1), g2)) in all {
            let (least, greatest) = (less(*l0, less(*l1, *l2)), more(*g0, more(*g1, *g2)));
            let range = greatest - least;
            let t = ((range - threshold) * ramp).clamp(0.0, 1.0);
            let wish = *value + amount * t * t * (3.0 - 2.0 * t) * (*value - *out);
            let room = BEYOND * range;
            *out = less(more(wish, least - room), greatest + room);
        }
    }
}
