//! Saying the same with less: channels that say nothing, few colours, few bits.
//!
//! PNG specification, third edition, section 12.1 ff. A reader gets the same colours back from every form.

use super::palette::{Colour, Palette};
use super::raster::{ColourType, Form, Raster};
use crate::codec::Metadata;
use crate::context::Context;
use crate::error::Result;
use crate::parallel;
use crate::pixel::{Depth, Layout, Picture, Samples, View};

/// Does the profile bind a picture to grey or to colour? A carried profile fits one family only (section 11.3.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Family {
    pub(super) fixed: bool,
}

impl Family {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self { fixed: metadata.icc.is_some() }
    }

    fn allows(self, picture: &Picture, colour: ColourType) -> bool {
        let grey = matches!(colour, ColourType::Grey | ColourType::GreyAlpha);
        !self.fixed || grey == picture.layout().is_grey()
    }
}

/// The form with the fewest bits a pixel that can be found by looking for few colours and for useless alpha.
pub(super) fn reduced<'a>(picture: &'a Picture, family: Family, context: &Context) -> Result<Raster<'a>> {
    if let Some(raster) = few_colours(picture, family, context)? {
        return Ok(raster);
    }
    Ok(Raster::new(picture, without_alpha(picture, context)?))
}

/// The same with three equal colours made one. Few 8-bit pictures profit: without alpha [`few_colours`] finds those.
pub(super) fn reduced_further<'a>(
    picture: &'a Picture,
    family: Family,
    context: &Context,
) -> Result<Raster<'a>> {
    if let Some(raster) = few_colours(picture, family, context)? {
        return Ok(raster);
    }
    let layout = without_alpha(picture, context)?;
    let grey = Layout::of(true, layout.has_alpha());
    let becomes_grey = !layout.is_grey() && !family.fixed && is_grey(picture, context)?;
    Ok(Raster::new(picture, if becomes_grey { grey } else { layout }))
}

/// The picture without channels that say nothing, but not as numbers of a palette: those defeat the filters.
pub(super) fn unnumbered<'a>(picture: &'a Picture, context: &Context) -> Result<Raster<'a>> {
    Ok(Raster::new(picture, without_alpha(picture, context)?))
}

/// A 16-bit picture whose samples are all 8-bit ones spread out, in 8 bits.
pub(super) fn narrowed(picture: &Picture, context: &Context) -> Result<Option<Picture>> {
    let Samples::U16(samples) = picture.samples() else { return Ok(None) };
    let spread = |row: &[u16]| row.iter().all(|v| v >> 8 == v & 0xff);
    if !all_rows(samples, picture.row_len(), spread, context)? {
        return Ok(None);
    }
    Ok(Some(picture.clone().into_depth(Depth::U8, context)?))
}

fn without_alpha(picture: &Picture, context: &Context) -> Result<Layout> {
    let layout = picture.layout();
    let channels = layout.channels();
    let opaque = layout.has_alpha()
        && match picture.samples() {
            Samples::U8(s) => {
                let full =
                    |row: &[u8]| row.chunks_exact(channels).all(|pixel| pixel[channels - 1] == u8::MAX);
                all_rows(s, picture.row_len(), full, context)?
            }
            Samples::U16(s) => {
                let full =
                    |row: &[u16]| row.chunks_exact(channels).all(|pixel| pixel[channels - 1] == u16::MAX);
                all_rows(s, picture.row_len(), full, context)?
            }
            Samples::F32(_) => false,
        };
    Ok(Layout::of(layout.is_grey(), layout.has_alpha() && !opaque))
}

fn is_grey(picture: &Picture, context: &Context) -> Result<bool> {
    fn equal<T: PartialEq>(row: &[T], channels: usize) -> bool {
        row.chunks_exact(channels).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2])
    }
    let channels = picture.layout().channels();
    match picture.samples() {
        Samples::U8(s) => all_rows(s, picture.row_len(), |row| equal(row, channels), context),
        Samples::U16(s) => all_rows(s, picture.row_len(), |row| equal(row, channels), context),
        Samples::F32(_) => Ok(false),
    }
}

fn all_rows<T: Sync>(
    samples: &[T],
    row_len: usize,
    test: impl Fn(&[T]) -> bool + Sync + Send,
    context: &Context,
) -> Result<bool> {
    // Most pictures that fail do so in the first row, or in the middle.
    let rows = samples.len() / row_len;
    let row = |y: usize| &samples[y * row_len..(y + 1) * row_len];
    if !test(row(0)) || !test(row(rows / 2)) {
        return Ok(false);
    }
    let bands = parallel::map_bands(context, rows, parallel::BAND_ROWS, |band| {
        Ok(band.into_iter().all(|y| test(row(y))))
    })?;
    Ok(bands.into_iter().all(|holds| holds))
}

/// The picture in few bits a pixel, if it has few colours and that is less than it has now.
fn few_colours<'a>(picture: &'a Picture, family: Family, context: &Context) -> Result<Option<Raster<'a>>> {
    let Some(view) = picture.as_u8() else { return Ok(None) };
    // Grey of 8 bits has no more than 256 values anyway, and filters suit it better than numbers do.
    let most = if picture.layout() == Layout::Grey { 16 } else { 256 };
    let Some(palette) = Palette::of(view, most, context)? else { return Ok(None) };
    Ok(as_grey(picture, view, &palette, family).or_else(|| as_numbers(picture, view, palette, family)))
}

fn as_numbers<'a>(
    picture: &Picture,
    view: View<'a, u8>,
    palette: Palette,
    family: Family,
) -> Option<Raster<'a>> {
    let form = Form { colour: ColourType::Indexed, bits: bits_for(palette.colours().len()) };
    let channels = picture.layout().channels();
    let raster = Raster::numbers(view.size(), (view.samples(), channels), form, palette);
    // The palette has to be written too: three bytes and an alpha each, and two chunks around them.
    let colours = raster.palette()?.colours().len();
    let saved = picture.row_len().saturating_sub(raster.shape().row).saturating_mul(view.size().height());
    (family.allows(picture, ColourType::Indexed) && saved > colours * 4 + 24).then_some(raster)
}

/// All grey and opaque, and either in fewer bits than numbers would take, or in as many bits as grey has.
fn as_grey<'a>(
    picture: &'a Picture,
    view: View<'a, u8>,
    palette: &Palette,
    family: Family,
) -> Option<Raster<'a>> {
    let colours = palette.colours();
    let grey = |c: &Colour| c[0] == c[1] && c[1] == c[2] && c[3] == 255;
    if !colours.iter().all(grey) || !family.allows(picture, ColourType::Grey) {
        return None;
    }
    let even = |bits: u8| colours.iter().all(|c| c[0].is_multiple_of(255 / ((1 << bits) - 1)));
    let bits = [1, 2, 4].into_iter().find(|&bits| even(bits)).unwrap_or(8);
    let channels = picture.layout().channels();
    let form = Form { colour: ColourType::Grey, bits };
    let fits = if bits == 8 { colours.len() > 16 || family.fixed } else { bits <= bits_for(colours.len()) };
    if !fits {
        return None;
    }
    if bits == 8 {
        return Some(Raster::new(picture, Layout::Grey));
    }
    let palette = palette.numbered(|c| c[0] / (255 / ((1 << bits) - 1)));
    Some(Raster::numbers(view.size(), (view.samples(), channels), form, palette))
}

fn bits_for(colours: usize) -> u8 {
    match colours {
        0..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    }
}
