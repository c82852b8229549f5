//! Ink wash as an operator.

use super::InkWash;
use crate::op::paint::tests::{painted, picture, robust, same_for_all_levels_and_threads};
use crate::pixel::Layout;

#[test]
fn half_of_the_sheet_is_paper_and_the_dark_half_is_ink() {
    let out = painted(&InkWash, &[], picture(240, 160, Layout::Rgb));
    let light = |x: usize, y: usize| i32::from(out[(y * 240 + x) * 3]);
    let mean = |from: usize| -> i32 {
        (0..100).map(|k| light(from + k % 10 * 4, 60 + k / 10 * 4)).sum::<i32>() / 100
    };
    assert!(mean(20) + 12 < mean(200), "{} {}", mean(20), mean(200));
    let bare = out.chunks_exact(3).filter(|pixel| pixel[0] > 215).count();
    assert!(bare * 5 > out.len() / 3 * 2, "{bare}");
}

#[test]
fn an_even_picture_is_bare_paper() {
    let even = crate::pixel::Picture::new(
        crate::pixel::Size::new(64, 48).unwrap(),
        Layout::Rgb,
        vec![90u8; 64 * 48 * 3],
    );
    let out = painted(&InkWash, &[("lines", "0"), ("mist", "0")], even.unwrap());
    assert!(out.iter().all(|v| *v > 190), "{:?}", out.iter().min());
}

#[test]
fn every_size_and_layout_will_do() {
    robust(&InkWash, &[("colour", "0.5")]);
    robust(&InkWash, &[("lines", "0"), ("strokes", "0"), ("bleed", "0")]);
}

#[test]
fn the_bytes_are_those_of_one_thread_and_the_plain_level() {
    same_for_all_levels_and_threads(&InkWash, &[("colour", "0.3")]);
}
