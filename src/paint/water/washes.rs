//! Glazes from light to dark.
//!
//! Each glaze covers what is darker than its threshold, and adds its share of pigment; where a glaze ends on dry
//! paper its pigment has gathered at the rim (Curtis et al. 1997). The rim is what a wash has more of than its
//! surroundings on average, so there is none inside a wash, none on its light side and none where an edge runs.

use super::chance::slow;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::water::{Stage, glaze};
use crate::line::{blurred, rows};
use crate::pixel::Plane;

/// The amount of pigment of all glazes together.
const MOST: f32 = 2.4;
/// What the first glaze of one, two, three and more adds: little, so that pale colours are not lost or doubled.
const FIRST: [f32; 4] = [0.9, 0.4, 0.22, 0.16];
/// The golden angle: each glaze is shifted another way.
const TURN: f32 = 2.399_963;
/// Cells in units, and how much, of what shifts one glaze against another.
const SHIFT: [(f32, f32); 2] = [(48.0, 0.75), (14.0, 0.35)];
/// The rim's width in units: a fine line and what gathers behind it.
const RIM: [(f32, f32); 2] = [(1.0, 0.55), (4.5, 0.45)];

/// How much more each glaze adds than the one before, so that all come to the most.
fn growth(first: f32, count: usize) -> f32 {
    let total = |growth: f32| (0..count).map(|k| first * growth.powi(k as i32)).sum::<f32>();
    let (mut low, mut high) = (1.0, MOST / first);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if total(middle) < MOST { low = middle } else { high = middle }
    }
    low
}

/// The glazes: their thresholds and how much each adds.
pub(super) fn stages(count: usize, shift: f32) -> Vec<Stage> {
    let first = FIRST[count.clamp(1, FIRST.len()) - 1];
    let growth = growth(first, count);
    let mut below = 0.0;
    (0..count)
        .map(|k| {
            let step = first * growth.powi(k as i32);
            let from = below + if k == 0 { 0.42 } else { 0.5 } * step;
            below += step;
            let (sin, cos) = (TURN * k as f32).sin_cos();
            let by = 0.28 * shift * step;
            Stage { from, step, shift: [by * cos, by * sin], grain: if k == 0 { 0.1 } else { 0.04 } * step }
        })
        .collect()
}

/// Two planes of chance that shift glazes.
pub(super) fn shifts(like: &Plane, seed: u64, context: &Context) -> Result<[Plane; 2]> {
    let plane = |salt: u64| {
        let octaves = SHIFT.map(|(cell, part)| (cell, part, salt ^ cell as u64));
        slow(like.size(), &octaves, seed, context)
    };
    Ok([plane(0x6100)?, plane(0x6200)?])
}

/// What changes the edges of glazes from place to place.
pub(super) struct Edges<'a> {
    pub(super) soft: &'a Plane,
    pub(super) shifts: &'a [Plane; 2],
    pub(super) stages: &'a [Stage],
}

/// The pigment that a place's surroundings have on average once all glazes are laid.
pub(super) fn surroundings(amount: &Plane, edges: &Edges<'_>, unit: f32, context: &Context) -> Result<Plane> {
    let Edges { soft, shifts, stages } = edges;
    let laid = rows(amount.size(), context, |y, row| {
        row.copy_from_slice(amount.row(y));
        let none = vec![0.0; row.len()];
        let shifts = [shifts[0].row(y), shifts[1].row(y)];
        glaze(context.level, row, soft.row(y), shifts, &none, stages, &mut vec![0.0; none.len()]);
    })?;
    let [near, far] = RIM;
    let narrow = blurred(&laid, near.0 * unit, context)?;
    let wide = blurred(&narrow, far.0 * unit, context)?;
    let (low, h) = ((1.6 * unit).round() as usize, laid.size().height());
    rows(amount.size(), context, |y, row| {
        // Paint runs down and gathers at the lower rim.
        let wide = wide.row((y + low).min(h - 1));
        for (v, (narrow, wide)) in row.iter_mut().zip(narrow.row(y).iter().zip(wide)) {
            *v = near.1 * narrow + far.1 * wide;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST, stages};

    #[test]
    fn glazes_grow_and_come_to_the_most() {
        for count in 1..=8 {
            let all = stages(count, 0.0);
            let total: f32 = all.iter().map(|stage| stage.step).sum();
            assert_eq!(all.len(), count);
            assert!(count == 1 || (total - MOST).abs() < 1e-3, "{count}: {total}");
            assert!(all.windows(2).all(|pair| pair[0].from < pair[1].from && pair[0].step < pair[1].step));
        }
    }
}
