//! What changes slowly over the cloth, for all crossings of a pass at once: folds, how the cloth lies, and the ends
//! themselves.

use super::noise::over_row;
use super::temper::{LIE, Temper, Thread};
use super::view::View;

/// Soft folds: a fold tilts the cloth, and the sheens of weft and warp answer apart.
#[derive(Clone, Copy)]
pub(super) struct Folds {
    strength: f32,
    seed: u32,
    step: (u32, u32),
}

impl Folds {
    pub(super) fn new(view: &View) -> Self {
        let step = ((view.window.across / 3.0 + 2.0) as u32, (view.window.down / 2.0 + 2.0) as u32);
        Self { strength: view.folds, seed: view.seed, step }
    }
}

/// One pass of it.
#[derive(Default)]
pub(super) struct Slow {
    tilt: Vec<f32>,
    other: Vec<f32>,
    /// How the cloth lies.
    pub(super) lie: Vec<f32>,
    /// What is particular to each end.
    pub(super) ends: Vec<f32>,
    /// What is particular to this pass.
    pub(super) pass: f32,
    strength: f32,
    first: u32,
}

impl Slow {
    pub(super) fn fill(&mut self, temper: &Temper, folds: &Folds, (first, row): (u32, u32), count: usize) {
        self.strength = folds.strength;
        if self.ends.len() != count || self.first != first {
            let end = |column: u32| temper.bath(Thread::warp(column)) + temper.drift(true, column);
            self.ends = (first..first + count as u32).map(end).collect();
            self.first = first;
        }
        for (values, salt) in [(&mut self.tilt, 101), (&mut self.other, 202)] {
            values.resize(count, 0.0);
            if folds.strength != 0.0 {
                over_row(folds.seed.wrapping_add(salt), (first, row), folds.step, values);
            }
        }
        self.lie.resize(count, 0.0);
        over_row(temper.lie_seed(), (first, row), LIE, &mut self.lie);
        self.pass = temper.drift(false, row);
    }

    /// What folds do to the light on weft and warp at crossing `i`.
    pub(super) fn fold(&self, i: usize) -> [f32; 2] {
        let (tilt, other) = (self.strength * self.tilt[i], self.strength * self.other[i]);
        [1.0 + 0.16 * tilt + 0.05 * other, 1.0 + 0.07 * tilt - 0.14 * other]
    }
}
