//! One band: from planes to blocks, and from blocks to whoever takes their symbols.

use super::huffman::{Sink, put};
use super::planes::{Planes, Sampling};
use crate::kernel::Level;
use crate::kernel::fdct::{Block, Divisors, Scratch, UNIT, transform};

/// A band on its way.
pub(super) struct Band<S> {
    sampling: Sampling,
    divisors: [Divisors; 2],
    level: Level,
    pub(super) sink: S,
    /// The DC coefficients of the blocks before, of each component.
    before: [i16; 3],
    /// Blocks side by side: of luma, in up to two rows, and of chroma.
    luma: [[[Block; UNIT]; 2]; 2],
    chroma: [[Block; UNIT]; 2],
    scratch: Scratch,
}

impl<S: Sink> Band<S> {
    pub(super) fn new(sampling: Sampling, divisors: [Divisors; 2], level: Level, sink: S) -> Self {
        Self {
            sampling,
            divisors,
            level,
            sink,
            before: [0; 3],
            luma: [[[Block::ZERO; UNIT]; 2]; 2],
            chroma: [[Block::ZERO; UNIT]; 2],
            scratch: Scratch::NEW,
        }
    }

    /// A row of `units` coded units, as many at a time as the transform takes.
    pub(super) fn put(&mut self, planes: &Planes, units: usize) {
        for start in (0..units).step_by(UNIT) {
            self.transform(planes, start / UNIT);
            for unit in 0..UNIT.min(units - start) {
                self.put_unit(unit);
            }
        }
    }

    fn transform(&mut self, planes: &Planes, at: usize) {
        let Self { divisors: [luma, chroma], scratch, level, .. } = self;
        let factor = self.sampling.factor();
        for (y, row) in self.luma[..factor].iter_mut().enumerate() {
            for (x, blocks) in row[..factor].iter_mut().enumerate() {
                let samples = planes.luma.unit(factor * at + x, 8 * y);
                transform(*level, samples, planes.luma.stride, luma, scratch, blocks);
            }
        }
        if self.sampling != Sampling::Grey {
            for (plane, blocks) in [&planes.cb, &planes.cr].into_iter().zip(&mut self.chroma) {
                transform(*level, plane.unit(at, 0), plane.stride, chroma, scratch, blocks);
            }
        }
    }

    /// Luma row by row, then chroma (T.81, A.2.3).
    fn put_unit(&mut self, unit: usize) {
        let [y, cb, cr] = &mut self.before;
        let factor = self.sampling.factor();
        for row in &self.luma[..factor] {
            for block in &row.as_flattened()[factor * unit..][..factor] {
                put(block, 0, y, &mut self.sink);
            }
        }
        if self.sampling != Sampling::Grey {
            put(&self.chroma[0][unit], 1, cb, &mut self.sink);
            put(&self.chroma[1][unit], 1, cr, &mut self.sink);
        }
    }
}
