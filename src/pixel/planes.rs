//! A picture opened into planes, and put back: the way in and out of every filter.

use super::plane::Plane;
use super::{Alpha, Depth, Encoding, Layout, Picture, Samples, Size};
use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, interleave::Store};
use crate::parallel::{BAND_ROWS, for_each_band, for_each_bands};

/// The channels of a picture as planes in an encoding of one's choice.
///
/// A grey picture has one plane of colour (in Oklab: lightness alone), any other has three. Colours are as
/// they are in the picture: straight, unless [`Planes::weigh`] multiplies them by alpha.
#[derive(Clone, Debug)]
pub struct Planes {
    /// One plane or three.
    pub colour: Vec<Plane>,
    /// How opaque each pixel is, if the picture says so.
    pub alpha: Option<Plane>,
    /// What the numbers of `colour` mean.
    pub encoding: Encoding,
    /// What the numbers of the picture meant, and shall mean again.
    meaning: (Encoding, Alpha),
}

impl Planes {
    /// Open a picture.
    pub fn open(picture: &Picture, encoding: Encoding, context: &Context) -> Result<Self> {
        let (size, layout) = (picture.size(), picture.layout());
        context.limits.admit(size, layout.channels() * 4)?;
        let mut planes: Vec<_> = (0..layout.channels()).map(|_| vec![0.0; size.pixels()]).collect();
        let from = Opening { layout, width: size.width(), from: picture.encoding(), to: encoding };
        match picture.samples() {
            Samples::U8(s) => from.open(s, &mut planes, context)?,
            Samples::U16(s) => from.open(s, &mut planes, context)?,
            Samples::F32(s) => from.open(s, &mut planes, context)?,
        }
        let mut planes: Vec<_> = planes.into_iter().filter_map(|samples| Plane::new(size, samples)).collect();
        let alpha = if layout.has_alpha() { planes.pop() } else { None };
        Ok(Self { colour: planes, alpha, encoding, meaning: (picture.encoding(), picture.alpha()) })
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.colour[0].size()
    }

    /// A picture again, in the encoding the first one had, at rest in this depth.
    pub fn close(self, depth: Depth, context: &Context) -> Result<Picture> {
        let layout = Layout::of(self.colour.len() == 1, self.alpha.is_some());
        let size = self.size();
        context.limits.admit(size, layout.channels() * depth.bytes())?;
        let mut samples = Samples::zeros(depth, size.pixels() * layout.channels());
        match &mut samples {
            Samples::U8(s) => self.store(s, layout, context)?,
            Samples::U16(s) => self.store(s, layout, context)?,
            Samples::F32(s) => self.store(s, layout, context)?,
        }
        Ok(Picture::with_meaning(size, layout, self.meaning.0, self.alpha_state(), samples)
            .expect("made for this size and layout"))
    }

    fn alpha_state(&self) -> Alpha {
        match (&self.alpha, self.meaning.1) {
            (None, _) => Alpha::Opaque,
            (Some(_), Alpha::Opaque) => Alpha::Straight,
            (Some(_), state) => state,
        }
    }

    /// Multiply colours by alpha, before pixels are mixed with their neighbours. Only in linear light.
    pub fn weigh(&mut self, context: &Context) -> Result<()> {
        self.each_with_alpha(context, |colour, alpha| {
            colour.iter_mut().zip(alpha).for_each(|(colour, alpha)| *colour *= alpha);
        })
    }

    /// Divide colours by alpha again. Where nothing is opaque the colour becomes black.
    pub fn unweigh(&mut self, context: &Context) -> Result<()> {
        self.each_with_alpha(context, |colour, alpha| {
            let whole = |(colour, alpha): (&mut f32, &f32)| {
                *colour = if *alpha > 1e-6 { *colour / *alpha } else { 0.0 };
            };
            colour.iter_mut().zip(alpha).for_each(whole);
        })
    }

    fn each_with_alpha(
        &mut self,
        context: &Context,
        work: impl Fn(&mut [f32], &[f32]) + Sync + Send,
    ) -> Result<()> {
        if self.meaning.1 == Alpha::Premultiplied {
            return Ok(());
        }
        let Some(alpha) = &self.alpha else { return Ok(()) };
        let len = BAND_ROWS * alpha.size().width();
        for plane in &mut self.colour {
            for_each_band(context, plane.samples_mut(), len, |index, colour| {
                work(colour, &alpha.samples()[index * len..][..colour.len()]);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn store<T: Store>(&self, samples: &mut [T], layout: Layout, context: &Context) -> Result<()> {
        let width = self.size().width();
        let (row_len, channels, level) = (width * layout.channels(), layout.channels(), context.level);
        for_each_band(context, samples, row_len * BAND_ROWS, |index, band| {
            let mut rows: [Vec<f32>; 3] = std::array::from_fn(|_| vec![0.0; width]);
            for (y, row) in band.chunks_exact_mut(row_len).enumerate() {
                let y = index * BAND_ROWS + y;
                for (c, plane) in self.colour.iter().enumerate() {
                    rows[c].copy_from_slice(plane.row(y));
                }
                grey_to_three(self.encoding, &mut rows, layout);
                let [a, b, c] = &mut rows;
                convert(level, self.encoding, self.meaning.0, [a, b, c], layout);
                for (c, values) in rows.iter().enumerate().take(layout.colours()) {
                    T::put(level, values, channels, c, row);
                }
                if let Some(alpha) = &self.alpha {
                    T::put(level, alpha.row(y), channels, channels - 1, row);
                }
            }
            Ok(())
        })
    }
}

struct Opening {
    layout: Layout,
    width: usize,
    from: Encoding,
    to: Encoding,
}

impl Opening {
    fn open<T: Store>(&self, samples: &[T], planes: &mut [Vec<f32>], context: &Context) -> Result<()> {
        let (channels, level) = (self.layout.channels(), context.level);
        let row_len = self.width * channels;
        let mut planes: Vec<_> = planes.iter_mut().map(|plane| &mut plane[..]).collect();
        for_each_bands(context, &mut planes, self.width * BAND_ROWS, |index, bands| {
            let source = &samples[index * row_len * BAND_ROWS..];
            let mut rest = [vec![0.0; self.width], vec![0.0; self.width]];
            for (y, row) in source.chunks_exact(row_len).take(bands[0].len() / self.width).enumerate() {
                let place = y * self.width..(y + 1) * self.width;
                for (channel, band) in bands.iter_mut().enumerate() {
                    T::take(level, row, channels, channel, &mut band[place.clone()]);
                }
                match bands {
                    [a, b, c, ..] => {
                        let rows = [&mut a[place.clone()], &mut b[place.clone()], &mut c[place]];
                        convert_rows(level, self.from, self.to, rows);
                    }
                    [grey, ..] => {
                        let [b, c] = &mut rest;
                        let grey = &mut grey[place];
                        if self.to == Encoding::Oklab {
                            b.copy_from_slice(grey);
                            c.copy_from_slice(grey);
                        }
                        convert(level, self.from, self.to, [grey, b, c], self.layout);
                    }
                    [] => {}
                }
            }
            Ok(())
        })
    }
}

/// What lies beside the one row of a grey picture, for a conversion that needs three.
fn grey_to_three(encoding: Encoding, rows: &mut [Vec<f32>; 3], layout: Layout) {
    if layout.is_grey() && encoding == Encoding::Oklab {
        rows[1].fill(0.0);
        rows[2].fill(0.0);
    }
}

/// Three rows, or the first alone where a grey picture needs no more.
fn convert(level: Level, from: Encoding, to: Encoding, rows: [&mut [f32]; 3], layout: Layout) {
    let [first, second, third] = rows;
    if !layout.is_grey() || from == Encoding::Oklab || to == Encoding::Oklab {
        convert_rows(level, from, to, [first, second, third]);
    } else {
        convert_rows(level, from, to, [first, &mut [], &mut []]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn what_is_opened_closes_as_it_was() {
        let mut random = Random::new("planes");
        for (w, h) in [(1, 1), (7, 1), (1, 70), (33, 130)] {
            for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
                let size = Size::new(w, h).unwrap();
                let samples: Vec<_> =
                    (0..size.pixels() * layout.channels()).map(|_| random.below(256) as u8).collect();
                let picture = Picture::new(size, layout, samples).unwrap();
                for encoding in [Encoding::Srgb, Encoding::Linear, Encoding::Oklab] {
                    let context = Context::default();
                    let planes = Planes::open(&picture, encoding, &context).unwrap();
                    assert_eq!(planes.colour.len(), layout.colours());
                    let back = planes.close(Depth::U8, &context).unwrap();
                    assert_eq!(back, picture, "{layout:?} through {encoding:?}, {random}");
                }
            }
        }
    }

    #[test]
    fn grey_in_oklab_is_its_lightness() {
        let picture = Picture::new(Size::new(1, 1).unwrap(), Layout::Grey, vec![188u8]).unwrap();
        let planes = Planes::open(&picture, Encoding::Oklab, &Context::default()).unwrap();
        assert!((planes.colour[0].row(0)[0] - 0.7952).abs() < 1e-3, "{:?}", planes.colour[0]);
    }

    #[test]
    fn weighing_and_back_leaves_what_is_seen() {
        let picture =
            Picture::new(Size::new(2, 1).unwrap(), Layout::Rgba, vec![200u8, 100, 50, 128, 9, 9, 9, 0])
                .unwrap();
        let context = Context::default();
        let mut planes = Planes::open(&picture, Encoding::Linear, &context).unwrap();
        let straight = planes.colour[0].row(0)[0];
        planes.weigh(&context).unwrap();
        assert!(planes.colour[0].row(0)[0] < straight * 0.51);
        planes.unweigh(&context).unwrap();
        let back = planes.close(Depth::U8, &context).unwrap();
        assert_eq!(back.as_u8().unwrap().samples(), [200, 100, 50, 128, 0, 0, 0, 0]);
    }
}
