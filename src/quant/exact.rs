//! As many colours as were asked for: after rounding, centres may have fallen together or be left without a colour of
//! the picture; each such is spent again where the picture is worst served.

use std::collections::HashSet;

use super::cloud::{Cloud, Points, Tree};
use super::cluster::{Dimensions, MOST, Rounds};
use super::colours::{Colours, enter};
use super::{Space, round};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::cluster::{UNKNOWN, distance};

/// Times the palette is looked over; it is nearly always whole the first time.
const TIMES: usize = 8;

/// Colours, and what weighs on each, where it is known.
pub(super) type Weighed = (Vec<[u8; 4]>, Option<Vec<f64>>);

/// What a palette has to stand for.
pub(super) struct Scene<'a, const D: usize> {
    pub(super) tree: &'a Tree<'a, D>,
    /// So many groups of its colours …
    pub(super) groups: usize,
    /// … are these.
    pub(super) cloud: &'a Cloud<D>,
    pub(super) space: Space,
    pub(super) context: &'a Context,
}

impl<const D: usize> Scene<'_, D>
where
    [f32; D]: Dimensions<D>,
{
    /// The colours of centres, `count` of them if the colours of the picture suffice, each the nearest of one of them;
    /// the first `fixed` stay as they are. And what weighs on each, where it is known.
    pub(super) fn whole(&self, centres: &[[f32; D]], count: usize, fixed: &[[u8; 4]]) -> Result<Weighed> {
        let colours = self.tree.colours;
        let mut palette = round::rounded(centres, self.space, self.context);
        palette[..fixed.len()].copy_from_slice(fixed);
        if palette.len() > MOST {
            return Ok((filled(palette, count, colours), None));
        }
        if let Some(weights) = self.witnessed(&palette, count, fixed.len())? {
            return Ok((palette, Some(weights)));
        }
        for _ in 0..TIMES {
            let points = points::<D>(&palette, self.space, self.context);
            let shares = Shares::of(colours, &points, self.context)?;
            let mut missing: Vec<usize> = (fixed.len()..palette.len())
                .filter(|&i| shares.weights[i] == 0.0 || palette[..i].contains(&palette[i]))
                .collect();
            missing.extend(palette.len()..count.min(colours.len().max(palette.len())));
            if missing.is_empty() {
                return Ok((palette, Some(shares.weights)));
            }
            let spare = shares.worst(colours, &points, missing.len());
            for (slot, colour) in missing.into_iter().zip(spare) {
                let colour = rgba(colours.colour(colour));
                match palette.get_mut(slot) {
                    Some(old) => *old = colour,
                    None => palette.push(colour),
                }
            }
        }
        Ok((palette, None))
    }

    /// What weighs on each entry, if none is missing and for each free one a colour of the picture is found to which it
    /// is the nearest. That is quickly seen, and nearly always so.
    fn witnessed(&self, palette: &[[u8; 4]], count: usize, fixed: usize) -> Result<Option<Vec<f64>>> {
        let distinct = palette.iter().collect::<HashSet<_>>().len() == palette.len();
        if palette.len() < count || !distinct {
            return Ok(None);
        }
        let points = points::<D>(palette, self.space, self.context);
        let shares = Shares::of_points(&self.cloud.points, &self.cloud.weights, &points, self.context)?;
        let mut nearest = vec![(f32::INFINITY, 0); palette.len()];
        for ((point, &label), colour) in
            self.cloud.points.iter().zip(&shares.labels).zip(self.tree.middles(self.groups))
        {
            let far = distance(point, &points[usize::from(label)]);
            if far < nearest[usize::from(label)].0 {
                nearest[usize::from(label)] = (far, colour);
            }
        }
        let witnesses: Vec<[f32; D]> =
            nearest.iter().map(|&(_, colour)| self.tree.colours.points[colour]).collect();
        let weights = vec![1.0; witnesses.len()];
        let seen = Shares::of_points(&witnesses, &weights, &points, self.context)?;
        let all =
            (fixed..palette.len()).all(|i| usize::from(seen.labels[i]) == i && nearest[i].0.is_finite());
        Ok(all.then_some(shares.weights))
    }
}

/// A large palette without doubles, filled up with the colours that weigh most among those it lacks.
fn filled<const D: usize>(palette: Vec<[u8; 4]>, count: usize, colours: &Colours<D>) -> Vec<[u8; 4]> {
    let mut has: HashSet<[u8; 4]> = HashSet::with_capacity(count);
    let mut whole: Vec<[u8; 4]> = palette.into_iter().filter(|colour| has.insert(*colour)).collect();
    let mut order: Vec<usize> = (0..colours.len()).collect();
    order.sort_by(|&a, &b| colours.weights[b].total_cmp(&colours.weights[a]).then(a.cmp(&b)));
    let lacking =
        order.into_iter().map(|index| rgba(colours.colour(index))).filter(|colour| has.insert(*colour));
    whole.extend(lacking.take(count.saturating_sub(whole.len())));
    whole
}

/// The points of palette entries.
pub(super) fn points<const D: usize>(palette: &[[u8; 4]], space: Space, context: &Context) -> Vec<[f32; D]> {
    let colours: Vec<[f32; D]> =
        palette.iter().map(|colour| std::array::from_fn(|c| f32::from(colour[c]) / 255.0)).collect();
    enter(&colours, space, context)
}

/// A colour in 8 bits.
pub(super) fn rgba<const D: usize>(colour: [f32; D]) -> [u8; 4] {
    let alpha = if D == 4 { colour[3] } else { 1.0 };
    [colour[0], colour[1], colour[2], alpha].map(|v| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8)
}

/// Which colours go to which entry, and how much weighs on each.
pub(super) struct Shares {
    pub(super) labels: Vec<u16>,
    pub(super) weights: Vec<f64>,
}

impl Shares {
    pub(super) fn of<const D: usize>(
        colours: &Colours<D>,
        points: &[[f32; D]],
        context: &Context,
    ) -> Result<Self>
    where
        [f32; D]: Dimensions<D>,
    {
        Self::of_points(&colours.points, &colours.weights, points, context)
    }

    fn of_points<const D: usize>(
        points: &[[f32; D]],
        weights: &[f32],
        centres: &[[f32; D]],
        context: &Context,
    ) -> Result<Self>
    where
        [f32; D]: Dimensions<D>,
    {
        let labels = vec![UNKNOWN; points.len()];
        let cloud = Points { points, weights };
        let (labels, weights) =
            Rounds::new(cloud, centres.to_vec(), labels, centres.len(), context).nearest()?;
        Ok(Self { labels, weights })
    }

    /// The colours that are worst served, each from another entry that has more than one.
    fn worst<const D: usize>(&self, colours: &Colours<D>, points: &[[f32; D]], count: usize) -> Vec<usize> {
        let error = |i: usize| {
            f64::from(distance(&colours.points[i], &points[usize::from(self.labels[i])]) * colours.weights[i])
        };
        let mut all: Vec<(f64, usize)> =
            (0..colours.len()).map(|i| (error(i), i)).filter(|e| e.0 > 0.0).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // One of each entry first, then a second of each, so that no entry loses all its colours.
        let mut taken = vec![0usize; points.len()];
        let mut turns: Vec<(usize, usize)> = Vec::with_capacity(all.len());
        for (_, index) in all {
            let turn = &mut taken[usize::from(self.labels[index])];
            turns.push((*turn, index));
            *turn += 1;
        }
        turns.sort_by_key(|turn| turn.0);
        turns.truncate(count);
        turns.into_iter().map(|turn| turn.1).collect()
    }
}
