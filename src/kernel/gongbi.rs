//! Washes of the careful manner on silk.

use super::drawing::share;
use super::level::kernel;

/// Where a row looks in the guide.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Samples of the guide to a pixel.
    pub(crate) ratio: f32,
    /// Where the row lies in the guide.
    pub(crate) y: f32,
    /// How far a pixel looks away from an edge, in samples.
    pub(crate) reach: f32,
}

/// A field shorter than this has no way to look.
const FAINT: f32 = 0.004;

kernel! {
    /// Each pixel takes the colour a step away along `away`.
    pub(crate) fn look(samples: &[[f32; 4]], grid: Grid, away: [&[f32]; 2], out: [&mut [f32]; 4]) {
        let [r, g, b, cover] = out;
        let (right, low) = ((grid.width - 1) as f32, (grid.height - 1) as f32);
        let outs = r.iter_mut().zip(g).zip(b).zip(cover);
        for (k, ((((r, g), b), cover), (dx, dy))) in outs.zip(away[0].iter().zip(away[1])).enumerate() {
            let scale = grid.reach / ((dx * dx + dy * dy).sqrt() + FAINT);
            let x = ((k as i32 as f32 + 0.5) * grid.ratio - 0.5 + dx * scale).max(0.0).min(right);
            let y = (grid.y + dy * scale).max(0.0).min(low);
            let (i, j) = (x as usize, y as usize);
            let (fx, fy) = (x - i as f32, y - j as f32);
            let (i1, j1) = ((i + 1).min(grid.width - 1), (j + 1).min(grid.height - 1));
            let (top, bottom) = (j * grid.width, j1 * grid.width);
            let (p, q) = (samples[top + i], samples[top + i1]);
            let (s, t) = (samples[bottom + i], samples[bottom + i1]);
            let mut mix = [0.0f32; 4];
            for c in 0..4 {
                let upper = p[c] + fx * (q[c] - p[c]);
                let lower = s[c] + fx * (t[c] - s[c]);
                mix[c] = upper + fy * (lower - upper);
            }
            (*r, *g, *b, *cover) = (mix[0], mix[1], mix[2], mix[3]);
        }
    }
}

kernel! {
    /// Lines of gold, brighter and duller as the threads under them turn.
    pub(crate) fn gild(row: &mut [f32], cover: &[f32], weave: &[f32], gold: f32, amount: f32) {
        for ((out, cover), weave) in row.iter_mut().zip(cover).zip(weave) {
            *out += amount * cover * (gold * (1.0 + 0.12 * weave) - *out);
        }
    }
}

/// One channel of what is laid: the colours of silk and line, and how much each is felt.
#[derive(Clone, Copy)]
pub(crate) struct Channel {
    pub(crate) silk: f32,
    pub(crate) line: f32,
    /// How strongly threads show on bare silk, and through paint.
    pub(crate) weave: [f32; 2],
    /// How much darker old silk is in places.
    pub(crate) age: f32,
}

/// Rows common to all channels.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) cover: &'a [f32],
    pub(crate) weave: &'a [f32],
    pub(crate) age: &'a [f32],
    pub(crate) lines: &'a [f32],
}

kernel! {
    /// `paint` is the colour of the washes, and becomes the painting.
    pub(crate) fn lay(paint: &mut [f32], rows: Rows<'_>, by: Channel) {
        let fields = rows.cover.iter().zip(rows.weave).zip(rows.age).zip(rows.lines);
        for (out, (((cover, weave), age), line)) in paint.iter_mut().zip(fields) {
            let silk = by.silk * (1.0 + by.weave[0] * weave + by.age * age);
            // Pigment gathers between the threads, and thins where they stand.
            let cover = cover - 0.04 * by.weave[1] * weave;
            let wash = *out * (1.0 + by.weave[1] * weave);
            let laid = silk + cover * (wash - silk);
            let inked = laid + line * (by.line - laid);
            *out = share(inked);
        }
    }
}
