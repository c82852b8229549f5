use super::*;
use crate::pixel::Layout;

fn grey(side: u32, value: impl Fn(usize, usize) -> u8) -> Picture {
    let size = Size::new(side, side).unwrap();
    let samples: Vec<u8> = (0..size.pixels()).map(|i| value(i % side as usize, i / side as usize)).collect();
    Picture::new(size, Layout::Grey, samples).unwrap()
}

fn mean(a: &Picture, b: &Picture, degree: f32) -> f64 {
    scielab(a, b, degree, &Context::default()).unwrap().mean
}

#[test]
fn the_inverse_is_one() {
    for i in 0..3 {
        let unit = std::array::from_fn(|c| if c == i { 1.0 } else { 0.0 });
        let back = apply(&FROM_OPPONENT, apply(&TO_OPPONENT, unit));
        (0..3).for_each(|c| assert!((back[c] - unit[c]).abs() < 1e-4, "{back:?}"));
    }
}

#[test]
fn a_picture_is_like_itself() {
    let picture = grey(40, |x, y| (x * 5 + y) as u8);
    assert_eq!(mean(&picture, &picture, 40.0), 0.0);
}

#[test]
fn flat_colours_differ_as_in_cielab() {
    // L* of sRGB grey 119 is 50.03, that of 118 is 49.63.
    let (a, b) = (grey(64, |_, _| 119), grey(64, |_, _| 118));
    assert!((mean(&a, &b, 40.0) - 0.40).abs() < 0.02, "{}", mean(&a, &b, 40.0));
    let black = grey(64, |_, _| 0);
    let white = grey(64, |_, _| 255);
    assert!((mean(&black, &white, 40.0) - 100.0).abs() < 0.1);
}

#[test]
fn a_chequerboard_is_grey_from_afar() {
    let board = grey(128, |x, y| if (x + y) % 2 == 0 { 255 } else { 0 });
    // Half the light of white.
    let middle = grey(128, |_, _| 188);
    let wrong = grey(128, |_, _| 128);
    let at = |degree| mean(&board, &middle, degree);
    assert!(at(5.0) > 20.0 && at(80.0) < 0.3, "{} near, {} far", at(5.0), at(80.0));
    assert!(at(5.0) > at(20.0) && at(20.0) > at(40.0) && at(40.0) > at(80.0));
    assert!(mean(&board, &wrong, 80.0) > 15.0, "half the code value is not half the light");
}

#[test]
fn coarse_grain_is_seen_better_than_fine() {
    let board =
        |cell: usize| grey(128, move |x, y| if (x / cell + y / cell).is_multiple_of(2) { 200 } else { 100 });
    let flat = grey(128, |_, _| 160);
    let at = |cell| mean(&board(cell), &flat, 40.0);
    assert!(at(1) < at(2) && at(2) < at(4), "{} {} {}", at(1), at(2), at(4));
}

#[test]
fn one_pixel_can_be_seen() {
    let (a, b) = (grey(1, |_, _| 0), grey(1, |_, _| 255));
    let difference = scielab(&a, &b, 40.0, &Context::default()).unwrap();
    assert!((difference.mean - 100.0).abs() < 0.1 && difference.p95 == difference.mean.clamp(99.0, 101.0));
}
