//! Rows of how flat a picture is, and what follows for dithering.

use super::level::kernel;

kernel! {
    /// Add the greatest squared difference of each sample to its four neighbours.
    pub(crate) fn contrast_row(here: &[f32], above: &[f32], below: &[f32], sums: &mut [f32]) {
        let last = here.len() - 1;
        for (x, sum) in sums.iter_mut().enumerate() {
            let (left, right) = (here[x.saturating_sub(1)], here[(x + 1).min(last)]);
            let square = |other: f32| (here[x] - other) * (here[x] - other);
            *sum += square(left).max(square(right)).max(square(above[x]).max(square(below[x])));
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
