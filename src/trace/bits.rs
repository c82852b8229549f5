//! A map of bits that can be changed, and that numbers the bits it began with.

use crate::edge::EdgeMap;

/// The eight neighbours of a pixel, clockwise on the screen from the right one; bit k of a byte is neighbour k.
pub(super) const AROUND: [(isize, isize); 8] =
    [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

/// Bits in rows of words, with a margin of nothing around them.
#[derive(Clone, Debug)]
pub(super) struct Bits {
    pub(super) width: usize,
    pub(super) height: usize,
    stride: usize,
    words: Vec<u64>,
}

impl Bits {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let stride = width.div_ceil(64);
        Self { width, height, stride, words: vec![0; stride * height] }
    }

    pub(super) fn of(map: &EdgeMap) -> Self {
        let words = (0..map.height()).flat_map(|y| map.row(y).iter().copied()).collect();
        Self { width: map.width(), height: map.height(), stride: map.width().div_ceil(64), words }
    }

    pub(super) fn get(&self, x: usize, y: usize) -> bool {
        self.words[y * self.stride + x / 64] >> (x % 64) & 1 == 1
    }

    pub(super) fn set(&mut self, x: usize, y: usize) {
        self.words[y * self.stride + x / 64] |= 1 << (x % 64);
    }

    pub(super) fn clear(&mut self, x: usize, y: usize) {
        self.words[y * self.stride + x / 64] &= !(1 << (x % 64));
    }

    /// Three bits of a row, from `x - 1` on; nothing outside.
    fn three(&self, x: usize, y: usize) -> usize {
        if y >= self.height {
            return 0;
        }
        let row = &self.words[y * self.stride..][..self.stride];
        let (i, shift) = (x / 64, x % 64);
        let middle = row[i] >> shift & 3;
        let wide =
            if shift == 63 { middle | (row.get(i + 1).copied().unwrap_or(0) & 1) << 1 } else { middle };
        let before = match (shift, i) {
            (0, 0) => 0,
            (0, _) => row[i - 1] >> 63,
            _ => row[i] >> (shift - 1) & 1,
        };
        (wide << 1 | before) as usize
    }

    /// The neighbours that are set, as a byte.
    pub(super) fn around(&self, x: usize, y: usize) -> u8 {
        const ABOVE: [u8; 8] = [0, 32, 64, 96, 128, 160, 192, 224];
        const BESIDE: [u8; 8] = [0, 16, 0, 16, 1, 17, 1, 17];
        const BELOW: [u8; 8] = [0, 8, 4, 12, 2, 10, 6, 14];
        ABOVE[self.three(x, y.wrapping_sub(1))] | BESIDE[self.three(x, y)] | BELOW[self.three(x, y + 1)]
    }

    /// The columns of the bits of a row that are set, from left to right.
    pub(super) fn columns(&self, y: usize) -> impl Iterator<Item = usize> {
        let words = self.words[y * self.stride..][..self.stride].iter().enumerate();
        words.flat_map(|(i, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| 64 * i + rest.trailing_zeros() as usize)
        })
    }
}

/// Numbers for the bits of a map, from above to below and from left to right.
pub(super) struct Ranks {
    bits: Bits,
    before: Vec<u32>,
    /// How many bits there are.
    pub(super) count: usize,
}

impl Ranks {
    pub(super) fn new(bits: Bits) -> Self {
        let mut count = 0;
        let before = bits.words.iter().map(|word| {
            count += word.count_ones();
            count - word.count_ones()
        });
        let before = before.collect();
        Self { bits, before, count: count as usize }
    }

    /// The number of a bit that is set.
    pub(super) fn of(&self, x: usize, y: usize) -> usize {
        let i = y * self.bits.stride + x / 64;
        let below = self.bits.words[i] & ((1 << (x % 64)) - 1);
        (self.before[i] + below.count_ones()) as usize
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::test_support::Random;

    /// Noise of the given density, as bits.
    pub(crate) fn noise(random: &mut Random, width: usize, height: usize, density: f32) -> Bits {
        let mut bits = Bits::new(width, height);
        for i in 0..width * height {
            if random.unit() < density {
                bits.set(i % width, i / width);
            }
        }
        bits
    }

    /// Bits from rows of text.
    pub(crate) fn drawn(rows: &[&str]) -> Bits {
        let mut bits = Bits::new(rows[0].len(), rows.len());
        for (y, row) in rows.iter().enumerate() {
            row.bytes().enumerate().filter(|(_, b)| *b == b'#').for_each(|(x, _)| bits.set(x, y));
        }
        bits
    }

    #[test]
    fn neighbours_are_those_one_would_look_up() {
        let mut random = Random::new("neighbours_are_those_one_would_look_up");
        for (width, height) in [(1, 1), (1, 9), (9, 1), (64, 5), (65, 7), (130, 9)] {
            let bits = noise(&mut random, width, height, 0.5);
            for (x, y) in (0..width * height).map(|i| (i % width, i / width)) {
                let set =
                    |(dx, dy): (isize, isize)| match (x.checked_add_signed(dx), y.checked_add_signed(dy)) {
                        (Some(x), Some(y)) => x < width && y < height && bits.get(x, y),
                        _ => false,
                    };
                let byte = (0..8).filter(|k| set(AROUND[*k])).map(|k| 1u8 << k).sum::<u8>();
                assert_eq!(bits.around(x, y), byte, "{x} {y} {random}");
            }
        }
    }

    #[test]
    fn ranks_count_in_reading_order() {
        let mut random = Random::new("ranks_count_in_reading_order");
        let bits = noise(&mut random, 131, 17, 0.3);
        let ranks = Ranks::new(bits.clone());
        let places: Vec<_> = (0..17).flat_map(|y| bits.columns(y).map(move |x| (x, y))).collect();
        assert_eq!(places.len(), ranks.count);
        assert!(places.iter().enumerate().all(|(i, (x, y))| ranks.of(*x, *y) == i), "{random}");
    }
}
