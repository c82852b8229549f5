//! The tooth of drawing paper: how high the sheet stands from place to place, about evenly spread over 0..1.

use super::along::along;
use super::flow::Flow;
use super::grid::{ROWS, each_row};
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

/// The size of the cells that strokes of a dry medium are drawn out of, in units.
const STREAK: f32 = 0.75;

/// How a dry medium catches when it is drawn along the flow over paper: the tooth, and streaks `length` units long (line
/// integral convolution of noise). About evenly spread over 0..1.
pub(crate) fn streaks(
    tooth: &Plane,
    flow: &Flow,
    unit: f32,
    length: f32,
    seed: u64,
    context: &Context,
) -> Result<Plane> {
    let size = tooth.size();
    let noise = Noise::new(size, [STREAK; 2], seed ^ 0x5e);
    let mut plane = Plane::filled(size, 0.0);
    each_row(&mut plane, context, |y, row| noise.row(context.level, y as i64, row))?;
    let mut drawn = along(&plane, flow, (length * unit).max(0.1), f32::MIN, context)?;
    // What averaging took from the spread is given back.
    let squares: f64 = drawn.samples().iter().map(|v| f64::from(v * v)).sum();
    let gain = 1.0 / ((squares / drawn.samples().len() as f64).sqrt() as f32).max(0.05);
    each_row(&mut drawn, context, |y, row| {
        for (v, tooth) in row.iter_mut().zip(tooth.row(y)) {
            *v = 0.8 * gain * *v + 1.6 * (tooth - 0.5);
        }
        even(context.level, row);
    })?;
    Ok(drawn)
}
