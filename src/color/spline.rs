//! A smooth curve through points that never swings past them.
//!
//! Fritsch and Carlson, "Monotone piecewise cubic interpolation", 1980: cubics between the points, whose slopes at
//! the points are held small enough that rising points give a rising curve. An ordinary cubic spline overshoots
//! beside a steep stretch, and in a tone curve an overshoot turns tones around.

/// A curve through points; level before the first and after the last.
pub(crate) struct Spline {
    points: Vec<[f64; 2]>,
    slopes: Vec<f64>,
}

impl Spline {
    /// Through these points, whose first coordinate rises.
    pub(crate) fn through(points: &[[f32; 2]]) -> Self {
        let points: Vec<_> = points.iter().map(|point| point.map(f64::from)).collect();
        let slopes = slopes(&points);
        Self { points, slopes }
    }

    /// Its height at `x`.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let next = self.points.partition_point(|point| point[0] <= x);
        let (Some(left), Some(right)) = (next.checked_sub(1), self.points.get(next)) else {
            let end = if next == 0 { self.points.first() } else { self.points.last() };
            return end.map_or(x, |point| point[1]);
        };
        let [[x0, y0], [x1, y1]] = [self.points[left], *right];
        let width = x1 - x0;
        let t = (x - x0) / width;
        let (d0, d1) = (self.slopes[left] * width, self.slopes[left + 1] * width);
        // The cubic of Hermite, as the straight line and what is added to it.
        let line = y0 + t * (y1 - y0);
        let rise = y1 - y0;
        line + t * (1.0 - t) * ((1.0 - t) * (d0 - rise) - t * (d1 - rise))
    }
}

/// The slope at each point.
fn slopes(points: &[[f64; 2]]) -> Vec<f64> {
    let secants: Vec<_> = points.windows(2).map(|p| (p[1][1] - p[0][1]) / (p[1][0] - p[0][0])).collect();
    let (Some(first), Some(last)) = (secants.first(), secants.last()) else {
        return vec![0.0; points.len()];
    };
    let between = secants.windows(2).map(|s| if s[0] * s[1] <= 0.0 { 0.0 } else { (s[0] + s[1]) / 2.0 });
    let mut slopes: Vec<_> = std::iter::once(*first).chain(between).chain([*last]).collect();
    for (i, secant) in secants.iter().enumerate() {
        if *secant == 0.0 {
            (slopes[i], slopes[i + 1]) = (0.0, 0.0);
            continue;
        }
        // Inside the circle of radius 3 in units of the secant a cubic keeps its direction.
        let length = (slopes[i] / secant).hypot(slopes[i + 1] / secant);
        if length > 3.0 {
            slopes[i] *= 3.0 / length;
            slopes[i + 1] *= 3.0 / length;
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn it_goes_through_its_points_and_never_past_them() {
        let mut random = Random::new("spline");
        for _ in 0..500 {
            let count = 2 + random.below(8);
            let points: Vec<_> = (0..count)
                .map(|i| [(i as f32 + 0.9 * random.unit()) / count as f32, random.unit()])
                .collect();
            let spline = Spline::through(&points);
            for pair in points.windows(2) {
                let [low, high] = [pair[0][1].min(pair[1][1]), pair[0][1].max(pair[1][1])].map(f64::from);
                let mut before = f64::from(pair[0][1]);
                let sign = f64::from(pair[1][1] - pair[0][1]).signum();
                for step in 0..64 {
                    let [from, to] = [pair[0][0], pair[1][0]].map(f64::from);
                    let x = from + (to - from) * f64::from(step) / 64.0;
                    let y = spline.at(x);
                    assert!(y >= low - 1e-9 && y <= high + 1e-9, "{y} past {pair:?}, {random}");
                    assert!((y - before) * sign >= -1e-9, "turns around in {pair:?}, {random}");
                    before = y;
                }
                assert!((spline.at(f64::from(pair[0][0])) - f64::from(pair[0][1])).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn points_on_a_line_give_the_line() {
        let spline = Spline::through(&[[0.0, 0.0], [0.25, 0.25], [0.5, 0.5], [1.0, 1.0]]);
        for i in 0..=100 {
            let x = f64::from(i) / 100.0;
            assert!((spline.at(x) - x).abs() < 1e-12);
        }
        let flat = Spline::through(&[[0.2, 0.1], [0.6, 0.9]]);
        assert_eq!([flat.at(0.0), flat.at(1.0)], [f64::from(0.1f32), f64::from(0.9f32)], "level outside");
    }
}
