//! Prefix codes of bounded length.
//!
//! RFC 1951, 3.2.2 says how lengths become codes. The lengths come from package-merge (Larmore and
//! Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", 1990), which is optimal under
//! the bound; cutting too long codes of a plain Huffman tree is not, and is no shorter to write.

use crate::kernel::bits::Code;

/// A prefix code for the symbols `0..lengths.len()`; length zero means that a symbol does not occur.
pub(super) struct Prefix {
    pub(super) lengths: Vec<u8>,
    pub(super) codes: Vec<Code>,
}

impl Prefix {
    /// The best code for symbols that occur so often, none longer than `limit` bits.
    ///
    /// At least two symbols get a code, so that the code is complete: readers differ on those that are not.
    pub(super) fn new(counts: &[u32], limit: u32) -> Self {
        let mut counts = counts.to_vec();
        for symbol in 0..2 {
            if counts.iter().filter(|&&count| count > 0).count() < 2 {
                counts[symbol] = counts[symbol].max(1);
            }
        }
        let lengths = lengths(&counts, limit);
        let codes = codes(&lengths);
        Self { lengths, codes }
    }

    /// Bits that so many symbols take.
    pub(super) fn cost(&self, counts: &[u32]) -> u64 {
        counts.iter().zip(&self.lengths).map(|(&count, &len)| u64::from(count) * u64::from(len)).sum()
    }
}

/// Package-merge. In each round pairs of the round before are packed and merged with the symbols; the cheapest
/// `2n − 2` items of the last round say how often each symbol was taken, which is the length of its code.
fn lengths(counts: &[u32], limit: u32) -> Vec<u8> {
    let mut leaves: Vec<(u64, usize)> =
        counts.iter().enumerate().filter(|(_, c)| **c > 0).map(|(s, &c)| (u64::from(c), s)).collect();
    leaves.sort_unstable();
    debug_assert!((2..=1 << limit).contains(&leaves.len()));
    let mut rounds: Vec<Vec<bool>> = Vec::new();
    let mut weights: Vec<u64> = Vec::new();
    for _ in 0..limit {
        let packages: Vec<u64> = weights.as_chunks().0.iter().map(|[a, b]| a + b).collect();
        let (merged, is_leaf) = merge(&leaves, &packages);
        weights = merged;
        rounds.push(is_leaf);
    }
    let mut lengths = vec![0; counts.len()];
    let mut taken = 2 * leaves.len() - 2;
    for is_leaf in rounds.iter().rev() {
        let single = is_leaf[..taken].iter().filter(|leaf| **leaf).count();
        for &(_, symbol) in &leaves[..single] {
            lengths[symbol] += 1;
        }
        taken = 2 * (taken - single);
    }
    lengths
}

/// Symbols and packages in one order, and which of them are symbols. Symbols go first among equals.
fn merge(leaves: &[(u64, usize)], packages: &[u64]) -> (Vec<u64>, Vec<bool>) {
    let (mut leaf, mut package) = (0, 0);
    (0..leaves.len() + packages.len())
        .map(|_| {
            let takes_leaf = match (leaves.get(leaf), packages.get(package)) {
                (Some((weight, _)), Some(packed)) => weight <= packed,
                (leaf, _) => leaf.is_some(),
            };
            if takes_leaf {
                leaf += 1;
                (leaves[leaf - 1].0, true)
            } else {
                package += 1;
                (packages[package - 1], false)
            }
        })
        .unzip()
}

/// Codes in the order of RFC 1951: shorter ones first, then by symbol; turned round for the stream.
fn codes(lengths: &[u8]) -> Vec<Code> {
    let mut next = [0u32; 17];
    for length in 1..16u8 {
        let shorter = lengths.iter().filter(|&&l| l == length).count() as u32;
        next[usize::from(length) + 1] = (next[usize::from(length)] + shorter) << 1;
    }
    let mut code = |&length: &u8| {
        if length == 0 {
            return 0;
        }
        let code = next[usize::from(length)];
        next[usize::from(length)] += 1;
        u32::from(length) << 16 | code.reverse_bits() >> (32 - u32::from(length))
    };
    lengths.iter().map(&mut code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// Σ 2^(limit − length), which a complete code brings to exactly 2^limit.
    fn kraft(lengths: &[u8], limit: u32) -> u64 {
        lengths.iter().filter(|&&l| l > 0).map(|&l| 1u64 << (limit - u32::from(l))).sum()
    }

    /// The cost of an unbounded Huffman code: the sum of all merged weights.
    fn huffman_cost(counts: &[u32]) -> u64 {
        let mut weights: Vec<u64> = counts.iter().filter(|&&c| c > 0).map(|&c| c.into()).collect();
        let mut cost = 0;
        while weights.len() > 1 {
            weights.sort_unstable_by(|a, b| b.cmp(a));
            let merged = weights.pop().unwrap() + weights.pop().unwrap();
            cost += merged;
            weights.push(merged);
        }
        cost
    }

    #[test]
    fn without_pressure_it_is_huffmans_code() {
        let mut random = Random::new("huffman");
        for symbols in [2, 3, 30, 286] {
            let counts: Vec<u32> = (0..symbols).map(|_| 1 + random.below(1000) as u32).collect();
            let prefix = Prefix::new(&counts, 15);
            assert_eq!(prefix.cost(&counts), huffman_cost(&counts), "{symbols} symbols, {random}");
        }
    }

    #[test]
    fn fibonacci_counts_stay_within_every_limit() {
        let mut counts = vec![1u32, 1];
        while counts.len() < 40 {
            counts.push(counts[counts.len() - 1] + counts[counts.len() - 2]);
        }
        for limit in [6, 7, 12, 14, 15] {
            let prefix = Prefix::new(&counts, limit);
            assert!(prefix.lengths.iter().all(|&l| u32::from(l) <= limit));
            assert_eq!(kraft(&prefix.lengths, limit), 1 << limit, "complete at {limit}");
        }
    }

    #[test]
    fn one_symbol_or_none_still_gives_a_complete_code() {
        for counts in [[0, 0, 0], [5, 0, 0], [0, 0, 9]] {
            let prefix = Prefix::new(&counts, 7);
            assert_eq!(kraft(&prefix.lengths, 7), 1 << 7, "{counts:?}: {:?}", prefix.lengths);
        }
    }

    #[test]
    fn the_example_of_the_rfc() {
        // 3.2.2: A to H with lengths (3,3,3,3,3,2,4,4) are 010 011 100 101 110 00 1110 1111.
        let codes = codes(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let texts: Vec<String> = codes
            .iter()
            .map(|c| (0..c >> 16).map(|i| if c >> i & 1 == 1 { '1' } else { '0' }).collect())
            .collect();
        assert_eq!(texts, ["010", "011", "100", "101", "110", "00", "1110", "1111"]);
    }
}
