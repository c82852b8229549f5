//! k-means: centres such that the squared distances of all points to their nearest one are small in sum.
//!
//! Lloyd's rounds (Stuart Lloyd, "Least squares quantization in PCM", 1982) go downhill and stop in the first valley.
//! What decides is where they start and whether they can leave it. Here they start from greedy splits along principal
//! axes (Celebi, Wen, Hwang, "An effective real-time color quantization method based on divisive hierarchical
//! clustering", 2015) and leave valleys by moving the centre that is missed least to where it helps most (Patané,
//! Russo, "The enhanced LBG algorithm", 2001; one by one as in Fränti, "Efficiency of random swap clustering", 2018,
//! but in the order of their promise). All that happens on few groups of colours; the last rounds refine it on many.

mod lloyd;
mod split;
mod swap;

use super::cloud::Cloud;
use super::colours::Colours;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::cluster::UNKNOWN;
pub(super) use lloyd::{Dimensions, Rounds};
pub(super) use split::split;

/// Groups of colours for each centre while centres are moved about, and at the end.
const COARSE: usize = 32;
const FINE: usize = 128;
/// Rounds on the coarse groups before centres are moved.
const FIRST: usize = 4;
/// Times that many centres are moved at once.
const MOVES: usize = 3;
/// Rounds on the fine groups.
const LAST: usize = 3;
/// Beyond so many centres the splits are final: there rounds cost more than they gain.
pub(super) const MOST: usize = 2048;

/// Up to `count` centres for these colours; the `fixed` ones come first and stay where they are.
pub(super) fn kmeans<const D: usize>(
    colours: &Colours<D>,
    count: usize,
    fixed: &[[f32; D]],
    context: &Context,
) -> Result<Vec<[f32; D]>>
where
    [f32; D]: Dimensions<D>,
{
    let coarse = Cloud::grouped(colours, (COARSE * count).clamp(1024, 1 << 16));
    let (mut centres, labels) = split(&coarse, count.saturating_sub(fixed.len()).max(1));
    if !fixed.is_empty() {
        centres.splice(0..0, fixed.iter().copied());
        centres.truncate(count.max(fixed.len()));
    }
    if centres.len() > MOST || centres.len() < 2 {
        return Ok(centres);
    }
    let labels = if fixed.is_empty() { labels } else { vec![UNKNOWN; coarse.len()] };
    let mut rounds = Rounds::new(&coarse, centres, labels, fixed.len(), context);
    rounds.run(FIRST)?;
    for _ in 0..MOVES {
        if swap::many(&mut rounds)? == 0 {
            break;
        }
        rounds.run(2)?;
    }
    swap::one_by_one(&mut rounds, trials(count))?;
    let centres = rounds.centres;
    let fine = Cloud::grouped(colours, groups(count));
    let labels = vec![UNKNOWN; fine.len()];
    let mut rounds = Rounds::new(&fine, centres, labels, fixed.len(), context);
    rounds.run(LAST)?;
    Ok(rounds.centres)
}

/// Groups of colours that are enough to weigh so many centres by.
pub(super) fn groups(count: usize) -> usize {
    (FINE * count).clamp(1 << 13, 1 << 17)
}

/// Single moves that may be tried: a round costs the more, the more centres there are, and each one matters less.
fn trials(count: usize) -> usize {
    (1024 / count.max(1)).clamp(2, 32)
}
