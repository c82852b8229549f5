//! The lattice of corners between pixels, on which borders run.

use super::point::Point;

/// A corner of pixels: the one left above pixel x, y.
pub(super) type Corner = [usize; 2];

/// Right, down, left and up; a quarter turn to the right is the next one.
pub(super) type Heading = usize;

/// A step along a border.
pub(super) fn step([x, y]: Corner, heading: Heading) -> Corner {
    match heading {
        0 => [x + 1, y],
        1 => [x, y + 1],
        2 => [x - 1, y],
        _ => [x, y - 1],
    }
}

/// The pixels to the left and to the right of a step. Those beyond the picture may be beyond 0: they wrap.
pub(super) fn sides([x, y]: Corner, heading: Heading) -> [[usize; 2]; 2] {
    let (left, above) = (x.wrapping_sub(1), y.wrapping_sub(1));
    match heading {
        0 => [[x, above], [x, y]],
        1 => [[x, y], [left, y]],
        2 => [[left, y], [left, above]],
        _ => [[left, above], [x, above]],
    }
}

/// The corner itself.
pub(super) fn place([x, y]: Corner) -> Point {
    Point::new(x as f64, y as f64)
}

/// Twice the area inside of a ring of places, positive if it is walked clockwise on the screen.
pub(super) fn double_area(points: &[Point]) -> f64 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.cross(*b)).sum()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// How often a ring of places goes around a place.
    pub(crate) fn winding(ring: &[Point], at: Point) -> i32 {
        let next = ring.iter().cycle().skip(1);
        let turns = ring.iter().zip(next).map(|(a, b)| match (a.y <= at.y, b.y <= at.y) {
            (true, false) if (*b - *a).cross(at - *a) > 0.0 => 1,
            (false, true) if (*b - *a).cross(at - *a) < 0.0 => -1,
            _ => 0,
        });
        turns.sum()
    }

    #[test]
    fn a_turn_to_the_right_keeps_the_pixel_on_the_right() {
        for heading in 0..4 {
            let there = step([5, 5], heading);
            assert_eq!(sides([5, 5], heading)[1], sides(there, (heading + 1) % 4)[1]);
            assert_eq!(sides([5, 5], heading)[0], sides(there, (heading + 3) % 4)[0]);
        }
    }
}
