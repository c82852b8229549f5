//! The pyramids of a picture and of its waves, and their collapse.
//!
//! What is kept of the result while it grows is its difference from `β` times the picture at the same level. In it the
//! linear part of the remapping drops out of every level but the coarsest: each is the coarser one enlarged plus what
//! the sines add, and the coarsest, whose tones stay as they are, is `1 - β` times the picture.

use super::series::Series;
use crate::context::Context;
use crate::error::Result;
use crate::filter::pyramid::{Doubled, Split, reduce, reduce_planes, sizes};
use crate::kernel::{Level, local_laplacian as rows, pyramid};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Plane, Size};

/// Every level but the finest, which is the picture itself: its lightness, then sine and cosine of each frequency.
pub(super) struct Pyramid {
    series: Series,
    levels: Vec<Vec<Plane>>,
}

impl Pyramid {
    /// None where the picture is too small to have levels.
    pub(super) fn new(plane: &Plane, series: Series, context: &Context) -> Result<Option<Self>> {
        let count = sizes(plane.size()).len();
        if count < 2 {
            return Ok(None);
        }
        let (level, width) = (context.level, plane.size().width());
        let planes = 1 + 2 * series.weights.len();
        let first = reduce(context, plane.size(), planes, || {
            let mut split = Split::new(width);
            let mut halves = [Waves::new(split.even.len()), Waves::new(split.even.len())];
            let series = &series;
            move |y, out: &mut [Vec<f32>]| {
                split.cut(plane.row(y));
                pyramid::halve(level, &split.even, &split.odd, &mut out[0]);
                let [even, odd] = &mut halves;
                even.start(level, &split.even, series.frequency);
                odd.start(level, &split.odd, series.frequency);
                for pair in out[1..].chunks_exact_mut(2) {
                    pyramid::halve(level, &even.sin, &odd.sin, &mut pair[0]);
                    pyramid::halve(level, &even.cos, &odd.cos, &mut pair[1]);
                    even.next(level);
                    odd.next(level);
                }
            }
        })?;
        let mut levels = vec![first];
        while levels.len() + 1 < count {
            levels.push(reduce_planes(&levels[levels.len() - 1], context)?);
        }
        Ok(Some(Self { series, levels }))
    }

    /// What the result is above `β` times the picture.
    pub(super) fn collapse(
        mut self,
        plane: &Plane,
        gains: &[f32],
        compression: f32,
        context: &Context,
    ) -> Result<Plane> {
        let mut coarse = self.levels.pop().unwrap_or_default();
        let mut sum = coarse[0].clone();
        sum.samples_mut().iter_mut().for_each(|value| *value *= compression);
        while let Some(fine) = self.levels.pop() {
            let gain = gains[self.levels.len() + 1] + compression;
            let up =
                Up { series: &self.series, tone: &fine[0], fine: &fine[1..], coarse: &coarse[1..], gain };
            sum = up.level(&sum, context)?;
            coarse = fine;
        }
        let gain = gains[0] + compression;
        Up { series: &self.series, tone: plane, fine: &[], coarse: &coarse[1..], gain }.level(&sum, context)
    }
}

/// From one level to the next finer.
struct Up<'a> {
    series: &'a Series,
    /// The picture at the finer level.
    tone: &'a Plane,
    /// Waves there; none on the finest level, where they are those of the tone itself.
    fine: &'a [Plane],
    coarse: &'a [Plane],
    gain: f32,
}

impl Up<'_> {
    fn level(&self, sum: &Plane, context: &Context) -> Result<Plane> {
        let (size, level) = (self.tone.size(), context.level);
        let mut result = Plane::filled(size, 0.0);
        let width = size.width();
        for_each_band(context, result.samples_mut(), width * BAND_ROWS, |index, band| {
            let mut scratch = Scratch::new(size, sum.size());
            for (y, row) in band.chunks_exact_mut(width).enumerate() {
                self.row(level, &mut scratch, sum, index * BAND_ROWS + y, row);
            }
            Ok(())
        })?;
        Ok(result)
    }

    fn row(&self, level: Level, scratch: &mut Scratch, sum: &Plane, y: usize, row: &mut [f32]) {
        let Scratch { split, own, waves, up, sums } = scratch;
        sums.iter_mut().for_each(|sum| sum.fill(0.0));
        if self.gain != 0.0 {
            split.cut(self.tone.row(y));
            for (waves, tone) in waves.iter_mut().zip(split.inner()) {
                waves.start(level, tone, self.series.frequency);
            }
            for (j, weight) in self.series.weights.iter().enumerate() {
                for (up, coarse) in up.iter_mut().zip(&self.coarse[2 * j..]) {
                    up.make(level, coarse, y);
                }
                for (own, fine) in own.iter_mut().zip(self.fine.iter().skip(2 * j)) {
                    own.cut(fine.row(y));
                }
                let [sin, cos] = up;
                for (half, coarse) in [[&sin.even, &cos.even], [&sin.odd, &cos.odd]].into_iter().enumerate() {
                    let phase = [&waves[half].sin[..], &waves[half].cos];
                    let fine = if self.fine.is_empty() {
                        phase
                    } else {
                        [own[0].inner()[half], own[1].inner()[half]]
                    };
                    rows::add_term(level, *weight, fine, coarse.map(|row| &row[..]), phase, &mut sums[half]);
                }
                waves.iter_mut().for_each(|waves| waves.next(level));
            }
        }
        let [first, _] = up;
        first.make(level, sum, y);
        rows::settle(level, &mut sums[0], self.gain, &first.even);
        rows::settle(level, &mut sums[1], self.gain, &first.odd);
        pyramid::join(&sums[0], &sums[1], row);
    }
}

/// What a band needs to make its rows.
struct Scratch {
    split: Split,
    own: [Split; 2],
    waves: [Waves; 2],
    up: [Doubled; 2],
    sums: [Vec<f32>; 2],
}

impl Scratch {
    fn new(fine: Size, coarse: Size) -> Self {
        let (width, half) = (fine.width(), coarse.width());
        Self {
            split: Split::new(width),
            own: std::array::from_fn(|_| Split::new(width)),
            waves: std::array::from_fn(|_| Waves::new(half)),
            up: std::array::from_fn(|_| Doubled::new(coarse)),
            sums: std::array::from_fn(|_| vec![0.0; half]),
        }
    }
}

/// Sine and cosine of a row, one multiple of the frequency after the other.
struct Waves {
    base: [Vec<f32>; 2],
    sin: Vec<f32>,
    cos: Vec<f32>,
}

impl Waves {
    fn new(len: usize) -> Self {
        Self { base: [vec![0.0; len], vec![0.0; len]], sin: vec![0.0; len], cos: vec![0.0; len] }
    }

    fn start(&mut self, level: Level, values: &[f32], frequency: f32) {
        rows::waves(level, values, frequency, &mut self.sin, &mut self.cos);
        self.base[0].copy_from_slice(&self.sin);
        self.base[1].copy_from_slice(&self.cos);
    }

    fn next(&mut self, level: Level) {
        let [sin, cos] = &self.base;
        rows::next_waves(level, &mut self.sin, &mut self.cos, sin, cos);
    }
}
