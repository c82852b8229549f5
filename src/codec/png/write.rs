//! A picture as a PNG file.

use std::borrow::Cow;

use super::filter::{Filter, Strategy};
use super::raster::Raster;
use super::reduce::{self, Family};
use super::stream::{self, Coder, Part, Plan};
use super::{best, chunk};

use crate::codec::{Compression, EncodeOptions, Metadata};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Depth, Picture};

pub(in crate::codec) use super::animation::Animation;

/// Encode a straight sRGB picture. Every reader gets its very pixels back; floating point is rounded to 16 bits.
pub(in crate::codec) fn encode(
    picture: &Picture,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let picture = at_rest(picture, context)?;
    match options.compression {
        Compression::Fast => fast(&picture, metadata, context),
        Compression::Best => best::encode(&picture, metadata, context),
    }
}

/// The picture in a depth that PNG has.
pub(super) fn at_rest<'a>(picture: &'a Picture, context: &Context) -> Result<Cow<'a, Picture>> {
    Ok(match picture.depth() {
        Depth::F32 => Cow::Owned(picture.clone().into_depth(Depth::U16, context)?),
        _ => Cow::Borrowed(picture),
    })
}

/// One try, with what is cheap to find out.
pub(super) fn fast(picture: &Picture, metadata: &Metadata, context: &Context) -> Result<Vec<u8>> {
    let raster = reduce::reduced(picture, Family::of(metadata), context)?;
    let parts = stream::parts(&raster, swift(&raster), context)?;
    Ok(assemble(&raster, &parts, metadata, context))
}

/// The fast way to write this raster.
pub(super) fn swift(raster: &Raster<'_>) -> Plan {
    let strategy = if raster.is_smooth() { Strategy::Sampled } else { Strategy::Fixed(Filter::None) };
    Plan { strategy, coder: Coder::Swift }
}

/// The file, from the signature to the end.
pub(super) fn assemble(
    raster: &Raster<'_>,
    parts: &[Part],
    metadata: &Metadata,
    context: &Context,
) -> Vec<u8> {
    let mut front = Vec::new();
    chunk::start(&mut front, raster.size, raster.form);
    chunk::describe(&mut front, metadata, context.level);
    if let Some(palette) = raster.palette() {
        chunk::palette(&mut front, palette);
    }
    let pixels: usize = parts.iter().map(|part| part.data.len() + 12).sum();
    let mut out = Vec::with_capacity(front.len() + pixels + 12);
    out.append(&mut front);
    for part in parts {
        chunk::part(&mut out, *b"IDAT", &[], part);
    }
    chunk::end(&mut out);
    out
}
