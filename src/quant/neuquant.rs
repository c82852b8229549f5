//! A self-organising map: a chain of colours is drawn towards one pixel after another, its neighbours along with it.
//!
//! After Anthony Dekker, "Kohonen neural networks for optimal colour quantization", 1994, with the bias that keeps every
//! neuron in use (Duane DeSieno, "Adding a conscience to competitive learning", 1988).

use super::cloud::Cloud;

/// Colours shown to the map.
const SHOWN: usize = 1 << 15;
/// How quickly frequencies follow, and how much they weigh in the contest.
const FREQUENCY: f32 = 1.0 / 1024.0;
const BIAS: f32 = 1.0;
/// A step between shown colours that shares no factor with any power of two.
const STEP: f64 = 0.618_033_988_749_895;

/// `count` colours.
pub(super) fn neuquant<const D: usize>(cloud: &Cloud<D>, count: usize) -> Vec<[f32; D]> {
    let (low, high) = bounds(cloud);
    // The chain begins along the diagonal.
    let part = |i: usize| (i as f32 + 0.5) / count as f32;
    let mut neurons: Vec<[f32; D]> =
        (0..count).map(|i| std::array::from_fn(|c| low[c] + (high[c] - low[c]) * part(i))).collect();
    let mut frequencies = vec![1.0 / count as f32; count];
    let scale = (0..D).map(|c| (high[c] - low[c]).powi(2)).sum::<f32>();
    let sums = sums(cloud);
    let total = sums.last().copied().unwrap_or(0.0);
    for shown in 0..SHOWN {
        let progress = shown as f32 / SHOWN as f32;
        let target = (shown as f64 * STEP).fract() * total;
        let point = cloud.points[sums.partition_point(|&sum| sum <= target).min(cloud.len() - 1)];
        let winner = contest(&neurons, &mut frequencies, &point, scale);
        // Both fade as in the paper: the rate by a tenth of its start, the radius from an eighth of the chain.
        let rate = 0.3 * (-3.4 * progress).exp();
        let radius = (count as f32 / 8.0 * (-5.0 * progress).exp()) as usize;
        let reached = winner.saturating_sub(radius)..(winner + radius + 1).min(count);
        for (index, neuron) in reached.clone().zip(&mut neurons[reached]) {
            let away = index.abs_diff(winner) as f32 / (radius + 1) as f32;
            let pull = rate * (1.0 - away * away);
            (0..D).for_each(|c| neuron[c] += pull * (point[c] - neuron[c]));
        }
    }
    neurons
}

fn bounds<const D: usize>(cloud: &Cloud<D>) -> ([f32; D], [f32; D]) {
    cloud.points.iter().fold(([f32::MAX; D], [f32::MIN; D]), |(low, high), point| {
        (std::array::from_fn(|c| low[c].min(point[c])), std::array::from_fn(|c| high[c].max(point[c])))
    })
}

/// The sum of the weights up to each point.
fn sums<const D: usize>(cloud: &Cloud<D>) -> Vec<f64> {
    let add = |sum: &mut f64, weight: &f32| {
        *sum += f64::from(*weight);
        Some(*sum)
    };
    cloud.weights.iter().scan(0.0, add).collect()
}

/// The nearest neuron; those that win often have to be nearer.
fn contest<const D: usize>(
    neurons: &[[f32; D]],
    frequencies: &mut [f32],
    point: &[f32; D],
    scale: f32,
) -> usize {
    let fair = 1.0 / neurons.len() as f32;
    let mut best = (f32::MAX, 0);
    for (index, (neuron, frequency)) in neurons.iter().zip(frequencies.iter_mut()).enumerate() {
        let far = crate::kernel::cluster::distance(neuron, point) - BIAS * scale * fair * (fair - *frequency);
        if far < best.0 {
            best = (far, index);
        }
        *frequency -= FREQUENCY * *frequency;
    }
    frequencies[best.1] += FREQUENCY;
    best.1
}
