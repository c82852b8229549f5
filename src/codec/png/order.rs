//! An order of the palette in which colours that lie side by side in the picture have numbers side by side.
//!
//! Deflate alone does not care what colours are called. Filters do: they take differences of numbers, and those are
//! small in such an order. It is a chain that grows at both ends, each time by the colour that is met most often
//! beside the one at that end (after Zeng, Li and Lei, "An efficient color re-indexing scheme for palette-based
//! compression", 2000).

use super::palette::Palette;
use super::raster::Raster;

/// Rows that are looked at.
const ROWS: usize = 512;

/// How often two entries are neighbours, in a table of `count` rows.
struct Neighbours {
    count: usize,
    times: Vec<u32>,
}

/// The palette of a raster of one byte a pixel in that order; what is not opaque stays in front.
pub(super) fn chained(raster: &Raster<'_>, palette: &Palette) -> Palette {
    let neighbours = Neighbours::of(raster, palette.colours().len());
    let clear = palette.colours().iter().filter(|colour| colour[3] < 255).count();
    let mut order: Vec<usize> = (0..clear).collect();
    order.extend(neighbours.chain(clear));
    palette.arranged(&order)
}

impl Neighbours {
    fn of(raster: &Raster<'_>, count: usize) -> Self {
        let mut neighbours = Self { count, times: vec![0; count * count] };
        let (width, height) = (raster.shape().row, raster.size.height());
        let mut scratch = Vec::new();
        for y in (0..height).step_by(height.div_ceil(ROWS)) {
            let rows = raster.rows(y..(y + 2).min(height), &mut scratch);
            let (here, below) = rows.split_at(width);
            here.windows(2).for_each(|pair| neighbours.met(pair[0], pair[1]));
            here.iter().zip(below).for_each(|(&a, &b)| neighbours.met(a, b));
        }
        neighbours
    }

    fn met(&mut self, a: u8, b: u8) {
        let (a, b) = (usize::from(a), usize::from(b));
        self.times[a * self.count + b] += 1;
        self.times[b * self.count + a] += 1;
    }

    /// Of the entries that are left the one met most often beside `end`, and how often; the first of several.
    fn best(&self, end: usize, left: &[usize]) -> (u32, usize) {
        let row = &self.times[end * self.count..][..self.count];
        let best = (0..left.len()).rev().max_by_key(|&i| row[left[i]]).unwrap_or(0);
        (row[left[best]], best)
    }

    /// The entries from `first` on, as a chain.
    fn chain(&self, first: usize) -> Vec<usize> {
        let mut left: Vec<usize> = (first..self.count).collect();
        if left.is_empty() {
            return left;
        }
        let often = |&i: &usize| -> u64 {
            left.iter().filter(|j| **j != i).map(|&j| u64::from(self.times[i * self.count + j])).sum()
        };
        let start = (0..left.len()).rev().max_by_key(|&i| often(&left[i])).unwrap_or(0);
        let mut chain = std::collections::VecDeque::from([left.remove(start)]);
        while !left.is_empty() {
            let (front, back) = (self.best(chain[0], &left), self.best(chain[chain.len() - 1], &left));
            if front.0 > back.0 {
                chain.push_front(left.remove(front.1));
            } else {
                chain.push_back(left.remove(back.1));
            }
        }
        chain.into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::reduce::{Family, reduced};
    use super::*;
    use crate::codec::Metadata;
    use crate::context::Context;
    use crate::pixel::{Layout, Picture, Size};
    use crate::test_support::Random;

    /// A ramp whose colours have no order among themselves.
    fn ramp(colours: &[[u8; 4]]) -> Picture {
        let size = Size::from_usize(colours.len() * 4, 9).unwrap();
        let row: Vec<[u8; 4]> = colours.iter().flat_map(|colour| [*colour; 4]).collect();
        Picture::new(size, Layout::Rgba, row.repeat(9).concat()).unwrap()
    }

    #[test]
    fn a_ramp_is_put_in_its_own_order() {
        let mut random = Random::new("chain");
        let colours: Vec<[u8; 4]> =
            (0..40).map(|i| [random.next() as u8, random.next() as u8, i, 255]).collect();
        let picture = ramp(&colours);
        let raster = reduced(&picture, Family::of(&Metadata::default()), &Context::default()).unwrap();
        let chained = chained(&raster, raster.palette().unwrap());
        let mut found = chained.colours().to_vec();
        if found[0] != colours[0] {
            found.reverse();
        }
        assert_eq!(found, colours, "{random}");
    }

    #[test]
    fn what_is_not_opaque_stays_in_front() {
        let mut colours: Vec<[u8; 4]> = (0..30).map(|i| [i, 255 - i, 3, 255]).collect();
        (colours[7][3], colours[20][3]) = (128, 9);
        let picture = ramp(&colours);
        let raster = reduced(&picture, Family::of(&Metadata::default()), &Context::default()).unwrap();
        let chained = chained(&raster, raster.palette().unwrap());
        assert!(chained.colours()[..2].iter().all(|c| c[3] < 255));
        assert!(chained.colours()[2..].iter().all(|c| c[3] == 255));
        assert_eq!(chained.colours().len(), 30);
    }
}
