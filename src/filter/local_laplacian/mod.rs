//! The local Laplacian filter: detail raised or laid low, and tones compressed, without halos at edges.
//!
//! Paris, Hasinoff and Kautz, "Local Laplacian filters: edge-aware image processing with a Laplacian pyramid", 2011.
//! Each coefficient of the result's pyramid is taken from the pyramid of a picture remapped about the tone `g` that
//! the coefficient sits on: differences from `g` that are small against `sigma` are detail, larger ones are edges.
//! Ours is the remapping `r(v) = g + βd + (1 - β + m) d exp(-d²/2σ²)` with `d = v - g`: its slope is `1 + m` at `g` and `β` far away.
//!
//! Done literally that is a pyramid for every pixel. Aubry and others ("Fast local Laplacian filters", 2014) make pyramids
//! for a few tones and interpolate. We take the curve apart into a few sines instead (as Sumiya and others propose,
//! "Gaussian Fourier pyramid for local Laplacian filter", 2022): since `sin ω(v - g) = sin ωv cos ωg - cos ωv sin ωg`, the
//! pyramids of `sin ωv` and `cos ωv` serve every `g` exactly. Four to eight frequencies reach the direct filter to within
//! a thousandth, where interpolated tones would leave a ripple of a tenth in the detail unless there were twenty.
//!
//! On the finest level `sin ωv cos ωv - cos ωv sin ωv` vanishes, so waves are kept from half size on: two quarter
//! planes for each frequency and what lies above them.

mod levels;
mod series;

#[cfg(test)]
mod tests;

use super::pyramid::sizes;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_band_pair};
use crate::pixel::{Plane, Size};
use levels::Pyramid;
use series::Series;

/// What the filter shall do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalLaplacian {
    /// How much differences below `sigma` grow: 0.5 by half, -1 smooths them away.
    pub detail: f32,
    /// How much larger differences shrink: 0 not at all, 1 wholly.
    pub compression: f32,
    /// Where detail ends and edges begin, in lightness from 0 to 1. At least 0.05.
    pub sigma: f32,
    /// Detail finer than so many pixels is raised less and less.
    pub finest: f32,
}

impl LocalLaplacian {
    /// Planes of working memory, each as large as the picture: sines and cosines at half size and below, twice the
    /// picture's own pyramid, and the result.
    pub(crate) fn planes(&self) -> f64 {
        let waves = Series::new(self.sigma).weights.len() as f64 * 2.0;
        (waves + 2.0) / 3.0 + 2.0
    }
}

/// Filter a plane of lightness from 0 to 1; what lies outside is treated as the nearest end.
pub fn local_laplacian(plane: &Plane, how: &LocalLaplacian, context: &Context) -> Result<Plane> {
    let shares = shares(plane.size(), how.finest);
    let gains: Vec<_> = shares.into_iter().map(|share| how.detail * share).collect();
    filter(plane, &gains, how, context)
}

/// How much of the detail asked for each level gets: none where it is half as wide as `finest` or less.
fn shares(size: Size, finest: f32) -> Vec<f32> {
    let share = |level: usize| 2.0 * (1u64 << level.min(40)) as f32 / finest.max(1e-3) - 1.0;
    (0..sizes(size).len()).map(|level| share(level).clamp(0.0, 1.0)).collect()
}

/// The same with a gain of its own for each level, the finest first.
pub(crate) fn filter(plane: &Plane, gains: &[f32], how: &LocalLaplacian, context: &Context) -> Result<Plane> {
    let compression = how.compression.clamp(0.0, 1.0);
    let width = plane.size().width();
    let mut result = match Pyramid::new(plane, Series::new(how.sigma), context)? {
        Some(pyramid) => pyramid.collapse(plane, gains, compression, context)?,
        None => Plane::filled(plane.size(), 0.0),
    };
    let rest = if sizes(plane.size()).len() > 1 { 1.0 - compression } else { 1.0 };
    let band = width * BAND_ROWS;
    for_each_band_pair(context, (plane.samples(), band), (result.samples_mut(), band), |_, from, to| {
        to.iter_mut().zip(from).for_each(|(to, from)| *to += rest * from);
        Ok(())
    })?;
    Ok(result)
}
