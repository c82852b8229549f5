//! From a line to a stroke of the hand: it wavers a little, begins firmly, thins out and lifts.

use super::streamlines::Points;
use crate::kernel::noise::{mix, signed};

/// A stroke in units of 1/1024 of the picture's longer side.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Places along it.
    pub points: Vec<[f32; 2]>,
    /// Half of its width at each.
    pub halves: Vec<f32>,
    /// Which ink or pencil draws it.
    pub ink: u8,
}

/// How steady a hand is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand {
    /// How far the hand wavers, in units, over about twenty.
    pub(crate) wobble: f32,
    /// Length of the thinned ends, in units.
    pub(crate) taper: f32,
    /// How unsteady the pressure is, 0..1.
    pub(crate) tremor: f32,
    pub(crate) seed: u32,
}

/// Smooth noise of variance about 1 at a point in units of its cells.
fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let spline = |f: f32| [0.5 * (1.0 - f) * (1.0 - f), 0.75 - (f - 0.5) * (f - 0.5), 0.5 * f * f];
    let lattice = |i: i32, j: i32| signed(mix((i as u32).wrapping_mul(0x9e37_79b1) ^ mix(j as u32 ^ seed)));
    let (i, j) = (x.floor(), y.floor());
    let (wx, wy) = (spline(x - i), spline(y - j));
    let mut sum = 0.0;
    for (b, wy) in (0..).zip(wy) {
        for (a, wx) in (0..).zip(wx) {
            sum += wx * wy * lattice(i as i32 + a, j as i32 + b);
        }
    }
    sum * 3.15
}

/// `half` gives the half-width wanted at a place.
pub(crate) fn stroke(points: Points, hand: &Hand, half: impl Fn(f32, f32) -> f32) -> Stroke {
    let count = points.len();
    let step = match points[..] {
        [[ax, ay], [bx, by], ..] => ((bx - ax).powi(2) + (by - ay).powi(2)).sqrt(),
        _ => 1.0,
    };
    let taper = hand.taper.min(0.45 * count as f32 * step).max(step);
    let mut halves = Vec::with_capacity(count);
    let mut moved = Vec::with_capacity(count);
    for (k, [x, y]) in points.into_iter().enumerate() {
        let (before, after) = (k as f32 * step, (count - 1 - k) as f32 * step);
        let lift = lifted(2.0 * before / taper).min(lifted(after / taper));
        let shake = 1.0 + hand.tremor * noise(x / 9.0, y / 9.0, hand.seed ^ 3);
        halves.push(half(x, y) * lift * shake.clamp(0.4, 1.6));
        let away = [noise(x / 21.0, y / 21.0, hand.seed), noise(x / 21.0, y / 21.0, hand.seed ^ 1)];
        moved.push([x + hand.wobble * away[0], y + hand.wobble * away[1]]);
    }
    ease(&mut halves);
    Stroke { points: moved, halves, ink: 0 }
}

/// Pressure changes slowly: each width becomes the mean of those around it, twice. Ends stay as they are.
fn ease(halves: &mut [f32]) {
    for _ in 0..2 {
        let Some(mut before) = halves.first().copied() else { return };
        for k in 1..halves.len().saturating_sub(1) {
            let own = halves[k];
            halves[k] = 0.25 * before + 0.5 * own + 0.25 * halves[k + 1];
            before = own;
        }
    }
}

fn lifted(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    0.25 + 0.75 * t * (2.0 - t)
}
