//! Light that falls off towards the corners.

use super::level::kernel;

/// The shape of a fall-off for one size of picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The middle of a row, in pixels.
    pub(crate) middle: f32,
    /// Squares of distances are divided by these, across and down, so that the corner lies at 1.
    pub(crate) across: f32,
    /// As `across`.
    pub(crate) down: f32,
    /// Where the fall-off starts.
    pub(crate) start: f32,
    /// One by the distance over which it comes about.
    pub(crate) ramp: f32,
    /// How strong it is: the light is divided by `(1 + strength)²` at its end.
    pub(crate) strength: f32,
}

kernel! {
    /// The light that is left at each pixel of the row `dy` below the middle.
    pub(crate) fn falloff(gain: &mut [f32], shape: &Shape, dy: f32) {
        let s = *shape;
        let down = dy * dy * s.down;
        for (x, gain) in gain.iter_mut().enumerate() {
            let dx = x as i32 as f32 - s.middle;
            let distance = (dx * dx * s.across + down).sqrt();
            let t = ((distance - s.start) * s.ramp).clamp(0.0, 1.0);
            let left = 1.0 + s.strength * t * t * (3.0 - 2.0 * t);
            *gain = 1.0 / (left * left);
        }
    }
}

kernel! {
    /// Each value on the way to `colour`, which it is where no light is left.
    pub(crate) fn dim(row: &mut [f32], gain: &[f32], colour: f32) {
        for (value, gain) in row.iter_mut().zip(gain) {
            *value = colour + (*value - colour) * gain;
        }
    }
}
