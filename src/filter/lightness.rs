//! The lightness of a picture, as one plane.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::{interleave::Store, lightness, transfer};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Encoding, Picture, Plane, Samples};

/// Oklab lightness of each pixel, black 0 and white 1, in a quarter of the memory that opening all planes takes.
pub fn lightness(picture: &Picture, context: &Context) -> Result<Plane> {
    context.limits.admit(picture.size(), 4)?;
    let mut plane = Plane::filled(picture.size(), 0.0);
    match picture.samples() {
        Samples::U8(s) => measure(picture, s, &mut plane, context)?,
        Samples::U16(s) => measure(picture, s, &mut plane, context)?,
        Samples::F32(s) => measure(picture, s, &mut plane, context)?,
    }
    Ok(plane)
}

fn measure<T: Store>(picture: &Picture, samples: &[T], plane: &mut Plane, context: &Context) -> Result<()> {
    let (layout, width, level) = (picture.layout(), picture.size().width(), context.level);
    let row_len = picture.row_len();
    for_each_band(context, plane.samples_mut(), width * BAND_ROWS, |index, band| {
        let mut rows: [Vec<f32>; 3] = std::array::from_fn(|_| vec![0.0; width]);
        let source = samples[index * BAND_ROWS * row_len..].chunks_exact(row_len);
        for (pixels, out) in source.zip(band.chunks_exact_mut(width)) {
            for (channel, row) in rows.iter_mut().enumerate() {
                let channel = if layout.is_grey() { 0 } else { channel };
                T::take(level, pixels, layout.channels(), channel, row);
            }
            let [r, g, b] = &mut rows;
            if picture.encoding() == Encoding::Oklab {
                out.copy_from_slice(r);
                continue;
            }
            if picture.encoding() == Encoding::Srgb {
                [&mut *r, g, b].into_iter().for_each(|row| transfer::srgb_to_linear(level, row));
            }
            lightness::lightness(level, r, g, b, out);
        }
        Ok(())
    })
}

/// How opaque each pixel is, if the picture says so.
pub(crate) fn opacity(picture: &Picture, context: &Context) -> Result<Option<Plane>> {
    let channels = picture.layout().channels();
    if !picture.layout().has_alpha() {
        return Ok(None);
    }
    context.limits.admit(picture.size(), 4)?;
    let mut plane = Plane::filled(picture.size(), 0.0);
    let len = picture.size().width() * BAND_ROWS;
    for_each_band(context, plane.samples_mut(), len, |index, band| {
        let range = index * len * channels..(index * len + band.len()) * channels;
        match picture.samples() {
            Samples::U8(s) => u8::take(context.level, &s[range], channels, channels - 1, band),
            Samples::U16(s) => u16::take(context.level, &s[range], channels, channels - 1, band),
            Samples::F32(s) => f32::take(context.level, &s[range], channels, channels - 1, band),
        }
        Ok(())
    })?;
    Ok(Some(plane))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::{Layout, Planes, Size};
    use crate::test_support::Random;

    #[test]
    fn it_is_the_first_plane_of_oklab() {
        let mut random = Random::new("lightness");
        let context = Context::default();
        for (w, h) in [(1, 1), (7, 1), (33, 130)] {
            for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
                let size = Size::new(w, h).unwrap();
                let samples: Vec<_> =
                    (0..size.pixels() * layout.channels()).map(|_| random.below(256) as u8).collect();
                let picture = Picture::new(size, layout, samples).unwrap();
                let planes = Planes::open(&picture, Encoding::Oklab, &context).unwrap();
                let plane = lightness(&picture, &context).unwrap();
                let apart =
                    plane.samples().iter().zip(planes.colour[0].samples()).map(|(a, b)| (a - b).abs());
                assert!(apart.fold(0.0, f32::max) < 1e-5, "{layout:?} {size}, {random}");
            }
        }
    }
}
