//! A test chart: colour patches, ramps, a zone plate, and bars as fine as small print.

use crate::canvas::Png;
use crate::maths::{cos, v2};
use crate::noise::chance;

const SIDE: usize = 256;

/// Twelve colours around the wheel and in the middle of the gamut, sRGB.
const PATCHES: [u32; 16] = [
    0xff0000, 0xff8000, 0xffff00, 0x80ff00, 0x00ff00, 0x00ff80, 0x00ffff, 0x0080ff, 0x0000ff, 0x8000ff,
    0xff00ff, 0xff0080, 0x735244, 0xc29682, 0x627a9d, 0x576c43,
];

pub(crate) fn paint() -> Png {
    let mut bytes = Vec::with_capacity(SIDE * SIDE * 3);
    for y in 0..SIDE {
        for x in 0..SIDE {
            bytes.extend(at(x, y));
        }
    }
    Png::new(SIDE, SIDE, png::ColorType::Rgb, bytes)
}

fn at(x: usize, y: usize) -> [u8; 3] {
    match y {
        0..64 => rgb(PATCHES[y / 32 * 8 + x / 32]),
        64..80 => [x as u8; 3],
        80..96 => [(x / 16 * 17) as u8; 3],
        96..112 => [[x as u8, 0, 0], [0, x as u8, 0], [0, 0, x as u8]][(y - 96) * 3 / 16],
        _ if x < 144 => zone(x as f32 - 72.0, y as f32 - 184.0),
        112..184 => bars(x - 144, y - 112),
        _ => print(x - 144, y - 184),
    }
}

fn rgb(code: u32) -> [u8; 3] {
    [(code >> 16) as u8, (code >> 8) as u8, code as u8]
}

/// Rings that grow finer outwards, up to half a wave a pixel at the border: aliasing shows as false rings.
fn zone(x: f32, y: f32) -> [u8; 3] {
    let r2 = v2(x, y).dot(v2(x, y));
    [(127.5 + 127.0 * cos(r2 * std::f32::consts::PI / 144.0)) as u8; 3]
}

/// Line pairs of 1 to 7 pixels, upright above and lying below.
fn bars(x: usize, y: usize) -> [u8; 3] {
    let width = x / 16 + 1;
    let phase = if y < 36 { x % 16 } else { y - 36 };
    [if (phase / width).is_multiple_of(2) { 16 } else { 240 }; 3]
}

/// Lines of words made of strokes of one pixel: dark on light, then light on dark.
fn print(x: usize, y: usize) -> [u8; 3] {
    let (line, row) = (y / 12, y % 12);
    let (letter, column) = (x / 6, x % 6);
    let blank = chance(letter as i32, line as i32, 3) < 0.16 || column == 5 || !(2..9).contains(&row);
    let stroke = chance(letter as i32, (line * 4 + column) as i32, 4) < 0.42
        || chance((letter * 8 + row) as i32, line as i32, 5) < 0.25 && row % 3 == 2;
    let (paper, ink) = if line < 3 { (248, 24) } else { (28, 230) };
    [if !blank && stroke { ink } else { paper }; 3]
}
