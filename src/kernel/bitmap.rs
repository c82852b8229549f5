//! Between bytes and bits: 64 pixels to a word, the first in the lowest bit.

use super::level::kernel;

/// The lowest bits of eight bytes, side by side: a product moves byte i's bit to place 56 + i.
#[inline(always)]
fn gather(bytes: u64) -> u64 {
    (bytes & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

kernel! {
    /// Bit 0 of each class to `candidates`, bit 1 to `open`. There are 64 classes to a word.
    pub(crate) fn pack(classes: &[u8], candidates: &mut [u64], open: &mut [u64]) {
        let words = candidates.iter_mut().zip(open);
        for (bytes, (candidate, open)) in classes.as_chunks::<64>().0.iter().zip(words) {
            let (mut low, mut high) = (0, 0);
            for (i, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
                let eight = u64::from_le_bytes(*eight);
                low |= gather(eight) << (8 * i);
                high |= gather(eight >> 1) << (8 * i);
            }
            (*candidate, *open) = (low, high);
        }
    }
}

kernel! {
    /// 255 for each set bit, 0 for each other.
    pub(crate) fn unpack(words: &[u64], out: &mut [u8]) {
        let (whole, rest) = out.as_chunks_mut::<64>();
        for (bytes, word) in whole.iter_mut().zip(words) {
            for (i, sixteen) in bytes.as_chunks_mut::<16>().0.iter_mut().enumerate() {
                let bits = (word >> (16 * i)) as u16;
                for (j, byte) in sixteen.iter_mut().enumerate() {
                    *byte = if bits & (1 << j) == 0 { 0 } else { 255 };
                }
            }
        }
        for (j, byte) in rest.iter_mut().enumerate() {
            *byte = if words[whole.len()] >> j & 1 == 0 { 0 } else { 255 };
        }
    }
}
