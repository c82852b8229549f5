//! Painting silk as a ground: close threads, slubs, and the tone of age.
//!
//! The threads are waves along each axis, averaged over each pixel exactly (the mean of a cosine is a cosine, fainter), so
//! silk costs a few operations for each pixel and a preview has no false pattern.

use crate::kernel::Level;
use crate::kernel::noise::{mix, signed};
use crate::pixel::Size;
use crate::texture::Noise;

/// From thread to thread, across and down, in units at a scale of 1.
const PITCH: [f32; 2] = [1.25, 1.9];

/// Silk for a picture of one size.
pub(crate) struct Silk {
    warp: Vec<f32>,
    weft: [Vec<f32>; 2],
    slubs: [Noise; 2],
    age: Noise,
}

impl Silk {
    pub(crate) fn new(size: Size, scale: f32, seed: u64) -> Self {
        let noise = |cell: [f32; 2], salt: u64| Noise::new(size, cell, seed ^ salt.wrapping_mul(0x9e37_79b9));
        let unit = 1024.0 / size.longer() as f32;
        let [across, down] = PITCH.map(|pitch| pitch * scale);
        Self {
            warp: waves(size.width(), unit / across, seed as u32 ^ 1),
            weft: [
                waves(size.height(), unit / down, seed as u32 ^ 2),
                waves(size.height(), 0.5 * unit / down, 7),
            ],
            slubs: [noise([46.0 * scale, 0.7 * scale], 1), noise([0.6 * scale, 60.0 * scale], 2)],
            age: noise([120.0, 150.0], 3),
        }
    }

    /// How much lighter or darker the cloth is, mean about 0, deviation about 1.
    pub(crate) fn row(&self, level: Level, y: usize, row: &mut [f32], scratch: &mut [f32]) {
        self.slubs[0].row(level, y as i64, row);
        row.iter_mut().for_each(|v| *v *= 0.2);
        self.slubs[1].add(level, y as i64, 0.16, row, scratch);
        let (weft, turn) = (self.weft[0][y], self.weft[1][y]);
        for (out, warp) in row.iter_mut().zip(&self.warp) {
            // Warp and weft lie on top in turn.
            *out += 0.75 * warp * (1.0 + 0.5 * turn) + 0.45 * weft - 0.6 * warp * weft;
        }
    }

    /// How much the cloth has darkened: broad, mean about 0.
    pub(crate) fn age(&self, level: Level, y: usize, row: &mut [f32]) {
        self.age.row(level, y as i64, row);
    }
}

/// Threads along an axis: a wave of `step` threads to a pixel, each thread a little stronger or weaker.
fn waves(count: usize, step: f32, seed: u32) -> Vec<f32> {
    use std::f64::consts::PI;
    let step = f64::from(step);
    let kept = if step < 0.9 { (PI * step).sin() / (PI * step) } else { 0.0 };
    let wave = |k: usize| {
        let at = (k as f64 + 0.5) * step;
        let uneven = 0.8 + 0.35 * f64::from(signed(mix(at as u32 ^ seed)));
        ((2.0 * PI * at.fract()).cos() * kept * uneven) as f32
    };
    (0..count).map(wave).collect()
}

#[cfg(test)]
mod tests {
    use super::Silk;
    use crate::kernel::Level;
    use crate::pixel::Size;

    fn plane(w: usize, h: usize) -> Vec<f32> {
        let silk = Silk::new(Size::from_usize(w, h).unwrap(), 1.0, 5);
        let mut scratch = vec![0.0; w];
        let row = |y| {
            let mut row = vec![0.0; w];
            silk.row(Level::detect(), y, &mut row, &mut scratch);
            row
        };
        (0..h).flat_map(row).collect()
    }

    #[test]
    fn a_preview_is_the_full_cloth_reduced() {
        let (full, small) = (plane(2048, 64), plane(512, 16));
        let mut worst = 0.0f32;
        for y in 0..16 {
            for x in 0..512 {
                let cells = (0..16).map(|k| full[(4 * y + k / 4) * 2048 + 4 * x + k % 4]);
                worst = worst.max((cells.sum::<f32>() / 16.0 - small[y * 512 + x]).abs());
            }
        }
        assert!(worst < 0.35, "{worst}");
    }

    #[test]
    fn the_mean_is_silk() {
        let all = plane(1024, 256);
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        assert!(mean.abs() < 0.05, "{mean}");
    }
}
