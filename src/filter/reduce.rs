//! A small version of a picture to measure on: the mean of the light that falls on each of its pixels.
//!
//! Whatever is decided by looking at the picture (where to crop, what matters in it) is decided on such a
//! reduction, so that a preview and the full picture come to the same decision. Cells are exact areas: a source
//! pixel that lies across a border counts on both sides by its share.

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
    let [width, height] = [picture.size().width(), picture.size().height()].map(|side| side as f32);
    reduce_window(picture, [0.0, 0.0, width, height], size, encoding, context)
}

/// A window of the picture (left, top, width and height in pixels) in so many cells, which need not be square.
///
/// # Panics
/// If the window is not within the picture, or empty.
pub(crate) fn reduce_window(
    picture: &Picture,
    [left, top, width, height]: [f32; 4],
    size: Size,
    encoding: Encoding,
    context: &Context,
) -> Result<Reduced> {
    let across = cells((left, width), picture.size().width(), size.width());
    let down = cells((top, height), picture.size().height(), size.height());
    let area = (f64::from(width) * f64::from(height) / size.area() as f64) as f32;
    let bands = map_bands(context, size.height(), ROWS, |rows| {
        let mut band = Band::new(picture, area, &across);
        let mut work = Work::new(picture.size().width());
        for cell in &down[rows] {
            match picture.samples() {
                Samples::U8(s) => band.gather(context.level, s, cell, &mut work),
                Samples::U16(s) => band.gather(context.level, s, cell, &mut work),
                Samples::F32(s) => band.gather(context.level, s, cell, &mut work),
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

/// The planes reduced alike, as they are: until their longer side is at most `longer`.
pub fn reduce_planes<const N: usize>(
    planes: [&Plane; N],
    longer: u32,
    context: &Context,
) -> Result<[Plane; N]> {
    let from = planes[0].size();
    let size = if from.longer() > longer as usize {
        from.with_longer(longer)
            .map_err(|error| Error::unsupported(error.to_string(), "ask for a smaller one"))?
    } else {
        from
    };
    let of = |from: usize, to: usize| cells((0.0, from as f32), from, to);
    let (across, down) = (of(from.width(), size.width()), of(from.height(), size.height()));
    let area = (from.area() as f64 / size.area() as f64) as f32;
    let bands = map_bands(context, size.height(), ROWS, |rows| {
        let mut made: [Vec<f32>; N] = std::array::from_fn(|_| Vec::with_capacity(rows.len() * size.width()));
        let mut sum = vec![0.0; from.width()];
        for y in rows {
            for (plane, made) in planes.iter().zip(&mut made) {
                sum.fill(0.0);
                down[y].each(|source, share| add_row(plane.row(source), share, &mut sum));
                made.extend(across.iter().map(|cell| cell.sum(&sum) / area));
            }
        }
        Ok(made)
    })?;
    let mut all: [Vec<f32>; N] = std::array::from_fn(|_| Vec::with_capacity(size.pixels()));
    for band in bands {
        all.iter_mut().zip(band).for_each(|(all, band)| all.extend(band));
    }
    Ok(all.map(|samples| Plane::new(size, samples).expect("one value for each pixel")))
}

/// Some rows of the reduction in the making: three sums of light weighed by alpha, and the sum of alpha.
struct Band<'a> {
    picture: &'a Picture,
    /// Pixels of the picture in one of the reduction.
    area: f32,
    /// The columns that each pixel of a row is the sum of.
    across: &'a [Cell],
    sums: [Vec<f32>; 4],
}

/// The rows a band works with: of the source, and summed up over the source rows of one row of the reduction.
struct Work {
    rows: [Vec<f32>; 4],
    column_sums: [Vec<f32>; 4],
}

impl Work {
    fn new(width: usize) -> Self {
        Self {
            rows: std::array::from_fn(|_| vec![1.0; width]),
            column_sums: std::array::from_fn(|_| vec![0.0; width]),
        }
    }
}

impl<'a> Band<'a> {
    fn new(picture: &'a Picture, area: f32, across: &'a [Cell]) -> Self {
        Self { picture, area, across, sums: std::array::from_fn(|_| Vec::new()) }
    }

    /// Sum up what falls on the next row of the reduction: rows first, which is quick, then columns.
    fn gather<T: Store>(&mut self, level: Level, samples: &[T], rows: &Cell, work: &mut Work) {
        let layout = self.picture.layout();
        // Without transparency every pixel has all of it.
        let sums = if layout.has_alpha() { 4 } else { 3 };
        work.column_sums.iter_mut().for_each(|sum| sum.fill(0.0));
        rows.each(|source, share| {
            let pixels = &samples[source * self.picture.row_len()..][..self.picture.row_len()];
            self.light(level, pixels, layout, &mut work.rows);
            for (row, sum) in work.rows.iter().zip(&mut work.column_sums).take(sums) {
                add_row(row, share, sum);
            }
        });
        for (channel, (sum, made)) in work.column_sums.iter().zip(&mut self.sums).enumerate() {
            if channel < sums {
                made.extend(self.across.iter().map(|cell| cell.sum(sum)));
            } else {
                made.resize(made.len() + self.across.len(), self.area);
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
        if !layout.has_alpha() {
            return;
        }
        T::take(level, pixels, channels, channels - 1, alpha);
        if self.picture.alpha() == Alpha::Straight {
            for row in [r, g, b] {
                row.iter_mut().zip(&*alpha).for_each(|(value, alpha)| *value *= alpha);
            }
        }
    }

    fn finish(mut self, level: Level, encoding: Encoding) -> [Vec<f32>; 4] {
        let area = self.area;
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

/// The source positions that lie in one position of the reduction: all of those between the first and the last, and shares of
/// these two.
#[derive(Clone, Copy)]
struct Cell {
    first: usize,
    last: usize,
    /// The share of the first; of the last, 0 if it is the first.
    shares: [f32; 2],
}

impl Cell {
    /// Every position with its share.
    fn each(&self, mut work: impl FnMut(usize, f32)) {
        work(self.first, self.shares[0]);
        (self.first + 1..self.last).for_each(|i| work(i, 1.0));
        if self.last > self.first {
            work(self.last, self.shares[1]);
        }
    }

    fn sum(&self, values: &[f32]) -> f32 {
        let mut sum = values[self.first] * self.shares[0];
        if self.last > self.first {
            for value in &values[self.first + 1..self.last] {
                sum += value;
            }
            sum += values[self.last] * self.shares[1];
        }
        sum
    }
}

/// What each of `to` positions has of a stretch (start and length) of `from`.
fn cells((start, length): (f32, f32), from: usize, to: usize) -> Vec<Cell> {
    let step = length / to as f32;
    let cell = |index: usize| {
        let (start, end) = (start + index as f32 * step, start + (index + 1) as f32 * step);
        let first = (start as usize).min(from - 1);
        let last = (end.ceil() as usize).clamp(first + 1, from) - 1;
        let share = |i: usize| (end.min(i as f32 + 1.0) - start.max(i as f32)).max(0.0);
        Cell { first, last, shares: [share(first), if last > first { share(last) } else { 0.0 }] }
    };
    (0..to).map(cell).collect()
}

fn add_row(row: &[f32], share: f32, sums: &mut [f32]) {
    sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += share * value);
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
    fn cells_are_exact_areas() {
        let mut random = Random::new("cells_are_exact_areas");
        for (from, to) in [(1, 1), (7, 7), (7, 3), (100, 33), (301, 64), (5, 1)] {
            let values: Vec<f32> = (0..from).map(|_| random.unit()).collect();
            let step = from as f64 / to as f64;
            for (index, cell) in cells((0.0, from as f32), from, to).iter().enumerate() {
                let (start, end) = (index as f64 * step, (index + 1) as f64 * step);
                let share = |i: usize| (end.min(i as f64 + 1.0) - start.max(i as f64)).max(0.0);
                let wanted: f64 = (0..from).map(|i| share(i) * f64::from(values[i])).sum();
                let mut each = 0.0;
                cell.each(|i, share| each += share * values[i]);
                assert!((f64::from(cell.sum(&values)) - wanted).abs() < 1e-4 * step.max(1.0), "{random}");
                assert!((f64::from(each) - wanted).abs() < 1e-4 * step.max(1.0), "{random}");
            }
        }
    }

    #[test]
    fn planes_are_reduced_as_pictures_of_light_are() {
        let mut random = Random::new("planes_are_reduced_as_pictures_of_light_are");
        let picture = noise(&mut random, 97, 61, Layout::Rgb);
        let context = Context::default();
        let full = reduce(&picture, 97, Encoding::Linear, &context).unwrap().colour;
        let small = reduce(&picture, 30, Encoding::Linear, &context).unwrap().colour;
        let [a, b, c] = &full;
        for (plane, expected) in reduce_planes([a, b, c], 30, &context).unwrap().iter().zip(&small) {
            assert_eq!(plane.size(), expected.size());
            for (found, wanted) in plane.samples().iter().zip(expected.samples()) {
                assert!((found - wanted).abs() < 1e-5, "{random}");
            }
        }
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
