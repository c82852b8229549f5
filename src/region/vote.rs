//! The vote: for each label, the share of the pixels around that has it, under a Gaussian.
//!
//! `argmax_k (G_σ * 1[label = k])` smooths all borders of a map at once and keeps them common to both sides (the
//! diffusion-generated motion of Merriman, Bence and Osher, "Motion of multiple junctions", 1994). Only labels that
//! occur near a tile are counted there, so the cost does not grow with their number.

use std::ops::Range;

use super::Labels;

/// Nodes along a side of a tile.
pub(super) const TILE: usize = 64;

/// A Gaussian, for counting votes.
pub(super) struct Gaussian {
    taps: Vec<f32>,
}

impl Gaussian {
    pub(super) fn new(sigma: f32) -> Self {
        let reach = (3.0 * sigma.max(0.0)).ceil() as isize;
        let weigh = |i: isize| if reach == 0 { 1.0 } else { (-0.5 * (i as f32 / sigma).powi(2)).exp() };
        let taps: Vec<f32> = (-reach..=reach).map(weigh).collect();
        let sum: f32 = taps.iter().sum();
        Self { taps: taps.iter().map(|tap| tap / sum).collect() }
    }

    pub(super) fn reach(&self) -> usize {
        self.taps.len() / 2
    }
}

/// The votes in a rectangle of nodes, which may lie partly outside the map.
pub(super) struct Votes {
    /// The labels that have any, in order.
    pub(super) present: Vec<u16>,
    /// The votes for each of them, row after row; empty if there is only one.
    pub(super) fields: Vec<Vec<f32>>,
    pub(super) width: usize,
}

impl Votes {
    /// Count them for nodes `x` and `y`; what lies outside the map has the label of the nearest pixel inside.
    pub(super) fn count(labels: &Labels, x: &Range<isize>, y: &Range<isize>, gaussian: &Gaussian) -> Self {
        let (width, height, reach) = (x.len(), y.len(), gaussian.reach());
        let patch = gather(labels, x, y, reach as isize);
        let mut present = patch.clone();
        present.dedup();
        present.sort_unstable();
        present.dedup();
        let mut out = Self { present, fields: Vec::new(), width };
        if out.present.len() == 1 {
            return out;
        }
        let wide = width + 2 * reach;
        let (mut own, mut across) = (vec![0.0; wide], vec![0.0; width * (height + 2 * reach)]);
        for label in &out.present {
            for (row, target) in patch.chunks_exact(wide).zip(across.chunks_exact_mut(width)) {
                own.iter_mut().zip(row).for_each(|(own, l)| *own = f32::from(u8::from(l == label)));
                target.fill(0.0);
                for (tap, own) in gaussian.taps.iter().zip(own.windows(width)) {
                    target.iter_mut().zip(own).for_each(|(target, own)| *target += tap * own);
                }
            }
            let mut field = vec![0.0; width * height];
            for (n, target) in field.chunks_exact_mut(width).enumerate() {
                for (tap, row) in gaussian.taps.iter().zip(across[n * width..].chunks_exact(width)) {
                    target.iter_mut().zip(row).for_each(|(target, row)| *target += tap * row);
                }
            }
            out.fields.push(field);
        }
        out
    }
}

/// The labels of the nodes and of a margin around them.
fn gather(labels: &Labels, x: &Range<isize>, y: &Range<isize>, margin: isize) -> Vec<u16> {
    let (w, h) = (labels.size.width() as isize, labels.size.height() as isize);
    let mut out = Vec::with_capacity((x.len() + 2 * margin as usize) * (y.len() + 2 * margin as usize));
    for y in y.start - margin..y.end + margin {
        let row = labels.row(y.clamp(0, h - 1) as usize);
        let (start, end) = (x.start - margin, x.end + margin);
        let (inner, outer) = (start.clamp(0, w), end.clamp(0, w));
        out.extend((start..inner.min(end)).map(|_| row[0]));
        out.extend(&row[inner as usize..outer.max(inner) as usize]);
        out.extend((outer.max(start)..end).map(|_| row[w as usize - 1]));
    }
    out
}
