//! Dithering: fewer colours than the picture has, mixed by the eye.
//!
//! The eye adds up light, so all methods here ask how much *light* a pixel still owes its neighbours, in
//! whatever space the nearest colour is searched; black and white then mix to the grey that was meant, not to
//! a lighter one. A pixel's error is a vector: its channels travel together, or greys would break up into
//! coloured speckle. Output is the same for any number of threads, and for equal frames of an animation.

mod blue_noise;
mod clean;
mod diffusion;
mod filter;
mod ordered;
mod points;
mod suit;
mod thresholds;

use crate::context::Context;
use crate::error::{Error, Result};
pub use diffusion::Diffusion;
pub use filter::Filter;
pub use ordered::{Ordered, Positional};
pub use points::Points;
use points::Prepared;
pub use suit::Suit;
pub use thresholds::Thresholds;

/// How a picture is brought to the colours of a palette.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Dither {
    /// Each pixel gets the nearest colour.
    #[default]
    None,
    /// What a pixel's colour lacks goes to its neighbours. Best for photographs.
    Diffusion(Diffusion),
    /// A matrix decides between two colours. Still from frame to frame, and at home in pixel art.
    Ordered(Ordered),
    /// A matrix decides between many colours. Best for palettes that were not made for the picture.
    Positional(Positional),
}

impl Dither {
    /// The entry of the palette that each pixel gets. The palette holds 1 to 65536 points of the same space.
    pub fn map(self, points: &Points<'_>, palette: &[[f32; 3]], context: &Context) -> Result<Vec<u16>> {
        if palette.is_empty() || palette.len() > 1 << 16 {
            let what = format!("a palette of {} colours cannot be mapped to", palette.len());
            return Err(Error::unsupported(what, "give it 1 to 65536"));
        }
        context.limits.admit(points.size(), 2)?;
        let prepared = Prepared::new(palette, points.encoding);
        match self {
            Self::None => ordered::nearest(points, &prepared, context),
            Self::Diffusion(diffusion) => diffusion.map(points, &prepared, context),
            Self::Ordered(ordered) => ordered.map(points, &prepared, context),
            Self::Positional(positional) => positional.map(points, &prepared, context),
        }
    }
}

#[cfg(test)]
mod tests;
