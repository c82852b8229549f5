//! Colours that were counted, for palettes to be found from.

use super::Space;
use super::colours::{Colours, Source};
use crate::context::Context;
use crate::error::Result;

/// The colours of pictures, each once, with how much each counts; see
/// [`Quantizer::histogram`](super::Quantizer::histogram). Of large pictures it holds a part of the pixels.
pub struct Histogram {
    pub(super) colours: Counted,
}

/// With alpha as a fourth coordinate where something is not opaque.
pub(super) enum Counted {
    Opaque(Colours<3>),
    Alpha(Colours<4>),
}

impl Histogram {
    pub(super) fn of(
        sources: &[Source<'_>],
        opaque: bool,
        wanted: usize,
        space: Space,
        context: &Context,
    ) -> Result<Self> {
        let colours = if opaque {
            Counted::Opaque(Colours::gather(sources, wanted, space, context)?)
        } else {
            Counted::Alpha(Colours::gather(sources, wanted, space, context)?)
        };
        Ok(Self { colours })
    }

    /// How many different colours there are in it.
    pub fn colours(&self) -> usize {
        match &self.colours {
            Counted::Opaque(colours) => colours.len(),
            Counted::Alpha(colours) => colours.len(),
        }
    }
}

impl std::fmt::Debug for Histogram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Histogram").field("colours", &self.colours()).finish()
    }
}
