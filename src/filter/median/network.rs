//! The median of a small square, as a list of comparisons.
//!
//! Sorted runs are merged: the columns of the window are sorted; neighbouring columns are merged in pairs, pairs of
//! pairs, and so on; a window of seven columns is then four and two and one. Every column, pair and four is made once
//! and serves all windows it lies in, a few pixels further along the same row. Merging is Batcher's odd-even merge
//! ("Sorting networks and their applications", 1968) in the form for runs of any length (Knuth, volume 3, 5.3.4). The
//! last merge is cut to the one rank that is wanted, and all comparisons whose results nobody reads are left out. That
//! work on columns is shared between windows is the idea of Adams ("Fast median filters using separable sorting
//! networks", 2021), who goes further and shares rows as well.

use crate::kernel::median::Step;

/// A row of values: which, and how many pixels to the right of where it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Value {
    id: usize,
    right: usize,
}

/// A comparison of two values; `first` is the number of the lesser result, the next that of the greater.
struct Comparison {
    from: [Value; 2],
    first: usize,
}

/// Comparisons in an order in which they can be done.
pub(super) struct Network {
    inputs: usize,
    comparisons: Vec<Comparison>,
    median: Value,
}

/// A comparison whose values have places.
#[derive(Debug)]
struct Placed {
    /// Slots, and pixels to the right.
    from: [(usize, usize); 2],
    /// Slots of the lesser and the greater, if they are wanted.
    to: [Option<usize>; 2],
}

/// The same with a place for every value.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Placed>,
    /// How many slots there are. The first hold the rows that come in.
    pub(super) slots: usize,
    /// The slot of the result.
    pub(super) result: usize,
}

impl Network {
    /// The median of `side` by `side` values.
    pub(super) fn new(side: usize) -> Self {
        let mut network = Self { inputs: side, comparisons: Vec::new(), median: Value { id: 0, right: 0 } };
        let rows: Vec<_> = (0..side).map(|id| Value { id, right: 0 }).collect();
        // Runs of 1, 2, 4, … columns.
        let mut runs = vec![network.sort(&rows)];
        while 2 << (runs.len() - 1) <= side {
            let (last, columns) = (&runs[runs.len() - 1], 1 << (runs.len() - 1));
            let merged = network.merge(last, &shifted(last, columns));
            runs.push(merged);
        }
        let (largest, mut right) = (&runs[runs.len() - 1], 1 << (runs.len() - 1));
        let mut rest = Vec::new();
        for (power, run) in runs.iter().enumerate().rev().skip(1) {
            if side >> power & 1 == 1 {
                rest.push(shifted(run, right));
                right += 1 << power;
            }
        }
        let rest = rest.into_iter().rev().reduce(|a, b| network.merge(&a, &b)).unwrap_or_default();
        network.median = network.pick(largest, &rest, side * side / 2 + 1);
        network
    }

    fn compare(&mut self, a: Value, b: Value) -> [Value; 2] {
        let first = self.inputs + 2 * self.comparisons.len();
        self.comparisons.push(Comparison { from: [a, b], first });
        [first, first + 1].map(|id| Value { id, right: 0 })
    }

    fn sort(&mut self, values: &[Value]) -> Vec<Value> {
        if values.len() < 2 {
            return values.to_vec();
        }
        let (left, right) = values.split_at(values.len() / 2);
        let (left, right) = (self.sort(left), self.sort(right));
        self.merge(&left, &right)
    }

    /// Merge the odd and the even places apart, then compare neighbours.
    fn merge(&mut self, a: &[Value], b: &[Value]) -> Vec<Value> {
        match (a, b) {
            ([], rest) | (rest, []) => rest.to_vec(),
            (&[a], &[b]) => self.compare(a, b).to_vec(),
            _ => {
                let every =
                    |run: &[Value], from| run.iter().skip(from).step_by(2).copied().collect::<Vec<_>>();
                let odd = self.merge(&every(a, 0), &every(b, 0));
                let even = self.merge(&every(a, 1), &every(b, 1));
                let mut merged = vec![odd[0]];
                for i in 0..even.len().max(odd.len() - 1) {
                    match (even.get(i), odd.get(i + 1)) {
                        (Some(even), Some(odd)) => merged.extend(self.compare(*even, *odd)),
                        (Some(last), None) | (None, Some(last)) => merged.push(*last),
                        (None, None) => {}
                    }
                }
                merged
            }
        }
    }

    /// The value of this rank, counted from one, in two runs: the least of what is greater in each way to take so
    /// many from both.
    fn pick(&mut self, a: &[Value], b: &[Value], rank: usize) -> Value {
        let fewest = rank.saturating_sub(b.len());
        let mut best: Option<Value> = None;
        for from_a in fewest..=rank.min(a.len()) {
            let greater = match (from_a, rank - from_a) {
                (0, from_b) => b[from_b - 1],
                (from_a, 0) => a[from_a - 1],
                (from_a, from_b) => self.compare(a[from_a - 1], b[from_b - 1])[1],
            };
            best = Some(best.map_or(greater, |best| self.compare(best, greater)[0]));
        }
        best.unwrap_or(a[0])
    }

    /// Leave out what nobody reads, and give places to the rest: a place is free again after it was read last.
    pub(super) fn compile(self) -> Program {
        let values = self.inputs + 2 * self.comparisons.len();
        let mut last_read = vec![None; values];
        last_read[self.median.id] = Some(usize::MAX);
        for (at, comparison) in self.comparisons.iter().enumerate().rev() {
            if last_read[comparison.first].is_some() || last_read[comparison.first + 1].is_some() {
                for value in comparison.from {
                    last_read[value.id] = last_read[value.id].or(Some(at));
                }
            }
        }
        let mut place: Vec<usize> = (0..values).collect();
        let (mut free, mut slots, mut steps) = (Vec::new(), self.inputs, Vec::new());
        for (at, comparison) in self.comparisons.iter().enumerate() {
            let results = [comparison.first, comparison.first + 1];
            if results.iter().all(|id| last_read[*id].is_none()) {
                continue;
            }
            let from = comparison.from.map(|value| (place[value.id], value.right));
            // Both may be the same row, a few pixels apart.
            let [a, b] = comparison.from.map(|value| value.id);
            let done = |id: &usize| last_read[*id] == Some(at);
            free.extend(
                [a, b].iter().take(if a == b { 1 } else { 2 }).filter(|id| done(id)).map(|id| place[*id]),
            );
            let to = results.map(|id| {
                last_read[id].map(|_| {
                    place[id] = free.pop().unwrap_or_else(|| {
                        slots += 1;
                        slots - 1
                    });
                    place[id]
                })
            });
            steps.push(Placed { from, to });
        }
        Program { steps, slots, result: place[self.median.id] }
    }
}

fn shifted(run: &[Value], pixels: usize) -> Vec<Value> {
    run.iter().map(|value| Value { right: value.right + pixels, ..*value }).collect()
}

impl Program {
    /// For slots this far apart and pixels of so many samples.
    pub(super) fn steps(&self, stride: usize, channels: usize) -> Vec<Step> {
        let place = |(slot, right)| slot * stride + right * channels;
        let step = |placed: &Placed| Step {
            from: placed.from.map(place),
            to: placed.to.map(|slot| slot.map(|slot| slot * stride)),
        };
        self.steps.iter().map(step).collect()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }
}
