//! What can be reached from the border of a small picture without crossing a step of colour.
//!
//! The minimum barrier distance (Zhang and others, "Minimum barrier salient object detection at 80 FPS", 2015), with
//! seeds that leave out a figure which the frame cuts.

use super::cells::Cells;
use super::lab::{Lab, apart};

/// Border cells that are like a good part of the border: where a figure is cut by the frame, it is no ground. What
/// lies beyond them (a scanned frame, a vignette) is a seed as well.
pub(super) fn seeds(small: &Cells<Lab>) -> Cells<bool> {
    let (width, height) = (small.width(), small.height());
    let inset = (width.min(height) / 40).max(1).min((width.min(height) - 1) / 2);
    let depth = |at: usize| {
        let (x, y) = (at % width, at / width);
        x.min(y).min(width - 1 - x).min(height - 1 - y)
    };
    let border: Vec<usize> = (0..width * height).filter(|at| depth(*at) == inset).collect();
    let like = |at: usize| {
        let own = small.values()[at];
        border.iter().filter(|other| apart(own, small.values()[**other], 1.6) < 0.09 * 0.09).count()
    };
    let counts: Vec<usize> = border.iter().map(|at| like(*at)).collect();
    let least = counts.iter().max().map_or(0, |most| most / 4);
    let mut out = Cells::filled(width, height, false);
    for (at, count) in border.iter().zip(counts) {
        out.values_mut()[*at] = count >= least;
    }
    out
}

/// The least difference between the highest and the lowest value on a way from a seed; three sweeps.
pub(super) fn distance(values: &Cells<f32>, seeds: &Cells<bool>) -> Cells<f32> {
    let (width, height) = (values.width(), values.height());
    let mut state: Vec<[f32; 3]> = values.values().iter().map(|value| [f32::MAX, *value, *value]).collect();
    let starts = state.iter_mut().zip(seeds.values()).filter(|(_, is_seed)| **is_seed);
    starts.for_each(|(state, _)| state[0] = 0.0);
    for sweep in 0..4 {
        let forward = sweep % 2 == 0;
        for index in 0..width * height {
            let at = if forward { index } else { width * height - 1 - index };
            relax(&mut state, values.values()[at], at, neighbours(at, width, height, forward));
        }
    }
    let mut out = Cells::filled(width, height, 0f32);
    out.values_mut().iter_mut().zip(state).for_each(|(to, [cost, ..])| *to = cost.min(1.0));
    out
}

fn neighbours(at: usize, width: usize, height: usize, forward: bool) -> [Option<usize>; 2] {
    let (x, y) = (at % width, at / width);
    if forward {
        return [(x > 0).then(|| at - 1), (y > 0).then(|| at - width)];
    }
    [(x + 1 < width).then(|| at + 1), (y + 1 < height).then(|| at + width)]
}

fn relax(state: &mut [[f32; 3]], value: f32, at: usize, from: [Option<usize>; 2]) {
    for other in from.into_iter().flatten() {
        let [cost, high, low] = state[other];
        if cost == f32::MAX {
            continue;
        }
        let (high, low) = (high.max(value), low.min(value));
        if high - low < state[at][0] {
            state[at] = [high - low, high, low];
        }
    }
}
