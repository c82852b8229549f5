//! What all drawings can be told, and what it means to them.

use crate::op::{Cost, Kind, Length, Param, Values};
use crate::pixel::Size;

pub(super) const LINES: Param = Param {
    name: "lines",
    kind: Kind::Number { min: 0.0, max: 3.0 },
    default: "1",
    about: "How hard the contour is pressed; 0: none.",
};

pub(super) const GRAIN: Param = Param {
    name: "grain",
    kind: Kind::Number { min: 0.0, max: 1.0 },
    default: "0.9",
    about: "How much the tooth of the paper shows.",
};

pub(super) const TONE: Param = Param {
    name: "tone",
    kind: Kind::Number { min: 0.0, max: 2.0 },
    default: "1",
    about: "How dark the middle tones are drawn.",
};

pub(super) const ANGLE: Param = Param {
    name: "angle",
    kind: Kind::Number { min: 0.0, max: 180.0 },
    default: "50",
    about: "How strokes lie where no form leads them, in degrees: 0 level, 90 upright.",
};

pub(super) const FOLLOW: Param = Param {
    name: "follow",
    kind: Kind::Number { min: 0.0, max: 1.0 },
    default: "0.5",
    about: "How much strokes follow forms; 0: all lie alike.",
};

/// A declared length in units of 1/1024 of the longer side.
pub(super) fn units(length: Length, size: Size) -> f32 {
    length.pixels(size) * 1024.0 / size.longer() as f32
}

/// The angle declared, in the picture's coordinates, where y goes down.
pub(super) fn slant(values: &Values) -> f32 {
    -values.number("angle").to_radians()
}

/// The seed of a step in half of its bits.
pub(super) fn folded(seed: u64) -> u32 {
    (seed ^ (seed >> 32)) as u32
}

/// So much for each pixel of the picture, and so much for each of the grid that drawings are made on.
pub(super) fn cost(size: Size, pixel: f64, grid: f64, bytes: f64) -> Cost {
    /// Samples of the grid at most.
    const GRID: f64 = 2560.0 * 2560.0;
    let share = (GRID / size.area() as f64).min(1.0);
    Cost::per_pixel(size, pixel + grid * share, bytes + 120.0 * share)
}
