//! Short pieces fade out: connected pieces of line, measured, and a weight for each.
//!
//! Runs of samples are linked row by row (union–find, the smaller label wins), so the work is linear and the
//! answer does not depend on how it was cut up.

use crate::kernel::drawing::ramp;
use crate::pixel::Plane;

/// A piece that is nowhere stronger than the first is no line at all; from the second on it is one.
const FAINT: [f32; 2] = [0.12, 0.5];

#[derive(Clone, Copy)]
struct Run {
    row: u32,
    from: u32,
    to: u32,
}

/// What is known of a connected piece.
#[derive(Clone, Copy)]
struct Piece {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
    area: u32,
    peak: f32,
}

fn root(parents: &mut [u32], mut i: u32) -> u32 {
    while parents[i as usize] != i {
        parents[i as usize] = parents[parents[i as usize] as usize];
        i = parents[i as usize];
    }
    i
}

fn runs(plane: &Plane) -> Vec<Run> {
    let mut runs = Vec::new();
    for y in 0..plane.size().height() {
        let row = plane.row(y);
        let mut x = 0;
        while x < row.len() {
            if row[x] <= 0.0 {
                x += 1;
                continue;
            }
            let from = x;
            while x < row.len() && row[x] > 0.0 {
                x += 1;
            }
            runs.push(Run { row: y as u32, from: from as u32, to: x as u32 });
        }
    }
    runs
}

/// Which piece each run belongs to; pieces are named by their first run.
fn link(runs: &[Run]) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..runs.len() as u32).collect();
    let mut above = 0;
    for (i, run) in runs.iter().enumerate() {
        // Runs of the row above that end before this one begins cannot touch it or what follows.
        while runs[above].row + 1 < run.row || (runs[above].row + 1 == run.row && runs[above].to < run.from) {
            above += 1;
        }
        let mut k = above;
        while k < i && runs[k].row + 1 == run.row && runs[k].from <= run.to {
            let (a, b) = (root(&mut parents, k as u32), root(&mut parents, i as u32));
            parents[a.max(b) as usize] = a.min(b);
            k += 1;
        }
    }
    for i in 0..runs.len() as u32 {
        parents[i as usize] = root(&mut parents, i);
    }
    parents
}

fn measure(plane: &Plane, runs: &[Run], labels: &[u32]) -> Vec<Piece> {
    let none = Piece { left: u32::MAX, right: 0, top: u32::MAX, bottom: 0, area: 0, peak: 0.0 };
    let mut pieces = vec![none; runs.len()];
    for (run, label) in runs.iter().zip(labels) {
        let piece = &mut pieces[*label as usize];
        piece.left = piece.left.min(run.from);
        piece.right = piece.right.max(run.to);
        piece.top = piece.top.min(run.row);
        piece.bottom = piece.bottom.max(run.row + 1);
        piece.area += run.to - run.from;
        let values = &plane.row(run.row as usize)[run.from as usize..run.to as usize];
        piece.peak = values.iter().fold(piece.peak, |most, v| most.max(*v));
    }
    pieces
}

/// Take away pieces (samples above 0) that are faint all along, and those shorter than `length` says for the place of their middle; those a little longer
/// are lightened. A piece that is strong counts for longer than it is: a pupil is short, but no face does without it.
pub(super) fn fade_short(plane: &mut Plane, width: f32, length: impl Fn(usize, usize) -> f32) {
    let runs = runs(plane);
    if runs.is_empty() {
        return;
    }
    let labels = link(&runs);
    let pieces = measure(plane, &runs, &labels);
    for (run, label) in runs.iter().zip(&labels) {
        let piece = pieces[*label as usize];
        let (dx, dy) = ((piece.right - piece.left) as f32, (piece.bottom - piece.top) as f32);
        let long = (dx * dx + dy * dy).sqrt().max(0.5 * piece.area as f32 / width);
        let counted = long * (0.3 + 0.7 * piece.peak.min(2.2));
        let wanted = length((piece.left + piece.right) as usize / 2, (piece.top + piece.bottom) as usize / 2);
        let weight =
            ramp((counted / wanted - 0.6) / 0.9) * ramp((piece.peak - FAINT[0]) / (FAINT[1] - FAINT[0]));
        let samples = &mut plane.row_mut(run.row as usize)[run.from as usize..run.to as usize];
        samples.iter_mut().for_each(|v| *v = *v * weight - 0.5 * (1.0 - weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;
    use crate::test_support::Random;

    /// Pieces found by flooding.
    fn flooded(plane: &Plane) -> usize {
        let (w, h) = (plane.size().width() as i64, plane.size().height() as i64);
        let mut seen = vec![false; plane.samples().len()];
        let mut count = 0;
        for start in 0..seen.len() {
            let mut stack = vec![start];
            let mut fresh = false;
            while let Some(i) = stack.pop() {
                if seen[i] || plane.samples()[i] <= 0.0 {
                    continue;
                }
                seen[i] = true;
                fresh = true;
                let (x, y) = (i as i64 % w, i as i64 / w);
                for (dx, dy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))) {
                    let (x, y) = (x + dx, y + dy);
                    if x >= 0 && y >= 0 && x < w && y < h {
                        stack.push((y * w + x) as usize);
                    }
                }
            }
            count += usize::from(fresh);
        }
        count
    }

    #[test]
    fn linking_finds_the_pieces_that_flooding_finds() {
        let mut random = Random::new("line::pieces");
        for _ in 0..60 {
            let size = Size::from_usize(1 + random.below(23), 1 + random.below(19)).unwrap();
            let plane = Plane::from_fn(size, |_, _| if random.below(5) < 2 { 1.0 } else { -1.0 });
            let runs = runs(&plane);
            let labels = link(&runs);
            let own = labels.iter().enumerate().filter(|(i, label)| *i == **label as usize).count();
            assert_eq!(own, flooded(&plane), "{size}, {random}");
        }
    }

    #[test]
    fn short_pieces_go_and_long_ones_stay() {
        let size = Size::new(60, 9).unwrap();
        let line = |x: usize, y: usize| (y == 2 && x > 3) || (y == 6 && (20..23).contains(&x));
        let mut plane = Plane::from_fn(size, |x, y| if line(x, y) { 1.0 } else { -1.0 });
        fade_short(&mut plane, 1.0, |_, _| 12.0);
        assert_eq!(plane.row(2)[30], 1.0);
        assert!(plane.row(6)[21] <= 0.0);
    }
}
