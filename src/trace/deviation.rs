//! How far a drawing is from the lines that it was made of.

use super::nearest::Nearest;
use super::path::Path;
use super::point::Point;

/// How far places are from what they stand for, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Deviation {
    /// Of the places on the one, the farthest from the other.
    pub most: f64,
    /// The mean of all.
    pub mean: f64,
}

/// Paths are looked at in steps of this many pixels.
const STEP: f64 = 0.25;

/// How far the first paths are from the second, and the second from the first; to within an eighth of a pixel.
pub fn deviation(one: &[Path], other: &[Path]) -> [Deviation; 2] {
    let places = |paths: &[Path]| paths.iter().flat_map(|path| path.places(STEP)).collect::<Vec<Point>>();
    let (one, other) = (places(one), places(other));
    [measure(&one, &other), measure(&other, &one)]
}

fn measure(from: &[Point], to: &[Point]) -> Deviation {
    let tree = Nearest::new(to.to_vec());
    let nearest =
        |place: &Point| tree.find(*place, 1, f64::MAX, |_| true).first().map_or(f64::MAX, |near| near.0);
    let (most, sum) =
        from.iter().map(nearest).fold((0.0, 0.0), |(most, sum): (f64, f64), far| (most.max(far), sum + far));
    Deviation { most, mean: sum / from.len().max(1) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_beside_is_as_far_as_it_is() {
        let level = |to: f64, y: f64| Path::polyline(&[Point::new(0.0, y), Point::new(to, y)], false);
        let [there, back] = deviation(&[level(20.0, 3.0)], &[level(23.0, 1.0)]);
        assert!((there.most - 2.0).abs() < 0.01 && (there.mean - 2.0).abs() < 0.01);
        assert!((back.most - 13f64.sqrt()).abs() < 0.01);
    }
}
