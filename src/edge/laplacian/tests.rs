use super::*;
use crate::edge::test_context::on;
use crate::kernel::Level;
use crate::pixel::Size;
use crate::test_support::Random;

fn noise(name: &str, width: u32, height: u32) -> Plane {
    let mut random = Random::new(name);
    Plane::from_fn(Size::new(width, height).unwrap(), |_, _| random.unit())
}

/// A window of two dimensions at one pixel, summed in full.
fn naive(plane: &Plane, window: impl Fn(f64, f64) -> f64, margin: isize, x: usize, y: usize) -> f64 {
    let place = |i, len| Border::Replicate.place(i, len);
    let mut sum = 0.0;
    for j in -margin..=margin {
        for i in -margin..=margin {
            let row = plane.row(place(y as isize + j, plane.size().height()));
            sum += window(i as f64, j as f64) * f64::from(row[place(x as isize + i, plane.size().width())]);
        }
    }
    255.0 * sum
}

#[test]
fn both_filters_are_their_definitions() {
    for (width, height) in [(1, 1), (1, 20), (23, 1), (40, 71)] {
        let plane = noise("both_filters_are_their_definitions", width, height);
        let sigma = 1.5_f64;
        let log = laplacian_of_gaussian(&plane, sigma, &Context::default()).unwrap();
        let dog = difference_of_gaussians(&plane, sigma, 1.6, &Context::default()).unwrap();
        let bell = |s: f64, i: f64, j: f64| {
            (-(i * i + j * j) / (2.0 * s * s)).exp() / (std::f64::consts::TAU * s * s)
        };
        for at in (0..plane.samples().len()).step_by(7) {
            let (x, y) = (at % width as usize, at / width as usize);
            let bend = |i: f64, j: f64| ((i * i + j * j) / (sigma * sigma) - 2.0) * bell(sigma, i, j);
            let (found, expected) = (f64::from(log.values()[at]), naive(&plane, bend, 8, x, y));
            assert!((found - expected).abs() < 0.6, "{found} for {expected}");
            // The blur of the house mirrors at the border, so its definition is looked for inside.
            if x >= 12 && y >= 12 && x + 12 < width as usize && y + 12 < height as usize {
                let expected = naive(&plane, |i, j| bell(1.6 * sigma, i, j) - bell(sigma, i, j), 12, x, y);
                let found = f64::from(dog.values()[at]);
                assert!((found - expected).abs() < 0.3, "{found} for {expected}");
            }
        }
    }
}

#[test]
fn a_wide_window_is_a_narrow_one_on_a_blurred_picture() {
    let plane = Plane::from_fn(Size::new(200, 200).unwrap(), |x, y| {
        if (x as f32 - 90.0).hypot(y as f32 - 110.0) < 40.0 { 0.8 } else { 0.2 }
    });
    let wide = laplacian_of_gaussian(&plane, 9.0, &Context::default()).unwrap();
    let direct = bent(&plane, 9.0, 255.0 * 81.0, &Context::default()).unwrap();
    let inside = (0..200 * 200).filter(|i| (40..160).contains(&(i % 200)) && (40..160).contains(&(i / 200)));
    let worst = inside.map(|i| (wide.values()[i] - direct.values()[i]).abs()).fold(0.0, f32::max);
    assert!(worst < 0.5, "{worst} of values up to about 40");
}

#[test]
fn crossings_are_their_definition_and_do_not_depend_on_threads_or_level() {
    let (width, height) = (131, 140);
    let plane = noise("crossings_are_their_definition", 131, 140);
    let response = laplacian_of_gaussian(&plane, 1.0, &Context::default()).unwrap();
    let swing = response.mean_swing(&Context::default()).unwrap();
    let at = |x: isize, y: isize| {
        let place = (x.clamp(0, width as isize - 1), y.clamp(0, height as isize - 1));
        response.values()[place.1 as usize * width + place.0 as usize]
    };
    let least = 30.0;
    for (level, threads) in Level::available().into_iter().flat_map(|level| [1, 2, 5].map(|n| (level, n))) {
        let context = on(level, threads);
        assert_eq!(laplacian_of_gaussian(&plane, 1.0, &context).unwrap(), response);
        assert_eq!(response.mean_swing(&context).unwrap(), swing);
        let found = response.zero_crossings(least, &context).unwrap();
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let (i, j) = (x as isize, y as isize);
            let here = at(i, j);
            let crosses = |there: f32| (here < 0.0) != (there < 0.0) && (here - there).abs() > least;
            let before = [at(i - 1, j), at(i, j - 1)].iter().any(|v| crosses(*v) && here.abs() < v.abs());
            let after = [at(i + 1, j), at(i, j + 1)].iter().any(|v| crosses(*v) && here.abs() <= v.abs());
            assert_eq!(found.is_edge(x, y), before || after, "{x}, {y}");
        }
    }
}

fn is_closed(edges: &EdgeMap, side: usize) -> bool {
    let (mut seen, mut list) = (vec![false; side * side], vec![(0, 0)]);
    while let Some((x, y)) = list.pop() {
        if x < side && y < side && !edges.is_edge(x, y) && !std::mem::replace(&mut seen[y * side + x], true) {
            list.extend([(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))]);
        }
    }
    !seen[side / 2 * side + side / 2]
}

#[test]
fn a_disc_has_one_closed_outline() {
    let side = 80;
    let inside = |x: usize, y: usize| (x as f64 - 39.3).hypot(y as f64 - 40.1) < 22.0;
    let plane =
        Plane::from_fn(Size::new(80, 80).unwrap(), |x, y| if inside(x, y) { 190.0 } else { 50.0 } / 255.0);
    let log = laplacian_of_gaussian(&plane, 2.0, &Context::default()).unwrap();
    let dog = difference_of_gaussians(&plane, 1.6, 1.6, &Context::default()).unwrap();
    for response in [log, dog] {
        let found = response.zero_crossings(5.0, &Context::default()).unwrap();
        for (x, y) in (0..side).flat_map(|y| found.columns(y).map(move |x| (x, y))) {
            let radius = (x as f64 - 39.3).hypot(y as f64 - 40.1);
            assert!((radius - 22.0).abs() < 1.2, "{x}, {y} at {radius}");
        }
        assert!(is_closed(&found, side), "no way from the corner to the middle by sides of pixels");
    }
}

#[test]
fn scales_have_bounds() {
    let plane = Plane::filled(Size::new(1, 1).unwrap(), 0.0);
    for sigma in [0.0, -1.0, 100.0, f64::NAN] {
        assert!(laplacian_of_gaussian(&plane, sigma, &Context::default()).is_err());
        assert!(difference_of_gaussians(&plane, sigma, 1.6, &Context::default()).is_err());
    }
    assert!(difference_of_gaussians(&plane, 1.0, 1.0, &Context::default()).is_err());
}
