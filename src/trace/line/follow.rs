//! From a map of edges to lines.

use super::graph::{Graph, Span};
use super::join::{Chain, join, prune};
use super::mend::mend;
use super::model::{Line, Traced, Vertex};
use super::thin::thin;
use crate::edge::{EdgeMap, EdgePoint};
use crate::pixel::Size;
use crate::trace::bits::{Bits, Ranks};
use crate::trace::point::Point;

/// What is kept of what is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Follow {
    /// Branches shorter than this that end in nothing are not drawn, in pixels.
    pub spur: f64,
    /// Lines shorter than this are not drawn, in pixels.
    pub shortest: f64,
    /// Ends of lines that go on in each other's direction are joined across gaps of up to this, in pixels; 0: none are.
    pub gap: f64,
}

impl Follow {
    /// For a picture of this size: lines of at least a 200th of the longer side, and of 6 pixels.
    pub fn for_size(size: Size) -> Self {
        Self { spur: 4.0, shortest: (size.longer() as f64 / 200.0).max(6.0), gap: 0.0 }
    }
}

/// How far a drawing of this size may be from what it was traced from, if nothing is said: a 2000th of the longer
/// side. Below a pixel the steps between pixels would be drawn.
pub fn tolerance_for(size: Size) -> f64 {
    (size.longer() as f64 / 2000.0).max(1.0)
}

/// The lines of a map of edges.
///
/// `points`, if given, are the edges placed more finely, one for each edge in reading order; else each is in the
/// middle of its pixel, with a strength of 1.
///
/// # Panics
/// If there are points, but not one for each edge.
pub fn follow(map: &EdgeMap, points: Option<&[EdgePoint]>, follow: Follow) -> Traced {
    let mut bits = Bits::of(map);
    thin(&mut bits);
    let ranks = points.map(|points| {
        assert_eq!(points.len(), map.count(), "a point for each edge");
        (points, Ranks::new(Bits::of(map)))
    });
    let vertex = |graph: &Graph, pixel: u32| {
        let [x, y] = graph.places[pixel as usize];
        let Some((points, ranks)) = &ranks else {
            return Vertex { at: graph.middle(pixel), strength: 1.0, orientation: 0.0, width: 1.0 };
        };
        let EdgePoint { x, y, strength, orientation } = points[ranks.of(x as usize, y as usize)];
        let at = Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
        Vertex { at, strength, orientation, width: 1.0 }
    };
    let spur = |_: &Graph, span: &Span| ((span.count() + 1) as f64) < follow.spur;
    lines_of(&bits, spur, vertex, follow)
}

/// Of what is to be joined, this is the shortest that is looked at.
const PART: f64 = 4.0;

/// The lines of a thin map without its spurs, joined across gaps, and without lines that are too short.
pub(in crate::trace) fn lines_of(
    bits: &Bits,
    spur: impl Fn(&Graph, &Span) -> bool,
    vertex: impl Fn(&Graph, u32) -> Vertex,
    follow: Follow,
) -> Traced {
    if follow.gap <= 0.0 {
        return trace(bits, spur, vertex, follow.shortest);
    }
    let mut traced = trace(bits, spur, vertex, follow.shortest.min(PART));
    mend(&mut traced, follow.gap);
    traced.lines.retain(|line| line.length() >= follow.shortest);
    traced
}

fn trace(
    bits: &Bits,
    spur: impl Fn(&Graph, &Span) -> bool,
    vertex: impl Fn(&Graph, u32) -> Vertex,
    shortest: f64,
) -> Traced {
    let graph = Graph::new(bits);
    let stays = prune(&graph, |span| spur(&graph, span));
    let chains = join(&graph, &stays);
    let mut traced = Traced::default();
    let mut stops = Vec::new();
    for chain in chains {
        list_stops(&graph, &chain, &mut stops);
        if length(&graph, &stops, chain.closed) >= shortest {
            let vertices = stops.iter().map(|stop| match *stop {
                Stop::Pixel(pixel) => vertex(&graph, pixel),
                Stop::Node(node) => at_node(&graph, node, &vertex),
            });
            let nodes = match stops[..] {
                [Stop::Node(from), .., Stop::Node(to)] if !chain.closed => Some([from, to]),
                _ => None,
            };
            traced.lines.push(Line { vertices: vertices.collect(), closed: chain.closed, nodes });
        }
    }
    let nodes = 0..graph.nodes.len() as u32;
    traced.nodes = nodes.map(|node| at_node(&graph, node, &vertex).at).collect();
    traced
}

/// A node is in the middle of its pixels.
fn at_node(graph: &Graph, node: u32, vertex: impl Fn(&Graph, u32) -> Vertex) -> Vertex {
    let pixels = graph.nodes[node as usize].pixels();
    let known = pixels.iter().map(|pixel| vertex(graph, *pixel));
    let sum = known.clone().fold(Point::default(), |sum, vertex| sum + vertex.at);
    let first = known.into_iter().next().unwrap_or_default();
    Vertex { at: sum * (1.0 / pixels.len() as f64), ..first }
}

/// What a line goes through.
#[derive(Clone, Copy)]
enum Stop {
    Pixel(u32),
    Node(u32),
}

/// The stops of a chain. A closed one does not repeat its first.
fn list_stops(graph: &Graph, chain: &Chain, stops: &mut Vec<Stop>) {
    stops.clear();
    for (span, back) in &chain.spans {
        let (span, from) = (&graph.spans[*span], stops.len());
        let [first, last] = span.nodes.map_or([None; 2], |nodes| nodes.map(|node| Some(Stop::Node(node))));
        stops.extend(first);
        stops.extend(graph.pixels(span).iter().map(|pixel| Stop::Pixel(*pixel)));
        stops.extend(last);
        if *back {
            stops[from..].reverse();
        }
        // The next span begins where this one ends.
        if last.is_some() {
            stops.pop();
        }
    }
    let end = chain.spans.last().and_then(|(span, back)| Some(graph.spans[*span].nodes?[usize::from(!back)]));
    stops.extend(end.filter(|_| !chain.closed).map(Stop::Node));
}

/// From the middle of pixel to pixel.
fn length(graph: &Graph, stops: &[Stop], closed: bool) -> f64 {
    let place = |stop: &Stop| match *stop {
        Stop::Pixel(pixel) => graph.middle(pixel),
        Stop::Node(node) => graph.node_place(node),
    };
    let Some(mut before) = (if closed { stops.last() } else { stops.first() }).map(place) else { return 0.0 };
    let steps = stops.iter().map(place).map(|here| here.distance(std::mem::replace(&mut before, here)));
    steps.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    fn map_of(width: usize, height: usize, set: impl Fn(usize, usize) -> bool) -> EdgeMap {
        let stride = width.div_ceil(64);
        let mut words = vec![0u64; stride * height];
        for (x, y) in (0..width * height).map(|i| (i % width, i / width)).filter(|(x, y)| set(*x, *y)) {
            words[y * stride + x / 64] |= 1 << (x % 64);
        }
        EdgeMap::new(width, height, words)
    }

    const ALL: Follow = Follow { spur: 0.0, shortest: 0.0, gap: 0.0 };

    #[test]
    fn a_circle_is_one_closed_line() {
        let far = |x: usize, y: usize| Point::middle(x, y).distance(Point::new(30.0, 30.0));
        let map = map_of(60, 60, |x, y| (far(x, y) - 20.0).abs() < 0.75);
        let traced = follow(&map, None, Follow { spur: 4.0, shortest: 10.0, gap: 0.0 });
        assert_eq!(traced.lines.len(), 1);
        assert!(traced.lines[0].closed);
        assert!(
            traced.lines[0]
                .vertices
                .iter()
                .all(|v| (v.at.distance(Point::new(30.0, 30.0)) - 20.0).abs() < 1.0)
        );
    }

    #[test]
    fn lines_stay_near_the_map_and_the_map_near_the_lines() {
        let mut random = Random::new("lines_stay_near_the_map_and_the_map_near_the_lines");
        for (width, height) in [(1, 1), (1, 40), (40, 1), (70, 50)] {
            let noise: Vec<bool> = (0..width * height).map(|_| random.unit() < 0.3).collect();
            let map = map_of(width, height, |x, y| noise[y * width + x]);
            let traced = follow(&map, None, ALL);
            let drawn: Vec<Point> =
                traced.lines.iter().flat_map(Line::points).chain(traced.nodes.clone()).collect();
            let pixels: Vec<Point> =
                (0..height).flat_map(|y| map.columns(y).map(move |x| Point::middle(x, y))).collect();
            let near = |p: &Point, others: &[Point]| others.iter().any(|q| p.distance(*q) < 1.5);
            assert!(drawn.iter().all(|p| near(p, &pixels)), "{random}");
            assert!(pixels.iter().all(|p| near(p, &drawn)), "{random}");
        }
    }

    #[test]
    fn ends_of_lines_are_at_their_nodes() {
        let mut random = Random::new("ends_of_lines_are_at_their_nodes");
        let noise: Vec<bool> = (0..60 * 60).map(|_| random.unit() < 0.2).collect();
        let traced = follow(&map_of(60, 60, |x, y| noise[y * 60 + x]), None, ALL);
        for line in traced.lines.iter().filter(|line| !line.closed) {
            let [from, to] = line.nodes.map(|nodes| nodes.map(|node| traced.nodes[node as usize])).unwrap();
            assert_eq!(
                (line.vertices[0].at, line.vertices[line.vertices.len() - 1].at),
                (from, to),
                "{random}"
            );
        }
    }
}
