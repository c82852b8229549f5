//! From one layout to another that can hold as much.

use super::samples::Samples;
use super::{Layout, Picture};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::interleave::Store;
use crate::parallel::for_each_band_pair;

impl Picture {
    /// The same picture with other channels: grey becomes three alike, a new alpha is full. Colour cannot become
    /// grey, and an alpha that matters cannot be taken away.
    pub fn into_layout(self, layout: Layout, context: &Context) -> Result<Self> {
        let from = self.layout();
        if from == layout {
            return Ok(self);
        }
        if layout.is_grey() && !from.is_grey() {
            return Err(Error::unsupported(
                "a picture in colour cannot become grey unseen",
                "desaturate it first",
            ));
        }
        if from.has_alpha() && !layout.has_alpha() && !self.is_opaque() {
            return Err(Error::unsupported(
                "a transparent picture cannot become opaque unseen",
                "flatten it first",
            ));
        }
        context.limits.admit(self.size(), layout.channels() * self.depth().bytes())?;
        let (size, encoding, state) = (self.size(), self.encoding(), self.alpha());
        let alpha = match (from.has_alpha(), layout.has_alpha()) {
            (_, false) => super::Alpha::Opaque,
            (true, true) => state,
            (false, true) => super::Alpha::Straight,
        };
        let samples = match self.into_samples() {
            Samples::U8(s) => Samples::U8(spread(&s, from, layout, context)?),
            Samples::U16(s) => Samples::U16(spread(&s, from, layout, context)?),
            Samples::F32(s) => Samples::F32(spread(&s, from, layout, context)?),
        };
        Ok(Self::with_meaning(size, layout, encoding, alpha, samples).expect("made for this size and layout"))
    }
}

fn spread<T: Store + Default>(source: &[T], from: Layout, to: Layout, context: &Context) -> Result<Vec<T>> {
    /// Pixels handled at a time.
    const RUN: usize = 1 << 16;
    let (read, write) = (from.channels(), to.channels());
    let mut target = vec![T::default(); source.len() / read * write];
    for_each_band_pair(context, (source, RUN * read), (&mut target, RUN * write), |_, source, target| {
        for (source, target) in source.chunks_exact(read).zip(target.chunks_exact_mut(write)) {
            for (c, value) in target.iter_mut().enumerate() {
                *value = match c < to.colours() {
                    true => source[c.min(from.colours() - 1)],
                    false if from.has_alpha() => source[read - 1],
                    false => T::store(1.0),
                };
            }
        }
        Ok(())
    })?;
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;

    fn pixel(layout: Layout, samples: Vec<u8>) -> Picture {
        Picture::new(Size::new(1, 1).unwrap(), layout, samples).unwrap()
    }

    #[test]
    fn channels_are_added_and_nothing_is_lost() {
        let to = |from: Picture, layout| from.into_layout(layout, &Context::default());
        let bytes = |picture: Picture| picture.as_u8().unwrap().samples().to_vec();
        let grey = pixel(Layout::Grey, vec![7]);
        assert_eq!(bytes(to(grey.clone(), Layout::Rgba).unwrap()), [7, 7, 7, 255]);
        assert_eq!(bytes(to(pixel(Layout::GreyAlpha, vec![7, 9]), Layout::Rgba).unwrap()), [7, 7, 7, 9]);
        assert_eq!(bytes(to(pixel(Layout::Rgba, vec![1, 2, 3, 255]), Layout::Rgb).unwrap()), [1, 2, 3]);
        assert!(to(pixel(Layout::Rgba, vec![1, 2, 3, 4]), Layout::Rgb).is_err());
        assert!(to(pixel(Layout::Rgb, vec![1, 2, 3]), Layout::Grey).is_err());
    }
}
