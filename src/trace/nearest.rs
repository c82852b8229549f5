//! Which of many places is nearest: a k-d tree from which places can be taken out.
//!
//! Jon Louis Bentley, "Multidimensional Binary Search Trees Used for Associative Searching", 1975. Of places equally
//! near, the one with the lowest number counts.

use super::point::Point;

/// Places in a leaf.
const LEAF: usize = 8;

/// A k-d tree. Nodes are numbered as in a heap; the places below a node are a run of `order`.
pub(super) struct Nearest {
    points: Vec<Point>,
    order: Vec<u32>,
    /// Where each place is in `order`.
    slot: Vec<u32>,
    gone: Vec<bool>,
    /// How many are left below each node, and the box around those it began with.
    nodes: Vec<(u32, [Point; 2])>,
}

impl Nearest {
    pub(super) fn new(points: Vec<Point>) -> Self {
        let count = points.len();
        let leaves = count.div_ceil(LEAF).next_power_of_two();
        let mut tree = Self {
            order: (0..count as u32).collect(),
            slot: vec![0; count],
            gone: vec![false; count],
            nodes: vec![(0, [Point::default(); 2]); 2 * leaves],
            points,
        };
        tree.build(1, 0, count);
        for (slot, place) in tree.order.iter().enumerate() {
            tree.slot[*place as usize] = slot as u32;
        }
        tree
    }

    fn build(&mut self, node: usize, from: usize, to: usize) {
        let points = &self.points;
        let run = &mut self.order[from..to];
        let (mut low, mut high) = (Point::new(f64::MAX, f64::MAX), Point::new(f64::MIN, f64::MIN));
        for point in run.iter().map(|i| points[*i as usize]) {
            low = Point::new(low.x.min(point.x), low.y.min(point.y));
            high = Point::new(high.x.max(point.x), high.y.max(point.y));
        }
        self.nodes[node] = ((to - from) as u32, [low, high]);
        if 2 * node >= self.nodes.len() {
            return;
        }
        let across = high.x - low.x >= high.y - low.y;
        let key = |i: &u32| if across { points[*i as usize].x } else { points[*i as usize].y };
        let middle = (to - from) / 2;
        if middle > 0 {
            run.select_nth_unstable_by(middle, |a, b| key(a).total_cmp(&key(b)).then(a.cmp(b)));
        }
        self.build(2 * node, from, from + middle);
        self.build(2 * node + 1, from + middle, to);
    }

    /// Take a place out.
    pub(super) fn remove(&mut self, place: usize) {
        if std::mem::replace(&mut self.gone[place], true) {
            return;
        }
        let (mut node, mut from, mut to) = (1, 0, self.points.len());
        loop {
            self.nodes[node].0 -= 1;
            if 2 * node >= self.nodes.len() {
                return;
            }
            let middle = from + (to - from) / 2;
            if (self.slot[place] as usize) < middle {
                (node, to) = (2 * node, middle);
            } else {
                (node, from) = (2 * node + 1, middle);
            }
        }
    }

    /// The `count` nearest places that are left and that `accept` takes, nearest first.
    pub(super) fn find(
        &self,
        to: Point,
        count: usize,
        within: f64,
        accept: impl Fn(usize) -> bool,
    ) -> Vec<(f64, u32)> {
        let mut found = Vec::with_capacity(count + 1);
        self.search(
            1,
            0..self.points.len(),
            to,
            &mut Search { found: &mut found, count, within, accept: &accept },
        );
        found.iter_mut().for_each(|(square, _): &mut (f64, u32)| *square = square.sqrt());
        found
    }

    fn search(&self, node: usize, run: std::ops::Range<usize>, to: Point, search: &mut Search<'_>) {
        let (left, limits) = self.nodes[node];
        if left == 0 || outside(limits, to) > search.limit() {
            return;
        }
        if 2 * node >= self.nodes.len() {
            for i in &self.order[run] {
                if !self.gone[*i as usize] && (search.accept)(*i as usize) {
                    search.offer((self.points[*i as usize] - to).square(), *i);
                }
            }
            return;
        }
        let middle = run.start + run.len() / 2;
        let [near, far] = [0, 1].map(|side| outside(self.nodes[2 * node + side].1, to));
        let halves = [(2 * node, run.start..middle), (2 * node + 1, middle..run.end)];
        let [first, second] = halves;
        let in_turn = if far < near { [second, first] } else { [first, second] };
        for (child, run) in in_turn {
            self.search(child, run, to, search);
        }
    }
}

/// The square of how far a place is outside of a box.
fn outside([low, high]: [Point; 2], at: Point) -> f64 {
    let x = (low.x - at.x).max(at.x - high.x).max(0.0);
    let y = (low.y - at.y).max(at.y - high.y).max(0.0);
    x * x + y * y
}

struct Search<'a> {
    found: &'a mut Vec<(f64, u32)>,
    count: usize,
    within: f64,
    accept: &'a dyn Fn(usize) -> bool,
}

impl Search<'_> {
    /// The square of how near a place has to be to count.
    fn limit(&self) -> f64 {
        match self.found.last() {
            Some((square, _)) if self.found.len() == self.count => *square,
            _ => self.within * self.within,
        }
    }

    fn offer(&mut self, square: f64, place: u32) {
        if square > self.limit() {
            return;
        }
        let at = self.found.partition_point(|found| (found.0, found.1) < (square, place));
        self.found.insert(at, (square, place));
        self.found.truncate(self.count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn the_nearest_are_those_of_a_search_through_all() {
        let mut random = Random::new("the_nearest_are_those_of_a_search_through_all");
        for count in [0, 1, 7, 9, 100, 500] {
            let mut grid = || Point::new(random.below(30) as f64, random.below(30) as f64);
            let points: Vec<Point> = (0..count).map(|_| grid()).collect();
            let mut tree = Nearest::new(points.clone());
            let mut left: Vec<usize> = (0..count).collect();
            loop {
                let to = Point::new(random.below(40) as f64, random.below(40) as f64);
                let mut all: Vec<_> = left
                    .iter()
                    .filter(|i| **i % 5 != 0)
                    .map(|i| (points[*i].distance(to), *i as u32))
                    .collect();
                all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                all.retain(|(far, _)| *far <= 12.0);
                all.truncate(3);
                assert_eq!(tree.find(to, 3, 12.0, |i| i % 5 != 0), all, "{random}");
                assert_eq!(tree.nodes[1].0 as usize, left.len());
                if left.is_empty() {
                    break;
                }
                tree.remove(left.swap_remove(random.below(left.len())));
            }
        }
    }
}
