//! The exact filter. A pixel counts for its neighbour as much as the neighbour for it, so each pair is weighed once:
//! the weights of a few rows are kept, and every pixel takes one half from its own and one from its neighbours'.

use std::f32::consts::LOG2_E;
use std::ops::Range;

use super::super::mirror::mirrored;
use super::Bilateral;
use crate::kernel::Level;
use crate::kernel::pairs::{self as kernel, LANES, Pair, Tap};
use crate::pixel::Plane;

/// The greatest width worked on at once, so that the weights stay in the cache.
const TILE: usize = 256;
/// Pairs weighed beyond the width: as many as the widest reach, in whole vectors.
const MARGIN: usize = super::DIRECT.next_multiple_of(LANES);

/// Who counts less than this by nearness alone is left out: the pixel itself counts 1, and beside that a whole disc of
/// them is lost in rounding. It also keeps the smallest weights far from the limits of `f32`.
const LEAST: f32 = 1.0 / (1 << 27) as f32;

/// The kernels for so many channels.
pub(super) trait Weighed<const C: usize> {
    fn weigh(level: Level, planes: [&[f32]; C], pairs: &[Pair], count: usize, weights: &mut [f32]);
    fn gather(
        level: Level,
        source: ([&[f32]; C], usize),
        weights: &[f32],
        taps: &[Tap],
        gain: f32,
        out: [&mut [f32]; C],
    );
}

macro_rules! weighed {
    ($channels:literal, $weigh:ident, $gather:ident) => {
        impl Weighed<$channels> for [Plane; $channels] {
            fn weigh(
                level: Level,
                planes: [&[f32]; $channels],
                pairs: &[Pair],
                count: usize,
                weights: &mut [f32],
            ) {
                kernel::$weigh(level, planes, pairs, count, weights);
            }

            fn gather(
                level: Level,
                source: ([&[f32]; $channels], usize),
                weights: &[f32],
                taps: &[Tap],
                gain: f32,
                out: [&mut [f32]; $channels],
            ) {
                kernel::$gather(level, source, weights, taps, gain, out);
            }
        }
    };
}
weighed!(1, weigh1, gather1);
weighed!(3, weigh3, gather3);

/// Where the second pixel of a pair lies from the first: further down, or to the right of it.
#[derive(Clone, Copy)]
struct Offset {
    x: isize,
    y: isize,
    /// What nearness leaves of the weight.
    share: f32,
}

impl Offset {
    /// The column of the first pair weighed: what counts for column 0 from either side is among them.
    fn start(self) -> isize {
        (-self.x).min(0)
    }
}

/// One half of the disc around a pixel, and how likeness counts in it.
pub(super) struct Window {
    offsets: Vec<Offset>,
    reach: usize,
    /// What samples are multiplied by so that a difference of one halves the weight.
    scale: f32,
}

impl Window {
    pub(super) fn new(filter: Bilateral) -> Self {
        let reach = filter.radius as isize;
        let slope = LOG2_E / (2.0 * filter.space * filter.space).max(1e-12);
        let half = (0..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y)));
        let offsets = half
            .filter(|(x, y)| (*y > 0 || *x > 0) && x * x + y * y <= reach * reach)
            .map(|(x, y)| Offset { x, y, share: (-slope * (x * x + y * y) as f32).exp2() })
            .filter(|offset| offset.share > LEAST)
            .collect();
        // Neither end may make nothing of a sample, or more than can be squared. (Samples are rounded once more in
        // this unit: a range far below a thousandth of the samples would notice.)
        let scale = (LOG2_E / 2.0).sqrt() / filter.range.clamp(1e-6, 1e6);
        Self { offsets, reach: filter.radius, scale }
    }

    /// Rows `rows` of the result; `input` is averaged, or the guide if there is none.
    pub(super) fn band<const C: usize>(
        &self,
        (guide, input): ([&Plane; C], Option<[&Plane; C]>),
        rows: Range<usize>,
        level: Level,
        out: &mut [&mut [f32]],
    ) where
        [Plane; C]: Weighed<C>,
    {
        let width = guide[0].size().width();
        let tile = width.div_ceil(width.div_ceil(TILE)).next_multiple_of(LANES);
        let mut weights = vec![0.0; (self.reach + 1) * self.offsets.len() * (tile + MARGIN)];
        let mut averages: [Vec<f32>; C] = std::array::from_fn(|_| vec![0.0; tile]);
        for left in (0..width).step_by(tile) {
            let columns = left..(left + tile).min(width);
            let count = columns.len().next_multiple_of(LANES);
            let compared = Patch::new(guide, &columns, &rows, self.reach, self.scale);
            let averaged = input.map(|input| Patch::new(input, &columns, &rows, self.reach, 1.0));
            let (source, gain) =
                averaged.as_ref().map_or((&compared, 1.0 / self.scale), |patch| (patch, 1.0));
            let lines = Lines { window: self, patch: &compared, length: count + MARGIN };
            for y in -(self.reach as isize)..rows.len() as isize {
                let pairs = lines.pairs(y);
                <[Plane; C]>::weigh(level, compared.planes(), &pairs, lines.length, &mut weights);
                if y < 0 {
                    continue;
                }
                let row = averages.each_mut().map(|row| &mut row[..count]);
                let centre = (source.planes(), source.at(0, y));
                <[Plane; C]>::gather(level, centre, &weights, &lines.taps(y), gain, row);
                let start = y as usize * width;
                for (band, row) in out.iter_mut().zip(&averages) {
                    band[start + columns.start..start + columns.end].copy_from_slice(&row[..columns.len()]);
                }
            }
        }
    }
}

/// Where weights are kept: a line for each offset, and as many rows of lines as the window reaches down.
struct Lines<'a, const C: usize> {
    window: &'a Window,
    patch: &'a Patch<C>,
    length: usize,
}

impl<const C: usize> Lines<'_, C> {
    /// Where the weights of offset `k` for row `y` start.
    fn at(&self, k: usize, y: isize) -> usize {
        let row = (y + self.window.reach as isize) as usize % (self.window.reach + 1);
        (row * self.window.offsets.len() + k) * self.length
    }

    /// The pairs whose first pixels are in row `y`, if their second may be in a row of the result.
    fn pairs(&self, y: isize) -> Vec<Pair> {
        let used = self.window.offsets.iter().enumerate().filter(|(_, offset)| y + offset.y >= 0);
        used.map(|(k, offset)| Pair {
            first: self.patch.at(offset.start(), y),
            second: self.patch.at(offset.start() + offset.x, y + offset.y),
            weight: self.at(k, y),
            share: offset.share,
        })
        .collect()
    }

    /// The neighbours of row `y`: second pixels of its own pairs, first pixels of others.
    fn taps(&self, y: isize) -> Vec<Tap> {
        let both = self.window.offsets.iter().enumerate().flat_map(|(k, offset)| {
            let weight = |x: isize, y| self.at(k, y) + (x - offset.start()) as usize;
            [
                Tap { value: self.patch.at(offset.x, offset.y + y), weight: weight(0, y) },
                Tap {
                    value: self.patch.at(-offset.x, y - offset.y),
                    weight: weight(-offset.x, y - offset.y),
                },
            ]
        });
        both.collect()
    }
}

/// A part of some planes with what lies around it, each sample multiplied.
struct Patch<const C: usize> {
    planes: [Vec<f32>; C],
    stride: usize,
    reach: usize,
}

impl<const C: usize> Patch<C> {
    fn new(
        planes: [&Plane; C],
        columns: &Range<usize>,
        rows: &Range<usize>,
        reach: usize,
        scale: f32,
    ) -> Self {
        let size = planes[0].size();
        let stride = reach + columns.len().next_multiple_of(LANES) + MARGIN;
        let height = rows.len() + 2 * reach;
        let inside = columns.start.saturating_sub(reach)..(columns.end + reach).min(size.width());
        let before = inside.start + reach - columns.start;
        let planes = planes.map(|plane| {
            let mut patch = vec![0.0; stride * height];
            for (k, line) in patch.chunks_exact_mut(stride).enumerate() {
                let row = plane.row(mirrored((rows.start + k) as isize - reach as isize, size.height()));
                let line = &mut line[..columns.len() + 2 * reach];
                let (line_before, rest) = line.split_at_mut(before);
                let (line_inside, line_after) = rest.split_at_mut(inside.len());
                line_inside.iter_mut().zip(&row[inside.clone()]).for_each(|(to, from)| *to = from * scale);
                let beyond = |x: isize| row[mirrored(x, size.width())] * scale;
                let first = columns.start as isize - reach as isize;
                (first..).zip(line_before).for_each(|(x, to)| *to = beyond(x));
                (inside.end as isize..).zip(line_after).for_each(|(x, to)| *to = beyond(x));
            }
            patch
        });
        Self { planes, stride, reach }
    }

    fn planes(&self) -> [&[f32]; C] {
        self.planes.each_ref().map(|plane| &plane[..])
    }

    /// Where the sample at a place of the part itself is.
    fn at(&self, x: isize, y: isize) -> usize {
        let reach = self.reach as isize;
        (y + reach) as usize * self.stride + (x + reach) as usize
    }
}
