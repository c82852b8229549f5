//! Canny's detector with OpenCV's parameters and OpenCV's answer.
//!
//! John Canny, "A Computational Approach to Edge Detection", 1986. A pixel is an edge if its gradient is
//! steeper than that of its two neighbours along the gradient and above the high threshold, or above the low
//! one and connected (by sides or corners) to an edge. No blur is done here: that is a choice of the caller.
//!
//! Each band of rows is measured and suppressed in one pass over rolling rows, and leaves two bits for a
//! pixel; hysteresis then works on words of 64 pixels.

mod hysteresis;
mod suppress;
#[cfg(test)]
mod tests;

use super::gradient::{Aperture, GradientRows, GreyGradients};
use super::grey::Grey;
use super::map::{EdgeMap, stride};
use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_bands};

pub use suppress::Norm;
use suppress::{Limits, suppress};

/// What Canny is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canny {
    /// Steepness from which a pixel may continue an edge.
    pub low: f64,
    /// Steepness from which a pixel is an edge by itself.
    pub high: f64,
    /// The side of the Sobel window.
    pub aperture: Aperture,
    /// How steepness is told from the two derivatives.
    pub norm: Norm,
}

impl Canny {
    /// Aperture 3 and sums of absolute values, as in OpenCV.
    pub fn new(low: f64, high: f64) -> Self {
        Self { low, high, aperture: Aperture::Three, norm: Norm::Sum }
    }

    /// The edges of a grey picture.
    ///
    /// If the low threshold is above the high one they change places.
    pub fn edges(&self, grey: Grey<'_>, context: &Context) -> Result<EdgeMap> {
        let size = (grey.width(), grey.height());
        // An aperture of 7 is worked out in sixteenths, and its thresholds with it.
        let finer = self.in_steps(self.aperture.steps());
        finer.edges_of(size, || GreyGradients::for_canny(grey, self.aperture), context)
    }

    /// The same thresholds where a derivative of 1 is worked out as `steps`.
    pub(super) fn in_steps(&self, steps: f64) -> Self {
        Self { low: self.low * steps, high: self.high * steps, ..*self }
    }

    /// The edges of a picture whose derivatives are known, wherever they come from; the aperture plays no
    /// part. Derivatives are within ±13 000.
    pub fn edges_of<G: GradientRows>(
        &self,
        (width, height): (usize, usize),
        rows: impl Fn() -> G + Sync,
        context: &Context,
    ) -> Result<EdgeMap> {
        let limits = Limits::new(self.low, self.high, self.norm)?;
        let stride = stride(width);
        let (mut candidates, mut open) = (vec![0; stride * height], vec![0; stride * height]);
        let mut planes = [&mut candidates[..], &mut open[..]];
        for_each_bands(context, &mut planes, stride * BAND_ROWS, |index, bands| {
            let [candidates, open] = bands else { return Ok(()) };
            let top = index * BAND_ROWS;
            suppress(rows(), (width, height), top, limits, [candidates, open], context.level);
            hysteresis::settle(candidates, open, stride);
            Ok(())
        })?;
        hysteresis::join(&candidates, &mut open, stride, BAND_ROWS);
        for (word, open) in candidates.iter_mut().zip(&open) {
            *word &= !open;
        }
        Ok(EdgeMap::new(width, height, candidates))
    }
}
