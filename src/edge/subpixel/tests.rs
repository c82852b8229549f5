use super::*;
use crate::edge::canny::{Canny, Norm};
use crate::edge::test_context::on;
use crate::test_support::Random;

/// A half plane whose border, of any direction, is a Gaussian step of about one pixel.
struct Step {
    at: (f64, f64),
    towards: f64,
}

impl Step {
    fn random(random: &mut Random) -> Self {
        let mut unit = || f64::from(random.unit());
        Self { at: (30.0 + unit(), 30.0 + unit()), towards: std::f64::consts::TAU * unit() }
    }

    /// How far a place is on the bright side.
    fn off(&self, x: f64, y: f64) -> f64 {
        (x - self.at.0) * self.towards.cos() + (y - self.at.1) * self.towards.sin()
    }

    fn picture(&self) -> Vec<u8> {
        // The logistic curve is within a hundredth of the Gaussian's integral.
        let value = |x, y| 60.0 + 140.0 / (1.0 + (-1.702 * self.off(x, y)).exp());
        (0..61 * 61).map(|i| value(f64::from(i % 61), f64::from(i / 61)).round() as u8).collect()
    }
}

/// Root mean square and worst distance from the true line, and the worst sine of the turn.
fn errors(refinement: Option<Refinement>) -> [f64; 3] {
    let mut random = Random::new("steps_are_found_to_a_fraction_of_a_pixel");
    let (mut square, mut turn, mut worst, mut count) = (0.0, 0.0_f64, 0.0_f64, 0.0);
    for step in (0..60).map(|_| Step::random(&mut random)).collect::<Vec<_>>() {
        let values = step.picture();
        let grey = Grey::new(&values, 61, 61).unwrap();
        let canny = Canny { norm: Norm::Euclidean, ..Canny::new(100.0, 200.0) };
        let edges = canny.edges(grey, &Context::default()).unwrap();
        let method = refinement.unwrap_or_default();
        for point in points(&edges, grey, Aperture::Three, method, &Context::default()).unwrap() {
            let (x, y) = (f64::from(point.x), f64::from(point.y));
            if x.min(y) < 2.0 || x.max(y) > 58.0 {
                continue;
            }
            let off = if refinement.is_none() { step.off(x.round(), y.round()) } else { step.off(x, y) };
            turn = turn.max((f64::from(point.orientation) - step.towards).sin().abs());
            worst = worst.max(off.abs());
            (square, count) = (square + off * off, count + 1.0);
        }
    }
    [(square / count).sqrt(), worst, turn]
}

#[test]
fn steps_are_found_to_a_fraction_of_a_pixel() {
    let whole = errors(None);
    let along = errors(Some(Refinement::AlongGradient));
    let axis = errors(Some(Refinement::AlongAxis));
    assert!(along[0] < 0.06 && along[1] < 0.15 && along[2] < 0.03, "{along:?}");
    assert!(axis[0] < 0.1 && axis[1] < 0.4 && axis[2] < 0.03, "{axis:?}");
    assert!(whole[0] > 4.0 * along[0]);
}

#[test]
fn a_straight_step_between_two_pixels_is_found_there() {
    for (values, expected) in [([10, 10, 10, 110, 110, 110], 2.5), ([10, 10, 10, 60, 110, 110], 3.0)] {
        let picture: Vec<u8> = values.repeat(5);
        let grey = Grey::new(&picture, 6, 5).unwrap();
        let edges = Canny::new(50.0, 100.0).edges(grey, &Context::default()).unwrap();
        let found =
            points(&edges, grey, Aperture::Three, Refinement::AlongGradient, &Context::default()).unwrap();
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|p| (p.x - expected).abs() < 1e-6 && p.orientation == 0.0), "{found:?}");
    }
}

#[test]
fn points_come_in_order_whatever_the_threads() {
    let mut random = Random::new("points_come_in_order_whatever_the_threads");
    for (width, height) in [(1, 1), (1, 200), (90, 1), (131, 210)] {
        let values: Vec<u8> = (0..width * height).map(|_| random.next() as u8).collect();
        let grey = Grey::new(&values, width, height).unwrap();
        for aperture in [Aperture::Three, Aperture::Five, Aperture::Seven] {
            let edges = Canny { aperture, ..Canny::new(0.0, 10.0) }.edges(grey, &Context::default()).unwrap();
            let found = |threads, level| {
                points(&edges, grey, aperture, Refinement::AlongGradient, &on(level, threads)).unwrap()
            };
            let one = found(1, Level::PLAIN);
            assert_eq!(one, found(2, Level::detect()), "{random}");
            assert_eq!(one, found(5, Level::detect()), "{random}");
            assert_eq!(one.len(), edges.count());
            let inside = |v: f32, len: usize| v >= -0.5 && v <= len as f32 - 0.5;
            assert!(one.iter().all(|p| inside(p.x, width) && inside(p.y, height)));
        }
    }
}

#[test]
fn angles_are_arctangents() {
    let mut random = Random::new("angles_are_arctangents");
    let mut part =
        || (random.below(20_001) as f32 - 10_000.0) / if random.unit() < 0.3 { 10_000.0 } else { 1.0 };
    let pairs = (0..20_000).map(|_| (part(), part()));
    let corners = [-5.0, 0.0, 5.0].into_iter().flat_map(|x| [-5.0, 0.0, 5.0].map(|y| (x, y)));
    for (dx, dy) in pairs.chain(corners) {
        let (found, expected) = (angle(dx, dy), f64::from(dy).atan2(f64::from(dx)));
        assert!((f64::from(found) - expected).abs() < 4e-7, "{dx}, {dy}: {found} for {expected}");
    }
}
