//! Lines without steps, drawn from positions between the pixels.

use super::subpixel::EdgePoint;
use crate::kernel::angle::sin_cos;
use crate::pixel::{Plane, Size};

/// Half the width of a line, in pixels.
const HALF: f32 = 0.5;

/// How far a point draws along its line, before it fades within a pixel. Neighbours on a line are at most √2 apart, so
/// that there are no gaps.
const REACH: f32 = 0.75;

/// How much of each pixel is covered by lines one pixel wide through these points, 0 to 1.
///
/// A point is a short piece of line across its orientation; where several cover a pixel, the one that covers most
/// counts, so their order plays no part.
pub fn smooth_lines(size: Size, points: &[EdgePoint]) -> Plane {
    let mut plane = Plane::filled(size, 0.0);
    let near = |at: f32, len: usize| {
        let middle = at.round() as isize;
        (middle - 1).max(0) as usize..((middle + 2).max(0) as usize).min(len)
    };
    for point in points {
        let (sin, cos) = sin_cos(point.orientation);
        for y in near(point.y, size.height()) {
            let row = plane.row_mut(y);
            for x in near(point.x, size.width()) {
                let (i, j) = (x as f32 - point.x, y as f32 - point.y);
                let (across, along) = ((i * cos + j * sin).abs(), (j * cos - i * sin).abs());
                let cover = (HALF + 0.5 - across).clamp(0.0, 1.0) * (REACH + 0.5 - along).clamp(0.0, 1.0);
                row[x] = row[x].max(cover);
            }
        }
    }
    plane
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::PI;

    fn point(x: f32, y: f32, orientation: f32) -> EdgePoint {
        EdgePoint { x, y, strength: 1.0, orientation }
    }

    #[test]
    fn directions_are_sines_and_cosines() {
        for i in -100..=100 {
            let angle = PI * i as f32 / 100.0;
            let (sin, cos) = sin_cos(angle);
            assert!((sin - angle.sin()).abs() < 1e-6 && (cos - angle.cos()).abs() < 1e-6, "{angle}");
        }
    }

    #[test]
    fn a_line_between_two_columns_is_shared_by_them() {
        let points: Vec<_> = (0..9).map(|y| point(3.25, y as f32, 0.0)).collect();
        let plane = smooth_lines(Size::new(8, 9).unwrap(), &points);
        for y in 0..9 {
            assert_eq!(plane.row(y), [0.0, 0.0, 0.0, 0.75, 0.25, 0.0, 0.0, 0.0]);
        }
    }

    #[test]
    fn a_slanted_line_has_no_gaps_and_one_width() {
        let slope = 0.3_f32;
        let across = (-1.0_f32).atan2(slope);
        let points: Vec<_> = (0..60).map(|x| point(x as f32, 5.0 + slope * x as f32, across)).collect();
        let plane = smooth_lines(Size::new(60, 32).unwrap(), &points);
        for x in 3..57 {
            let column: f32 = (0..32).map(|y| plane.row(y)[x]).sum();
            assert!((0.85..1.2).contains(&column), "{column} at {x}");
        }
    }

    #[test]
    fn points_at_the_border_stay_inside() {
        let points = [point(-0.5, -0.5, 1.0), point(1.5, 0.5, -2.0)];
        let plane = smooth_lines(Size::new(2, 1).unwrap(), &points);
        assert!(plane.samples().iter().all(|v| (0.0..=1.0).contains(v)));
    }
}
