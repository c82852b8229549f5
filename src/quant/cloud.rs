//! Colours made fewer before they are clustered: neighbours along the Morton curve are taken together where they count
//! little or lie close, until about so many groups are left. A dark picture, whose colours fill a corner of the space,
//! keeps as many groups as any other.

use super::colours::Colours;
use crate::kernel::cluster::distance;

/// Points, and how much each counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Cloud<const D: usize> {
    pub(super) points: Vec<[f32; D]>,
    pub(super) weights: Vec<f32>,
}

/// Attempts at finding the spread that gives the number of groups asked for.
const ATTEMPTS: usize = 8;

impl<const D: usize> Cloud<D> {
    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// Every colour by itself.
    pub(super) fn of(colours: &Colours<D>) -> Self {
        Self { points: colours.points.clone(), weights: colours.weights.clone() }
    }

    /// The means of about `target` groups.
    pub(super) fn grouped(colours: &Colours<D>, target: usize) -> Self {
        if colours.len() <= target + target / 4 {
            return Self::of(colours);
        }
        let mut tree = Tree::new(colours, 2 * target);
        let mut spread = tree.spread(0..colours.len()) / (target as f64).powf(5.0 / 3.0);
        for _ in 0..ATTEMPTS {
            tree.groups.clear();
            tree.divide(0, colours.len(), 0, spread);
            let found = tree.groups.len() as f64 / target as f64;
            if (0.8..1.25).contains(&found) {
                break;
            }
            // Groups grow fewer about as this power of what one may spread.
            spread *= found.powf(1.4).clamp(0.02, 50.0);
        }
        tree.means()
    }
}

struct Tree<'a, const D: usize> {
    colours: &'a Colours<D>,
    /// The sum of the weights before each colour.
    sums: Vec<f64>,
    groups: Vec<(usize, usize)>,
    most: usize,
}

impl<'a, const D: usize> Tree<'a, D> {
    fn new(colours: &'a Colours<D>, most: usize) -> Self {
        let mut sum = 0.0;
        let mut sums = Vec::with_capacity(colours.len() + 1);
        sums.push(0.0);
        for &weight in &colours.weights {
            sum += f64::from(weight);
            sums.push(sum);
        }
        Self { colours, sums, groups: Vec::new(), most }
    }

    /// About how much error there would be in a stretch of colours if they were one: their weight, times the square of
    /// the longest way between its ends and its middle.
    fn spread(&self, of: std::ops::Range<usize>) -> f64 {
        let points = &self.colours.points;
        let [a, b, c] = [of.start, of.start.midpoint(of.end), of.end - 1].map(|i| &points[i]);
        let widest = distance(a, b).max(distance(b, c)).max(distance(a, c));
        (self.sums[of.end] - self.sums[of.start]) * f64::from(widest)
    }

    fn divide(&mut self, from: usize, to: usize, level: u32, spread: f64) {
        let depth = self.colours.depth();
        if to - from == 1
            || level == depth
            || self.groups.len() > self.most
            || self.spread(from..to) <= spread
        {
            self.groups.push((from, to));
            return;
        }
        // Skip the halvings that leave all on one side.
        let mut level = level + 1;
        while level < depth && self.colours.head(from, level) == self.colours.head(to - 1, level) {
            level += 1;
        }
        let mut start = from;
        while start < to {
            let head = self.colours.head(start, level);
            let end = self.end(start, to, level, head);
            self.divide(start, end, level, spread);
            start = end;
        }
    }

    /// The first colour after `start` whose head is another: small steps first, since boxes are small.
    fn end(&self, start: usize, to: usize, level: u32, head: u64) -> usize {
        let (mut low, mut step) = (start, 1);
        while low + step < to && self.colours.head(low + step, level) == head {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(to);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.colours.head(middle, level) == head { low = middle } else { high = middle }
        }
        high
    }

    fn means(&self) -> Cloud<D> {
        let mut cloud = Cloud { points: Vec::new(), weights: Vec::new() };
        for &(from, to) in &self.groups {
            let mut sums = [0.0f64; D];
            for (point, &weight) in self.colours.points[from..to].iter().zip(&self.colours.weights[from..to])
            {
                for (sum, &value) in sums.iter_mut().zip(point) {
                    *sum += f64::from(weight) * f64::from(value);
                }
            }
            let weight = self.sums[to] - self.sums[from];
            cloud.points.push(sums.map(|sum| (sum / weight) as f32));
            cloud.weights.push(weight as f32);
        }
        cloud
    }
}
