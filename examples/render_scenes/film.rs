//! From light to a picture: the falloff of a lens, the noise of a sensor, the tone curve of a film, sRGB.

use crate::maths::{ln, pow, sin, v2};
use crate::noise::chance;

/// What a camera saw, before it is developed.
pub(crate) struct Painting {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Linear light, row by row; 0.18 is middle grey.
    pub(crate) light: Vec<[f32; 3]>,
    /// The object that a pinhole camera sees through the pixel's centre; 0 is the background.
    pub(crate) object: Vec<u16>,
}

/// Eight-bit sRGB. A `grain` of 1 is that of a good sensor, 0 is none.
pub(crate) fn develop(painting: &Painting, grain: f32, seed: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(painting.light.len() * 3);
    for (n, light) in painting.light.iter().enumerate() {
        let (x, y) = (n % painting.width, n / painting.width);
        let fall = vignette(painting, x, y);
        for (channel, value) in light.iter().enumerate() {
            let noise = bell_chance(x as i32, y as i32, seed.wrapping_mul(31).wrapping_add(channel as u32));
            let seen = sensor((value * fall).max(0.0), grain * noise);
            bytes.push((srgb(tone(seen)) * 255.0 + 0.5) as u8);
        }
    }
    bytes
}

/// White (255) where a pixel shows another object than the one to its right or below it, else black.
pub(crate) fn boundaries(painting: &Painting) -> Vec<u8> {
    let (w, h, object) = (painting.width, painting.height, &painting.object);
    let differs = |n: usize| {
        let right = n % w + 1 < w && object[n + 1] != object[n];
        right || (n / w + 1 < h && object[n + w] != object[n])
    };
    (0..w * h).map(|n| if differs(n) { 255 } else { 0 }).collect()
}

/// Light towards the corners falls off with the fourth power of the cosine, as behind every simple lens.
fn vignette(painting: &Painting, x: usize, y: usize) -> f32 {
    let (w, h) = (painting.width as f32, painting.height as f32);
    let from_centre = v2((x as f32 + 0.5) / w - 0.5, (y as f32 + 0.5) / h - 0.5);
    let cosine_squared = 1.0 / (1.0 + 0.3 * from_centre.dot(from_centre));
    cosine_squared * cosine_squared
}

/// Photons arrive by chance: noise grows with the root of the light (shot noise), and reading adds a little more.
fn sensor(light: f32, noise: f32) -> f32 {
    (light + noise * (light * 6e-5 + 4e-7).sqrt()).max(0.0)
}

/// A normally distributed number (Box and Muller, 1958).
fn bell_chance(x: i32, y: i32, seed: u32) -> f32 {
    let radius = (-2.0 * ln(1.0 - chance(x, y, seed))).sqrt();
    radius * sin(std::f32::consts::TAU * chance(x, y, seed ^ 0x5bd1_e995))
}

/// A film's curve: a toe in the shadows, a long shoulder in the lights
/// (Narkowicz, "ACES Filmic Tone Mapping Curve", 2016).
fn tone(x: f32) -> f32 {
    let x = x * 0.8;
    ((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)).clamp(0.0, 1.0)
}

fn srgb(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * pow(linear, 1.0 / 2.4) - 0.055 }
}
