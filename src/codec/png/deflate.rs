//! Deflate for one band: a block with its own codes, or stored if that is shorter.
//!
//! RFC 1951. What is written begins and ends on a whole byte, so that bands can be laid end to end.

use super::huffman::Prefix;
use super::matches::{self, Sequence};
use crate::kernel::Level;
use crate::kernel::bits::{self, BitSink, MAX_LITERAL_BITS};

/// The symbol that ends a block.
const END: usize = 256;

/// Literals, the end, and lengths; distances.
const LITERALS: usize = 286;
const DISTANCES: usize = 30;

/// The order in which the lengths of the lengths' codes are written (3.2.7).
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The most bytes of a stored block.
const STORED: usize = 65_535;

/// Append `data`, deflated, to `out`; the last band ends the stream.
pub(super) fn deflate(level: Level, data: &[u8], last: bool, out: Vec<u8>) -> Vec<u8> {
    let sequences = matches::sequences(level, data);
    let block = Block::new(level, data, &sequences);
    let stored = data.len() + 5 * data.len().div_ceil(STORED).max(1);
    // The end of the stream, the padding and the empty block that brings it to a whole byte.
    let room = block.bits.div_ceil(8) as usize + 6;
    if stored <= room { store(data, last, out) } else { block.write(level, room, last, out) }
}

fn store(data: &[u8], last: bool, mut out: Vec<u8>) -> Vec<u8> {
    // Nothing at all is one block too.
    let blocks = data.len().div_ceil(STORED).max(1);
    out.reserve(data.len() + 5 * blocks);
    for block in 0..blocks {
        let piece = &data[block * STORED..data.len().min((block + 1) * STORED)];
        let length = piece.len() as u16;
        out.push(u8::from(last && block + 1 == blocks));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(piece);
    }
    out
}

/// A symbol and the bits that go with it.
#[derive(Clone, Copy)]
struct Symbol {
    symbol: usize,
    extra_bits: u32,
    extra: u32,
}

impl Symbol {
    /// 257 to 285 for lengths 3 to 258.
    fn of_length(length: u32) -> Self {
        match length {
            258 => Self { symbol: 285, extra_bits: 0, extra: 0 },
            _ => Self::graded(257, length - 3, 2),
        }
    }

    /// 0 to 29 for distances 1 to 32768.
    fn of_distance(distance: u32) -> Self {
        Self::graded(0, distance - 1, 1)
    }

    /// Each power of two is cut into `2^fine` symbols, from where there is something to cut.
    fn graded(first: usize, value: u32, fine: u32) -> Self {
        let extra_bits = (value >> fine).checked_ilog2().unwrap_or(0);
        let symbol = first + ((extra_bits << fine) + (value >> extra_bits)) as usize;
        Self { symbol, extra_bits, extra: value & ((1 << extra_bits) - 1) }
    }
}

/// A block with codes made for it.
struct Block<'a> {
    data: &'a [u8],
    sequences: &'a [Sequence],
    literals: Prefix,
    distances: Prefix,
    header: Header,
    bits: u64,
}

impl<'a> Block<'a> {
    fn new(level: Level, data: &'a [u8], sequences: &'a [Sequence]) -> Self {
        let mut literal_counts = [0u32; LITERALS];
        let mut distance_counts = [0u32; DISTANCES];
        let mut extra_bits = 0;
        let mut bytes = [0; 256];
        each(data, sequences, |literals, repeat| {
            bits::count(level, literals, &mut bytes);
            if let Some((length, distance)) = repeat {
                literal_counts[length.symbol] += 1;
                distance_counts[distance.symbol] += 1;
                extra_bits += u64::from(length.extra_bits + distance.extra_bits);
            }
        });
        literal_counts[..256].copy_from_slice(&bytes);
        literal_counts[END] = 1;
        let literals = Prefix::new(&literal_counts, MAX_LITERAL_BITS);
        let distances = Prefix::new(&distance_counts, 15);
        let header = Header::new(&literals, &distances);
        let bits =
            header.bits + literals.cost(&literal_counts) + distances.cost(&distance_counts) + extra_bits;
        Self { data, sequences, literals, distances, header, bits }
    }

    fn write(&self, level: Level, room: usize, last: bool, out: Vec<u8>) -> Vec<u8> {
        let mut sink = BitSink::after(out, room);
        sink.put(u64::from(last) | 0b10 << 1, 3);
        self.header.write(&mut sink);
        let codes = self.literals.codes.first_chunk().expect("there are 286 literals and lengths");
        each(self.data, self.sequences, |literals, repeat| {
            bits::put_literals(level, literals, codes, &mut sink);
            if let Some((length, distance)) = repeat {
                put(&mut sink, &self.literals, length);
                put(&mut sink, &self.distances, distance);
            }
        });
        put(&mut sink, &self.literals, Symbol { symbol: END, extra_bits: 0, extra: 0 });
        if !last {
            // An empty stored block: three bits, then from the next whole byte its length and the complement.
            sink.put(0, 3);
            sink.align();
            sink.put(0xffff_0000, 32);
        }
        sink.align();
        sink.into_bytes()
    }
}

/// Hand each sequence to `tell`: its literals, and the symbols of its match.
fn each(data: &[u8], sequences: &[Sequence], mut tell: impl FnMut(&[u8], Option<(Symbol, Symbol)>)) {
    let mut at = 0;
    for s in sequences {
        let literals = &data[at..at + s.literals as usize];
        let repeat = (s.length > 0).then(|| (Symbol::of_length(s.length), Symbol::of_distance(s.distance)));
        tell(literals, repeat);
        at += literals.len() + s.length as usize;
    }
}

fn put(sink: &mut BitSink, prefix: &Prefix, symbol: Symbol) {
    let code = prefix.codes[symbol.symbol];
    let bits = u64::from(code & 0xffff) | u64::from(symbol.extra) << (code >> 16);
    sink.put(bits, (code >> 16) + symbol.extra_bits);
}

/// The lengths of both codes, run-length coded and coded again (3.2.7).
struct Header {
    literals: usize,
    distances: usize,
    orders: usize,
    runs: Vec<Symbol>,
    prefix: Prefix,
    bits: u64,
}

impl Header {
    fn new(literals: &Prefix, distances: &Prefix) -> Self {
        let used = |prefix: &Prefix, least: usize| {
            prefix.lengths.iter().rposition(|&l| l > 0).map_or(least, |last| least.max(last + 1))
        };
        let (literal_count, distance_count) = (used(literals, 257), used(distances, 1));
        let lengths = [&literals.lengths[..literal_count], &distances.lengths[..distance_count]].concat();
        let runs = run_lengths(&lengths);
        let mut counts = [0; 19];
        for run in &runs {
            counts[run.symbol] += 1;
        }
        let prefix = Prefix::new(&counts, 7);
        let orders = ORDER.iter().rposition(|&s| prefix.lengths[s] > 0).map_or(4, |last| 4.max(last + 1));
        let extra: u64 = runs.iter().map(|run| u64::from(run.extra_bits)).sum();
        let bits = 3 + 14 + 3 * orders as u64 + prefix.cost(&counts) + extra;
        Self { literals: literal_count, distances: distance_count, orders, runs, prefix, bits }
    }

    fn write(&self, sink: &mut BitSink) {
        sink.put((self.literals - 257) as u64, 5);
        sink.put((self.distances - 1) as u64, 5);
        sink.put((self.orders - 4) as u64, 4);
        for &symbol in &ORDER[..self.orders] {
            sink.put(self.prefix.lengths[symbol].into(), 3);
        }
        for &run in &self.runs {
            put(sink, &self.prefix, run);
        }
    }
}

/// Lengths as themselves, repeats of the one before (16), or runs of zeros (17, 18).
fn run_lengths(lengths: &[u8]) -> Vec<Symbol> {
    let mut out = Vec::new();
    for run in lengths.chunk_by(|a, b| a == b) {
        let single = Symbol { symbol: run[0].into(), extra_bits: 0, extra: 0 };
        let mut left = run.len();
        if run[0] != 0 {
            out.push(single);
            left -= 1;
        }
        while left >= 3 {
            let (symbol, extra_bits, least, most) = match (run[0], left) {
                (0, 11..) => (18, 7, 11, 138),
                (0, _) => (17, 3, 3, 10),
                _ => (16, 2, 3, 6),
            };
            let length = left.min(most);
            out.push(Symbol { symbol, extra_bits, extra: (length - least) as u32 });
            left -= length;
        }
        out.extend(std::iter::repeat_n(single, left));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::test_support::Random;

    fn inflate(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut decoder = flate2::read::DeflateDecoder::new(bytes);
        decoder.read_to_end(&mut out).unwrap();
        assert_eq!(decoder.total_in(), bytes.len() as u64, "nothing is left over");
        out
    }

    #[test]
    fn symbols_are_those_of_the_tables() {
        let length =
            |l| (Symbol::of_length(l).symbol, Symbol::of_length(l).extra_bits, Symbol::of_length(l).extra);
        assert_eq!(
            [3, 10, 11, 12, 18, 19].map(length),
            [(257, 0, 0), (264, 0, 0), (265, 1, 0), (265, 1, 1), (268, 1, 1), (269, 2, 0)]
        );
        assert_eq!([227, 257, 258].map(length), [(284, 5, 0), (284, 5, 30), (285, 0, 0)]);
        let far = |d| {
            (Symbol::of_distance(d).symbol, Symbol::of_distance(d).extra_bits, Symbol::of_distance(d).extra)
        };
        assert_eq!(
            [1, 4, 5, 6, 7, 9].map(far),
            [(0, 0, 0), (3, 0, 0), (4, 1, 0), (4, 1, 1), (5, 1, 0), (6, 2, 0)]
        );
        assert_eq!([24_577, 32_768].map(far), [(29, 13, 0), (29, 13, 8191)]);
    }

    /// Data of every kind: nothing, one byte, one symbol, noise, long and short runs, skewed counts.
    fn kinds(random: &mut Random) -> Vec<Vec<u8>> {
        let mut kinds = vec![vec![], vec![9], vec![0; 3], vec![0; 300_000], (0..=255).collect()];
        for len in [100, 65_535, 65_536, 200_000] {
            kinds.push((0..len).map(|_| random.below(256) as u8).collect());
            kinds.push((0..len).map(|_| random.next().trailing_zeros() as u8).collect());
            kinds.push((0..len).map(|i| (i / 100 * (i / 300)) as u8).collect());
        }
        let row: Vec<u8> = (0..32_768).map(|_| random.below(256) as u8).collect();
        kinds.push([row.clone(), row].concat());
        kinds
    }

    #[test]
    fn what_goes_in_comes_out() {
        let mut random = Random::new("deflate");
        for data in kinds(&mut random) {
            for level in Level::available() {
                let mut stream = deflate(level, &data, false, Vec::new());
                let cut = stream.len();
                stream = deflate(level, &data, true, stream);
                assert_eq!(
                    inflate(&stream),
                    [data.clone(), data.clone()].concat(),
                    "{} bytes, {random}",
                    data.len()
                );
                assert_eq!(stream[..cut], deflate(Level::PLAIN, &data, false, Vec::new()), "level {level}");
            }
        }
    }

    #[test]
    fn noise_grows_by_a_thousandth_at_most() {
        let mut random = Random::new("noise");
        for len in [1, 10, 1000, 300_000] {
            let noise: Vec<u8> = (0..len).map(|_| random.below(256) as u8).collect();
            let size = deflate(Level::PLAIN, &noise, false, Vec::new()).len();
            assert!(size <= len + len / 1000 + 5, "{len} became {size}, {random}");
        }
    }

    #[test]
    fn fibonacci_counts_come_through_within_the_limit() {
        let (mut data, mut a, mut b) = (Vec::new(), 1usize, 1usize);
        for symbol in 0..22 {
            data.extend(std::iter::repeat_n(symbol, a));
            (a, b) = (b, a + b);
        }
        let mut random = Random::new("fibonacci");
        for i in (1..data.len()).rev() {
            data.swap(i, random.below(i + 1));
        }
        assert_eq!(inflate(&deflate(Level::PLAIN, &data, true, Vec::new())), data);
    }

    #[test]
    fn a_flat_band_becomes_next_to_nothing() {
        let size = deflate(Level::PLAIN, &[0; 300_000], true, Vec::new()).len();
        assert!(size < 350, "{size}");
    }
}
