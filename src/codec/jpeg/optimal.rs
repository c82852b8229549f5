//! Huffman tables made for a picture: count the symbols first, then give the frequent ones short codes.
//!
//! Beside this, on four photographs at qualities of 85 and 95, the standard tables cost 2 to 23 %. Progressive
//! coding would take another 2 to 5 % off in five of the eight cases and add 1 % in three; it would also have
//! to hold all coefficients of the picture at once, where this needs no more memory than the bands.

use super::huffman::Sink;
use super::tables::{Huffman, Huffmans};

/// No code is longer (T.81, C.1).
const LONGEST: usize = 16;

/// How often each symbol is used, of luma and of chroma.
#[derive(Clone)]
pub(super) struct Counts {
    dc: [[u64; 256]; 2],
    ac: [[u64; 256]; 2],
}

impl Sink for Counts {
    fn dc(&mut self, kind: usize, symbol: usize, _value: u32) {
        self.dc[kind][symbol & 255] += 1;
    }

    fn ac(&mut self, kind: usize, symbol: usize, _value: u32) {
        self.ac[kind][symbol & 255] += 1;
    }
}

impl Counts {
    pub(super) const ZERO: Self = Self { dc: [[0; 256]; 2], ac: [[0; 256]; 2] };

    /// Both together.
    pub(super) fn plus(mut self, other: &Self) -> Self {
        let ours = self.dc.as_flattened_mut().iter_mut().chain(self.ac.as_flattened_mut());
        let theirs = other.dc.as_flattened().iter().chain(other.ac.as_flattened());
        ours.zip(theirs).for_each(|(ours, theirs)| *ours += theirs);
        self
    }

    /// The best tables.
    pub(super) fn tables(&self) -> [Huffmans; 2] {
        [0, 1].map(|kind| Huffmans { dc: table(&self.dc[kind]), ac: table(&self.ac[kind]) })
    }
}

/// The table of the shortest total.
fn table(counts: &[u64; 256]) -> Huffman {
    let mut symbols: Vec<u8> = (0..=255).filter(|symbol| counts[usize::from(*symbol)] > 0).collect();
    symbols.sort_by_key(|symbol| std::cmp::Reverse(counts[usize::from(*symbol)]));
    // A code of ones alone is not allowed (T.81, C.2); one more symbol, never used, takes it.
    let weights: Vec<u64> = symbols.iter().map(|symbol| counts[usize::from(*symbol)]).chain([0]).collect();
    let mut table = [0; LONGEST];
    for length in &lengths(&weights)[..symbols.len()] {
        table[length - 1] += 1;
    }
    Huffman { counts: table, symbols: symbols.into() }
}

/// The best lengths of codes for symbols of these weights, the heaviest first: package-merge (Larmore and
/// Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", JACM 1990). What is light is
/// paired up once for each bit; a symbol's length is how often it is among the lightest in the end.
fn lengths(weights: &[u64]) -> Vec<usize> {
    let coins: Vec<Package> = weights
        .iter()
        .enumerate()
        .rev()
        .map(|(i, weight)| Package { weight: *weight, symbols: vec![i] })
        .collect();
    let mut list = coins.clone();
    for _ in 1..LONGEST {
        let pairs = list.chunks_exact(2).map(|pair| Package {
            weight: pair[0].weight + pair[1].weight,
            symbols: [&pair[0].symbols[..], &pair[1].symbols].concat(),
        });
        list = coins.iter().cloned().chain(pairs).collect();
        list.sort_by_key(|package| package.weight);
    }
    let mut lengths = vec![0; weights.len()];
    for package in list.iter().take(2 * weights.len() - 2) {
        package.symbols.iter().for_each(|symbol| lengths[*symbol] += 1);
    }
    lengths
}

#[derive(Clone)]
struct Package {
    weight: u64,
    symbols: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// The total by Huffman's own method, which knows no longest code: the sum of all weights put together.
    fn huffman(mut weights: Vec<u64>) -> u64 {
        let mut total = 0;
        while weights.len() > 1 {
            weights.sort_unstable_by(|a, b| b.cmp(a));
            let sum = weights.pop().unwrap() + weights.pop().unwrap();
            total += sum;
            weights.push(sum);
        }
        total
    }

    #[test]
    fn as_short_as_huffman_where_no_code_is_too_long() {
        let mut random = Random::new("optimal");
        for count in [1, 2, 3, 12, 100, 162, 256] {
            let mut weights: Vec<u64> = (0..count).map(|_| 1 + random.below(1000) as u64).collect();
            weights.sort_unstable_by(|a, b| b.cmp(a));
            weights.push(0);
            let total: u64 = lengths(&weights).iter().zip(&weights).map(|(l, w)| *l as u64 * w).sum();
            assert_eq!(total, huffman(weights), "{count} symbols, {random}");
        }
    }

    #[test]
    fn codes_fit_and_leave_the_one_of_ones_free() {
        // Weights that grow like this would need codes of 40 bits.
        let mut counts = [0; 256];
        let (mut a, mut b) = (1u64, 1);
        for count in &mut counts[..40] {
            *count = a;
            (a, b) = (b, a + b);
        }
        for counts in [counts, [1; 256], std::array::from_fn(|i| u64::from(i == 7))] {
            let table = table(&counts);
            let used: u32 = table.counts.iter().zip(1..).map(|(n, l)| u32::from(*n) << (16 - l)).sum();
            assert!(used < 1 << 16, "the code space is {used} of 65536");
            assert_eq!(table.symbols.len(), counts.iter().filter(|c| **c > 0).count());
            assert_eq!(table.counts.iter().map(|n| usize::from(*n)).sum::<usize>(), table.symbols.len());
        }
    }
}
