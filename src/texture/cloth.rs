//! Plain-woven cloth from single threads: they stray, swell and thin, and no two are of one shade.

use std::ops::Range;

use super::ground::{Look, Maker, Sheet};
use super::hills::Hills;
use super::noise::Noise;
use crate::kernel::cloth::{Weave, add_weave};
use crate::kernel::{Level, noise};
use crate::pixel::Size;

/// Threads are counted from here, so that none has a number below zero.
const FIRST: f64 = 4096.0;

pub(super) struct Cloth {
    size: Size,
    pub(super) weave: Weave,
    /// Warp and weft threads in a point.
    step: [f64; 2],
    /// How much of the weave is left.
    presence: f32,
    /// The threads as a whole wander, in threads.
    drift: [Noise; 2],
    pub(super) wander: f32,
    /// Fibres along the weft and along the warp.
    fibres: [Hills; 2],
    /// Stains that know nothing of threads.
    pub(super) stains: Hills,
    pub(super) look: Look,
    /// Mean and deviation of the heights of the weave.
    pub(super) norm: [f32; 2],
    key: u32,
}

impl Cloth {
    /// Cloth whose warp and weft threads lie `pitch` reference units apart.
    pub(super) fn new(size: Size, pitch: [f32; 2], weave: Weave, seed: u64) -> Self {
        let unit = 1024.0 / size.longer() as f64;
        let [px, py] = pitch;
        let step = pitch.map(|pitch| unit / f64::from(pitch.max(1e-3)));
        Self {
            size,
            weave,
            step,
            presence: presence(step[0].max(step[1])),
            drift: [
                Noise::new(size, [px * 40.0, py * 25.0], seed ^ 0x61),
                Noise::new(size, [px * 25.0, py * 40.0], seed ^ 0x62),
            ],
            wander: 0.35,
            fibres: [
                Hills::new(size, seed ^ 0x63, &[([px * 0.9, py * 0.07], 1.0), ([px * 0.35, py * 0.04], 0.5)]),
                Hills::new(size, seed ^ 0x64, &[([px * 0.07, py * 0.9], 1.0), ([px * 0.04, py * 0.35], 0.5)]),
            ],
            stains: Hills::new(size, seed ^ 0x65, &[]),
            look: Look { slope: 0.1, hollow: 0.1 },
            norm: [0.0, 1.0],
            key: noise::mix(seed as u32 ^ noise::mix((seed >> 32) as u32 ^ 0x66)),
        }
    }

    /// Places across and down at which a point is looked at.
    fn places(&self) -> usize {
        let finest = self.step[0].max(self.step[1]);
        (finest * 6.0).ceil().clamp(1.0, 4.0) as usize
    }

    fn row(&self, level: Level, y: i64, [height, tone]: [&mut [f32]; 2]) {
        if self.presence > 0.0 {
            self.threads(level, y, [height, tone]);
        }
        self.stains.add(level, y, tone);
    }

    fn threads(&self, level: Level, y: i64, [height, tone]: [&mut [f32]; 2]) {
        let width = self.size.width();
        let mut rows: [Vec<f32>; 5] = std::array::from_fn(|_| vec![0.0; width]);
        let [u, v, warp, drift_u, drift_v] = &mut rows;
        self.drift[0].row(level, y, drift_u);
        self.drift[1].row(level, y, drift_v);
        let places = self.places();
        for at in 0..places * places {
            let part = |i: usize| (i as f64 + 0.5) / places as f64;
            let (dx, dy) = (part(at % places), part(at / places));
            let line = (FIRST + (y as f64 + dy) * self.step[1]) as f32;
            for (x, (u, drift)) in u.iter_mut().zip(&*drift_u).enumerate() {
                *u = (FIRST + (x as f64 + dx) * self.step[0]) as f32 + self.wander * drift;
            }
            v.iter_mut().zip(&*drift_v).for_each(|(v, drift)| *v = line + self.wander * drift);
            add_weave(level, &self.weave, self.key, [u, v], [&mut *height, &mut *tone, &mut *warp]);
        }
        let (share, presence) = (1.0 / (places * places) as f32, self.presence);
        let [mean, deviation] = self.norm;
        let [across, down] = [drift_u, drift_v];
        across.fill(0.0);
        down.fill(0.0);
        self.fibres[0].add(level, y, across);
        self.fibres[1].add(level, y, down);
        let own = height.iter_mut().zip(tone.iter_mut()).zip(&*warp);
        for (((height, tone), warp), (across, down)) in own.zip(across.iter().zip(&*down)) {
            let warp = warp * share;
            let fibre = warp * down + (1.0 - warp) * across;
            *height = presence * ((*height * share - mean) / deviation + 0.1 * fibre);
            *tone = presence * (*tone * share + 0.02 * fibre);
        }
    }
}

/// How much is left of a weave with so many threads in a point: all while a thread is wider than a point and a half,
/// none below one, where it could only beat against the points.
fn presence(threads: f64) -> f32 {
    ((1.0 / threads.max(1e-6) - 0.95) / 0.6).clamp(0.0, 1.0) as f32
}

impl Maker for Cloth {
    fn rows(&self, level: Level, rows: Range<i64>) -> Sheet {
        let width = self.size.width();
        let len = width * (rows.end - rows.start).max(0) as usize;
        let mut sheet = Sheet { height: vec![0.0; len], tone: vec![0.0; len] };
        let bands = sheet.height.chunks_exact_mut(width).zip(sheet.tone.chunks_exact_mut(width));
        for (y, (height, tone)) in rows.zip(bands) {
            self.row(level, y, [height, tone]);
        }
        sheet
    }

    fn look(&self) -> Look {
        self.look
    }
}
