//! Out of a valley: the centre that is missed least moves to where it helps most.

use std::collections::HashSet;

use super::super::cloud::Cloud;
use super::board::{Board, Place};
use super::lloyd::{Dimensions, Rounds, error};
use crate::error::Result;

/// Centres considered for leaving, and places considered for arriving.
const CANDIDATES: usize = 12;
/// Rounds after which a move is judged.
const JUDGED: usize = 3;
/// So many neighbours of either end of a move adapt to it before it is judged. The rest hardly notice.
const AFFECTED: usize = 8;
/// A move that gains less than this part of the error it touches is not worth it.
const LEAST: f64 = 1e-4;

/// Try single moves, the most promising first, and keep those that help. Only the surroundings of both ends are looked
/// at, so that an attempt costs little however many centres there are.
pub(super) fn improve<const D: usize>(rounds: &mut Rounds<'_, D>, trials: usize) -> Result<()>
where
    [f32; D]: Dimensions<D>,
{
    let mut board = Board::of(rounds)?;
    let mut tried = HashSet::new();
    for _ in 0..trials {
        let Some((place, leaver)) = board.promising(rounds.fixed, CANDIDATES, &tried) else { break };
        tried.insert((place.centre, leaver));
        let group = group(rounds, place.centre, leaver);
        if attempt(rounds, &mut board, &place, leaver, &group)? {
            tried.retain(|(centre, leaver)| !group.contains(centre) && !group.contains(leaver));
        }
    }
    Ok(())
}

/// Both ends of a move and who is near them, in ascending order; all, if they are few.
fn group<const D: usize>(rounds: &Rounds<'_, D>, centre: usize, leaver: usize) -> Vec<usize>
where
    [f32; D]: Dimensions<D>,
{
    if rounds.near(centre).is_empty() {
        return (0..rounds.centres.len()).collect();
    }
    let near = |of: usize| rounds.near(of).iter().take(AFFECTED).map(|&number| usize::from(number));
    let mut group: Vec<usize> =
        [centre, leaver].into_iter().chain(near(centre)).chain(near(leaver)).collect();
    group.sort_unstable();
    group.dedup();
    group
}

/// Move a centre, let its group adapt, and keep that if there is less error. Says whether it was.
fn attempt<const D: usize>(
    rounds: &mut Rounds<'_, D>,
    board: &mut Board<D>,
    place: &Place<D>,
    leaver: usize,
    group: &[usize],
) -> Result<bool>
where
    [f32; D]: Dimensions<D>,
{
    let members: Vec<u32> = group.iter().flat_map(|&centre| &board.members[centre]).copied().collect();
    let cloud = Cloud {
        points: members.iter().map(|&member| rounds.cloud.points[member as usize]).collect(),
        weights: members.iter().map(|&member| rounds.cloud.weights[member as usize]).collect(),
    };
    let own = |(at, &centre): (usize, &usize)| std::iter::repeat_n(at as u16, board.members[centre].len());
    let labels = group.iter().enumerate().flat_map(own).collect();
    let mut centres: Vec<[f32; D]> = group.iter().map(|&centre| rounds.centres[centre]).collect();
    let at = |centre: usize| group.partition_point(|&other| other < centre);
    place_at(&mut centres, place.centre >= rounds.fixed, place, (at(place.centre), at(leaver)));
    let mut local = Rounds::new(cloud.lent(), centres, labels, at(rounds.fixed), rounds.context);
    local.run(JUDGED)?;
    let shares = local.assign()?;
    let before: f64 = group.iter().map(|&centre| board.shares[centre].error).sum();
    if error(&shares) >= before * (1.0 - LEAST) {
        return Ok(false);
    }
    local.update(&shares);
    for (&centre, &point) in group.iter().zip(&local.centres) {
        rounds.centres[centre] = point;
    }
    for (&member, &label) in members.iter().zip(&local.labels) {
        rounds.labels[member as usize] = group[usize::from(label)] as u16;
    }
    rounds.look_around(group);
    board.replace(rounds, group, &members, &shares);
    Ok(true)
}

fn place_at<const D: usize>(
    centres: &mut [[f32; D]],
    free: bool,
    place: &Place<D>,
    (centre, leaver): (usize, usize),
) {
    if free {
        centres[centre] = place.halves[0];
    }
    centres[leaver] = place.halves[1];
}
