//! Out of a valley: the centre that is missed least moves to where it helps most.

use super::lloyd::{Dimensions, Rounds, Share, error};
use super::split::{add_square, principal};
use crate::error::Result;

/// Centres considered for leaving, and places considered for arriving, when one moves at a time.
const CANDIDATES: usize = 12;
/// Rounds after which a move is judged.
const JUDGED: usize = 3;

/// Where a second centre would go, and the first then too, and how much that gains at once.
#[derive(Clone, Copy)]
struct Place<const D: usize> {
    centre: usize,
    gain: f64,
    halves: [[f32; D]; 2],
}

/// Move as many centres as promise to help; says how many did.
pub(super) fn many<const D: usize>(rounds: &mut Rounds<'_, D>) -> Result<usize>
where
    [f32; D]: Dimensions<D>,
{
    let shares = rounds.assign()?;
    rounds.update(&shares);
    let (places, leaving) = (places(rounds, &shares), leaving(rounds, &shares));
    let old = rounds.centres.clone();
    let mut taken = vec![false; old.len()];
    let mut moved = 0;
    let mut next = places.iter();
    for &(worth, leaver) in &leaving {
        if taken[leaver] {
            continue;
        }
        let Some(place) = next.by_ref().find(|place| !taken[place.centre] && place.centre != leaver) else {
            break;
        };
        if place.gain <= 1.05 * worth || moved > old.len() / 4 {
            break;
        }
        place_at(rounds, place, leaver);
        taken[leaver] = true;
        taken[place.centre] = true;
        // Whoever takes over the points of the leaver is needed where it is.
        let square = |i: usize| crate::kernel::cluster::distance(&old[i], &old[leaver]);
        let heir = (0..old.len()).filter(|&i| i != leaver).min_by(|&a, &b| square(a).total_cmp(&square(b)));
        heir.into_iter().for_each(|heir| taken[heir] = true);
        moved += 1;
    }
    Ok(moved)
}

/// Try single moves, the most promising first, and keep those that help.
pub(super) fn one_by_one<const D: usize>(rounds: &mut Rounds<'_, D>, mut trials: usize) -> Result<()>
where
    [f32; D]: Dimensions<D>,
{
    while trials > 0 {
        let shares = rounds.assign()?;
        let before = error(&shares);
        let (places, leaving) = (places(rounds, &shares), leaving(rounds, &shares));
        let mut pairs = Vec::new();
        for place in places.iter().take(CANDIDATES) {
            let others = leaving.iter().take(CANDIDATES).filter(|(_, leaver)| *leaver != place.centre);
            pairs.extend(others.map(|&(worth, leaver)| (place.gain - worth, *place, leaver)));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut better = None;
        for (_, place, leaver) in pairs {
            if trials == 0 {
                break;
            }
            trials -= 1;
            let mut attempt = rounds.clone();
            place_at(&mut attempt, &place, leaver);
            attempt.run(JUDGED)?;
            let shares = attempt.assign()?;
            if error(&shares) < before * 0.9995 {
                attempt.update(&shares);
                better = Some(attempt);
                break;
            }
        }
        match better {
            Some(attempt) => *rounds = attempt,
            None => break,
        }
    }
    Ok(())
}

fn place_at<const D: usize>(rounds: &mut Rounds<'_, D>, place: &Place<D>, leaver: usize) {
    if place.centre >= rounds.fixed {
        rounds.centres[place.centre] = place.halves[0];
    }
    rounds.centres[leaver] = place.halves[1];
}

/// Centres that may leave, those that are missed least first.
fn leaving<const D: usize>(rounds: &Rounds<'_, D>, shares: &[Share<D>]) -> Vec<(f64, usize)> {
    let mut all: Vec<_> = (rounds.fixed..shares.len()).map(|index| (shares[index].worth, index)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all
}

/// Places for another centre, the most rewarding first.
fn places<const D: usize>(rounds: &Rounds<'_, D>, shares: &[Share<D>]) -> Vec<Place<D>> {
    let count = shares.len();
    let means: Vec<[f64; D]> =
        shares.iter().map(|s| s.sum.map(|v| v / s.weight.max(f64::MIN_POSITIVE))).collect();
    let cloud = rounds.cloud;
    let each = || cloud.points.iter().zip(&cloud.weights).zip(&rounds.labels);
    let difference =
        |point: &[f32; D], own: usize| std::array::from_fn(|c| f64::from(point[c]) - means[own][c]);
    let mut spreads = vec![[[0.0; D]; D]; count];
    for ((point, &weight), &label) in each() {
        let own = usize::from(label);
        add_square(&mut spreads[own], difference(point, own), f64::from(weight));
    }
    let axes: Vec<[f64; D]> = spreads.iter().map(principal).collect();
    let mut beyond = vec![(0.0, [0.0; D]); count];
    for ((point, &weight), &label) in each() {
        let own = usize::from(label);
        let shift: [f64; D] = difference(point, own);
        if (0..D).map(|c| shift[c] * axes[own][c]).sum::<f64>() > 0.0 {
            beyond[own].0 += f64::from(weight);
            (0..D).for_each(|c| beyond[own].1[c] += f64::from(weight) * shift[c]);
        }
    }
    let mut places: Vec<_> = (0..count)
        .filter_map(|own| {
            let (weight, shift) = beyond[own];
            let rest = shares[own].weight - weight;
            let half = |by: f64| std::array::from_fn(|c| (means[own][c] + shift[c] / by) as f32);
            let gain = shift.iter().map(|v| v * v).sum::<f64>() * (1.0 / weight + 1.0 / rest);
            (weight > 0.0 && rest > 0.0).then(|| Place {
                centre: own,
                gain,
                halves: [half(-rest), half(weight)],
            })
        })
        .collect();
    places.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.centre.cmp(&b.centre)));
    places
}
