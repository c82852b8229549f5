//! Bits to bytes, the first bit uppermost, with a zero after each 0xff so that no byte of the coded data
//! looks like the beginning of a marker (T.81, F.1.2.3).

/// Bits on their way into bytes.
pub(super) struct Bits {
    out: Vec<u8>,
    /// The last `64 - free` bits, at its lower end.
    buffer: u64,
    free: u32,
}

impl Bits {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), buffer: 0, free: 64 }
    }

    /// Append the lower `count` bits of `bits`, of which the others are zero; `count` is 32 at most.
    #[inline(always)]
    pub(super) fn put(&mut self, bits: u32, count: u32) {
        if count < self.free {
            self.buffer = self.buffer << count | u64::from(bits);
            self.free -= count;
        } else {
            let over = count - self.free;
            // Not all 64 of them are free: so many as fit never shift the buffer away altogether.
            self.write(self.buffer << self.free | u64::from(bits >> over));
            self.buffer = bits.into();
            self.free = 64 - over;
        }
    }

    /// Eight bytes at once, unless one of them is 0xff.
    #[inline(always)]
    fn write(&mut self, bits: u64) {
        // A byte of ones has its top bit set, and loses it when one is added.
        let ones = bits & 0x8080_8080_8080_8080 & !bits.wrapping_add(0x0101_0101_0101_0101);
        if ones == 0 {
            self.out.extend_from_slice(&bits.to_be_bytes());
        } else {
            self.write_stuffed(&bits.to_be_bytes());
        }
    }

    #[cold]
    #[inline(never)]
    fn write_stuffed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.out.push(*byte);
            if *byte == 0xff {
                self.out.push(0);
            }
        }
    }

    /// The bytes; the last is filled up with ones.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let fill = self.free % 8;
        self.put((1 << fill) - 1, fill);
        let used = (64 - self.free) as usize / 8;
        let bytes = self.buffer.to_be_bytes();
        self.write_stuffed(&bytes[8 - used..]);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// One bit after the other.
    fn slow(pieces: &[(u32, u32)]) -> Vec<u8> {
        let mut bits: Vec<bool> = Vec::new();
        for (value, count) in pieces {
            bits.extend((0..*count).rev().map(|i| value >> i & 1 == 1));
        }
        bits.resize(bits.len().next_multiple_of(8), true);
        let byte = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        let stuffed = |byte| if byte == 0xff { vec![byte, 0] } else { vec![byte] };
        bits.chunks(8).flat_map(|bits| stuffed(byte(bits))).collect()
    }

    fn fast(pieces: &[(u32, u32)]) -> Vec<u8> {
        let mut bits = Bits::with_capacity(0);
        pieces.iter().for_each(|(value, count)| bits.put(*value, *count));
        bits.finish()
    }

    #[test]
    fn as_one_bit_after_the_other() {
        let mut random = Random::new("bits");
        for round in 0..300 {
            let mut piece = || {
                let count = random.below(28) as u32;
                // Every third stream of ones alone, every third nearly so.
                let value = [random.next(), u64::MAX, random.next() | random.next()][round % 3];
                (value as u32 & ((1 << count) - 1), count)
            };
            let pieces: Vec<_> = (0..round).map(|_| piece()).collect();
            assert_eq!(fast(&pieces), slow(&pieces), "{round} pieces, {random}");
        }
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(fast(&[]).is_empty());
        assert_eq!(fast(&[(1, 1)]), [0xff, 0]);
        assert_eq!(fast(&[(0, 8)]), [0]);
    }
}
