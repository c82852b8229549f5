//! The name, 织锦, in a seal over a woven ground, on nothing: soft edges whose colour must not change as alpha falls.

use crate::canvas::{Png, inside};
use crate::maths::{V2, sin, v2};
use crate::shapes::{block, stroke};

const WIDTH: usize = 320;
const HEIGHT: usize = 192;
const RED: [u8; 3] = [0xb3, 0x24, 0x2b];
const GOLD: [u8; 3] = [0xe6, 0xb4, 0x4c];
const DARK: [u8; 3] = [0x7c, 0x14, 0x22];
const CREAM: [u8; 3] = [0xfb, 0xf3, 0xe0];

/// Brush strokes in a box of a hundred: the silk radical and 只; the metal radical over 帛.
const SILK: &[&[(f32, f32)]] = &[
    &[(30.0, 8.0), (13.0, 34.0), (33.0, 32.0)],
    &[(38.0, 26.0), (11.0, 60.0), (40.0, 54.0)],
    &[(9.0, 86.0), (42.0, 76.0)],
    &[(54.0, 16.0), (88.0, 16.0), (88.0, 52.0), (54.0, 52.0), (54.0, 16.0)],
    &[(63.0, 62.0), (48.0, 88.0)],
    &[(77.0, 62.0), (93.0, 88.0)],
];
const BROCADE: &[&[(f32, f32)]] = &[
    &[(26.0, 7.0), (8.0, 32.0)],
    &[(21.0, 22.0), (42.0, 22.0)],
    &[(14.0, 40.0), (40.0, 40.0)],
    &[(9.0, 58.0), (42.0, 58.0)],
    &[(26.0, 40.0), (26.0, 86.0), (43.0, 75.0)],
    &[(71.0, 5.0), (64.0, 16.0)],
    &[(55.0, 17.0), (87.0, 17.0), (87.0, 45.0), (55.0, 45.0), (55.0, 17.0)],
    &[(55.0, 31.0), (87.0, 31.0)],
    &[(71.0, 45.0), (71.0, 94.0)],
    &[(52.0, 82.0), (52.0, 57.0), (91.0, 57.0), (91.0, 78.0), (83.0, 80.0)],
];

pub(crate) fn paint() -> Png {
    let bytes = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y))).flat_map(|(x, y)| pixel(x, y));
    Png::new(WIDTH, HEIGHT, png::ColorType::Rgba, bytes.collect())
}

/// Straight alpha: the colour stays the paint's own wherever any of it is left.
fn pixel(x: usize, y: usize) -> [u8; 4] {
    let p = v2(x as f32 + 0.5, y as f32 + 0.5);
    let q = p - v2(160.0, 92.0);
    let card = block(q, v2(0.0, 0.0), v2(124.0, 64.0)) - 14.0;
    let name = written(SILK, p - v2(44.0, 36.0)).min(written(BROCADE, p - v2(168.0, 36.0)));
    let frame = (card + 7.0).abs() - 1.3;
    let woven = sin((q.x + q.y) * 0.52) * sin((q.x - q.y) * 0.52);
    let ground = blend(RED, DARK, inside(woven - 0.1, 0.25) * 0.8);
    let painted = blend(blend(ground, GOLD, inside(frame, 0.6)), CREAM, inside(name, 0.6));
    let cover = inside(card, 0.6);
    let shadow = inside(block(q - v2(0.0, 6.0), v2(0.0, 0.0), v2(124.0, 64.0)) - 14.0, 9.0) * 0.45;
    let alpha = cover + (1.0 - cover) * shadow;
    if alpha < 0.002 {
        return [0; 4];
    }
    let colour = blend([0x1a, 0x0c, 0x10], painted, cover / alpha);
    [colour[0], colour[1], colour[2], (alpha * 255.0 + 0.5) as u8]
}

/// Signed distance to a character 108 pixels high; each stroke starts full and leaves thin, as a brush does.
fn written(character: &[&[(f32, f32)]], p: V2) -> f32 {
    let q = p * (100.0 / 108.0);
    let pieces = character.iter().flat_map(|points| points.windows(2));
    let near = pieces.map(|ends| {
        let [a, b] = [ends[0], ends[1]].map(|(x, y)| v2(x, y));
        stroke(q, a, b, 4.4, 3.3)
    });
    near.fold(f32::MAX, f32::min) * 1.08
}

fn blend(under: [u8; 3], over: [u8; 3], cover: f32) -> [u8; 3] {
    super::ink(under, over, cover)
}
