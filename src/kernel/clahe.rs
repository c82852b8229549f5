//! Rows through the tone curves of four neighbouring tiles.

use super::level::kernel;
use super::lut::inside;

/// Bins of a histogram.
pub(crate) const BINS: usize = 256;

/// The heights of a curve at the edges of the bins.
pub(crate) type Curve = [f32; BINS + 1];

/// The tiles before and after a point, `scale` tiles to a pixel, and how far it is from the one's middle to the other's.
#[inline(always)]
pub(crate) fn place(at: f32, scale: f32, tiles: usize) -> (usize, usize, f32) {
    let at = (at * scale - 0.5).clamp(0.0, (tiles - 1) as f32);
    let before = (at as i32 as usize).min(tiles - 1);
    (before, (before + 1).min(tiles - 1), at - before as f32)
}

kernel! {
    /// A row between the tiles above and those below it, `t` of the way down.
    pub(crate) fn equalise(tiles: [&[Curve]; 2], t: f32, from: &[f32], to: &mut [f32]) {
        let scale = tiles[0].len() as f32 / from.len() as f32;
        for (x, (from, to)) in from.iter().zip(to).enumerate() {
            let (left, right, s) = place(x as f32 + 0.5, scale, tiles[0].len());
            let at = inside(*from) * BINS as f32;
            let bin = (at as i32 as usize).min(BINS - 1);
            let part = at - bin as f32;
            let read = |curve: &Curve| curve[bin] + part * (curve[bin + 1] - curve[bin]);
            let across = |row: &[Curve]| {
                let (before, after) = (read(&row[left]), read(&row[right]));
                before + s * (after - before)
            };
            let (above, below) = (across(tiles[0]), across(tiles[1]));
            *to = above + t * (below - above);
        }
    }
}
