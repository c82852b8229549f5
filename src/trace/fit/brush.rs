//! Lines whose width changes, as outlines to be filled.

use super::curve::fit;
use crate::trace::line::Line;
use crate::trace::path::Path;
use crate::trace::point::Point;

/// How wide a stroke is from its beginning to its end: widths at equal steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Widths(Vec<f64>);

impl Widths {
    /// Those of a line, smoothed over `over` pixels of its length.
    pub fn of(line: &Line, over: f64) -> Self {
        let (count, length) = (line.vertices.len(), line.length());
        let reach = if length > 0.0 { (over / length * count as f64 / 2.0) as usize } else { 0 };
        let mut sums = vec![0.0];
        sums.extend(line.vertices.iter().scan(0.0, |sum, vertex| {
            *sum += f64::from(vertex.width);
            Some(*sum)
        }));
        let mean = |i: usize| {
            let (from, to) = (i.saturating_sub(reach), (i + reach + 1).min(count));
            (sums[to] - sums[from]) / (to - from) as f64
        };
        Self((0..count).map(mean).collect())
    }

    /// The same from the other end.
    pub fn reversed(mut self) -> Self {
        self.0.reverse();
        self
    }

    /// The same all along.
    pub fn even(width: f64) -> Self {
        Self(vec![width])
    }

    /// At a part of the way, 0 to 1.
    fn at(&self, part: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let place = part.clamp(0.0, 1.0) * last as f64;
        let i = (place as usize).min(last.saturating_sub(1));
        let [from, to] = [i, (i + 1).min(last)].map(|i| self.0.get(i).copied().unwrap_or(0.0));
        from + (to - from) * (place - i as f64)
    }
}

/// The outline of a stroke along a path. An open one narrows to nothing over the last `taper` pixels at both ends and
/// has one ring; a closed one has two. To be filled by the nonzero rule: a stroke that crosses itself is inside of
/// itself twice. The outline is within the tolerance of one whose corners are places of the path.
pub fn outline(path: &Path, widths: &Widths, taper: f64, tolerance: f64) -> Vec<Path> {
    let mut places = path.places((2.0 * tolerance).clamp(0.5, 2.0));
    let along = along(&places);
    let length = along.last().copied().unwrap_or_default();
    let half = |i: usize| {
        let part = if length > 0.0 { along[i] / length } else { 0.0 };
        let end = along[i].min(length - along[i]);
        let tip = if path.closed || taper <= 0.0 { 1.0 } else { (2.0 * end / taper.min(length)).min(1.0) };
        // A quarter circle at the tip looks like a nib that is lifted; a wedge, like a thorn.
        widths.at(part) / 2.0 * (tip * (2.0 - tip)).sqrt()
    };
    if path.closed {
        places.pop();
    }
    let count = places.len();
    let side = |i: usize, sign: f64| {
        let [before, after] = match path.closed {
            true => [(i + count - 1) % count, (i + 1) % count],
            false => [i.saturating_sub(1), (i + 1).min(count - 1)],
        };
        places[i] + (places[after] - places[before]).unit().turned() * (sign * half(i))
    };
    let there = (0..count).map(|i| side(i, 1.0));
    let back = (0..count).rev().map(|i| side(i, -1.0));
    let rings: Vec<Vec<Point>> =
        if path.closed { vec![there.collect(), back.collect()] } else { vec![there.chain(back).collect()] };
    rings.iter().map(|ring| fit(ring, true, tolerance)).collect()
}

/// How far along each place is.
fn along(places: &[Point]) -> Vec<f64> {
    let mut along = vec![0.0];
    for pair in places.windows(2) {
        along.push(along[along.len() - 1] + pair[0].distance(pair[1]));
    }
    along
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::lattice::tests::winding;
    use crate::trace::line::Vertex;

    #[test]
    fn a_stroke_is_as_wide_as_it_should_be_and_tapers() {
        let path = Path::polyline(&[Point::new(0.0, 0.0), Point::new(100.0, 0.0)], false);
        let ring = outline(&path, &Widths::even(6.0), 20.0, 0.2)[0].places(0.1);
        let wide =
            |x: f64| (-100..100).filter(|y| winding(&ring, Point::new(x, f64::from(*y) / 20.0)) != 0).count();
        assert!(wide(50.0).abs_diff(120) <= 8);
        assert!(wide(20.0).abs_diff(120) <= 8);
        assert!((20..70).contains(&wide(1.5)), "{}", wide(1.5));
        assert_eq!(wide(-0.5), 0);
    }

    #[test]
    fn a_closed_stroke_is_a_band() {
        let round = |i: i32| Point::new((f64::from(i) / 8.0).cos() * 40.0, (f64::from(i) / 8.0).sin() * 40.0);
        let path = fit(&(0..50).map(round).collect::<Vec<_>>(), true, 0.2);
        let rings: Vec<_> =
            outline(&path, &Widths::even(6.0), 20.0, 0.2).iter().map(|r| r.places(0.1)).collect();
        for angle in 0..60 {
            let way = Point::new((f64::from(angle) / 9.0).cos(), (f64::from(angle) / 9.0).sin());
            let inside = |far: f64| rings.iter().map(|ring| winding(ring, way * far)).sum::<i32>() != 0;
            assert_eq!(
                [30.0, 36.0, 38.0, 42.0, 44.0].map(inside),
                [false, false, true, true, false],
                "{angle}"
            );
        }
    }

    #[test]
    fn widths_of_a_line_are_smoothed() {
        let vertex =
            |i: u32| Vertex { at: Point::new(f64::from(i), 0.0), width: (i % 2) as f32, ..Vertex::default() };
        let line = Line { vertices: (0..100).map(vertex).collect(), ..Line::default() };
        let widths = Widths::of(&line, 20.0);
        assert!((0..=10).all(|i| (widths.at(f64::from(i) / 10.0) - 0.5).abs() < 0.06));
        assert_eq!(Widths::of(&line, 0.0).at(1.0 / 99.0), 1.0);
    }
}
