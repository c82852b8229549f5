//! Several noises on top of one another, each finer and lower than the last.

use super::noise::Noise;
use crate::kernel::Level;
use crate::pixel::Size;

/// A sum of noises.
pub(super) struct Hills(Vec<(Noise, f32)>);

impl Hills {
    /// Each layer is the width of its cells across and down, in reference units, and its height.
    pub(super) fn new(size: Size, seed: u64, layers: &[([f32; 2], f32)]) -> Self {
        let layer = |(i, (cell, height)): (usize, &([f32; 2], f32))| {
            (Noise::new(size, *cell, seed.wrapping_add(0x9e37_79b9 * (i as u64 + 1))), *height)
        };
        Self(layers.iter().enumerate().map(layer).collect())
    }

    /// Add row `y` to what is there.
    pub(super) fn add(&self, level: Level, y: i64, row: &mut [f32]) {
        let mut scratch = vec![0.0; row.len()];
        for (noise, height) in &self.0 {
            noise.add(level, y, *height, row, &mut scratch);
        }
    }
}
