//! Pictures that say where: white is everything, black nothing.

use super::{Asset, StepContext, stretch};
use crate::codec::{self, DecodeOptions};
use crate::error::Result;
use crate::pixel::{Encoding, Plane, Planes, Size};

/// A weight from 0 to 1 for each pixel of a picture of this size, from a picture drawn for the purpose and stretched over
/// it. What is transparent is nothing.
pub(crate) fn drawn(asset: &Asset, size: Size, step: &StepContext<'_>) -> Result<Plane> {
    let mask = codec::decode(&asset.bytes, &DecodeOptions::default(), step.work)?.picture;
    let mut planes = Planes::open(&mask, Encoding::Srgb, step.work)?;
    let alpha = planes.alpha.take();
    let mut weights = planes.colour.swap_remove(0);
    if let [blue, green] = &planes.colour[..] {
        // What was last took the place of the first. The weights are those of luma (Rec. ITU-R BT.709).
        let rest = green.samples().iter().zip(blue.samples());
        for (weight, (green, blue)) in weights.samples_mut().iter_mut().zip(rest) {
            *weight = 0.2126 * *weight + 0.7152 * green + 0.0722 * blue;
        }
    }
    if let Some(alpha) = alpha {
        let pairs = weights.samples_mut().iter_mut().zip(alpha.samples());
        pairs.for_each(|(weight, alpha)| *weight *= alpha);
    }
    stretch(weights, size, step)
}
