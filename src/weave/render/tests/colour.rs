//! Colours and light.

use super::*;
use crate::weave::render::Window;
use crate::weave::render::encode::linear;

/// The mean of a picture in linear light.
fn mean(rgb: &[u8]) -> [f32; 3] {
    let light: Vec<[f32; 3]> = (0..=255).map(|v| linear([v; 3])).collect();
    let mut sum = [0.0f64; 3];
    for pixel in rgb.chunks_exact(3) {
        for (sum, &byte) in sum.iter_mut().zip(pixel) {
            *sum += f64::from(light[usize::from(byte)][0]);
        }
    }
    sum.map(|v| (v * 3.0 / rgb.len() as f64) as f32)
}

/// CIELAB of linear sRGB light.
fn lab(rgb: [f32; 3]) -> [f32; 3] {
    let f = |t: f32| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let row = |m: [f32; 3]| m[0] * rgb[0] + m[1] * rgb[1] + m[2] * rgb[2];
    let x = f(row([0.412_456_4, 0.357_576_1, 0.180_437_5]) / 0.950_47);
    let y = f(row([0.212_672_9, 0.715_152_2, 0.072_175]));
    let z = f(row([0.019_333_9, 0.119_192, 0.950_304_1]) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000, after Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula" (2005).
fn delta(a: [f32; 3], b: [f32; 3]) -> f32 {
    let c = |v: [f32; 3]| v[1].hypot(v[2]);
    let c7 = ((c(a) + c(b)) / 2.0).powi(7);
    let g = 0.5 * (1.0 - (c7 / (c7 + 25f32.powi(7))).sqrt());
    let (a1, b1) = ((1.0 + g) * a[1], (1.0 + g) * b[1]);
    let (ca, cb) = (a1.hypot(a[2]), b1.hypot(b[2]));
    let hue = |y: f32, x: f32| y.atan2(x).to_degrees().rem_euclid(360.0);
    let (ha, hb) = (hue(a[2], a1), hue(b[2], b1));
    let turn = (hb - ha + 540.0).rem_euclid(360.0) - 180.0;
    let dh = 2.0 * (ca * cb).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, ch, h) = ((a[0] + b[0]) / 2.0, (ca + cb) / 2.0, ha + turn / 2.0);
    let cos = |degrees: f32| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.2 * cos(4.0 * h - 63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * ch, 1.0 + 0.015 * ch * t);
    let ch7 = ch.powi(7);
    let bend = (-(((h.rem_euclid(360.0) - 275.0) / 25.0).powi(2))).exp();
    let rt = -2.0 * (ch7 / (ch7 + 25f32.powi(7))).sqrt() * (60.0 * bend).to_radians().sin();
    let (x, y, z) = ((b[0] - a[0]) / sl, (cb - ca) / sc, dh / sh);
    (x * x + y * y + z * z + rt * y * z).sqrt()
}

#[test]
fn the_measure_of_colour_agrees_with_published_pairs() {
    for (a, b, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441),
    ] {
        assert!((delta(a, b) - expected).abs() < 2e-3, "{} {expected}", delta(a, b));
    }
}

/// The colour of a cloth by its crossings.
fn mix(cloth: &Cloth) -> [f32; 3] {
    let face = face(cloth);
    let mut bytes = Vec::new();
    for (row, column) in (0..face.rows()).flat_map(|r| (0..face.columns()).map(move |c| (r, c))) {
        bytes.extend(cloth.yarns[usize::from(face.yarn(cloth, row, column))].colour);
    }
    mean(&bytes)
}

const OTHER: [u8; 3] = [150, 60, 40];

/// A cloth in which most of what is seen, or half of it, is of this colour.
fn weave(kind: usize, colour: [u8; 3]) -> Cloth {
    match kind {
        0 => satin(true, [colour, OTHER]),
        1 => satin(false, [OTHER, colour]),
        2 => cloth(64, 64, [colour, OTHER], |p, e| (p + e) % 2 == 0),
        _ => cloth(63, 63, [OTHER, colour], |p, e| (p + 2 * e) % 3 == 0),
    }
}

/// The worst difference between the mean of a cloth and the mean of its yarns, at so many pixels a thread.
fn worst_mean(scale: usize, colours: &[[u8; 3]]) -> (f32, String) {
    let mut worst = (0.0f32, String::new());
    let each =
        colours.iter().flat_map(|c| Fibre::ALL.iter().flat_map(move |f| (0..4).map(move |w| (*c, *f, w))));
    for (colour, fibre, kind) in each {
        let mut cloth = weave(kind, colour);
        for yarn in cloth.yarns.iter_mut().filter(|yarn| yarn.colour == colour) {
            yarn.fibre = fibre;
        }
        // A whole number of repeats of every weave.
        let window = Window { left: 0.0, top: 0.0, across: 48.0, down: 48.0 };
        let drawn = draw(&cloth, &View::of(size(48 * scale, 48 * scale), window));
        let off = delta(lab(mean(&drawn)), lab(mix(&cloth)));
        if off > worst.0 {
            worst = (off, format!("{fibre:?} {colour:?} weave {kind}"));
        }
    }
    println!("{scale} pixels a thread: {worst:?}");
    worst
}

#[test]
fn the_mean_of_a_face_is_the_colour_of_its_yarns() {
    let colours =
        [[200, 16, 46], [217, 171, 69], [250, 250, 248], [20, 22, 30], [35, 65, 143], [120, 180, 140]];
    let worst = worst_mean(3, &colours);
    assert!(worst.0 < 4.0, "{worst:?}");
}

#[test]
fn near_the_mean_is_the_colour_of_the_yarns_too() {
    let worst = worst_mean(7, &[[200, 16, 46], [217, 171, 69], [35, 65, 143]]);
    assert!(worst.0 < 4.0, "{worst:?}");
}

#[test]
fn near_and_far_views_have_the_same_mean() {
    let cloth = satin(true, [RED, GOLD]);
    let view = |side: usize| {
        let view = View::repeats(&cloth, size(side, side), 2.0, 2.0);
        lab(mean(&draw(&cloth, &View { folds: 0.0, ..view })))
    };
    let reference = view(512);
    for (side, allowed) in [
        (64, 0.6),
        (100, 0.6),
        (127, 0.6),
        (129, 0.6),
        (200, 0.6),
        (255, 0.6),
        (257, 0.6),
        (300, 0.6),
        (900, 3.0),
    ] {
        let off = delta(view(side), reference);
        println!("{side}: {off:.3}");
        assert!(off < allowed, "{side}: {off}");
    }
}

#[test]
fn the_light_moves_the_sheen_and_warp_and_weft_answer_apart() {
    let ratio = |azimuth: f32| {
        let [warp, weft] = [true, false].map(|face| {
            let cloth = satin(face, [[180, 40, 60]; 2]);
            let mut view = View::whole(&cloth, size(256, 256));
            (view.light.azimuth, view.folds) = (azimuth, 0.0);
            mean(&draw(&cloth, &view))[0]
        });
        weft / warp
    };
    let (top, side) = (ratio(90.0), ratio(180.0));
    println!("weft over warp: light from the top {top:.3}, from the left {side:.3}");
    assert!(top > 1.05 && side < 0.95);
}
