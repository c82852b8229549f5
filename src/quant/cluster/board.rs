//! What is known of every centre when some are to move: its points, what it is worth, where another would help it.

use std::collections::HashSet;

use super::super::cloud::Points;
use super::lloyd::{Dimensions, Rounds, Share};
use super::split::{add_square, principal};
use crate::error::Result;

/// Where a second centre would go, and the first then too, and how much that gains at once.
#[derive(Clone, Copy)]
pub(super) struct Place<const D: usize> {
    pub(super) centre: usize,
    pub(super) gain: f64,
    pub(super) halves: [[f32; D]; 2],
}

pub(super) struct Board<const D: usize> {
    pub(super) shares: Vec<Share<D>>,
    /// The points of each centre.
    pub(super) members: Vec<Vec<u32>>,
    places: Vec<Option<Place<D>>>,
}

impl<const D: usize> Board<D> {
    /// After a round that only assigns.
    pub(super) fn of(rounds: &mut Rounds<'_, D>) -> Result<Self>
    where
        [f32; D]: Dimensions<D>,
    {
        let shares = rounds.assign()?;
        let count = shares.len();
        let mut board = Self { shares, members: vec![Vec::new(); count], places: vec![None; count] };
        for (point, &label) in rounds.labels.iter().enumerate() {
            board.members[usize::from(label)].push(point as u32);
        }
        (0..count).for_each(|centre| board.places[centre] = board.place(rounds.cloud, centre));
        Ok(board)
    }

    /// Centres of a group have new points.
    pub(super) fn replace(
        &mut self,
        rounds: &Rounds<'_, D>,
        group: &[usize],
        members: &[u32],
        shares: &[Share<D>],
    ) {
        group.iter().for_each(|&centre| self.members[centre].clear());
        for &member in members {
            self.members[usize::from(rounds.labels[member as usize])].push(member);
        }
        for (&centre, share) in group.iter().zip(shares) {
            self.shares[centre] = *share;
            self.places[centre] = self.place(rounds.cloud, centre);
        }
    }

    /// Centres that may leave, those that are missed least first.
    pub(super) fn leaving(&self, fixed: usize, most: usize) -> Vec<(f64, usize)> {
        let worth = self.shares[fixed..].iter().enumerate().map(|(at, share)| (share.worth, fixed + at));
        first(worth.collect(), most)
    }

    /// Places for another centre, the most rewarding first.
    pub(super) fn arriving(&self, most: usize) -> Vec<Place<D>> {
        let gains = self.places.iter().flatten().map(|place| (-place.gain, place.centre));
        first(gains.collect(), most).iter().filter_map(|&(_, centre)| self.places[centre]).collect()
    }

    /// The move that promises most of those not tried yet: to where, and of whom.
    pub(super) fn promising(
        &self,
        fixed: usize,
        most: usize,
        tried: &HashSet<(usize, usize)>,
    ) -> Option<(Place<D>, usize)> {
        let leaving = self.leaving(fixed, most);
        let mut best: Option<(f64, Place<D>, usize)> = None;
        for place in self.arriving(most) {
            let untried = |&&(_, leaver): &&(f64, usize)| {
                leaver != place.centre && !tried.contains(&(place.centre, leaver))
            };
            let Some(&(worth, leaver)) = leaving.iter().find(untried) else { continue };
            if best.as_ref().is_none_or(|best| place.gain - worth > best.0) {
                best = Some((place.gain - worth, place, leaver));
            }
        }
        best.map(|(_, place, leaver)| (place, leaver))
    }

    /// Where a second centre would help this one. `None` if all its points are one.
    fn place(&self, cloud: Points<'_, D>, centre: usize) -> Option<Place<D>> {
        let share = &self.shares[centre];
        let mean = share.sum.map(|v| v / share.weight.max(f64::MIN_POSITIVE));
        let each = || {
            self.members[centre].iter().map(|&member| {
                let point = &cloud.points[member as usize];
                let shift: [f64; D] = std::array::from_fn(|c| f64::from(point[c]) - mean[c]);
                (shift, f64::from(cloud.weights[member as usize]))
            })
        };
        let mut spread = [[0.0; D]; D];
        each().for_each(|(shift, weight)| add_square(&mut spread, shift, weight));
        let axis = principal(&spread);
        let (mut beyond, mut shift) = (0.0, [0.0; D]);
        for (from, weight) in each() {
            if (0..D).map(|c| from[c] * axis[c]).sum::<f64>() > 0.0 {
                beyond += weight;
                (0..D).for_each(|c| shift[c] += weight * from[c]);
            }
        }
        let rest = share.weight - beyond;
        let half = |by: f64| std::array::from_fn(|c| (mean[c] + shift[c] / by) as f32);
        let gain = shift.iter().map(|v| v * v).sum::<f64>() * (1.0 / beyond + 1.0 / rest);
        (beyond > 0.0 && rest > 0.0).then(|| Place { centre, gain, halves: [half(-rest), half(beyond)] })
    }
}

/// The least, in ascending order.
fn first(mut all: Vec<(f64, usize)>, most: usize) -> Vec<(f64, usize)> {
    let order = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    if most < all.len() {
        all.select_nth_unstable_by(most, order);
        all.truncate(most);
    }
    all.sort_unstable_by(order);
    all
}
