//! What the tags say about the samples, before any is read.

use image::metadata::Orientation;
use tiff::ColorType;
use tiff::decoder::ChunkType;
use tiff::tags::Tag;

use super::{Decoder, broken, malformed, number, numbers, patch, unsupported};
use crate::error::Result;
use crate::pixel::{Depth, Layout, Size};

pub(super) struct Plan {
    pub(super) size: Size,
    /// The larger of the picture and one of its tiles.
    pub(super) chunk: Size,
    /// Samples of a pixel as the decoder hands them over, and how many bits each has.
    pub(super) stored: usize,
    pub(super) bits: u8,
    float: bool,
    pub(super) meaning: Meaning,
    /// Samples stand plane after plane, not pixel after pixel.
    pub(super) planar: bool,
    pub(super) premultiplied: bool,
    pub(super) orientation: Option<Orientation>,
}

pub(super) enum Meaning {
    /// Grey or RGB, perhaps with alpha, then channels nobody knows.
    Light(Layout),
    /// Indices of these colours.
    Indexed(Vec<[u8; 3]>),
    /// Shares of red, green and blue in the luma.
    YCbCr([f32; 3]),
    /// Cyan, magenta, yellow and black.
    Inks,
}

/// `ExtraSamples`: alpha the colours are multiplied by, and alpha that stands beside them.
const ASSOCIATED: u32 = 1;
const UNASSOCIATED: u32 = 2;

const COEFFICIENTS: Tag = Tag::Unknown(529);

impl Plan {
    pub(super) fn new(decoder: &mut Decoder<'_>, bytes: &[u8]) -> Result<Self> {
        let (width, height) = decoder.dimensions().map_err(broken)?;
        let size = Size::new(width, height).map_err(malformed)?;
        let color = decoder.colortype().map_err(broken)?;
        let extra = numbers(decoder, Tag::ExtraSamples).first().copied();
        let has_alpha = matches!(extra, Some(ASSOCIATED | UNASSOCIATED));
        let indexed = patch::palette_mark(bytes).is_some();
        let meaning = match color {
            ColorType::Gray(1..=8) | ColorType::Multiband { bit_depth: 1..=8, .. } if indexed => {
                Meaning::Indexed(palette(&numbers(decoder, Tag::ColorMap), color.bit_depth())?)
            }
            _ if indexed => return Err(unsupported("a palette of more than 256 colours")),
            ColorType::Gray(_) => Meaning::Light(Layout::Grey),
            ColorType::Multiband { .. } => Meaning::Light(Layout::of(true, has_alpha)),
            ColorType::RGB(_) => Meaning::Light(Layout::Rgb),
            ColorType::RGBA(_) => Meaning::Light(Layout::Rgba),
            ColorType::CMYK(8 | 16) => Meaning::Inks,
            ColorType::YCbCr(8) => Meaning::YCbCr(luma(decoder)),
            other => return Err(unsupported(format!("{other:?}"))),
        };
        let plan = Self {
            size,
            chunk: largest_chunk(decoder, size)?,
            stored: color.num_samples().into(),
            bits: color.bit_depth(),
            float: number(decoder, Tag::SampleFormat) == Some(3),
            meaning,
            planar: number(decoder, Tag::PlanarConfiguration) == Some(2),
            premultiplied: extra == Some(ASSOCIATED),
            orientation: number(decoder, Tag::Orientation)
                .and_then(|value| Orientation::from_exif(value.try_into().ok()?)),
        };
        plan.check(number(decoder, Tag::SampleFormat), number(decoder, Tag::FillOrder))?;
        // The decoder drops channels nobody knows before it undoes the prediction, which then goes wrong.
        let samples = number(decoder, Tag::SamplesPerPixel).unwrap_or(1) as usize;
        if !plan.planar && samples != plan.stored && number(decoder, Tag::Predictor).is_some_and(|p| p > 1) {
            return Err(unsupported("unknown channels, stored as differences"));
        }
        Ok(plan)
    }

    fn check(&self, format: Option<u32>, fill_order: Option<u32>) -> Result<()> {
        let sound = match format {
            None | Some(1) => matches!(self.bits, 1 | 2 | 4 | 8 | 16 | 32),
            Some(3) => matches!(self.bits, 32 | 64) && matches!(self.meaning, Meaning::Light(_)),
            _ => false,
        };
        let packed = self.bits < 8;
        if !sound || packed && (self.stored > 1 || fill_order == Some(2)) {
            return Err(unsupported(format!(
                "{} samples of {} bits, format {}, fill order {}",
                self.stored,
                self.bits,
                format.unwrap_or(1),
                fill_order.unwrap_or(1)
            )));
        }
        Ok(())
    }

    pub(super) fn layout(&self) -> Layout {
        match self.meaning {
            Meaning::Light(layout) => layout,
            Meaning::Indexed(_) | Meaning::YCbCr(_) | Meaning::Inks => Layout::Rgb,
        }
    }

    /// Samples of a pixel that are used: those in front.
    pub(super) fn used(&self) -> usize {
        match self.meaning {
            Meaning::Light(layout) => layout.channels(),
            Meaning::Indexed(_) => 1,
            Meaning::YCbCr(_) => 3,
            Meaning::Inks => 4,
        }
    }

    pub(super) fn depth(&self) -> Depth {
        match (self.bits, &self.meaning) {
            (..=8, _) | (_, Meaning::Inks | Meaning::Indexed(_)) => Depth::U8,
            (16, _) if !self.float => Depth::U16,
            _ => Depth::F32,
        }
    }

    /// Bytes a pixel takes as it is stored.
    pub(super) fn stored_bytes(&self) -> usize {
        (self.stored * usize::from(self.bits)).div_ceil(8)
    }
}

/// A tile may reach past the picture, and the decoder holds one of its rows.
fn largest_chunk(decoder: &Decoder<'_>, size: Size) -> Result<Size> {
    if decoder.get_chunk_type() == ChunkType::Strip {
        return Ok(size);
    }
    let (width, height) = decoder.chunk_dimensions();
    let tile = Size::new(width, height).map_err(malformed)?;
    Ok(if tile.area() > size.area() { tile } else { size })
}

/// All reds, then all greens, then all blues, in 16 bits; some writers use only the lower 8.
fn palette(map: &[u32], bits: u8) -> Result<Vec<[u8; 3]>> {
    let colours = 1 << bits;
    if map.len() < 3 * colours {
        return Err(malformed(format!("its palette has {} numbers in place of {}", map.len(), 3 * colours)));
    }
    let shift = if map.iter().any(|&value| value > 255) { 8 } else { 0 };
    let level = |at: usize| (map[at] >> shift).min(255) as u8;
    Ok((0..colours).map(|i| [level(i), level(colours + i), level(2 * colours + i)]).collect())
}

/// TIFF 6.0, page 91; without the tag, those of CCIR 601.
fn luma(decoder: &mut Decoder<'_>) -> [f32; 3] {
    let found = decoder.get_tag_f32_vec(COEFFICIENTS).ok();
    let found = found.and_then(|shares| <[f32; 3]>::try_from(shares).ok());
    found.filter(|shares| shares.iter().all(|&s| s > 0.0 && s < 1.0)).unwrap_or([0.299, 0.587, 0.114])
}
