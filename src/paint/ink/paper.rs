//! What fibres do to wet ink.
//!
//! Ink creeps along the fibres of unsized paper until water gives out, so its front is ragged in long fingers and short
//! hairs. Simulations let water flow from cell to cell (Chu & Tai, "MoXi: real-time ink dispersion in absorbent paper",
//! 2005). Only where the front stops is seen in the end, and that is a line of equal distance moved to and fro by a
//! field with crests as fibres have them; so it can be cut at any size, sharp, without any flow.

use crate::kernel::Level;
use crate::kernel::ink as kernel;
use crate::pixel::Size;
use crate::texture::Noise;

/// Cells across and down in units, weight, and whether it has crests: hills of the felt, fibres and their branches, hairs.
const LAYERS: [([f32; 2], f32, bool); 5] = [
    ([8.6, 7.9], 0.6, false),
    ([3.4, 3.1], 0.62, true),
    ([1.7, 1.85], 0.55, true),
    ([0.83, 0.9], 0.45, true),
    ([0.47, 0.43], 0.32, true),
];

/// Fibres of paper for a picture of one size.
pub(crate) struct Fibres {
    layers: Vec<(Noise, f32, bool)>,
    clouds: [Noise; 2],
}

impl Fibres {
    pub(crate) fn new(size: Size, seed: u64) -> Self {
        let noise = |cell: [f32; 2], salt: u64| Noise::new(size, cell, seed ^ salt.wrapping_mul(0x9e37_79b9));
        let layers = LAYERS
            .iter()
            .zip(1..)
            .map(|((cell, weight, crests), salt)| (noise(*cell, salt), *weight, *crests));
        Self { layers: layers.collect(), clouds: [noise([60.0, 44.0], 31), noise([17.0, 15.0], 32)] }
    }

    /// How far ink creeps: mean about 0, deviation about 1.
    pub(crate) fn creep(&self, level: Level, y: usize, row: &mut [f32], scratch: &mut [f32]) {
        row.fill(0.0);
        for (noise, weight, crests) in &self.layers {
            if *crests {
                noise.row(level, y as i64, scratch);
                let left = noise.variance().min(1.0).sqrt();
                kernel::add_crests(level, row, scratch, *weight, 0.8 * left);
            } else {
                noise.add(level, y as i64, *weight, row, scratch);
            }
        }
    }

    /// How wet the sheet is: broad clouds of mean 0.
    pub(crate) fn clouds(&self, level: Level, y: usize, row: &mut [f32], scratch: &mut [f32]) {
        self.clouds[0].row(level, y as i64, row);
        self.clouds[1].add(level, y as i64, 0.5, row, scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::Fibres;
    use crate::kernel::Level;
    use crate::pixel::Size;

    #[test]
    fn ink_creeps_about_as_far_as_it_is_held_back() {
        let size = Size::new(1024, 64).unwrap();
        let fibres = Fibres::new(size, 3);
        let (mut row, mut scratch) = (vec![0.0; 1024], vec![0.0; 1024]);
        let (mut sum, mut squares) = (0.0f64, 0.0f64);
        for y in 0..64 {
            fibres.creep(Level::detect(), y * 7, &mut row, &mut scratch);
            sum += row.iter().map(|v| f64::from(*v)).sum::<f64>();
            squares += row.iter().map(|v| f64::from(v * v)).sum::<f64>();
        }
        let count = 64.0 * 1024.0;
        assert!((sum / count).abs() < 0.15, "{}", sum / count);
        assert!((0.6..1.5).contains(&(squares / count).sqrt()), "{}", (squares / count).sqrt());
    }
}
