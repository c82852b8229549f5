//! Paths of straight segments and cubic Bézier curves.

use super::point::Point;

/// A cubic Bézier curve: its ends and the two places that pull it.
pub(super) type Cubic = [Point; 4];

/// From where the last one ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Straight to here.
    Line(Point),
    /// A cubic Bézier curve: the two places that pull it, and where it ends.
    Curve(Point, Point, Point),
}

/// Segments one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// Where the first begins.
    pub start: Point,
    /// In order. Those of a closed path lead back to the start.
    pub segments: Vec<Segment>,
    /// Do its ends belong together?
    pub closed: bool,
}

impl Segment {
    /// Where it ends.
    pub fn end(&self) -> Point {
        match self {
            Self::Line(to) | Self::Curve(_, _, to) => *to,
        }
    }

    /// As a curve, from where the one before ended.
    pub(super) fn cubic(&self, from: Point) -> Cubic {
        match *self {
            Self::Line(to) => [from, from.towards(to, 1.0 / 3.0), from.towards(to, 2.0 / 3.0), to],
            Self::Curve(a, b, to) => [from, a, b, to],
        }
    }
}

impl Path {
    /// Straight segments through these places.
    pub fn polyline(points: &[Point], closed: bool) -> Self {
        let Some((start, rest)) = points.split_first() else { return Self::default() };
        let home = closed.then_some(start);
        Self {
            start: *start,
            segments: rest.iter().chain(home).map(|to| Segment::Line(*to)).collect(),
            closed,
        }
    }

    /// Where it ends.
    pub fn end(&self) -> Point {
        self.segments.last().map_or(self.start, Segment::end)
    }

    /// The same from its other end.
    pub fn reversed(&self) -> Self {
        let starts: Vec<Point> =
            std::iter::once(self.start).chain(self.segments.iter().map(Segment::end)).collect();
        let turned = self.segments.iter().zip(&starts).rev().map(|(segment, from)| match *segment {
            Segment::Line(_) => Segment::Line(*from),
            Segment::Curve(a, b, _) => Segment::Curve(b, a, *from),
        });
        Self { start: self.end(), segments: turned.collect(), closed: self.closed }
    }

    /// Places along it, none farther than about `step` from the next; all joints are among them.
    pub fn places(&self, step: f64) -> Vec<Point> {
        let (mut places, mut from) = (vec![self.start], self.start);
        for segment in &self.segments {
            let curve = segment.cubic(from);
            let count = (hull_length(&curve) / step).ceil().max(1.0) as usize;
            places.extend((1..count).map(|i| at(&curve, i as f64 / count as f64)));
            from = segment.end();
            places.push(from);
        }
        places
    }

    /// Its length, to within a thousandth or so.
    pub fn length(&self) -> f64 {
        self.places(2.0).windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }
}

/// No curve is longer than the way by the places that pull it.
fn hull_length(curve: &Cubic) -> f64 {
    curve.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
}

/// The place at parameter `t` of 0 to 1.
pub(super) fn at([a, b, c, d]: &Cubic, t: f64) -> Point {
    let s = 1.0 - t;
    *a * (s * s * s) + *b * (3.0 * s * s * t) + *c * (3.0 * s * t * t) + *d * (t * t * t)
}

/// The derivative there.
pub(super) fn slope([a, b, c, d]: &Cubic, t: f64) -> Point {
    let s = 1.0 - t;
    (*b - *a) * (3.0 * s * s) + (*c - *b) * (6.0 * s * t) + (*d - *c) * (3.0 * t * t)
}

/// The second derivative there.
pub(super) fn bend([a, b, c, d]: &Cubic, t: f64) -> Point {
    (*a - *b * 2.0 + *c) * (6.0 * (1.0 - t)) + (*b - *c * 2.0 + *d) * (6.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_turned_twice_is_itself_and_passes_the_same_places() {
        let (a, b, c) = (Point::new(0.0, 9.0), Point::new(4.0, 1.0), Point::new(8.0, 5.0));
        let segments = vec![Segment::Line(a), Segment::Curve(b, c, Point::new(20.0, 0.0))];
        let path = Path { start: Point::default(), segments, closed: false };
        assert_eq!(path.reversed().reversed(), path);
        let (there, mut back) = (path.places(0.5), path.reversed().places(0.5));
        back.reverse();
        assert!(there.iter().zip(&back).all(|(a, b)| a.distance(*b) < 1e-9));
    }

    #[test]
    fn derivatives_are_those_of_the_curve() {
        let curve = [(0.0, 1.0), (5.0, -3.0), (2.0, 8.0), (9.0, 4.0)].map(|(x, y)| Point::new(x, y));
        for t in [0.1, 0.5, 0.8] {
            let step = 1e-5;
            let found = (at(&curve, t + step) - at(&curve, t - step)) * (0.5 / step);
            assert!(found.distance(slope(&curve, t)) < 1e-6);
            let found = (slope(&curve, t + step) - slope(&curve, t - step)) * (0.5 / step);
            assert!(found.distance(bend(&curve, t)) < 1e-6);
        }
    }
}
