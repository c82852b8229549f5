//! Ends that rise and sink together share a shaft; picks with the same shed share a treadle.

use std::collections::HashMap;

use crate::weave::cloth::Lift;

/// Threads sorted into classes of equals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Classes {
    /// The class of each thread; classes are numbered in order of their first thread.
    pub(crate) of: Vec<u32>,
    /// The first thread of each class.
    pub(crate) first: Vec<u32>,
}

impl Classes {
    fn sort<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> Self {
        let mut known = HashMap::new();
        let mut classes = Self { of: vec![], first: vec![] };
        for (i, key) in keys.enumerate() {
            let class = *known.entry(key).or_insert_with(|| {
                classes.first.push(i as u32);
                classes.first.len() as u32 - 1
            });
            classes.of.push(class);
        }
        classes
    }

    /// How many classes there are.
    pub(crate) fn len(&self) -> usize {
        self.first.len()
    }
}

/// The ends by their column. Columns are told apart by 128-bit sums of a random key for each pick at which they are up
/// (Zobrist, 1970); that two different ones meet in 30000 ends has a chance under 10⁻²⁹.
pub(crate) fn ends(lift: &Lift) -> Classes {
    let mut sums = vec![[0u64; 2]; lift.ends()];
    for p in 0..lift.picks() {
        let keys = [mix(2 * p as u64), mix(2 * p as u64 + 1)];
        for (&word, sums) in lift.row(p).iter().zip(sums.chunks_mut(64)) {
            if word == 0 {
                continue;
            }
            for (bit, sum) in sums.iter_mut().enumerate() {
                let up = 0u64.wrapping_sub(word >> bit & 1);
                sum[0] ^= keys[0] & up;
                sum[1] ^= keys[1] & up;
            }
        }
    }
    Classes::sort(sums.into_iter())
}

/// The picks by their row.
pub(crate) fn picks(lift: &Lift) -> Classes {
    Classes::sort((0..lift.picks()).map(|p| lift.row(p)))
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(n: u64) -> u64 {
    let mut z = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::weave::samples::random_lift;

    #[test]
    fn classes_are_those_of_equal_threads() {
        let mut random = Random::new("alike");
        for round in 0..60 {
            let (n, picks_of) = ([1, 3, 64, 70][round % 4], 1 + random.below(6));
            let lift = random_lift(&mut random, n, picks_of);
            let (columns, rows) = (ends(&lift), picks(&lift));
            let column = |e: usize| (0..lift.picks()).map(|p| lift.is_up(p, e)).collect::<Vec<_>>();
            for a in 0..n {
                for b in 0..n {
                    assert_eq!(columns.of[a] == columns.of[b], column(a) == column(b), "{random}");
                }
                assert_eq!(column(columns.first[columns.of[a] as usize] as usize), column(a));
            }
            assert!(columns.first.is_sorted());
            for a in 0..lift.picks() {
                assert_eq!(lift.row(rows.first[rows.of[a] as usize] as usize), lift.row(a));
            }
        }
    }
}
