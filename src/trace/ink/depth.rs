//! How deep in the ink a pixel is: the exact distance to the nearest paper.
//!
//! Pedro Felzenszwalb and Daniel Huttenlocher, "Distance Transforms of Sampled Functions", 2012 (2004): the squared
//! distance in the plane is found column by column and then row by row, each time as the lowest of parabolas.

use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_band};

/// The squared distance from each pixel's middle to that of the nearest pixel that is not ink; beyond the picture
/// there is paper. 0 for paper.
pub(super) fn depths(
    ink: impl Fn(usize, usize) -> bool + Sync,
    (width, height): (usize, usize),
    context: &Context,
) -> Result<Vec<u32>> {
    let mut depths = vec![0; width * height];
    for y in 0..height {
        let (above, row) = depths[..(y + 1) * width].split_at_mut(y * width);
        let above = y.checked_sub(1).map(|y| &above[y * width..]);
        for (x, depth) in row.iter_mut().enumerate().filter(|(x, _)| ink(*x, y)) {
            *depth = above.map_or(0, |above| above[x]) + 1;
        }
    }
    for y in (0..height).rev() {
        let (rows, below) = depths.split_at_mut((y + 1) * width);
        for (x, depth) in rows[y * width..].iter_mut().enumerate() {
            *depth = (*depth).min(below.get(x).copied().unwrap_or(0) + 1);
        }
    }
    for_each_band(context, &mut depths, (width * BAND_ROWS).max(1), |_, band| {
        let mut row = Row::default();
        band.chunks_mut(width).for_each(|depths| row.work(depths));
        Ok(())
    })?;
    Ok(depths)
}

/// The lowest parabolas of a run of ink.
#[derive(Default)]
struct Row {
    heights: Vec<i64>,
    /// Which parabolas are the lowest somewhere, and from where on.
    lowest: Vec<(i64, i64)>,
}

impl Row {
    /// From distances in columns to squared distances in the plane.
    fn work(&mut self, row: &mut [u32]) {
        let mut x = 0;
        while x < row.len() {
            if row[x] == 0 {
                x += 1;
                continue;
            }
            let count = row[x..].iter().position(|depth| *depth == 0).unwrap_or(row.len() - x);
            self.run(&mut row[x..x + count]);
            x += count;
        }
    }

    /// A run of ink with paper at both ends, which stand for all that is beyond them.
    fn run(&mut self, run: &mut [u32]) {
        let paper = std::iter::once(0);
        self.heights.clear();
        self.heights.extend(paper.clone().chain(run.iter().map(|d| i64::from(*d).pow(2))).chain(paper));
        self.lowest.clear();
        for at in 0..self.heights.len() as i64 {
            while let Some((before, from)) = self.lowest.last().copied() {
                let start = self.meets(before, at);
                if start > from {
                    self.lowest.push((at, start));
                    break;
                }
                self.lowest.pop();
            }
            if self.lowest.is_empty() {
                self.lowest.push((at, i64::MIN));
            }
        }
        let mut k = 0;
        for (x, depth) in (1..).zip(run) {
            while self.lowest.get(k + 1).is_some_and(|(_, from)| *from <= x) {
                k += 1;
            }
            let at = self.lowest[k].0;
            *depth = ((x - at).pow(2) + self.heights[at as usize]) as u32;
        }
    }

    /// From where on the later parabola is not above the earlier one.
    fn meets(&self, before: i64, after: i64) -> i64 {
        let rise = |at: i64| self.heights[at as usize] + at * at;
        let (over, under) = (rise(after) - rise(before), 2 * (after - before));
        -(-over).div_euclid(under)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn depths_are_those_of_a_search_through_all() {
        let mut random = Random::new("depths_are_those_of_a_search_through_all");
        for (width, height, paper) in
            [(1, 1, 2), (1, 9, 4), (9, 1, 4), (31, 23, 3), (31, 23, 60), (20, 20, 9999)]
        {
            let ink: Vec<bool> = (0..width * height).map(|_| random.below(paper) != 0).collect();
            let found = depths(|x, y| ink[y * width + x], (width, height), &Context::default()).unwrap();
            for (i, found) in found.iter().enumerate() {
                let (x, y) = ((i % width) as isize, (i / width) as isize);
                let is_ink = |x: isize, y: isize| {
                    (0..width as isize).contains(&x)
                        && (0..height as isize).contains(&y)
                        && ink[y as usize * width + x as usize]
                };
                let all = (-1..=height as isize).flat_map(|j| (-1..=width as isize).map(move |i| (i, j)));
                let paper = all.filter(|(i, j)| !is_ink(*i, *j));
                let nearest = paper.map(|(i, j)| (i - x).pow(2) + (j - y).pow(2)).min().unwrap();
                assert_eq!(*found as isize, nearest, "{x} {y} {random}");
            }
        }
    }
}
