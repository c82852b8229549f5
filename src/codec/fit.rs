//! Making a picture what a format can say: depth, alpha, grey.

use std::borrow::Cow;

use super::flatten::flatten;
use super::format::Format;
use super::metadata::Metadata;
use super::options::EncodeOptions;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::interleave::Store;
use crate::parallel::{BAND_ROWS, for_each_band_pair};
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, SamplesMut, Size, with_samples};

/// What our writer of a format holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holds {
    format: Format,
    /// The deepest samples; deeper ones are rounded.
    depth: Depth,
    /// Can grey stay one channel?
    grey: bool,
    alpha: AlphaRule,
    /// The longest side.
    side: u32,
    /// Is there a place for a colour profile?
    icc: bool,
}

/// What becomes of an alpha channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AlphaRule {
    /// Laid over the background.
    Flatten,
    /// Written where a pixel needs it, since the plain variant of the format is more widely read.
    WhenNeeded,
    /// Written.
    Keep,
}

use AlphaRule::{Flatten, Keep, WhenNeeded};

/// The sides are those of the format's own fields; for WebP those of lossy WebP, one less than lossless
/// has, because the common library accepts no more.
#[rustfmt::skip]
const HOLDS: [Holds; 8] = [
    Holds { format: Format::Png,  depth: Depth::U16, grey: true,  alpha: Keep,       side: i32::MAX as u32, icc: true },
    Holds { format: Format::Jpeg, depth: Depth::U8,  grey: true,  alpha: Flatten,    side: 65_535,          icc: true },
    Holds { format: Format::WebP, depth: Depth::U8,  grey: true,  alpha: Keep,       side: 16_383,          icc: true },
    Holds { format: Format::Gif,  depth: Depth::U8,  grey: false, alpha: Keep,       side: 65_535,          icc: false },
    Holds { format: Format::Tiff, depth: Depth::U16, grey: true,  alpha: Keep,       side: u32::MAX,        icc: true },
    Holds { format: Format::Bmp,  depth: Depth::U8,  grey: false, alpha: WhenNeeded, side: i32::MAX as u32, icc: false },
    Holds { format: Format::Qoi,  depth: Depth::U8,  grey: false, alpha: Keep,       side: u32::MAX,        icc: false },
    Holds { format: Format::Pnm,  depth: Depth::U16, grey: true,  alpha: WhenNeeded, side: u32::MAX,        icc: false },
];

impl Holds {
    /// What `format` holds, if we write it.
    pub(super) fn of(format: Format) -> Result<Self> {
        HOLDS.into_iter().find(|holds| holds.format == format).ok_or_else(|| not_written(format))
    }

    /// Can a picture of this size, with this profile, be written at all?
    pub(super) fn admit(&self, size: Size, metadata: &Metadata) -> Result<()> {
        let Self { format, side, .. } = *self;
        if size.longer() > side as usize {
            return Err(Error::unsupported(
                format!("the picture is {size}, {format} allows at most {side} on a side"),
                "write PNG, or use --size",
            ));
        }
        if metadata.icc.is_some() && !self.icc {
            return Err(Error::unsupported(
                format!("the colours are in a profile that was carried along, and {format} cannot hold one"),
                "write PNG, JPEG, WebP or TIFF, or let the colours be converted to sRGB",
            ));
        }
        Ok(())
    }
}

/// The picture as `holds` allows; borrowed if it is so already.
pub(super) fn fit<'a>(
    picture: &'a Picture,
    holds: &Holds,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Cow<'a, Picture>> {
    if picture.encoding() != Encoding::Srgb || picture.alpha() == Alpha::Premultiplied {
        return Err(Error::unsupported(
            format!(
                "a picture in {:?} with {:?} alpha cannot be written",
                picture.encoding(),
                picture.alpha()
            ),
            "convert it to straight sRGB first",
        ));
    }
    let grey = grey_stays(picture.layout(), holds, metadata)?;
    let depth = picture.depth().min(holds.depth);
    let alpha = picture.layout().has_alpha() && (holds.alpha == Keep || !picture.is_opaque());
    if alpha && holds.alpha == Flatten {
        return flatten(picture, depth, grey, options.background, context).map(Cow::Owned);
    }
    let layout = Layout::of(grey, alpha);
    if (picture.layout(), picture.depth()) == (layout, depth) {
        return Ok(Cow::Borrowed(picture));
    }
    recast(picture, layout, depth, context).map(Cow::Owned)
}

/// May a grey picture stay so? Not beside a profile for colours, which a reader would not know to apply.
fn grey_stays(layout: Layout, holds: &Holds, metadata: &Metadata) -> Result<bool> {
    // The colour space of the data stands at byte 16 of a profile (ICC.1:2022, 7.2.6).
    let space = metadata.icc.as_ref().map(|profile| profile.get(16..20));
    match space {
        Some(Some(b"GRAY")) if !layout.is_grey() => Err(Error::unsupported(
            "the carried colour profile is one for grey, and the picture has colours",
            "let the colours be converted to sRGB",
        )),
        None | Some(Some(b"GRAY")) => Ok(layout.is_grey() && holds.grey),
        Some(_) => Ok(false),
    }
}

/// The same picture in another depth and with channels added or left out; nothing is mixed.
fn recast(picture: &Picture, layout: Layout, depth: Depth, context: &Context) -> Result<Picture> {
    let mut target = Picture::blank(picture.size(), layout, depth);
    let from = picture.layout();
    with_samples!(picture.samples(), s => match target.samples_mut() {
        SamplesMut::U8(t) => recast_rows(context, picture.size().width(), (s, from), (t, layout)),
        SamplesMut::U16(t) => recast_rows(context, picture.size().width(), (s, from), (t, layout)),
        SamplesMut::F32(t) => recast_rows(context, picture.size().width(), (s, from), (t, layout)),
    })?;
    Ok(target)
}

fn recast_rows<S: Store + Sync, T: Store>(
    context: &Context,
    width: usize,
    (source, from): (&[S], Layout),
    (target, to): (&mut [T], Layout),
) -> Result<()> {
    let pixels = width * BAND_ROWS;
    let bands = ((source, pixels * from.channels()), (target, pixels * to.channels()));
    for_each_band_pair(context, bands.0, bands.1, |_, source, target| {
        use Layout::{Grey, GreyAlpha, Rgb, Rgba};
        match (from, to) {
            (GreyAlpha, Grey) => pick::<2, 1, _, _>(source, target, [0]),
            (Rgba, Rgb) => pick::<4, 3, _, _>(source, target, [0, 1, 2]),
            (Grey, Rgb) => pick::<1, 3, _, _>(source, target, [0, 0, 0]),
            (GreyAlpha, Rgb) => pick::<2, 3, _, _>(source, target, [0, 0, 0]),
            (GreyAlpha, Rgba) => pick::<2, 4, _, _>(source, target, [0, 0, 0, 1]),
            _ => pick::<1, 1, _, _>(source, target, [0]),
        }
        Ok(())
    })
}

/// Pixels of `M` samples, each taken from the channel of a pixel of `N` that `channels` names.
fn pick<const N: usize, const M: usize, S: Store, T: Store>(
    source: &[S],
    target: &mut [T],
    channels: [usize; M],
) {
    for (pixel, out) in source.as_chunks::<N>().0.iter().zip(target.as_chunks_mut::<M>().0) {
        *out = channels.map(|channel| T::store(pixel[channel].load()));
    }
}

/// No writer of this format is in this build.
pub(super) fn not_written(format: Format) -> Error {
    Error::unsupported(
        format!("{format} cannot be written"),
        format!("write one of {}", Format::writable_list()),
    )
}

/// A writer met what [`fit()`] should have kept from it.
pub(super) fn writer_fault(format: Format, error: impl std::fmt::Display) -> Error {
    Error::Fault { place: format!("the {format} writer"), message: error.to_string() }
}
