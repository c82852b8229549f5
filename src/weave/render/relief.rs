//! The dark beside a raised figure, and the round of its edge.

use super::light::Light;
use super::math::exp;

/// What is on a side of a crossing.
pub(super) const LEVEL: u8 = 0;
pub(super) const HIGHER: u8 = 1;
pub(super) const MUCH_HIGHER: u8 = 2;
pub(super) const LOWER: u8 = 3;

/// Factors across a crossing for what lies left and right of it, and down it for above and below.
pub(super) struct Relief {
    across: Vec<f32>,
    down: Vec<f32>,
    grain: (usize, usize),
}

/// Sides to an index: left and right, above and below.
pub(super) fn sides(left: u8, right: u8, above: u8, below: u8) -> u8 {
    left | right << 2 | above << 4 | below << 6
}

impl Relief {
    pub(super) fn new(light: &Light, grain: (usize, usize)) -> Self {
        let [x, y, _] = light.direction();
        Self { across: profiles(grain.0, x), down: profiles(grain.1, y), grain }
    }

    /// The factors across the crossing, three a sample.
    pub(super) fn across(&self, sides: u8) -> &[f32] {
        &self.across[usize::from(sides & 15) * self.grain.0..][..self.grain.0]
    }

    pub(super) fn down(&self, sides: u8, row: usize) -> f32 {
        self.down[usize::from(sides >> 4) * self.grain.1 + row]
    }
}

/// All pairs of a near (0) and a far (1) side; `toward` is where the light comes from on this axis.
fn profiles(samples: usize, toward: f32) -> Vec<f32> {
    const FINE: usize = 8;
    let mut table = Vec::with_capacity(16 * samples);
    for pair in 0..16u8 {
        for sample in 0..samples {
            let at = |k: usize| {
                let place = (sample as f32 + (k as f32 + 0.5) / FINE as f32) / samples as f32;
                side(pair & 3, place, -toward) * side(pair >> 2, 1.0 - place, toward)
            };
            table.push((0..FINE).map(at).sum::<f32>() / FINE as f32);
        }
    }
    table
}

/// The factor at a distance from a side, where `lit` tells how far the light comes from that side (-1 to 1).
fn side(beside: u8, distance: f32, lit: f32) -> f32 {
    // Nothing is left of it at the far side of the crossing, so that crossings do not end in steps.
    let near = |reach: f32| exp(-distance / reach) - exp(-1.0 / reach);
    let shadow = |depth: f32, reach: f32| 1.0 - depth * (0.55 + 0.6 * lit.max(-0.3)) * near(reach);
    match beside {
        HIGHER => shadow(0.30, 0.35),
        MUCH_HIGHER => shadow(0.55, 0.5),
        LOWER => 1.0 + (0.20 * lit - 0.08) * near(0.35),
        _ => 1.0,
    }
}
