//! Which halo families of Nanjing brocade serve a picture.

use super::cluster::Main;
use super::lab::{self, Lab, apart, chroma};
use super::palette::{Family, YUN_FAMILIES};

/// The families that serve the figure's colours best, one after the other.
pub(super) fn families(mains: &[Main], count: usize) -> Vec<Family> {
    let all = YUN_FAMILIES;
    let mut nearest = vec![f32::MAX; mains.len()];
    let mut chosen = Vec::new();
    for _ in 0..count.min(all.len()) {
        let gain = |index: &usize| -> f32 {
            let each = mains.iter().zip(&nearest);
            each.map(|(main, now)| {
                main.weight.sqrt() * (now.min(1.0) - badness(main.colour, &all[*index]).min(*now))
            })
            .sum()
        };
        let free = (0..all.len()).filter(|index| !chosen.contains(index));
        let Some(best) = free.max_by(|a, b| gain(a).total_cmp(&gain(b))) else { break };
        if !chosen.is_empty() && gain(&best) < 1e-4 {
            break;
        }
        chosen.push(best);
        for (main, now) in mains.iter().zip(&mut nearest) {
            *now = now.min(badness(main.colour, &all[best]));
        }
    }
    chosen.iter().map(|index| all[*index]).collect()
}

/// How far a colour is from the line of a family's three steps; hue counts most.
pub(super) fn badness(colour: Lab, family: &Family) -> f32 {
    let fuller = [colour[0], colour[1] * 1.5, colour[2] * 1.5];
    let steps = family.map(|dye| lab::of_bytes(dye.colour));
    let own = chroma(colour);
    let near = |from: Lab, to: Lab| {
        let along = [0, 1, 2].map(|i| to[i] - from[i]);
        let dot: f32 = (0..3).map(|i| along[i] * (fuller[i] - from[i])).sum();
        let part = (dot / along.iter().map(|v| v * v).sum::<f32>()).clamp(0.0, 1.0);
        let at = [0, 1, 2].map(|i| from[i] + part * along[i]);
        // A grey must not turn purple.
        let gained = (chroma(at) - 1.6 * own - 0.02).max(0.0);
        apart(fuller, at, 3.0) + 12.0 * gained * gained
    };
    let lost = (own - chroma(steps[1])).max(0.0);
    near(steps[0], steps[1]).min(near(steps[1], steps[2])) + 2.0 * lost * lost
}
