//! The fewest places a line can do with, for a tolerance.
//!
//! Hiroshi Imai and Masao Iri, "Polygonal Approximations of a Curve: Formulations and Algorithms", 1988: a step
//! from one place to a later one is allowed if all between are within the tolerance of it, and the shortest way
//! along allowed steps is the answer. W. S. Chan and F. Chin, "Approximation of Polygonal Curves with Minimum
//! Number of Line Segments", 1992: the directions in which a ray passes all circles seen so far are a wedge, which
//! is kept up from place to place and tells when no longer step can be allowed.

use crate::trace::point::Point;

/// The longest step, in places.
const REACH: usize = 1024;

/// The numbers of the places that remain, the first and the last among them. For lines that are not closed.
pub fn fewest(points: &[Point], tolerance: f64) -> Vec<usize> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut steps = vec![usize::MAX; points.len()];
    let mut before = vec![0; points.len()];
    steps[0] = 0;
    for from in 0..last {
        let mut wedge = Wedge::default();
        for to in from + 1..points.len().min(from + 1 + REACH) {
            let way = points[to] - points[from];
            let better = steps[from] + 1 < steps[to];
            if better && wedge.has(way) && is_allowed(&points[from..=to], tolerance) {
                (steps[to], before[to]) = (steps[from] + 1, from);
            }
            if !wedge.narrow(way, tolerance) {
                break;
            }
        }
    }
    let mut kept: Vec<_> = std::iter::successors(Some(last), |i| (*i > 0).then(|| before[*i])).collect();
    kept.reverse();
    kept
}

fn is_allowed(points: &[Point], tolerance: f64) -> bool {
    let [from, between @ .., to] = points else { return true };
    between.iter().all(|point| point.distance_to_segment(*from, *to) <= tolerance)
}

/// The directions between two, each on the outer side; all directions if none has been set.
#[derive(Default)]
struct Wedge(Option<[Point; 2]>);

impl Wedge {
    fn has(&self, way: Point) -> bool {
        // A ray to a place nearer than the tolerance need not be in the wedge: such a step is tried as well.
        self.0.is_none_or(|[first, last]| {
            let slack = 1e-9 * way.length();
            first.cross(way) >= -slack && way.cross(last) >= -slack
        })
    }

    /// Only directions that pass the circle stay. Do any?
    fn narrow(&mut self, way: Point, radius: f64) -> bool {
        let square = way.square() - radius * radius;
        if square <= 0.0 {
            return true;
        }
        // Tangents from the origin: the way turned by the angle whose tangent is radius / √square.
        let side = way.turned() * (radius / square.sqrt());
        let [mut first, mut last] = [way - side, way + side];
        if let Some([from, to]) = self.0 {
            if from.cross(last) < 0.0 || first.cross(to) < 0.0 || from.dot(way) < 0.0 && to.dot(way) < 0.0 {
                return false;
            }
            first = if from.cross(first) > 0.0 { first } else { from };
            last = if last.cross(to) > 0.0 { last } else { to };
        }
        self.0 = Some([first, last]);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::simplify::simplify;
    use super::super::simplify::tests::{walk, worst};
    use super::*;
    use crate::test_support::Random;

    /// Every step tried.
    fn naive(points: &[Point], tolerance: f64) -> usize {
        let mut steps = vec![0; points.len()];
        for to in 1..points.len() {
            let allowed = (0..to).filter(|from| is_allowed(&points[*from..=to], tolerance));
            steps[to] = allowed.map(|from| steps[from] + 1).min().unwrap();
        }
        steps[points.len() - 1] + 1
    }

    #[test]
    fn none_does_with_fewer() {
        let mut random = Random::new("none_does_with_fewer");
        for count in [1, 2, 3, 40, 200] {
            for tolerance in [0.3, 1.0, 2.5] {
                let points = walk(&mut random, count);
                let kept = fewest(&points, tolerance);
                assert!(worst(&points, &kept, false) <= tolerance, "{random}");
                assert_eq!(kept.len(), naive(&points, tolerance), "{count} {tolerance} {random}");
                assert!(kept.len() <= simplify(&points, false, tolerance).len(), "{random}");
            }
        }
    }
}
