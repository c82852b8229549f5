//! How long the threads of a cloth float, on both faces: a histogram for each, and the threads that never interlace.
//!
//! A float is counted in the threads it passes over (or under). A weft counts only where it exists, an end only the
//! picks that exist where it crosses them; binder ends count as ends for the weft, and have histograms of their own.

use crate::weave::cloth::Span;
use crate::weave::cloth::{Cloth, End, Lift};
use crate::weave::floats::rows::{Existing, Run, Weft, runs_of_pick};

/// How many floats there are of each length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram(Vec<u64>);

impl Histogram {
    fn add(&mut self, length: usize) {
        if length >= self.0.len() {
            self.0.resize(length + 1, 0);
        }
        self.0[length] += 1;
    }

    /// The longest float; 0 when there is none.
    pub fn longest(&self) -> usize {
        self.0.iter().rposition(|&n| n > 0).unwrap_or(0)
    }

    /// The number of floats longer than `limit`.
    pub fn over(&self, limit: usize) -> u64 {
        self.0.iter().skip(limit.saturating_add(1)).sum()
    }

    /// Lengths that occur, and how often.
    pub fn counts(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.0.iter().copied().enumerate().filter(|c| c.1 > 0)
    }

    /// The mean length.
    pub fn mean(&self) -> f64 {
        let (floats, threads) = self.counts().fold((0, 0), |(n, sum), (l, c)| (n + c, sum + l as u64 * c));
        if floats == 0 { 0.0 } else { threads as f64 / floats as f64 }
    }
}

/// The floats of a cloth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Floats {
    /// Of wefts over ends.
    pub weft_face: Histogram,
    /// Of wefts under ends.
    pub weft_back: Histogram,
    /// Of main ends over picks.
    pub warp_face: Histogram,
    /// Of main ends under picks.
    pub warp_back: Histogram,
    /// Of binder ends over picks.
    pub binder_face: Histogram,
    /// Of binder ends under picks.
    pub binder_back: Histogram,
    /// Picks with a stretch of weft that never changes face.
    pub loose_picks: Vec<u32>,
    /// Ends that never change face.
    pub loose_ends: Vec<u32>,
}

impl Floats {
    /// The longest float of a weft, on either face.
    pub fn longest_weft(&self) -> usize {
        self.weft_face.longest().max(self.weft_back.longest())
    }

    /// The longest float of an end, main or binder, on either face.
    pub fn longest_warp(&self) -> usize {
        let main = self.warp_face.longest().max(self.warp_back.longest());
        main.max(self.binder_face.longest()).max(self.binder_back.longest())
    }

    /// The number of floats over the limits, and of loose threads.
    pub fn faults(&self, weft: usize, warp: usize) -> u64 {
        let along_weft = [&self.weft_face, &self.weft_back];
        let along_warp = [&self.warp_face, &self.warp_back, &self.binder_face, &self.binder_back];
        along_weft.iter().map(|h| h.over(weft)).sum::<u64>()
            + along_warp.iter().map(|h| h.over(warp)).sum::<u64>()
            + (self.loose_picks.len() + self.loose_ends.len()) as u64
    }
}

/// The floats of a cloth; `cyclic` when the repeat is woven again and again in both directions.
pub fn survey(cloth: &Cloth, cyclic: bool) -> Floats {
    let binder = |e: usize| cloth.warp.get(e).is_some_and(|w| w.1 == End::Binder);
    survey_lift(&cloth.lift, &cloth.spans, binder, cyclic)
}

/// The floats of a bare lift. `spans` may be shorter than the picks: wefts without an entry exist everywhere.
pub fn survey_lift(
    lift: &Lift,
    spans: &[Option<Vec<Span>>],
    binder: impl Fn(usize) -> bool,
    cyclic: bool,
) -> Floats {
    let existing = Existing::new(spans, lift.ends());
    let mut floats = Floats::default();
    let mut warp = Warp::new(lift.ends(), binder);
    for pick in 0..lift.picks() {
        let weft = existing.weft(pick);
        survey_pick(lift, pick, weft.as_ref(), cyclic, &mut floats);
        match &weft {
            None => warp.pick(lift.row(pick), existing.whole()),
            Some(weft) => {
                warp.pick(lift.row(pick), &weft.bits);
                warp.skip(&weft.stretches);
            }
        }
    }
    warp.finish(lift.picks(), cyclic, &mut floats);
    floats
}

fn survey_pick(lift: &Lift, pick: usize, weft: Option<&Weft>, cyclic: bool, floats: &mut Floats) {
    let ends = lift.ends();
    let pieces = weft.map_or_else(|| vec![(0, ends)], |w| pieces(&w.stretches, ends, cyclic));
    let mut loose = false;
    runs_of_pick(lift.row(pick), ends, weft, cyclic, |Run { start, length, up }| {
        if up {
            floats.weft_back.add(length);
        } else {
            floats.weft_face.add(length);
        }
        loose |= length == ends || pieces.contains(&(start, start + length));
    });
    if loose {
        floats.loose_picks.push(pick as u32);
    }
}

/// The stretches of a weft with those that meet at the seam of a ring made one.
fn pieces(stretches: &[(usize, usize)], ends: usize, cyclic: bool) -> Vec<(usize, usize)> {
    let mut pieces = stretches.to_vec();
    if let [first, .., last] = stretches
        && cyclic
        && first.0 == 0
        && last.1 == ends
    {
        pieces.remove(0);
        pieces.pop();
        pieces.push((last.0, ends + first.1));
    }
    pieces
}

/// The ends, followed pick by pick. Lengths are counted in crossings that exist.
struct Warp {
    /// Binder ends.
    binder: Vec<bool>,
    /// The face at the last crossing.
    last: Vec<u64>,
    /// Ends that have crossed something.
    begun: Vec<u64>,
    /// The face at the first crossing.
    first: Vec<u64>,
    /// The crossing at which the present float began.
    start: Vec<u32>,
    /// How long the first float is; `u32::MAX` while it lasts.
    first_length: Vec<u32>,
    /// Picks that do not exist at this end.
    skipped: Vec<u32>,
    picks: u32,
    /// By face, and 2 more for binder ends.
    floats: [Histogram; 4],
}

impl Warp {
    fn new(ends: usize, binder: impl Fn(usize) -> bool) -> Self {
        let words = vec![0; ends.div_ceil(64)];
        Self {
            binder: (0..ends).map(binder).collect(),
            last: words.clone(),
            begun: words.clone(),
            first: words,
            start: vec![0; ends],
            first_length: vec![u32::MAX; ends],
            skipped: vec![0; ends],
            picks: 0,
            floats: Default::default(),
        }
    }

    /// One more pick, existing at the ends in `exists`.
    fn pick(&mut self, row: &[u64], exists: &[u64]) {
        for (w, (&row, &exists)) in row.iter().zip(exists).enumerate() {
            let fresh = exists & !self.begun[w];
            if fresh != 0 {
                self.first[w] |= row & fresh;
                self.last[w] |= row & fresh;
                self.begun[w] |= fresh;
            }
            let mut turned = (row ^ self.last[w]) & exists;
            self.last[w] ^= turned;
            while turned != 0 {
                let bit = turned.trailing_zeros();
                self.turn(w * 64 + bit as usize, row >> bit & 1 == 1);
                turned &= turned - 1;
            }
        }
        self.picks += 1;
    }

    /// End `e` changes face at the present pick.
    fn turn(&mut self, e: usize, now_up: bool) {
        let at = self.picks - self.skipped[e];
        let length = at - self.start[e];
        self.start[e] = at;
        if self.first_length[e] == u32::MAX {
            self.first_length[e] = length;
        } else {
            self.floats[usize::from(!now_up) + 2 * usize::from(self.binder[e])].add(length as usize);
        }
    }

    /// The last pick existed only in these stretches.
    fn skip(&mut self, stretches: &[(usize, usize)]) {
        let mut at = 0;
        for &(from, to) in stretches {
            self.skipped[at..from].iter_mut().for_each(|s| *s += 1);
            at = to;
        }
        self.skipped[at..].iter_mut().for_each(|s| *s += 1);
    }

    fn finish(mut self, picks: usize, cyclic: bool, floats: &mut Floats) {
        for e in 0..self.start.len() {
            let total = picks - self.skipped[e] as usize;
            let kind = 2 * usize::from(self.binder[e]);
            let bit = |words: &[u64]| (words[e / 64] >> (e % 64) & 1) as usize;
            let (first, last) = (kind + bit(&self.first), kind + bit(&self.last));
            if self.first_length[e] == u32::MAX {
                floats.loose_ends.push(e as u32);
                if total > 0 {
                    self.floats[first].add(total);
                }
                continue;
            }
            let (head, tail) = (self.first_length[e] as usize, total - self.start[e] as usize);
            if cyclic && first == last {
                self.floats[first].add(head + tail);
            } else {
                self.floats[first].add(head);
                self.floats[last].add(tail);
            }
        }
        [floats.warp_back, floats.warp_face, floats.binder_back, floats.binder_face] = self.floats;
    }
}

#[cfg(test)]
#[path = "survey_tests.rs"]
mod tests;
