//! Gaussian blur at a cost that does not grow with sigma: summed directly while sigma is small, on a coarse grid
//! when it is large. Either way the result is within a thousandth of the range of the exact one.

mod coarse;
mod direct;
mod picture;
mod samples;
mod taps;

use crate::context::Context;
use crate::error::Result;
use crate::pixel::Plane;
pub use picture::gaussian_picture;
use samples::Samples;

/// Under this sigma the nearest neighbour weighs less than a millionth.
const NOTHING: f64 = 0.19;

/// Blur each plane with a Gaussian of this standard deviation in pixels. Borders are mirrored.
///
/// ```
/// use zhijin::pixel::{Plane, Size};
///
/// let mut planes = [Plane::from_fn(Size::new(9, 1)?, |x, _| if x == 4 { 1.0 } else { 0.0 })];
/// zhijin::filter::gaussian(&mut planes, 1.0, &zhijin::Context::default())?;
/// assert!((planes[0].row(0)[4] - 0.3990).abs() < 5e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gaussian(planes: &mut [Plane], sigma: f32, context: &Context) -> Result<()> {
    for plane in planes {
        let samples = Samples {
            size: plane.size(),
            channels: 1,
            load: &|row: &[f32], piece: &mut [f32]| piece.copy_from_slice(row),
            put: &|piece, row| row.copy_from_slice(piece),
        };
        blur(&samples, f64::from(sigma), plane.samples_mut(), context)?;
    }
    Ok(())
}

fn blur<T: Copy + Send + Sync>(
    samples: &Samples<'_, f32, T>,
    sigma: f64,
    data: &mut [T],
    context: &Context,
) -> Result<()> {
    // Wider than the whole picture twice over, a blur leaves its mean; no more need be asked for.
    let sigma = sigma.clamp(0.0, 2.0 * samples.size.longer() as f64);
    if taps::is_coarse(sigma) {
        return coarse::blur(samples, sigma, data, context);
    }
    direct::blur(samples, &taps::half(sigma.max(NOTHING)), data, context)
}

#[cfg(test)]
mod tests;
