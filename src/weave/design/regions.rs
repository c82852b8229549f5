//! Regions of a map of yarns: calm borders, islands merged, notches filled.

use super::cells::Cells;
use super::lab::{Lab, apart};
use crate::context::Context;
use crate::error::Result;
use crate::region::{Components, Labels, Rules, components, merge_by};

/// Labels are below this: no cloth has as many figure wefts.
const MOST_LABELS: usize = 64;

/// Each cell takes the yarn with the most votes around it, under a Gaussian of `sigma` ends. A cell votes with its
/// `weight`, so a small part of importance holds its own.
pub(super) fn vote(
    map: &Cells<u8>,
    weight: &Cells<f32>,
    sigma: f32,
    tall: f32,
    ctx: &Context,
) -> Result<Cells<u8>> {
    let reach = [(2.0 * sigma).ceil() as isize, (2.0 * sigma / tall).ceil() as isize];
    let offsets: Vec<(isize, isize, f32)> = (-reach[1]..=reach[1])
        .flat_map(|dy| (-reach[0]..=reach[0]).map(move |dx| (dx, dy)))
        .map(|(dx, dy)| {
            let square = (dx * dx) as f32 + (dy * dy) as f32 * tall * tall;
            (dx, dy, (-square / (2.0 * sigma * sigma)).exp())
        })
        .collect();
    map.each(ctx, |x, y, own| if is_even(map, x, y) { own } else { winner(map, weight, &offsets, x, y) })
}

/// Whether a cell and all eight around it are of one yarn.
fn is_even(map: &Cells<u8>, x: usize, y: usize) -> bool {
    let own = map.at(x, y);
    let columns = x.saturating_sub(1)..(x + 2).min(map.width());
    (y.saturating_sub(1)..(y + 2).min(map.height()))
        .all(|y| map.row(y)[columns.clone()].iter().all(|v| *v == own))
}

fn winner(map: &Cells<u8>, weight: &Cells<f32>, offsets: &[(isize, isize, f32)], x: usize, y: usize) -> u8 {
    let mut votes = [0f32; MOST_LABELS];
    let own = map.at(x, y);
    for (dx, dy, part) in offsets {
        let (u, v) = (x as isize + dx, y as isize + dy);
        votes[usize::from(map.clamped(u, v)) % MOST_LABELS] += part * weight.clamped(u, v);
    }
    let mut best = own;
    for (label, share) in votes.iter().enumerate() {
        if *share > votes[usize::from(best) % MOST_LABELS] {
            best = label as u8;
        }
    }
    best
}

/// Which cells hang together.
pub(super) fn parts(map: &Cells<u8>, ctx: &Context) -> Result<Components> {
    components(&labels(map), ctx)
}

fn labels(map: &Cells<u8>) -> Labels {
    Labels::new(map.size(), map.values().iter().map(|label| u16::from(*label)).collect())
        .expect("one label for each cell")
}

/// Merge each part of less than `least` cells into a neighbour: with a long border, and of a colour alike. A part of
/// importance may be smaller, down to a quarter. The smallest goes first.
pub(super) fn merge_islands(
    map: &mut Cells<u8>,
    colours: &[Lab],
    importance: &Cells<f32>,
    least: u32,
    ctx: &Context,
) -> Result<()> {
    let mut labels = labels(map);
    let found = components(&labels, ctx)?;
    let mut needed = vec![0f32; found.area.len()];
    for (part, value) in found.of.iter().zip(importance.values()) {
        needed[*part as usize] += value;
    }
    for (need, area) in needed.iter_mut().zip(&found.area) {
        *need = least as f32 * (1.0 - 0.75 * (*need / *area as f32).min(1.0));
    }
    let colour = |label: u16| colours.get(usize::from(label)).copied().unwrap_or_default();
    let key = |own: u16, other: u16, length: u32| {
        let distance = apart(colour(own), colour(other), 1.0).sqrt();
        // Positive numbers are in the order of their bits.
        u64::from(((distance + 0.04) / length as f32).to_bits())
    };
    let is_small = |part: u32, area: u32| (area as f32) < needed[part as usize];
    merge_by(&mut labels, &found, &Rules { is_small: &is_small, key: &key }, ctx)?;
    map.values_mut().iter_mut().zip(labels.labels()).for_each(|(own, label)| *own = *label as u8);
    Ok(())
}

/// The same for a mask, whose parts all need as many cells.
pub(super) fn tidy_mask(mask: &mut Cells<u8>, least: u32, ctx: &Context) -> Result<()> {
    let none = mask.map(|_| 0.0);
    merge_islands(mask, &[[0.0; 3], [1.0, 0.0, 0.0]], &none, least, ctx)
}

/// Fill notches: a cell of which three neighbours are of one other yarn takes it. At most `rounds` times.
pub(super) fn fill_notches(map: &mut Cells<u8>, rounds: u32) {
    for _ in 0..rounds {
        let before = map.clone();
        let mut changed = false;
        for at in 0..before.values().len() {
            let own = before.values()[at];
            let mut others = before.around(at).map(|place| before.values()[place]).filter(|v| *v != own);
            let Some(first) = others.next() else { continue };
            let rest: Vec<u8> = others.collect();
            let most =
                *rest.first().filter(|second| rest.contains(second) && **second != first).unwrap_or(&first);
            let count = rest.iter().filter(|v| **v == most).count() + usize::from(first == most);
            if count >= 3 {
                map.values_mut()[at] = most;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}
