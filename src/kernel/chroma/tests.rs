//! The search of the gamut against `f64`, and what the operations on chroma promise.

use super::*;
use crate::kernel::{Level, oklab};
use crate::test_support::Random;

/// Linear red, green, blue of an Oklab colour in `f64`.
fn linear([l, a, b]: [f64; 3]) -> [f64; 3] {
    let apply = |m: &[[f32; 3]; 3], v: [f64; 3]| {
        m.map(|row| f64::from(row[0]) * v[0] + f64::from(row[1]) * v[1] + f64::from(row[2]) * v[2])
    };
    apply(&FROM_LMS, apply(&FROM_LAB, [l, a, b]).map(|v| v * v * v))
}

fn excess(lab: [f64; 3]) -> f64 {
    linear(lab).into_iter().map(|v| (v - 1.0).max(-v)).fold(f64::MIN, f64::max)
}

/// Random colours of sRGB as rows of Oklab.
fn colours(random: &mut Random, count: usize) -> [Vec<f32>; 3] {
    let [mut l, mut a, mut b] = [(); 3].map(|()| (0..count).map(|_| random.unit()).collect::<Vec<_>>());
    oklab::linear_to_oklab(Level::PLAIN, &mut l, &mut a, &mut b);
    [l, a, b]
}

fn chroma(a: f32, b: f32) -> f32 {
    a.hypot(b)
}

/// The greatest chroma at a lightness and hue by small steps from grey, in `f64`.
fn most(l: f64, hue: [f64; 2]) -> f64 {
    let slack = f64::from(SLACK);
    let steps = (0..20_000).map(|i| f64::from(i) * 2e-5);
    steps.take_while(|c| excess([l, c * hue[0], c * hue[1]]) <= slack).last().unwrap_or(0.0)
}

#[test]
fn the_most_chroma_is_found() {
    let mut random = Random::new("most");
    for _ in 0..20 {
        let mut found = Colours { l: [0.0; LANES], chroma: [0.0; LANES], hue: [[0.0; LANES]; 2] };
        for i in 0..LANES {
            let angle = random.unit() * std::f32::consts::TAU;
            found.l[i] = 0.02 + 0.96 * random.unit();
            (found.hue[0][i], found.hue[1][i]) = (angle.cos(), angle.sin());
        }
        for (i, got) in found.most().into_iter().enumerate() {
            let hue = [found.hue[0][i], found.hue[1][i]].map(f64::from);
            let want = most(f64::from(found.l[i]), hue);
            assert!((f64::from(got) - want).abs() < 1e-3, "{got} against {want} at {}, {random}", found.l[i]);
        }
    }
}

#[test]
fn what_is_in_the_gamut_stays_as_it_is() {
    let mut random = Random::new("fit");
    let before = colours(&mut random, 5000);
    let [l, mut a, mut b] = before.clone();
    fit(Level::PLAIN, &l, &mut a, &mut b);
    for (after, before) in [l, a, b].iter().flatten().zip(before.iter().flatten()) {
        assert!((after - before).abs() < 3e-5, "{after} {before}, {random}");
    }
}

#[test]
fn what_lies_outside_comes_in_at_its_lightness_and_hue() {
    let mut random = Random::new("outside");
    let count = 3001;
    let l0: Vec<f32> = (0..count).map(|_| random.unit()).collect();
    let [a0, b0] = [(); 2].map(|()| (0..count).map(|_| random.unit() - 0.5).collect::<Vec<f32>>());
    let (l, mut a, mut b) = (l0.clone(), a0.clone(), b0.clone());
    fit(Level::PLAIN, &l, &mut a, &mut b);
    assert_eq!(l, l0);
    for i in 0..count {
        let lab = [l[i], a[i], b[i]].map(f64::from);
        assert!(excess(lab) < 2e-5, "{lab:?} is {} outside, {random}", excess(lab));
        assert!((a[i] * b0[i] - b[i] * a0[i]).abs() < 1e-6, "another hue, {random}");
        assert!(a[i] * a0[i] >= 0.0 && b[i] * b0[i] >= 0.0);
    }
}

#[test]
fn saturation_keeps_lightness_hue_and_gamut() {
    let mut random = Random::new("saturate");
    let [l0, a0, b0] = colours(&mut random, 2000);
    for (saturation, vibrance) in [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (-0.5, 0.3), (0.4, -1.0), (0.0, 0.0)] {
        let (l, mut a, mut b) = (l0.clone(), a0.clone(), b0.clone());
        saturate(Level::PLAIN, &l, &mut a, &mut b, Saturate { saturation, vibrance, skin: 0.5 });
        assert_eq!(l, l0);
        for i in 0..l.len() {
            assert!((a[i] * b0[i] - b[i] * a0[i]).abs() < 1e-6, "another hue, {random}");
            assert!(excess([l[i], a[i], b[i]].map(f64::from)) < 2e-5, "outside, {random}");
            let (before, after) = (chroma(a0[i], b0[i]), chroma(a[i], b[i]));
            if saturation >= 0.0 && vibrance >= 0.0 {
                assert!(after >= before - 3e-5, "weaker: {before} to {after}, {random}");
            }
        }
    }
    let (l, mut a, mut b) = (l0, a0, b0);
    saturate(Level::PLAIN, &l, &mut a, &mut b, Saturate { saturation: -1.0, vibrance: 0.0, skin: 0.0 });
    assert!(a.iter().chain(&b).all(|v| *v == 0.0), "grey");
}

#[test]
fn no_colour_passes_another() {
    const COUNT: usize = 400;
    for (saturation, vibrance) in [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, -1.0)] {
        for turn in 0..12u8 {
            let angle = f32::from(turn) * 0.52;
            let l = vec![0.3 + f32::from(turn) / 24.0; COUNT];
            let along =
                |unit: f32| (0..COUNT).map(|i| unit * i as f32 * (0.33 / COUNT as f32)).collect::<Vec<_>>();
            let (mut a, mut b) = (along(angle.cos()), along(angle.sin()));
            saturate(Level::PLAIN, &l, &mut a, &mut b, Saturate { saturation, vibrance, skin: 0.0 });
            for i in 1..COUNT {
                let [before, after] = [i - 1, i].map(|i| chroma(a[i], b[i]));
                assert!(after >= before - 3e-5, "{before} then {after} at step {i}");
            }
        }
    }
}

#[test]
fn skin_is_kept_and_grass_is_not() {
    let skin_tones = ["#e8beac", "#c68642", "#8d5524", "#f1c9a5", "#5c3a21"];
    let others = ["#4a7a3a", "#3a6ea5", "#7a4a8a", "#b0b4b8", "#ff8c00"];
    let weight = |hex: &str| {
        let [_, a, b] = hex.parse::<crate::color::Rgb>().unwrap().to(crate::pixel::Encoding::Oklab);
        let chroma = a.hypot(b);
        skin(chroma, [a / chroma, b / chroma])
    };
    for hex in skin_tones {
        assert!(weight(hex) > 0.6, "{hex}: {}", weight(hex));
    }
    for hex in others {
        assert!(weight(hex) < 0.2, "{hex}: {}", weight(hex));
    }
}

#[test]
fn hostile_numbers_do_no_harm() {
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30, 0.0, 1e-30] {
        let (l, mut a, mut b) = (vec![value; 20], vec![value; 20], vec![-value; 20]);
        saturate(Level::PLAIN, &l, &mut a, &mut b, Saturate { saturation: 1.0, vibrance: 1.0, skin: 1.0 });
        tint(Level::PLAIN, &l, &mut a, &mut b, &[[0.1, 0.1]; 4], 0.5);
        turn(Level::PLAIN, &l, &mut a, &mut b, 0.0, 1.0);
    }
}
