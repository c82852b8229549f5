//! BMP to pixels.
//!
//! Thirty years of writers made many dialects: OS/2 and Windows headers of eight lengths, rows from either
//! end, one to 32 bits, bit masks, three run-length codes. They are read here directly (Microsoft's "Bitmap
//! Storage" pages; the OS/2 2.x header from the "Encyclopedia of Graphics File Formats"), one row at a time
//! into the picture, since the decoder at hand knows neither profiles, nor OS/2 2.x, nor 24-bit runs.

mod header;
mod masks;
mod rle;
#[cfg(test)]
mod tests;

use crate::codec::Format;
use crate::codec::header::Header;
use crate::codec::raw::Raw;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Picture};
use header::{Head, Packing};
use masks::Channel;

pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let head = Head::parse(bytes)?;
    Ok(Header {
        format: Format::Bmp,
        size: head.size,
        layout: head.layout(),
        depth: Depth::U8,
        animated: false,
    })
}

pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    context.check()?;
    let head = Head::parse(bytes)?;
    let data = bytes.get(head.data..).unwrap_or_default();
    let mut samples = match head.packing {
        Packing::Runs(code) => rle::expand(data, &head, code)?,
        _ => rows(data, &head)?,
    };
    if head.layout().has_alpha() {
        show_if_hidden(&mut samples);
    }
    let mut raw = Raw::plain(Picture::new(head.size, head.layout(), samples).map_err(malformed)?);
    raw.icc = head.profile.and_then(|range| bytes.get(range)).map(<[u8]>::to_vec);
    Ok(raw)
}

fn malformed(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Bmp, what)
}

/// Many writers name a mask for alpha and leave its bits at zero. A picture in which nothing at all can be
/// seen is taken for one of them and made opaque, as browsers do.
fn show_if_hidden(samples: &mut [u8]) {
    if samples.chunks_exact(4).all(|pixel| pixel[3] == 0) {
        samples.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
    }
}

/// Rows of a fixed length, each padded to four bytes (but for the last, where some writers save them).
fn rows(data: &[u8], head: &Head) -> Result<Vec<u8>> {
    let (width, height) = (head.size.width(), head.size.height());
    let bits = width as u64 * u64::from(head.bits);
    let (used, stride) = (bits.div_ceil(8), bits.div_ceil(32) * 4);
    let needed = stride * (height as u64 - 1) + used;
    if (data.len() as u64) < needed {
        return Err(malformed(format!(
            "it ends too early: {} pixels of {} bits need {needed} bytes, and {} are left",
            head.size,
            head.bits,
            data.len()
        )));
    }
    let mut samples = vec![0; head.size.pixels() * head.layout().channels()];
    let unpack = Unpack::new(head);
    // Both fit an index: the file in memory is at least as long.
    let packed = data.chunks(stride as usize);
    let rows = samples.chunks_exact_mut(width * head.layout().channels());
    if head.top_down {
        packed.zip(rows).for_each(|(packed, row)| unpack.row(packed, row));
    } else {
        packed.zip(rows.rev()).for_each(|(packed, row)| unpack.row(packed, row));
    }
    Ok(samples)
}

/// How one row becomes pixels.
enum Unpack<'a> {
    Indexed {
        bits: usize,
        palette: &'a [[u8; 3]],
    },
    /// Blue, green, red and so many bytes that mean nothing.
    Plain {
        bytes: usize,
    },
    Masked {
        bytes: usize,
        channels: Vec<Channel>,
    },
}

impl<'a> Unpack<'a> {
    fn new(head: &'a Head) -> Self {
        let bytes = usize::from(head.bits / 8);
        match &head.packing {
            Packing::Masked(masks) => {
                let channels = masks.iter().take(head.layout().channels()).map(|&mask| Channel::new(mask));
                Self::Masked { bytes, channels: channels.collect() }
            }
            Packing::Plain => Self::Plain { bytes },
            Packing::Indexed | Packing::Runs(_) => {
                Self::Indexed { bits: head.bits.into(), palette: &head.palette }
            }
        }
    }

    fn row(&self, packed: &[u8], row: &mut [u8]) {
        match self {
            Self::Indexed { bits, palette } => {
                for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
                    let at = x * bits;
                    let index = packed[at / 8] >> (8 - bits - at % 8) & (0xff >> (8 - bits)) as u8;
                    pixel.copy_from_slice(&palette[usize::from(index)]);
                }
            }
            Self::Plain { bytes } => {
                for (pixel, stored) in row.chunks_exact_mut(3).zip(packed.chunks(*bytes)) {
                    pixel.copy_from_slice(&[stored[2], stored[1], stored[0]]);
                }
            }
            Self::Masked { bytes, channels } => {
                for (pixel, stored) in row.chunks_exact_mut(channels.len()).zip(packed.chunks_exact(*bytes)) {
                    let value = stored.iter().rev().fold(0u32, |value, &byte| value << 8 | u32::from(byte));
                    for (sample, channel) in pixel.iter_mut().zip(channels) {
                        *sample = channel.of(value);
                    }
                }
            }
        }
    }
}
