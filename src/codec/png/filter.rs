//! Which filter for which row, and the filtered rows of a band.
//!
//! PNG specification, third edition, sections 9 and 12.7. The sum of absolute residues named there chooses
//! well on photographs, and looking at parts of a long row chooses nearly as well as looking at all of it: the
//! filter that suits a photograph hardly changes along a row.

use super::matches::log2;
use crate::kernel::filter::{self as kernel, Stretch};
use crate::kernel::{Level, bits};

/// A filter by its number in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    None,
    Sub,
    Up,
    Average,
    Paeth,
}

const FILTERS: [Filter; 5] = [Filter::None, Filter::Sub, Filter::Up, Filter::Average, Filter::Paeth];

/// How the filter of a row is found. Each looks at the row and the one above, and at nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// The same for every row.
    Fixed(Filter),
    /// The least sum of absolute residues, on stretches of the row.
    Sampled,
    /// The least sum of absolute residues.
    LeastSum,
    /// The least entropy of the residues.
    LeastEntropy,
}

/// Bytes in a row, and in a pixel (at least one).
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) row: usize,
    pub(super) pixel: usize,
}

/// The widest pixel: four samples of 16 bits.
const MAX_PIXEL: usize = 8;

/// Stretches looked at by [`Strategy::Sampled`], and their length.
const STRETCHES: usize = 5;
const STRETCH: usize = 512;

/// The rows, each with the number of its filter in front. `above` is the row before the first.
pub(super) fn filter_rows(
    level: Level,
    shape: Shape,
    strategy: Strategy,
    above: &[u8],
    rows: &[u8],
    out: &mut Vec<u8>,
) {
    // Every byte is written below; what was there before need not be cleared.
    out.resize(rows.len() / shape.row * (shape.row + 1), 0);
    let mut above = above;
    let mut scratch = Vec::new();
    for (row, out) in rows.chunks_exact(shape.row).zip(out.chunks_exact_mut(shape.row + 1)) {
        let filter = choose(level, strategy, shape.pixel, row, above, &mut scratch);
        out[0] = filter as u8;
        apply(level, filter, shape.pixel, row, above, &mut out[1..]);
        above = row;
    }
}

fn choose(
    level: Level,
    strategy: Strategy,
    pixel: usize,
    row: &[u8],
    above: &[u8],
    scratch: &mut Vec<u8>,
) -> Filter {
    match strategy {
        Strategy::Fixed(filter) => filter,
        Strategy::Sampled => least(sampled_sums(level, pixel, row, above)),
        Strategy::LeastSum => least(sums(level, pixel, row, above)),
        Strategy::LeastEntropy => least(FILTERS.map(|filter| {
            scratch.resize(row.len(), 0);
            apply(level, filter, pixel, row, above, scratch);
            let mut counts = [0; 256];
            bits::count(level, scratch, &mut counts);
            // The entropy is a constant less this; so the least entropy is the greatest sum.
            u64::MAX - counts.iter().map(|&c| u64::from(c) * log2(c)).sum::<u64>()
        })),
    }
}

/// The filter with the least cost, the first among equals.
fn least(costs: [u64; 5]) -> Filter {
    FILTERS.into_iter().zip(costs).min_by_key(|(_, cost)| *cost).map_or(Filter::None, |(filter, _)| filter)
}

/// A row's stretch from `start` on, at least a pixel into the row.
fn stretch<'a>(pixel: usize, row: &'a [u8], above: &'a [u8], start: usize, end: usize) -> Stretch<'a> {
    Stretch {
        here: &row[start..end],
        left: &row[start - pixel..end - pixel],
        above: &above[start..end],
        corner: &above[start - pixel..end - pixel],
    }
}

/// The first pixel of a row, to whose left there is nothing.
fn first<'a>(pixel: usize, row: &'a [u8], above: &'a [u8]) -> Stretch<'a> {
    const NOTHING: &[u8] = &[0; MAX_PIXEL];
    Stretch {
        here: &row[..pixel],
        left: &NOTHING[..pixel],
        above: &above[..pixel],
        corner: &NOTHING[..pixel],
    }
}

fn sums(level: Level, pixel: usize, row: &[u8], above: &[u8]) -> [u64; 5] {
    let mut sums = [0; 5];
    kernel::weigh(level, first(pixel, row, above), &mut sums);
    kernel::weigh(level, stretch(pixel, row, above, pixel, row.len()), &mut sums);
    sums
}

fn sampled_sums(level: Level, pixel: usize, row: &[u8], above: &[u8]) -> [u64; 5] {
    if row.len() <= 2 * STRETCHES * STRETCH {
        return sums(level, pixel, row, above);
    }
    let mut sums = [0; 5];
    let pitch = (row.len() - pixel - STRETCH) / (STRETCHES - 1);
    for i in 0..STRETCHES {
        let start = pixel + i * pitch;
        kernel::weigh(level, stretch(pixel, row, above, start, start + STRETCH), &mut sums);
    }
    sums
}

fn apply(level: Level, filter: Filter, pixel: usize, row: &[u8], above: &[u8], out: &mut [u8]) {
    let (head, tail) = out.split_at_mut(pixel);
    apply_to(level, filter, first(pixel, row, above), head);
    apply_to(level, filter, stretch(pixel, row, above, pixel, row.len()), tail);
}

fn apply_to(level: Level, filter: Filter, stretch: Stretch<'_>, out: &mut [u8]) {
    match filter {
        Filter::None => out.copy_from_slice(stretch.here),
        Filter::Sub => kernel::difference(level, stretch.here, stretch.left, out),
        Filter::Up => kernel::difference(level, stretch.here, stretch.above, out),
        Filter::Average => kernel::average(level, stretch, out),
        Filter::Paeth => kernel::paeth(level, stretch, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// Undo the filters as section 9.2 says, byte after byte.
    fn unfilter(shape: Shape, filtered: &[u8]) -> Vec<u8> {
        let mut rows = vec![0u8; shape.row];
        for line in filtered.chunks_exact(shape.row + 1) {
            let start = rows.len();
            for (i, &residue) in line[1..].iter().enumerate() {
                let inside = i >= shape.pixel;
                let at = |back: usize, is_there: bool| {
                    if is_there { i32::from(rows[start + i - back]) } else { 0 }
                };
                let (a, b, c) =
                    (at(shape.pixel, inside), at(shape.row, true), at(shape.row + shape.pixel, inside));
                let p = a + b - c;
                let prediction = match line[0] {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    _ => [a, b, c].into_iter().min_by_key(|v| (p - v).abs()).unwrap(),
                };
                rows.push(residue.wrapping_add(prediction as u8));
            }
        }
        rows.split_off(shape.row)
    }

    /// Into a buffer that held something else before.
    fn filtered(level: Level, shape: Shape, strategy: Strategy, above: &[u8], rows: &[u8]) -> Vec<u8> {
        let mut out = vec![0xa5; rows.len() / 3];
        filter_rows(level, shape, strategy, above, rows, &mut out);
        out
    }

    #[test]
    fn every_strategy_can_be_undone_on_every_level() {
        let mut random = Random::new("filter rows");
        let fixed = FILTERS.map(Strategy::Fixed);
        let strategies =
            fixed.into_iter().chain([Strategy::Sampled, Strategy::LeastSum, Strategy::LeastEntropy]);
        for strategy in strategies {
            for (pixels, pixel) in [(1, 1), (1, 8), (2, 3), (33, 4), (11, 6), (6000, 3)] {
                let shape = Shape { row: pixels * pixel, pixel };
                let rows: Vec<u8> = (0..shape.row * 5).map(|_| random.below(256) as u8).collect();
                let above = vec![0; shape.row];
                let plain = filtered(Level::PLAIN, shape, strategy, &above, &rows);
                assert_eq!(unfilter(shape, &plain), rows, "{strategy:?}, {shape:?}, {random}");
                for level in Level::available() {
                    assert_eq!(filtered(level, shape, strategy, &above, &rows), plain, "{level}");
                }
            }
        }
    }

    #[test]
    fn smooth_rows_get_the_filter_that_fits() {
        let shape = Shape { row: 8000, pixel: 1 };
        let ramp: Vec<u8> = (0..8000).map(|i| (i * 3) as u8).collect();
        let above = vec![0; 8000];
        for strategy in [Strategy::Sampled, Strategy::LeastSum, Strategy::LeastEntropy] {
            let rows =
                filtered(Level::PLAIN, shape, strategy, &above, &[ramp.clone(), ramp.clone()].concat());
            assert_eq!(rows[0], Filter::Sub as u8, "{strategy:?}: nothing above, so the left neighbour");
            assert_eq!(rows[8001], Filter::Up as u8, "{strategy:?}: the row above is the same");
        }
    }
}
