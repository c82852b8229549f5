//! Sorting networks run as programs: each step takes two rows, and writes the lesser and the greater of each pair.
//!
//! Which steps there are is worked out elsewhere (`filter/median/network.rs`); here they are done, many samples at a
//! time, on rows that lie in one piece of memory (*slots*) small enough for the first cache.

use std::cell::Cell;

use super::level::kernel;

/// Samples of a row, as an index of where a row begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Where the two rows begin.
    pub(crate) from: [usize; 2],
    /// Where the lesser and the greater go, if they are wanted.
    pub(crate) to: [Option<usize>; 2],
}

/// Samples compared at a time; the lengths of rows are multiples of it.
pub(crate) const CHUNK: usize = 64;

macro_rules! for_sample {
    ($name:ident, $sample:ty) => {
        kernel! {
            /// All steps, on rows of `len` samples. A result may lie where its operands do, or to their left.
            pub(crate) fn $name(steps: &[Step], slots: &mut [$sample], len: usize) {
                let slots = Cell::from_mut(slots).as_slice_of_cells();
                let row = |at: usize| slots[at..][..len].as_chunks::<CHUNK>().0;
                for step in steps {
                    let [a, b] = step.from.map(row);
                    match step.to {
                        [Some(low), Some(high)] => {
                            let results = row(low).iter().zip(row(high));
                            for ((a, b), (low, high)) in a.iter().zip(b).zip(results) {
                                let (a, b) = (read(a), read(b));
                                write(low, std::array::from_fn(|i| a[i].min(b[i])));
                                write(high, std::array::from_fn(|i| a[i].max(b[i])));
                            }
                        }
                        [Some(low), None] => {
                            for ((a, b), low) in a.iter().zip(b).zip(row(low)) {
                                let (a, b) = (read(a), read(b));
                                write(low, std::array::from_fn(|i| a[i].min(b[i])));
                            }
                        }
                        [None, Some(high)] => {
                            for ((a, b), high) in a.iter().zip(b).zip(row(high)) {
                                let (a, b) = (read(a), read(b));
                                write(high, std::array::from_fn(|i| a[i].max(b[i])));
                            }
                        }
                        [None, None] => {}
                    }
                }
            }
        }
    };
}

#[inline(always)]
fn read<T: Copy>(cells: &[Cell<T>; CHUNK]) -> [T; CHUNK] {
    std::array::from_fn(|i| cells[i].get())
}

#[inline(always)]
fn write<T: Copy>(cells: &[Cell<T>; CHUNK], values: [T; CHUNK]) {
    for (cell, value) in cells.iter().zip(values) {
        cell.set(value);
    }
}

for_sample!(run_u8, u8);
for_sample!(run_u16, u16);

kernel! {
    /// Add the counts of the columns that enter a window and take away those of the columns that leave it.
    pub(crate) fn shift_counts(counts: &mut [u16; 16], enter: &[u16; 16], leave: &[u16; 16]) {
        for ((count, enter), leave) in counts.iter_mut().zip(enter).zip(leave) {
            *count = count.wrapping_add(*enter).wrapping_sub(*leave);
        }
    }
}
