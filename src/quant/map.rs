//! Every pixel to its nearest colour of a palette, exactly, in the space the palette was found in.

use super::Space;
use super::colours::{enter, rgba};
use super::nearest::Nearest;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::cluster::distance;
use crate::palette::Palette;
use crate::parallel::{BAND_ROWS, for_each_band, for_each_band_pair};
use crate::pixel::{Alpha, Encoding, Layout, Picture, Planes, Samples, Size};

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
        if palette.is_empty() || palette.len() > Palette::MOST {
            let what = format!("a palette of {} colours cannot be painted with", palette.len());
            return Err(Error::unsupported(what, format!("give one of 1 to {}", Palette::MOST)));
        }
        let size = picture.size();
        let mut numbers = vec![0; size.pixels()];
        let painter = Painter::new(palette, space, picture.is_opaque(), context);
        let rows = BAND_ROWS * size.width();
        match picture.samples() {
            Samples::U8(samples)
                if picture.encoding() == Encoding::Srgb && picture.alpha() != Alpha::Premultiplied =>
            {
                let (layout, len) = (picture.layout(), BAND_ROWS * picture.row_len());
                for_each_band_pair(context, (samples, len), (&mut numbers, rows), |_, samples, numbers| {
                    painter.narrow(samples, layout, size.width(), numbers);
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

/// Slots of the memory for colours that were met; a quarter of the second cache.
const SLOTS: usize = 1 << 15;

/// Finds numbers, row by row.
struct Painter<'a> {
    space: Space,
    context: &'a Context,
    nearest: Nearest,
    /// With alpha, for pixels that are not opaque or palettes that are not.
    points: Option<Vec<[f32; 4]>>,
}

impl<'a> Painter<'a> {
    fn new(palette: &Palette, space: Space, opaque: bool, context: &'a Context) -> Self {
        let colours: Vec<[u8; 4]> = palette.colours().collect();
        let points = super::exact::points::<3>(&colours, space, context);
        let with_alpha = !(opaque && palette.is_opaque());
        let deep = with_alpha.then(|| super::exact::points::<4>(&colours, space, context));
        Self { space, context, nearest: Nearest::new(&points), points: deep }
    }

    /// Rows of 8-bit samples. A colour that was met lately is remembered.
    fn narrow(&self, samples: &[u8], layout: Layout, width: usize, numbers: &mut [u16]) {
        let mut memory = vec![0u64; SLOTS];
        let mut new = Vec::new();
        let rows = samples.chunks_exact(width * layout.channels());
        for (row, numbers) in rows.zip(numbers.chunks_exact_mut(width)) {
            new.clear();
            let mut look = |x: usize, pixel: [u8; 4]| {
                let key = u32::from_le_bytes(pixel);
                let slot = memory[slot(key)];
                if slot >> 16 == u64::from(key) + 1 {
                    numbers[x] = slot as u16;
                } else {
                    new.push((x, pixel));
                }
            };
            match layout {
                Layout::Rgb => {
                    row.as_chunks::<3>()
                        .0
                        .iter()
                        .enumerate()
                        .for_each(|(x, &[r, g, b])| look(x, [r, g, b, 255]));
                }
                _ => (0..width).for_each(|x| look(x, rgba(row, layout, x, u8::MAX))),
            }
            let colours: Vec<[f32; 4]> =
                new.iter().map(|(_, pixel)| pixel.map(|v| f32::from(v) / 255.0)).collect();
            for (&(x, pixel), number) in new.iter().zip(self.find(&colours)) {
                let key = u32::from_le_bytes(pixel);
                memory[slot(key)] = (u64::from(key) + 1) << 16 | u64::from(number);
                numbers[x] = number;
            }
        }
    }

    /// Rows of planes in sRGB, from pixel `start` on.
    fn wide(&self, planes: &Planes, start: usize, width: usize, numbers: &mut [u16]) {
        for (y, numbers) in numbers.chunks_exact_mut(width).enumerate() {
            let at = start + y * width;
            let channel =
                |c: usize, x: usize| planes.colour[c.min(planes.colour.len() - 1)].samples()[at + x];
            let alpha = |x: usize| planes.alpha.as_ref().map_or(1.0, |alpha| alpha.samples()[at + x]);
            let colours: Vec<[f32; 4]> =
                (0..width).map(|x| [channel(0, x), channel(1, x), channel(2, x), alpha(x)]).collect();
            for (number, found) in numbers.iter_mut().zip(self.find(&colours)) {
                *number = found;
            }
        }
    }

    /// The numbers of colours in sRGB with alpha.
    fn find(&self, colours: &[[f32; 4]]) -> Vec<u16> {
        if let Some(points) = &self.points {
            return enter(colours, self.space, self.context)
                .iter()
                .map(|point| search(points, point))
                .collect();
        }
        let mut rows: [Vec<f32>; 3] =
            std::array::from_fn(|c| colours.iter().map(|colour| colour[c]).collect());
        let [r, g, b] = &mut rows;
        self.space.enter(self.context.level, [r, g, b]);
        let mut numbers = vec![0; colours.len()];
        self.nearest.find_row(self.context.level, rows.each_ref().map(|row| &row[..]), &mut numbers);
        numbers
    }
}

fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - SLOTS.ilog2())) as usize
}

/// Each entry in turn.
fn search(points: &[[f32; 4]], point: &[f32; 4]) -> u16 {
    let (mut best, mut least) = (0, f32::INFINITY);
    for (index, entry) in points.iter().enumerate() {
        let found = distance(entry, point);
        if found < least {
            (best, least) = (index, found);
        }
    }
    best as u16
}
