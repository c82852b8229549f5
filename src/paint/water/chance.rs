//! Slow chance: sums of noises whose cells are many samples wide, made on a coarser grid.

use crate::context::Context;
use crate::error::Result;
use crate::line::{Enlarger, Smoothness, rows};
use crate::pixel::{Plane, Size};
use crate::texture::Noise;

/// The longer side of that grid, at most.
const LONGER: u32 = 384;

/// The sum of noises: the size of the cells of each in units, 8 or more, its weight, and what tells it from others.
pub(super) fn slow(size: Size, octaves: &[(f32, f32, u64)], seed: u64, context: &Context) -> Result<Plane> {
    let small = size.with_longer(LONGER.min(size.longer() as u32)).unwrap_or(size);
    let noise = |&(cell, weight, salt): &(f32, f32, u64)| (Noise::new(small, [cell; 2], seed ^ salt), weight);
    let noises: Vec<_> = octaves.iter().map(noise).collect();
    let sum = rows(small, context, |y, row| {
        let mut scratch = vec![0.0; row.len()];
        for (noise, weight) in &noises {
            noise.add(context.level, y as i64, *weight, row, &mut scratch);
        }
    })?;
    if small == size {
        return Ok(sum);
    }
    resized(&sum, size, context)
}

/// A plane on another grid.
pub(super) fn resized(plane: &Plane, size: Size, context: &Context) -> Result<Plane> {
    let enlarger = Enlarger::new(plane, size, Smoothness::Smooth);
    rows(size, context, |y, row| enlarger.row(context.level, y, &mut Vec::new(), row))
}
