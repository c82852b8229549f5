//! Laying a transparent picture over a background colour.
//!
//! Mixed in light, not in sRGB values: half-covered edge pixels mixed as sRGB come out too dark, and every
//! soft edge on a light background grows a dark fringe.

use crate::color::Rgb;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::interleave::Store;
use crate::kernel::transfer;
use crate::parallel::{BAND_ROWS, for_each_band_pair};
use crate::pixel::{Depth, Encoding, Layout, Picture, SamplesMut, with_samples};

/// `picture` over `background`, without alpha. Grey stays grey if `grey` allows it and the background has
/// no hue.
pub(super) fn flatten(
    picture: &Picture,
    depth: Depth,
    grey: bool,
    background: Rgb,
    context: &Context,
) -> Result<Picture> {
    let [r, g, b] = background.0;
    let layout = Layout::of(grey && r == g && g == b, false);
    let mut target = Picture::blank(picture.size(), layout, depth);
    let over = Over {
        width: picture.size().width(),
        from: picture.layout(),
        to: layout,
        light: background.to(Encoding::Linear),
    };
    with_samples!(picture.samples(), s => match target.samples_mut() {
        SamplesMut::U8(t) => over.bands(s, t, context),
        SamplesMut::U16(t) => over.bands(s, t, context),
        SamplesMut::F32(t) => over.bands(s, t, context),
    })?;
    Ok(target)
}

struct Over {
    width: usize,
    from: Layout,
    to: Layout,
    /// The background, proportional to light.
    light: [f32; 3],
}

impl Over {
    fn bands<S: Store, T: Store>(&self, source: &[S], target: &mut [T], context: &Context) -> Result<()> {
        let (from, to) = (self.width * self.from.channels(), self.width * self.to.channels());
        let bands = ((source, from * BAND_ROWS), (target, to * BAND_ROWS));
        for_each_band_pair(context, bands.0, bands.1, |_, source, target| {
            let mut scratch = vec![0.0; self.width];
            for (source, target) in source.chunks_exact(from).zip(target.chunks_exact_mut(to)) {
                for channel in 0..self.to.channels() {
                    self.row(source, target, channel, &mut scratch, context);
                }
            }
            Ok(())
        })
    }

    /// One channel of one row.
    fn row<S: Store, T: Store>(
        &self,
        source: &[S],
        target: &mut [T],
        channel: usize,
        light: &mut [f32],
        context: &Context,
    ) {
        let (alpha, colour) = (self.from.colours(), if self.from.is_grey() { 0 } else { channel });
        let pixels = || source.chunks_exact(self.from.channels());
        for (value, pixel) in light.iter_mut().zip(pixels()) {
            *value = pixel[colour].load();
        }
        transfer::srgb_to_linear(context.level, light);
        for (value, pixel) in light.iter_mut().zip(pixels()) {
            let cover = pixel[alpha].load().clamp(0.0, 1.0);
            *value = *value * cover + self.light[channel] * (1.0 - cover);
        }
        transfer::linear_to_srgb(context.level, light);
        for (pixel, value) in target.chunks_exact_mut(self.to.channels()).zip(light) {
            pixel[channel] = T::store(*value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;
    use crate::test_support::Random;

    fn decode(v: f64) -> f64 {
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    }

    fn encode(v: f64) -> f64 {
        if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
    }

    #[test]
    fn mixing_is_that_of_light() {
        let mut random = Random::new("flatten");
        let background = Rgb([0.1, 0.6, 1.0]);
        for layout in [Layout::GreyAlpha, Layout::Rgba] {
            let size = Size::new(37, 67).unwrap();
            let samples: Vec<u8> =
                (0..size.pixels() * layout.channels()).map(|_| random.next() as u8).collect();
            let picture = Picture::new(size, layout, samples.clone()).unwrap();
            let flat = flatten(&picture, Depth::U8, true, background, &Context::default()).unwrap();
            assert_eq!(flat.layout(), Layout::Rgb, "a coloured background has hues");
            let pixels = samples.chunks_exact(layout.channels());
            for (pixel, out) in pixels.zip(flat.as_u8().unwrap().samples().chunks_exact(3)) {
                let cover = f64::from(pixel[layout.colours()]) / 255.0;
                for c in 0..3 {
                    let over = decode(f64::from(pixel[c % layout.colours()]) / 255.0);
                    let under = decode(f64::from(background.0[c]));
                    let exact = 255.0 * encode(over * cover + under * (1.0 - cover));
                    assert!((f64::from(out[c]) - exact).abs() < 0.501, "{pixel:?} {c}: {exact}, {random}");
                }
            }
        }
    }

    #[test]
    fn opaque_pixels_are_untouched_and_grey_stays_grey_on_white() {
        let samples: Vec<u16> = (0..=65_535u16).flat_map(|v| [v, 65_535]).collect();
        let picture = Picture::new(Size::new(256, 256).unwrap(), Layout::GreyAlpha, samples).unwrap();
        let flat = flatten(&picture, Depth::U16, true, Rgb([1.0; 3]), &Context::default()).unwrap();
        assert_eq!(flat.layout(), Layout::Grey);
        assert!(flat.as_u16().unwrap().samples().iter().enumerate().all(|(i, &v)| i == usize::from(v)));
    }
}
