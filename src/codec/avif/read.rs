//! From AVIF to pixels: the primary item, or the grid it is made of, and its alpha.
//!
//! Colour: a profile is handed over. Without one, primaries of Display P3 and BT.2020 are handed over as a
//! profile; curves made for ordinary screens are taken to be that of sRGB, as browsers do. High dynamic
//! range (PQ, HLG) is refused: without tone mapping it would look grey and flat. A clean aperture (`clap`)
//! is not applied: the whole picture is shown. Of a sequence the primary picture is decoded.

use super::container::Container;
use super::describe::{self, Image};
use super::yuv::{Target, check_transfer};
use super::{av1, container};
use crate::codec::format::Format;
use crate::codec::header::Header;
use crate::codec::raw::{Raw, RawPixels};
use crate::codec::straight::straighten;
use crate::color::profile;
use crate::context::Context;
use crate::error::{Error, Result, guarded};
use crate::kernel::interleave::Store;
use crate::pixel::{Depth, Layout, Picture, Samples};

/// What the boxes say; nothing is decoded.
pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    Ok(File::open(bytes)?.header())
}

/// The pixels of the primary picture.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    let file = File::open(bytes)?;
    let header = file.header();
    let samples: Samples = guarded("the AVIF decoder", || match header.depth {
        Depth::U8 => Ok(file.samples::<u8>(context)?.into()),
        _ => Ok(file.samples::<u16>(context)?.into()),
    })?;
    let primaries = || file.image.nclx.filter(|_| !header.layout.is_grey()).map(|nclx| nclx.primaries);
    let icc = file.image.icc.clone().or_else(|| profile::of_primaries(primaries()?));
    Ok(Raw {
        pixels: RawPixels::Picture(Picture::new(header.size, header.layout, samples).map_err(broken)?),
        icc,
        exif: describe::exif(&file.container, file.container.primary),
        orientation: Some(describe::orientation(&file.container, file.container.primary)),
    })
}

fn broken(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Avif, what)
}

/// A file whose boxes have been understood.
struct File<'a> {
    container: Container<'a>,
    image: Image,
    alpha: Option<Alpha>,
}

struct Alpha {
    image: Image,
    /// Are the colours multiplied by it?
    multiplied: bool,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self> {
        let open = || -> container::Result<Self> {
            let container = Container::parse(bytes)?;
            let image = Image::of(&container, container.primary)?;
            let alpha = match describe::alpha(&container, container.primary) {
                Some((item, multiplied)) => Some(Alpha { image: Image::of(&container, item)?, multiplied }),
                None => None,
            };
            if let Some(alpha) = alpha.as_ref().filter(|alpha| alpha.image.size != image.size) {
                return Err(format!("alpha is {} and the picture {}", alpha.image.size, image.size));
            }
            Ok(Self { container, image, alpha })
        };
        open().map_err(broken)
    }

    fn header(&self) -> Header {
        Header {
            format: Format::Avif,
            size: self.image.size,
            layout: Layout::of(self.image.coding.grey, self.alpha.is_some()),
            depth: if self.image.coding.bits == 8 { Depth::U8 } else { Depth::U16 },
            animated: self.container.sequence,
        }
    }

    fn samples<T: Store + Default>(&self, context: &Context) -> Result<Vec<T>> {
        let header = self.header();
        let channels = header.layout.channels();
        let mut samples = vec![T::default(); header.size.pixels() * channels];
        if self.image.icc.is_none() {
            self.image.nclx.map_or(Ok(()), |nclx| check_transfer(nclx.transfer))?;
        }
        self.each_tile(&self.image, &mut samples, context, |target, planes| {
            target.put_colours(planes, &self.image.nclx.unwrap_or(planes.nclx), context)
        })?;
        if let Some(alpha) = &self.alpha {
            self.each_tile(&alpha.image, &mut samples, context, |target, planes| {
                target.put_alpha(planes, &alpha.image.nclx.unwrap_or(planes.nclx), context)
            })?;
            if alpha.multiplied {
                straighten(&mut samples, channels);
            }
        }
        Ok(samples)
    }

    /// Decode tile after tile and hand each to `put` with its place in the picture.
    fn each_tile<T: Store>(
        &self,
        image: &Image,
        samples: &mut [T],
        context: &Context,
        put: impl Fn(&mut Target<'_, T>, &av1::Planes) -> Result<()>,
    ) -> Result<()> {
        for (index, &item) in image.items.iter().enumerate() {
            context.check()?;
            let data = self.container.data(item).map_err(broken)?.into_owned();
            let planes = av1::decode(data, image.tile, image.coding).map_err(broken)?;
            let corner =
                (index % image.columns * image.tile.width(), index / image.columns * image.tile.height());
            let mut target = Target {
                samples: &mut *samples,
                row: image.size.width(),
                channels: self.header().layout.channels(),
                corner,
                width: image.tile.width().min(image.size.width() - corner.0),
                height: image.tile.height().min(image.size.height() - corner.1),
            };
            put(&mut target, &planes)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
