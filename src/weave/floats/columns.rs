//! For all ends at once: the face at the last crossing, and for how many crossings it has been so.
//!
//! The counters are bit-sliced (plane `k` holds bit `k` of 64 counters in one word), so a pick costs a few logical
//! operations for 64 ends.

/// The present floats of the ends. Counters stop at the limit.
pub(crate) struct Columns {
    last: Vec<u64>,
    planes: Vec<u64>,
    depth: usize,
    limit: usize,
}

impl Columns {
    /// Ends in `words` words, no crossings yet, floats counted up to `limit`.
    pub(crate) fn new(words: usize, limit: usize) -> Self {
        let depth = limit.checked_ilog2().map_or(0, |bits| bits as usize + 1);
        Self { last: vec![0; words], planes: vec![0; words * depth], depth, limit }
    }

    /// Of 64 ends, those whose float has reached the limit.
    pub(crate) fn full(&self, word: usize) -> u64 {
        let planes = &self.planes[word * self.depth..][..self.depth];
        let bit = |k: usize, plane: u64| if self.limit >> k & 1 == 1 { plane } else { !plane };
        planes.iter().enumerate().fold(u64::MAX, |all, (k, &plane)| all & bit(k, plane))
    }

    /// Of 64 ends, those up at their last crossing.
    pub(crate) fn last(&self, word: usize) -> u64 {
        self.last[word]
    }

    /// Is the float of an end at the limit, and is it up?
    pub(crate) fn at(&self, end: usize) -> (bool, bool) {
        (self.full(end / 64) >> (end % 64) & 1 == 1, self.last[end / 64] >> (end % 64) & 1 == 1)
    }

    /// One more pick for 64 ends.
    pub(crate) fn advance(&mut self, word: usize, row: u64, exists: u64) {
        let same = !(row ^ self.last[word]) & exists;
        let turned = exists & !same;
        let mut carry = same & !self.full(word);
        for (k, plane) in self.planes[word * self.depth..][..self.depth].iter_mut().enumerate() {
            let sum = *plane ^ carry;
            carry &= *plane;
            *plane = sum & !turned | if k == 0 { turned } else { 0 };
        }
        self.last[word] = self.last[word] & !exists | row & exists;
    }

    /// Says that an end has been on its present face for `count` crossings.
    pub(crate) fn set(&mut self, end: usize, up: bool, count: usize) {
        let (word, bit) = (end / 64, 1 << (end % 64));
        for (k, plane) in self.planes[word * self.depth..][..self.depth].iter_mut().enumerate() {
            *plane = *plane & !bit | if count.min(self.limit) >> k & 1 == 1 { bit } else { 0 };
        }
        self.last[word] = self.last[word] & !bit | if up { bit } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn counters_agree_with_counting() {
        let mut random = Random::new("columns");
        for limit in [1, 2, 3, 4, 7, 8, 12, 31, 32] {
            let mut columns = Columns::new(2, limit);
            let mut want = vec![(false, 0usize); 128];
            for step in 0..300 {
                let (row, exists) = (random.next() & random.next(), random.next() | random.next());
                let word = random.below(2);
                columns.advance(word, row, exists);
                for bit in 0..64 {
                    let (w, up) = (&mut want[word * 64 + bit], row >> bit & 1 == 1);
                    if exists >> bit & 1 == 1 {
                        *w = if w.0 == up { (up, (w.1 + 1).min(limit)) } else { (up, 1) };
                    }
                }
                if step % 7 == 0 {
                    let (e, up, count) = (random.below(128), random.below(2) == 0, random.below(limit + 3));
                    columns.set(e, up, count);
                    want[e] = (up, count.min(limit));
                }
                for (e, w) in want.iter().enumerate() {
                    assert_eq!(
                        columns.at(e),
                        (w.1 == limit, w.0),
                        "{random} limit {limit} step {step} end {e}"
                    );
                }
            }
        }
    }
}
