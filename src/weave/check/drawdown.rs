//! The drawdown, looked at pick by pick: floats, loose threads, sheds, and whether it hangs together.

use std::collections::HashSet;

use crate::weave::check::{Longest, Report};

/// The drawdown, looked at pick by pick.
pub(super) struct Measure {
    /// For each end: the face, since when, and how long the first float was.
    now: Vec<(bool, usize, Option<usize>)>,
    first: Vec<bool>,
    pick: usize,
    picks: usize,
    /// How often each end is up, and each pick has ends down.
    ups: Vec<usize>,
    downs: Vec<usize>,
    sheds: HashSet<Vec<u8>>,
    weft: [Longest; 2],
    loose_picks: Vec<usize>,
    warp: [Longest; 2],
}

fn longer(best: &mut Longest, length: usize, thread: usize, from: usize) {
    if length > best.length {
        *best = Longest { length, thread: thread + 1, from: from + 1 };
    }
}

impl Measure {
    pub(super) fn new(ends: usize, picks: usize) -> Self {
        Self {
            now: vec![(false, 0, None); ends],
            first: vec![false; ends],
            pick: 0,
            picks,
            ups: vec![0; ends],
            downs: Vec::new(),
            sheds: HashSet::new(),
            weft: [Longest::default(); 2],
            loose_picks: Vec::new(),
            warp: [Longest::default(); 2],
        }
    }

    pub(super) fn pick(&mut self, row: &[bool], cyclic: bool) {
        let ends = row.len();
        let turn = (1..ends).find(|&e| row[e] != row[e - 1]);
        match turn {
            None => {
                self.loose_picks.push(self.pick + 1);
                longer(&mut self.weft[usize::from(row[0])], ends, self.pick, 0);
            }
            Some(turn) => {
                // On a ring, begin at a turn and go once round; else begin at the edge.
                let start = if cyclic { turn } else { 0 };
                let (mut from, mut length) = (start, 0);
                for i in 0..ends {
                    let e = (start + i) % ends;
                    if length > 0 && row[e] != row[from] {
                        longer(&mut self.weft[usize::from(row[from])], length, self.pick, from);
                        (from, length) = (e, 0);
                    }
                    length += 1;
                }
                longer(&mut self.weft[usize::from(row[from])], length, self.pick, from);
            }
        }
        for (e, &up) in row.iter().enumerate() {
            self.ups[e] += usize::from(up);
            let (face, since, first) = self.now[e];
            if self.pick == 0 {
                self.first[e] = up;
                self.now[e].0 = up;
            } else if up != face {
                let length = self.pick - since;
                if first.is_some() {
                    longer(&mut self.warp[usize::from(face)], length, e, since);
                }
                self.now[e] = (up, self.pick, first.or(Some(length)));
            }
        }
        self.downs.push(row.iter().filter(|up| !**up).count());
        self.sheds.insert(row.chunks(8).map(|c| c.iter().fold(0, |b, &up| b << 1 | u8::from(up))).collect());
        self.pick += 1;
    }

    pub(super) fn finish(mut self, report: &mut Report) {
        for (e, &(face, since, first)) in self.now.iter().enumerate() {
            let last = self.picks - since;
            match first {
                None => {
                    report.loose_ends.push(e + 1);
                    longer(&mut self.warp[usize::from(face)], self.picks, e, 0);
                }
                Some(first) if report.cyclic && face == self.first[e] => {
                    longer(&mut self.warp[usize::from(face)], last + first, e, since);
                }
                Some(first) => {
                    longer(&mut self.warp[usize::from(self.first[e])], first, e, 0);
                    longer(&mut self.warp[usize::from(face)], last, e, since);
                }
            }
        }
        [report.weft_face, report.weft_back] = self.weft;
        [report.warp_back, report.warp_face] = self.warp;
        report.loose_picks = self.loose_picks;
        report.sheds = self.sheds.len();
        report.hangs_together = hangs(&mut self.ups, &mut self.downs);
    }
}

/// No set of `a` ends and `b` picks lies over all the rest (Clapham, 1980): their scores stay under what they would be.
fn hangs(ends: &mut [usize], picks: &mut [usize]) -> bool {
    ends.sort_unstable();
    picks.sort_unstable();
    let (n, m) = (ends.len(), picks.len());
    let mut of_picks = vec![0];
    picks.iter().rev().for_each(|&s| of_picks.push(of_picks[of_picks.len() - 1] + s));
    let mut of_ends = 0;
    for a in 0..=n {
        if a > 0 {
            of_ends += ends[n - a];
        }
        // With `a` ends on top the tightest `b` takes the picks that pass over the other ends; equals on either side.
        let least = picks.partition_point(|&s| s + a < n);
        let more = picks.partition_point(|&s| s + a <= n);
        for b in
            [m - more, m - least, (m - more + 1).min(m - least), (m - least).saturating_sub(1).max(m - more)]
        {
            let trivial = a + b == 0 || (a, b) == (n, m);
            if !trivial && of_ends + of_picks[b] == a * (m - b) + b * (n - a) + a * b {
                return false;
            }
        }
    }
    true
}
