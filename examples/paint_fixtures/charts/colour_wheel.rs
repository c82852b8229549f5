//! Every hue at eight lightnesses, as colourful as a screen can show them: a style that turns a hue shows it here.
//! Lightness, chroma and hue are those of Oklab (Ottosson, "A perceptual color space for image processing", 2020).

use super::rgb;
use crate::canvas::{Png, inside, srgb};
use crate::maths::{V3, atan2, cos, sin, v2, v3};

const SIDE: usize = 256;
const RINGS: f32 = 8.0;
const RADIUS: f32 = 122.0;
const HUB: f32 = 26.0;

/// Rings from dark within to light without, parted by hairlines of the grey ground; a grey scale in the hub.
pub(crate) fn paint() -> Png {
    rgb(SIDE, SIDE, |x, y| {
        let p = v2(x as f32 - 127.5, y as f32 - 127.5);
        let radius = p.length();
        let ring = (radius - HUB) / (RADIUS - HUB) * RINGS;
        let lightness = 0.3 + 0.09 * ring.floor().clamp(0.0, RINGS - 1.0);
        let ground = v3(0.18, 0.18, 0.18);
        let light = if radius < HUB {
            oklab(((p.x / HUB + 1.0) * 4.5).floor() / 8.0, 0.0, 0.0)
        } else {
            full(lightness, atan2(p.y, p.x))
        };
        let edge = (ring - ring.round()).abs() * (RADIUS - HUB) / RINGS;
        let cover = inside(0.9 - edge, 0.7) * inside(radius - RADIUS, 0.7);
        let coded = srgb(ground.mix(light, if radius < HUB - 1.0 { 1.0 } else { cover }));
        [coded.x, coded.y, coded.z].map(|v| (v * 255.0 + 0.5).clamp(0.0, 255.0) as u8)
    })
}

/// The strongest colour of this lightness and hue within sRGB, found by halving.
fn full(lightness: f32, hue: f32) -> V3 {
    let (a, b) = (cos(hue), sin(hue));
    let (mut low, mut high) = (0.0, 0.34);
    for _ in 0..12 {
        let middle = (low + high) * 0.5;
        let light = oklab(lightness, a * middle, b * middle);
        let fits = [light.x, light.y, light.z].iter().all(|v| (0.0..=1.0).contains(v));
        if fits { low = middle } else { high = middle }
    }
    oklab(lightness, a * low, b * low)
}

/// Linear sRGB of an Oklab colour.
fn oklab(lightness: f32, a: f32, b: f32) -> V3 {
    let cube = |v: f32| v * v * v;
    let l = cube(lightness + 0.396_337_78 * a + 0.215_803_76 * b);
    let m = cube(lightness - 0.105_561_346 * a - 0.063_854_17 * b);
    let s = cube(lightness - 0.089_484_18 * a - 1.291_485_5 * b);
    v3(
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    )
}
