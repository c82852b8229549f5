//! Charts with one question each, so that an answer can be measured: does it alias, break a line, band, shift a hue?

mod colour_wheel;
mod font;
mod gradients;
mod hairlines;
mod lantern;
mod logo;
mod ramps;
mod text;

pub(crate) use colour_wheel::paint as colour_wheel;
pub(crate) use gradients::paint as gradients;
pub(crate) use hairlines::paint as hairlines;
pub(crate) use lantern::paint as lantern;
pub(crate) use logo::paint as logo;
pub(crate) use ramps::{ramp16, zone_plate};
pub(crate) use text::paint as text;

use crate::canvas::Png;

/// A chart of eight-bit RGB, pixel by pixel.
fn rgb(width: usize, height: usize, at: impl Fn(usize, usize) -> [u8; 3]) -> Png {
    let bytes = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| at(x, y));
    Png::new(width, height, png::ColorType::Rgb, bytes.collect())
}

/// Paper where `cover` is 0, ink where it is 1; mixed as eight-bit numbers, as screens draw their letters.
fn ink(paper: [u8; 3], ink: [u8; 3], cover: f32) -> [u8; 3] {
    std::array::from_fn(|c| {
        (f32::from(paper[c]) + (f32::from(ink[c]) - f32::from(paper[c])) * cover + 0.5) as u8
    })
}

/// How much of a pixel a line of this width covers whose middle passes `distance` from the pixel's.
fn line(distance: f32, width: f32) -> f32 {
    (width * 0.5 + 0.5 - distance).clamp(0.0, width.min(1.0))
}
