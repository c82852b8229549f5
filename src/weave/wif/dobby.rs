//! A cloth for a loom with few shafts: ends that are nearly alike are made alike, and it is said what that changed.
//!
//! The ends are clustered by the crossings in which they differ (k-modes: Huang, "Extensions to the k-means algorithm
//! for clustering large data sets with categorical values", 1998). Floats must be checked again afterwards.

use crate::weave::cloth::Lift;
use crate::weave::structure::BadWeave;
use crate::weave::wif::alike::{Classes, ends};

/// A cloth of few shafts.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The lift with ends made alike.
    pub lift: Lift,
    /// Shafts it needs.
    pub shafts: usize,
    /// Crossings that changed face.
    pub changed: u64,
    /// The most changes in one end.
    pub worst: u32,
}

/// The most bits of columns we turn round for clustering.
const MOST_BITS: u64 = 1 << 33;
/// Rounds of assigning and recomputing; it settles in a few.
const ROUNDS: usize = 8;

/// Merges ends until `shafts` shafts are enough.
pub fn merge_ends(lift: &Lift, shafts: usize) -> Result<Merged, BadWeave> {
    let classes = ends(lift);
    if shafts < 2 {
        return Err(BadWeave(format!("a loom of {shafts} shafts; cloth takes at least 2")));
    }
    if classes.len() <= shafts {
        return Ok(Merged { lift: lift.clone(), shafts: classes.len(), changed: 0, worst: 0 });
    }
    if classes.len() as u64 * lift.picks() as u64 > MOST_BITS {
        return Err(BadWeave(format!(
            "{} different ends of {} picks are too many to merge to {shafts} shafts; simplify the design first",
            classes.len(),
            lift.picks()
        )));
    }
    let columns = columns(lift, &classes);
    let mut weights = vec![0u32; classes.len()];
    classes.of.iter().for_each(|&c| weights[c as usize] += 1);
    let mut modes = spread_out(&columns, &weights, shafts);
    let mut nearest = assign(&columns, &modes);
    for _ in 0..ROUNDS {
        modes = recompute(&columns, &weights, &nearest, modes, lift.picks());
        let next = assign(&columns, &modes);
        if next == nearest {
            break;
        }
        nearest = next;
    }
    Ok(apply(lift, &classes, &columns, &modes, &nearest))
}

/// The different columns, a bit a pick.
fn columns(lift: &Lift, classes: &Classes) -> Vec<Vec<u64>> {
    let mut columns = vec![vec![0u64; lift.picks().div_ceil(64)]; classes.len()];
    for p in 0..lift.picks() {
        for (column, &end) in columns.iter_mut().zip(&classes.first) {
            column[p / 64] |= u64::from(lift.is_up(p, end as usize)) << (p % 64);
        }
    }
    columns
}

fn distance(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

/// First the commonest column, then each time the one that is worst served, weighed by its ends.
fn spread_out(columns: &[Vec<u64>], weights: &[u32], shafts: usize) -> Vec<Vec<u64>> {
    let commonest = (0..columns.len()).max_by_key(|&c| (weights[c], std::cmp::Reverse(c))).unwrap_or(0);
    let mut modes = vec![columns[commonest].clone()];
    let mut served: Vec<u64> = columns.iter().map(|c| u64::from(distance(c, &modes[0]))).collect();
    while modes.len() < shafts {
        let cost = |c: usize| served[c] * u64::from(weights[c]);
        let worst = (0..columns.len()).max_by_key(|&c| (cost(c), std::cmp::Reverse(c))).unwrap_or(0);
        let mode = columns[worst].clone();
        served.iter_mut().zip(columns).for_each(|(s, c)| *s = (*s).min(u64::from(distance(c, &mode))));
        modes.push(mode);
    }
    modes
}

fn assign(columns: &[Vec<u64>], modes: &[Vec<u64>]) -> Vec<usize> {
    let nearest = |c: &Vec<u64>| (0..modes.len()).min_by_key(|&m| (distance(c, &modes[m]), m)).unwrap_or(0);
    columns.iter().map(nearest).collect()
}

/// Each mode goes with the majority of its ends at every pick; on a tie it stays.
fn recompute(
    columns: &[Vec<u64>],
    weights: &[u32],
    nearest: &[usize],
    mut modes: Vec<Vec<u64>>,
    picks: usize,
) -> Vec<Vec<u64>> {
    let mut votes = vec![0i64; picks];
    for (m, mode) in modes.iter_mut().enumerate() {
        votes.fill(0);
        for c in (0..columns.len()).filter(|&c| nearest[c] == m) {
            for (p, vote) in votes.iter_mut().enumerate() {
                let up = columns[c][p / 64] >> (p % 64) & 1 == 1;
                *vote += if up { i64::from(weights[c]) } else { -i64::from(weights[c]) };
            }
        }
        for (p, &vote) in votes.iter().enumerate().filter(|v| *v.1 != 0) {
            mode[p / 64] = mode[p / 64] & !(1 << (p % 64)) | u64::from(vote > 0) << (p % 64);
        }
    }
    modes
}

fn apply(
    lift: &Lift,
    classes: &Classes,
    columns: &[Vec<u64>],
    modes: &[Vec<u64>],
    nearest: &[usize],
) -> Merged {
    let mut out = Lift::new(lift.ends(), lift.picks());
    let (mut changed, mut worst) = (0, 0);
    for (e, &class) in classes.of.iter().enumerate() {
        let mode = &modes[nearest[class as usize]];
        let differ = distance(&columns[class as usize], mode);
        (changed, worst) = (changed + u64::from(differ), worst.max(differ));
        (0..lift.picks()).for_each(|p| out.set(p, e, mode[p / 64] >> (p % 64) & 1 == 1));
    }
    let shafts = ends(&out).len();
    Merged { lift: out, shafts, changed, worst }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::weave::samples::random_lift;

    #[test]
    fn merging_keeps_to_the_shafts_and_counts_what_it_changes() {
        let mut random = Random::new("dobby");
        for _ in 0..20 {
            let (ends_of, picks, shafts) =
                (20 + random.below(100), 5 + random.below(70), 2 + random.below(12));
            let lift = random_lift(&mut random, ends_of, picks);
            let merged = merge_ends(&lift, shafts).unwrap();
            assert!(merged.shafts <= shafts && ends(&merged.lift).len() == merged.shafts);
            let differ = (0..picks * ends_of).filter(|i| {
                lift.is_up(i / ends_of, i % ends_of) != merged.lift.is_up(i / ends_of, i % ends_of)
            });
            assert_eq!(differ.count() as u64, merged.changed, "{random}");
        }
    }

    #[test]
    fn a_few_spoiled_ends_of_a_satin_are_mended() {
        let satin: crate::weave::structure::Weave = "satin 8/3".parse().unwrap();
        let mut lift = Lift::new(160, 160);
        (0..160 * 160).for_each(|i| lift.set(i / 160, i % 160, satin.is_up(i / 160, i % 160)));
        let clean = lift.clone();
        for i in 0..20 {
            let (p, e) = (i * 7, (i * 37) % 160);
            lift.set(p, e, !lift.is_up(p, e));
        }
        let merged = merge_ends(&lift, 8).unwrap();
        assert_eq!((merged.lift, merged.changed, merged.worst), (clean, 20, 1));
        assert_eq!(merge_ends(&lift, 200).unwrap().changed, 0);
        assert!(merge_ends(&lift, 1).is_err());
    }
}
