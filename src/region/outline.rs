//! A label map drawn at any size: smooth borders, each pixel on them covered by both sides.
//!
//! Votes are counted at the pixels of the map (its nodes) and carried to the pixels of the drawing by quadratic
//! B-splines, so borders have no corners where nodes are. How far a pixel is from a border is the lead of its label
//! over the next, divided by the slope of that lead; within half a pixel, both have a share.

use std::ops::Range;

use super::Labels;
use super::vote::{Gaussian, TILE, Votes};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::Size;

/// A label that has so large a vote at all nodes around leads by too much for a border to be near.
const SOLID: f32 = 0.75;
/// Where the nodes around do not agree.
const OPEN: u32 = u32::MAX;

/// What a pixel is covered with: one label, and perhaps a part of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The label that covers most of it.
    pub first: u16,
    /// The label that covers the rest.
    pub second: u16,
    /// How much the second covers, in 255ths; at most 128.
    pub share: u8,
}

/// A label map, to be drawn at another size.
pub struct Outline<'a> {
    labels: &'a Labels,
    target: Size,
    gaussian: Gaussian,
    columns: Vec<Place>,
}

impl<'a> Outline<'a> {
    /// To be drawn at `target`, with borders smoothed by `sigma` pixels of the map; at least half a pixel.
    pub fn new(labels: &'a Labels, sigma: f32, target: Size) -> Self {
        let (from, to) = (labels.size.width(), target.width());
        let columns = (0..to).map(|x| Place::new(x, from, to)).collect();
        Self { labels, target, gaussian: Gaussian::new(sigma.max(0.5)), columns }
    }

    /// So many rows should be asked for at once, and not fewer: votes are counted anew each time.
    pub fn band(&self) -> usize {
        TILE * self.target.height().div_ceil(self.labels.size.height())
    }

    /// What the pixels of these rows of the drawing are covered with.
    pub fn rows(&self, rows: Range<usize>, ctx: &Context) -> Result<Vec<Mark>> {
        let (from, to) = (self.labels.size.height(), self.target.height());
        let places: Vec<_> = rows.map(|y| Place::new(y, from, to)).collect();
        let mut out = vec![Mark::default(); places.len() * self.target.width()];
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Ok(out) };
        let nodes = first.node as isize - 1..last.node as isize + 2;
        let mut x = 0;
        while x < self.columns.len() {
            ctx.check()?;
            let start = self.columns[x].node;
            let end = x + self.columns[x..].partition_point(|place| place.node < start + TILE);
            let around = start as isize - 1..self.columns[end - 1].node as isize + 2;
            let votes = Votes::count(self.labels, &around, &nodes, &self.gaussian);
            let tile = Tile { left: start, top: first.node, columns: &self.columns[x..end], votes: &votes };
            for (place, row) in places.iter().zip(out.chunks_exact_mut(self.target.width())) {
                tile.row(*place, &mut row[x..end]);
            }
            x = end;
        }
        Ok(out)
    }
}

/// Where a pixel of the drawing lies among the nodes along one axis.
#[derive(Clone, Copy)]
struct Place {
    /// The nearest node.
    node: usize,
    /// The weights of that node and of those before and after it.
    weights: [f32; 3],
    /// How these change from one pixel of the drawing to the next.
    slopes: [f32; 3],
}

impl Place {
    fn new(at: usize, from: usize, to: usize) -> Self {
        let step = from as f64 / to as f64;
        let centre = (at as f64 + 0.5) * step;
        let node = (centre as usize).min(from - 1);
        let t = (centre - node as f64 - 0.5) as f32;
        let (before, after, step) = (0.5 - t, 0.5 + t, step as f32);
        Self {
            node,
            weights: [0.5 * before * before, 0.75 - t * t, 0.5 * after * after],
            slopes: [-before * step, -2.0 * t * step, after * step],
        }
    }
}

struct Tile<'a> {
    /// The node of the first column and of the first row.
    left: usize,
    top: usize,
    columns: &'a [Place],
    votes: &'a Votes,
}

impl Tile<'_> {
    fn row(&self, place: Place, marks: &mut [Mark]) {
        let whole = |label| Mark { first: label, second: label, share: 0 };
        if let [only] = self.votes.present[..] {
            marks.fill(whole(only));
            return;
        }
        let row = place.node - self.top;
        let solid = self.solid(row);
        let blends: Vec<_> = if solid.contains(&OPEN) { self.blends(row, place) } else { Vec::new() };
        for (mark, column) in marks.iter_mut().zip(self.columns) {
            let at = column.node - self.left;
            *mark = match solid[at] {
                OPEN => self.decide(&blends, at, column),
                label => whole(label as u16),
            };
        }
    }

    /// For each column of nodes, the label that the nodes around agree about.
    fn solid(&self, row: usize) -> Vec<u32> {
        let width = self.votes.width;
        let mut agreed = vec![OPEN; width];
        for (label, field) in self.votes.present.iter().zip(&self.votes.fields) {
            let rows = [0, 1, 2].map(|n| &field[(row + n) * width..][..width]);
            for (x, agreed) in agreed.iter_mut().enumerate() {
                let least = rows[0][x].min(rows[1][x]).min(rows[2][x]);
                *agreed = if least >= SOLID { u32::from(*label) } else { *agreed };
            }
        }
        let same = |three: &[u32]| if three[0] == three[1] && three[1] == three[2] { three[0] } else { OPEN };
        agreed.windows(3).map(same).collect()
    }

    /// For each label the votes of three rows as one row, and how that changes downwards.
    fn blends(&self, row: usize, place: Place) -> Vec<[Vec<f32>; 2]> {
        let width = self.votes.width;
        let blend = |field: &Vec<f32>, by: [f32; 3]| -> Vec<f32> {
            let rows = [0, 1, 2].map(|n| &field[(row + n) * width..][..width]);
            (0..width).map(|x| rows[0][x] * by[0] + rows[1][x] * by[1] + rows[2][x] * by[2]).collect()
        };
        self.votes.fields.iter().map(|f| [blend(f, place.weights), blend(f, place.slopes)]).collect()
    }

    fn decide(&self, blends: &[[Vec<f32>; 2]], at: usize, column: &Place) -> Mark {
        let sum = |row: &[f32], by: [f32; 3]| row[at] * by[0] + row[at + 1] * by[1] + row[at + 2] * by[2];
        let (mut first, mut second) = ((0, -1.0), (0, -1.0));
        for (k, [values, _]) in blends.iter().enumerate() {
            let vote = sum(values, column.weights);
            if vote > first.1 {
                (first, second) = ((k, vote), first);
            } else if vote > second.1 {
                second = (k, vote);
            }
        }
        let [a, b] = [&blends[first.0], &blends[second.0]];
        let across = sum(&a[0], column.slopes) - sum(&b[0], column.slopes);
        let down = sum(&a[1], column.weights) - sum(&b[1], column.weights);
        let slope = (across * across + down * down).sqrt().max(1e-6);
        let share = (0.5 - (first.1 - second.1) / slope).max(0.0);
        Mark {
            first: self.votes.present[first.0],
            second: self.votes.present[second.0],
            share: (share * 255.0 + 0.5) as u8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::test_maps::{SIZES, blotches, drawn};
    use crate::test_support::Random;

    fn all(outline: &Outline<'_>) -> Vec<Mark> {
        let (context, height) = (Context::default(), outline.target.height());
        let starts = (0..height).step_by(outline.band());
        starts.flat_map(|y| outline.rows(y..(y + outline.band()).min(height), &context).unwrap()).collect()
    }

    /// How much of a pixel a label covers.
    fn part(mark: Mark, label: u16) -> f32 {
        let second = f32::from(mark.share) / 255.0;
        let first = if mark.first == label { 1.0 - second } else { 0.0 };
        first + if mark.second == label { second } else { 0.0 }
    }

    #[test]
    fn a_slanting_border_is_covered_as_the_half_plane_is() {
        let (slope, at) = (0.37f32, 20.3f32);
        let map = drawn(64, 48, |x, y| u16::from(x as f32 + 0.5 > at + slope * (y as f32 + 0.5)));
        let scale = 4.0;
        let target = Size::new(256, 192).unwrap();
        let marks = all(&Outline::new(&map, 3.0, target));
        for y in 40..150 {
            let row = &marks[y * 256..][..256];
            let border: f32 = row.iter().map(|mark| part(*mark, 0)).sum();
            let truth = scale * (at + slope * (y as f32 + 0.5) / scale);
            assert!((border - truth).abs() < 1.2, "row {y}: {border}, should be {truth}");
            let mixed = row.iter().filter(|mark| mark.share > 0).count();
            assert!((1..=3).contains(&mixed), "row {y}: {mixed} pixels on the border");
        }
    }

    #[test]
    fn borders_advance_evenly() {
        let map = drawn(64, 64, |x, y| u16::from(2 * x + y > 80));
        let marks = all(&Outline::new(&map, 2.5, Size::new(640, 640).unwrap()));
        let border = |y: usize| marks[y * 640..][..640].iter().map(|mark| part(*mark, 0)).sum::<f32>();
        for y in 120..500 {
            let step = border(y) - border(y + 1);
            assert!((0.3..0.7).contains(&step), "from row {y} the border moves by {step}");
        }
    }

    #[test]
    fn away_from_borders_there_is_one_label_and_bands_do_not_show() {
        let mut random = Random::new("outline");
        for size in SIZES {
            let map = blotches(&mut random, size, 3, 20);
            let target = Size::new(size.0 * 3 + 1, size.1 * 2 + 1).unwrap();
            let outline = Outline::new(&map, 1.0, target);
            let marks = all(&outline);
            let context = Context::default();
            let single: Vec<_> =
                (0..target.height()).flat_map(|y| outline.rows(y..y + 1, &context).unwrap()).collect();
            assert!(single == marks, "{size:?}, {random}");
            for (i, mark) in marks.iter().enumerate() {
                let x = (i % target.width()) * size.0 as usize / target.width();
                let y = (i / target.width()) * size.1 as usize / target.height();
                let around = (y.saturating_sub(4)..=y + 4).flat_map(|y| {
                    let row = map.row(y.min(map.size().height() - 1));
                    (x.saturating_sub(4)..=x + 4).map(move |x| row[x.min(row.len() - 1)])
                });
                let own = map.row(y)[x];
                if around.clone().all(|label| label == own) {
                    let whole = Mark { first: own, second: own, share: 0 };
                    assert!(*mark == whole, "{size:?} at {x}, {y}: {mark:?}, {random}");
                }
            }
        }
    }
}
