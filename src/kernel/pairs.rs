//! The exact bilateral filter in two steps. First every pair of neighbours is weighed, once for both; then each pixel
//! gathers its weights and averages.

use super::exp::{exp2_below, shared};
use super::level::kernel;

/// Pixels handled together: two vectors of AVX2, so that one is in the making while the other waits.
pub(crate) const LANES: usize = 16;

/// Pairs of one kind along a row: a pixel and the one at a certain place from it.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    /// Where the row of first pixels starts in the planes.
    pub(crate) first: usize,
    /// Where the row of second pixels starts in the planes.
    pub(crate) second: usize,
    /// Where the row of their weights starts.
    pub(crate) weight: usize,
    /// What nearness leaves of the weight.
    pub(crate) share: f32,
}

/// One neighbour of every pixel of a row.
#[derive(Clone, Copy)]
pub(crate) struct Tap {
    /// Where the row of neighbours starts in the planes.
    pub(crate) value: usize,
    /// Where the row of their weights starts.
    pub(crate) weight: usize,
}

#[inline(always)]
fn lanes(row: &[f32], at: usize) -> [f32; LANES] {
    row[at..at + LANES].as_chunks().0[0]
}

/// The weight of `count` pairs of each kind, a multiple of `LANES`. The planes are in a unit in which a difference of
/// one, summed over channels, halves the weight; halving goes with the square of it.
#[inline(always)]
fn weigh<const C: usize>(planes: [&[f32]; C], pairs: &[Pair], count: usize, weights: &mut [f32]) {
    for pair in pairs {
        let shared = shared(pair.share);
        let first: [&[f32]; C] = std::array::from_fn(|c| &planes[c][pair.first..pair.first + count]);
        let second: [&[f32]; C] = std::array::from_fn(|c| &planes[c][pair.second..pair.second + count]);
        let (chunks, _) = weights[pair.weight..pair.weight + count].as_chunks_mut::<LANES>();
        for (k, weight) in chunks.iter_mut().enumerate() {
            let first: [[f32; LANES]; C] = std::array::from_fn(|c| lanes(first[c], k * LANES));
            let second: [[f32; LANES]; C] = std::array::from_fn(|c| lanes(second[c], k * LANES));
            for i in 0..LANES {
                let mut distance = 0.0;
                for c in 0..C {
                    distance += (first[c][i] - second[c][i]).abs();
                }
                weight[i] = exp2_below(distance * distance, shared);
            }
        }
    }
}

/// The mean of each pixel (those from `centre` on, which weigh 1) and its neighbours, times `gain`. Each row of `out`
/// is a multiple of `LANES` long.
#[inline(always)]
fn gather<const C: usize>(
    (planes, centre): ([&[f32]; C], usize),
    weights: &[f32],
    taps: &[Tap],
    gain: f32,
    out: [&mut [f32]; C],
) {
    for x in (0..out[0].len()).step_by(LANES) {
        let mut total = [1.0; LANES];
        let mut sums: [[f32; LANES]; C] = std::array::from_fn(|c| lanes(planes[c], centre + x));
        for tap in taps {
            let weight = lanes(weights, tap.weight + x);
            for c in 0..C {
                let values = lanes(planes[c], tap.value + x);
                for i in 0..LANES {
                    sums[c][i] += weight[i] * values[i];
                }
            }
            for i in 0..LANES {
                total[i] += weight[i];
            }
        }
        let part = total.map(|total| gain / total);
        for c in 0..C {
            let out = &mut out[c][x..x + LANES];
            for i in 0..LANES {
                out[i] = sums[c][i] * part[i];
            }
        }
    }
}

kernel! {
    /// Weigh by one plane.
    pub(crate) fn weigh1(planes: [&[f32]; 1], pairs: &[Pair], count: usize, weights: &mut [f32]) {
        weigh(planes, pairs, count, weights);
    }
}

kernel! {
    /// Weigh by three planes.
    pub(crate) fn weigh3(planes: [&[f32]; 3], pairs: &[Pair], count: usize, weights: &mut [f32]) {
        weigh(planes, pairs, count, weights);
    }
}

kernel! {
    /// Average one plane.
    pub(crate) fn gather1(
        source: ([&[f32]; 1], usize), weights: &[f32], taps: &[Tap], gain: f32, out: [&mut [f32]; 1]
    ) {
        gather(source, weights, taps, gain, out);
    }
}

kernel! {
    /// Average three planes.
    pub(crate) fn gather3(
        source: ([&[f32]; 3], usize), weights: &[f32], taps: &[Tap], gain: f32, out: [&mut [f32]; 3]
    ) {
        gather(source, weights, taps, gain, out);
    }
}
