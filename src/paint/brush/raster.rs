//! Strokes to samples, a band of rows at a time, what lies on top first.

use super::bristles::Streaks;
use super::plan::{Mark, Plan};
use super::{Brushwork, Tool};
use crate::kernel::Level;
use crate::kernel::brush::{LANES, Load, Piece, TABLE, Tile, lay};
use crate::kernel::noise::mix;
use crate::pixel::Size;

/// Columns painted at a time: what stays in a near cache.
const TILE: usize = 512;

/// Planes of a band: three of colour, height, and what still shows through.
pub(crate) type Band = [Vec<f32>; 5];

/// A plan made ready for one size of picture.
pub(crate) struct Raster<'a> {
    plan: &'a Plan,
    work: &'a Brushwork,
    colours: Vec<[[f32; 3]; 2]>,
    streaks: &'a Streaks,
    bins: Vec<Vec<u32>>,
    /// Samples from row to row of a band: the width in whole chunks.
    stride: usize,
    /// Samples to a unit.
    scale: f32,
    /// Rows to a band, and how many more it is drawn on above and below.
    rows: usize,
    margin: usize,
}

/// Entries of the table of bristles to half the width of a brush.
fn hairs(half: f32) -> f32 {
    (4.8 * half.max(0.1).sqrt()).min(TABLE[1] as f32)
}

impl<'a> Raster<'a> {
    /// `colours` are those of the marks, in whatever space the planes are wanted.
    pub(super) fn new(
        plan: &'a Plan,
        marks: &[u32],
        colours: Vec<[[f32; 3]; 2]>,
        (work, streaks): (&'a Brushwork, &'a Streaks),
        size: Size,
        [rows, margin]: [usize; 2],
    ) -> Self {
        let scale = size.longer() as f32 / 1024.0;
        let mut raster = Self {
            plan,
            work,
            colours,
            streaks,
            bins: Vec::new(),
            stride: size.width().next_multiple_of(LANES),
            scale,
            rows,
            margin,
        };
        raster.bins = raster.bins(marks, size.height());
        raster
    }

    /// Which marks touch each tile, bands one after the other.
    fn bins(&self, marks: &[u32], height: usize) -> Vec<Vec<u32>> {
        let (across, down) = (self.stride.div_ceil(TILE), height.div_ceil(self.rows));
        let mut bins = vec![Vec::new(); across * down];
        for index in marks {
            let mark = &self.plan.marks[*index as usize];
            let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
            for [x, y, half] in self.plan.points(mark) {
                let reach = 1.5 * half * self.scale + self.reach(mark) + self.margin as f32 + 1.0;
                for (k, at) in [x, y].into_iter().enumerate() {
                    low[k] = low[k].min(at * self.scale - reach);
                    high[k] = high[k].max(at * self.scale + reach);
                }
            }
            let bin = |v: f32, size: usize, count: usize| (v.max(0.0) as usize / size).min(count - 1);
            if high[0] < 0.0 || high[1] < 0.0 {
                continue;
            }
            for j in bin(low[1], self.rows, down)..=bin(high[1], self.rows, down) {
                for i in bin(low[0], TILE, across)..=bin(high[0], TILE, across) {
                    bins[j * across + i].push(*index);
                }
            }
        }
        bins
    }

    /// Over how many samples the edges of a mark fade.
    fn soft(&self, mark: &Mark) -> f32 {
        (self.work.blend * mark.half * self.scale).max(1.0)
    }

    fn reach(&self, mark: &Mark) -> f32 {
        0.5 * self.soft(mark) + 0.5
    }

    /// Samples from row to row of a band.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// A band with its margins, and where its first row lies.
    pub(crate) fn band(&self, level: Level, index: usize, rows: usize) -> Band {
        let len = self.stride * (rows + 2 * self.margin);
        let mut band: Band = std::array::from_fn(|k| vec![if k < 4 { 0.0 } else { 1.0 }; len]);
        let top = (index * self.rows) as f32 - self.margin as f32;
        let mut planes = band.each_mut().map(Vec::as_mut_slice);
        let mut points = Vec::new();
        let across = self.stride.div_ceil(TILE);
        for (k, marks) in self.bins[index * across..][..across].iter().enumerate() {
            let left = k * TILE;
            let tile = Tile { left, right: (left + TILE).min(self.stride), stride: self.stride };
            for mark in marks {
                self.mark(level, *mark, (top, tile), &mut planes, &mut points);
            }
        }
        band
    }

    fn mark(
        &self,
        level: Level,
        index: u32,
        (top, tile): (f32, Tile),
        planes: &mut [&mut [f32]; 5],
        points: &mut Vec<[f32; 3]>,
    ) {
        let mark = &self.plan.marks[index as usize];
        points.clear();
        points.extend(
            self.plan
                .points(mark)
                .iter()
                .map(|[x, y, half]| [x * self.scale - 0.5, y * self.scale - 0.5 - top, half * self.scale]),
        );
        let load = self.load(mark, self.colours[index as usize]);
        let table = self.streaks.at(load.pace[1] / (mark.half * self.scale).max(0.1));
        let reach = self.reach(mark);
        let mut gone = 0.0;
        let count = points.len();
        for k in 1..count {
            let way = |i: usize| direction(points[i - 1], points[i]);
            let (own, length) = way(k);
            if length <= 0.0 {
                continue;
            }
            let before = if k > 1 { bisector(way(k - 1).0, own) } else { own };
            let after = if k + 1 < count { bisector(own, way(k + 1).0) } else { own };
            let [fx, fy, fh] = points[k - 1];
            let [tx, ty, th] = points[k];
            let piece = Piece {
                from: [fx, fy],
                to: [tx, ty],
                gates: [before, after],
                across: [-own[1], own[0]],
                halves: [fh, th],
                along: [gone, gone + length],
            };
            lay(level, planes, tile, &piece, &load, table, reach);
            gone += length;
        }
    }

    fn load(&self, mark: &Mark, [colour, swing]: [[f32; 3]; 2]) -> Load {
        let work = self.work;
        let half = mark.half * self.scale;
        let across = hairs(mark.half);
        let bits = mix(mark.bits ^ 0x77);
        let [round, ragged] = match work.tool {
            Tool::Round => [0.8, 0.9],
            Tool::Flat => [0.1, 0.7],
            Tool::Knife => [0.0, 0.35],
        };
        let ridge = if work.tool == Tool::Knife { 0.14 } else { 0.3 };
        Load {
            colour,
            swing,
            length: (mark.length * self.scale).max(1e-3),
            crisp: 1.0 / self.soft(mark),
            round,
            ragged: ragged * work.bristles.min(1.0),
            dry: mark.dry,
            opacity: work.opacity,
            thick: mark.thick,
            furrow: if work.tool == Tool::Knife { 0.25 } else { 0.7 } * work.bristles,
            ridge: work.ridge,
            narrow: 1.0 / (ridge * half).max(1.0),
            start: [(bits & 127) as f32, (bits >> 8 & 63) as f32 + 64.0],
            pace: [8.0 / half.max(0.1), across],
        }
    }
}

/// The unit vector from one point to the next, and how far that is.
fn direction(a: [f32; 3], b: [f32; 3]) -> ([f32; 2], f32) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = (dx * dx + dy * dy).sqrt();
    let scale = 1.0 / length.max(1e-6);
    ([dx * scale, dy * scale], length)
}

/// Halfway between two directions.
fn bisector(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    let sum = [a[0] + b[0], a[1] + b[1]];
    let size = (sum[0] * sum[0] + sum[1] * sum[1]).sqrt();
    if size < 1e-3 { b } else { [sum[0] / size, sum[1] / size] }
}
