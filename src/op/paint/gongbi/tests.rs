//! The careful manner as an operator.

use super::Gongbi;
use crate::op::paint::tests::{painted, picture, robust, same_for_all_levels_and_threads};
use crate::pixel::{Layout, Picture};

#[test]
fn blue_and_green_is_cooler_than_all_pigments() {
    let mean = |values: &[(&str, &str)]| {
        let out = painted(&Gongbi, values, picture(200, 120, Layout::Rgb));
        let sum: i64 = out.chunks_exact(3).map(|p| i64::from(p[2]) - i64::from(p[0])).sum();
        sum / (out.len() as i64 / 3)
    };
    let (all, cool) = (mean(&[]), mean(&[("palette", "blue_green")]));
    assert!(cool > all, "{cool} {all}");
}

#[test]
fn bare_silk_has_the_colour_of_silk_and_the_subject_has_its_own() {
    let (w, h) = (160usize, 120usize);
    let inside = |x: usize, y: usize| x.abs_diff(80).pow(2) + y.abs_diff(60).pow(2) < 30 * 30;
    let colour = |i: usize| if inside(i % w, i / w) { [190u8, 30, 40] } else { [120, 122, 119] };
    let samples: Vec<u8> = (0..w * h).flat_map(colour).collect();
    let size = crate::pixel::Size::from_usize(w, h).unwrap();
    let out = painted(&Gongbi, &[("blank", "1")], Picture::new(size, Layout::Rgb, samples).unwrap());
    let at = |x: usize, y: usize, c: usize| i32::from(out[(y * w + x) * 3 + c]);
    for (c, silk) in [0xd9, 0xc3, 0x9a].into_iter().enumerate() {
        assert!((at(150, 10, c) - silk).abs() < 25, "{c}: {}", at(150, 10, c));
    }
    assert!(at(80, 60, 0) > at(80, 60, 1) + 60, "cinnabar stays red");
}

#[test]
fn every_size_and_layout_will_do() {
    robust(&Gongbi, &[]);
    robust(&Gongbi, &[("palette", "blue_green"), ("gradation", "0"), ("lines", "0"), ("gold", "1")]);
}

#[test]
fn the_bytes_are_those_of_one_thread_and_the_plain_level() {
    same_for_all_levels_and_threads(&Gongbi, &[("palette", "blue_green")]);
}
