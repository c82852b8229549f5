//! The graph of a thin map: nodes where lines end or meet, and the spans of pixels between them.

use std::ops::Range;

use super::thin::links;
use crate::trace::bits::{AROUND, Bits, Ranks};
use crate::trace::point::Point;

/// No node.
const NONE: u32 = u32::MAX;
/// Pixels where lines meet are one node if they touch and are not farther apart than this.
const NODE_SIDE: u32 = 2;

/// A chain of pixels, each with two neighbours, and the nodes at its ends.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::trace) struct Span {
    /// The first and the last node; none for a ring.
    pub(in crate::trace) nodes: Option<[u32; 2]>,
    /// Where the numbers of the pixels between them are.
    run: Range<usize>,
}

impl Span {
    /// How many pixels there are between the nodes.
    pub(in crate::trace) fn count(&self) -> usize {
        self.run.len()
    }
}

/// The pixels that a node is made of: at most those of a square of two by two.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::trace) struct Node {
    pixels: [u32; 4],
    count: usize,
}

impl Node {
    fn add(&mut self, pixel: u32) {
        self.pixels[self.count] = pixel;
        self.count += 1;
    }

    /// Their numbers.
    pub(in crate::trace) fn pixels(&self) -> &[u32] {
        &self.pixels[..self.count]
    }
}

/// Nodes and spans. Pixels are known by their number among those that are set.
pub(in crate::trace) struct Graph {
    /// Column and row of each pixel.
    pub(in crate::trace) places: Vec<[u32; 2]>,
    pub(in crate::trace) nodes: Vec<Node>,
    pub(super) spans: Vec<Span>,
    /// The pixels of all spans.
    along: Vec<u32>,
}

impl Graph {
    /// The graph of a map that `thin` left. Order is that of reading.
    pub(super) fn new(bits: &Bits) -> Self {
        let mut tracer = Tracer::new(bits);
        tracer.find_nodes();
        tracer.follow_spans();
        tracer.follow_rings();
        Self { places: tracer.places, nodes: tracer.nodes, spans: tracer.spans, along: tracer.along }
    }

    /// The middle of a node's pixels.
    pub(super) fn node_place(&self, node: u32) -> Point {
        let pixels = self.nodes[node as usize].pixels();
        let sum = pixels.iter().map(|pixel| self.middle(*pixel)).fold(Point::default(), |a, b| a + b);
        sum * (1.0 / pixels.len() as f64)
    }

    /// The numbers of the pixels between the nodes of a span.
    pub(super) fn pixels(&self, span: &Span) -> &[u32] {
        &self.along[span.run.clone()]
    }

    pub(in crate::trace) fn middle(&self, pixel: u32) -> Point {
        let [x, y] = self.places[pixel as usize];
        Point::middle(x as usize, y as usize)
    }
}

struct Tracer {
    ranks: Ranks,
    places: Vec<[u32; 2]>,
    /// The directions in which each pixel's links have not been followed yet.
    left: Vec<u8>,
    node_of: Vec<u32>,
    nodes: Vec<Node>,
    spans: Vec<Span>,
    along: Vec<u32>,
}

impl Tracer {
    fn new(bits: &Bits) -> Self {
        let ranks = Ranks::new(bits.clone());
        let mut places = Vec::with_capacity(ranks.count);
        let mut left = Vec::with_capacity(ranks.count);
        for y in 0..bits.height {
            for x in bits.columns(y) {
                places.push([x as u32, y as u32]);
                left.push(links(bits.around(x, y)));
            }
        }
        let node_of = vec![NONE; ranks.count];
        Self { ranks, places, left, node_of, nodes: Vec::new(), spans: Vec::new(), along: Vec::new() }
    }

    fn neighbour(&self, pixel: usize, direction: u32) -> usize {
        let ([x, y], (dx, dy)) = (self.places[pixel], AROUND[direction as usize]);
        self.ranks.of((x as usize).wrapping_add_signed(dx), (y as usize).wrapping_add_signed(dy))
    }

    fn find_nodes(&mut self) {
        for pixel in 0..self.left.len() {
            let degree = self.left[pixel].count_ones();
            if degree == 2 {
                continue;
            }
            let node = if degree > 2 { self.touching(pixel) } else { None };
            let node = node.unwrap_or_else(|| {
                self.nodes.push(Node::default());
                self.nodes.len() as u32 - 1
            });
            self.node_of[pixel] = node;
            self.nodes[node as usize].add(pixel as u32);
        }
    }

    /// A node that this pixel, where lines meet, is a part of.
    fn touching(&self, pixel: usize) -> Option<u32> {
        directions(self.left[pixel]).find_map(|direction| {
            let other = self.neighbour(pixel, direction);
            let node = self.node_of[other];
            let fits = node != NONE && self.left[other].count_ones() > 2 && self.is_small(node, pixel);
            fits.then_some(node)
        })
    }

    fn is_small(&self, node: u32, with: usize) -> bool {
        let [x, y] = self.places[with];
        self.nodes[node as usize].pixels().iter().all(|pixel| {
            let [i, j] = self.places[*pixel as usize];
            x.abs_diff(i) < NODE_SIDE && y.abs_diff(j) < NODE_SIDE
        })
    }

    fn follow_spans(&mut self) {
        for node in 0..self.nodes.len() {
            for pixel in self.nodes[node].pixels().to_owned() {
                let pixel = pixel as usize;
                while self.left[pixel] != 0 {
                    let start = self.along.len();
                    let last = self.follow(pixel, self.left[pixel].trailing_zeros());
                    let to = self.node_of[last];
                    self.along.pop();
                    let run = start..self.along.len();
                    // Pixels of one node are linked as well.
                    if to != node as u32 || !run.is_empty() {
                        self.spans.push(Span { nodes: Some([node as u32, to]), run });
                    }
                }
            }
        }
    }

    fn follow_rings(&mut self) {
        for pixel in 0..self.left.len() {
            if self.left[pixel] != 0 {
                let start = self.along.len();
                self.follow(pixel, self.left[pixel].trailing_zeros());
                self.spans.push(Span { nodes: None, run: start..self.along.len() });
            }
        }
    }

    /// Note the pixels from the one in this direction up to the next node, or around; the last of them.
    fn follow(&mut self, start: usize, direction: u32) -> usize {
        let (mut pixel, mut direction) = (start, direction);
        loop {
            self.left[pixel] &= !(1 << direction);
            pixel = self.neighbour(pixel, direction);
            self.left[pixel] &= !(1 << ((direction + 4) % 8));
            self.along.push(pixel as u32);
            if self.node_of[pixel] != NONE || pixel == start {
                return pixel;
            }
            direction = self.left[pixel].trailing_zeros();
        }
    }
}

fn directions(links: u8) -> impl Iterator<Item = u32> {
    (0..8).filter(move |k| links >> k & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::super::thin::thin;
    use super::*;
    use crate::test_support::Random;
    use crate::trace::bits::tests::{drawn, noise};

    #[test]
    fn every_pixel_is_in_one_node_or_one_span() {
        let mut random = Random::new("every_pixel_is_in_one_node_or_one_span");
        for density in [0.05, 0.2, 0.5, 0.9] {
            let mut bits = noise(&mut random, 77, 53, density);
            thin(&mut bits);
            let graph = Graph::new(&bits);
            let mut seen = vec![0; graph.places.len()];
            let nodes = graph.nodes.iter().flat_map(Node::pixels);
            nodes
                .chain(graph.spans.iter().flat_map(|s| graph.pixels(s)))
                .for_each(|p| seen[*p as usize] += 1);
            assert!(seen.iter().all(|count| *count == 1), "{random}");
            for span in &graph.spans {
                for pair in graph.pixels(span).windows(2) {
                    let [[a, b], [c, d]] = [0, 1].map(|i| graph.places[pair[i] as usize]);
                    assert!(a.abs_diff(c) <= 1 && b.abs_diff(d) <= 1, "{random}");
                }
            }
        }
    }

    #[test]
    fn a_cross_has_one_node_and_four_arms() {
        let graph = Graph::new(&drawn(&["#...#", ".#.#.", "..#..", ".#.#.", "#...#"]));
        assert_eq!((graph.nodes.len(), graph.spans.len()), (5, 4));
        let graph = Graph::new(&drawn(&["..#..", "..#..", "#####", "..#..", "..#.."]));
        assert_eq!((graph.nodes.len(), graph.spans.len()), (5, 4));
    }

    #[test]
    fn a_ring_has_no_nodes() {
        let graph = Graph::new(&drawn(&[".##.", "#..#", "#..#", ".##."]));
        assert_eq!((graph.nodes.len(), graph.spans.len()), (0, 1));
        assert_eq!((graph.spans[0].nodes, graph.spans[0].count()), (None, 8));
    }
}
