//! To and from the buffers of the `image` crate, which is what library users hold.

use image::{DynamicImage, ImageBuffer, Luma, LumaA, Pixel, Rgb, Rgba};

use super::picture::{Alpha, Encoding, Layout, Picture};
use super::samples::{Depth, Samples};
use super::size::{Size, SizeError};
use crate::context::Context;
use crate::error::Error;
use crate::kernel::interleave::Store;
use crate::parallel::for_each_band_pair;

/// From a buffer of the `image` crate, without copying: its samples are straight sRGB, as ours are.
macro_rules! between_buffers {
    ($($pixel:ident, $sample:ty, $layout:ident;)*) => {$(
        impl TryFrom<ImageBuffer<$pixel<$sample>, Vec<$sample>>> for Picture {
            type Error = SizeError;

            /// Fails only for a buffer with a side of zero.
            fn try_from(buffer: ImageBuffer<$pixel<$sample>, Vec<$sample>>) -> Result<Self, SizeError> {
                let size = Size::new(buffer.width(), buffer.height())?;
                let mut samples = buffer.into_raw();
                // The buffer may be longer than its picture; ours may not.
                samples.truncate(size.pixels() * Layout::$layout.channels());
                Ok(Self::new(size, Layout::$layout, samples).expect("the buffer holds as many samples as its size needs"))
            }
        }
    )*};
}

between_buffers! {
    Luma, u8, Grey;
    Luma, u16, Grey;
    LumaA, u8, GreyAlpha;
    LumaA, u16, GreyAlpha;
    Rgb, u8, Rgb;
    Rgb, u16, Rgb;
    Rgb, f32, Rgb;
    Rgba, u8, Rgba;
    Rgba, u16, Rgba;
    Rgba, f32, Rgba;
}

impl TryFrom<DynamicImage> for Picture {
    type Error = SizeError;

    /// Fails only for an image with a side of zero.
    fn try_from(image: DynamicImage) -> Result<Self, SizeError> {
        match image {
            DynamicImage::ImageLuma8(b) => b.try_into(),
            DynamicImage::ImageLuma16(b) => b.try_into(),
            DynamicImage::ImageLumaA8(b) => b.try_into(),
            DynamicImage::ImageLumaA16(b) => b.try_into(),
            DynamicImage::ImageRgb8(b) => b.try_into(),
            DynamicImage::ImageRgb16(b) => b.try_into(),
            DynamicImage::ImageRgb32F(b) => b.try_into(),
            DynamicImage::ImageRgba8(b) => b.try_into(),
            DynamicImage::ImageRgba16(b) => b.try_into(),
            DynamicImage::ImageRgba32F(b) => b.try_into(),
            other => other.into_rgba32f().try_into(),
        }
    }
}

fn buffer<P: Pixel>(size: Size, samples: Vec<P::Subpixel>) -> ImageBuffer<P, Vec<P::Subpixel>> {
    let (width, height) = size.as_u32();
    ImageBuffer::from_raw(width, height, samples).expect("a picture holds as many samples as its size needs")
}

impl TryFrom<Picture> for DynamicImage {
    type Error = Error;

    /// Without copying where the `image` crate has such a buffer (grey in floating point becomes RGB).
    /// Fails for pictures that are not straight sRGB, since such a buffer cannot say so.
    fn try_from(picture: Picture) -> Result<Self, Error> {
        if picture.encoding() != Encoding::Srgb || picture.alpha() == Alpha::Premultiplied {
            return Err(Error::unsupported(
                format!(
                    "a picture in {:?} with {:?} alpha cannot be an image buffer",
                    picture.encoding(),
                    picture.alpha()
                ),
                "convert it to straight sRGB first",
            ));
        }
        let (size, layout) = (picture.size(), picture.layout());
        Ok(match (picture.into_samples(), layout) {
            (Samples::U8(s), Layout::Grey) => Self::ImageLuma8(buffer(size, s)),
            (Samples::U8(s), Layout::GreyAlpha) => Self::ImageLumaA8(buffer(size, s)),
            (Samples::U8(s), Layout::Rgb) => Self::ImageRgb8(buffer(size, s)),
            (Samples::U8(s), Layout::Rgba) => Self::ImageRgba8(buffer(size, s)),
            (Samples::U16(s), Layout::Grey) => Self::ImageLuma16(buffer(size, s)),
            (Samples::U16(s), Layout::GreyAlpha) => Self::ImageLumaA16(buffer(size, s)),
            (Samples::U16(s), Layout::Rgb) => Self::ImageRgb16(buffer(size, s)),
            (Samples::U16(s), Layout::Rgba) => Self::ImageRgba16(buffer(size, s)),
            (Samples::F32(s), Layout::Rgb) => Self::ImageRgb32F(buffer(size, s)),
            (Samples::F32(s), Layout::Rgba) => Self::ImageRgba32F(buffer(size, s)),
            (Samples::F32(s), Layout::Grey) => {
                Self::ImageRgb32F(buffer(size, s.iter().flat_map(|&v| [v; 3]).collect()))
            }
            (Samples::F32(s), Layout::GreyAlpha) => Self::ImageRgba32F(buffer(
                size,
                s.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect(),
            )),
        })
    }
}

impl Picture {
    /// The same picture in another depth, each sample rounded to the nearest. Costs nothing if it has it.
    /// A picture in Oklab stays in floating point.
    pub fn into_depth(self, depth: Depth, context: &Context) -> Result<Self, Error> {
        if self.depth() == depth || self.encoding() == Encoding::Oklab {
            return Ok(self);
        }
        let (size, layout, encoding, alpha) = (self.size(), self.layout(), self.encoding(), self.alpha());
        let samples = super::with_samples!(&self.into_samples(), s => match depth {
            Depth::U8 => Samples::U8(all(s, context)?),
            Depth::U16 => Samples::U16(all(s, context)?),
            Depth::F32 => Samples::F32(all(s, context)?),
        });
        Ok(Self::with_meaning(size, layout, encoding, alpha, samples).expect("only the depth changed"))
    }
}

fn all<S: Store, T: Store + Default>(samples: &[S], context: &Context) -> Result<Vec<T>, Error> {
    /// Samples handled at a time: a band whatever the width.
    const RUN: usize = 1 << 18;
    let mut target = vec![T::default(); samples.len()];
    for_each_band_pair(context, (samples, RUN), (&mut target, RUN), |_, source, target| {
        target.iter_mut().zip(source).for_each(|(to, from)| *to = T::store(from.load()));
        Ok(())
    })?;
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_go_there_and_back_without_loss() {
        let picture =
            Picture::new(Size::new(5, 3).unwrap(), Layout::Rgba, (0..60).collect::<Vec<u16>>()).unwrap();
        let image = DynamicImage::try_from(picture.clone()).unwrap();
        assert_eq!(Picture::try_from(image).unwrap(), picture);
    }

    #[test]
    fn an_empty_buffer_is_not_a_picture() {
        assert!(Picture::try_from(image::RgbImage::new(0, 4)).is_err());
    }

    #[test]
    fn linear_light_cannot_hide_in_a_buffer() {
        let linear = Picture::with_meaning(
            Size::new(1, 1).unwrap(),
            Layout::Grey,
            Encoding::Linear,
            Alpha::Opaque,
            vec![9u8],
        );
        assert!(DynamicImage::try_from(linear.unwrap()).is_err());
    }

    #[test]
    fn sixteen_bits_round_to_the_nearest_eight() {
        let wide =
            Picture::new(Size::new(65536, 1).unwrap(), Layout::Grey, (0..=65535).collect::<Vec<u16>>())
                .unwrap();
        let narrow = wide.into_depth(Depth::U8, &Context::default()).unwrap();
        for (value, got) in (0..).zip(narrow.as_u8().unwrap().samples()) {
            assert_eq!(u32::from(*got), (value + 128) / 257, "{value}");
        }
    }

    #[test]
    fn eight_bits_survive_sixteen() {
        let picture =
            Picture::new(Size::new(256, 1).unwrap(), Layout::Grey, (0..=255).collect::<Vec<u8>>()).unwrap();
        let wide = picture.clone().into_depth(Depth::U16, &Context::default()).unwrap();
        assert_eq!(wide.as_u16().unwrap().samples()[255], 65535);
        assert_eq!(wide.into_depth(Depth::U8, &Context::default()).unwrap(), picture);
    }
}
