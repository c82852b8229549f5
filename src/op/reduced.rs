//! A picture made small, to be measured.
//!
//! What is measured on the same small size is the same for a preview and for the full picture, knows nothing of noise
//! as fine as pixels, and costs one pass over memory.

use super::StepContext;
use crate::error::Result;
use crate::filter::reduce;
use crate::kernel::lightness;
use crate::pixel::{Encoding, Picture, Plane, Size};

/// Linear light, not negative, no channel above this.
const BRIGHTEST: f32 = 8.0;

/// A small picture in linear light.
#[derive(Clone)]
pub(super) struct Reduced {
    pub(super) size: Size,
    /// Red, green, blue; where nothing can be seen, black.
    pub(super) colour: [Vec<f32>; 3],
    /// Can the pixel be seen?
    pub(super) seen: Vec<bool>,
}

impl Reduced {
    /// At most `longer` pixels along the longer side.
    pub(super) fn new(picture: &Picture, longer: u32, step: &StepContext<'_>) -> Result<Self> {
        let small = reduce(picture, longer, Encoding::Linear, step.work)?;
        let seen: Vec<bool> = small.alpha.samples().iter().map(|alpha| *alpha >= 0.5).collect();
        let channel = |plane: &Plane| -> Vec<f32> {
            let sound =
                |(value, seen): (&f32, &bool)| if *seen && *value > 0.0 { value.min(BRIGHTEST) } else { 0.0 };
            plane.samples().iter().zip(&seen).map(sound).collect()
        };
        let colour = small.colour.each_ref().map(channel);
        Ok(Self { size: small.size(), colour, seen })
    }

    /// Oklab lightness of each pixel.
    pub(super) fn lightness(&self, step: &StepContext<'_>) -> Vec<f32> {
        let mut out = vec![0.0; self.seen.len()];
        let [r, g, b] = &self.colour;
        lightness::lightness(step.work.level, r, g, b, &mut out);
        out
    }

    /// The values of the pixels that can be seen.
    pub(super) fn visible<'a>(&'a self, values: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        values.iter().zip(&self.seen).filter(|(_, seen)| **seen).map(|(value, _)| *value)
    }

    /// The value below which the share `part` of the visible lies; 0 where nothing is visible.
    pub(super) fn percentile(&self, values: &[f32], part: f32) -> f32 {
        let mut sorted: Vec<f32> = self.visible(values).collect();
        if sorted.is_empty() {
            return 0.0;
        }
        let at = ((sorted.len() - 1) as f32 * part).round() as usize;
        *sorted.select_nth_unstable_by(at, f32::total_cmp).1
    }
}
