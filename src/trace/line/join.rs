//! Spans joined to lines: at each node the two that go on most nearly straight are one line.

use super::graph::{Graph, Span};
use crate::trace::point::Point;

/// How far from a node a span's direction is taken, in pixels.
const REACH: usize = 6;
/// The cosine of the sharpest bend with which a line goes on through a node where others meet: 60°.
const SHARPEST: f64 = 0.5;

/// One end of a span: twice its number, plus one for the last end.
pub(super) type Arm = usize;

/// Spans in order, each with whether it runs backwards; and whether the last leads to the first.
#[derive(Debug, PartialEq)]
pub(super) struct Chain {
    pub(super) spans: Vec<(usize, bool)>,
    pub(super) closed: bool,
}

/// Which spans stay: short ones that end in nothing go, as long as two others stay at their node.
pub(super) fn prune(graph: &Graph, shortest: impl Fn(&Span) -> bool) -> Vec<bool> {
    let mut arms = vec![0u32; graph.nodes.len()];
    graph.spans.iter().filter_map(|span| span.nodes).flatten().for_each(|node| arms[node as usize] += 1);
    let mut stays = vec![true; graph.spans.len()];
    let mut spurs: Vec<_> = (0..stays.len()).filter(|i| shortest(&graph.spans[*i])).collect();
    spurs.sort_by_key(|i| graph.spans[*i].count());
    for i in spurs {
        let Some([from, to]) = graph.spans[i].nodes.map(|ends| ends.map(|node| node as usize)) else {
            continue;
        };
        let (end, root) = if arms[from] == 1 { (from, to) } else { (to, from) };
        if arms[end] == 1 && arms[root] > 2 {
            (stays[i], arms[end]) = (false, 0);
            arms[root] -= 1;
        }
    }
    stays
}

/// The chains of the spans that stay, in the order of their first spans.
pub(super) fn join(graph: &Graph, stays: &[bool]) -> Vec<Chain> {
    let partners = pair(graph, stays);
    let mut done: Vec<bool> = stays.iter().map(|stays| !stays).collect();
    let mut chains = Vec::new();
    for span in 0..done.len() {
        if !done[span] {
            chains.push(chain(span, graph.spans[span].nodes.is_none(), &partners, &mut done));
        }
    }
    chains
}

/// Back to where the chain of a span begins, and from there to its end.
pub(super) fn chain(span: usize, ring: bool, partners: &[Option<Arm>], done: &mut [bool]) -> Chain {
    let mut first = 2 * span;
    let mut closed = ring;
    while let Some(before) = partners[first] {
        first = before ^ 1;
        if first == 2 * span {
            closed = true;
            break;
        }
    }
    let (mut arm, mut spans) = (first, Vec::new());
    loop {
        spans.push((arm / 2, arm % 2 == 1));
        done[arm / 2] = true;
        match partners[arm ^ 1] {
            Some(next) if next != first => arm = next,
            _ => return Chain { spans, closed },
        }
    }
}

/// For each arm, the arm that goes on from it.
fn pair(graph: &Graph, stays: &[bool]) -> Vec<Option<Arm>> {
    let ends = |arm: &Arm| graph.spans[arm / 2].nodes.map_or(0, |nodes| nodes[arm % 2] as usize);
    let mut arms: Vec<Arm> =
        (0..2 * stays.len()).filter(|arm| stays[arm / 2] && graph.spans[arm / 2].nodes.is_some()).collect();
    arms.sort_by_key(ends);
    let mut partners = vec![None; 2 * graph.spans.len()];
    for arms in arms.chunk_by(|a, b| ends(a) == ends(b)) {
        match arms {
            [_] => {}
            [a, b] => (partners[*a], partners[*b]) = (Some(*b), Some(*a)),
            _ => pair_straightest(graph, arms, &mut partners),
        }
    }
    partners
}

fn pair_straightest(graph: &Graph, arms: &[Arm], partners: &mut [Option<Arm>]) {
    let ways: Vec<Point> = arms.iter().map(|arm| direction(graph, *arm)).collect();
    let mut pairs = Vec::new();
    for (i, a) in ways.iter().enumerate() {
        for (j, b) in ways.iter().enumerate().skip(i + 1) {
            pairs.push((a.dot(*b), i, j));
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (bend, i, j) in pairs {
        let (a, b) = (arms[i], arms[j]);
        if bend < -SHARPEST && partners[a].is_none() && partners[b].is_none() {
            (partners[a], partners[b]) = (Some(b), Some(a));
        }
    }
}

/// The direction in which an arm leaves its node.
fn direction(graph: &Graph, arm: Arm) -> Point {
    let span = &graph.spans[arm / 2];
    let (Some(nodes), pixels) = (span.nodes, graph.pixels(span)) else { return Point::default() };
    let (near, far) = (nodes[arm % 2], nodes[1 - arm % 2]);
    let pixel = if pixels.len() < REACH {
        None
    } else if arm.is_multiple_of(2) {
        Some(pixels[REACH - 1])
    } else {
        Some(pixels[pixels.len() - REACH])
    };
    let to = pixel.map_or_else(|| graph.node_place(far), |pixel| graph.middle(pixel));
    (to - graph.node_place(near)).unit()
}

#[cfg(test)]
mod tests {
    use super::super::thin::thin;
    use super::*;
    use crate::test_support::Random;
    use crate::trace::bits::tests::{drawn, noise};

    #[test]
    fn lines_cross_and_go_on() {
        let graph = Graph::new(&drawn(&["#...#", ".#.#.", "..#..", ".#.#.", "#...#"]));
        let chains = join(&graph, &[true; 4]);
        assert_eq!(chains.len(), 2);
        assert!(chains.iter().all(|chain| chain.spans.len() == 2 && !chain.closed));
    }

    #[test]
    fn spurs_go_and_what_they_hung_on_is_one_line() {
        let graph = Graph::new(&drawn(&["...#....", "...#....", "########"]));
        let stays = prune(&graph, |span| span.count() < 3);
        assert_eq!(stays.iter().filter(|stays| **stays).count(), 2);
        assert_eq!(join(&graph, &stays).len(), 1);
    }

    #[test]
    fn every_span_that_stays_is_in_one_chain_and_chains_hang_together() {
        let mut random = Random::new("every_span_that_stays_is_in_one_chain_and_chains_hang_together");
        for density in [0.1, 0.3, 0.6] {
            let mut bits = noise(&mut random, 61, 47, density);
            thin(&mut bits);
            let graph = Graph::new(&bits);
            let stays = prune(&graph, |span| span.count() < 4);
            let mut seen = vec![0; graph.spans.len()];
            for chain in join(&graph, &stays) {
                chain.spans.iter().for_each(|(span, _)| seen[*span] += 1);
                let ends = |(span, back): (usize, bool)| {
                    graph.spans[span].nodes.map(|[a, b]| if back { [b, a] } else { [a, b] })
                };
                let next = chain.spans.iter().cycle().skip(1);
                for (a, b) in
                    chain.spans.iter().zip(next).take(chain.spans.len() - usize::from(!chain.closed))
                {
                    assert_eq!(ends(*a).map(|e| e[1]), ends(*b).map(|e| e[0]), "{random}");
                }
            }
            assert!(seen.iter().zip(&stays).all(|(count, stays)| *count == u32::from(*stays)), "{random}");
        }
    }
}
