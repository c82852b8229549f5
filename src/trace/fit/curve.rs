//! Bézier curves through lines, nowhere farther from them than a tolerance.
//!
//! Philip Schneider, "An Algorithm for Automatically Fitting Digitized Curves", in Graphics Gems, 1990: least
//! squares for the two inner places of a cubic curve with given tangents, parameters improved by Newton steps, and
//! where that does not do, two curves that share a tangent. Here corners are found first; long pieces are tried on
//! a sample of their places; and the promise is kept for all of the curve, not at the places alone.

use super::corner::corners;
use super::simplify::farthest;
use crate::trace::path::{Cubic, Path, Segment, at, bend, slope};
use crate::trace::point::Point;

/// Of a piece with more places than this, a sample of about so many is tried.
const SAMPLE: usize = 48;
/// How often parameters are improved.
const ROUNDS: usize = 4;
/// A piece is straight if it is so within this part of the tolerance.
const STRAIGHT: f64 = 0.5;

/// A path of which no place is farther from the line than `tolerance`, nor any place of the line from it. The ends
/// are those of the line.
pub fn fit(points: &[Point], closed: bool, tolerance: f64) -> Path {
    let step = (tolerance / 2.0).max(1.0);
    let mut points = dense(points, closed, step);
    if points.len() < 2 {
        return Path { start: points.first().copied().unwrap_or_default(), segments: Vec::new(), closed };
    }
    let reach = (3.0 * tolerance / mean_step(&points)).ceil().clamp(3.0, 24.0) as usize;
    let mut cuts = corners(&points, closed, reach);
    if closed {
        let first = cuts.first().copied().unwrap_or(0);
        points.rotate_left(first);
        points.push(points[0]);
        cuts.iter_mut().for_each(|cut| *cut -= first);
    }
    let smooth = closed && cuts.is_empty();
    cuts.retain(|cut| *cut > 0);
    let mut fitter = Fitter { tolerance, reach, segments: Vec::new() };
    let mut from = 0;
    for to in cuts.into_iter().chain([points.len() - 1]) {
        let tangents = if smooth { fitter.around(&points) } else { fitter.ends(&points[from..=to]) };
        fitter.piece(&points[from..=to], tangents);
        from = to;
    }
    Path { start: points[0], segments: fitter.segments, closed }
}

/// Places no farther apart than `step`, and none where the one before is.
fn dense(points: &[Point], closed: bool, step: f64) -> Vec<Point> {
    let mut dense: Vec<Point> = Vec::with_capacity(points.len() + 1);
    let home = points.first().filter(|_| closed);
    for point in points.iter().chain(home) {
        let Some(last) = dense.last().copied() else {
            dense.push(*point);
            continue;
        };
        let count = (last.distance(*point) / step).ceil() as usize;
        dense.extend(
            (1..=count)
                .map(|i| if i == count { *point } else { last.towards(*point, i as f64 / count as f64) }),
        );
    }
    if closed && dense.len() > 1 {
        dense.pop();
    }
    dense
}

fn mean_step(points: &[Point]) -> f64 {
    let length: f64 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    length / (points.len() - 1) as f64
}

struct Fitter {
    tolerance: f64,
    reach: usize,
    segments: Vec<Segment>,
}

impl Fitter {
    /// The directions into a piece from either end.
    fn ends(&self, points: &[Point]) -> [Point; 2] {
        let last = points.len() - 1;
        let reach = (2 * self.reach).min(last);
        let mean = |range: std::ops::Range<usize>| {
            let count = range.len() as f64;
            points[range].iter().fold(Point::default(), |a, b| a + *b) * (1.0 / count)
        };
        [(mean(1..reach + 1) - points[0]).unit(), (mean(last - reach..last) - points[last]).unit()]
    }

    /// The same for the one piece of a closed line without corners, which goes on where it ends.
    fn around(&self, points: &[Point]) -> [Point; 2] {
        let last = points.len() - 1;
        let reach = self.reach.min(last / 2);
        let way = (points[reach] - points[last - reach]).unit();
        if way.square() == 0.0 { self.ends(points) } else { [way, -way] }
    }

    fn piece(&mut self, points: &[Point], tangents: [Point; 2]) {
        let (first, last) = (points[0], points[points.len() - 1]);
        let far = farthest(points.iter().map(|point| point.distance_to_segment(first, last)));
        if points.len() == 2 || far.is_none_or(|(_, far)| far <= STRAIGHT * self.tolerance) {
            self.segments.push(Segment::Line(last));
            return;
        }
        match self.curve(points, tangents) {
            Ok([_, a, b, _]) => self.segments.push(Segment::Curve(a, b, last)),
            Err(cut) => {
                let reach = (2 * self.reach).min(cut).min(points.len() - 1 - cut);
                let way = (points[cut + reach] - points[cut - reach]).unit();
                self.piece(&points[..=cut], [tangents[0], -way]);
                self.piece(&points[cut..], [way, tangents[1]]);
            }
        }
    }

    /// A curve that is near enough to all places, or where to cut.
    fn curve(&self, points: &[Point], tangents: [Point; 2]) -> Result<Cubic, usize> {
        let stride = points.len().div_ceil(SAMPLE);
        let last = points.len() - 1;
        let mut sample: Vec<usize> = (0..last).step_by(stride).collect();
        sample.push(last);
        let chosen: Vec<Point> = sample.iter().map(|i| points[*i]).collect();
        let mut parts = by_length(&chosen);
        for round in 0.. {
            let curve = solve(&chosen, &parts, tangents);
            let cut = match far_off(&curve, &chosen, &parts, self.tolerance) {
                None if stride == 1 => return Ok(curve),
                None => {
                    let all = between(&curve, points, &parts, stride);
                    match far_off(&curve, points, &all, self.tolerance) {
                        None => return Ok(curve),
                        Some((cut, _)) => (cut, self.tolerance),
                    }
                }
                Some((cut, far)) => (sample[cut], far),
            };
            if round == ROUNDS || cut.1 > 4.0 * self.tolerance {
                return Err(cut.0.clamp(1, last - 1));
            }
            improve(&curve, &chosen, &mut parts);
        }
        unreachable!("rounds end")
    }
}

/// Parameters by the length of the way.
fn by_length(points: &[Point]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut parts = vec![0.0];
    parts.extend(points.windows(2).map(|pair| {
        sum += pair[0].distance(pair[1]);
        sum
    }));
    parts.iter_mut().for_each(|part| *part /= sum);
    parts
}

/// Least squares for how far along the tangents the inner places are.
fn solve(points: &[Point], parts: &[f64], [left, right]: [Point; 2]) -> Cubic {
    let (first, last) = (points[0], points[points.len() - 1]);
    let (mut ll, mut lr, mut rr, mut l, mut r) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let agree = left.dot(right);
    for (point, t) in points.iter().zip(parts) {
        let s = 1.0 - t;
        let (b1, b2) = (3.0 * s * s * t, 3.0 * s * t * t);
        let rest = *point - first * (s * s * s + b1) - last * (b2 + t * t * t);
        ll += b1 * b1;
        lr += b1 * b2 * agree;
        rr += b2 * b2;
        l += b1 * left.dot(rest);
        r += b2 * right.dot(rest);
    }
    let chord = first.distance(last);
    let det = ll * rr - lr * lr;
    let (mut one, mut two) = ((l * rr - r * lr) / det, (ll * r - lr * l) / det);
    // Wu and Barsky's rule for what least squares cannot tell.
    let least = 1e-6 * chord;
    if det.abs() <= 1e-12 * ll * rr || one.is_nan() || two.is_nan() || one < least || two < least {
        (one, two) = (chord / 3.0, chord / 3.0);
    }
    [first, first + left * one, last + right * two, last]
}

/// The place farthest from where the curve should pass it, and how far, if that is more than allowed.
///
/// Between two places, neither the line nor the curve is farther from the other than at them, but for what the
/// curve bulges: an eighth of its second derivative times the square of the step. Parameters only grow, so each
/// part of the curve has its part of the line.
fn far_off(curve: &Cubic, points: &[Point], parts: &[f64], tolerance: f64) -> Option<(usize, f64)> {
    let most = bend(curve, 0.0).square().max(bend(curve, 1.0).square()).sqrt();
    let mut before = 0.0;
    let off = points.iter().zip(parts).map(|(point, part)| {
        let step = part - before;
        before = *part;
        at(curve, *part).distance(*point) + most * step * step / 8.0
    });
    farthest(off).filter(|(_, far)| *far > tolerance)
}

/// Parameters moved towards where the curve is nearest, one Newton step each; they do not pass one another.
fn improve(curve: &Cubic, points: &[Point], parts: &mut [f64]) {
    let last = points.len() - 1;
    let mut least = 0.0;
    for (point, part) in points.iter().zip(parts.iter_mut()).take(last).skip(1) {
        *part = nearer(curve, *point, *part).clamp(least, 1.0);
        least = *part;
    }
}

fn nearer(curve: &Cubic, point: Point, part: f64) -> f64 {
    let (off, slope) = (at(curve, part) - point, slope(curve, part));
    let down = slope.square() + off.dot(bend(curve, part));
    if down <= 0.0 { part } else { part - off.dot(slope) / down }
}

/// Parameters of all places from those of a sample.
fn between(curve: &Cubic, points: &[Point], sample: &[f64], stride: usize) -> Vec<f64> {
    let last = points.len() - 1;
    let mut parts: Vec<f64> = (0..=last)
        .map(|i| {
            let (from, to) = (i / stride * stride, (i / stride * stride + stride).min(last));
            let next = (i / stride + 1).min(sample.len() - 1);
            let share = if to > from { (i - from) as f64 / (to - from) as f64 } else { 0.0 };
            sample[next - 1] + (sample[next] - sample[next - 1]) * if i == last { 1.0 } else { share }
        })
        .collect();
    improve(curve, points, &mut parts);
    parts
}

#[cfg(test)]
mod tests {
    use super::super::simplify::tests::walk;
    use super::*;
    use crate::test_support::Random;

    /// The farthest from any place along one line to the other.
    fn far(from: &[Point], to: &[Point]) -> f64 {
        let near = |p: &Point| {
            to.windows(2)
                .map(|pair| p.distance_to_segment(pair[0], pair[1]))
                .fold(p.distance(to[0]), f64::min)
        };
        from.iter().map(near).fold(0.0, f64::max)
    }

    fn check(points: &[Point], closed: bool, tolerance: f64, note: &str) {
        let path = fit(points, closed, tolerance);
        let (line, curve) = (Path::polyline(points, closed).places(0.05), path.places(0.05));
        assert!(far(&line, &curve) <= tolerance + 2e-3, "line to curve, {note}");
        assert!(far(&curve, &line) <= tolerance + 2e-3, "curve to line, {note}");
        assert_eq!(path.end(), if closed { path.start } else { points[points.len() - 1] }, "{note}");
        assert!(closed || path.start == points[0], "{note}");
    }

    #[test]
    fn no_place_of_either_is_farther_than_the_tolerance() {
        let mut random = Random::new("no_place_of_either_is_farther_than_the_tolerance");
        for count in [2, 3, 5, 30, 150] {
            for (closed, tolerance) in [(false, 0.4), (true, 0.4), (false, 2.0), (true, 2.0)] {
                let points = walk(&mut random, count);
                check(&points, closed, tolerance, &format!("{count} {closed} {tolerance} {random}"));
                let rough: Vec<Point> = points
                    .iter()
                    .map(|p| Point::new((p.x * 0.2).round() * 5.0, (p.y * 0.2).round() * 5.0))
                    .collect();
                check(&rough, closed, tolerance, &format!("rough {count} {closed} {tolerance} {random}"));
            }
        }
    }

    #[test]
    fn a_circle_takes_few_curves_and_a_square_four_lines() {
        let round = |i: i32| {
            let turn = f64::from(i) / 50.0;
            Point::new((50.0 * turn.cos()).round(), (50.0 * turn.sin()).round())
        };
        let circle: Vec<_> = (0..314).map(round).collect();
        let path = fit(&circle, true, 1.0);
        assert!(path.segments.len() <= 8, "{path:?}");
        let corners = [(0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0)].map(|(x, y)| Point::new(x, y));
        let path = fit(&corners, true, 1.0);
        assert_eq!(path.segments.len(), 4);
        assert!(path.segments.iter().all(|s| matches!(s, Segment::Line(to) if corners.contains(to))));
    }

    #[test]
    fn little_is_fitted_as_well() {
        assert!(fit(&[], false, 1.0).segments.is_empty());
        assert!(fit(&[Point::new(3.0, 4.0)], true, 1.0).segments.is_empty());
        assert!(fit(&[Point::new(3.0, 4.0); 5], false, 1.0).segments.is_empty());
    }
}
