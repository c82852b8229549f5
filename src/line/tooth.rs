//! The tooth of drawing paper: how high the sheet stands from place to place, about evenly spread over 0..1.

use super::grid::ROWS;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing::even;
use crate::parallel::for_each_band;
use crate::pixel::{Plane, Size};
use crate::texture::Noise;

/// Felt marks, the tooth proper, and fibres finer still: the size of their cells in units, and what they count.
const OCTAVES: [(f32, f32, u64); 3] = [(2.1, 0.3, 0x99), (0.8, 0.7, 0x31), (0.45, 0.5, 0x77)];

/// `size` is the grid's; `coarse` 1 is drawing paper, 2 rough paper.
pub(crate) fn tooth(size: Size, coarse: f32, seed: u64, context: &Context) -> Result<Plane> {
    let octaves =
        OCTAVES.map(|(cell, share, salt)| (Noise::new(size, [cell * coarse; 2], seed ^ salt), share));
    let mut plane = Plane::filled(size, 0.0);
    let width = size.width();
    for_each_band(context, plane.samples_mut(), width * ROWS, |index, band| {
        let mut scratch = vec![0.0; width];
        for (y, row) in band.chunks_exact_mut(width).enumerate() {
            for (noise, share) in &octaves {
                noise.add(context.level, (index * ROWS + y) as i64, *share, row, &mut scratch);
            }
            even(context.level, row);
        }
        Ok(())
    })?;
    Ok(plane)
}
