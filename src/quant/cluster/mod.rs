//! k-means: centres such that the squared distances of all points to their nearest one are small in sum.
//!
//! Lloyd's rounds (Stuart Lloyd, "Least squares quantization in PCM", 1982) go downhill and stop in the first valley.
//! What decides is where they start and whether they can leave it. Here they start from greedy splits along principal
//! axes (Celebi, Wen, Hwang, "An effective real-time color quantization method based on divisive hierarchical
//! clustering", 2015) and leave valleys by moving the centre that is missed least to where it helps most (Patané,
//! Russo, "The enhanced LBG algorithm", 2001; one by one as in Fränti, "Efficiency of random swap clustering", 2018,
//! but in the order of their promise). All that happens on few groups of colours; the last rounds refine it on many.

mod board;
mod lloyd;
mod neighbours;
mod split;
mod swap;

use std::ops::RangeInclusive;

use super::cloud::{Cloud, Tree};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::cluster::UNKNOWN;
pub(super) use lloyd::{Dimensions, Rounds};
pub(super) use split::split;

/// Groups of colours for each centre while centres are moved about, and at the end.
const COARSE: usize = 28;
const FINE: usize = 64;
/// Rounds on the coarse groups before centres are moved.
const FIRST: usize = 2;
/// Moves that are tried: twice as many as there are centres, within these bounds.
const TRIALS: RangeInclusive<usize> = 24..=64;
/// Rounds on the fine groups: the more, the fewer centres there are.
const LAST: RangeInclusive<usize> = 2..=8;
/// Beyond so many centres the splits are final: there rounds cost more than they gain.
pub(super) const MOST: usize = 2048;

/// Up to `count` centres for these colours; the `fixed` ones come first and stay where they are.
pub(super) fn kmeans<const D: usize>(
    tree: &Tree<'_, D>,
    fine: &Cloud<D>,
    count: usize,
    fixed: &[[f32; D]],
    context: &Context,
) -> Result<Vec<[f32; D]>>
where
    [f32; D]: Dimensions<D>,
{
    let coarse = tree.cloud((COARSE * count).clamp(1024, 1 << 16));
    let (mut centres, labels) = split(&coarse, count.saturating_sub(fixed.len()).max(1));
    if !fixed.is_empty() {
        centres.splice(0..0, fixed.iter().copied());
        centres.truncate(count.max(fixed.len()));
    }
    if centres.len() > MOST || centres.len() < 2 {
        return Ok(centres);
    }
    let labels = if fixed.is_empty() { labels } else { vec![UNKNOWN; coarse.len()] };
    let mut rounds = Rounds::new(coarse.lent(), centres, labels, fixed.len(), context);
    rounds.run(FIRST)?;
    swap::improve(&mut rounds, (2 * count).clamp(*TRIALS.start(), *TRIALS.end()))?;
    let centres = rounds.centres;
    let labels = vec![UNKNOWN; fine.len()];
    let mut rounds = Rounds::new(fine.lent(), centres, labels, fixed.len(), context);
    rounds.run((64 / count).clamp(*LAST.start(), *LAST.end()))?;
    Ok(rounds.centres)
}

/// Groups of colours that are enough to weigh so many centres by.
pub(super) fn groups(count: usize) -> usize {
    (FINE * count).clamp(1 << 13, 1 << 17)
}
