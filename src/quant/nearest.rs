//! The nearest entry of a palette, exactly: a grid over the space in which each cell lists every entry that
//! can be nearest to some point of it. A table with one answer for each cell would be quicker by little and
//! wrong near every border between two colours.

use crate::kernel::Level;
use crate::kernel::nearest::{BLOCK, Block, Entries, FEW, Grid, find_row, square_distance};

/// A palette of up to 65536 points of the working space, ready for exact searches.
///
/// ```
/// use zhijin::quant::Nearest;
///
/// let nearest = Nearest::new(&[[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]);
/// assert_eq!(nearest.find([0.6, 0.1, 0.1]), 1);
/// assert_eq!(nearest.find([0.5, 0.0, 0.0]), 0, "of two as near, the first");
/// ```
#[derive(Clone, Debug)]
pub struct Nearest {
    entries: Entries,
}

impl Nearest {
    /// Prepare for this palette. It must not be empty, and only its first 65536 points count.
    pub fn new(palette: &[[f32; 3]]) -> Self {
        Self::prepared(palette, 0)
    }

    /// The same for few searches: sooner ready, but each takes longer.
    pub(super) fn rough(palette: &[[f32; 3]]) -> Self {
        Self::prepared(palette, 1)
    }

    fn prepared(palette: &[[f32; 3]], coarser: u32) -> Self {
        assert!(!palette.is_empty(), "a palette has at least one colour");
        let points: Vec<_> = palette.iter().take(1 << 16).map(|&[x, y, z]| [x, y, z, 0.0]).collect();
        let grid = (points.len() > FEW).then(|| build(&points, coarser));
        Self { entries: Entries { points, grid } }
    }

    /// The place of the nearest point in the palette; of several as near, the first.
    pub fn find(&self, point: [f32; 3]) -> usize {
        self.entries.find(point)
    }

    /// The same for each point of a row, whose coordinates come as three rows at least as long as `out`.
    pub fn find_row(&self, level: Level, points: [&[f32]; 3], out: &mut [u16]) {
        find_row(level, &self.entries, points, out);
    }

    pub(crate) fn entries(&self) -> &Entries {
        &self.entries
    }
}

/// A grid fit for these points: finer for more of them, and a little larger than the box around them.
fn build(points: &[[f32; 4]], coarser: u32) -> Grid {
    let bits = if points.len() <= 2048 { 5 } else { 6 } - coarser;
    let mut grid = Grid {
        low: [0.0; 3],
        scale: [0.0; 3],
        floor: [0.0; 3],
        ceiling: [0.0; 3],
        bits,
        cells: vec![[0; 2]; 1 << (3 * bits)],
        lists: Vec::new(),
    };
    for c in 0..3 {
        let least = points.iter().map(|p| p[c]).fold(f32::INFINITY, f32::min);
        let most = points.iter().map(|p| p[c]).fold(f32::NEG_INFINITY, f32::max);
        let extent = most - least;
        let margin = 0.15 * extent + 0.02;
        grid.low[c] = least - margin;
        grid.scale[c] = (1u32 << bits) as f32 / (extent + 2.0 * margin);
        (grid.floor[c], grid.ceiling[c]) = (least - 4.0 * extent - 1.0, most + 4.0 * extent + 1.0);
    }
    let mut stack: Vec<u16> = (0..points.len()).map(|i| i as u16).collect();
    let crowd = if coarser > 0 { 0 } else { CROWD };
    divide(&mut grid, points, &mut stack, (0, crowd), ([0; 3], bits));
    grid
}

/// A list so short is not worth dividing further.
const SHORT: usize = BLOCK;

/// Thin out the candidates of a cube of `2^depth` cells a side, then those of its eight parts. The candidates
/// to begin with are the end of the stack, from `from` on.
fn divide(
    grid: &mut Grid,
    points: &[[f32; 4]],
    stack: &mut Vec<u16>,
    (from, crowd): (usize, usize),
    (at, depth): ([u32; 3], u32),
) {
    let mine = stack.len();
    candidates(points, stack, (from, crowd), &cube(grid, at, depth));
    if depth == 0 || stack.len() - mine <= SHORT {
        let start = grid.lists.len();
        grid.lists.extend(stack[mine..].chunks(BLOCK).map(|places| block(points, places)));
        let place = [start as u32, (grid.lists.len() - start) as u32];
        let side = 1 << depth;
        for x in at[0]..at[0] + side {
            for y in at[1]..at[1] + side {
                let start = grid.cell([x, y, at[2]]);
                grid.cells[start..start + side as usize].fill(place);
            }
        }
    } else {
        let half = 1 << (depth - 1);
        for part in 0..8 {
            let corner = [0, 1, 2].map(|c| at[c] + (part >> c & 1) * half);
            divide(grid, points, stack, (mine, crowd), (corner, depth - 1));
        }
    }
    stack.truncate(mine);
}

/// A block of these entries; what it has too much repeats the last.
fn block(points: &[[f32; 4]], places: &[u16]) -> Block {
    let places = std::array::from_fn(|i| u32::from(places[i.min(places.len() - 1)]));
    Block { points: [0, 1, 2].map(|c| places.map(|place| points[place as usize][c])), places }
}

/// A box: its middle, and how far it reaches from there along each axis.
struct Cube {
    centre: [f32; 3],
    half: [f32; 3],
}

/// The space of some cells. Those at the rim answer for all that lies outside, as far as the grid has an
/// answer.
fn cube(grid: &Grid, at: [u32; 3], depth: u32) -> Cube {
    let mut cube = Cube { centre: [0.0; 3], half: [0.0; 3] };
    for (c, &start) in at.iter().enumerate() {
        let border = |i: u32| grid.low[c] + i as f32 / grid.scale[c];
        let end = start + (1 << depth);
        let from = if start == 0 { grid.floor[c] } else { border(start) };
        let to = if end == 1 << grid.bits { grid.ceiling[c] } else { border(end) };
        cube.centre[c] = 0.5 * (from + to);
        // A little more than half: which cell a point at the border falls into is a matter of rounding.
        cube.half[c] = 0.5 * (to - from) + 1e-4 / grid.scale[c] + 1e-6 * (grid.ceiling[c] - grid.floor[c]);
    }
    cube
}

/// Put those entries onto the stack, of the ones from `from` on, that can be nearest to some point of the
/// box.
///
/// An entry is out if a rival is nearer everywhere in the box. The difference of two squared distances is
/// linear in the point, so it is greatest in a corner. The first rival is the nearest to the middle; what is
/// left over, if it is no more than the `crowd`, is tried against each other. A margin covers the rounding of distances.
fn candidates(points: &[[f32; 4]], stack: &mut Vec<u16>, (from, crowd): (usize, usize), cube: &Cube) {
    let end = stack.len();
    let distance = |i: u16| square_distance(cube.centre, points[usize::from(i)]);
    let Some(&first) = stack.get(from) else { return };
    let (mut rival, mut least) = (first, f32::INFINITY);
    for &entry in &stack[from..] {
        let far = distance(entry);
        if far < least {
            (rival, least) = (entry, far);
        }
    }
    let reach =
        |q: [f32; 4]| -> f32 { (0..3).map(|c| ((cube.centre[c] - q[c]).abs() + cube.half[c]).powi(2)).sum() };
    let margin = 4e-6 * reach(points[usize::from(rival)]);
    let beaten = |i: u16, rival: u16, least: f32| {
        let (p, q) = (points[usize::from(i)], points[usize::from(rival)]);
        let lead: f32 = (0..3).map(|c| (p[c] - q[c]).abs() * cube.half[c]).sum();
        let behind = distance(i) - least;
        behind > 2.0 * lead + margin + 4e-6 * behind.abs()
    };
    for at in from..end {
        if !beaten(stack[at], rival, least) {
            stack.push(stack[at]);
        }
    }
    if stack.len() - end > crowd {
        return;
    }
    let mut at = end;
    while at < stack.len() {
        if stack[end..].iter().any(|other| beaten(stack[at], *other, distance(*other))) {
            stack.remove(at);
        } else {
            at += 1;
        }
    }
}

/// More candidates than this are not tried against each other: it takes too long.
const CROWD: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// Each entry in turn.
    fn naive(palette: &[[f32; 3]], p: [f32; 3]) -> usize {
        let distance = |q: &[f32; 3]| square_distance(p, [q[0], q[1], q[2], 0.0]);
        (1..palette.len())
            .fold(0, |best, i| if distance(&palette[i]) < distance(&palette[best]) { i } else { best })
    }

    fn cloud(random: &mut Random, count: usize, extent: f32) -> Vec<[f32; 3]> {
        let mut point = || [0, 1, 2].map(|_| (random.unit() - 0.5) * extent + 0.4);
        (0..count).map(|_| point()).collect()
    }

    fn check(palette: &[[f32; 3]], points: &[[f32; 3]], note: &str) {
        let rows: [Vec<f32>; 3] = [0, 1, 2].map(|c| points.iter().map(|p| p[c]).collect());
        for (level, nearest) in
            Level::available().into_iter().zip([Nearest::new(palette), Nearest::rough(palette)])
        {
            let mut found = vec![0; points.len()];
            nearest.find_row(level, [&rows[0], &rows[1], &rows[2]], &mut found);
            for (point, found) in points.iter().zip(found) {
                let right = naive(palette, *point);
                assert_eq!((usize::from(found), nearest.find(*point)), (right, right), "{point:?}, {note}");
            }
        }
    }

    #[test]
    fn as_one_after_the_other() {
        let mut random = Random::new("as_one_after_the_other");
        for count in [1, 2, 7, 8, FEW, FEW + 1, 60, 256, 1000, 5000] {
            let palette = cloud(&mut random, count, 0.5);
            // In the box, around it, and far out.
            for extent in [0.4, 1.0, 30.0] {
                let points = cloud(&mut random, 203, extent);
                check(&palette, &points, &format!("{count} entries, points within {extent}, {random}"));
            }
        }
    }

    #[test]
    fn awkward_palettes() {
        let mut random = Random::new("awkward_palettes");
        let points = cloud(&mut random, 300, 1.0);
        let greys: Vec<_> = (0..100).map(|i| [i as f32 / 99.0, 0.0, 0.0]).collect();
        let mut twice = greys.clone();
        twice.extend(&greys);
        let mut crowd: Vec<_> = cloud(&mut random, 250, 0.001);
        crowd.push([5.0, -3.0, 2.0]);
        let palettes = [("greys", greys), ("twice", twice), ("one", vec![[0.5; 3]; 300]), ("crowd", crowd)];
        for (name, palette) in palettes {
            check(&palette, &points, &format!("{name}, {random}"));
            check(&palette, &palette, &format!("{name}, its own entries, {random}"));
        }
    }

    #[test]
    fn points_between_entries_go_to_the_first() {
        // Eighths are exact, so many of these points are as near to two, four or eight entries.
        let mut random = Random::new("points_between_entries_go_to_the_first");
        let eighths = |random: &mut Random, count: usize, side: usize, part: f32| {
            (0..count).map(|_| [0; 3].map(|_: i32| random.below(side) as f32 * part)).collect::<Vec<_>>()
        };
        let palette = eighths(&mut random, 200, 8, 0.125);
        let points = eighths(&mut random, 500, 16, 0.0625);
        check(&palette, &points, &random.to_string());
    }

    #[test]
    fn as_many_as_can_be() {
        let mut random = Random::new("as_many_as_can_be");
        let palette = cloud(&mut random, 1 << 16, 0.5);
        check(&palette, &cloud(&mut random, 50, 0.6), &random.to_string());
    }
}
