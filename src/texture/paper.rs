//! Cold-pressed paper. The felts it is pressed between leave rounded hills about a millimetre wide, no two alike,
//! with softer hollows between groups of them; the fibres of the sheet leave a fine tooth.
//!
//! Noise alone has hollows as round as its hills. `√(n² + c)` draws the hollows together into creases. What a
//! pixel cannot hold of `n²` is put back into `c`, so the mean does not sink when the hills grow finer than pixels.

use std::ops::Range;

use super::ground::{Look, Maker, Sheet};
use super::hills::Hills;
use super::noise::Noise;
use crate::kernel::Level;
use crate::pixel::Size;

/// What the hills of each felt count.
const SHARES: [f32; 2] = [0.75, 0.25];
/// How wide the creases are.
const ROUND: f32 = 0.22;
/// The mean of `√(n² + ROUND)`.
const MEAN: f32 = 0.99;

pub(super) struct Paper {
    width: usize,
    felt: [Noise; 2],
    hills: Hills,
    tooth: Hills,
    mottle: Hills,
}

impl Paper {
    pub(super) fn new(size: Size, scale: f32, seed: u64) -> Self {
        let s = scale;
        Self {
            width: size.width(),
            felt: [
                Noise::new(size, [s * 0.9, s * 0.75], seed ^ 0x51),
                Noise::new(size, [s * 0.55, s * 0.6], seed ^ 0x52),
            ],
            hills: Hills::new(
                size,
                seed ^ 0x53,
                &[([s * 3.1, s * 2.7], 0.32), ([s * 1.3, s * 1.1], 0.55), ([s * 0.6, s * 0.55], 0.16)],
            ),
            tooth: Hills::new(
                size,
                seed ^ 0x54,
                &[([s * 0.27, s * 0.24], 0.06), ([s * 0.13, s * 0.12], 0.03), ([s * 0.05, s * 0.06], 0.012)],
            ),
            mottle: Hills::new(
                size,
                seed ^ 0x55,
                &[([s * 14.0, s * 11.0], 0.008), ([s * 0.5, s * 0.12], 0.006), ([s * 0.1, s * 0.45], 0.006)],
            ),
        }
    }
}

impl Maker for Paper {
    fn rows(&self, level: Level, rows: Range<i64>) -> Sheet {
        let len = self.width * (rows.end - rows.start).max(0) as usize;
        let mut sheet = Sheet { height: vec![0.0; len], tone: vec![0.0; len] };
        let mut felt = [vec![0.0; self.width], vec![0.0; self.width]];
        let lost = self.felt.each_ref().map(|noise| (1.0 - noise.variance()).max(0.0));
        let bands = sheet.height.chunks_exact_mut(self.width).zip(sheet.tone.chunks_exact_mut(self.width));
        for (y, (height, tone)) in rows.zip(bands) {
            for (noise, felt) in self.felt.iter().zip(&mut felt) {
                noise.row(level, y, felt);
            }
            for ((felt, share), lost) in felt.iter().zip(SHARES).zip(lost) {
                let hill = |n: f32| share * ((n * n + lost + ROUND).sqrt() - MEAN);
                height.iter_mut().zip(felt).for_each(|(height, n)| *height += hill(*n));
            }
            self.hills.add(level, y, height);
            self.tooth.add(level, y, height);
            self.mottle.add(level, y, tone);
        }
        sheet
    }

    fn look(&self) -> Look {
        Look { slope: 0.13, hollow: 0.02 }
    }
}
