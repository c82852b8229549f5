//! Every kernel on every CPU level against the plain one and against exact arithmetic: random rows from a
//! printed seed, widths around the vector sizes.

use super::chroma::{self, Saturate};
use super::interleave::Store;
use super::{Level, blend, lightness, lut, oklab, point, tone, transfer};
use crate::test_support::Random;

/// Around 4, 8, 16 and 32 lanes, one pixel, and nothing.
const WIDTHS: [usize; 16] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 257];

fn rows(random: &mut Random, width: usize) -> [Vec<f32>; 3] {
    std::array::from_fn(|_| (0..width).map(|_| random.unit() * 1.2 - 0.1).collect())
}

/// Run `kernel` on every level and insist on the bits of the plain one.
fn same_bits(name: &str, kernel: impl Fn(Level, &mut [Vec<f32>; 3])) {
    let mut random = Random::new(name);
    for width in WIDTHS {
        let input = rows(&mut random, width);
        let run = |level| {
            let mut rows = input.clone();
            kernel(level, &mut rows);
            rows.map(|row| row.iter().map(|v| v.to_bits()).collect::<Vec<_>>())
        };
        let plain = run(Level::PLAIN);
        for level in Level::available() {
            assert_eq!(run(level), plain, "{name} at level {level}, width {width}, {random}");
        }
    }
}

#[test]
fn every_level_gives_the_plain_bits() {
    same_bits("srgb_to_linear", |level, [a, ..]| transfer::srgb_to_linear(level, a));
    same_bits("linear_to_srgb", |level, [a, ..]| transfer::linear_to_srgb(level, a));
    same_bits("linear_to_oklab", |level, [a, b, c]| oklab::linear_to_oklab(level, a, b, c));
    let matrix = [[1.2, -0.1, 0.3], [0.1, 0.7, -0.2], [0.0, 0.4, 0.9]];
    same_bits("mix", |level, [a, b, c]| point::mix(level, a, b, c, &matrix));
    let curve = std::array::from_fn(|i| (i as f32 / tone::STEPS as f32).sqrt());
    same_bits("curve", |level, [a, ..]| tone::curve(level, a, &curve));
    same_bits("curve_keeping_hue", |level, [a, b, c]| tone::curve_keeping_hue(level, a, b, c, &curve));
    let by = Saturate { saturation: 0.4, vibrance: 0.5, skin: 0.7 };
    same_bits("saturate", |level, [a, b, c]| chroma::saturate(level, a, b, c, by));
    let offsets = [[0.0, 0.1], [-0.1, 0.05], [0.02, 0.0]];
    same_bits("tint", |level, [a, b, c]| chroma::tint(level, a, b, c, &offsets, 0.5));
    same_bits("turn", |level, [a, b, c]| chroma::turn(level, a, b, c, 0.6, 0.8));
    same_bits("fit", |level, [a, b, c]| chroma::fit(level, a, b, c));
    let points: Vec<_> =
        (0..27).map(|i: u8| [0, 1, 2, 3].map(|c: u8| f32::from(i * 7 + c * 5) / 200.0)).collect();
    let grid = lut::Grid { size: 3, from: [0.0, 0.1, 0.0], scale: [1.0, 1.1, 0.9] };
    same_bits("cube", |level, [a, b, c]| lut::cube(level, a, b, c, &points, grid, 0.8));
    same_bits("line", |level, [a, ..]| lut::line(level, a, &points, 1, -0.05, 0.9, 0.8));
    same_bits("bring_in", |level, [a, b, c]| point::bring_in(level, a, b, c));
    same_bits("scale", |level, [a, ..]| point::scale(level, a, 1.7));
    let table = [[0.1, 0.2, -0.1], [0.5, 0.0, 0.1], [0.9, -0.1, 0.0]];
    same_bits("look_up", |level, [a, b, c]| point::look_up(level, a, b, c, &table, 0.7));
    same_bits("lightness", |level, [a, b, c]| {
        let mut out = vec![0.0; a.len()];
        lightness::lightness(level, a, b, c, &mut out);
        a.copy_from_slice(&out);
    });
    same_bits("relight", |level, [a, b, c]| {
        let (old, new) = (a.clone(), b.clone());
        lightness::relight(level, a, b, c, &old, &new);
    });
    same_bits("balance", |level, [a, b, c]| lightness::balance(level, a, b, c, [1.1, 1.0, 0.8]));
    type Mode = fn(Level, &[f32], &mut [f32], &[f32]);
    let modes: [(&str, Mode); 12] = [
        ("normal", blend::normal),
        ("add", blend::add),
        ("multiply", blend::multiply),
        ("screen", blend::screen),
        ("overlay", blend::overlay),
        ("hard_light", blend::hard_light),
        ("soft_light", blend::soft_light),
        ("darken", blend::darken),
        ("lighten", blend::lighten),
        ("color_dodge", blend::color_dodge),
        ("color_burn", blend::color_burn),
        ("difference", blend::difference),
    ];
    for (name, mode) in modes {
        same_bits(name, |level, [a, b, c]| mode(level, b, a, c));
    }
    same_bits("weigh_alpha", |level, [a, b, c]| blend::weigh_alpha(level, b, a, c));
    same_bits("oklab_to_linear", |level, [a, b, c]| oklab::oklab_to_linear(level, a, b, c));
}

#[test]
fn every_level_interleaves_alike() {
    let mut random = Random::new("interleave");
    for width in WIDTHS {
        for channels in 1..=4 {
            let pixels: Vec<u16> = (0..width * channels).map(|_| random.below(65_536) as u16).collect();
            for level in Level::available() {
                let mut back = vec![0u16; pixels.len()];
                for channel in 0..channels {
                    let mut row = vec![0.0; width];
                    u16::take(level, &pixels, channels, channel, &mut row);
                    u16::put(level, &row, channels, channel, &mut back);
                }
                assert_eq!(back, pixels, "level {level}, width {width}, {channels} channels, {random}");
            }
        }
    }
}

#[test]
fn bytes_survive_the_way_through_f32() {
    let bytes: Vec<u8> = (0..=255).collect();
    let (mut row, mut back) = (vec![0.0; 256], vec![0; 256]);
    u8::take(Level::detect(), &bytes, 1, 0, &mut row);
    u8::put(Level::detect(), &row, 1, 0, &mut back);
    assert_eq!(back, bytes);
    u8::put(Level::detect(), &[-1.0, 2.0, f32::NAN, 0.5], 1, 0, &mut back[..4]);
    assert_eq!(back[..4], [0, 255, 0, 128], "clamped, and not a number is black");
}

/// The curve of IEC 61966-2-1 in `f64`.
fn exact_decode(v: f64) -> f64 {
    if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn exact_encode(v: f64) -> f64 {
    if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

#[test]
fn the_curves_are_within_a_millionth() {
    const STEPS: usize = 1 << 20;
    let input: Vec<f32> = (0..=STEPS).map(|i| i as f32 / STEPS as f32).collect();
    let worst = |kernel: fn(Level, &mut [f32]), exact: fn(f64) -> f64| {
        let mut row = input.clone();
        kernel(Level::detect(), &mut row);
        row.iter().zip(&input).map(|(y, x)| (f64::from(*y) - exact(f64::from(*x))).abs()).fold(0.0, f64::max)
    };
    let (decode, encode) =
        (worst(transfer::srgb_to_linear, exact_decode), worst(transfer::linear_to_srgb, exact_encode));
    assert!(decode < 1e-6 && encode < 1e-6, "decode {decode:e}, encode {encode:e}");
}

fn exact_oklab(rgb: [f64; 3]) -> [f64; 3] {
    let apply =
        |m: &[[f32; 3]; 3], v: [f64; 3]| m.map(|row| (0..3).map(|i| f64::from(row[i]) * v[i]).sum::<f64>());
    apply(&oklab::TO_LAB, apply(&oklab::TO_LMS, rgb).map(f64::cbrt))
}

#[test]
fn oklab_is_within_a_millionth_and_comes_back() {
    let mut random = Random::new("oklab");
    let input: [Vec<f32>; 3] = std::array::from_fn(|_| (0..100_000).map(|_| random.unit()).collect());
    let [mut c0, mut c1, mut c2] = input.clone();
    oklab::linear_to_oklab(Level::detect(), &mut c0, &mut c1, &mut c2);
    for i in 0..c0.len() {
        let exact = exact_oklab([0, 1, 2].map(|c: usize| f64::from(input[c][i])));
        for (fast, exact) in [c0[i], c1[i], c2[i]].into_iter().zip(exact) {
            assert!((f64::from(fast) - exact).abs() < 1e-6, "pixel {i}: {fast} against {exact}, {random}");
        }
    }
    oklab::oklab_to_linear(Level::detect(), &mut c0, &mut c1, &mut c2);
    for (row, input) in [c0, c1, c2].iter().zip(&input) {
        let worst = row.iter().zip(input).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst < 5e-6, "comes back to within {worst:e}, {random}");
    }
}

#[test]
fn published_oklab_values() {
    // White, and red as the sRGB primaries give it, from Ottosson's page.
    let (mut l, mut a, mut b) = ([1.0, 1.0], [1.0, 0.0], [1.0, 0.0]);
    oklab::linear_to_oklab(Level::PLAIN, &mut l, &mut a, &mut b);
    for (got, want) in [(l[0], 1.0), (a[0], 0.0), (b[0], 0.0), (l[1], 0.628), (a[1], 0.225), (b[1], 0.126)] {
        assert!((got - want).abs() < 5e-4, "{got} against {want}");
    }
}
