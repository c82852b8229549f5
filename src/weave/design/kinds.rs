//! Which of a picture's main colours are those of its ground.

use super::cells::Cells;
use super::cluster::Main;
use super::lab::Lab;

/// How much a step of lightness and of colour count when a ground is of one kind: it may be lit unevenly.
const ALIKE: [f32; 2] = [0.35, 4.0];
/// A second kind of ground is at least so much of the first.
const SECOND: f32 = 0.35;
/// How far a main colour may be from that of the ground.
const FAR: f32 = 0.165;

/// Which main colours are of the ground's kind, or of its second kind where it has two (sky and grass).
pub(super) fn like_ground(
    map: &Cells<u8>,
    score: &Cells<f32>,
    detail: &Cells<f32>,
    mains: &[Main],
    limit: f32,
) -> Vec<bool> {
    let weight = plainness(map, score, detail, mains.len());
    let like = |a: usize, b: usize| differ(mains[a].colour, mains[b].colour) < FAR * FAR;
    let kind = |index: usize, free: &[bool]| -> f32 {
        let all = (0..mains.len()).filter(|other| free[*other] && like(index, *other));
        all.map(|other| weight[other]).sum::<f32>() + weight[index]
    };
    let means = means(map, score, mains.len());
    let mut is_like = vec![false; mains.len()];
    let mut first = 0.0;
    for _ in 0..2 {
        let free: Vec<bool> = is_like.iter().map(|like| !like).collect();
        let each = (0..mains.len()).filter(|index| free[*index]);
        let Some(best) = each.max_by(|a, b| kind(*a, &free).total_cmp(&kind(*b, &free))) else { break };
        let whole = kind(best, &free);
        let out = (0..mains.len()).filter(|o| like(best, *o)).map(|o| means[o]).fold(0.0, f32::max);
        if whole < SECOND * first || first > 0.0 && out > limit {
            break;
        }
        first = whole;
        (0..mains.len()).for_each(|other| is_like[other] |= like(best, other));
    }
    is_like
}

/// How much each main colour stands out on the whole.
fn means(map: &Cells<u8>, score: &Cells<f32>, count: usize) -> Vec<f32> {
    let mut sums = vec![[0f64; 2]; count];
    for (label, score) in map.values().iter().zip(score.values()) {
        sums[usize::from(*label)][0] += f64::from(*score);
        sums[usize::from(*label)][1] += 1.0;
    }
    sums.iter().map(|[sum, cells]| (sum / cells.max(1.0)) as f32).collect()
}

/// For each main colour how much of it is near the border, stands out little and is even.
fn plainness(map: &Cells<u8>, score: &Cells<f32>, detail: &Cells<f32>, count: usize) -> Vec<f32> {
    let (width, height) = (map.width(), map.height());
    let rim = (width.min(height) / 10).max(1);
    let mut weight = vec![0f32; count];
    for (at, label) in map.values().iter().enumerate() {
        let (x, y) = (at % width, at / width);
        let is_rim = x.min(width - 1 - x).min(y).min(height - 1 - y) < rim;
        let plain = (1.0 - score.values()[at]).max(0.0);
        let even = 1.0 - detail.values()[at];
        weight[usize::from(*label)] += plain * plain * even * even * even * if is_rim { 6.0 } else { 1.0 };
    }
    weight
}

fn differ(a: Lab, b: Lab) -> f32 {
    let [l, u, v] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    ALIKE[0] * l * l + ALIKE[1] * (u * u + v * v)
}
