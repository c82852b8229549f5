//! Outlines of ink: what is darker than a level, as closed lines with the width that it has.
//!
//! Outlines are followed along the borders of pixels, as in Peter Selinger, "Potrace: a polygon-based tracing
//! algorithm", 2003, and placed where grey, taken to change evenly from pixel to pixel, passes the level (William
//! Lorensen and Harvey Cline, "Marching Cubes", 1987, in the plane). Of two levels of grey, that is the middle.

use super::Ink;
use crate::trace::bits::Bits;
use crate::trace::lattice::{Corner, Heading, double_area, sides, step};
use crate::trace::point::Point;

impl Ink<'_> {
    /// Its outlines, ink to the left, in the order of their uppermost rows. Spots and holes of less than `least` square
    /// pixels are left out. Ink that touches by corners hangs together.
    pub fn outlines(self, least: f64) -> Vec<Vec<Point>> {
        let mut seen = Bits::new(self.grey.width(), self.grey.height());
        let mut found = Vec::new();
        for y in 0..self.grey.height() {
            let mut before = false;
            for (x, value) in self.grey.row(y).iter().enumerate() {
                let ink = *value < self.level;
                // Where ink begins in a row, an outline goes down.
                if ink && !before && !seen.get(x, y) {
                    let outline = outline(self, [x, y], &mut seen);
                    if double_area(&outline).abs() >= 2.0 * least {
                        found.push(outline);
                    }
                }
                before = ink;
            }
        }
        found
    }
}

fn outline(ink: Ink<'_>, start: Corner, seen: &mut Bits) -> Vec<Point> {
    let (mut corner, mut heading, mut points) = (start, 1, Vec::new());
    loop {
        points.push(crossing(ink, corner, heading));
        if heading == 1 {
            seen.set(corner[0], corner[1]);
        }
        corner = step(corner, heading);
        let [left, right] = sides(corner, heading).map(|pixel| ink.is_at(pixel));
        heading = match (left, right) {
            (_, true) => (heading + 1) % 4,
            (true, false) => heading,
            (false, false) => (heading + 3) % 4,
        };
        if corner == start && heading == 1 {
            return points;
        }
    }
}

/// Where grey passes the level between the pixels beside a step.
fn crossing(ink: Ink<'_>, corner: Corner, heading: Heading) -> Point {
    let [left, right] = sides(corner, heading);
    let [dark, light] = [left, right].map(|pixel| f64::from(ink.at(pixel)));
    let middle = |[x, y]: [usize; 2]| Point::new(offset(x) + 0.5, offset(y) + 0.5);
    // Ink is below the level by whole numbers: half a number below is where it passes.
    let part = (f64::from(ink.level) - 0.5 - dark) / (light - dark);
    middle(left).towards(middle(right), part)
}

/// A column or row, with what wrapped below 0 where it belongs.
fn offset(index: usize) -> f64 {
    index as isize as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Grey;
    use crate::test_support::Random;
    use crate::trace::lattice::tests::winding;

    fn ink(values: &[u8], width: usize, height: usize) -> Ink<'_> {
        Ink::new(Grey::new(values, width, height).unwrap(), 128)
    }

    #[test]
    fn ink_is_inside_of_the_outlines_and_paper_outside() {
        let mut random = Random::new("ink_is_inside_of_the_outlines_and_paper_outside");
        for (width, height) in [(1, 1), (1, 9), (9, 1), (31, 23)] {
            let values: Vec<u8> = (0..width * height).map(|_| random.next() as u8).collect();
            let grey = Grey::new(&values, width, height).unwrap();
            for level in [1, 100, 255] {
                let rings = Ink::new(grey, level).outlines(0.0);
                for (i, value) in values.iter().enumerate() {
                    let at = Point::middle(i % width, i / width);
                    let around: i32 = rings.iter().map(|ring| winding(ring, at)).sum();
                    // A place of exactly the level's grey can be on the line.
                    let near = f64::from(*value) - (f64::from(level) - 0.5);
                    assert!(near.abs() < 1.0 || (around != 0) == (near < 0.0), "{around} {near} {random}");
                }
            }
        }
    }

    #[test]
    fn a_blurred_disc_is_round_to_a_tenth_of_a_pixel() {
        let far = |i: usize| Point::middle(i % 50, i / 50).distance(Point::new(25.2, 24.7));
        let values: Vec<u8> =
            (0..2500).map(|i| (127.5 + 60.0 * (far(i) - 15.0)).clamp(0.0, 255.0) as u8).collect();
        let rings = ink(&values, 50, 50).outlines(4.0);
        assert_eq!(rings.len(), 1);
        assert!(rings[0].iter().all(|p| (p.distance(Point::new(25.2, 24.7)) - 15.0).abs() < 0.1));
    }

    #[test]
    fn ink_that_touches_by_corners_has_one_outline() {
        for values in [[0, 255, 255, 0], [255, 0, 0, 255]] {
            assert_eq!(ink(&values, 2, 2).outlines(0.0).len(), 1);
        }
    }

    #[test]
    fn spots_and_holes_below_the_least_are_left_out() {
        let mut values = vec![255; 400];
        (5..15).for_each(|y| values[y * 20 + 5..y * 20 + 15].fill(0));
        (values[10 * 20 + 10], values[0]) = (255, 0);
        assert_eq!(ink(&values, 20, 20).outlines(0.0).len(), 3);
        assert_eq!(ink(&values, 20, 20).outlines(2.0).len(), 1);
    }
}
