//! The main colours of a picture's cells, by weight.
//!
//! Cells are counted in a coarse table of Oklab, seeds are taken far from each other (weight times the fourth power of
//! the distance, so that a small part of a colour of its own is found), and moved to the mean of what is nearest (Lloyd, "Least squares quantization in PCM", 1982).

use super::cells::Cells;
use super::lab::{Lab, apart};

/// How much more a step of colour counts than one of lightness.
pub(super) const CHROMA: f32 = 3.5;

/// A colour and how much of the picture it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Main {
    pub(super) colour: Lab,
    pub(super) weight: f32,
}

/// At most `count` main colours, from dark to light.
pub(super) fn main_colours(cells: &Cells<Lab>, weight: &Cells<f32>, count: usize) -> Vec<Main> {
    let table = tally(cells, weight);
    let mut centres = seeds(&table, count);
    for _ in 0..12 {
        settle(&table, &mut centres);
    }
    centres.retain(|main| main.weight > 0.0);
    centres.sort_by(|a, b| a.colour[0].total_cmp(&b.colour[0]));
    centres
}

/// The filled places of a table of Oklab, each with its mean colour.
fn tally(cells: &Cells<Lab>, weight: &Cells<f32>) -> Vec<Main> {
    const SIDE: usize = 40;
    let place = |[l, a, b]: Lab| {
        let at =
            |value: f32, from: f32| ((value - from) * SIDE as f32).clamp(0.0, SIDE as f32 - 1.0) as usize;
        (at(l, 0.0) * SIDE + at(a, -0.5)) * SIDE + at(b, -0.5)
    };
    let mut sums = vec![[0f64; 4]; SIDE * SIDE * SIDE];
    for (lab, weight) in cells.values().iter().zip(weight.values()) {
        let sum = &mut sums[place(*lab)];
        (0..3).for_each(|channel| sum[channel] += f64::from(lab[channel] * weight));
        sum[3] += f64::from(*weight);
    }
    let filled = sums.iter().filter(|sum| sum[3] > 0.0);
    filled
        .map(|[l, a, b, n]| Main { colour: [l / n, a / n, b / n].map(|v| v as f32), weight: *n as f32 })
        .collect()
}

fn seeds(table: &[Main], count: usize) -> Vec<Main> {
    let mut nearest = vec![f32::MAX; table.len()];
    let mut out: Vec<Main> = Vec::new();
    let heaviest = |a: &&Main, b: &&Main| a.weight.total_cmp(&b.weight);
    let mut next = table.iter().max_by(heaviest).copied();
    while let Some(main) = next.filter(|_| out.len() < count) {
        out.push(main);
        let mut best = (0f32, None);
        for (entry, nearest) in table.iter().zip(&mut nearest) {
            *nearest = nearest.min(apart(entry.colour, main.colour, CHROMA));
            let score = *nearest * *nearest * entry.weight;
            if score > best.0 {
                best = (score, Some(*entry));
            }
        }
        next = best.1;
    }
    out
}

fn settle(table: &[Main], centres: &mut [Main]) {
    let mut sums = vec![[0f64; 4]; centres.len()];
    for entry in table {
        let sum = &mut sums[nearest(entry.colour, centres)];
        (0..3).for_each(|channel| sum[channel] += f64::from(entry.colour[channel] * entry.weight));
        sum[3] += f64::from(entry.weight);
    }
    for (centre, [l, a, b, n]) in centres.iter_mut().zip(sums) {
        centre.weight = n as f32;
        if n > 0.0 {
            centre.colour = [l / n, a / n, b / n].map(|value| value as f32);
        }
    }
}

/// Which of some colours is nearest.
pub(super) fn nearest(colour: Lab, mains: &[Main]) -> usize {
    let mut best = (f32::MAX, 0);
    for (index, main) in mains.iter().enumerate() {
        let distance = apart(colour, main.colour, CHROMA);
        if distance < best.0 {
            best = (distance, index);
        }
    }
    best.1
}
