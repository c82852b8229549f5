//! Gradients of colour pictures: edges where brightness stays and hue turns.
//!
//! Silvano Di Zenzo, "A note on the gradient of a multi-image", 1986: the direction in which colour changes
//! most is the main axis of the channels' structure tensors. Ours is their mean, so a grey picture stored as
//! colour has exactly the gradient it has as grey, and thresholds mean the same for both.

#[cfg(test)]
mod tests;

use super::canny::{Canny, Norm};
use super::gradient::{GradientRows, GreyGradients};
use super::grey::Grey;
use super::map::EdgeMap;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::{Level, tensor as kernel};

/// How three gradients become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    /// Di Zenzo's: the direction in which all channels together change most.
    #[default]
    DiZenzo,
    /// The gradient of the channel that changes most, as OpenCV takes it.
    Strongest(Norm),
}

/// A colour picture as three grey ones of one size.
#[derive(Clone, Copy, Debug)]
pub struct Channels<'a>([Grey<'a>; 3]);

impl<'a> Channels<'a> {
    /// Red, green and blue, or any other three; of the strongest channel, the first of equals counts.
    pub fn new(channels: [Grey<'a>; 3]) -> Result<Self> {
        let sizes = channels.map(|c| (c.width(), c.height()));
        if sizes[1] != sizes[0] || sizes[2] != sizes[0] {
            return Err(Error::unsupported(
                format!("channels of the sizes {sizes:?} are no picture"),
                "bring all three to one size",
            ));
        }
        Ok(Self(channels))
    }
}

/// Canny's edges of a colour picture.
pub fn canny(channels: Channels<'_>, combine: Combine, canny: &Canny, context: &Context) -> Result<EdgeMap> {
    let size = (channels.0[0].width(), channels.0[0].height());
    let rows = || channels.0.map(|grey| GreyGradients::for_canny(grey, canny.aperture));
    canny.in_steps(canny.aperture.steps()).edges_of(
        size,
        || ColourGradients::new(rows(), size.0, combine),
        context,
    )
}

/// The combined gradients, row by row.
pub(super) struct ColourGradients<G> {
    combine: Combine,
    channels: [G; 3],
    dx: [Vec<i16>; 3],
    dy: [Vec<i16>; 3],
}

impl<G> ColourGradients<G> {
    /// Rows have `width` pixels.
    pub(super) fn new(channels: [G; 3], width: usize, combine: Combine) -> Self {
        let plane = || std::array::from_fn(|_| vec![0; width]);
        Self { combine, channels, dx: plane(), dy: plane() }
    }
}

impl<G: GradientRows> GradientRows for ColourGradients<G> {
    fn row(&mut self, level: Level, y: usize, dx: &mut [i16], dy: &mut [i16]) {
        for (channel, rows) in self.channels.iter_mut().zip(self.dx.iter_mut().zip(&mut self.dy)) {
            channel.row(level, y, rows.0, rows.1);
        }
        let (p, q) = (self.dx.each_ref().map(|row| &row[..]), self.dy.each_ref().map(|row| &row[..]));
        let combine = match self.combine {
            Combine::DiZenzo => kernel::main_axis,
            Combine::Strongest(Norm::Sum) => kernel::strongest_sum,
            Combine::Strongest(Norm::Euclidean) => kernel::strongest_squares,
        };
        combine(level, p, q, dx, dy);
    }
}
