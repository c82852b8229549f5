//! Connected components: which pixels of one label hang together, by their four neighbours.
//!
//! Rows are cut into runs, and runs that touch are joined in a forest whose roots are always the earliest run, so
//! components come numbered by their first pixel, however the picture was cut into bands. (Two passes with union–find
//! go back to Rosenfeld and Pfaltz, "Sequential operations in digital picture processing", 1966.)

use super::Labels;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_band, map_bands};

/// The components of a label map, numbered by their first pixel in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    /// The component of each pixel.
    pub of: Vec<u32>,
    /// The label of each component.
    pub label: Vec<u16>,
    /// How many pixels each has.
    pub area: Vec<u32>,
}

/// Find the components of a label map.
pub fn components(labels: &Labels, ctx: &Context) -> Result<Components> {
    let (width, size) = (labels.size.width(), labels.size);
    ctx.limits.admit(size, 8)?;
    let strips = map_bands(ctx, size.height(), BAND_ROWS, |rows| Ok(Strip::new(labels, rows)))?;
    let (all, firsts) = joined(&strips, labels);
    let (ids, mut out) = numbered(&all, labels);
    out.of = vec![0; size.pixels()];
    for_each_band(ctx, &mut out.of, width * BAND_ROWS, |index, of| {
        let from = index * width * BAND_ROWS;
        let runs = firsts[index]..firsts[index + 1];
        for run in runs.clone() {
            let end = if run + 1 < runs.end { all.starts[run + 1] as usize - from } else { of.len() };
            of[all.starts[run] as usize - from..end].fill(ids[run]);
        }
        Ok(())
    })?;
    Ok(out)
}

/// Runs of some rows, and which belong together.
#[derive(Default)]
struct Strip {
    /// The first pixel of each run.
    starts: Vec<u32>,
    /// The first run of each row, and one past the last.
    rows: Vec<usize>,
    parents: Vec<u32>,
}

impl Strip {
    fn new(labels: &Labels, rows: std::ops::Range<usize>) -> Self {
        let mut out = Self::default();
        let width = labels.size.width();
        for y in rows {
            let row = labels.row(y);
            out.rows.push(out.starts.len());
            out.starts.push((y * width) as u32);
            let changes = row.windows(2).zip(1..).filter(|(pair, _)| pair[0] != pair[1]);
            out.starts.extend(changes.map(|(_, x)| (y * width + x) as u32));
        }
        out.rows.push(out.starts.len());
        out.parents = (0..out.starts.len() as u32).collect();
        for y in 2..out.rows.len() {
            let (above, below) = (out.rows[y - 2]..out.rows[y - 1], out.rows[y - 1]..out.rows[y]);
            out.join(above, below, labels);
        }
        out
    }

    /// Join the runs of one row with those of the next that they touch.
    fn join(&mut self, above: std::ops::Range<usize>, below: std::ops::Range<usize>, labels: &Labels) {
        let width = labels.size.width() as u32;
        let (mut a, mut b) = (above.start, below.start);
        while a < above.end && b < below.end {
            let (left, right) = (self.starts[a], self.starts[b]);
            if labels.labels[left as usize] == labels.labels[right as usize] {
                unite(&mut self.parents, a as u32, b as u32);
            }
            let end = |run: usize, range: &std::ops::Range<usize>, starts: &[u32]| {
                if run + 1 < range.end { starts[run + 1] % width } else { width }
            };
            let (end_a, end_b) = (end(a, &above, &self.starts), end(b, &below, &self.starts));
            a += usize::from(end_a <= end_b);
            b += usize::from(end_b <= end_a);
        }
    }
}

/// The root of a tree, whose path becomes shorter on the way.
pub(super) fn root(parents: &mut [u32], mut of: u32) -> u32 {
    while parents[of as usize] != of {
        let above = parents[parents[of as usize] as usize];
        parents[of as usize] = above;
        of = above;
    }
    of
}

/// Make two trees one; the earlier root stays.
fn unite(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}

/// All strips as one, and the first run of each strip, and one past the last.
fn joined(strips: &[Strip], labels: &Labels) -> (Strip, Vec<usize>) {
    let (mut all, mut firsts) = (Strip::default(), Vec::new());
    for strip in strips {
        let first = all.starts.len();
        firsts.push(first);
        all.starts.extend(&strip.starts);
        all.parents.extend(strip.parents.iter().map(|parent| parent + first as u32));
        let seam = all.rows.len();
        all.rows.pop();
        all.rows.extend(strip.rows.iter().map(|row| row + first));
        if seam >= 2 {
            let (above, below) = (all.rows[seam - 2]..all.rows[seam - 1], all.rows[seam - 1]..all.rows[seam]);
            all.join(above, below, labels);
        }
    }
    firsts.push(all.starts.len());
    (all, firsts)
}

/// The number of the component of each run, and what the components are like.
fn numbered(all: &Strip, labels: &Labels) -> (Vec<u32>, Components) {
    let mut out = Components { of: Vec::new(), label: Vec::new(), area: Vec::new() };
    let mut ids: Vec<u32> = vec![0; all.starts.len()];
    let mut parents = all.parents.clone();
    for run in 0..ids.len() {
        let first = root(&mut parents, run as u32) as usize;
        if first == run {
            ids[run] = out.label.len() as u32;
            out.label.push(labels.labels[all.starts[run] as usize]);
            out.area.push(0);
        } else {
            ids[run] = ids[first];
        }
        let end = all.starts.get(run + 1).copied().unwrap_or(labels.labels.len() as u32);
        out.area[ids[run] as usize] += end - all.starts[run];
    }
    (ids, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::region::test_maps::{SIZES, blotches};
    use crate::test_support::Random;

    /// Flood fill from each pixel not yet reached.
    fn flooded(labels: &Labels) -> Components {
        let (w, h) = (labels.size.width(), labels.size.height());
        let mut out = Components { of: vec![u32::MAX; w * h], label: Vec::new(), area: Vec::new() };
        for start in 0..w * h {
            if out.of[start] != u32::MAX {
                continue;
            }
            let (id, label) = (out.label.len() as u32, labels.labels[start]);
            let (mut stack, mut area) = (vec![start], 0);
            out.of[start] = id;
            while let Some(i) = stack.pop() {
                area += 1;
                let (x, y) = (i % w, i / w);
                let steps = [(x > 0, -1), (x + 1 < w, 1), (y > 0, -(w as isize)), (y + 1 < h, w as isize)];
                for (_, step) in steps.into_iter().filter(|(inside, _)| *inside) {
                    let n = i.wrapping_add_signed(step);
                    if out.of[n] == u32::MAX && labels.labels[n] == label {
                        out.of[n] = id;
                        stack.push(n);
                    }
                }
            }
            out.label.push(label);
            out.area.push(area);
        }
        out
    }

    #[test]
    fn they_are_those_of_a_flood_for_any_number_of_threads() {
        let mut random = Random::new("components");
        for size in SIZES {
            for (labels, coarse) in [(2, 1), (3, 4), (1, 1), (5, 9)] {
                let map = blotches(&mut random, size, labels, coarse);
                let truth = flooded(&map);
                for threads in [1, 2, 5] {
                    let run = || components(&map, &Context::default()).unwrap();
                    let found = Pool::new(threads).unwrap().run(run);
                    assert!(found == truth, "{size:?}, {labels} labels, {threads} threads, {random}");
                }
            }
        }
    }
}
