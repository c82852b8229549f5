//! Small squares: sorting networks, tile by tile.

use super::network::{Network, Program};
use super::{Sample, Shape};
use crate::context::Context;
use crate::error::Result;
use crate::filter::mirror::mirrored;
use crate::kernel::median::{CHUNK, Step};
use crate::parallel::{BAND_ROWS, for_each_band};

/// The largest radius whose networks are faster than counting.
pub(super) const LARGEST: usize = 6;

/// Bytes of all slots together: what a first-level cache holds.
const CACHE: usize = 28 << 10;

/// The median of each square of `2 · radius + 1` samples.
pub(super) fn median<T: Sample>(
    source: &[T],
    shape: Shape,
    radius: usize,
    target: &mut [T],
    context: &Context,
) -> Result<()> {
    let program = Network::new(2 * radius + 1).compile();
    let plan = Plan::new::<T>(&program, shape, radius);
    for_each_band(context, target, BAND_ROWS * shape.row_len(), |index, band| {
        let mut memory = vec![T::default(); program.slots * plan.stride + 2 * CHUNK];
        // Whole slots begin where cache lines do.
        let start = memory.as_ptr().align_offset(CHUNK).min(CHUNK);
        let slots = &mut memory[start..];
        for (y, row) in band.chunks_exact_mut(shape.row_len()).enumerate() {
            for (tile, piece) in row.chunks_mut(plan.pixels * shape.channels).enumerate() {
                plan.load(source, index * BAND_ROWS + y, tile * plan.pixels, piece.len(), slots);
                T::run(context.level, &plan.steps, slots, plan.len);
                piece.copy_from_slice(&slots[program.result * plan.stride..][..piece.len()]);
            }
        }
        Ok(())
    })
}

struct Plan {
    shape: Shape,
    radius: usize,
    /// Pixels of a tile.
    pixels: usize,
    /// Samples that are worked on: the tile, and what its last windows see to the right.
    len: usize,
    /// Samples between slots: windows may look further, at what does not matter.
    stride: usize,
    steps: Vec<Step>,
}

impl Plan {
    fn new<T>(program: &Program, shape: Shape, radius: usize) -> Self {
        let beyond = 2 * radius * shape.channels;
        let room = CACHE / size_of::<T>() / program.slots;
        let wanted = shape.row_len().next_multiple_of(CHUNK) + beyond.next_multiple_of(CHUNK);
        let len = (room / CHUNK * CHUNK).clamp(beyond + 2 * CHUNK, 1024).next_multiple_of(CHUNK).min(wanted);
        let stride = (len + beyond).next_multiple_of(CHUNK);
        let steps = program.steps(stride, shape.channels);
        Self { shape, radius, pixels: (len - beyond) / shape.channels, len, stride, steps }
    }

    /// The rows of the tile's windows, from the left end of its first.
    fn load<T: Sample>(&self, source: &[T], y: usize, x: usize, piece: usize, slots: &mut [T]) {
        let (channels, width) = (self.shape.channels, self.shape.width);
        let first = self.radius.saturating_sub(x);
        let count = piece / channels + 2 * self.radius;
        let last = count.min(width + self.radius - x);
        for (i, slot) in slots.chunks_mut(self.stride).enumerate().take(2 * self.radius + 1) {
            let at = mirrored((y + i) as isize - self.radius as isize, self.shape.height);
            let row = &source[at * self.shape.row_len()..][..self.shape.row_len()];
            let inside = &row[(x + first - self.radius) * channels..(x + last - self.radius) * channels];
            slot[first * channels..last * channels].copy_from_slice(inside);
            for column in (0..first).chain(last..count) {
                let from = mirrored((x + column) as isize - self.radius as isize, width) * channels;
                slot[column * channels..][..channels].copy_from_slice(&row[from..][..channels]);
            }
        }
    }
}
