//! Repeats in a band: what deflate may write as "so many bytes from so far back".
//!
//! Two ways to look. Filtered photographs repeat by accident only, and there runs of one byte are all that pays:
//! a comparison for each eight bytes. Drawings repeat for real, and a table of recent places, keyed by four bytes,
//! finds most of it (the scheme of Williams, "An extremely fast Ziv-Lempel data compression algorithm", 1991).
//! A sample from the middle of the band says which.

use crate::kernel::{Level, bits};

/// Some bytes as they are, then `length` bytes that stood `distance` before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) literals: u32,
    /// 3 to 258, or 0 where the data ends.
    pub(super) length: u32,
    /// 1 to 32768.
    pub(super) distance: u32,
}

/// The longest match deflate knows, and the farthest.
const MAX_LENGTH: usize = 258;
const MAX_DISTANCE: usize = 32_768;

/// How much of a band is looked at before choosing a way.
const SAMPLE: usize = 16 << 10;

/// The whole of `data` as sequences.
pub(super) fn sequences(level: Level, data: &[u8]) -> Vec<Sequence> {
    let start = data.len().saturating_sub(SAMPLE) / 2;
    let sample = &data[start..(start + SAMPLE).min(data.len())];
    let price = Price::of(level, sample);
    let (runs, repeats) = (runs(sample), repeats(sample, price));
    // Repeats cost time in proportion to the whole band; they have to be worth more than a trifle.
    let found = price.total(&repeats) * 8 < price.total(&runs) * 7;
    match (found, sample.len() == data.len()) {
        (true, true) => repeats,
        (false, true) => runs,
        (true, false) => self::repeats(data, price),
        (false, false) => self::runs(data),
    }
}

/// What literals and matches cost about, in 1/256 of a bit.
#[derive(Clone, Copy, Debug)]
struct Price {
    literal: u64,
}

impl Price {
    /// Literals cost the entropy of the sample, and never less than a bit. An estimate in integers, so that it is
    /// the same everywhere.
    fn of(level: Level, sample: &[u8]) -> Self {
        let mut counts = [0; 256];
        bits::count(level, sample, &mut counts);
        let spread: u64 = counts.iter().map(|&c| u64::from(c) * log2(c)).sum();
        let entropy = log2(sample.len() as u32) - spread / sample.len().max(1) as u64;
        Self { literal: entropy.max(1 << 8) }
    }

    fn repeat(distance: usize) -> u64 {
        // Its length about six bits, its distance about four and the extra bits.
        (14 << 8) + log2(distance as u32)
    }

    /// Is a match cheaper than the literals it stands for?
    fn pays(self, length: usize, distance: usize) -> bool {
        length as u64 * self.literal > Self::repeat(distance)
    }

    fn total(self, sequences: &[Sequence]) -> u64 {
        let price = |s: &Sequence| match s.distance {
            0 => u64::from(s.literals) * self.literal,
            // Nearly all matches of a run have the same length and the same distance, hence short codes.
            1 => u64::from(s.literals) * self.literal + (3 << 8),
            far => u64::from(s.literals) * self.literal + Self::repeat(far as usize),
        };
        sequences.iter().map(price).sum()
    }
}

/// Base-two logarithm in 1/256, linear between powers of two (0 for 0).
pub(super) fn log2(value: u32) -> u64 {
    let value = u64::from(value.max(1));
    let whole = u64::from(value.ilog2());
    (whole << 8) + ((value << 8 >> whole) - 256)
}

/// Collects sequences and knows up to where the data has been told.
struct Teller {
    sequences: Vec<Sequence>,
    told: usize,
}

impl Teller {
    fn new(expected: usize) -> Self {
        Self { sequences: Vec::with_capacity(expected), told: 0 }
    }

    /// The bytes `start..end` repeat those `distance` before; the last two may be left over.
    fn repeat(&mut self, mut start: usize, end: usize, distance: usize) {
        while end - start >= 3 {
            let length = (end - start).min(MAX_LENGTH);
            let literals = (start - self.told) as u32;
            self.sequences.push(Sequence { literals, length: length as u32, distance: distance as u32 });
            start += length;
            self.told = start;
        }
    }

    fn finish(mut self, end: usize) -> Vec<Sequence> {
        let literals = (end - self.told) as u32;
        self.sequences.push(Sequence { literals, length: 0, distance: 0 });
        self.sequences
    }
}

fn word(data: &[u8], at: usize) -> Option<u64> {
    data.get(at..at + 8).and_then(|bytes| bytes.first_chunk()).map(|bytes| u64::from_le_bytes(*bytes))
}

/// How many bytes from `here` on repeat those from `there` on.
fn common(data: &[u8], there: usize, here: usize) -> usize {
    let mut length = 0;
    while let (Some(a), Some(b)) = (word(data, there + length), word(data, here + length)) {
        if a != b {
            return length + ((a ^ b).trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    let rest = data[here + length..].iter().zip(&data[there + length..]);
    length + rest.take_while(|(a, b)| a == b).count()
}

/// Runs of one byte, and nothing else.
fn runs(data: &[u8]) -> Vec<Sequence> {
    let mut teller = Teller::new(64);
    let mut at = 0;
    while let Some(eight) = word(data, at) {
        if eight != (eight & 0xff) * 0x0101_0101_0101_0101 {
            at += 8;
            continue;
        }
        let before = data[teller.told..at].iter().rev().take_while(|&&b| b == data[at]).count();
        let start = at - before;
        let end = start + 1 + common(data, start, start + 1);
        // The first byte of a run is a literal, unless the byte before it has just been told and is the same.
        let first = if start > 0 && data[start - 1] == data[start] { start } else { start + 1 };
        teller.repeat(first, end, 1);
        at = end;
    }
    teller.finish(data.len())
}

/// Places in the table; 16 384 of four bytes stay in the second-level cache beside the band.
const TABLE_BITS: u32 = 14;

/// Places are skipped faster the longer nothing was found: one more for each so many misses.
const PATIENCE: u32 = 5;

/// Repeats of four bytes or more, each the first one found.
fn repeats(data: &[u8], price: Price) -> Vec<Sequence> {
    let mut teller = Teller::new(data.len() / 64);
    // Places plus one; zero is "none".
    let mut table = vec![0u32; 1 << TABLE_BITS];
    let (mut at, mut misses) = (0, 0);
    while let Some(eight) = word(data, at) {
        let slot = &mut table[(eight as u32).wrapping_mul(0x9e37_79b1) as usize >> (32 - TABLE_BITS)];
        let there = std::mem::replace(slot, at as u32 + 1) as usize;
        let distance = at + 1 - there;
        // Most places met are chance: four bytes tell.
        let alike = there > 0 && word(data, there - 1).is_some_and(|w| w as u32 == eight as u32);
        if alike && distance <= MAX_DISTANCE {
            let length = common(data, there - 1, at);
            if price.pays(length, distance) {
                let before = data[teller.told..at].iter().rev().zip(data[..there - 1].iter().rev());
                let before = before.take_while(|(a, b)| a == b).count();
                teller.repeat(at - before, at + length, distance);
                at += length;
                misses = 0;
                continue;
            }
        }
        misses += 1;
        at += 1 + (misses >> PATIENCE);
    }
    teller.finish(data.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// Follow the sequences and rebuild what they tell.
    fn retell(data: &[u8], sequences: &[Sequence]) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        for s in sequences {
            out.extend(&data[out.len()..][..s.literals as usize]);
            assert!(s.length == 0 || (3..=258).contains(&s.length));
            assert!(s.distance as usize <= out.len().min(MAX_DISTANCE), "{s:?} after {}", out.len());
            for _ in 0..s.length {
                out.push(out[out.len() - s.distance as usize]);
            }
        }
        out
    }

    fn samples(random: &mut Random) -> Vec<Vec<u8>> {
        let mut samples =
            vec![vec![], vec![7], vec![0; 8], vec![0; 100_000], vec![1, 1, 1, 1, 1, 1, 1, 1, 1, 2]];
        for symbols in [2, 3, 17, 256] {
            for len in [1, 7, 9, 300, 70_000] {
                samples.push((0..len).map(|_| random.below(symbols) as u8).collect());
            }
        }
        let row: Vec<u8> = (0..3001).map(|_| random.below(256) as u8).collect();
        samples.push((0..40).flat_map(|_| row.clone()).collect());
        let runs = |random: &mut Random| vec![random.below(3) as u8; random.below(600)];
        samples.push((0..300).flat_map(|_| runs(random)).collect());
        samples
    }

    #[test]
    fn both_ways_tell_the_whole_and_nothing_else() {
        let mut random = Random::new("matches");
        for data in samples(&mut random) {
            for literal in [0, 1 << 8, 8 << 8] {
                assert_eq!(retell(&data, &repeats(&data, Price { literal })), data, "{random}");
            }
            assert_eq!(retell(&data, &runs(&data)), data, "{random}");
            assert_eq!(retell(&data, &sequences(Level::PLAIN, &data)), data, "{random}");
        }
    }

    #[test]
    fn a_run_is_one_literal_and_matches() {
        let told = runs(&[5; 600]);
        let lengths: Vec<u32> = told.iter().map(|s| s.length).collect();
        assert_eq!((told[0].literals, lengths), (1, vec![258, 258, 83, 0]));
    }

    #[test]
    fn repeated_rows_are_found_and_noise_is_left_alone() {
        let mut random = Random::new("rows");
        let row: Vec<u8> = (0..3000).map(|_| random.below(256) as u8).collect();
        let rows: Vec<u8> = (0..30).flat_map(|_| row.clone()).collect();
        let literals = |data: &[u8]| sequences(Level::PLAIN, data).iter().map(|s| s.literals).sum::<u32>();
        assert!(literals(&rows) < 4000, "{}", literals(&rows));
        let noise: Vec<u8> = (0..90_000).map(|_| random.below(256) as u8).collect();
        assert_eq!(sequences(Level::PLAIN, &noise).len(), 1);
    }

    #[test]
    fn the_logarithm_is_close() {
        for value in [1u32, 2, 3, 5, 100, 1000, 70_000] {
            let error = log2(value) as f64 / 256.0 - f64::from(value).log2();
            assert!((-0.09..0.01).contains(&error), "{value}: {error}");
        }
    }
}
