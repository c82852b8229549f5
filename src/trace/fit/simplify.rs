//! Fewer places, none of the others farther from what remains than a tolerance.
//!
//! David Douglas and Thomas Peucker, "Algorithms for the Reduction of the Number of Points Required to Represent a
//! Digitized Line or Its Caricature", 1973; with distances to segments rather than to their lines, so that the
//! promise holds where a line doubles back.

use crate::trace::point::Point;

/// The numbers of the places that remain, in order. The first and the last remain; of a closed line, the first and
/// the place farthest from it.
pub fn simplify(points: &[Point], closed: bool, tolerance: f64) -> Vec<usize> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut stays = vec![false; points.len()];
    if closed {
        let far = farthest(points.iter().map(|point| point.distance(points[0]))).map_or(0, |(i, _)| i);
        (stays[0], stays[far]) = (true, true);
        split(points, 0..far, tolerance, &mut stays);
        split(points, far..points.len(), tolerance, &mut stays);
    } else {
        (stays[0], stays[last]) = (true, true);
        split(points, 0..last, tolerance, &mut stays);
    }
    (0..points.len()).filter(|i| stays[*i]).collect()
}

/// Keep what a segment between these two places cannot stand for; the place after the last is the first.
fn split(points: &[Point], span: std::ops::Range<usize>, tolerance: f64, stays: &mut [bool]) {
    let mut stack = vec![span];
    while let Some(span) = stack.pop() {
        let (from, to) = (points[span.start], points[span.end % points.len()]);
        let between = &points[(span.start + 1).min(span.end)..span.end];
        let Some((i, far)) = farthest(between.iter().map(|point| point.distance_to_segment(from, to))) else {
            continue;
        };
        if far > tolerance {
            let middle = span.start + 1 + i;
            stays[middle] = true;
            stack.extend([span.start..middle, middle..span.end]);
        }
    }
}

/// The first of the largest, and how large it is.
pub(super) fn farthest(distances: impl Iterator<Item = f64>) -> Option<(usize, f64)> {
    distances.enumerate().fold(None, |best, (i, far)| match best {
        Some((_, most)) if most >= far => best,
        _ => Some((i, far)),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::test_support::Random;

    /// A walk with steps of about one pixel.
    pub(crate) fn walk(random: &mut Random, count: usize) -> Vec<Point> {
        let (mut at, mut heading) = (Point::new(50.0, 50.0), 0.0f64);
        let mut step = || {
            heading += f64::from(random.unit() - 0.5) * if random.below(20) == 0 { 5.0 } else { 0.6 };
            at = at + Point::new(heading.cos(), heading.sin());
            at
        };
        (0..count).map(|_| step()).collect()
    }

    /// The farthest any place is from the polyline through those that stay.
    pub(crate) fn worst(points: &[Point], kept: &[usize], closed: bool) -> f64 {
        let mut pairs: Vec<_> = kept.windows(2).map(|pair| (pair[0], pair[1])).collect();
        if closed {
            pairs.push((kept[kept.len() - 1], kept[0] + points.len()));
        }
        let of = |i: usize| points[i % points.len()];
        let spans = pairs.iter().map(|(a, b)| (*a..=*b).map(|i| of(i).distance_to_segment(of(*a), of(*b))));
        spans.flatten().fold(0.0, f64::max)
    }

    #[test]
    fn no_place_is_farther_than_the_tolerance() {
        let mut random = Random::new("no_place_is_farther_than_the_tolerance");
        for count in [1, 2, 3, 50, 400] {
            for (closed, tolerance) in [(false, 0.5), (true, 0.5), (false, 3.0), (true, 3.0)] {
                let points = walk(&mut random, count);
                let kept = simplify(&points, closed, tolerance);
                assert!(worst(&points, &kept, closed) <= tolerance, "{random}");
                assert!(kept[0] == 0 && (closed || kept.last() == Some(&(count - 1))), "{random}");
            }
        }
    }

    #[test]
    fn a_straight_line_is_its_two_ends() {
        let points: Vec<_> = (0..100).map(|i| Point::new(f64::from(i), 0.3 * f64::from(i))).collect();
        assert_eq!(simplify(&points, false, 0.01), [0, 99]);
        assert!(simplify(&[], true, 1.0).is_empty());
    }
}
