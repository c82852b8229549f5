//! Signs: neon tubes on dark boards, and boxes lit from within.

use super::glyphs::distance;
use crate::maths::{V2, V3, exp, ramp, sin, v2, v3};
use crate::noise::fbm;
use crate::shapes::block;

/// The colours gases and paints give, in linear light.
pub(super) const MAGENTA: V3 = v3(1.0, 0.03, 0.42);
pub(super) const CYAN: V3 = v3(0.02, 0.62, 1.0);
pub(super) const RED: V3 = v3(1.0, 0.035, 0.02);
pub(super) const AMBER: V3 = v3(1.0, 0.36, 0.04);
pub(super) const GREEN: V3 = v3(0.05, 0.9, 0.30);
pub(super) const VIOLET: V3 = v3(0.36, 0.10, 1.0);
pub(super) const WHITE: V3 = v3(1.0, 0.78, 0.55);

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Style {
    /// Tubes of the second colour around, characters of the first.
    Tubes,
    /// A glowing box of the first colour, characters of the second.
    Box,
}

#[derive(Clone)]
pub(super) struct Sign {
    pub(super) words: &'static str,
    pub(super) style: Style,
    pub(super) colours: [V3; 2],
    pub(super) upright: bool,
    /// Width and height of the face in metres.
    pub(super) size: V2,
    pub(super) power: f32,
}

impl Sign {
    /// Light that leaves the face at a place counted from its upper left, in metres.
    pub(super) fn light(&self, p: V2) -> V3 {
        let near = self.words(p);
        let edge = block(p, self.size * 0.5, self.size * 0.5 - v2(0.09, 0.09)).abs();
        match self.style {
            Style::Tubes => {
                let second = block(p, self.size * 0.5, self.size * 0.5 - v2(0.17, 0.17)).abs();
                tube(near, self.colours[0])
                    + tube(edge, self.colours[1])
                    + tube(second, self.colours[1]) * 0.35
            }
            Style::Box => {
                let patchy = 0.8 + 0.25 * fbm(p * 1.3, 3, 5) + 0.16 * sin(p.y * 9.0);
                let ground = self.colours[0] * (1.25 * patchy * ramp(0.0, 0.05, edge + 0.02));
                ground.mix(self.colours[1] * 2.6, ramp(0.055, 0.035, near))
            }
        }
        .map(|v| v * self.power)
    }

    /// Distance in metres to the characters, which stand in a column or a row.
    fn words(&self, p: V2) -> f32 {
        let count = self.words.chars().count() as f32;
        let (long, across) =
            if self.upright { (self.size.y, self.size.x) } else { (self.size.x, self.size.y) };
        let cell = (long - 0.3) / count;
        let side = (cell * 0.82).min(across - 0.46);
        let (down, beside) = if self.upright { (p.y, p.x) } else { (p.x, p.y) };
        let n = ((down - 0.15) / cell).floor().clamp(0.0, count - 1.0);
        let within = (down - 0.15 - n * cell - (cell - side) * 0.5) / side;
        let beside = (beside - (across - side) * 0.5) / side;
        let place = if self.upright { v2(beside, within) } else { v2(within, beside) };
        self.words.chars().nth(n as usize).map_or(9.0, |letter| distance(letter, place) * side)
    }

    /// Colour of the light it throws on everything else.
    pub(super) fn thrown(&self) -> V3 {
        let share = if self.style == Style::Box { 0.85 } else { 0.6 };
        self.colours[1].mix(self.colours[0], share)
            * (self.power * if self.style == Style::Box { 2.8 } else { 2.2 })
    }
}

/// A tube: nearly white inside, its colour around, and its light on the board behind.
fn tube(distance: f32, colour: V3) -> V3 {
    let core = ramp(0.034, 0.012, distance);
    let hot = colour.mix(v3(1.0, 1.0, 1.0), 0.30) * (7.0 * core);
    hot + colour * (0.75 * exp(-distance * 11.0) + 0.10 * exp(-distance * 2.5))
}
