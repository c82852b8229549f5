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

/// The same, lent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Points<'a, const D: usize> {
    pub(super) points: &'a [[f32; D]],
    pub(super) weights: &'a [f32],
}

impl<const D: usize> Cloud<D> {
    pub(super) fn lent(&self) -> Points<'_, D> {
        Points { points: &self.points, weights: &self.weights }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// Every colour by itself.
    pub(super) fn of(colours: &Colours<D>) -> Self {
        Self { points: colours.points.clone(), weights: colours.weights.clone() }
    }
}

/// A box of the Morton curve.
struct Node {
    from: u32,
    to: u32,
    /// About the error if its colours were one; never more than that of the box it is part of.
    spread: f32,
    /// The first node that is no part of it.
    next: u32,
}

/// The boxes of colours, each before its parts.
pub(super) struct Tree<'a, const D: usize> {
    pub(super) colours: &'a Colours<D>,
    /// The sum of the weights before each colour.
    sums: Vec<f64>,
    nodes: Vec<Node>,
    /// How many boxes there are more when those of a class of spread are divided.
    parts: Vec<usize>,
}

/// How much less than the spread expected to give the groups asked for a box may have and still be divided.
const DEEPER: f32 = 1.0 / 16.0;
/// The bits of a spread that tell its class: the exponent and an eighth of an octave.
const CLASS: u32 = 20;

impl<'a, const D: usize> Tree<'a, D> {
    /// Deep enough for so many groups.
    pub(super) fn new(colours: &'a Colours<D>, most: usize) -> Self {
        let mut sum = 0.0;
        let mut sums = Vec::with_capacity(colours.len() + 1);
        sums.push(0.0);
        for &weight in &colours.weights {
            sum += f64::from(weight);
            sums.push(sum);
        }
        let mut tree = Self { colours, sums, nodes: Vec::with_capacity(4 * most), parts: Vec::new() };
        let whole = tree.spread(0, colours.len());
        // Groups of equal spread: each has a part of the weight, and its diameter shrinks with the cube root of their number.
        let mut floor = whole * DEEPER / (most as f32).powf(5.0 / 3.0);
        loop {
            tree.nodes.clear();
            tree.divide(0, colours.len(), 0, whole, floor);
            tree.parts = tree.parts();
            if floor <= 0.0 || tree.parts.iter().sum::<usize>() >= most {
                return tree;
            }
            floor = if floor > whole * f32::EPSILON { floor * DEEPER * DEEPER } else { 0.0 };
        }
    }

    /// About how much error there would be in a stretch of colours if they were one: their weight, times the square of
    /// the longest way between its ends and its middle.
    fn spread(&self, from: usize, to: usize) -> f32 {
        let points = &self.colours.points;
        let [a, b, c] = [from, from.midpoint(to), to - 1].map(|i| &points[i]);
        let widest = distance(a, b).max(distance(b, c)).max(distance(a, c));
        (self.sums[to] - self.sums[from]) as f32 * widest
    }

    fn divide(&mut self, from: usize, to: usize, level: u32, bound: f32, floor: f32) {
        let depth = self.colours.depth();
        let alone = to - from == 1 || level == depth;
        let spread = if alone { 0.0 } else { self.spread(from, to).min(bound) };
        let place = self.nodes.len();
        self.nodes.push(Node { from: from as u32, to: to as u32, spread, next: 0 });
        if spread > floor {
            // Skip the halvings that leave all on one side.
            let mut level = level + 1;
            while level < depth && self.colours.head(from, level) == self.colours.head(to - 1, level) {
                level += 1;
            }
            let mut start = from;
            while start < to {
                let end = self.end(start, to, level);
                self.divide(start, end, level, spread, floor);
                start = end;
            }
        }
        self.nodes[place].next = self.nodes.len() as u32;
    }

    /// The first colour after `start` whose head is another: small steps first, since boxes are small.
    fn end(&self, start: usize, to: usize, level: u32) -> usize {
        let head = self.colours.head(start, level);
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

    /// The boxes that spread no more than this, and are no part of another such.
    fn leaves(&self, spread: f32) -> impl Iterator<Item = (usize, usize)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let node = self.nodes.get(at)?;
                let divided = node.spread > spread && node.next as usize > at + 1;
                at = if divided { at + 1 } else { node.next as usize };
                if !divided {
                    return Some((node.from as usize, node.to as usize));
                }
            }
        })
    }

    /// The means of at most `target` groups, and not many fewer.
    pub(super) fn cloud(&self, target: usize) -> Cloud<D> {
        if self.colours.len() <= target {
            return Cloud::of(self.colours);
        }
        let spread = self.threshold(target);
        let mut cloud = Cloud { points: Vec::with_capacity(target), weights: Vec::with_capacity(target) };
        for (from, to) in self.leaves(spread) {
            let mut sums = [0.0f64; D];
            let range = from..to;
            for (point, &weight) in
                self.colours.points[range.clone()].iter().zip(&self.colours.weights[range])
            {
                (0..D).for_each(|c| sums[c] += f64::from(weight) * f64::from(point[c]));
            }
            let weight = self.sums[to] - self.sums[from];
            cloud.points.push(sums.map(|sum| (sum / weight) as f32));
            cloud.weights.push(weight as f32);
        }
        cloud
    }

    /// The colour in the middle of each of those groups.
    pub(super) fn middles(&self, target: usize) -> Vec<usize> {
        if self.colours.len() <= target {
            return (0..self.colours.len()).collect();
        }
        self.leaves(self.threshold(target)).map(|(from, to)| from.midpoint(to)).collect()
    }

    /// How many boxes there are more when those of each class of spread are divided. No box spreads more than the one it
    /// is part of, so what a box adds does not depend on the others.
    fn parts(&self) -> Vec<usize> {
        let mut parts = vec![0; (f32::INFINITY.to_bits() >> CLASS) as usize + 1];
        for (at, node) in self.nodes.iter().enumerate().filter(|(at, node)| node.next as usize > at + 1) {
            let (mut part, mut more) = (at + 1, 0);
            while part < node.next as usize {
                more += 1;
                part = self.nodes[part].next as usize;
            }
            parts[(node.spread.to_bits() >> CLASS) as usize] += more - 1;
        }
        parts
    }

    /// The least spread, to an eighth of an octave, that gives at most so many groups.
    fn threshold(&self, target: usize) -> f32 {
        let mut groups = 1;
        for (class, parts) in self.parts.iter().enumerate().rev() {
            groups += parts;
            if groups > target {
                return f32::from_bits(((class + 1) as u32) << CLASS);
            }
        }
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::pixel::{Layout, Picture, Size};
    use crate::quant::Space;
    use crate::quant::colours::Source;
    use crate::test_support::Random;

    fn colours(random: &mut Random, pixels: usize, range: usize) -> Colours<3> {
        let samples = (0..3 * pixels).map(|_| random.below(range) as u8).collect::<Vec<_>>();
        let picture = Picture::new(Size::from_usize(pixels, 1).unwrap(), Layout::Rgb, samples).unwrap();
        let source = Source { picture: &picture, weights: None };
        Colours::gather(&[source], 1, Space::Oklab, &Context::default()).unwrap()
    }

    #[test]
    fn groups_are_about_as_many_as_asked_and_hold_all_colours() {
        let mut random = Random::new("groups");
        // The last is a dark picture: its colours fill a corner.
        for (pixels, range) in [(1, 256), (700, 256), (30_000, 256), (30_000, 6), (30_000, 24)] {
            let colours = colours(&mut random, pixels, range);
            for target in [1, 2, 30, 1000, 8192] {
                let tree = Tree::new(&colours, target);
                let cloud = tree.cloud(target);
                let note = format!("{} groups of {} for {target}, {random}", cloud.len(), colours.len());
                assert!(cloud.len() <= target.max(1), "{note}");
                assert!(cloud.len() >= target.min(colours.len()) / 2, "{note}");
                assert_eq!(cloud.weights.iter().sum::<f32>(), pixels as f32, "{note}");
                assert_eq!(tree.middles(target).len(), cloud.len(), "{note}");
            }
        }
    }

    #[test]
    fn a_group_is_the_mean_of_its_colours() {
        let mut random = Random::new("means");
        let colours = colours(&mut random, 5000, 256);
        let cloud = Tree::new(&colours, 1).cloud(1);
        for c in 0..3 {
            let sum: f64 =
                colours.points.iter().zip(&colours.weights).map(|(p, w)| f64::from(p[c] * w)).sum();
            assert!((f64::from(cloud.points[0][c]) - sum / 5000.0).abs() < 1e-5, "{random}");
        }
    }
}
