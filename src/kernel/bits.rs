//! The inner loops of deflate: counting bytes, laying codes end to end, and the check sum of zlib.
//!
//! RFC 1951 packs codes from the lowest bit of each byte upwards; RFC 1950 ends with Adler-32.

use super::level::kernel;

/// The longest code for a literal or a length that [`put_literals`] may be given: four of them and the seven
/// bits of an unfinished byte fit a register of 64.
pub(crate) const MAX_LITERAL_BITS: u32 = 14;

/// A code as it goes into the stream (its first bit lowest) with its length above: `length << 16 | code`.
pub(crate) type Code = u32;

/// Bits on their way into memory: those of the unfinished byte, and where it will stand.
#[derive(Clone, Copy, Default)]
struct Tail {
    at: usize,
    bits: u64,
    count: u32,
}

impl Tail {
    /// Append bits, 56 at most. The store is always eight bytes wide, whatever of it counts.
    #[inline(always)]
    fn put(&mut self, bytes: &mut [u8], bits: u64, count: u32) {
        self.bits |= bits << self.count;
        self.count += count;
        bytes[self.at..self.at + 8].copy_from_slice(&self.bits.to_le_bytes());
        self.at += (self.count / 8) as usize;
        self.bits >>= self.count & !7;
        self.count &= 7;
    }
}

/// A stream of bits into memory set aside beforehand.
pub(crate) struct BitSink {
    bytes: Vec<u8>,
    tail: Tail,
}

impl BitSink {
    /// Go on behind `bytes`, with room for `room` more.
    pub(crate) fn after(mut bytes: Vec<u8>, room: usize) -> Self {
        let at = bytes.len();
        bytes.resize(at + room + 8, 0);
        Self { bytes, tail: Tail { at, ..Tail::default() } }
    }

    /// Append the lowest `count` bits of `bits`, 56 at most; those above are zero.
    #[inline(always)]
    pub(crate) fn put(&mut self, bits: u64, count: u32) {
        self.tail.put(&mut self.bytes, bits, count);
    }

    /// Fill the last byte with zeros.
    pub(crate) fn align(&mut self) {
        self.put(0, (8 - self.tail.count) % 8);
    }

    /// The whole bytes written; call [`Self::align`] first or lose the rest.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.tail.at);
        self.bytes
    }
}

kernel! {
    /// Add to `counts` how often each byte occurs.
    ///
    /// Four tables, since adding to one place twice in a row waits for memory; runs would crawl.
    pub(crate) fn count(data: &[u8], counts: &mut [u32; 256]) {
        if data.len() < 512 {
            for &byte in data {
                counts[usize::from(byte)] += 1;
            }
            return;
        }
        let mut tables = [[0u32; 256]; 4];
        let (words, rest) = data.as_chunks::<8>();
        for word in words {
            let word = u64::from_le_bytes(*word);
            for i in 0..8 {
                tables[i % 4][(word >> (8 * i)) as usize & 0xff] += 1;
            }
        }
        for &byte in rest {
            tables[0][usize::from(byte)] += 1;
        }
        for (i, count) in counts.iter_mut().enumerate() {
            *count += tables.iter().map(|table| table[i]).sum::<u32>();
        }
    }
}

kernel! {
    /// Append the codes of `literals`, none longer than [`MAX_LITERAL_BITS`].
    pub(crate) fn put_literals(literals: &[u8], codes: &[Code; 256], sink: &mut BitSink) {
        let code = |byte: u8| {
            let code = codes[usize::from(byte)];
            (u64::from(code & 0xffff), code >> 16)
        };
        // Copies of its own: a store through the sink might change the sink, for all the compiler knows.
        let (mut tail, bytes) = (sink.tail, sink.bytes.as_mut_slice());
        let (fours, rest) = literals.as_chunks::<4>();
        for &[a, b, c, d] in fours {
            let ((a, a_len), (b, b_len), (c, c_len), (d, d_len)) = (code(a), code(b), code(c), code(d));
            let (front, front_len) = (a | b << a_len, a_len + b_len);
            let (back, back_len) = (c | d << c_len, c_len + d_len);
            tail.put(bytes, front | back << front_len, front_len + back_len);
        }
        for &byte in rest {
            let (code, len) = code(byte);
            tail.put(bytes, code, len);
        }
        sink.tail = tail;
    }
}

/// The largest prime below 2¹⁶.
const MODULUS: u32 = 65_521;

/// Adler-32 of some bytes, joinable with that of the bytes that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Adler {
    low: u32,
    high: u32,
    len: u64,
}

impl Adler {
    /// Of no bytes at all.
    pub(crate) const EMPTY: Self = Self { low: 1, high: 0, len: 0 };

    /// Of these bytes followed by those of `next`.
    ///
    /// The low half is 1 plus the sum of the bytes, the high half the sum of all its states; each
    /// byte of `next` sees the low half raised by what came before, less the 1 both began with.
    pub(crate) fn join(self, next: Self) -> Self {
        let before = u64::from(self.low + MODULUS - 1);
        let high = u64::from(self.high + next.high) + next.len % u64::from(MODULUS) * before;
        Self {
            low: (self.low + next.low + MODULUS - 1) % MODULUS,
            high: (high % u64::from(MODULUS)) as u32,
            len: self.len + next.len,
        }
    }

    /// The number in the file.
    pub(crate) fn value(self) -> u32 {
        self.high << 16 | self.low
    }
}

/// Bytes side by side, and how many steps of them before a lane of 32 bits could overflow.
const LANES: usize = 16;
const STEPS: usize = 256;

kernel! {
    /// Append `data` to what `adler` has seen.
    pub(crate) fn adler(data: &[u8], adler: &mut Adler) {
        for piece in data.chunks(LANES * STEPS) {
            let mut sums = [0u32; LANES];
            let mut states = [0u32; LANES];
            let (steps, rest) = piece.as_chunks::<LANES>();
            for step in steps {
                for i in 0..LANES {
                    states[i] += sums[i];
                    sums[i] += u32::from(step[i]);
                }
            }
            let whole = (steps.len() * LANES) as u32;
            let mut high = adler.high + whole * adler.low % MODULUS;
            let mut low = adler.low;
            for i in 0..LANES {
                // A byte in lane i counts once in each later step for all lanes, and for the lanes after it.
                high += (states[i] * LANES as u32 + sums[i] * (LANES - i) as u32) % MODULUS;
                low += sums[i];
            }
            for &byte in rest {
                low += u32::from(byte);
                high += low % MODULUS;
            }
            (adler.low, adler.high) = (low % MODULUS, high % MODULUS);
        }
        adler.len += data.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    fn naive_adler(data: &[u8]) -> u32 {
        let (low, high) = data.iter().fold((1u32, 0u32), |(low, high), &byte| {
            let low = (low + u32::from(byte)) % MODULUS;
            (low, (high + low) % MODULUS)
        });
        high << 16 | low
    }

    #[test]
    fn every_level_sums_as_rfc_1950_does() {
        let mut random = Random::new("adler");
        for len in [0, 1, 15, 16, 17, 4095, 4096, 4097, 100_000] {
            for worst in [true, false] {
                let data: Vec<u8> =
                    (0..len).map(|_| if worst { 255 } else { random.below(256) as u8 }).collect();
                for level in Level::available() {
                    let cut = random.below(len + 1);
                    let [mut front, mut back] = [Adler::EMPTY; 2];
                    adler(level, &data[..cut], &mut front);
                    adler(level, &data[cut..], &mut back);
                    let value = front.join(back).value();
                    assert_eq!(value, naive_adler(&data), "{len} bytes cut at {cut}, {level}, {random}");
                }
            }
        }
        assert_eq!(naive_adler(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn every_level_counts_each_byte_once() {
        let mut random = Random::new("count");
        for len in [0, 1, 511, 512, 519, 5000] {
            let data: Vec<u8> = (0..len).map(|_| random.below(7) as u8).collect();
            for level in Level::available() {
                let mut counts = [1; 256];
                count(level, &data, &mut counts);
                for (byte, &count) in counts.iter().enumerate() {
                    let naive = data.iter().filter(|&&b| usize::from(b) == byte).count();
                    assert_eq!(count as usize, 1 + naive, "byte {byte} of {len}, {level}, {random}");
                }
            }
        }
    }

    #[test]
    fn every_level_lays_codes_end_to_end() {
        let mut random = Random::new("put_literals");
        let codes: [Code; 256] = std::array::from_fn(|_| {
            let len = 1 + random.below(MAX_LITERAL_BITS as usize) as u32;
            len << 16 | random.below(1 << len) as u32
        });
        for len in [0, 1, 3, 4, 5, 1000] {
            let data: Vec<u8> = (0..len).map(|_| random.below(256) as u8).collect();
            let bits = data.iter().flat_map(|&b| {
                let code = codes[usize::from(b)];
                (0..code >> 16).map(move |i| (code >> i & 1) as u8)
            });
            let bits: Vec<u8> = bits.collect();
            let naive: Vec<u8> =
                bits.chunks(8).map(|byte| byte.iter().enumerate().map(|(i, bit)| bit << i).sum()).collect();
            for level in Level::available() {
                let mut sink = BitSink::after(vec![77], 2 * len + 1);
                put_literals(level, &data, &codes, &mut sink);
                sink.align();
                assert_eq!(sink.into_bytes()[1..], naive, "{len} literals, {level}, {random}");
            }
        }
    }
}
