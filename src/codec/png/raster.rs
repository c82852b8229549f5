//! The rows of a picture as the file will have them, made band by band.

use std::ops::Range;

use super::filter::Shape;
use super::palette::Palette;
use crate::pixel::{Layout, Picture, Samples, Size};

/// Colour types by their numbers in the file (section 11.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColourType {
    Grey = 0,
    Rgb = 2,
    Indexed = 3,
    GreyAlpha = 4,
    Rgba = 6,
}

/// Colour type and bits of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) colour: ColourType,
    pub(super) bits: u8,
}

/// A picture in the form in which it will be written.
pub(super) struct Raster<'a> {
    pub(super) size: Size,
    pub(super) form: Form,
    pixels: Pixels<'a>,
}

enum Pixels<'a> {
    /// All channels of 8-bit samples, as they are.
    Whole(&'a [u8]),
    /// Some of the channels.
    Bytes { samples: &'a [u8], channels: usize, keep: &'static [usize] },
    /// Some or all of the channels; the file has the high byte first.
    Words { samples: &'a [u16], channels: usize, keep: &'static [usize] },
    /// A number for each pixel, in as few bits as the form says.
    Numbers { samples: &'a [u8], channels: usize, palette: Palette },
}

/// Bytes of a picture in floating point are nobody's business here.
const NO_FLOATS: &str = "pictures in floating point are converted before they are written";

impl<'a> Raster<'a> {
    /// The picture in `layout`, which may leave out channels that say nothing: alpha, or two of three equal colours.
    pub(super) fn new(picture: &'a Picture, layout: Layout) -> Self {
        let (colour, keep): (_, &'static [usize]) = match (picture.layout(), layout) {
            (_, Layout::Grey) => (ColourType::Grey, &[0]),
            (Layout::Rgba, Layout::GreyAlpha) => (ColourType::GreyAlpha, &[0, 3]),
            (_, Layout::GreyAlpha) => (ColourType::GreyAlpha, &[0, 1]),
            (_, Layout::Rgb) => (ColourType::Rgb, &[0, 1, 2]),
            (_, Layout::Rgba) => (ColourType::Rgba, &[0, 1, 2, 3]),
        };
        let channels = picture.layout().channels();
        let (bits, pixels) = match picture.samples() {
            Samples::U8(samples) if keep.len() == channels => (8, Pixels::Whole(samples)),
            Samples::U8(samples) => (8, Pixels::Bytes { samples, channels, keep }),
            Samples::U16(samples) => (16, Pixels::Words { samples, channels, keep }),
            Samples::F32(_) => unreachable!("{NO_FLOATS}"),
        };
        Self { size: picture.size(), form: Form { colour, bits }, pixels }
    }

    /// An 8-bit picture as numbers of a palette, or as grey in few bits.
    pub(super) fn numbers(
        size: Size,
        (samples, channels): (&'a [u8], usize),
        form: Form,
        palette: Palette,
    ) -> Self {
        Self { size, form, pixels: Pixels::Numbers { samples, channels, palette } }
    }

    /// The palette that has to be written.
    pub(super) fn palette(&self) -> Option<&Palette> {
        match &self.pixels {
            Pixels::Numbers { palette, .. } if self.form.colour == ColourType::Indexed => Some(palette),
            _ => None,
        }
    }

    /// The same with its palette in an order that suits filters; `None` if it has none, or if several pixels share a
    /// byte, of which filters make nothing anyway.
    pub(super) fn chained(&self) -> Option<Self> {
        let Pixels::Numbers { samples, channels, palette } = &self.pixels else { return None };
        if self.form != (Form { colour: ColourType::Indexed, bits: 8 }) {
            return None;
        }
        let palette = super::order::chained(self, palette);
        Some(Self::numbers(self.size, (samples, *channels), self.form, palette))
    }

    /// Do neighbouring numbers mean neighbouring colours, so that filters make sense?
    pub(super) fn is_smooth(&self) -> bool {
        !matches!(self.pixels, Pixels::Numbers { .. })
    }

    /// Bytes in a row and in a pixel.
    pub(super) fn shape(&self) -> Shape {
        let channels = match self.form.colour {
            ColourType::Grey | ColourType::Indexed => 1,
            ColourType::GreyAlpha => 2,
            ColourType::Rgb => 3,
            ColourType::Rgba => 4,
        };
        let bits = channels * usize::from(self.form.bits);
        Shape { row: (self.size.width() * bits).div_ceil(8), pixel: bits.div_ceil(8) }
    }

    /// The bytes of some rows, end to end; `scratch` holds them if they have to be made.
    pub(super) fn rows<'s>(&'s self, rows: Range<usize>, scratch: &'s mut Vec<u8>) -> &'s [u8] {
        let width = self.size.width();
        scratch.clear();
        match &self.pixels {
            Pixels::Whole(samples) => {
                let len = self.shape().row;
                return &samples[rows.start * len..rows.end * len];
            }
            Pixels::Bytes { samples, channels, keep } => {
                let samples = &samples[rows.start * width * channels..rows.end * width * channels];
                scratch
                    .extend(samples.chunks_exact(*channels).flat_map(|pixel| keep.iter().map(|&c| pixel[c])));
            }
            Pixels::Words { samples, channels, keep } => {
                let samples = &samples[rows.start * width * channels..rows.end * width * channels];
                scratch.reserve(samples.len() * 2);
                for pixel in samples.chunks_exact(*channels) {
                    for &channel in *keep {
                        scratch.extend(pixel[channel].to_be_bytes());
                    }
                }
            }
            Pixels::Numbers { samples, channels, palette } => {
                for row in samples[rows.start * width * channels..rows.end * width * channels]
                    .chunks_exact(width * channels)
                {
                    let start = scratch.len();
                    palette.numbers(row, *channels, scratch);
                    pack(scratch, start, self.form.bits);
                }
            }
        }
        scratch
    }
}

/// Bring the samples from `start` on, one a byte, to `bits` each, the leftmost highest.
fn pack(row: &mut Vec<u8>, start: usize, bits: u8) {
    if bits == 8 {
        return;
    }
    let in_byte = usize::from(8 / bits);
    let len = (row.len() - start).div_ceil(in_byte);
    for i in 0..len {
        let first = start + i * in_byte;
        let samples = &row[first..(first + in_byte).min(row.len())];
        let packed = samples.iter().fold(0, |byte, sample| byte << bits | sample);
        row[start + i] = packed << (usize::from(bits) * (in_byte - samples.len()));
    }
    row.truncate(start + len);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_packed_from_the_left_and_the_last_byte_is_filled_up() {
        let packed = |samples: &[u8], bits| {
            let mut row = [&[99], samples].concat();
            pack(&mut row, 1, bits);
            row.split_off(1)
        };
        assert_eq!(packed(&[1, 0, 1, 1, 0, 0, 0, 1, 1], 1), [0b1011_0001, 0b1000_0000]);
        assert_eq!(packed(&[3, 0, 1, 2, 3], 2), [0b1100_0110, 0b1100_0000]);
        assert_eq!(packed(&[10, 11, 12], 4), [0xab, 0xc0]);
        assert_eq!(packed(&[1, 2], 8), [1, 2]);
    }

    #[test]
    fn channels_are_picked_and_high_bytes_come_first() {
        let size = Size::new(2, 1).unwrap();
        let picture = Picture::new(size, Layout::Rgba, vec![0x0102u16, 3, 4, 9, 5, 6, 7, 9]).unwrap();
        let raster = Raster::new(&picture, Layout::GreyAlpha);
        assert_eq!(raster.rows(0..1, &mut Vec::new()), [1, 2, 0, 9, 0, 5, 0, 9]);
        assert_eq!(raster.form, Form { colour: ColourType::GreyAlpha, bits: 16 });
    }
}
