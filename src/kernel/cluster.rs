//! The nearest of many centres, for points that are already near one.
//!
//! Steven Phillips, "Acceleration of k-means and related clustering algorithms", 2002: the centres around each centre are
//! kept in about the order of their distance, and by the triangle inequality the search ends where all that follow are
//! farther from the point's old centre than the old and the new distance together. Here eight points that follow each
//! other go together: along a Morton curve they are neighbours, and nearly always ask for the same centres.

use super::level::kernel;

/// Points looked at together.
const LANES: usize = 8;
/// Centres after which it is asked whether the rest can still matter.
const ASKED: usize = 4;

/// One of the centres around a centre.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neighbour<const D: usize> {
    /// No farther from the centre than this one, nor than any that follows.
    pub(crate) from: f32,
    pub(crate) at: [f32; D],
    pub(crate) index: u32,
}

/// The square of the distance between two points.
#[inline(always)]
pub(crate) fn distance<const D: usize>(a: &[f32; D], b: &[f32; D]) -> f32 {
    let mut sum = 0.0;
    for c in 0..D {
        sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    sum
}

/// The centres a search goes through.
#[derive(Clone, Copy)]
pub(crate) struct Centres<'a, const D: usize> {
    pub(crate) points: &'a [[f32; D]],
    /// `near` for each centre.
    pub(crate) around: &'a [Neighbour<D>],
    /// If zero, all centres are tried for each point.
    pub(crate) near: usize,
}

/// What a search leaves for each point: the square of its distance, and of that to the next best centre (one of those
/// that were looked at; not sought for its own sake).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) error: f32,
    pub(crate) second: f32,
}

/// The label of a point of which nothing is known; then the point before it is asked.
pub(crate) const UNKNOWN: u16 = u16::MAX;

/// The nearest centres so far.
struct Best {
    square: [f32; LANES],
    second: [f32; LANES],
    which: [u32; LANES],
}

#[inline(always)]
fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

impl Best {
    #[inline(always)]
    fn none() -> Self {
        Self { square: [f32::INFINITY; LANES], second: [f32::INFINITY; LANES], which: [0; LANES] }
    }

    #[inline(always)]
    fn compare<const D: usize>(&mut self, at: &[[f32; LANES]; D], centre: &[f32; D], index: u32) {
        let mut square = [0.0; LANES];
        for c in 0..D {
            // In the order of `distance`, so that it comes to the same.
            for (square, at) in square.iter_mut().zip(&at[c]) {
                *square += (at - centre[c]) * (at - centre[c]);
            }
        }
        let best = self.square.iter_mut().zip(&mut self.second).zip(&mut self.which);
        for (&square, ((least, second), which)) in square.iter().zip(best) {
            *second = lesser(*second, greater(square, *least));
            *which = if square < *least { index } else { *which };
            *least = lesser(square, *least);
        }
    }

    /// How far from where they started the farthest of the points may have to look.
    #[inline(always)]
    fn reach(&self, root: &[f32; LANES]) -> f32 {
        let mut reach = *root;
        for (reach, square) in reach.iter_mut().zip(&self.square) {
            *reach += square.sqrt();
        }
        reach.iter().fold(0.0, |a, &b| greater(a, b))
    }

    /// Compare with every centre.
    #[inline(always)]
    fn all<const D: usize>(&mut self, at: &[[f32; LANES]; D], centres: &[[f32; D]]) {
        for (index, centre) in centres.iter().enumerate() {
            self.compare(at, centre, index as u32);
        }
    }

    /// Compare with the neighbours of one centre, as far as they can matter; says whether all that can were among them.
    #[inline(always)]
    fn around<const D: usize>(
        &mut self,
        at: &[[f32; LANES]; D],
        centres: Centres<'_, D>,
        own: usize,
    ) -> bool {
        self.compare(at, &centres.points[own], own as u32);
        let mut root = self.square;
        for root in &mut root {
            *root = root.sqrt();
        }
        for some in centres.around[own * centres.near..][..centres.near].chunks(ASKED) {
            // A little farther, since all of these are rounded, and which centres are near was asked with few bits.
            if some[0].from > self.reach(&root) * 1.002 {
                return true;
            }
            for neighbour in some {
                self.compare(at, &neighbour.at, neighbour.index);
            }
        }
        centres.near + 1 >= centres.points.len()
    }
}

/// Of several centres as near, the first.
#[inline(never)]
fn first<const D: usize>(point: &[f32; D], centres: &[[f32; D]], square: f32) -> Option<u32> {
    centres.iter().position(|centre| distance(point, centre) == square).map(|index| index as u32)
}

#[inline(always)]
fn search<const D: usize>(
    points: &[[f32; D]],
    centres: Centres<'_, D>,
    labels: &mut [u16],
    found: &mut [Found],
) {
    let mut last = 0;
    for ((points, labels), found) in
        points.chunks(LANES).zip(labels.chunks_mut(LANES)).zip(found.chunks_mut(LANES))
    {
        let mut at = [[0.0; LANES]; D];
        for l in 0..LANES {
            for c in 0..D {
                at[c][l] = points[l.min(points.len() - 1)][c];
            }
        }
        let own = if labels[0] == UNKNOWN { last } else { labels[0] };
        let mut best = Best::none();
        if centres.near == 0 || !best.around(&at, centres, usize::from(own)) {
            best = Best::none();
            best.all(&at, centres.points);
        }
        for (l, (label, found)) in labels.iter_mut().zip(found).enumerate() {
            if best.second[l] == best.square[l] {
                best.which[l] = first(&points[l], centres.points, best.square[l]).unwrap_or(best.which[l]);
            }
            *label = best.which[l] as u16;
            *found = Found { error: best.square[l], second: best.second[l] };
            last = *label;
        }
    }
}

kernel! {
    /// For points of three coordinates.
    pub(crate) fn search3(points: &[[f32; 3]], centres: Centres<'_, 3>, labels: &mut [u16], found: &mut [Found]) {
        search(points, centres, labels, found);
    }
}

kernel! {
    /// For points of four coordinates.
    pub(crate) fn search4(points: &[[f32; 4]], centres: Centres<'_, 4>, labels: &mut [u16], found: &mut [Found]) {
        search(points, centres, labels, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    /// Neighbours of every centre, nearest first, some of them.
    fn around(centres: &[[f32; 3]], near: usize) -> Vec<Neighbour<3>> {
        let mut all = Vec::new();
        for own in centres {
            let mut others: Vec<Neighbour<3>> = centres
                .iter()
                .enumerate()
                .filter(|(_, other)| *other != own)
                .map(|(index, &at)| Neighbour { from: distance(own, &at).sqrt(), at, index: index as u32 })
                .collect();
            others.sort_by(|a, b| a.from.total_cmp(&b.from));
            all.extend_from_slice(&others[..near]);
        }
        all
    }

    #[test]
    fn the_nearest_is_found_and_of_several_the_first() {
        let mut random = Random::new("nearest of many");
        // Sixteenths are exact, so many points are as near to two centres.
        let point = |random: &mut Random| [0; 3].map(|_: u8| random.below(64) as f32 / 16.0);
        for (count, near, points) in
            [(1, 0, 9), (7, 6, 30), (60, 59, 8), (200, 32, 403), (200, 0, 77), (300, 4, 100)]
        {
            let mut centres: Vec<[f32; 3]> = (0..4 * count).map(|_| point(&mut random)).collect();
            centres.sort_by(|a, b| a.partial_cmp(b).unwrap());
            centres.dedup();
            centres.truncate(count);
            let mut points: Vec<[f32; 3]> = (0..points).map(|_| point(&mut random)).collect();
            points.sort_by(|a, b| a.partial_cmp(b).unwrap());
            let near = near.min(centres.len() - 1);
            let around = around(&centres, near);
            let centres = Centres { points: &centres, around: &around, near };
            for level in Level::available() {
                for guess in [UNKNOWN, 0] {
                    let mut labels = vec![guess; points.len()];
                    let mut found = vec![Found { error: 0.0, second: 0.0 }; points.len()];
                    search3(level, &points, centres, &mut labels, &mut found);
                    for ((point, &label), found) in points.iter().zip(&labels).zip(&found) {
                        let error =
                            centres.points.iter().map(|c| distance(point, c)).fold(f32::MAX, f32::min);
                        let wanted = centres.points.iter().position(|c| distance(point, c) == error);
                        assert_eq!(Some(usize::from(label)), wanted, "{count} centres, {level}, {random}");
                        assert!(found.error == error && found.second >= error, "{random}");
                    }
                }
            }
        }
    }
}
