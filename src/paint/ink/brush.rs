//! Marks of a brush on rows of the full picture.
//!
//! A brush is a bundle of hairs. Each draws its own faint line; pressed and wet they run together, dry or fast they part
//! and the paper shines through (飞白, "flying white"; Strassmann, "Hairy brushes", 1986, follows every hair). Here hairs
//! are a small table of noise, long along the mark and narrow across it, from which a threshold takes the more the
//! drier the brush. One side of the brush carries more ink than the other.

use crate::kernel::Level;
use crate::kernel::ink::{self as kernel, ALONG, HAIRS, Piece};
use crate::kernel::noise::{mix, signed};
use crate::line::span;
use crate::pixel::Size;

/// A mark. Places and half-widths in units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    pub(crate) points: Vec<[f32; 2]>,
    pub(crate) halves: Vec<f32>,
    /// How dark its ink is, 0..1.
    pub(crate) ink: f32,
    /// How dry the brush is where the mark begins, and where it ends: 0 wet, 1 nothing is left.
    pub(crate) dry: [f32; 2],
    /// How much lighter the ink is on one side.
    pub(crate) side: f32,
    pub(crate) seed: u32,
}

const ROWS: usize = 64;
/// Hairs that can be told apart across a brush.
const BUNDLES: f32 = 21.0;

/// Marks ready to be drawn a band of rows at a time.
pub(crate) struct Brush<'a> {
    marks: &'a [Mark],
    bins: Vec<Vec<u32>>,
    table: Vec<f32>,
    scale: f32,
    /// How far ink creeps out of a mark, in units.
    rough: f32,
    width: usize,
}

impl<'a> Brush<'a> {
    /// Marks on a picture of this size.
    pub(crate) fn new(marks: &'a [Mark], rough: f32, size: Size) -> Self {
        let scale = size.longer() as f32 / 1024.0;
        let bins = bins(marks, 3.0 * rough, scale, size.height());
        Self { marks, bins, table: hairs(), scale, rough, width: size.width() }
    }

    /// Raise `samples`, which are the rows of band `band`, to how dark marks make them.
    pub(crate) fn band(&self, level: Level, band: usize, creep: &[f32], samples: &mut [f32]) {
        let rows = samples.len() / self.width;
        for index in &self.bins[band] {
            self.mark(level, &self.marks[*index as usize], (band * ROWS, rows), creep, samples);
        }
    }

    fn mark(
        &self,
        level: Level,
        mark: &Mark,
        (top, rows): (usize, usize),
        creep: &[f32],
        samples: &mut [f32],
    ) {
        let mut gone = 0.0;
        for k in 1..mark.points.len() {
            let mut piece = self.piece(mark, k, top, gone);
            gone = piece.along[1];
            let reach = piece.from[2].max(piece.to[2]) + 0.75 + 3.0 * piece.rough;
            let first = piece.from[1].min(piece.to[1]) - reach;
            let last = piece.from[1].max(piece.to[1]) + reach;
            if last < 0.0 || first >= rows as f32 {
                continue;
            }
            for y in (first.ceil().max(0.0) as usize)..((last as usize + 1).min(rows)) {
                let Some((start, end)) = span(piece.from, piece.to, reach, y as f32, self.width) else {
                    continue;
                };
                (piece.x, piece.y) = (start as f32, y as f32);
                let (start, end) = (y * self.width + start, y * self.width + end);
                kernel::draw(level, &mut samples[start..end], &creep[start..end], piece, &self.table);
            }
        }
    }

    /// From place `k - 1` of a mark to place `k`, `begun` units from where the mark begins, on rows from `top` on.
    fn piece(&self, mark: &Mark, k: usize, top: usize, begun: f32) -> Piece {
        let place = |k: usize| {
            let [x, y] = mark.points[k];
            [x * self.scale - 0.5, y * self.scale - 0.5 - top as f32, mark.halves[k] * self.scale]
        };
        let ([ax, ay], [bx, by]) = (mark.points[k - 1], mark.points[k]);
        let (dx, dy) = (bx - ax, by - ay);
        let (from, to) = (place(k - 1), place(k));
        let steps = (mark.points.len() - 1).max(1) as f32;
        let dry = |k: usize| mark.dry[0] + (mark.dry[1] - mark.dry[0]) * (k as f32 / steps).powi(2);
        Piece {
            from,
            to,
            x: 0.0,
            y: 0.0,
            along: [begun, begun + (dx * dx + dy * dy).sqrt()],
            dry: [dry(k - 1), dry(k)],
            ink: mark.ink,
            side: mark.side,
            // Hairs finer than a pixel are not told apart.
            crisp: (2.0 * from[2].max(to[2]) / (1.6 * BUNDLES)).min(1.0),
            rough: self.rough * self.scale,
            seed: mark.seed,
        }
    }
}

/// Which marks touch each band.
fn bins(marks: &[Mark], rough: f32, scale: f32, height: usize) -> Vec<Vec<u32>> {
    let mut bins: Vec<Vec<u32>> = vec![Vec::new(); height.div_ceil(ROWS)];
    let last = bins.len() - 1;
    for (index, mark) in (0..).zip(marks) {
        let (mut top, mut bottom) = (f32::MAX, 0f32);
        for (p, half) in mark.points.iter().zip(&mark.halves) {
            top = top.min((p[1] - half - rough) * scale - 2.0);
            bottom = bottom.max((p[1] + half + rough) * scale + 2.0);
        }
        let bin = |y: f32| (y.max(0.0) as usize / ROWS).min(last);
        bins[bin(top)..=bin(bottom)].iter_mut().for_each(|bin| bin.push(index));
    }
    bins
}

/// The table: for each place along, how much ink each hair holds, about evenly spread over 0..1.
fn hairs() -> Vec<f32> {
    let lattice = |hair: usize, place: usize, salt: u32| signed(mix(mix(hair as u32 ^ salt) ^ place as u32));
    let blend = |along: f32, hair: usize, cell: f32, salt: u32| {
        let cells = (ALONG as f32 / cell) as usize;
        let at = along / cell;
        let (k, f) = (at as usize, at - at.floor());
        let f = f * f * (3.0 - 2.0 * f);
        lattice(hair, k % cells, salt) * (1.0 - f) + lattice(hair, (k + 1) % cells, salt) * f
    };
    let bundle = |hair: f32, along: f32, cell: f32, salt: u32| {
        let (k, f) = (hair as usize, hair - hair.floor());
        let f = f * f * (3.0 - 2.0 * f);
        let count = BUNDLES as usize;
        blend(along, k % count, cell, salt) * (1.0 - f) + blend(along, (k + 1) % count, cell, salt) * f
    };
    let mut table = Vec::with_capacity(HAIRS * ALONG);
    for place in 0..ALONG {
        for hair in 0..HAIRS {
            let across = hair as f32 / HAIRS as f32 * BUNDLES;
            let along = place as f32;
            let sum = 0.8 * bundle(across, along, 32.0, 7) + 0.45 * bundle(across, along, 8.0, 9);
            table.push(0.5 + 0.62 * sum / (1.0 + 0.8 * sum.abs()));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(dry: f32) -> Mark {
        let points = (0..30).map(|k| [100.0 + 10.0 * k as f32, 300.0 + 3.0 * k as f32]).collect();
        Mark { points, halves: vec![12.0; 30], ink: 1.0, dry: [dry; 2], side: 0.0, seed: 9 }
    }

    fn drawn(marks: &[Mark], size: Size) -> Vec<f32> {
        let brush = Brush::new(marks, 0.0, size);
        let mut samples = vec![0.0; size.pixels()];
        let creep = vec![0.0; size.pixels()];
        for (band, rows) in samples.chunks_mut(size.width() * ROWS).enumerate() {
            brush.band(Level::detect(), band, &creep, rows);
        }
        samples
    }

    #[test]
    fn the_drier_the_brush_the_less_it_leaves_and_only_where_it_went() {
        let size = Size::new(1024, 700).unwrap();
        let sums = [0.0, 0.5, 0.8].map(|dry| drawn(&[mark(dry)], size).iter().sum::<f32>());
        assert!(sums[0] > 1.1 * sums[1] && sums[1] > 1.2 * sums[2], "{sums:?}");
        let wet = drawn(&[mark(0.0)], size);
        assert!(wet[330 * 1024 + 200] > 0.7);
        assert_eq!(wet[400 * 1024 + 200], 0.0);
    }

    #[test]
    fn a_preview_is_about_as_dark_as_the_full_picture() {
        let mean = |w: u32| {
            let size = Size::new(w, w).unwrap();
            drawn(&[mark(0.4)], size).iter().sum::<f32>() / size.pixels() as f32
        };
        let (full, small) = (mean(2048), mean(512));
        assert!((full / small - 1.0).abs() < 0.12, "{full} {small}");
    }

    #[test]
    fn hairs_are_about_evenly_spread() {
        let table = hairs();
        let mean = table.iter().sum::<f32>() / table.len() as f32;
        assert!((0.45..0.55).contains(&mean), "{mean}");
        assert!(table.iter().all(|v| (0.0..=1.0).contains(v)));
    }
}
