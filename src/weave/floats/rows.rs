//! Rows of bits: runs of equal bits in one pick, and where its weft exists.

use crate::weave::cloth::{Lift, Span};

/// The spans of a pick, cleaned: in order, within the cloth, not empty, none touching another.
pub(crate) fn tidy(spans: &[Span], ends: usize) -> Vec<(usize, usize)> {
    let mut sorted: Vec<(usize, usize)> = spans
        .iter()
        .map(|&(a, b)| ((a as usize).min(ends), (b as usize).min(ends)))
        .filter(|&(a, b)| a < b)
        .collect();
    sorted.sort_unstable();
    let mut tidy: Vec<(usize, usize)> = Vec::with_capacity(sorted.len());
    for (a, b) in sorted {
        match tidy.last_mut() {
            Some(last) if a <= last.1 => last.1 = last.1.max(b),
            _ => tidy.push((a, b)),
        }
    }
    tidy
}

/// The spans of each pick as bits and as a list, with the common case (every weft from edge to edge) for free.
pub(crate) struct Existing<'a> {
    spans: &'a [Option<Vec<Span>>],
    ends: usize,
    whole: Vec<u64>,
}

/// Where one weft exists.
pub(crate) struct Weft {
    /// One bit an end.
    pub(crate) bits: Vec<u64>,
    /// The stretches, in order.
    pub(crate) stretches: Vec<(usize, usize)>,
}

impl<'a> Existing<'a> {
    /// The spans of a cloth; picks beyond the list exist everywhere.
    pub(crate) fn new(spans: &'a [Option<Vec<Span>>], ends: usize) -> Self {
        let mut whole = vec![0; ends.div_ceil(64)];
        fill(&mut whole, 0, ends);
        Self { spans, ends, whole }
    }

    /// Does every weft run from edge to edge?
    pub(crate) fn is_everywhere(&self) -> bool {
        self.spans.iter().all(Option::is_none)
    }

    /// A bit for each end there is.
    pub(crate) fn whole(&self) -> &[u64] {
        &self.whole
    }

    /// Where a weft exists; `None`: from edge to edge.
    pub(crate) fn weft(&self, pick: usize) -> Option<Weft> {
        let stretches = tidy(self.spans.get(pick)?.as_ref()?, self.ends);
        let mut bits = vec![0; self.whole.len()];
        stretches.iter().for_each(|&(a, b)| fill(&mut bits, a, b));
        Some(Weft { bits, stretches })
    }
}

/// Sets the bits `from..to`.
pub(crate) fn fill(row: &mut [u64], from: usize, to: usize) {
    if from >= to {
        return;
    }
    let (first, last) = (from / 64, (to - 1) / 64);
    let head = u64::MAX << (from % 64);
    let tail = u64::MAX >> (63 - (to - 1) % 64);
    if first == last {
        row[first] |= head & tail;
        return;
    }
    row[first] |= head;
    row[first + 1..last].fill(u64::MAX);
    row[last] |= tail;
}

/// A run of equal bits in a pick. On a ring it may go past the last end: `start + length > ends`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The first end.
    pub(crate) start: usize,
    /// How many.
    pub(crate) length: usize,
    /// Up?
    pub(crate) up: bool,
}

/// Calls `each` with the runs of `from..to`, in order.
pub(crate) fn runs(row: &[u64], from: usize, to: usize, mut each: impl FnMut(Run)) {
    if from >= to {
        return;
    }
    let bit = |e: usize| row[e / 64] >> (e % 64) & 1 == 1;
    let (mut start, mut up) = (from, bit(from));
    for w in from / 64..to.div_ceil(64) {
        let before = if w == 0 { 0 } else { row[w - 1] >> 63 };
        let mut turns = row[w] ^ (row[w] << 1 | before);
        if w == from / 64 {
            turns &= u64::MAX << (from % 64) & !(1 << (from % 64));
        }
        while turns != 0 {
            let e = w * 64 + turns.trailing_zeros() as usize;
            if e >= to {
                break;
            }
            each(Run { start, length: e - start, up });
            (start, up) = (e, !up);
            turns &= turns - 1;
        }
    }
    each(Run { start, length: to - start, up });
}

/// The runs of a whole pick. On a ring (`cyclic`) the first and the last run are one where they are equal; a run that
/// meets itself has the length of the ring.
pub(crate) fn runs_of_pick(
    row: &[u64],
    ends: usize,
    weft: Option<&Weft>,
    cyclic: bool,
    mut each: impl FnMut(Run),
) {
    let edge_to_edge = [(0, ends)];
    let stretches = weft.map_or(&edge_to_edge[..], |w| &w.stretches[..]);
    let touches =
        stretches.first().is_some_and(|s| s.0 == 0) && stretches.last().is_some_and(|s| s.1 == ends);
    let joins = cyclic && touches;
    let (mut first, mut held): (Option<Run>, Option<Run>) = (None, None);
    for &(from, to) in stretches {
        runs(row, from, to, |run| {
            let at_start = joins && run.start == 0;
            let at_end = joins && run.start + run.length == ends;
            match (at_start, at_end) {
                (true, true) => each(run),
                (true, false) => first = Some(run),
                (false, true) => held = Some(run),
                (false, false) => each(run),
            }
        });
    }
    match (held, first) {
        (Some(last), Some(first)) if last.up == first.up => {
            each(Run { length: last.length + first.length, ..last });
        }
        (last, first) => last.into_iter().chain(first).for_each(each),
    }
}

/// Is there a run longer than `limit` among the bits of `row` (a pick, masked)? Looks at two words at a time, so the
/// limit is at most 63; the ring is not closed here.
pub(crate) fn has_run_over(limit: usize, words: impl Iterator<Item = u64>) -> bool {
    debug_assert!((1..64).contains(&limit));
    let mut before = 0;
    for word in words {
        let mut both = u128::from(before) | u128::from(word) << 64;
        let mut length = 1;
        while 2 * length <= limit + 1 {
            both &= both >> length;
            length *= 2;
        }
        if both & both >> (limit + 1 - length) != 0 {
            return true;
        }
        before = word;
    }
    false
}

/// The run through end `e` of a pick with equal bits, up to `most` ends to either side: ends to the left and right of it.
pub(crate) fn around(lift: &Lift, pick: usize, e: usize, up: bool, most: usize) -> (usize, usize) {
    let row = lift.row(pick);
    let is = |e: usize| (row[e / 64] >> (e % 64) & 1 == 1) == up;
    let left = (0..most.min(e)).take_while(|i| is(e - 1 - i)).count();
    let right = (e + 1..lift.ends().min(e + 1 + most)).take_while(|&i| is(i)).count();
    (left, right)
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
