//! How much error each pixel takes in: less where dithering would be seen as dirt.
//!
//! A drawing has flat areas and hard edges between them. The soft pixels of an edge have colours the palette
//! lacks, and their errors would speckle the areas beside them. Such edges are told by *exact* flatness
//! around them, which photographs do not have.

use super::points::{Points, Prepared};
use crate::context::Context;
use crate::error::Result;
use crate::filter::box_mean;
use crate::kernel::Level;
use crate::kernel::clean::{contrast_row, flatness_row, gate_row};
use crate::parallel::for_each_band;
use crate::pixel::{Encoding, Plane, Size};

/// Rows done together.
const BAND_ROWS: usize = 32;

/// Pixels to each side that have a say in how flat it is around a pixel.
const RADIUS: f32 = 2.0;

/// Rows above and below a band that have a say in it.
const HALO: usize = RADIUS as usize;

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
    let (width, height) = (points.size().width(), points.size().height());
    let still = still(points.encoding);
    // Band by band, so that what is found on the way never leaves the cache.
    for_each_band(context, gate.samples_mut(), width * BAND_ROWS, |index, band| {
        let top = index * BAND_ROWS;
        let bottom = top + band.len() / width;
        let (from, to) = (top.saturating_sub(HALO), (bottom + HALO).min(height));
        let contrast = contrast(points, from..to, context.level);
        let mut flat = contrast.clone();
        flatness_row(context.level, flat.samples_mut(), still * still);
        let mut around = Plane::filled(flat.size(), 0.0);
        box_mean(&flat, RADIUS, &mut around, context)?;
        let same = (top - from) * width..(bottom - from) * width;
        let (contrast, around) = (&contrast.samples()[same.clone()], &around.samples()[same]);
        gate_row(context.level, band, contrast, around, [clean, palette.gap]);
        Ok(())
    })
}

/// The greatest squared contrasts of some rows, summed over the channels.
fn contrast(points: &Points<'_>, rows: std::ops::Range<usize>, level: Level) -> Plane {
    let (width, height) = (points.size().width(), points.size().height());
    let mut sums = vec![0.0; width * rows.len()];
    for (y, sums) in rows.clone().zip(sums.chunks_exact_mut(width)) {
        for plane in points.planes {
            let (above, below) = (plane.row(y.saturating_sub(1)), plane.row((y + 1).min(height - 1)));
            contrast_row(level, plane.row(y), above, below, sums);
        }
    }
    let size = Size::from_usize(width, rows.len()).ok();
    size.and_then(|size| Plane::new(size, sums)).unwrap_or_else(|| unreachable!("a part of a plane"))
}

/// A difference between neighbours that counts as none: half a step of 8 bits.
fn still(encoding: Encoding) -> f32 {
    match encoding {
        Encoding::Oklab => 0.002,
        Encoding::Srgb => 0.003,
        Encoding::Linear => 0.001,
    }
}
