//! Edges as zero crossings: Laplacian of Gaussian, and difference of Gaussians.
//!
//! David Marr and Ellen Hildreth, "Theory of Edge Detection", 1980. An edge is where the second derivative of
//! the blurred picture changes sign; how far it swings there says how strong the edge is.

#[cfg(test)]
mod tests;

use super::grey::Border;
use super::map::{EdgeMap, stride};
use super::windows::{Window, gaussian, second_derivative, two_windows};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::filter;
use crate::kernel::{bitmap, derivative as kernel};
use crate::parallel::{BAND_ROWS, for_each_band, map_bands};
use crate::pixel::Plane;

/// The answer of a filter at every pixel, in grey levels (white is 255).
#[derive(Clone, Debug, PartialEq)]
pub struct Response(Plane);

/// The range of standard deviations, in pixels. A wider blur belongs on a smaller picture.
pub const SIGMAS: std::ops::RangeInclusive<f64> = 0.3..=64.0;

/// The widest window that is summed as it is; a wider one is this one on a picture blurred beforehand.
const DIRECT: f64 = 6.0;

/// Grey levels of white.
const LEVELS: f64 = 255.0;

/// σ² times the Laplacian of a plane (black 0, white 1) blurred by a Gaussian of `sigma` pixels: above 0 on dark
/// spots, below 0 on light ones, of one size whatever the scale.
///
/// ```
/// use zhijin::Context;
/// use zhijin::edge::laplacian_of_gaussian;
/// use zhijin::pixel::{Plane, Size};
///
/// // A white bar; its outline is where the sign turns.
/// let plane = Plane::from_fn(Size::new(60, 40)?, |x, _| if (20..40).contains(&x) { 1.0 } else { 0.0 });
/// let response = laplacian_of_gaussian(&plane, 2.0, &Context::default())?;
/// let edges = response.zero_crossings(10.0, &Context::default())?;
/// assert_eq!(edges.columns(20).collect::<Vec<_>>(), [19, 39]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn laplacian_of_gaussian(plane: &Plane, sigma: f64, context: &Context) -> Result<Response> {
    check("sigma", sigma)?;
    if sigma > DIRECT {
        let mut planes = [plane.clone()];
        filter::gaussian(&mut planes, (sigma * sigma - DIRECT * DIRECT).sqrt() as f32, context)?;
        return bent(&planes[0], DIRECT, LEVELS * sigma * sigma, context);
    }
    bent(plane, sigma, LEVELS * sigma * sigma, context)
}

/// `gain` times the Laplacian of the Gaussian.
fn bent(plane: &Plane, sigma: f64, gain: f64, context: &Context) -> Result<Response> {
    let margin = (4.0 * sigma).ceil() as usize;
    let weights =
        |weights: Vec<f64>, gain: f64| weights.iter().map(|w| (gain * w) as f32).collect::<Vec<_>>();
    let blur = weights(gaussian(sigma, margin), 1.0);
    let bend = weights(second_derivative(sigma, margin), gain);
    let windows = [Window { along: bend.clone(), down: blur.clone() }, Window { along: blur, down: bend }];
    Ok(Response(two_windows(plane, &windows, context)?))
}

/// A plane (black 0, white 1) blurred by `ratio * sigma` pixels, less the plane blurred by `sigma`: signs are those
/// of the Laplacian, which it resembles for a ratio of 1.6 (Marr and Hildreth).
pub fn difference_of_gaussians(plane: &Plane, sigma: f64, ratio: f64, context: &Context) -> Result<Response> {
    if ratio.is_nan() || ratio <= 1.0 {
        return Err(Error::unsupported(
            format!("a ratio of {ratio} has no difference"),
            "use more than 1; 1.6 is usual",
        ));
    }
    check("sigma", sigma)?;
    check("ratio times sigma", ratio * sigma)?;
    let mut planes = [plane.clone(), plane.clone()];
    let [coarse, fine] = &mut planes;
    filter::gaussian(std::slice::from_mut(coarse), (ratio * sigma) as f32, context)?;
    filter::gaussian(std::slice::from_mut(fine), sigma as f32, context)?;
    let [mut coarse, fine] = planes;
    let len = plane.size().width() * BAND_ROWS;
    for_each_band(context, coarse.samples_mut(), len, |index, band| {
        for (value, fine) in band.iter_mut().zip(&fine.samples()[index * len..]) {
            *value = LEVELS as f32 * (*value - fine);
        }
        Ok(())
    })?;
    Ok(Response(coarse))
}

fn check(name: &str, sigma: f64) -> Result<()> {
    if SIGMAS.contains(&sigma) {
        return Ok(());
    }
    let (least, most) = (SIGMAS.start(), SIGMAS.end());
    Err(Error::unsupported(
        format!("{name} is {sigma} pixels; it must be from {least} to {most}"),
        "make the picture smaller for a wider blur",
    ))
}

impl Response {
    /// All values, row after row.
    pub fn values(&self) -> &[f32] {
        self.0.samples()
    }

    /// The mean of the values without their signs: how restless the picture is at this scale.
    pub fn mean_swing(&self, context: &Context) -> Result<f32> {
        let sums = map_bands(context, self.0.size().height(), BAND_ROWS, |rows| {
            Ok(rows.map(|y| self.0.row(y).iter().map(|v| f64::from(v.abs())).sum::<f64>()).sum::<f64>())
        })?;
        Ok((sums.iter().sum::<f64>() / self.0.size().pixels() as f64) as f32)
    }

    /// The pixels where the response changes sign by more than `least` towards a neighbour at their side. Of
    /// the two, the pixel nearer to zero is the edge.
    pub fn zero_crossings(&self, least: f32, context: &Context) -> Result<EdgeMap> {
        let (width, height) = (self.0.size().width(), self.0.size().height());
        let stride = stride(width);
        let mut words = vec![0; stride * height];
        for_each_band(context, &mut words, stride * BAND_ROWS, |index, band| {
            let mut rows = [(); 3].map(|()| vec![0.0; width + 2]);
            let (mut classes, mut unused) = (vec![0; 64 * stride], vec![0; stride]);
            for (y, words) in band.chunks_mut(stride).enumerate() {
                for (k, row) in rows.iter_mut().enumerate() {
                    self.pad((index * BAND_ROWS + y + k) as isize - 1, row);
                }
                let rows = rows.each_ref().map(|row| &row[..]);
                kernel::crossings(context.level, rows, least, &mut classes[..width]);
                bitmap::pack(context.level, &classes, words, &mut unused);
            }
            Ok(())
        })?;
        Ok(EdgeMap::new(width, height, words))
    }

    /// Row `y`, or the nearest, with its ends repeated: past the border nothing changes sign.
    fn pad(&self, y: isize, row: &mut [f32]) {
        let source = self.0.row(Border::Replicate.place(y, self.0.size().height()));
        let width = source.len();
        row[1..=width].copy_from_slice(source);
        (row[0], row[width + 1]) = (source[0], source[width - 1]);
    }
}
