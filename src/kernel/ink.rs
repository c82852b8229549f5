//! Ink: pieces of brush marks, crests of fibres, fronts of washes.

use super::drawing::{ramp, share};
use super::level::kernel;

/// A straight piece of a mark, and the part of a row it is drawn on. Each end is a place and a half-width.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) from: [f32; 3],
    pub(crate) to: [f32; 3],
    /// Where the first sample of the row lies.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// How far along the mark the ends are, in units.
    pub(crate) along: [f32; 2],
    pub(crate) dry: [f32; 2],
    pub(crate) ink: f32,
    pub(crate) side: f32,
    /// How far hairs are told apart, 0..1.
    pub(crate) crisp: f32,
    /// How far ink creeps out of the mark, in samples.
    pub(crate) rough: f32,
    pub(crate) seed: u32,
}

/// Entries of the table of hairs across a brush, and along a mark (one to a unit); powers of two.
pub(crate) const HAIRS: usize = 64;
pub(crate) const ALONG: usize = 256;

kernel! {
    /// The greater of what is there and what the piece leaves, `creep` being how far ink creeps at each sample. `table`
    /// holds hairs, place after place.
    pub(crate) fn draw(row: &mut [f32], creep: &[f32], piece: Piece, table: &[f32]) {
        let d = [piece.to[0] - piece.from[0], piece.to[1] - piece.from[1]];
        let inverse = 1.0 / (d[0] * d[0] + d[1] * d[1]).max(1e-6);
        let start = (piece.seed & 0xff) as f32;
        let turn = (piece.seed >> 8) as usize;
        let table = &table[..HAIRS * ALONG];
        let py = piece.y - piece.from[1];
        for (k, (out, creep)) in row.iter_mut().zip(creep).enumerate() {
            let px = piece.x + k as i32 as f32 - piece.from[0];
            let t = share((px * d[0] + py * d[1]) * inverse);
            let (qx, qy) = (px - t * d[0], py - t * d[1]);
            let whole = piece.from[2] + t * (piece.to[2] - piece.from[2]);
            let half = whole + (piece.rough * creep).min(0.45 * whole);
            let apart = (qx * qx + qy * qy).sqrt();
            // Softer than a pixel where the mark is thinner than one.
            let cover = share((half - apart + 0.5).min(2.0 * whole));
            let side = (apart / half.max(0.5)).copysign(qy * d[0] - qx * d[1]);
            let hair = (share(0.5 + 0.5 * side) * (HAIRS as f32 - 1.0)) as usize;
            let along = (piece.along[0] + t * (piece.along[1] - piece.along[0]) + start) as usize;
            let held = table[(along % ALONG) * HAIRS + (hair + turn) % HAIRS];
            let held = 0.5 + piece.crisp * (held - 0.5);
            let dry = piece.dry[0] + t * (piece.dry[1] - piece.dry[0]);
            let left = ramp(0.5 + (held - dry) * 5.0 + 0.35 * (1.0 - side * side));
            let tone = piece.ink * (1.0 - piece.side * (0.5 + 0.5 * side)) * (0.86 + 0.28 * held);
            *out = out.max(cover * left * tone);
        }
    }
}

kernel! {
    /// Noise as crests, `mean` being what lies in the middle.
    pub(crate) fn add_crests(row: &mut [f32], noise: &[f32], weight: f32, mean: f32) {
        for (out, noise) in row.iter_mut().zip(noise) {
            *out += weight * 1.65 * (mean - noise.abs());
        }
    }
}

/// How a wash is laid.
#[derive(Clone, Copy)]
pub(crate) struct Wash {
    /// How many tones there are besides paper.
    pub(crate) tones: f32,
    /// How far fronts creep, in units.
    pub(crate) creep: f32,
    /// How soft a front is on dry paper, and how much softer on wet, in units.
    pub(crate) soft: [f32; 2],
    /// How much darker ink is where its front stopped.
    pub(crate) rim: f32,
    /// How much the tone of a wash goes up and down with how wet the sheet is.
    pub(crate) pool: f32,
    /// How unevenly pigment settles in the fibres.
    pub(crate) grain: f32,
}

/// No slope is taken for less, or fronts would run off over flat ground.
const LEAST_SLOPE: f32 = 0.006;

kernel! {
    /// How dark washes make a row: `tone` is what is wanted, and becomes what is laid. `slope` is its change over a unit.
    pub(crate) fn wash(tone: &mut [f32], slope: &[f32], creep: &[f32], wet: &[f32], by: Wash) {
        let fields = slope.iter().zip(creep).zip(wet);
        for (tone, ((slope, creep), wet)) in tone.iter_mut().zip(fields) {
            let slope = slope + LEAST_SLOPE;
            let damp = ramp(0.35 + 0.5 * wet);
            let moved = *tone + slope * by.creep * (0.6 + 0.8 * damp) * creep;
            let steps = (moved * by.tones).max(0.0).min(by.tones + 1.0);
            let low = steps.floor();
            let part = steps - low;
            let thin = 1.0 + 2.5 * share(1.0 - 0.7 * low);
            let soft = (by.tones * slope * (by.soft[0] + by.soft[1] * damp * damp * thin)).min(1.0);
            let step = ramp((part - 0.5) / soft.max(1e-3) + 0.5);
            let inside = (part - 0.5 - 0.4 * soft) / (by.tones * slope * 1.5).max(0.04);
            let rim = share(1.0 - inside.abs()) * (1.0 - damp);
            let laid = (low + step) / by.tones;
            let dark = laid * (0.3 + 0.6 * laid);
            let uneven = 1.0 + by.pool * wet + by.grain * creep + by.rim * rim * (1.0 - laid);
            *tone = share(dark * uneven);
        }
    }
}

kernel! {
    /// Marks carry `load` of their ink and catch on the fibres: `grip` says how much.
    pub(crate) fn catch(marks: &mut [f32], creep: &[f32], load: f32, grip: f32) {
        for (mark, creep) in marks.iter_mut().zip(creep) {
            *mark *= load;
            *mark = share(*mark + grip * creep * *mark * (1.0 - *mark));
        }
    }
}

kernel! {
    /// One channel: ink over paper, whose fibres show by `grain`.
    pub(crate) fn lay(dark: &[f32], creep: &[f32], colours: [f32; 2], grain: f32, out: &mut [f32]) {
        let [ink, paper] = colours;
        for ((out, dark), creep) in out.iter_mut().zip(dark).zip(creep) {
            let sheet = paper * (1.0 + grain * creep);
            *out = sheet + dark * (ink - sheet);
        }
    }
}

kernel! {
    /// A wash of colour over all, `amount` of it.
    pub(crate) fn tint(row: &mut [f32], tint: &[f32], creep: &[f32], amount: f32) {
        for ((out, tint), creep) in row.iter_mut().zip(tint).zip(creep) {
            *out *= 1.0 - amount * (1.0 - tint) * (1.0 + 0.07 * creep);
        }
    }
}

kernel! {
    /// `dark` becomes what it and `mark` leave no paper of.
    pub(crate) fn over(dark: &mut [f32], mark: &[f32]) {
        for (dark, mark) in dark.iter_mut().zip(mark) {
            *dark = 1.0 - (1.0 - *dark) * (1.0 - mark);
        }
    }
}
