//! Which pixels are edges: one bit for each.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::bitmap as kernel;
use crate::parallel::{BAND_ROWS, for_each_band};

/// A picture of bits. Each row starts a new word of 64; bits past the end of a row are 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeMap {
    width: usize,
    height: usize,
    words: Vec<u64>,
}

/// Words in a row of `width` pixels.
pub(super) fn stride(width: usize) -> usize {
    width.div_ceil(64)
}

impl EdgeMap {
    pub(crate) fn new(width: usize, height: usize, words: Vec<u64>) -> Self {
        debug_assert_eq!(words.len(), stride(width) * height);
        Self { width, height, words }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Is the pixel an edge?
    pub fn is_edge(&self, x: usize, y: usize) -> bool {
        x < self.width && self.row(y)[x / 64] >> (x % 64) & 1 == 1
    }

    /// The words of a row.
    pub fn row(&self, y: usize) -> &[u64] {
        let stride = stride(self.width);
        &self.words[y * stride..][..stride]
    }

    /// How many pixels are edges.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The columns of the edges of a row, from left to right.
    pub fn columns(&self, y: usize) -> impl Iterator<Item = usize> {
        let words = self.row(y).iter().enumerate();
        words.flat_map(|(i, word)| {
            std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)))
                .take_while(|rest| *rest != 0)
                .map(move |rest| 64 * i + rest.trailing_zeros() as usize)
        })
    }

    /// What is an edge in either of two maps of one size.
    pub(super) fn or(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
        self
    }

    /// What is an edge in this map and, in another of the same size, is one (or is not).
    pub(crate) fn among(&self, other: &Self, wanted: bool) -> Self {
        let pairs = self.words.iter().zip(&other.words);
        let words = pairs.map(|(word, other)| word & if wanted { *other } else { !other }).collect();
        Self { words, ..*self }
    }

    /// Forget the edges whose place `keep(x, y)` turns down.
    pub(super) fn retain(&mut self, keep: impl Fn(usize, usize) -> bool) {
        let stride = stride(self.width);
        for y in 0..self.height {
            let gone: Vec<usize> = self.columns(y).filter(|x| !keep(*x, y)).collect();
            for x in gone {
                self.words[y * stride + x / 64] &= !(1 << (x % 64));
            }
        }
    }

    /// 255 for each edge and 0 for the rest, row after row.
    pub fn mask(&self, context: &Context) -> Result<Vec<u8>> {
        let mut mask = vec![0; self.width * self.height];
        self.mask_into(&mut mask, context)?;
        Ok(mask)
    }

    /// The same into a plane that is already there.
    pub fn mask_into(&self, mask: &mut [u8], context: &Context) -> Result<()> {
        for_each_band(context, mask, self.width * BAND_ROWS, |index, band| {
            for (y, row) in band.chunks_mut(self.width).enumerate() {
                kernel::unpack(context.level, self.row(index * BAND_ROWS + y), row);
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::test_context::on;
    use crate::kernel::Level;
    use crate::test_support::Random;

    #[test]
    fn a_mask_and_the_columns_say_what_the_bits_say() {
        let mut random = Random::new("a_mask_and_the_columns_say_what_the_bits_say");
        for width in [1, 7, 63, 64, 65, 200] {
            let stride = stride(width);
            let used = |i: usize| {
                if width % 64 != 0 && i % stride == stride - 1 { (1 << (width % 64)) - 1 } else { !0 }
            };
            let words = (0..stride * 70).map(|i| random.next() & used(i)).collect();
            let map = EdgeMap::new(width, 70, words);
            for level in Level::available() {
                let mask = map.mask(&on(level, 2)).unwrap();
                for (i, value) in mask.iter().enumerate() {
                    assert_eq!(*value == 255, map.is_edge(i % width, i / width), "{random}");
                    assert!(*value == 255 || *value == 0);
                }
                assert_eq!(mask.iter().filter(|v| **v == 255).count(), map.count());
            }
            let listed: usize = (0..70).map(|y| map.columns(y).filter(|x| map.is_edge(*x, y)).count()).sum();
            assert_eq!(listed, map.count());
        }
    }
}
