//! The canvas under the paint, as two families of threads that pass over and under each other.

use crate::kernel::Level;
use crate::kernel::impasto::weave;
use crate::kernel::noise::{mix, signed};
use crate::pixel::Size;

/// A canvas made ready for one size of picture.
pub(crate) struct Cloth {
    warp: [Vec<f32>; 3],
    pitch: f32,
    amount: f32,
    seed: u32,
}

/// How round a thread is at a place (in threads), which way it passes there, and its height beside.
fn thread(at: f32, seed: u32) -> [f32; 3] {
    let index = at.floor();
    let bits = mix(index as i32 as u32 ^ seed);
    // No thread is as thick or as straight as the next.
    let f = at - index - 0.5 - 0.08 * signed(mix(bits));
    let round = (1.0 - 4.2 * f * f).max(0.0).sqrt();
    let sign = if index as i32 % 2 == 0 { 1.0 } else { -1.0 };
    [round * (1.0 + 0.18 * signed(bits)), sign, (std::f32::consts::PI * (at - 0.5)).cos()]
}

impl Cloth {
    /// Threads lie `pitch` units apart and stand `amount` high.
    pub(crate) fn new(size: Size, pitch: f32, amount: f32, seed: u32) -> Self {
        let pitch = pitch * size.longer() as f32 / 1024.0;
        // Threads finer than two samples could only beat against them.
        let amount = amount * ((pitch - 1.4) / 1.2).clamp(0.0, 1.0);
        let threads: Vec<_> = (0..size.width()).map(|x| thread((x as f32 + 0.5) / pitch, seed)).collect();
        let warp = std::array::from_fn(|k| threads.iter().map(|t| t[k]).collect());
        Self { warp, pitch, amount, seed: seed ^ 0x5bd1 }
    }

    /// Row `y` of heights with the cloth felt through the paint.
    pub(crate) fn row(&self, level: Level, y: i64, heights: &mut [f32]) {
        if self.amount > 0.0 {
            let weft = thread((y as f32 + 0.5) / self.pitch, self.seed);
            let [a, b, c] = &self.warp;
            weave(level, heights, [a, b, c], weft, [self.amount, 1.3]);
        }
    }
}
