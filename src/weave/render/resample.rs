//! The filter between the grid of samples and the pixels, in linear light: a B-spline as wide as a pixel asks.
//!
//! Threads are a grating, and what is left of its overtones near one wave a pixel would come back as slow waves. A
//! B-spline has its zeros exactly there, and no negative lobes, so that deep colours are not cut off at black.

use super::strand::FINEST;

/// What one pixel takes of the samples.
pub(super) struct Tap {
    pub(super) start: usize,
    pub(super) weights: Vec<f32>,
}

/// One direction of the picture.
pub(super) struct Axis {
    /// Samples a crossing.
    pub(super) grain: usize,
    /// First crossing drawn, and how many.
    pub(super) first: u32,
    pub(super) count: usize,
    /// `None`: samples are pixels.
    pub(super) taps: Option<Vec<Tap>>,
}

impl Axis {
    /// `pixels` pixels for `extent` crossings from `from` on.
    pub(super) fn new(pixels: usize, from: f32, extent: f32) -> Self {
        let scale = pixels as f32 / extent;
        let whole = scale.round();
        let in_step = from.fract() == 0.0 && extent.fract() == 0.0 && whole * extent == pixels as f32;
        if in_step && (1.0..=FINEST as f32).contains(&whole) {
            return Self { grain: whole as usize, first: from as u32, count: extent as usize, taps: None };
        }
        let grain = grain(scale);
        let reach = REACH * widen(scale) * (grain as f32 / scale).max(1.0);
        let margin = (reach / grain as f32).ceil() as u32 + 1;
        let soft = ((4.0 - scale) / 2.0).clamp(0.0, 1.0);
        // The cloth goes on to the left for ever, but numbers do not: the caller starts a few repeats in.
        let first = (from.floor() as u32).saturating_sub(margin);
        let last = (from + extent).ceil() as u32 + margin;
        let count = (last - first) as usize;
        let taps = (0..pixels).map(|pixel| {
            let centre = (from - first as f32 + (pixel as f32 + 0.5) / scale) * grain as f32 - 0.5;
            tap(centre, reach, soft, count * grain)
        });
        Self { grain, first, count, taps: Some(taps.collect()) }
    }
}

/// Pixels the filter reaches to each side.
const REACH: f32 = 1.5;

/// How many pixels wide the filter is. Up to two pixels a thread it is as wide as a thread, which takes the grating
/// away and leaves the mean of each crossing; from there on threads come into sight little by little.
fn widen(scale: f32) -> f32 {
    if scale < 2.0 { scale.max(1.0) } else { (2.0 - (scale - 2.0) / 1.5).max(1.0) }
}

/// Samples a crossing for so many pixels a crossing: enough that the filter decides, not the grid.
fn grain(scale: f32) -> usize {
    let samples = if scale <= 1.0 { 1.0 } else { (1.3 * scale).min(scale + 0.6) };
    (samples.ceil() as usize).min(FINEST)
}

fn tap(centre: f32, reach: f32, soft: f32, samples: usize) -> Tap {
    let start = ((centre - reach).ceil().max(0.0) as usize).min(samples - 1);
    let end = ((centre + reach).floor() as usize).min(samples - 1);
    let mut weights: Vec<f32> = (start..=end.max(start))
        .map(|sample| filter((sample as f32 - centre).abs() * REACH / reach, soft))
        .collect();
    let sum: f32 = weights.iter().sum();
    for weight in &mut weights {
        *weight /= sum;
    }
    Tap { start, weights }
}

/// The filter at a distance in pixels: of second order (`soft` 1) where threads are finer than pixels can show, of
/// first order where they are not, and between them a mixture.
fn filter(x: f32, soft: f32) -> f32 {
    let tent = (1.0 - x).max(0.0);
    let edge = (1.5 - x).max(0.0);
    let bell = if x < 0.5 { 0.75 - x * x } else { 0.5 * edge * edge };
    tent + (bell - tent) * soft
}

/// Filter a row of RGB samples to pixels.
pub(super) fn across(taps: &[Tap], samples: &[f32], pixels: &mut [f32]) {
    for (tap, pixel) in taps.iter().zip(pixels.chunks_exact_mut(3)) {
        let mut sum = [0.0f32; 3];
        let samples = &samples[tap.start * 3..][..tap.weights.len() * 3];
        for (&weight, sample) in tap.weights.iter().zip(samples.chunks_exact(3)) {
            for (sum, &v) in sum.iter_mut().zip(sample) {
                *sum += weight * v;
            }
        }
        pixel.copy_from_slice(&sum);
    }
}

/// Add a weighted row to a row.
pub(super) fn add(sum: &mut [f32], weight: f32, row: &[f32]) {
    for (sum, &v) in sum.iter_mut().zip(row) {
        *sum += weight * v;
    }
}
