//! Lines that were broken, mended: ends that meet, or nearly so, and go on in the same direction.

use super::join::{Arm, chain};
use super::model::{Line, Traced};
use crate::trace::nearest::Nearest;
use crate::trace::point::Point;

/// How many ends around each are looked at.
const NEIGHBOURS: usize = 6;
/// Over how many places the direction of an end is taken.
const REACH: usize = 8;
/// The cosine of the sharpest bend at which lines are joined across a gap: 45°.
const SHARPEST: f64 = 0.7;
/// Ends nearer than this meet, whichever way they go, in pixels.
const MEET: f64 = 1.5;

/// Join lines whose ends are not farther apart than `gap`: the straight ones first and of these the nearest, each end
/// with one other.
pub(super) fn mend(traced: &mut Traced, gap: f64) {
    let partners = pairs(&traced.lines, gap);
    let mut done = vec![false; traced.lines.len()];
    let mut mended = Vec::with_capacity(traced.lines.len());
    for first in 0..done.len() {
        if !done[first] {
            let chain = chain(first, traced.lines[first].closed, &partners, &mut done);
            let mut parts = chain.spans.iter().map(|(i, back)| {
                let mut line = std::mem::take(&mut traced.lines[*i]);
                if *back {
                    line.reverse();
                }
                line
            });
            let start = parts.next().unwrap_or_default();
            let mut line = parts.fold(start, append);
            if chain.closed {
                close(&mut line);
            }
            mended.push(line);
        }
    }
    traced.lines = mended;
}

fn append(mut line: Line, next: Line) -> Line {
    let met = line.vertices.last().zip(next.vertices.first()).is_some_and(|(a, b)| a.at == b.at);
    line.vertices.extend(next.vertices.into_iter().skip(usize::from(met)));
    line.nodes = line.nodes.zip(next.nodes).map(|([from, _], [_, to])| [from, to]);
    line
}

fn close(line: &mut Line) {
    if !line.closed
        && line.vertices.len() > 1
        && line.vertices[0].at == line.vertices[line.vertices.len() - 1].at
    {
        line.vertices.pop();
    }
    (line.closed, line.nodes) = (true, None);
}

/// For each end, the one it is joined with: twice the line's number, plus one for its last end.
fn pairs(lines: &[Line], gap: f64) -> Vec<Option<Arm>> {
    let ends: Vec<(Point, Point)> =
        lines.iter().flat_map(|line| [end(line, false), end(line, true)]).collect();
    let tree = Nearest::new(ends.iter().map(|(at, _)| *at).collect());
    let open = |end: usize| !lines[end / 2].closed && lines[end / 2].vertices.len() > 1;
    let mut pairs = Vec::new();
    for a in (0..ends.len()).filter(|a| open(*a)) {
        let near = tree.find(ends[a].0, NEIGHBOURS, gap, |b| b != a && open(b));
        let ring = |b: usize| b / 2 == a / 2 && lines[a / 2].length() < 4.0 * gap.max(MEET);
        let near =
            near.into_iter().map(|(far, b)| (far, a, b as usize)).filter(|(_, a, b)| a < b && !ring(*b));
        pairs.extend(near.map(|(far, a, b)| (!goes_on(ends[a], ends[b]), far, a, b)));
    }
    pairs.retain(|(bends, far, _, _)| !bends || *far <= MEET);
    // What goes on straight comes before what merely meets.
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut partners = vec![None; ends.len()];
    for (_, _, a, b) in pairs {
        if partners[a].is_none() && partners[b].is_none() {
            (partners[a], partners[b]) = (Some(b), Some(a));
        }
    }
    partners
}

/// Where a line ends, and the direction in which it does.
fn end(line: &Line, last: bool) -> (Point, Point) {
    let count = line.vertices.len();
    if count == 0 {
        return Default::default();
    }
    let (at, inner) =
        if last { (count - 1, count.saturating_sub(REACH + 1)) } else { (0, REACH.min(count - 1)) };
    let [at, inner] = [at, inner].map(|i| line.vertices[i].at);
    (at, (at - inner).unit())
}

fn goes_on((a, out): (Point, Point), (b, other): (Point, Point)) -> bool {
    let way = (b - a).unit();
    let met = way.square() == 0.0;
    out.dot(other) < -SHARPEST && (met || out.dot(way) > SHARPEST && other.dot(-way) > SHARPEST)
}

#[cfg(test)]
mod tests {
    use super::super::model::Vertex;
    use super::*;

    fn line(places: &[(f64, f64)]) -> Line {
        let vertices = places.iter().map(|(x, y)| Vertex { at: Point::new(*x, *y), ..Vertex::default() });
        Line { vertices: vertices.collect(), closed: false, nodes: Some([0, 1]) }
    }

    #[test]
    fn a_dashed_line_is_one_line_and_what_crosses_it_stays() {
        let dash = |x: f64| line(&[(x, 0.0), (x + 3.0, 0.0)]);
        let lines = vec![dash(0.0), dash(5.0), line(&[(4.0, 1.0), (4.0, 9.0)]), dash(10.0)];
        let mut traced = Traced { lines, nodes: Vec::new() };
        mend(&mut traced, 3.0);
        let lengths: Vec<f64> = traced.lines.iter().map(Line::length).collect();
        assert_eq!(lengths, [13.0, 8.0]);
    }

    #[test]
    fn ends_that_meet_are_joined_whichever_way_they_go() {
        let half = |y: f64| line(&[(0.0, 0.0), (9.0, y), (18.0, 0.0)]);
        let mut traced = Traced { lines: vec![half(5.0), half(-5.0)], nodes: Vec::new() };
        mend(&mut traced, 1.0);
        assert_eq!(traced.lines.len(), 1);
        assert!(traced.lines[0].closed && traced.lines[0].vertices.len() == 4);
    }
}
