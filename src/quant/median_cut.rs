//! Median cut: the box with the most pixels is cut in two halves of as many pixels, across its longest side.
//!
//! Paul Heckbert, "Color image quantization for frame buffer display", 1982.

use super::cloud::Cloud;

/// Up to `count` means of boxes.
pub(super) fn median_cut<const D: usize>(cloud: &Cloud<D>, count: usize) -> Vec<[f32; D]> {
    let mut boxes = vec![(0..cloud.len() as u32).collect::<Vec<_>>()];
    while boxes.len() < count {
        let weight =
            |members: &Vec<u32>| members.iter().map(|&i| f64::from(cloud.weights[i as usize])).sum::<f64>();
        let fullest = (0..boxes.len())
            .filter(|&i| boxes[i].len() > 1)
            .max_by(|&a, &b| weight(&boxes[a]).total_cmp(&weight(&boxes[b])).then(b.cmp(&a)));
        let Some(fullest) = fullest else { break };
        let beyond = halve(cloud, &mut boxes[fullest]);
        boxes.push(beyond);
    }
    boxes.iter().map(|members| mean(cloud, members)).collect()
}

/// Keep the lower half by weight along the longest side; the upper half is returned. Neither is empty.
fn halve<const D: usize>(cloud: &Cloud<D>, members: &mut Vec<u32>) -> Vec<u32> {
    let value = |member: u32, c: usize| cloud.points[member as usize][c];
    let side = |c: usize| {
        let (low, high) = members
            .iter()
            .fold((f32::MAX, f32::MIN), |(low, high), &m| (low.min(value(m, c)), high.max(value(m, c))));
        high - low
    };
    let longest = (0..D).max_by(|&a, &b| side(a).total_cmp(&side(b))).unwrap_or(0);
    members.sort_by(|&a, &b| value(a, longest).total_cmp(&value(b, longest)).then(a.cmp(&b)));
    let total: f64 = members.iter().map(|&m| f64::from(cloud.weights[m as usize])).sum();
    let mut sum = 0.0;
    let middle = members.iter().position(|&m| {
        sum += f64::from(cloud.weights[m as usize]);
        2.0 * sum >= total
    });
    let cut = (middle.unwrap_or(0) + 1).clamp(1, members.len() - 1);
    members.split_off(cut)
}

/// The weighted mean of some points.
pub(super) fn mean<const D: usize>(cloud: &Cloud<D>, members: &[u32]) -> [f32; D] {
    let (mut sums, mut weight) = ([0.0f64; D], 0.0f64);
    for &member in members {
        let share = f64::from(cloud.weights[member as usize]);
        weight += share;
        (0..D).for_each(|c| sums[c] += share * f64::from(cloud.points[member as usize][c]));
    }
    sums.map(|sum| (sum / weight.max(f64::MIN_POSITIVE)) as f32)
}
