//! A picture within a larger one, and what is drawn around it.

use crate::color::convert::convert_rows;
use crate::error::{Error, Result};
use crate::kernel::Level;
use crate::kernel::interleave::Store;
use crate::op::StepContext;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Alpha, Encoding, Layout, Picture, Samples, Size};

/// Where the picture lies in the new one.
pub(super) struct Place {
    outer: Size,
    left: usize,
    top: usize,
}

impl Place {
    /// In the middle of a picture that is wider by `width` pixels on all sides, and has the ratio of sides asked for.
    pub(super) fn new(size: Size, width: f32, ratio: Option<f64>) -> Result<Self> {
        let width = width.round() as f64;
        let (w, h) = (size.width() as f64 + 2.0 * width, size.height() as f64 + 2.0 * width);
        let (w, h) = match ratio {
            Some(ratio) if w < h * ratio => (h * ratio, h),
            Some(ratio) => (w, w / ratio),
            None => (w, h),
        };
        let side = |side: f64| side.round().clamp(1.0, f64::from(u32::MAX)) as u32;
        let outer = Size::new(side(w), side(h))
            .map_err(|error| Error::unsupported(error.to_string(), "ask for a narrower border"))?;
        let free = |outer: usize, inner: usize| outer.saturating_sub(inner) / 2;
        Ok(Self { outer, left: free(outer.width(), size.width()), top: free(outer.height(), size.height()) })
    }

    /// The size of the new picture.
    pub(super) fn outer(&self) -> Size {
        self.outer
    }
}

/// What is drawn around a picture, and may lie over it.
pub(super) trait Surround: Sync {
    /// Draw over the rows, which hold row `y` of the picture from `left` on.
    fn draw(&self, rows: &mut Rows, y: i64, left: i64);
}

/// A new picture with the old one in its place and what surrounds it.
pub(super) fn surrounded(
    picture: &Picture,
    place: Place,
    around: &dyn Surround,
    layout: Layout,
    step: &StepContext<'_>,
) -> Result<Picture> {
    step.work.limits.admit(place.outer, layout.channels() * step.rest.bytes())?;
    let mut samples = Samples::zeros(step.rest, place.outer.pixels() * layout.channels());
    let job = Job { picture, place, around, layout, step };
    match &mut samples {
        Samples::U8(s) => job.run(s)?,
        Samples::U16(s) => job.run(s)?,
        Samples::F32(s) => job.run(s)?,
    }
    Picture::with_meaning(job.place.outer, layout, picture.encoding(), picture.alpha(), samples)
        .map_err(|error| Error::Fault { place: "border".into(), message: error.to_string() })
}

struct Job<'a> {
    picture: &'a Picture,
    place: Place,
    around: &'a dyn Surround,
    layout: Layout,
    step: &'a StepContext<'a>,
}

impl Job<'_> {
    fn run<T: Store>(&self, target: &mut [T]) -> Result<()> {
        let row_len = self.place.outer.width() * self.layout.channels();
        for_each_band(self.step.work, target, row_len * BAND_ROWS, |index, band| {
            for (y, row) in band.chunks_exact_mut(row_len).enumerate() {
                let y = (index * BAND_ROWS + y) as i64 - self.place.top as i64;
                let inside = usize::try_from(y).ok().filter(|y| *y < self.picture.size().height());
                let mut rows = Rows::new(self.place.outer.width());
                if let Some(y) = inside {
                    let (level, left) = (self.step.work.level, self.place.left);
                    match self.picture.samples() {
                        Samples::U8(s) => rows.open(level, self.picture, s, y, left),
                        Samples::U16(s) => rows.open(level, self.picture, s, y, left),
                        Samples::F32(s) => rows.open(level, self.picture, s, y, left),
                    }
                }
                self.around.draw(&mut rows, y, self.place.left as i64);
                rows.close(self.step.work.level, self.picture, self.layout, row);
            }
            Ok(())
        })
    }
}

/// A row of the new picture in linear light, weighed by alpha.
pub(super) struct Rows {
    pub(super) colour: [Vec<f32>; 3],
    pub(super) alpha: Vec<f32>,
}

impl Rows {
    fn new(width: usize) -> Self {
        Self { colour: std::array::from_fn(|_| vec![0.0; width]), alpha: vec![0.0; width] }
    }

    pub(super) fn width(&self) -> usize {
        self.alpha.len()
    }

    /// Put row `y` of the picture at `left`.
    fn open<T: Store>(&mut self, level: Level, picture: &Picture, samples: &[T], y: usize, left: usize) {
        let (layout, width) = (picture.layout(), picture.size().width());
        let pixels = &samples[y * picture.row_len()..][..picture.row_len()];
        let [r, g, b] = self.colour.each_mut().map(|row| &mut row[left..left + width]);
        for (channel, row) in [&mut *r, &mut *g, &mut *b].into_iter().enumerate() {
            T::take(level, pixels, layout.channels(), if layout.is_grey() { 0 } else { channel }, row);
        }
        convert_rows(level, picture.encoding(), Encoding::Linear, [&mut *r, &mut *g, &mut *b]);
        let alpha = &mut self.alpha[left..left + width];
        alpha.fill(1.0);
        if layout.has_alpha() {
            T::take(level, pixels, layout.channels(), layout.channels() - 1, alpha);
        }
        if picture.alpha() == Alpha::Straight {
            for row in [r, g, b] {
                row.iter_mut().zip(&*alpha).for_each(|(value, alpha)| *value *= alpha);
            }
        }
    }

    /// The row as pixels, in the meaning the picture has.
    fn close<T: Store>(&mut self, level: Level, picture: &Picture, layout: Layout, row: &mut [T]) {
        if picture.alpha() == Alpha::Straight {
            for row in &mut self.colour {
                let whole = |(value, alpha): (&mut f32, &f32)| {
                    *value = if *alpha > 1e-6 { *value / *alpha } else { 0.0 };
                };
                row.iter_mut().zip(&self.alpha).for_each(whole);
            }
        }
        let colour = self.colour.each_mut().map(|row| &mut row[..]);
        convert_rows(level, Encoding::Linear, picture.encoding(), colour);
        for (channel, values) in self.colour.iter().enumerate().take(layout.colours()) {
            T::put(level, values, layout.channels(), channel, row);
        }
        if layout.has_alpha() {
            T::put(level, &self.alpha, layout.channels(), layout.channels() - 1, row);
        }
    }
}
