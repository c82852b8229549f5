//! How much error each pixel takes in: less where dithering would be seen as dirt.
//!
//! A drawing has flat areas and hard edges between them. The soft pixels of an edge have colours the palette
//! lacks, and their errors would speckle the areas beside them. Such edges are told by *exact* flatness
//! around them, which photographs do not have.

use super::points::{Points, Prepared};
use crate::context::Context;
use crate::error::Result;
use crate::filter::box_mean;
use crate::kernel::clean::{contrast_row, flatness_row, gate_row};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Encoding, Plane};

/// Pixels to each side that have a say in how flat it is around a pixel.
const RADIUS: f32 = 2.0;

/// The gate of a pixel that is not to be seen: no error goes in, none comes out.
pub(super) const CLOSED: f32 = -1.0;

/// The share of its neighbours' errors that each pixel takes in.
pub(super) fn gate(
    points: &Points<'_>,
    palette: &Prepared,
    strength: f32,
    clean: f32,
    context: &Context,
) -> Result<Plane> {
    let mut gate = Plane::filled(points.size(), strength);
    if clean > 0.0 && strength > 0.0 {
        keep_clean(points, palette, clean, &mut gate, context)?;
    }
    if let Some(skip) = points.skip {
        let closed = gate.samples_mut().iter_mut().zip(skip).filter(|(_, skip)| **skip);
        closed.for_each(|(gate, _)| *gate = CLOSED);
    }
    Ok(gate)
}

fn keep_clean(
    points: &Points<'_>,
    palette: &Prepared,
    clean: f32,
    gate: &mut Plane,
    context: &Context,
) -> Result<()> {
    let (size, level) = (points.size(), context.level);
    let (width, height) = (size.width(), size.height());
    context.limits.admit(size, 12)?;
    let mut contrast = Plane::filled(size, 0.0);
    for_each_band(context, contrast.samples_mut(), width * BAND_ROWS, |index, band| {
        for (y, row) in band.chunks_exact_mut(width).enumerate() {
            let y = index * BAND_ROWS + y;
            for plane in points.planes {
                let above = plane.row(y.saturating_sub(1));
                let below = plane.row((y + 1).min(height - 1));
                contrast_row(level, plane.row(y), above, below, row);
            }
        }
        Ok(())
    })?;
    let mut flat = contrast.clone();
    let still = still(points.encoding);
    for_each_band(context, flat.samples_mut(), width * BAND_ROWS, |_, band| {
        flatness_row(level, band, still * still);
        Ok(())
    })?;
    let mut around = Plane::filled(size, 0.0);
    box_mean(&flat, RADIUS, &mut around, context)?;
    for_each_band(context, gate.samples_mut(), width * BAND_ROWS, |index, band| {
        let start = index * width * BAND_ROWS;
        let same = start..start + band.len();
        gate_row(
            level,
            band,
            &contrast.samples()[same.clone()],
            &around.samples()[same],
            [clean, palette.gap],
        );
        Ok(())
    })
}

/// A difference between neighbours that counts as none: half a step of 8 bits.
fn still(encoding: Encoding) -> f32 {
    match encoding {
        Encoding::Oklab => 0.002,
        Encoding::Srgb => 0.003,
        Encoding::Linear => 0.001,
    }
}
