//! The striped warp of Chengdu brocade: each hue in flat steps (晕裥).

use super::lab::{self, Lab, apart};
use super::palette::{Dye, SHU_STRIPES};

/// The warp: flat stripes in steps of a hue (晕裥), one hue after the other, each from dark to light; a fine line of
/// light ends parts the hues.
pub(super) struct Stripes {
    pub(super) dyes: Vec<Dye>,
    /// Each stripe's dye and its share of the repeat.
    order: Vec<(u8, f32)>,
}

/// Ends in a repeat of the stripes.
const REPEAT: f32 = 300.0;

impl Stripes {
    pub(super) fn of(mean: Lab, yarns: usize) -> Self {
        // Few yarns make few steps.
        let steps = match yarns {
            0..=7 => [1, 1, 0],
            8..=13 => [3, 1, 0],
            14..=18 => [4, 2, 1],
            _ => [5, 3, 2],
        };
        let (mut dyes, mut order) = (Vec::new(), Vec::new());
        for (hue, (count, share)) in
            gradations(mean).into_iter().zip(steps.into_iter().zip([0.6, 0.26, 0.14]))
        {
            let all = SHU_STRIPES[hue];
            for step in 0..count {
                // The darkest of five first; fewer are taken from the middle.
                let at = if count == 5 { 4 - step } else { 3 - step.min(3) };
                order.push((dyes.len() as u8, share / count as f32));
                dyes.push(all[at]);
            }
            if count > 1 {
                order.push((u8::MAX, 2.0 / REPEAT));
            }
        }
        let light = dyes.len() as u8;
        if order.iter().any(|(dye, _)| *dye == u8::MAX) {
            dyes.push(SHU_STRIPES[5][0]);
        }
        order.iter_mut().filter(|(dye, _)| *dye == u8::MAX).for_each(|(dye, _)| *dye = light);
        Self { dyes, order }
    }

    /// The dye of each end; the stripes repeat a whole number of times.
    pub(super) fn warp(&self, ends: usize) -> Vec<u8> {
        let repeat = ends as f32 / (ends as f32 / REPEAT).round().max(1.0);
        let whole: f32 = self.order.iter().map(|(_, share)| share).sum();
        let dye = |end: usize| {
            let mut at = (end as f32 + 0.5) / repeat % 1.0 * whole;
            for (dye, share) in &self.order {
                if at < *share {
                    return *dye;
                }
                at -= share;
            }
            self.order.last().map_or(0, |(dye, _)| *dye)
        };
        (0..ends).map(dye).collect()
    }
}

/// Three gradations: the nearest to a colour first, then red or blue, then gold.
fn gradations(mean: Lab) -> [usize; 3] {
    let full = [mean[0], mean[1] * 2.5, mean[2] * 2.5];
    let key = |index: &usize| apart(full, lab::of_bytes(SHU_STRIPES[*index][2].colour), 4.0);
    let first = (0..5).min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(0);
    let second = if first == 0 { 3 } else { 0 };
    let third = if first == 1 { 2 } else { 1 };
    [first, second, third]
}
