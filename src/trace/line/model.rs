//! Lines as they are traced: chains of places, each with what is known about it.

use crate::trace::point::Point;

/// A place on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Vertex {
    /// Where it is.
    pub at: Point,
    /// How strong the line is there, in the units of the detector.
    pub strength: f32,
    /// The direction towards the bright side, in radians: 0 is right, π/2 is down.
    pub orientation: f32,
    /// How wide the line is there, in pixels; 1 where nothing is known.
    pub width: f32,
}

/// A line from end to end, or around.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its places in order. A closed line does not repeat its first place.
    pub vertices: Vec<Vertex>,
    /// Does the last place lead to the first?
    pub closed: bool,
    /// The nodes at its first and its last place; a closed line has none.
    pub nodes: Option<[u32; 2]>,
}

/// What a map of lines was traced to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// The lines, in the order in which rows from above meet them.
    pub lines: Vec<Line>,
    /// Where lines end or meet: two lines that name the same node touch there.
    pub nodes: Vec<Point>,
}

impl Line {
    /// The places alone.
    pub fn points(&self) -> Vec<Point> {
        self.vertices.iter().map(|vertex| vertex.at).collect()
    }

    /// Its length, with the closing step.
    pub fn length(&self) -> f64 {
        let steps = self.vertices.windows(2).map(|pair| pair[0].at.distance(pair[1].at)).sum::<f64>();
        match (self.closed, self.vertices.first(), self.vertices.last()) {
            (true, Some(first), Some(last)) => steps + last.at.distance(first.at),
            _ => steps,
        }
    }

    /// The mean width of its places.
    pub fn mean_width(&self) -> f64 {
        self.mean(|vertex| vertex.width)
    }

    /// The mean strength of its places.
    pub fn mean_strength(&self) -> f64 {
        self.mean(|vertex| vertex.strength)
    }

    fn mean(&self, of: impl Fn(&Vertex) -> f32) -> f64 {
        let sum: f64 = self.vertices.iter().map(|vertex| f64::from(of(vertex))).sum();
        sum / self.vertices.len().max(1) as f64
    }

    /// With these places alone, as `simplify` or `fewest` name them.
    pub fn keep(&mut self, kept: &[usize]) {
        self.vertices = kept.iter().map(|i| self.vertices[*i]).collect();
    }

    /// The same line from its other end.
    pub fn reverse(&mut self) {
        self.vertices.reverse();
        self.nodes = self.nodes.map(|[from, to]| [to, from]);
    }
}
