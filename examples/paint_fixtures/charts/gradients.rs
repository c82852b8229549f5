//! Smooth ramps in eight bits, grey and coloured, without dither: a style that adds a band shows it here.

use super::rgb;
use crate::canvas::{Png, hex, srgb};
use crate::maths::{V3, ramp, v2};

const WIDTH: usize = 384;
const STRIP: usize = 24;

/// Each strip from its first colour to its last, sRGB, evenly spaced and mixed in linear light.
const STRIPS: [&[u32]; 8] = [
    &[0x000000, 0xffffff],
    &[0x000000, 0x202020],
    &[0xe0e0e0, 0xffffff],
    &[0x2b4f8f, 0x7fa9d6, 0xf2e6d8],
    &[0x1d1436, 0x7a2f57, 0xe2724a, 0xffd98a],
    &[0x8a5540, 0xd9a084, 0xf6d9c6],
    &[0x0f3d2e, 0x5c9a5a, 0xdfe7a4],
    &[0xb03a6b, 0x3a6bb0],
];

/// The strips, and below them a field that changes both ways with a soft ball in it.
pub(crate) fn paint() -> Png {
    let strips = STRIPS.len() * STRIP;
    rgb(WIDTH, strips + 96, |x, y| {
        let t = x as f32 / (WIDTH - 1) as f32;
        let light = match STRIPS.get(y / STRIP) {
            Some(stops) => between(stops, t),
            None => field(x as f32, (y - strips) as f32, t),
        };
        let coded = srgb(light);
        [coded.x, coded.y, coded.z].map(|v| (v * 255.0 + 0.5).clamp(0.0, 255.0) as u8)
    })
}

fn between(stops: &[u32], t: f32) -> V3 {
    let place = t * (stops.len() - 1) as f32;
    let first = (place as usize).min(stops.len() - 2);
    hex(stops[first]).mix(hex(stops[first + 1]), place - first as f32)
}

fn field(x: f32, y: f32, t: f32) -> V3 {
    let down = y / 95.0;
    let ground = between(&[0x35506b, 0xd9b7a0], t).mix(between(&[0x1a2233, 0x7d4b5e], t), down);
    let ball = v2(x - 96.0, y - 48.0).length() / 38.0;
    let lit = v2(x - 84.0, y - 36.0).length() / 60.0;
    let shade = between(&[0xf7efe2, 0x4a3a48], lit.min(1.0));
    ground.mix(shade, ramp(1.02, 0.98, ball))
}
