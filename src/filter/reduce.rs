//! A small version of a picture to measure on: the mean of the light that falls on each of its pixels.
//!
//! Whatever is decided by looking at the picture (where to crop, what matters in it) is decided on such a
//! reduction, so that a preview and the full picture come to the same decision. Cells are exact areas: a source
//! pixel that lies across a border counts on both sides by its share.

use std::ops::Range;

use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::Level;
use crate::kernel::interleave::Store;
use crate::parallel::map_bands;
use crate::pixel::{Alpha, Encoding, Layout, Picture, Plane, Samples, Size};

/// A picture reduced: three channels of colour, as if opaque, and how opaque it is.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The channels, in the encoding asked for. A grey picture has all three too.
    pub colour: [Plane; 3],
    /// How opaque each pixel is; 1 where the picture does not say.
    pub alpha: Plane,
}

impl Reduced {
    /// Width and height.
    pub fn size(&self) -> Size {
        self.alpha.size()
    }
}

/// Target rows a thread does in one go.
const ROWS: usize = 4;

/// Reduce the picture until its longer side is at most `longer`; one that is smaller keeps its size.
pub fn reduce(picture: &Picture, longer: u32, encoding: Encoding, context: &Context) -> Result<Reduced> {
    let size = if picture.size().longer() > longer as usize {
        let small = picture.size().with_longer(longer);
        small.map_err(|error| Error::unsupported(error.to_string(), "ask for a smaller one"))?
    } else {
        picture.size()
    };
    let bands = map_bands(context, size.height(), ROWS, |rows| {
        let mut band = Band::new(picture, size, rows.len());
        for (to, y) in rows.enumerate() {
            match picture.samples() {
                Samples::U8(s) => band.gather(context.level, s, y, to),
                Samples::U16(s) => band.gather(context.level, s, y, to),
                Samples::F32(s) => band.gather(context.level, s, y, to),
            }
        }
        Ok(band.finish(context.level, encoding))
    })?;
    let mut planes: [Vec<f32>; 4] = std::array::from_fn(|_| Vec::with_capacity(size.pixels()));
    for band in bands {
        planes.iter_mut().zip(band).for_each(|(plane, band)| plane.extend(band));
    }
    let [a, b, c, alpha] = planes.map(|samples| Plane::new(size, samples).expect("one value for each pixel"));
    Ok(Reduced { colour: [a, b, c], alpha })
}

/// Some rows of the reduction in the making: three sums of light weighed by alpha, and the sum of alpha.
struct Band<'a> {
    picture: &'a Picture,
    size: Size,
    sums: [Vec<f32>; 4],
}

impl<'a> Band<'a> {
    fn new(picture: &'a Picture, size: Size, rows: usize) -> Self {
        Self { picture, size, sums: std::array::from_fn(|_| vec![0.0; rows * size.width()]) }
    }

    /// Sum up what falls on row `y` of the reduction, which is row `to` of this band.
    fn gather<T: Store>(&mut self, level: Level, samples: &[T], y: usize, to: usize) {
        let (layout, width) = (self.picture.layout(), self.picture.size().width());
        let step = self.picture.size().height() as f32 / self.size.height() as f32;
        let mut rows: [Vec<f32>; 4] = std::array::from_fn(|_| vec![1.0; width]);
        for (source, share) in shares(y, step, self.picture.size().height()) {
            let pixels = &samples[source * self.picture.row_len()..][..self.picture.row_len()];
            self.light(level, pixels, layout, &mut rows);
            for (row, sum) in rows.iter().zip(&mut self.sums) {
                let target = &mut sum[to * self.size.width()..][..self.size.width()];
                add_cells(row, share, target);
            }
        }
    }

    /// One source row as light weighed by alpha.
    fn light<T: Store>(&self, level: Level, pixels: &[T], layout: Layout, rows: &mut [Vec<f32>; 4]) {
        let channels = layout.channels();
        let [r, g, b, alpha] = rows;
        for (channel, row) in [&mut *r, &mut *g, &mut *b].into_iter().enumerate() {
            T::take(level, pixels, channels, if layout.is_grey() { 0 } else { channel }, row);
        }
        convert_rows(level, self.picture.encoding(), Encoding::Linear, [&mut *r, &mut *g, &mut *b]);
        if layout.has_alpha() {
            T::take(level, pixels, channels, channels - 1, alpha);
        }
        if self.picture.alpha() == Alpha::Straight {
            for row in [r, g, b] {
                row.iter_mut().zip(&*alpha).for_each(|(value, alpha)| *value *= alpha);
            }
        }
    }

    fn finish(mut self, level: Level, encoding: Encoding) -> [Vec<f32>; 4] {
        let (source, target) = (self.picture.size(), self.size);
        let area = (source.area() as f64 / target.area() as f64) as f32;
        let [r, g, b, alpha] = &mut self.sums;
        for row in [&mut *r, &mut *g, &mut *b] {
            let whole = |(value, alpha): (&mut f32, &f32)| {
                *value = if *alpha > 1e-6 * area { *value / *alpha } else { 0.0 };
            };
            row.iter_mut().zip(&*alpha).for_each(whole);
        }
        alpha.iter_mut().for_each(|alpha| *alpha = (*alpha / area).min(1.0));
        convert_rows(level, Encoding::Linear, encoding, [r, g, b]);
        self.sums
    }
}

/// The source positions that lie in cell `index` of length `step`, each with the share of it that does.
fn shares(index: usize, step: f32, count: usize) -> impl Iterator<Item = (usize, f32)> {
    let (start, end) = (index as f32 * step, (index + 1) as f32 * step);
    let covered: Range<usize> = start as usize..(end.ceil() as usize).min(count);
    covered.map(move |i| (i, (end.min(i as f32 + 1.0) - start.max(i as f32)).max(0.0)))
}

/// Add each cell's part of `row`, times `share`, to `target`.
fn add_cells(row: &[f32], share: f32, target: &mut [f32]) {
    let step = row.len() as f32 / target.len() as f32;
    for (x, target) in target.iter_mut().enumerate() {
        let mut sum = 0.0;
        for (i, part) in shares(x, step, row.len()) {
            sum += row[i] * part;
        }
        *target += sum * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::test_support::Random;

    fn noise(random: &mut Random, w: u32, h: u32, layout: Layout) -> Picture {
        let size = Size::new(w, h).unwrap();
        let samples: Vec<_> =
            (0..size.pixels() * layout.channels()).map(|_| random.below(256) as u8).collect();
        Picture::new(size, layout, samples).unwrap()
    }

    #[test]
    fn the_mean_of_the_light_stays() {
        let mut random = Random::new("reduce");
        for (w, h) in [(1, 1), (1, 300), (257, 3), (130, 97)] {
            let picture = noise(&mut random, w, h, Layout::Rgb);
            let context = Context::default();
            let small = reduce(&picture, 32, Encoding::Linear, &context).unwrap();
            assert!(small.size().longer() <= 32);
            let full = reduce(&picture, 4096, Encoding::Linear, &context).unwrap();
            assert_eq!(full.size(), picture.size());
            for (small, full) in small.colour.iter().zip(&full.colour) {
                let mean = |plane: &Plane| {
                    let sum: f64 = plane.samples().iter().map(|v| f64::from(*v)).sum();
                    sum / plane.samples().len() as f64
                };
                assert!((mean(small) - mean(full)).abs() < 1e-4, "{w}×{h}, {random}");
            }
        }
    }

    #[test]
    fn what_cannot_be_seen_does_not_count() {
        let pixels = vec![255u8, 255, 255, 255, 255, 0, 0, 0];
        let picture = Picture::new(Size::new(2, 1).unwrap(), Layout::Rgba, pixels).unwrap();
        let small = reduce(&picture, 1, Encoding::Srgb, &Context::default()).unwrap();
        for plane in &small.colour {
            assert!((plane.samples()[0] - 1.0).abs() < 1e-5);
        }
        assert!((small.alpha.samples()[0] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn threads_and_levels_do_not_show() {
        let mut random = Random::new("reduce threads");
        let picture = noise(&mut random, 301, 203, Layout::Rgba);
        let run = |level, threads| {
            let context = Context { level, ..Context::default() };
            let small = Pool::new(threads).unwrap().run(|| reduce(&picture, 64, Encoding::Oklab, &context));
            small
                .unwrap()
                .colour
                .map(|plane| plane.into_samples().iter().map(|v| v.to_bits()).collect::<Vec<_>>())
        };
        let plain = run(Level::PLAIN, 1);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert_eq!(run(level, threads), plain, "{level}, {threads} threads, {random}");
            }
        }
    }
}
