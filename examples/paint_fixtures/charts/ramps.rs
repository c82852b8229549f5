//! The charts that are a formula: rings of rising frequency, and a ramp finer than eight bits.

use crate::canvas::Png;
use crate::maths::cos;

const SIDE: usize = 256;

/// Rings whose waves grow finer outwards, half a wave a pixel in the middle of each border and finer still in the
/// corners: whatever shrinks, sharpens or resamples shows its false rings here.
pub(crate) fn zone_plate() -> Png {
    let at = |x: usize, y: usize| {
        let (x, y) = (x as f32 - 127.5, y as f32 - 127.5);
        (127.5 + 127.0 * cos((x * x + y * y) * std::f32::consts::PI / SIDE as f32) + 0.5) as u8
    };
    let bytes = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| at(x, y))).collect();
    Png::new(SIDE, SIDE, png::ColorType::Grayscale, bytes)
}

/// Sixteen-bit samples: the whole grey scale, four slow ramps that eight bits would cut into two or three steps,
/// and a slow ramp of colour.
pub(crate) fn ramp16() -> Png {
    let at = |x: usize, y: usize| -> [u16; 3] {
        let x = x as u16;
        match y / 16 {
            0 => [x * 128 + x / 4; 3],
            1 => [x; 3],
            2 => [8192 + x; 3],
            3 => [32_768 + x; 3],
            4 => [65_535 - x; 3],
            _ => [40_000 + 4 * x, 24_000 + x, 32_000 - 2 * x],
        }
    };
    let samples = (0..96).flat_map(|y| (0..512).map(move |x| (x, y))).flat_map(|(x, y)| at(x, y));
    let bytes = samples.flat_map(u16::to_be_bytes).collect();
    Png { depth: png::BitDepth::Sixteen, ..Png::new(512, 96, png::ColorType::Rgb, bytes) }
}
