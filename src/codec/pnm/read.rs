//! PBM, PGM, PPM and PAM to pixels.
//!
//! The format is a few numbers in front of plain samples, so it is read here directly (Netpbm's pages
//! `pbm(5)`, `pgm(5)`, `ppm(5)`, `pam(5)`): the samples go from the file into the picture in one pass, and
//! whether the file is long enough is known before anything is allocated.

mod header;
#[cfg(test)]
mod tests;

use crate::codec::Format;
use crate::codec::header::Header;
use crate::codec::raw::Raw;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Picture, Samples};
use header::{Coding, Head, Tokens};

pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let head = Head::parse(bytes)?;
    Ok(Header {
        format: Format::Pnm,
        size: head.size,
        layout: head.layout,
        depth: head.depth(),
        animated: false,
    })
}

/// The first picture of the file; more may follow in some, and are left.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    context.check()?;
    let head = Head::parse(bytes)?;
    let raster = &bytes[head.raster..];
    let shortest = head.shortest_raster();
    if (raster.len() as u64) < shortest {
        return Err(malformed(format!(
            "it ends too early: {} pixels need {shortest} bytes or more, and {} are left",
            head.size,
            raster.len()
        )));
    }
    let samples = match (head.coding, head.depth()) {
        (Coding::Bits, _) => unpack_bits(raster, &head).into(),
        (Coding::Binary, Depth::U8) => binary_u8(raster, &head).into(),
        (Coding::Binary, _) => binary_u16(raster, &head).into(),
        (Coding::Digits, _) => digits(raster, &head)?.into(),
        (Coding::Text, Depth::U8) => Samples::U8(text(raster, &head, |v| head.scaled(v) as u8)?),
        (Coding::Text, _) => Samples::U16(text(raster, &head, |v| head.scaled(v) as u16)?),
    };
    let picture = Picture::new(head.size, head.layout, samples);
    Ok(Raw::plain(picture.map_err(malformed)?))
}

fn malformed(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Pnm, what)
}

/// One bit a pixel, 1 is black, each row padded to whole bytes.
fn unpack_bits(raster: &[u8], head: &Head) -> Vec<u8> {
    let width = head.size.width();
    let mut grey = vec![0; head.size.pixels()];
    for (row, bits) in grey.chunks_exact_mut(width).zip(raster.chunks_exact(width.div_ceil(8))) {
        for (x, sample) in row.iter_mut().enumerate() {
            *sample = if bits[x / 8] << (x % 8) & 0x80 == 0 { 255 } else { 0 };
        }
    }
    grey
}

fn binary_u8(raster: &[u8], head: &Head) -> Vec<u8> {
    let samples = &raster[..head.samples()];
    if head.maxval == 255 {
        return samples.to_vec();
    }
    let table: Vec<u8> = (0..256).map(|v| head.scaled(v) as u8).collect();
    samples.iter().map(|&v| table[usize::from(v)]).collect()
}

fn binary_u16(raster: &[u8], head: &Head) -> Vec<u16> {
    let samples = raster.chunks_exact(2).take(head.samples()).map(|b| u16::from_be_bytes([b[0], b[1]]));
    match head.maxval {
        65_535 => samples.collect(),
        _ => samples.map(|v| head.scaled(v.into()) as u16).collect(),
    }
}

/// Plain PBM: digits that need no space between them.
fn digits(raster: &[u8], head: &Head) -> Result<Vec<u8>> {
    let mut tokens = Tokens::new(raster);
    let mut grey = Vec::with_capacity(head.samples());
    for _ in 0..head.samples() {
        grey.push(match tokens.next_mark() {
            Some(b'0') => 255,
            Some(b'1') => 0,
            Some(other) => {
                return Err(malformed(format!("'{}' where 0 or 1 is due", other.escape_ascii())));
            }
            None => return Err(ended(grey.len(), head)),
        });
    }
    Ok(grey)
}

/// Plain PGM and PPM: decimal numbers.
fn text<T>(raster: &[u8], head: &Head, scale: impl Fn(u32) -> T) -> Result<Vec<T>> {
    let mut tokens = Tokens::new(raster);
    let mut samples = Vec::with_capacity(head.samples());
    for _ in 0..head.samples() {
        let value = tokens.next_number()?.ok_or_else(|| ended(samples.len(), head))?;
        if value > head.maxval {
            return Err(malformed(format!("a sample is {value}, over the maximum of {}", head.maxval)));
        }
        samples.push(scale(value));
    }
    Ok(samples)
}

fn ended(found: usize, head: &Head) -> Error {
    malformed(format!("it ends after {found} of {} samples", head.samples()))
}
