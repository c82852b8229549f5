//! One row of a picture opened into three rows of `f32`, and put back.

use crate::color::convert::convert_rows;
use crate::kernel::Level;
use crate::kernel::interleave::Store;
use crate::pixel::{Encoding, Layout};

/// Three colour rows, reused from row to row. A grey picture fills all three alike.
pub(super) struct Rows([Vec<f32>; 3]);

impl Rows {
    pub(super) fn new(width: usize) -> Self {
        Self(std::array::from_fn(|_| vec![0.0; width]))
    }

    pub(super) fn each(&mut self) -> [&mut [f32]; 3] {
        let [a, b, c] = &mut self.0;
        [a, b, c]
    }

    pub(super) fn open<T: Store>(&mut self, level: Level, pixels: &[T], layout: Layout) {
        for (channel, row) in self.each().into_iter().enumerate() {
            T::take(level, pixels, layout.channels(), if layout.is_grey() { 0 } else { channel }, row);
        }
    }

    pub(super) fn convert(&mut self, level: Level, from: Encoding, to: Encoding) {
        convert_rows(level, from, to, self.each());
    }

    pub(super) fn close<T: Store>(&mut self, level: Level, pixels: &mut [T], layout: Layout) {
        for (channel, row) in self.each().into_iter().enumerate().take(layout.colours()) {
            T::put(level, row, layout.channels(), channel, pixels);
        }
    }
}
