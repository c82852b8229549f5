//! Exchanges that shorten the travel of a pen.

use super::tour::{Ends, Stroke, turned};
use crate::trace::nearest::Nearest;
use crate::trace::point::Point;

/// How many near ends are tried for each.
const NEIGHBOURS: usize = 8;
/// The longest part that is turned around or skipped over, in paths.
const LONGEST: usize = 25_000;
/// How many paths are moved at once.
const MOVED: usize = 3;
/// What may be spent for each path, in paths looked at or put elsewhere.
const BUDGET: usize = 4_000;
/// A gain below this is none: sums differ by rounding.
const LEAST: f64 = 1e-7;

/// Make the order shorter until no exchange with a near neighbour does, or the budget is spent.
pub(super) fn shorten(ends: &[Ends], home: Point, strokes: &mut [Stroke]) {
    if strokes.len() < 2 {
        return;
    }
    let places = ends.as_flattened();
    let tree = Nearest::new(places.to_vec());
    let near = places.iter().enumerate().map(|(end, place)| {
        let found = tree.find(*place, NEIGHBOURS, f64::MAX, |other| other / 2 != end / 2);
        found.iter().map(|(_, other)| *other).collect()
    });
    let near = near.collect();
    let mut slot = vec![0; strokes.len()];
    strokes.iter().enumerate().for_each(|(i, stroke)| slot[stroke.path as usize] = i);
    let budget = BUDGET * strokes.len();
    Tour { ends, home, strokes, slot, near, budget }.improve();
}

struct Tour<'a> {
    ends: &'a [Ends],
    home: Point,
    strokes: &'a mut [Stroke],
    slot: Vec<usize>,
    near: Vec<Vec<u32>>,
    budget: usize,
}

impl Tour<'_> {
    fn improve(&mut self) {
        let mut waiting: std::collections::VecDeque<u32> =
            self.strokes.iter().map(|stroke| stroke.path).collect();
        let mut queued = vec![true; waiting.len()];
        while let Some(path) = waiting.pop_front() {
            queued[path as usize] = false;
            while let Some(touched) = self.turn(path as usize).or_else(|| self.shift(path as usize)) {
                for slot in touched {
                    let other = self.strokes[slot].path;
                    if other != path && !std::mem::replace(&mut queued[other as usize], true) {
                        waiting.push_back(other);
                    }
                }
            }
            if self.budget == 0 {
                return;
            }
        }
    }

    /// Where the pen leaves the stroke at a slot; slot 0 minus one is home.
    fn leaves(&self, slot: Option<usize>) -> Point {
        slot.map_or(self.home, |slot| turned(self.ends, self.strokes[slot])[1])
    }

    fn enters(&self, slot: usize) -> Option<Point> {
        self.strokes.get(slot).map(|stroke| turned(self.ends, *stroke)[0])
    }

    /// Travel between the stroke before a slot and one that begins at `to`, if there is one.
    fn gap(from: Point, to: Option<Point>) -> f64 {
        to.map_or(0.0, |to| from.distance(to))
    }

    /// How much shorter it is to draw slots `from..=to` the other way around.
    fn gain(&self, from: usize, to: usize) -> f64 {
        let (before, after) = (self.leaves(from.checked_sub(1)), self.enters(to + 1));
        let (first, last) = (self.enters(from), self.leaves(Some(to)));
        let now = Self::gap(before, first) + Self::gap(last, after);
        let then = before.distance(last) + first.map_or(0.0, |first| Self::gap(first, after));
        now - then
    }

    fn spend(&mut self, steps: usize) {
        self.budget = self.budget.saturating_sub(steps);
    }

    /// Turn the part around that brings a path next to a near end; the slots where something changed.
    fn turn(&mut self, path: usize) -> Option<[usize; 4]> {
        let here = self.slot[path];
        for end in [2 * path, 2 * path + 1] {
            for k in 0..self.near[end].len() {
                let other = self.near[end][k] as usize;
                let there = self.slot[other / 2];
                // Ends at which the pen comes down meet by turning what lies between, and so do ends at which it
                // is lifted.
                let [down, other_down] = [(end, here), (other, there)]
                    .map(|(end, slot)| (end % 2 == 1) == self.strokes[slot].backwards);
                if down != other_down {
                    continue;
                }
                let (low, high) = (here.min(there), here.max(there));
                let (from, to) = if down { (low, high - 1) } else { (low + 1, high) };
                self.spend(1);
                if to - from < LONGEST && self.gain(from, to) > LEAST {
                    return Some(self.reverse(from, to));
                }
            }
        }
        // Where the pen stops at last nothing follows: the tail can be turned for the way to it alone.
        let last = self.strokes.len() - 1;
        (last - here < LONGEST && self.gain(here, last) > LEAST).then(|| self.reverse(here, last))
    }

    fn reverse(&mut self, from: usize, to: usize) -> [usize; 4] {
        self.spend(to - from + 1);
        self.strokes[from..=to].reverse();
        for slot in from..=to {
            self.strokes[slot].backwards ^= true;
            self.slot[self.strokes[slot].path as usize] = slot;
        }
        [from.saturating_sub(1), from, to, (to + 1).min(self.strokes.len() - 1)]
    }

    /// Move a path, and perhaps the next ones, to where a near end is.
    fn shift(&mut self, path: usize) -> Option<[usize; 4]> {
        let from = self.slot[path];
        for to in from..(from + MOVED).min(self.strokes.len()) {
            for end in [2 * path, 2 * path + 1] {
                for k in 0..self.near[end].len() {
                    let there = self.slot[self.near[end][k] as usize / 2];
                    for slot in [there, there + 1] {
                        if (from..=to + 1).contains(&slot) || slot.abs_diff(from) > LONGEST {
                            continue;
                        }
                        if let Some(touched) = self.shift_to(from, to, slot) {
                            return Some(touched);
                        }
                    }
                }
            }
        }
        None
    }

    /// Move slots `from..=to` before a slot, if that is shorter, the better way around.
    fn shift_to(&mut self, from: usize, to: usize, slot: usize) -> Option<[usize; 4]> {
        self.spend(1);
        let (before, after) = (self.leaves(from.checked_sub(1)), self.enters(to + 1));
        let (first, last) = (self.enters(from)?, self.leaves(Some(to)));
        let (left, right) = (self.leaves(slot.checked_sub(1)), self.enters(slot));
        let freed = before.distance(first) + Self::gap(last, after) - Self::gap(before, after)
            + Self::gap(left, right);
        let straight = left.distance(first) + Self::gap(last, right);
        let turned = left.distance(last) + Self::gap(first, right);
        if freed - straight.min(turned) <= LEAST {
            return None;
        }
        // Turned together with what it skips over, and that turned back.
        let (low, high) = (from.min(slot), to.max(slot - usize::from(slot > to)));
        let count = to - from + 1;
        self.reverse(low, high);
        let (part, rest) = if slot > to {
            ((high + 1 - count, high), (low, high - count))
        } else {
            ((low, low + count - 1), (low + count, high))
        };
        self.reverse(rest.0, rest.1);
        if straight <= turned {
            self.reverse(part.0, part.1);
        }
        let touched = [low.saturating_sub(1), part.0, part.1, (high + 1).min(self.strokes.len() - 1)];
        Some(touched)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tour::travel;
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn what_a_move_is_said_to_gain_it_gains() {
        let mut random = Random::new("what_a_move_is_said_to_gain_it_gains");
        let mut place = || Point::new(f64::from(random.unit()), f64::from(random.unit()));
        let ends: Vec<Ends> = (0..30).map(|_| [place(), place()]).collect();
        let mut strokes: Vec<Stroke> = (0..30).map(|i| Stroke { path: i, backwards: i % 3 == 0 }).collect();
        let home = Point::default();
        for _ in 0..300 {
            let before = travel(&ends, home, &strokes);
            let mut slot = vec![0; 30];
            strokes.iter().enumerate().for_each(|(i, stroke)| slot[stroke.path as usize] = i);
            let mut tour =
                Tour { ends: &ends, home, strokes: &mut strokes, slot, near: Vec::new(), budget: 1000 };
            let (a, b) = (random.below(30), random.below(30));
            let (from, to) = (a.min(b), a.max(b));
            let gain = tour.gain(from, to);
            tour.reverse(from, to);
            assert!((before - travel(&ends, home, &strokes) - gain).abs() < 1e-9, "{random}");
            let before = travel(&ends, home, &strokes);
            let mut slot = vec![0; 30];
            strokes.iter().enumerate().for_each(|(i, stroke)| slot[stroke.path as usize] = i);
            let mut tour =
                Tour { ends: &ends, home, strokes: &mut strokes, slot, near: Vec::new(), budget: 1000 };
            let (from, slot) = (random.below(28), random.below(31));
            if !(from..=from + 2).contains(&slot) {
                let moved = tour.shift_to(from, from + 1, slot).is_some();
                let after = travel(&ends, home, &strokes);
                assert!(if moved { after < before } else { (after - before).abs() < 1e-12 }, "{random}");
            }
        }
    }

    #[test]
    fn no_part_that_begins_at_a_near_end_is_left_to_turn() {
        let mut random = Random::new("no_part_that_begins_at_a_near_end_is_left_to_turn");
        let mut place = || Point::new(f64::from(random.unit()), f64::from(random.unit()));
        let ends: Vec<Ends> = (0..60).map(|_| [place(), place()]).collect();
        let mut strokes: Vec<Stroke> = (0..60).map(|path| Stroke { path, backwards: false }).collect();
        shorten(&ends, Point::default(), &mut strokes);
        let tour = Tour {
            ends: &ends,
            home: Point::default(),
            strokes: &mut strokes,
            slot: Vec::new(),
            near: Vec::new(),
            budget: 0,
        };
        let parts = (0..60).flat_map(|from| (from..60).map(move |to| (from, to)));
        let left = parts.filter(|(from, to)| tour.gain(*from, *to) > LEAST).count();
        // Of 1830, few join ends that are not among the nearest.
        assert!(left <= 12, "{left} {random}");
    }
}
