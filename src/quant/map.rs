//! Every pixel to its nearest colour of a palette, exactly, in the space the palette was found in.

use super::Space;
use super::colours::rgba;
use super::known::Known;
use super::painter::Painter;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::palette::Palette;
use crate::parallel::{BAND_ROWS, for_each_band, for_each_band_pair};
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Planes, Samples, SamplesMut, Size};

/// A picture as numbers of palette entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Indexed {
    pub(super) size: Size,
    pub(super) palette: Palette,
    pub(super) numbers: Vec<u16>,
}

impl Indexed {
    /// Each pixel of a picture as the nearest colour of a palette; of two equally near, the earlier.
    pub fn nearest(picture: &Picture, palette: &Palette, space: Space, context: &Context) -> Result<Self> {
        check(palette)?;
        let size = picture.size();
        let mut numbers = vec![0; size.pixels()];
        let painter = Painter::new(palette, space, picture.is_opaque(), Known::of(size.pixels()), context);
        let rows = BAND_ROWS * size.width();
        match picture.samples() {
            Samples::U8(samples)
                if picture.encoding() == Encoding::Srgb && picture.alpha() != Alpha::Premultiplied =>
            {
                let (layout, len) = (picture.layout(), BAND_ROWS * picture.row_len());
                for_each_band_pair(context, (samples, len), (&mut numbers, rows), |_, samples, numbers| {
                    let mut new = Vec::new();
                    let rows = samples.chunks_exact(picture.row_len());
                    for (row, numbers) in rows.zip(numbers.chunks_exact_mut(size.width())) {
                        painter.narrow(row, layout, &mut new, numbers);
                    }
                    Ok(())
                })?;
            }
            _ => {
                let planes = Planes::open(picture, Encoding::Srgb, context)?;
                for_each_band(context, &mut numbers, rows, |band, numbers| {
                    painter.wide(&planes, band * rows, size.width(), numbers);
                    Ok(())
                })?;
            }
        }
        Ok(Self { size, palette: palette.clone(), numbers })
    }

    /// The same, but the picture itself in those colours. What is opaque and of 8 bits is repainted in place.
    pub fn painted(picture: Picture, palette: &Palette, space: Space, context: &Context) -> Result<Picture> {
        let known = Known::of(picture.size().pixels());
        Self::repainted(picture, palette, space, known, context)
    }

    /// The same, where the numbers of some colours are known.
    pub(super) fn repainted(
        picture: Picture,
        palette: &Palette,
        space: Space,
        known: Known,
        context: &Context,
    ) -> Result<Picture> {
        let in_place = picture.layout() == Layout::Rgb
            && picture.depth() == Depth::U8
            && picture.encoding() == Encoding::Srgb
            && palette.is_opaque();
        if !in_place {
            return Self::nearest(&picture, palette, space, context)?.picture(context);
        }
        check(palette)?;
        let size = picture.size();
        let painter = Painter::new(palette, space, true, known, context);
        let colours: Vec<[u8; 3]> = palette.colours().map(|[r, g, b, _]| [r, g, b]).collect();
        let mut picture = picture;
        let row_len = picture.row_len();
        let SamplesMut::U8(samples) = picture.samples_mut() else { unreachable!("looked at before") };
        for_each_band(context, samples, BAND_ROWS * row_len, |_, samples| {
            let (mut new, mut numbers) = (Vec::new(), vec![0; size.width()]);
            for row in samples.chunks_exact_mut(row_len) {
                painter.narrow(row, Layout::Rgb, &mut new, &mut numbers);
                for (pixel, &number) in row.as_chunks_mut::<3>().0.iter_mut().zip(&numbers) {
                    *pixel = colours[usize::from(number)];
                }
            }
            Ok(())
        })?;
        Ok(picture)
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The colours the numbers stand for.
    pub fn palette(&self) -> &Palette {
        &self.palette
    }

    /// The number of each pixel's colour.
    pub fn numbers(&self) -> &[u16] {
        &self.numbers
    }

    /// Is every pixel exactly what the picture has there? Only asked of pictures of 8 bits.
    pub(crate) fn is_exact(&self, picture: &Picture) -> bool {
        let Samples::U8(samples) = picture.samples() else { return false };
        let colours: Vec<[u8; 4]> = self.palette.colours().collect();
        self.numbers.iter().enumerate().all(|(at, &number)| {
            let pixel = rgba(samples, picture.layout(), at, u8::MAX);
            pixel == colours[usize::from(number)] || pixel[3] == 0 && colours[usize::from(number)][3] == 0
        })
    }

    /// The picture, of 8 bits a channel; with alpha if a colour of the palette is not opaque.
    pub fn picture(&self, context: &Context) -> Result<Picture> {
        let colours: Vec<[u8; 4]> = self.palette.colours().collect();
        let layout = Layout::of(false, !self.palette.is_opaque());
        let channels = layout.channels();
        let mut samples = vec![0u8; self.numbers.len() * channels];
        let band = BAND_ROWS * self.size.width();
        for_each_band_pair(
            context,
            (&self.numbers, band),
            (&mut samples, band * channels),
            |_, numbers, samples| {
                if channels == 3 {
                    for (pixel, &number) in samples.as_chunks_mut::<3>().0.iter_mut().zip(numbers) {
                        let [r, g, b, _] = colours[usize::from(number)];
                        *pixel = [r, g, b];
                    }
                } else {
                    for (pixel, &number) in samples.as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
                        *pixel = colours[usize::from(number)];
                    }
                }
                Ok(())
            },
        )?;
        Ok(Picture::new(self.size, layout, samples)
            .unwrap_or_else(|_| unreachable!("as many samples as pixels and channels")))
    }
}

fn check(palette: &Palette) -> Result<()> {
    if palette.is_empty() || palette.len() > Palette::MOST {
        let what = format!("a palette of {} colours cannot be painted with", palette.len());
        return Err(Error::unsupported(what, format!("give one of 1 to {}", Palette::MOST)));
    }
    Ok(())
}
