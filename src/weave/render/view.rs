//! What part of the cloth is shown, how large, and under which light.

use std::ops::RangeInclusive;

use super::light::Light;
use crate::pixel::Size;
use crate::weave::cloth::{Cloth, End};

/// The part of the cloth that is shown, in columns (main ends) and passes. The cloth repeats without end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The first column.
    pub left: f32,
    /// The first pass.
    pub top: f32,
    /// So many columns.
    pub across: f32,
    /// So many passes.
    pub down: f32,
}

/// A picture that is wanted of a cloth.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The size of the picture.
    pub size: Size,
    /// What it shows.
    pub window: Window,
    /// Where the light comes from.
    pub light: Light,
    /// Another seed is another piece of the same cloth.
    pub seed: u32,
    /// 0: every thread perfect; 1: a good hand loom.
    pub irregularity: f32,
    /// How much metal thread glints; 0 is brushed metal.
    pub glitter: f32,
    /// Strength of soft folds; 0 is a cloth under glass.
    pub folds: f32,
}

impl View {
    /// What [`irregularity`](Self::irregularity) may be.
    pub const IRREGULARITY: RangeInclusive<f32> = 0.0..=4.0;
    /// What [`glitter`](Self::glitter) may be.
    pub const GLITTER: RangeInclusive<f32> = 0.0..=2.0;
    /// What [`folds`](Self::folds) may be.
    pub const FOLDS: RangeInclusive<f32> = 0.0..=2.0;
    /// Where a window may begin, in repeats either way, is bounded by the precision of numbers; so is its extent.
    pub const PLACE: RangeInclusive<f32> = -4_000_000.0..=4_000_000.0;

    /// One whole repeat.
    pub fn whole(cloth: &Cloth, size: Size) -> Self {
        Self::repeats(cloth, size, 1.0, 1.0)
    }

    /// So many repeats side by side and one above the other.
    pub fn repeats(cloth: &Cloth, size: Size, across: f32, down: f32) -> Self {
        let (columns, passes) = (columns(cloth) as f32, cloth.passes.len().saturating_sub(1) as f32);
        Self::of(size, Window { left: 0.0, top: 0.0, across: columns * across, down: passes * down })
    }

    /// A window of the cloth.
    pub fn of(size: Size, window: Window) -> Self {
        let light = Light::default();
        Self { size, window, light, seed: 1, irregularity: 1.0, glitter: 1.0, folds: 0.5 }
    }
}

/// The columns of the face: main ends; in a cloth of binders alone, all ends.
pub(super) fn columns(cloth: &Cloth) -> usize {
    match cloth.warp.iter().filter(|(_, kind)| *kind == End::Main).count() {
        0 => cloth.warp.len(),
        main => main,
    }
}
