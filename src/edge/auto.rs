//! Thresholds found from the picture.
//!
//! Nobuyuki Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979, here on the histogram of
//! steepness: what is likely an edge and what is likely texture are the two classes. The low threshold is
//! half the high one. Taking a fixed share of the pixels for edges, and the median rule, have no paper behind
//! them, and are what many programs do.

use super::canny::Norm;
use super::gradient::GradientRows;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::gradient as kernel;
use crate::parallel::{BAND_ROWS, map_bands};

/// A low and a high threshold for Canny.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// From here on a pixel may continue an edge.
    pub low: f64,
    /// From here on it is one.
    pub high: f64,
}

/// What the low threshold is of the high one where nothing else says so.
const LOW: f64 = 0.4;

impl Thresholds {
    /// These, where 0 means that nothing was said: both come from `find` then, or one from the other.
    pub fn or_found(self, find: impl FnOnce() -> Result<Self>) -> Result<Self> {
        Ok(match (self.low > 0.0, self.high > 0.0) {
            (true, true) => self,
            (false, true) => Self { low: LOW * self.high, ..self },
            (true, false) => Self { high: self.low / LOW, ..self },
            (false, false) => find()?,
        })
    }
}

/// How thresholds are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// So that one sloping pixel in ten is steeper than high; low is 0.4 of high.
    #[default]
    Share,
    /// So that steep and gentle pixels are the two clearest classes (Otsu); low is half of high.
    Otsu,
    /// By the contrast of the picture: as often the quartic mean of all steepness as suits drawings of lines; low is
    /// 0.4 of high. Between pictures it wanders least from the threshold that finds the borders of things best.
    Contrast,
    /// 0.66 and 1.33 times the median of the grey values, whatever the slopes.
    Median,
}

impl Rule {
    /// All rules, with the words for them.
    pub const NAMED: &'static [(&'static str, Self)] = &[
        ("share", Self::Share),
        ("otsu", Self::Otsu),
        ("contrast", Self::Contrast),
        ("median", Self::Median),
    ];
}

/// Of the sloping pixels, how many are gentler than the high threshold.
const GENTLE: f64 = 0.9;

/// What the high threshold is of the quartic mean: on the scenes of `benches/boundaries`, 0.4 to 0.6 is best.
const QUARTIC: f64 = 0.5;

/// How many pixels are how steep.
pub(super) struct Histogram {
    counts: Vec<u64>,
    /// What a bin is in the units of thresholds.
    unit: f64,
}

impl Histogram {
    /// Of derivatives where a threshold of 1 is `steps` and whose norm stays below `bins`.
    pub(super) fn of<G: GradientRows>(
        rows: impl Fn() -> G + Sync,
        (width, height): (usize, usize),
        norm: Norm,
        (steps, bins): (f64, usize),
        context: &Context,
    ) -> Result<Self> {
        let level = context.level;
        let counts = map_bands(context, height, BAND_ROWS, |band| {
            let mut source = rows();
            let (mut dx, mut dy) = (vec![0; width], vec![0; width]);
            let mut steep = vec![0; width];
            let mut counts = Counts::new(bins);
            for y in band {
                source.row(level, y, &mut dx, &mut dy);
                match norm {
                    Norm::Sum => kernel::sums(level, &dx, &dy, &mut steep),
                    Norm::Euclidean => kernel::lengths(level, &dx, &dy, &mut steep),
                }
                counts.add(&steep);
            }
            Ok(counts.total())
        })?;
        Ok(Self { counts: merge(counts), unit: 1.0 / steps })
    }

    /// Otsu's threshold and half of it. Of a flat picture both are 0, and there are no edges to find with them.
    pub(super) fn otsu(&self) -> Thresholds {
        let high = split(&self.counts) as f64 * self.unit;
        Thresholds { low: high / 2.0, high }
    }

    /// What nine of ten sloping pixels are below.
    pub(super) fn share(&self) -> Thresholds {
        let sloping: u64 = self.counts.iter().skip(1).sum();
        let high = at_rank(&self.counts[1..], (GENTLE * sloping as f64) as u64) + 1;
        let high = if sloping == 0 { 0.0 } else { high as f64 * self.unit };
        Thresholds { low: LOW * high, high }
    }

    /// As often the quartic mean as [`QUARTIC`] says: strong edges weigh more in it than their number, and an even
    /// part of the picture makes it no smaller than a fourth root can.
    pub(super) fn contrast(&self) -> Thresholds {
        let (mut sum, mut pixels) = (0.0, 0.0);
        for (value, count) in self.counts.iter().enumerate() {
            sum += *count as f64 * (value as f64).powi(4);
            pixels += *count as f64;
        }
        let high = QUARTIC * (sum / f64::max(pixels, 1.0)).sqrt().sqrt() * self.unit;
        Thresholds { low: LOW * high, high }
    }
}

/// 0.66 and 1.33 times the median of the grey values, the latter at most 255.
pub(super) fn median(values: &[u8], context: &Context) -> Result<Thresholds> {
    /// Values counted at a time.
    const RUN: usize = 1 << 18;
    let counts = map_bands(context, values.len(), RUN, |range| {
        let mut counts = Counts::new(256);
        counts.add(&values[range]);
        Ok(counts.total())
    })?;
    let (counts, last) = (merge(counts), values.len() as u64 - 1);
    let median = (at_rank(&counts, last / 2) + at_rank(&counts, last.div_ceil(2))) as f64 / 2.0;
    Ok(Thresholds { low: 0.66 * median, high: (1.33 * median).min(255.0) })
}

/// Four histograms in turn: equal neighbours do not wait for one another.
struct Counts([Vec<u32>; 4]);

impl Counts {
    fn new(bins: usize) -> Self {
        Self(std::array::from_fn(|_| vec![0; bins]))
    }

    fn add<T: Copy + Into<usize>>(&mut self, values: &[T]) {
        let (fours, rest) = values.as_chunks::<4>();
        for four in fours {
            for (counts, value) in self.0.iter_mut().zip(four) {
                counts[(*value).into()] += 1;
            }
        }
        rest.iter().for_each(|value| self.0[0][(*value).into()] += 1);
    }

    fn total(self) -> Vec<u64> {
        let [a, b, c, d] = self.0;
        a.iter()
            .zip(b)
            .zip(c)
            .zip(d)
            .map(|(((a, b), c), d)| [*a, b, c, d].map(u64::from).iter().sum())
            .collect()
    }
}

fn merge(bands: Vec<Vec<u64>>) -> Vec<u64> {
    let mut bands = bands.into_iter();
    let mut sums = bands.next().unwrap_or_default();
    for band in bands {
        for (sum, count) in sums.iter_mut().zip(band) {
            *sum += count;
        }
    }
    sums
}

/// The value with `rank` smaller or equal values before it.
fn at_rank(counts: &[u64], rank: u64) -> usize {
    let mut seen = 0;
    counts
        .iter()
        .position(|count| {
            seen += count;
            seen > rank
        })
        .unwrap_or(0)
}

/// The value up to which the first class reaches, so that the two classes are furthest apart. In a stretch
/// without pixels all values are equally good, and its middle is taken.
fn split(counts: &[u64]) -> usize {
    let weigh = |(value, count): (usize, &u64)| value as f64 * *count as f64;
    let pixels: f64 = counts.iter().map(|count| *count as f64).sum();
    let sum: f64 = counts.iter().enumerate().map(weigh).sum();
    let (mut below, mut sum_below, mut best, mut farthest) = (0.0, 0.0, 0..=0, 0.0);
    for (value, count) in counts.iter().enumerate() {
        below += *count as f64;
        sum_below += weigh((value, count));
        let above = pixels - below;
        if below == 0.0 || above <= 0.0 {
            continue;
        }
        let gap = sum_below / below - (sum - sum_below) / above;
        let apart = below * above * gap * gap;
        if apart > farthest {
            (best, farthest) = (value..=value, apart);
        } else if *count == 0 && *best.end() + 1 == value {
            best = *best.start()..=value;
        }
    }
    best.start().midpoint(*best.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::canny::Canny;
    use crate::edge::gradient::{Aperture, GreyGradients};
    use crate::edge::grey::Grey;
    use crate::edge::test_context::on;
    use crate::kernel::Level;
    use crate::test_support::Random;

    fn histogram(grey: Grey<'_>, norm: Norm, context: &Context) -> Histogram {
        let rows = || GreyGradients::for_canny(grey, Aperture::Three);
        Histogram::of(rows, (grey.width(), grey.height()), norm, (1.0, 2048), context).unwrap()
    }

    #[test]
    fn two_heaps_are_split_between_them() {
        let mut counts = vec![0; 100];
        counts[10..20].fill(50);
        counts[70..75].fill(9);
        assert_eq!(split(&counts), 44, "half way from 19 to 69");
        assert_eq!(split(&[5, 0, 0]), 0);
    }

    #[test]
    fn histograms_count_every_pixel_whatever_the_threads() {
        let mut random = Random::new("histograms_count_every_pixel_whatever_the_threads");
        let values: Vec<u8> = (0..97 * 201).map(|_| random.next() as u8).collect();
        let grey = Grey::new(&values, 97, 201).unwrap();
        for norm in [Norm::Sum, Norm::Euclidean] {
            let one = histogram(grey, norm, &on(Level::PLAIN, 1)).counts;
            assert_eq!(one, histogram(grey, norm, &on(Level::detect(), 5)).counts);
            assert_eq!(one.iter().sum::<u64>(), 97 * 201);
        }
    }

    #[test]
    fn a_share_is_of_the_pixels_that_slope() {
        let mut counts = vec![0; 2048];
        (counts[0], counts[10], counts[40], counts[50]) = (1000, 80, 15, 5);
        let found = Histogram { counts, unit: 2.0 }.share();
        assert_eq!(found, Thresholds { low: 32.0, high: 80.0 });
        assert_eq!(Histogram { counts: vec![7, 0], unit: 1.0 }.share().high, 0.0);
    }

    #[test]
    fn contrast_is_the_quartic_mean() {
        let counts = vec![12, 0, 4];
        let high = Histogram { counts, unit: 0.5 }.contrast().high;
        assert!((high - 0.5 * QUARTIC * (4.0_f64 * 16.0 / 16.0).powf(0.25)).abs() < 1e-12);
        assert_eq!(Histogram { counts: vec![7, 0], unit: 1.0 }.contrast().high, 0.0);
    }

    #[test]
    fn what_is_given_is_kept_and_what_is_not_follows_from_it() {
        let given = |low, high| Thresholds { low, high };
        let found = |low, high| given(low, high).or_found(|| Ok(given(7.0, 9.0))).unwrap();
        assert_eq!([found(1.0, 2.0), found(0.0, 0.0)], [given(1.0, 2.0), given(7.0, 9.0)]);
        assert_eq!([found(0.0, 50.0), found(20.0, 0.0)], [given(20.0, 50.0); 2]);
    }

    #[test]
    fn the_median_rule_is_about_the_median() {
        let found = median(&[10, 20, 30, 200], &Context::default()).unwrap();
        assert_eq!(found, Thresholds { low: 0.66 * 25.0, high: 1.33 * 25.0 });
        assert_eq!(median(&[250], &Context::default()).unwrap().high, 255.0);
    }

    #[test]
    fn stripes_in_noise_are_above_the_threshold_and_the_noise_below() {
        let mut random = Random::new("stripes_in_noise_are_above_the_threshold_and_the_noise_below");
        let values: Vec<u8> =
            (0..64 * 64).map(|i| (if i % 16 < 8 { 60 } else { 180 }) + random.below(9) as u8).collect();
        let grey = Grey::new(&values, 64, 64).unwrap();
        for norm in [Norm::Sum, Norm::Euclidean] {
            let found = histogram(grey, norm, &Context::default()).otsu();
            let canny = Canny { norm, ..Canny::new(found.low, found.high) };
            let edges = canny.edges(grey, &Context::default()).unwrap();
            assert_eq!(edges.count(), 64 * 7, "{found:?} {random}");
            assert!((0..64).all(|y| edges.columns(y).all(|x| matches!(x % 8, 7 | 0))), "{found:?} {random}");
        }
    }
}
