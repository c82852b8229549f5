//! One row of blocks at a time, as planes of brightness and colour, filled up to whole blocks.

use crate::kernel::fdct::UNIT_WIDTH;
use crate::kernel::{Level, ycbcr};
use crate::pixel::View;

/// Which planes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sampling {
    /// Luma alone.
    Grey,
    /// Each pixel keeps its own chroma (4:4:4).
    Full,
    /// Four pixels share one (4:2:0).
    Quarter,
}

impl Sampling {
    /// Blocks of luma across, and down, for each of chroma.
    pub(super) fn factor(self) -> usize {
        if self == Self::Quarter { 2 } else { 1 }
    }

    /// Pixels across, and down, in what the standard calls a minimum coded unit (T.81, A.2.4).
    pub(super) fn unit(self) -> usize {
        8 * self.factor()
    }

    /// Luma, and the two of chroma if there are any.
    pub(super) fn components(self) -> usize {
        if self == Self::Grey { 1 } else { 3 }
    }
}

/// A row of samples after another, `stride` apart: whole units of the transform.
pub(super) struct Plane {
    samples: Vec<u8>,
    pub(super) stride: usize,
}

impl Plane {
    fn new(columns: usize, rows: usize) -> Self {
        let stride = columns.next_multiple_of(UNIT_WIDTH);
        Self { samples: vec![0; stride * rows], stride }
    }

    fn row(&mut self, y: usize) -> &mut [u8] {
        &mut self.samples[y * self.stride..][..self.stride]
    }

    /// The samples from a unit of the transform on, `at` units from the left, and row `top`.
    pub(super) fn unit(&self, at: usize, top: usize) -> &[u8] {
        &self.samples[top * self.stride + at * UNIT_WIDTH..]
    }

    /// Repeat the last of `count` samples to the end of the row.
    fn extend(&mut self, y: usize, count: usize) {
        let (samples, rest) = self.row(y).split_at_mut(count);
        rest.fill(samples[count - 1]);
    }
}

/// The planes of one row of coded units. One set serves a whole band.
pub(super) struct Planes {
    pub(super) luma: Plane,
    pub(super) cb: Plane,
    pub(super) cr: Plane,
    sampling: Sampling,
    level: Level,
}

impl Planes {
    pub(super) fn new(width: usize, sampling: Sampling, level: Level) -> Self {
        // As many columns of chroma as fill whole units of the transform; luma has just `factor` times those.
        let columns = width.div_ceil(sampling.factor()).next_multiple_of(UNIT_WIDTH);
        let chroma = || Plane::new(columns, if sampling == Sampling::Grey { 0 } else { 8 });
        let luma = Plane::new(columns * sampling.factor(), sampling.unit());
        Self { luma, cb: chroma(), cr: chroma(), sampling, level }
    }

    /// The rows from `top` on. Beyond the edges, the last pixel is repeated.
    pub(super) fn fill(&mut self, view: View<'_, u8>, top: usize) {
        let (width, level) = (view.size().width(), self.level);
        let columns = width.div_ceil(self.sampling.factor());
        let row = |y: usize| view.row((top + y).min(view.size().height() - 1));
        for y in 0..self.sampling.unit() {
            let luma = &mut self.luma.row(y)[..width];
            match self.sampling {
                Sampling::Grey => luma.copy_from_slice(row(y)),
                Sampling::Full => {
                    ycbcr::all(
                        level,
                        row(y),
                        luma,
                        &mut self.cb.row(y)[..width],
                        &mut self.cr.row(y)[..width],
                    );
                }
                Sampling::Quarter => ycbcr::luma(level, row(y), luma),
            }
            self.luma.extend(y, width);
        }
        for y in 0..8 {
            if self.sampling == Sampling::Quarter {
                let (cb, cr) = (&mut self.cb.row(y)[..columns], &mut self.cr.row(y)[..columns]);
                ycbcr::shared_chroma(level, row(2 * y), row(2 * y + 1), cb, cr);
            }
            if self.sampling != Sampling::Grey {
                self.cb.extend(y, columns);
                self.cr.extend(y, columns);
            }
        }
    }
}
