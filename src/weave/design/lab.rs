//! Oklab, as far as a design needs it.

use crate::quant::Space;

/// Lightness, green to red, blue to yellow.
pub(super) type Lab = [f32; 3];

/// A dyed colour.
pub(super) fn of_bytes(colour: [u8; 3]) -> Lab {
    Space::Oklab.point(colour.map(|value| f32::from(value) / 255.0))
}

/// The nearest colour that can be dyed.
pub(super) fn to_bytes(lab: Lab) -> [u8; 3] {
    Space::Oklab.colour(lab).map(|value| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8)
}

/// The square of the distance; colour counts `chroma` times as much as lightness.
#[inline]
pub(super) fn apart(a: Lab, b: Lab, chroma: f32) -> f32 {
    let [l, u, v] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    l * l + chroma * (u * u + v * v)
}

/// How colourful it is.
pub(super) fn chroma(lab: Lab) -> f32 {
    lab[1].hypot(lab[2])
}
