//! The picture: size, what its numbers mean, and the numbers.

use super::samples::{Depth, Samples, with_samples};
use super::size::Size;
use super::view::{View, ViewMut};

/// Which channels a pixel has, in the order they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One channel of lightness.
    Grey,
    /// Lightness and alpha.
    GreyAlpha,
    /// Red, green, blue (or L, a, b in Oklab).
    Rgb,
    /// The same and alpha.
    Rgba,
}

impl Layout {
    /// Samples in a pixel.
    pub fn channels(self) -> usize {
        self.colours() + usize::from(self.has_alpha())
    }

    /// Samples in a pixel that are not alpha.
    pub fn colours(self) -> usize {
        if self.is_grey() { 1 } else { 3 }
    }

    /// Is there an alpha channel?
    pub fn has_alpha(self) -> bool {
        matches!(self, Self::GreyAlpha | Self::Rgba)
    }

    /// Is there only lightness?
    pub fn is_grey(self) -> bool {
        matches!(self, Self::Grey | Self::GreyAlpha)
    }

    /// The layout with these properties.
    pub fn of(grey: bool, alpha: bool) -> Self {
        match (grey, alpha) {
            (true, false) => Self::Grey,
            (true, true) => Self::GreyAlpha,
            (false, false) => Self::Rgb,
            (false, true) => Self::Rgba,
        }
    }
}

/// What the numbers of the colour channels mean. All have the primaries and the white of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The curve of sRGB, as files have it.
    Srgb,
    /// Proportional to light.
    Linear,
    /// Oklab: even steps look even. Only in floating point, since a and b may be negative.
    Oklab,
}

/// How colour and alpha relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alpha {
    /// There is none: every pixel is opaque.
    Opaque,
    /// Colours are as if opaque; alpha stands beside them. Files and most operators want this.
    Straight,
    /// Colours are already multiplied by alpha. Anything that mixes pixels needs this.
    Premultiplied,
}

/// Why parts do not make a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Too few or too many samples.
    #[error("{size} {layout:?} pixels need {needed} samples, and there are {found}")]
    Count {
        /// The size asked for.
        size: Size,
        /// The layout asked for.
        layout: Layout,
        /// Samples such a picture has.
        needed: usize,
        /// Samples handed over.
        found: usize,
    },
    /// The alpha state contradicts the layout.
    #[error(
        "a {layout:?} picture cannot have {alpha:?} alpha; with an alpha channel it is Straight or Premultiplied, without one Opaque"
    )]
    Alpha {
        /// The layout asked for.
        layout: Layout,
        /// The alpha state asked for.
        alpha: Alpha,
    },
    /// Oklab outside floating point or without three channels.
    #[error("Oklab needs three colour channels in floating point, not {layout:?} in {depth:?}")]
    Oklab {
        /// The layout asked for.
        layout: Layout,
        /// The depth asked for.
        depth: Depth,
    },
}

/// A picture in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    size: Size,
    layout: Layout,
    encoding: Encoding,
    alpha: Alpha,
    samples: Samples,
}

impl Picture {
    /// A picture as files have it: sRGB, and straight alpha if the layout has any.
    pub fn new(size: Size, layout: Layout, samples: impl Into<Samples>) -> Result<Self, PictureError> {
        let alpha = if layout.has_alpha() { Alpha::Straight } else { Alpha::Opaque };
        Self::with_meaning(size, layout, Encoding::Srgb, alpha, samples)
    }

    /// A picture whose numbers mean something else than in a file.
    pub fn with_meaning(
        size: Size,
        layout: Layout,
        encoding: Encoding,
        alpha: Alpha,
        samples: impl Into<Samples>,
    ) -> Result<Self, PictureError> {
        let samples = samples.into();
        let (needed, found) = (size.pixels() * layout.channels(), samples.len());
        if needed != found {
            return Err(PictureError::Count { size, layout, needed, found });
        }
        if layout.has_alpha() == (alpha == Alpha::Opaque) {
            return Err(PictureError::Alpha { layout, alpha });
        }
        if encoding == Encoding::Oklab && (layout.is_grey() || samples.depth() != Depth::F32) {
            return Err(PictureError::Oklab { layout, depth: samples.depth() });
        }
        Ok(Self { size, layout, encoding, alpha, samples })
    }

    /// A black (and, with alpha, transparent) sRGB picture to be filled.
    pub fn blank(size: Size, layout: Layout, depth: Depth) -> Self {
        let samples = Samples::zeros(depth, size.pixels() * layout.channels());
        let alpha = if layout.has_alpha() { Alpha::Straight } else { Alpha::Opaque };
        Self { size, layout, encoding: Encoding::Srgb, alpha, samples }
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Which channels there are.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// What the colour channels mean.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How colour and alpha relate.
    pub fn alpha(&self) -> Alpha {
        self.alpha
    }

    /// How samples are stored.
    pub fn depth(&self) -> Depth {
        self.samples.depth()
    }

    /// The samples.
    pub fn samples(&self) -> &Samples {
        &self.samples
    }

    /// The samples, to be changed in place; their number and depth stay.
    pub fn samples_mut(&mut self) -> SamplesMut<'_> {
        match &mut self.samples {
            Samples::U8(s) => SamplesMut::U8(s),
            Samples::U16(s) => SamplesMut::U16(s),
            Samples::F32(s) => SamplesMut::F32(s),
        }
    }

    /// The samples, and nothing else.
    pub fn into_samples(self) -> Samples {
        self.samples
    }

    /// Samples in a row.
    pub fn row_len(&self) -> usize {
        self.size.width() * self.layout.channels()
    }

    /// Bytes the samples take.
    pub fn bytes(&self) -> usize {
        self.samples.len() * self.depth().bytes()
    }

    /// The samples as 8-bit ones, if they are.
    pub fn as_u8(&self) -> Option<View<'_, u8>> {
        match &self.samples {
            Samples::U8(s) => Some(View::new(self.size, self.layout, s)),
            _ => None,
        }
    }

    /// The samples as 16-bit ones, if they are.
    pub fn as_u16(&self) -> Option<View<'_, u16>> {
        match &self.samples {
            Samples::U16(s) => Some(View::new(self.size, self.layout, s)),
            _ => None,
        }
    }

    /// The samples as floating-point ones, if they are.
    pub fn as_f32(&self) -> Option<View<'_, f32>> {
        match &self.samples {
            Samples::F32(s) => Some(View::new(self.size, self.layout, s)),
            _ => None,
        }
    }

    /// The 8-bit samples to be changed, if they are such.
    pub fn as_u8_mut(&mut self) -> Option<ViewMut<'_, u8>> {
        match &mut self.samples {
            Samples::U8(s) => Some(ViewMut::new(self.size, self.layout, s)),
            _ => None,
        }
    }

    /// Is no pixel even partly transparent?
    pub fn is_opaque(&self) -> bool {
        fn all_full<T: PartialEq + Copy>(samples: &[T], channels: usize, full: T) -> bool {
            samples.chunks_exact(channels).all(|pixel| pixel[channels - 1] == full)
        }
        let channels = self.layout.channels();
        !self.layout.has_alpha()
            || match &self.samples {
                Samples::U8(s) => all_full(s, channels, u8::MAX),
                Samples::U16(s) => all_full(s, channels, u16::MAX),
                Samples::F32(s) => s.chunks_exact(channels).all(|pixel| pixel[channels - 1] >= 1.0),
            }
    }
}

/// Samples lent out to be changed.
#[derive(Debug)]
pub enum SamplesMut<'a> {
    /// 8-bit samples.
    U8(&'a mut [u8]),
    /// 16-bit samples.
    U16(&'a mut [u16]),
    /// Floating-point samples.
    F32(&'a mut [f32]),
}

impl std::fmt::Display for Picture {
    /// `1920×1080 Rgb U8`, for messages and logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = with_samples!(&self.samples, s => s.len());
        debug_assert_eq!(count, self.size.pixels() * self.layout.channels());
        write!(f, "{} {:?} {:?}", self.size, self.layout, self.depth())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size() -> Size {
        Size::new(3, 2).unwrap()
    }

    #[test]
    fn the_number_of_samples_must_fit() {
        assert!(Picture::new(size(), Layout::Rgb, vec![0u8; 18]).is_ok());
        let error = Picture::new(size(), Layout::Rgb, vec![0u8; 17]).unwrap_err();
        assert_eq!(error.to_string(), "3×2 Rgb pixels need 18 samples, and there are 17");
    }

    #[test]
    fn alpha_must_fit_the_layout() {
        let make = |layout: Layout, alpha| {
            Picture::with_meaning(size(), layout, Encoding::Linear, alpha, vec![0u16; 6 * layout.channels()])
        };
        assert!(make(Layout::Rgba, Alpha::Premultiplied).is_ok());
        assert!(make(Layout::Rgba, Alpha::Opaque).is_err());
        assert!(make(Layout::Grey, Alpha::Straight).is_err());
    }

    #[test]
    fn oklab_is_floating_point() {
        let make = |samples: Samples| {
            Picture::with_meaning(size(), Layout::Rgb, Encoding::Oklab, Alpha::Opaque, samples)
        };
        assert!(make(vec![0f32; 18].into()).is_ok());
        assert!(make(vec![0u8; 18].into()).is_err());
    }

    #[test]
    fn opaque_means_every_pixel() {
        let mut picture = Picture::blank(size(), Layout::GreyAlpha, Depth::U8);
        assert!(!picture.is_opaque());
        for pixel in picture.as_u8_mut().unwrap().samples().chunks_exact_mut(2) {
            pixel[1] = 255;
        }
        assert!(picture.is_opaque());
    }
}
