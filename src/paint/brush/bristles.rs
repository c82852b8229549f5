//! The streaks a tool leaves: noise across the stroke that changes slowly along it, from -1 to 1.
//!
//! The table repeats both ways. Where hairs are finer than a sample it is taken averaged, or a preview would glitter.

use super::Tool;
use crate::kernel::brush::{Bristles, TABLE};
use crate::kernel::noise::{mix, signed};

/// Cells of an octave along and across (whole parts of the table), and what it counts.
type Octave = ([usize; 2], f32);

/// Locks of hair, hairs, and what breaks them.
const HAIR: [Octave; 4] = [([64, 16], 0.4), ([64, 8], 0.55), ([32, 4], 0.5), ([32, 2], 0.2)];
/// Paint half mixed on the knife: broad bands, and scratches.
const KNIFE: [Octave; 4] = [([128, 32], 0.7), ([64, 8], 0.55), ([128, 2], 0.14), ([16, 16], 0.2)];

/// How often a table is halved.
const LEVELS: usize = 5;

/// The table and its averages over 2, 4, 8 and 16 entries across.
pub(super) struct Streaks(Vec<Box<Bristles>>);

fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// Noise on a lattice that repeats with the table.
fn lattice(at: [usize; 2], cell: [usize; 2], salt: u32) -> f32 {
    let part = |k: usize| {
        let count = TABLE[k] / cell[k];
        let place = at[k] / cell[k];
        (place % count, (place + 1) % count, smooth((at[k] % cell[k]) as f32 / cell[k] as f32))
    };
    let ((i, i2, f), (j, j2, g)) = (part(0), part(1));
    let value = |i: usize, j: usize| signed(mix((i as u32) << 16 ^ j as u32 ^ mix(salt)));
    let near = value(i, j) + g * (value(i, j2) - value(i, j));
    let far = value(i2, j) + g * (value(i2, j2) - value(i2, j));
    near + f * (far - near)
}

impl Streaks {
    pub(super) fn of(tool: Tool, seed: u32) -> Self {
        let octaves = if tool == Tool::Knife { KNIFE } else { HAIR };
        let value = |k: usize| {
            let at = [k / TABLE[1], k % TABLE[1]];
            let sum: f32 =
                (0..).zip(octaves).map(|(n, (cell, share))| share * lattice(at, cell, seed ^ n)).sum();
            let sum = 1.5 * sum;
            sum / (1.0 + sum.abs())
        };
        let mut finest: Vec<f32> = (0..TABLE[0] * TABLE[1]).map(value).collect();
        let spread = (finest.iter().map(|v| v * v).sum::<f32>() / finest.len() as f32).sqrt();
        finest.iter_mut().for_each(|v| *v = (0.45 * *v / spread).clamp(-1.0, 1.0));
        let mut tables = vec![boxed(|k| finest[k])];
        for level in 1..LEVELS {
            let last = &tables[level - 1];
            let step = 1 << (level - 1);
            let next = boxed(|k| {
                let (row, column) = (k / TABLE[1] * TABLE[1], k % TABLE[1]);
                let at = |c: usize| last[row + c % TABLE[1]];
                let (before, after) = (at(column + TABLE[1] - step), at(column + step));
                0.25 * before + 0.5 * last[k] + 0.25 * after
            });
            tables.push(next);
        }
        Self(tables)
    }

    /// For `entries` of the table to a sample.
    pub(super) fn at(&self, entries: f32) -> &Bristles {
        let level = (entries.max(0.5).log2() + 0.5) as usize;
        &self.0[level.min(LEVELS - 1)]
    }
}

fn boxed(value: impl Fn(usize) -> f32) -> Box<Bristles> {
    let values: Vec<f32> = (0..TABLE[0] * TABLE[1]).map(value).collect();
    values.into_boxed_slice().try_into().expect("as many as the table has")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hairs_differ_across_more_than_along_and_even_out_when_fine() {
        for tool in [Tool::Flat, Tool::Knife] {
            let streaks = Streaks::of(tool, 5);
            let spread = |entries: f32| {
                let table = streaks.at(entries);
                (table.iter().map(|v| v * v).sum::<f32>() / table.len() as f32).sqrt()
            };
            assert!(
                (spread(0.1) - 0.45).abs() < 0.02 && spread(16.0) < spread(4.0) && spread(4.0) < spread(0.1)
            );
            let table = streaks.at(0.1);
            assert!(table.iter().all(|v| v.abs() <= 1.0));
            let step = |by: usize| {
                let steps = table.iter().zip(&table[by..]).map(|(a, b)| (a - b).abs());
                steps.sum::<f32>()
            };
            assert!(step(1) > 1.5 * step(TABLE[1]), "{tool:?}");
        }
    }
}
