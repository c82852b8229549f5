//! Large squares of bytes: counting, at a cost that does not depend on the radius.
//!
//! Every column of the window keeps a histogram; going down a row, each loses one sample and gains one. The window's
//! histogram gains one column and loses one for each step to the right. Histograms have two levels, 16 counts of 16
//! values each and the 256 values; of the fine level only the part that holds the median is brought up to date, and
//! only when it is looked at (Perreault and Hébert, "Median filtering in constant time", 2007).

use super::Shape;
use crate::context::Context;
use crate::error::Result;
use crate::filter::mirror::mirrored;
use crate::kernel::median::shift_counts;
use crate::parallel::{BAND_ROWS, for_each_band};

type Counts = [u16; 16];

/// A histogram of bytes.
#[derive(Clone, Default)]
struct Histogram {
    coarse: Counts,
    fine: [Counts; 16],
}

impl Histogram {
    fn count(&mut self, value: u8, by: u16) {
        let (high, low) = (usize::from(value >> 4), usize::from(value & 15));
        self.coarse[high] = self.coarse[high].wrapping_add(by);
        self.fine[high][low] = self.fine[high][low].wrapping_add(by);
    }
}

/// The greatest radius whose windows can be counted in 16 bits.
pub(super) const LARGEST: usize = 127;

/// The median of each square of `2 · radius + 1` samples.
pub(super) fn median(
    source: &[u8],
    shape: Shape,
    radius: usize,
    target: &mut [u8],
    context: &Context,
) -> Result<()> {
    // The columns are counted anew at the top of each band; tall windows get tall bands.
    let rows = BAND_ROWS.max(4 * radius);
    for_each_band(context, target, rows * shape.row_len(), |index, band| {
        let mut columns = vec![Histogram::default(); shape.width];
        for channel in 0..shape.channels {
            let mut counting = Counting { source, shape, radius, channel, columns: &mut columns };
            counting.start(index * rows);
            for (y, row) in band.chunks_exact_mut(shape.row_len()).enumerate() {
                counting.next_row(index * rows + y);
                counting.along(row, context);
            }
        }
        Ok(())
    })
}

struct Counting<'a> {
    source: &'a [u8],
    shape: Shape,
    radius: usize,
    channel: usize,
    columns: &'a mut [Histogram],
}

impl Counting<'_> {
    /// Count the rows of the window above the one of `y`.
    fn start(&mut self, y: usize) {
        self.columns.fill(Histogram::default());
        for offset in -1..2 * self.radius as isize {
            self.count_row(y as isize + offset - self.radius as isize, 1);
        }
    }

    fn next_row(&mut self, y: usize) {
        self.count_row(y as isize - self.radius as isize - 1, 1u16.wrapping_neg());
        self.count_row((y + self.radius) as isize, 1);
    }

    fn count_row(&mut self, y: isize, by: u16) {
        let row_len = self.shape.row_len();
        let row = &self.source[mirrored(y, self.shape.height) * row_len..][..row_len];
        for (column, pixel) in self.columns.iter_mut().zip(row.chunks_exact(self.shape.channels)) {
            column.count(pixel[self.channel], by);
        }
    }

    /// The medians of a row.
    fn along(&self, row: &mut [u8], context: &Context) {
        let (radius, width) = (self.radius as isize, self.columns.len());
        let column = |x: isize| &self.columns[mirrored(x, width)];
        let middle = ((2 * self.radius + 1).pow(2) / 2) as u16;
        let mut window = Histogram::default();
        // The place for which each part of the fine level is up to date.
        let mut known = [isize::MIN; 16];
        for x in -radius - 1..radius {
            shift_counts(context.level, &mut window.coarse, &column(x).coarse, &[0; 16]);
        }
        for (x, pixel) in row.chunks_exact_mut(self.shape.channels).enumerate() {
            let x = x as isize;
            let (enter, leave) = (column(x + radius), column(x - radius - 1));
            shift_counts(context.level, &mut window.coarse, &enter.coarse, &leave.coarse);
            let (high, below) = find(&window.coarse, middle);
            let fine = &mut window.fine[high];
            if x.saturating_sub(known[high]) > radius {
                *fine = [0; 16];
                for x in x - radius..=x + radius {
                    shift_counts(context.level, fine, &column(x).fine[high], &[0; 16]);
                }
            } else {
                for x in known[high] + 1..=x {
                    let (enter, leave) = (column(x + radius), column(x - radius - 1));
                    shift_counts(context.level, fine, &enter.fine[high], &leave.fine[high]);
                }
            }
            known[high] = x;
            let (low, _) = find(fine, middle - below);
            pixel[self.channel] = (high * 16 + low) as u8;
        }
    }
}

/// Where the count passes `wanted`, and how many lie below.
fn find(counts: &Counts, wanted: u16) -> (usize, u16) {
    let mut below = 0;
    for (i, count) in counts.iter().enumerate() {
        if below + count > wanted {
            return (i, below);
        }
        below += count;
    }
    (counts.len() - 1, below)
}
