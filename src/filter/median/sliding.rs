//! Large squares of 16-bit samples: one histogram slides along the row.
//!
//! It loses a column and gains one at each step, and the median is followed from where it was (Huang, Yang and Tang,
//! "A fast two-dimensional median filtering algorithm", 1979). It has two levels, 256 counts of 256 values each and
//! the 65 536 values, so that following never takes long. The cost grows with the radius, not with its square.

use super::Shape;
use crate::context::Context;
use crate::error::Result;
use crate::filter::mirror::mirrored;
use crate::parallel::{BAND_ROWS, for_each_band};

struct Histogram {
    coarse: Vec<u32>,
    fine: Vec<u32>,
}

impl Histogram {
    fn count(&mut self, value: u16, by: u32) {
        let (high, all) = (usize::from(value >> 8), usize::from(value));
        self.coarse[high] = self.coarse[high].wrapping_add(by);
        self.fine[all] = self.fine[all].wrapping_add(by);
    }
}

/// The median of each square of `2 · radius + 1` samples.
pub(super) fn median(
    source: &[u16],
    shape: Shape,
    radius: usize,
    target: &mut [u16],
    context: &Context,
) -> Result<()> {
    for_each_band(context, target, BAND_ROWS / 4 * shape.row_len(), |index, band| {
        let mut histogram = Histogram { coarse: vec![0; 256], fine: vec![0; 65_536] };
        for (y, row) in band.chunks_exact_mut(shape.row_len()).enumerate() {
            let y = (index * BAND_ROWS / 4 + y) as isize;
            let rows: Vec<_> = (y - radius as isize..=y + radius as isize)
                .map(|y| &source[mirrored(y, shape.height) * shape.row_len()..][..shape.row_len()])
                .collect();
            for channel in 0..shape.channels {
                along(&rows, shape, channel, &mut histogram, row);
            }
        }
        Ok(())
    })
}

fn along(rows: &[&[u16]], shape: Shape, channel: usize, histogram: &mut Histogram, row: &mut [u16]) {
    let (radius, channels) = ((rows.len() / 2) as isize, shape.channels);
    let column = |histogram: &mut Histogram, x: isize, by: u32| {
        let at = mirrored(x, shape.width) * channels + channel;
        rows.iter().for_each(|row| histogram.count(row[at], by));
    };
    let middle = (rows.len() * rows.len() / 2) as u32;
    (-radius - 1..radius).for_each(|x| column(histogram, x, 1));
    for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
        column(histogram, x as isize - radius - 1, u32::MAX);
        column(histogram, x as isize + radius, 1);
        let (high, below) = find(&histogram.coarse, middle);
        let (low, _) = find(&histogram.fine[high * 256..][..256], middle - below);
        pixel[channel] = (high * 256 + low) as u16;
    }
    let width = shape.width as isize;
    (width - 1 - radius..width + radius).for_each(|x| column(histogram, x, u32::MAX));
}

/// Where the count passes `wanted`, and how many lie below.
fn find(counts: &[u32], wanted: u32) -> (usize, u32) {
    let (mut at, mut below) = (0, 0);
    // In steps of eight first: their sums are cheap.
    for eight in counts.chunks_exact(8) {
        let sum: u32 = eight.iter().sum();
        if below + sum > wanted {
            break;
        }
        (at, below) = (at + 8, below + sum);
    }
    while at + 1 < counts.len() && below + counts[at] <= wanted {
        below += counts[at];
        at += 1;
    }
    (at, below)
}
