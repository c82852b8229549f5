//! Rows of how flat a picture is, and what follows for dithering.

use super::level::kernel;

/// The greatest squared difference of a sample to its four neighbours.
#[inline(always)]
fn greatest(here: f32, others: [f32; 4]) -> f32 {
    let mut most = 0.0;
    for other in others {
        let square = (here - other) * (here - other);
        most = if square > most { square } else { most };
    }
    most
}

kernel! {
    /// Add the greatest squared difference of each sample to its four neighbours.
    pub(crate) fn contrast_row(here: &[f32], above: &[f32], below: &[f32], sums: &mut [f32]) {
        let count = here.len();
        let (above, below, sums) = (&above[..count], &below[..count], &mut sums[..count]);
        for x in [0, count - 1].into_iter().take(count) {
            let (left, right) = (here[x.saturating_sub(1)], here[(x + 1).min(count - 1)]);
            sums[x] += greatest(here[x], [left, right, above[x], below[x]]);
        }
        for x in 1..count.max(2) - 1 {
            sums[x] += greatest(here[x], [here[x - 1], here[x + 1], above[x], below[x]]);
        }
    }
}

kernel! {
    /// Squared contrasts become flatness: 1 where there is none, a half at `still`, soon nothing beyond.
    pub(crate) fn flatness_row(row: &mut [f32], still: f32) {
        for value in row {
            let ratio = *value / still;
            *value = 1.0 / (1.0 + ratio * ratio);
        }
    }
}

/// Of a gap between colours: a contrast that is half an edge.
const EDGE: f32 = 0.5;

kernel! {
    /// Shut the gate as far as it is flat around (`around`, 0 to 1) and there is an edge (`contrast`,
    /// squared). `how` is how far to shut it, and the gap between colours.
    pub(crate) fn gate_row(gate: &mut [f32], contrast: &[f32], around: &[f32], how: [f32; 2]) {
        let [clean, gap] = how;
        let half = EDGE * EDGE * gap * gap + 1e-12;
        for ((gate, contrast), around) in gate.iter_mut().zip(contrast).zip(around) {
            *gate *= 1.0 - clean * around * around * (contrast / (contrast + half));
        }
    }
}
