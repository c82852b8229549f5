//! One sweep over the picks.
//!
//! The ends carry counters of their present float; where one would go past the limit it is cut, at the pick (among those
//! it floats over) that suits best. Then the pick itself: runs over the limit get ties, never where the end would float
//! too long in its turn.

use crate::weave::cloth::{Cloth, Span};
use crate::weave::floats::Limits;
use crate::weave::floats::columns::Columns;
use crate::weave::floats::lattice::Lattice;
use crate::weave::floats::rows::{Existing, Run, Weft, around, has_run_over, runs_of_pick, tidy};

/// A cloth being swept.
pub(super) struct Sweep<'a> {
    cloth: &'a mut Cloth,
    existing: Existing<'a>,
    stretches: Vec<Option<Vec<(usize, usize)>>>,
    lattice: Lattice<'a>,
    limits: Limits,
    cyclic: bool,
    columns: Columns,
    /// Floats that no tie could shorten.
    pub(super) left: u64,
    ties: u64,
}

impl<'a> Sweep<'a> {
    /// Ready to sweep; `spans` are those of the cloth.
    pub(super) fn new(
        cloth: &'a mut Cloth,
        spans: &'a [Option<Vec<Span>>],
        limits: Limits,
        cyclic: bool,
    ) -> Self {
        let ends = cloth.lift.ends();
        let existing = Existing::new(spans, ends);
        let stretches = spans.iter().map(|s| s.as_ref().map(|s| tidy(s, ends))).collect();
        let lattice = Lattice::new(cloth, spans, limits.weft.min(limits.warp));
        let columns = Columns::new(existing.whole().len(), limits.warp);
        Self { cloth, existing, stretches, lattice, limits, cyclic, columns, left: 0, ties: 0 }
    }

    /// One sweep; returns the crossings changed.
    pub(super) fn run(&mut self) -> u64 {
        (self.ties, self.left) = (0, 0);
        self.columns = Columns::new(self.existing.whole().len(), self.limits.warp);
        if self.cyclic {
            self.wind_up();
        }
        for p in 0..self.cloth.lift.picks() {
            let weft = self.existing.weft(p);
            self.cut_ends(p, weft.as_ref());
            self.bind_pick(p, weft.as_ref());
            self.advance(p, weft.as_ref());
        }
        self.ties
    }

    /// On a ring the floats at the first pick began among the last ones.
    fn wind_up(&mut self) {
        let picks = self.cloth.lift.picks();
        let enough = if self.existing.is_everywhere() { self.limits.warp + 1 } else { picks };
        for p in picks.saturating_sub(enough)..picks {
            let weft = self.existing.weft(p);
            self.advance(p, weft.as_ref());
        }
    }

    fn advance(&mut self, p: usize, weft: Option<&Weft>) {
        let exists = weft.map_or(self.existing.whole(), |w| &w.bits);
        for (w, (&row, &exists)) in self.cloth.lift.row(p).iter().zip(exists).enumerate() {
            self.columns.advance(w, row, exists);
        }
    }

    /// Cuts the floats of ends that would go past the limit at pick `p`.
    fn cut_ends(&mut self, p: usize, weft: Option<&Weft>) {
        for w in 0..self.existing.whole().len() {
            let exists = weft.map_or(self.existing.whole(), |w| &w.bits)[w];
            let stays = !(self.cloth.lift.row(p)[w] ^ self.columns.last(w));
            let mut over = self.columns.full(w) & stays & exists;
            while over != 0 {
                self.cut_end(p, w * 64 + over.trailing_zeros() as usize, 0);
                over &= over - 1;
            }
        }
    }

    /// Cuts the float of an end, at one of the crossings from `first` on before pick `p` (0 is `p` itself). False: none
    /// of them may change.
    fn cut_end(&mut self, p: usize, e: usize, first: usize) -> bool {
        let up = self.columns.at(e).1;
        let mut best: Option<(u32, usize, usize)> = None;
        let (mut q, mut back) = (p, 0);
        loop {
            let before = self.before(p, q, e);
            // Not at the first crossing of the float: there the tie would lengthen the float before.
            let begins = before.is_some_and(|b| self.cloth.lift.is_up(b, e) != up);
            let may = back >= first && !(begins && back > 0);
            if let Some(cost) =
                self.cost_of_cut(p, q, e, !up).filter(|&c| may && best.is_none_or(|b| c < b.0))
            {
                best = Some((cost, q, back));
            }
            back += 1;
            match before {
                Some(b) if back <= self.limits.warp && !begins && best.is_none_or(|b| b.0 > 0) => q = b,
                _ => break,
            }
        }
        let Some((_, q, back)) = best else { return false };
        self.change(q, e);
        if back > 0 {
            // What is left of the float before `p`; when the cut is the last crossing, that is the cut itself.
            self.columns.set(e, if back == 1 { !up } else { up }, (back - 1).max(1));
        }
        true
    }

    /// The crossing of an end before pick `q`, seen from pick `p`.
    fn before(&self, p: usize, q: usize, e: usize) -> Option<usize> {
        let top = if !self.cyclic {
            p
        } else if q > p {
            q
        } else {
            self.cloth.lift.picks()
        };
        let earlier = 0..if q <= p { q } else { 0 };
        earlier.rev().chain((p + 1..top).rev()).find(|&r| self.exists(r, e))
    }

    /// `None`: the pick would float too long.
    fn cost_of_cut(&self, p: usize, q: usize, e: usize, up: bool) -> Option<u32> {
        let (left, right) = around(&self.cloth.lift, q, e, up, self.limits.weft);
        if q != p && left + right + 1 > self.limits.weft {
            return None;
        }
        let touches = 6 * (u32::from(left > 0) + u32::from(right > 0));
        Some(self.lattice.distance(q, e, up) + touches + self.lattice.shows(self.cloth, q, e))
    }

    fn bind_pick(&mut self, p: usize, weft: Option<&Weft>) {
        if weft.is_none() && !self.may_be_over(p) {
            return;
        }
        let (ends, limit) = (self.cloth.lift.ends(), self.limits.weft);
        let mut over = Vec::new();
        runs_of_pick(self.cloth.lift.row(p), ends, weft, self.cyclic, |run| {
            let is_all = weft.is_some_and(|w| w.stretches.contains(&(run.start, run.start + run.length)));
            if run.length > limit {
                over.push((run, limit));
            } else if is_all && run.length > 1 {
                over.push((run, run.length - 1));
            }
        });
        for (run, limit) in over {
            self.bind_run(p, run, limit);
        }
    }

    /// Has a pick that exists everywhere a run over the limit? May say yes when there is none.
    fn may_be_over(&self, p: usize) -> bool {
        let (row, limit) = (self.cloth.lift.row(p), self.limits.weft);
        if limit > 63 {
            return true;
        }
        let last = self.cloth.lift.ends() - 1;
        if self.cyclic && row[0] & 1 == row[last / 64] >> (last % 64) & 1 {
            let up = row[0] & 1 == 1;
            let head = around(&self.cloth.lift, p, 0, up, limit).1;
            let tail = around(&self.cloth.lift, p, last, up, limit).0;
            if head + tail + 2 > limit {
                return true;
            }
        }
        let whole = self.existing.whole();
        has_run_over(limit, row.iter().copied())
            || has_run_over(limit, row.iter().zip(whole).map(|(r, w)| !r & w))
    }

    /// Puts ties into a run of a pick until no piece is over the limit.
    fn bind_run(&mut self, p: usize, run: Run, limit: usize) {
        let ends = self.cloth.lift.ends();
        let (mut at, mut end) = (run.start, run.start + run.length);
        if run.length == ends && self.cyclic {
            // A ring has no first end: the first tie makes one.
            match self.best_tie(p, 0, ends - 1, !run.up) {
                Some(tie) => (at, end) = (tie + 1, tie + ends),
                None => return self.left += 1,
            }
            self.change(p, at - 1);
        }
        while end - at > limit {
            let last = (at + limit).min(end - 2).max(at);
            let first = (at + 1).min(last);
            let tie =
                self.best_tie(p, first, last, !run.up).or_else(|| self.free_tie(p, first, last, !run.up));
            at = match tie {
                Some(tie) => {
                    self.change(p, tie % ends);
                    tie + 1
                }
                None => {
                    self.left += 1;
                    last + 1
                }
            };
        }
    }

    /// The end among `first..=last` (beyond the last end: from the first on) where a tie suits best.
    fn best_tie(&self, p: usize, first: usize, last: usize, up: bool) -> Option<usize> {
        let mut best: Option<(u32, usize)> = None;
        for at in (first..=last).rev() {
            let Some(cost) = self.cost_of_tie(p, at % self.cloth.lift.ends(), up) else { continue };
            if best.is_none_or(|b| cost < b.0) {
                best = Some((cost, at));
            }
            if cost == 0 {
                break;
            }
        }
        best.map(|b| b.1)
    }

    /// `None`: the end would float too long.
    fn cost_of_tie(&self, p: usize, e: usize, up: bool) -> Option<u32> {
        let (full, before) = self.columns.at(e);
        if full && before == up {
            return None;
        }
        let picks = self.cloth.lift.picks();
        let after = if p + 1 < picks { self.cloth.lift.is_up(p + 1, e) } else { !up };
        let touches = 6 * u32::from(before == up) + 3 * u32::from(after == up);
        Some(self.lattice.distance(p, e, up) + touches + self.lattice.shows(self.cloth, p, e))
    }

    /// A tie where every end floats as long as it may: one of the floats is cut further up.
    fn free_tie(&mut self, p: usize, first: usize, last: usize, up: bool) -> Option<usize> {
        let ends = self.cloth.lift.ends();
        (first..=last)
            .rev()
            .find(|at| self.cut_end(p, at % ends, 1) && self.cost_of_tie(p, at % ends, up).is_some())
    }

    fn exists(&self, p: usize, e: usize) -> bool {
        match self.stretches.get(p) {
            Some(Some(list)) => list.iter().any(|&(a, b)| (a..b).contains(&e)),
            _ => true,
        }
    }

    fn change(&mut self, p: usize, e: usize) {
        let up = self.cloth.lift.is_up(p, e);
        self.cloth.lift.set(p, e, !up);
        self.ties += 1;
    }
}
