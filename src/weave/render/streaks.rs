//! The fine lines of filaments, the plies of spun yarn, the helix of wound strips and the wrinkles of flat ones.

use super::fibre::Optics;
use super::math::{ease, mix};
use super::noise::{hash, signed};

/// Most lines told apart across a thread, and two more for the edges.
const MOST: usize = 12;
/// Pitches along the thread in which it makes the turns of its plies.
const PITCHES: f32 = 1.7;
/// Crossings over which a filament keeps its look.
const LONG: u32 = 3;

/// What lies along one crossing of a thread.
#[derive(Clone, Copy)]
pub(super) enum Streaks {
    /// Lines along the thread: how bright each is where it enters the crossing and where it leaves it.
    Lines { strength: f32, count: f32, bright: [[f32; 2]; MOST + 2] },
    /// Turns about the thread.
    Turns { strength: f32, count: f32, start: f32 },
    /// Wrinkles across it.
    Wrinkles { strength: f32, count: f32, bright: [f32; MOST + 2] },
}

impl Streaks {
    /// The streaks of a crossing. `samples` are there across it: lines finer than these would be noise.
    pub(super) fn new(o: &Optics, thread: u32, at: u32, samples: (usize, usize)) -> Self {
        let finest = 0.5 * samples.0 as f32;
        if o.twist > 10.0 {
            // Turns do not begin anew at each crossing.
            let count = o.count / PITCHES;
            let start = (f64::from(at) * f64::from(count)).fract() as f32;
            return Self::Turns { strength: o.stripes, count, start: start + 1.0 };
        }
        if o.round < 0.2 {
            let count = o.count.min(0.3 * samples.1 as f32).floor().clamp(1.0, MOST as f32);
            let first = at.wrapping_mul(count as u32);
            // They go on from crossing to crossing: the last of one is the first of the next.
            let bright = std::array::from_fn(|i| signed(hash(8, thread, first.wrapping_add(i as u32))));
            return Self::Wrinkles { strength: o.stripes, count, bright };
        }
        let count = o.count.min(finest).clamp(1.0, MOST as f32);
        let mut bright = [[0.0; 2]; MOST + 2];
        for (line, bright) in (0..).zip(bright.iter_mut().take(count as usize + 2)) {
            *bright = [at, at + 1].map(|at| filament(thread, at, line));
        }
        Self::Lines { strength: o.stripes, count, bright }
    }

    /// Factors of body and sheen at a place along the crossing (0 to 1) and across the thread (-1 to 1).
    pub(super) fn at(&self, along: f32, side: f32) -> (f32, f32) {
        match *self {
            Self::Lines { strength, count, ref bright } => {
                let line = (side + 1.0) * 0.5 * count;
                let (first, rest) = (line as usize, ease(line.fract()));
                let v = mix([mix(bright[first], along), mix(bright[first + 1], along)], rest);
                (1.0 + 1.5 * strength * v, 1.0 + 2.7 * strength * v)
            }
            Self::Turns { strength, count, start } => {
                let phase = (start + count * along + side * 0.62).fract();
                let ply = 2.0 * phase - 1.0;
                let ply = 1.0 - (ply * ply * ply).abs();
                (1.0 + 2.2 * strength * (ply - 0.75), 0.4 + 0.8 * ply)
            }
            Self::Wrinkles { strength, count, ref bright } => {
                let place = along * count + 0.25 * (side + 1.0);
                let first = place as usize;
                let v = mix([bright[first], bright[first + 1]], ease(place.fract()));
                (1.0 + strength * v, 1.0 + 2.0 * strength * v)
            }
        }
    }
}

/// How bright a filament is: bright beside dark, so that no thread is brighter than another for its filaments.
fn filament(thread: u32, at: u32, line: u32) -> f32 {
    let shifted = at.wrapping_add(line & 3);
    let (knot, rest) = (shifted / LONG, (shifted % LONG) as f32 / LONG as f32);
    let value = |knot: u32| signed(hash(7, thread, knot << 5 | line));
    let v = 0.5 + mix([value(knot), value(knot.wrapping_add(1))], ease(rest));
    if line.is_multiple_of(2) { 0.5 * v } else { -0.5 * v }
}
