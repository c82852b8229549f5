//! The colours of pictures, each once, with how much each counts.
//!
//! A large picture is represented by up to a quarter of a million of its pixels, one from each of as many equal stretches: for
//! the means of a few hundred clusters that is as good as all (the excess is about one part in four hundred). Where so few pixels show few colours, all are read, so that no colour of a drawing is
//! missed.

use super::Space;
use super::morton;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;
use crate::pixel::{Depth, Layout, Picture, Plane, Samples};

/// Pixels that stand for all of them: so many for each colour wanted, within these bounds.
const EACH: usize = 1 << 10;
const SAMPLE: std::ops::RangeInclusive<usize> = 1 << 17..=1 << 18;
/// Fewer colours than this many in a sample, and all pixels are read.
const DRAWING: usize = 1 << 14;
/// Pixels in a band.
const BAND: usize = 1 << 16;

/// How much more vivid colours count where rare ones do.
const VIVID: f32 = 12.0;

/// One of the pictures that colours are sought for.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// In sRGB, with straight alpha or none, of 8 or 16 bits.
    pub(super) picture: &'a Picture,
    /// How much each pixel counts; each counts 1 without.
    pub(super) weights: Option<&'a Plane>,
}

/// Colours in the order of their Morton curve.
pub(super) struct Colours<const D: usize> {
    keys: Vec<u64>,
    /// Bits a channel.
    bits: u32,
    pub(super) points: Vec<[f32; D]>,
    pub(super) weights: Vec<f32>,
}

impl<const D: usize> Colours<D> {
    /// The colours of pictures; at least the `wanted` most frequent ones, if there are so many.
    pub(super) fn gather(
        sources: &[Source<'_>],
        wanted: usize,
        space: Space,
        context: &Context,
    ) -> Result<Self> {
        let total: usize = sources.iter().map(|source| source.picture.size().pixels()).sum();
        let sample = (EACH * wanted).clamp(*SAMPLE.start(), *SAMPLE.end()).max(8 * wanted);
        // To leave out less than half gains too little.
        let sample = if total <= 2 * sample { total } else { sample };
        let (mut keys, mut weights) = counted::<D>(sources, sample as f64 / total as f64, context)?;
        if total > sample && keys.len() < DRAWING.max(2 * wanted) {
            (keys, weights) = counted::<D>(sources, 1.0, context)?;
        }
        let bits = if is_narrow(sources) { 8 } else { 16 };
        let points = points(&keys, bits, space, context)?;
        Ok(Self { keys, bits, points, weights })
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Colour `index` in sRGB, 0 to 1.
    pub(super) fn colour(&self, index: usize) -> [f32; D] {
        let most = f32::from(((1u32 << self.bits) - 1) as u16);
        morton::colour::<D>(self.keys[index], self.bits).map(|v| f32::from(v) / most)
    }

    /// Colour `index` as it is in the picture, if all channels are of 8 bits.
    pub(super) fn narrow(&self, index: usize) -> Option<[u8; D]> {
        (self.bits == 8).then(|| morton::colour::<D>(self.keys[index], 8).map(|v| v as u8))
    }

    /// The first bits of a key, all channels `shift` times halved.
    pub(super) fn head(&self, index: usize, level: u32) -> u64 {
        self.keys[index] >> ((self.bits - level) * D as u32)
    }

    /// Halvings until every colour stands alone.
    pub(super) fn depth(&self) -> u32 {
        self.bits
    }

    /// How far the channels of a colour are apart.
    fn saturation(&self, index: usize) -> f32 {
        let colour = &self.colour(index)[..3];
        let most = colour.iter().copied().fold(0.0, f32::max);
        most - colour.iter().copied().fold(1.0, f32::min)
    }

    /// The same where rare colours count for more, and vivid ones: with a `power` below 1, a box of colours (a
    /// thirty-second of each channel wide) that many pixels share counts less for each.
    pub(super) fn tempered(&self, power: f32) -> Self {
        let mut weights = self.weights.clone();
        let mut start = 0;
        while start < self.len() {
            let head = self.head(start, 5);
            let end = (start..self.len()).find(|&i| self.head(i, 5) != head).unwrap_or(self.len());
            let sum: f64 = weights[start..end].iter().map(|&w| f64::from(w)).sum();
            let factor = sum.powf(f64::from(power) - 1.0) as f32;
            let vivid = 1.0 + VIVID * (1.0 - power) * self.saturation(start.midpoint(end)).powi(2);
            weights[start..end].iter_mut().for_each(|weight| *weight *= factor * vivid);
            start = end;
        }
        Self { keys: self.keys.clone(), bits: self.bits, points: self.points.clone(), weights }
    }
}

/// Are all samples of 8 bits, each pixel counting once?
fn is_narrow(sources: &[Source<'_>]) -> bool {
    sources.iter().all(|source| source.picture.depth() == Depth::U8 && source.weights.is_none())
}

/// The keys of a part of all pixels, each once and in order, and how much each counts.
fn counted<const D: usize>(
    sources: &[Source<'_>],
    part: f64,
    context: &Context,
) -> Result<(Vec<u64>, Vec<f32>)> {
    let narrow = is_narrow(sources);
    let mut bands = Vec::new();
    for source in sources {
        let pixels = source.picture.size().pixels();
        let count = ((pixels as f64 * part).ceil() as usize).clamp(1, pixels);
        bands.extend(map_bands(context, count, BAND, |band| {
            let spots = band.map(|index| spot(index, count, pixels));
            Ok(if narrow { narrow_keys::<D>(source.picture, spots) } else { wide_keys::<D>(source, spots) })
        })?);
    }
    while bands.len() > 1 {
        bands = map_bands(context, bands.len(), 2, |pair| Ok(joined(&bands[pair])))?;
    }
    Ok(bands.pop().unwrap_or_default())
}

/// Keys in order, and how much each counts.
type Keys = (Vec<u64>, Vec<f32>);

/// The colours of some pixels of 8 bits.
fn narrow_keys<const D: usize>(picture: &Picture, spots: impl Iterator<Item = usize>) -> Keys {
    let Samples::U8(samples) = picture.samples() else { unreachable!("looked at before") };
    let layout = picture.layout();
    let key = |at: usize| {
        let [r, g, b, a] = rgba(samples, layout, at, u8::MAX);
        // What cannot be seen has no colour.
        let colour = if D == 4 && a == 0 { [0; D] } else { std::array::from_fn(|c| [r, g, b, a][c]) };
        morton::narrow::<D>(colour)
    };
    let mut keys: Vec<u32> = match layout {
        Layout::Rgb if D == 3 => {
            let pixels = samples.as_chunks::<3>().0;
            spots.map(|at| morton::narrow(pixels[at])).collect()
        }
        _ => spots.map(key).collect(),
    };
    morton::sort(&mut keys, 8 * D as u32);
    runs(keys.len(), keys.iter().map(|&key| (u64::from(key), 1.0)))
}

/// The colours of some pixels of any picture, with their weights.
fn wide_keys<const D: usize>(source: &Source<'_>, spots: impl Iterator<Item = usize>) -> Keys {
    let weight = |at: usize| source.weights.map_or(1.0, |plane| plane.samples()[at]);
    let mut keys: Vec<(u64, f32)> = spots
        .map(|at| (morton::wide::<D>(wide(source.picture, at)), weight(at)))
        .filter(|pair| pair.1 > 0.0)
        .collect();
    keys.sort_by_key(|pair| pair.0);
    runs(keys.len(), keys.into_iter())
}

/// Equal keys made one.
fn runs(most: usize, keys: impl Iterator<Item = (u64, f32)>) -> Keys {
    let (mut alone, mut weights) = (vec![0; most], vec![0.0; most]);
    let mut count = 0;
    let mut last = u64::MAX;
    for (key, weight) in keys {
        // Without a branch, which could not be foreseen.
        count += usize::from(key != last);
        last = key;
        alone[count - 1] = key;
        weights[count - 1] += weight;
    }
    alone.truncate(count);
    weights.truncate(count);
    (alone, weights)
}

/// One or two lists made one.
fn joined(lists: &[Keys]) -> Keys {
    let [a, b] = lists else { return lists[0].clone() };
    let (mut i, mut j) = (0, 0);
    let merged = std::iter::from_fn(|| {
        let (left, right) =
            (a.0.get(i).copied().unwrap_or(u64::MAX), b.0.get(j).copied().unwrap_or(u64::MAX));
        if i == a.0.len() && j == b.0.len() {
            return None;
        }
        let first = left <= right;
        let pair = if first { (left, a.1[i]) } else { (right, b.1[j]) };
        i += usize::from(first);
        j += usize::from(!first);
        Some(pair)
    });
    runs(a.0.len() + b.0.len(), merged)
}

/// A pixel of stretch `index` of `count`; which one of it seems random, so that no pattern is met in step.
#[inline(always)]
fn spot(index: usize, count: usize, pixels: usize) -> usize {
    if count == pixels {
        return index;
    }
    let edge = |index: usize| (index as f64 * (pixels as f64 / count as f64)) as usize;
    let (from, to) = (edge(index), edge(index + 1).min(pixels));
    let mut hash = (index as u32).wrapping_mul(0x9e37_79b9);
    hash = (hash ^ hash >> 15).wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    from + ((u64::from(hash) * (to - from) as u64) >> 32) as usize
}

/// Colour `at` of any picture in 16 bits.
fn wide<const D: usize>(picture: &Picture, at: usize) -> [u16; D] {
    let [r, g, b, a] = match picture.samples() {
        Samples::U8(samples) => rgba(samples, picture.layout(), at, u8::MAX).map(|v| u16::from(v) * 257),
        Samples::U16(samples) => rgba(samples, picture.layout(), at, u16::MAX),
        Samples::F32(samples) => rgba(samples, picture.layout(), at, 1.0)
            .map(|v| (v.clamp(0.0, 1.0) * f32::from(u16::MAX) + 0.5) as u16),
    };
    if D == 4 && a == 0 { [0; D] } else { std::array::from_fn(|c| [r, g, b, a][c]) }
}

/// Pixel `at`, whatever its layout.
#[inline(always)]
pub(super) fn rgba<T: Copy>(samples: &[T], layout: Layout, at: usize, opaque: T) -> [T; 4] {
    let pixel = &samples[at * layout.channels()..][..layout.channels()];
    match *pixel {
        [v] => [v, v, v, opaque],
        [v, a] => [v, v, v, a],
        [r, g, b] => [r, g, b, opaque],
        [r, g, b, a] => [r, g, b, a],
        _ => unreachable!("a pixel has one to four channels"),
    }
}

/// The points of keys. With alpha the colour counts as far as it is seen, and alpha itself is the fourth coordinate: the
/// distance between two points is then about what differs over black or over white.
fn points<const D: usize>(keys: &[u64], bits: u32, space: Space, context: &Context) -> Result<Vec<[f32; D]>> {
    let most = f32::from(((1u32 << bits) - 1) as u16);
    let bands = map_bands(context, keys.len(), 1 << 13, |band| {
        let colours: Vec<[f32; D]> = keys[band]
            .iter()
            .map(|&key| morton::colour::<D>(key, bits).map(|v| f32::from(v) / most))
            .collect();
        Ok(enter(&colours, space, context))
    })?;
    Ok(bands.concat())
}

/// The points of colours in sRGB, 0 to 1.
pub(super) fn enter<const D: usize>(colours: &[[f32; D]], space: Space, context: &Context) -> Vec<[f32; D]> {
    let mut rows: [Vec<f32>; 3] = std::array::from_fn(|c| colours.iter().map(|colour| colour[c]).collect());
    let [r, g, b] = rows.each_mut();
    space.enter(context.level, [r, g, b]);
    let point = |(i, colour): (usize, &[f32; D])| {
        let alpha = if D == 4 { colour[3] } else { 1.0 };
        std::array::from_fn(|c| if c < 3 { rows[c][i] * alpha } else { alpha })
    };
    colours.iter().enumerate().map(point).collect()
}
