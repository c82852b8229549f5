//! Corners of a line: places where it turns at once, and no smooth curve should go through.

use crate::edge::angle;
use crate::trace::point::Point;

/// The cosine of the least turn that makes a corner: 50°.
const LEAST: f64 = 0.643;
/// In half the reach, a corner turns by at least this part of what it turns in the whole; an arc by half.
const SUDDEN: f64 = 0.75;

/// The numbers of the places that are corners, in order; ends of open lines are not among them.
///
/// `reach` is how many places to either side the turn is measured over.
pub(super) fn corners(points: &[Point], closed: bool, reach: usize) -> Vec<usize> {
    let reach = reach.max(1);
    let count = points.len();
    if count < 2 * reach + 1 {
        return Vec::new();
    }
    let candidates = if closed { 0..count } else { reach..count - reach };
    let mut found: Vec<(usize, f64)> = Vec::new();
    for i in candidates {
        let Some(turn) = sharp(points, i, reach) else { continue };
        match found.last_mut() {
            Some((near, most)) if i - *near <= reach => {
                if turn > *most {
                    (*near, *most) = (i, turn);
                }
            }
            _ => found.push((i, turn)),
        }
    }
    if let ([(first, one), .., (last, other)], true) = (&found[..], closed)
        && first + count - last <= reach
    {
        if one < other {
            found.remove(0)
        } else {
            found.pop().unwrap_or_default()
        };
    }
    found.into_iter().map(|(i, _)| i).collect()
}

/// How far the line turns here, in radians, if that makes a corner.
fn sharp(points: &[Point], i: usize, reach: usize) -> Option<f64> {
    let [before, after] = sides(points, i, reach);
    if before.dot(after) > LEAST * (before.square() * after.square()).sqrt() {
        return None;
    }
    let turn = turn_between(before, after);
    let [before, after] = sides(points, i, reach.div_ceil(2));
    (reach < 2 || turn_between(before, after) >= SUDDEN * turn).then_some(turn)
}

fn sides(points: &[Point], i: usize, reach: usize) -> [Point; 2] {
    let count = points.len();
    [points[i] - points[(i + count - reach) % count], points[(i + reach) % count] - points[i]]
}

/// In radians, 0 to π.
fn turn_between(a: Point, b: Point) -> f64 {
    f64::from(angle(a.dot(b) as f32, a.cross(b) as f32).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_four_corners_and_a_circle_none() {
        let side = |i: usize| match i / 40 {
            0 => Point::new(i as f64, 0.0),
            1 => Point::new(40.0, (i - 40) as f64),
            2 => Point::new((120 - i) as f64, 40.0),
            _ => Point::new(0.0, (160 - i) as f64),
        };
        let square: Vec<_> = (0..160).map(side).collect();
        assert_eq!(corners(&square, true, 6), [0, 40, 80, 120]);
        let turned: Vec<_> = (0..160).map(|i| square[(i + 20) % 160]).collect();
        assert_eq!(corners(&turned, true, 6), [20, 60, 100, 140]);
        let round =
            |i: i32| Point::new(20.0 * (f64::from(i) / 20.0).cos(), 20.0 * (f64::from(i) / 20.0).sin());
        let circle: Vec<_> = (0..125).map(round).collect();
        assert!(corners(&circle, true, 6).is_empty());
    }
}
