//! Heights in raking light.

use super::level::kernel;

/// The part of the light that a slope can add or take at most.
const MOST: f32 = 0.6;

#[inline(always)]
fn bounded(value: f32) -> f32 {
    value / (1.0 + value.abs() * (1.0 / MOST))
}

kernel! {
    /// One row of light from the heights above, in and below it. `by` says how much slopes across and down, hollows
    /// and tones count.
    pub(crate) fn shade(row: &mut [f32], heights: [&[f32]; 3], tones: &[f32], by: [f32; 4]) {
        let [above, here, below] = heights;
        let width = row.len();
        let [across, down, hollow, stain] = by;
        let light = |left: f32, right: f32, above: f32, below: f32, here: f32, tone: f32| {
            // A slope that falls towards the light is lit: heights fall against the way it comes.
            let slope = bounded(across * (left - right) + down * (above - below));
            1.0 + slope + bounded(hollow * here) + stain * tone
        };
        if let [first, .., last] = &mut row[..] {
            *first = light(here[0], here[1], above[0], below[0], here[0], tones[0]);
            let end = width - 1;
            *last = light(here[end - 1], here[end], above[end], below[end], here[end], tones[end]);
        } else if let [only] = &mut row[..] {
            *only = light(here[0], here[0], above[0], below[0], here[0], tones[0]);
        }
        if width > 2 {
            let middle = 1..width - 1;
            let sides = here[..width - 2].iter().zip(&here[2..]);
            let ends = above[middle.clone()].iter().zip(&below[middle.clone()]);
            let own = here[middle.clone()].iter().zip(&tones[middle.clone()]);
            let all = row[middle].iter_mut().zip(sides).zip(ends).zip(own);
            for (((value, (left, right)), (above, below)), (here, tone)) in all {
                *value = light(*left, *right, *above, *below, *here, *tone);
            }
        }
    }
}

kernel! {
    /// Light that falls on a ground: each value times what the ground gives back, of which `amount` is felt. White
    /// keeps `room` below the brightest, so that lit slopes show on it too.
    pub(crate) fn lay(row: &mut [f32], ground: &[f32], amount: f32, room: f32) {
        let base = 1.0 - amount * room;
        for (value, ground) in row.iter_mut().zip(ground) {
            let seen = base + amount * (ground - 1.0);
            *value *= if seen > 0.0 { seen } else { 0.0 };
        }
    }
}
