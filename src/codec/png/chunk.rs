//! Signature and chunks.
//!
//! PNG specification, third edition, section 5: a length, four letters, the data, and CRC-32 of letters and data.

use super::palette::Palette;
use super::raster::Form;
use super::stream::{self, Part};
use crate::codec::Metadata;
use crate::kernel::Level;
use crate::pixel::Size;

/// What every file begins with.
const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Append a chunk.
pub(super) fn chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(crc(kind, data).to_be_bytes());
}

/// CRC-32 of a chunk with this data.
pub(super) fn crc(kind: [u8; 4], data: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&kind);
    crc.update(data);
    crc.finalize()
}

/// Append a part of the pixels as `kind`, with `front` before its data. The part brings its own check sum.
pub(super) fn part(out: &mut Vec<u8>, kind: [u8; 4], front: &[u8], part: &Part) {
    out.extend(((front.len() + part.data.len()) as u32).to_be_bytes());
    out.extend(kind);
    out.extend(front);
    out.extend(&part.data);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&kind);
    crc.update(front);
    crc.combine(&part.crc);
    out.extend(crc.finalize().to_be_bytes());
}

/// The signature and IHDR.
pub(super) fn start(out: &mut Vec<u8>, size: Size, form: Form) {
    out.extend(SIGNATURE);
    let (width, height) = size.as_u32();
    let mut header = Vec::with_capacity(13);
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // The one compression, the one family of filters, not interlaced.
    header.extend([form.bits, form.colour as u8, 0, 0, 0]);
    chunk(out, *b"IHDR", &header);
}

/// Colour space and EXIF: a profile that is carried, or else the statement that this is sRGB.
pub(super) fn describe(out: &mut Vec<u8>, metadata: &Metadata, level: Level) {
    match &metadata.icc {
        Some(icc) => {
            // A name is required; then the one compression there is.
            let mut data = b"ICC profile\0\0".to_vec();
            data.extend(stream::zlib(level, icc));
            chunk(out, *b"iCCP", &data);
        }
        // Rendering intent: perceptual.
        None => chunk(out, *b"sRGB", &[0]),
    }
    if let Some(exif) = &metadata.exif {
        chunk(out, *b"eXIf", exif);
    }
    if let Some(recipe) = &metadata.recipe {
        // Compressed, by the one method; no language and no translated keyword.
        let mut data = RECIPE.to_vec();
        data.extend(b"\0\x01\0\0\0");
        data.extend(stream::zlib(level, recipe.as_bytes()));
        chunk(out, *b"iTXt", &data);
    }
}

/// The keyword of the text that tells how a picture was made.
pub(super) const RECIPE: &[u8] = b"zhijin recipe";

/// PLTE, and tRNS for the entries up to the last that is not opaque.
pub(super) fn palette(out: &mut Vec<u8>, palette: &Palette) {
    let colours = palette.colours();
    let rgb: Vec<u8> = colours.iter().flat_map(|c| [c[0], c[1], c[2]]).collect();
    chunk(out, *b"PLTE", &rgb);
    let alpha: Vec<u8> = colours.iter().map(|c| c[3]).take_while(|&a| a < 255).collect();
    if !alpha.is_empty() {
        chunk(out, *b"tRNS", &alpha);
    }
}

/// IEND.
pub(super) fn end(out: &mut Vec<u8>) {
    chunk(out, *b"IEND", &[]);
}
