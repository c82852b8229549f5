//! Pictures to TIFF.
//!
//! The directory is written by the `tiff` crate, the strips by us: its own writer compresses them one
//! after the other, and a strip is the natural band (TIFF 6.0, section 3). Every strip is predicted from
//! the left (section 14) and deflated, which readers commonly understand. Files that may pass 4 GiB become BigTIFF.

use std::io::{Cursor, Write};
use std::ops::Range;

use flate2::write::ZlibEncoder;
use tiff::encoder::{DirectoryEncoder, Rational, TiffEncoder, TiffKind, TiffKindBig, TiffKindStandard};
use tiff::tags::{
    CompressionMethod, PhotometricInterpretation, Predictor, ResolutionUnit, SampleFormat, Tag,
};
use tiff::{TiffError, TiffResult};

use crate::codec::fit::writer_fault;
use crate::codec::options::{Compression, EncodeOptions};
use crate::codec::{Format, Metadata};
use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;
use crate::pixel::{Picture, Samples};

/// About so many bytes before compression in a strip.
const STRIP_BYTES: usize = 1 << 18;
/// "Unassociated alpha", which we call straight.
const STRAIGHT_ALPHA: u16 = 2;

/// A TIFF file: [`Compression::Best`] deflates harder.
pub(in crate::codec) fn encode(
    picture: &Picture,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let level = match options.compression {
        Compression::Fast => flate2::Compression::new(1),
        Compression::Best => flate2::Compression::best(),
    };
    let rows = (STRIP_BYTES / (picture.row_len() * picture.depth().bytes())).max(1);
    let strips = map_bands(context, picture.size().height(), rows, |band| strip(picture, band, level))?;
    let icc = metadata.icc.as_deref();
    let bytes = strips.iter().map(Vec::len).sum::<usize>() as u64;
    // Room for the directory and the two tables of strips.
    let small = bytes + 16 * strips.len() as u64 + icc.map_or(0, <[u8]>::len) as u64 + 4096 < 1 << 32;
    let file = match small {
        true => file::<TiffKindStandard>(picture, &strips, rows, icc),
        false => file::<TiffKindBig>(picture, &strips, rows, icc),
    };
    file.map_err(|e| writer_fault(Format::Tiff, e))
}

/// Some rows, predicted and deflated.
fn strip(picture: &Picture, rows: Range<usize>, level: flate2::Compression) -> Result<Vec<u8>> {
    let (row, channels) = (picture.row_len(), picture.layout().channels());
    let range = rows.start * row..rows.end * row;
    let predicted: Vec<u8> = match picture.samples() {
        Samples::U8(s) => differences(&s[range], row, channels, u8::wrapping_sub),
        Samples::U16(s) => differences(&s[range], row, channels, u16::wrapping_sub)
            .into_iter()
            .flat_map(u16::to_ne_bytes)
            .collect(),
        Samples::F32(_) => unreachable!("fitted to 16 bits"),
    };
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(predicted.len() / 2), level);
    encoder.write_all(&predicted).and_then(|()| encoder.finish()).map_err(|e| writer_fault(Format::Tiff, e))
}

/// Each sample less its neighbour on the left.
fn differences<T: Copy>(samples: &[T], row: usize, channels: usize, minus: impl Fn(T, T) -> T) -> Vec<T> {
    let mut out = samples.to_vec();
    for (out, row) in out.chunks_exact_mut(row).zip(samples.chunks_exact(row)) {
        for (out, (left, here)) in out[channels..].iter_mut().zip(row.iter().zip(&row[channels..])) {
            *out = minus(*here, *left);
        }
    }
    out
}

/// Strips first, then the directory that says where they are.
fn file<K: TiffKind>(
    picture: &Picture,
    strips: &[Vec<u8>],
    rows: usize,
    icc: Option<&[u8]>,
) -> TiffResult<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::<_, K>::new_generic(&mut out)?;
    let mut directory = encoder.image_directory()?;
    let (mut offsets, mut counts) = (Vec::new(), Vec::new());
    for strip in strips {
        offsets.push(K::convert_offset(directory.write_data(&strip[..])?)?);
        counts.push(K::convert_offset(strip.len() as u64)?);
    }
    directory.write_tag(Tag::StripOffsets, K::convert_slice(&offsets))?;
    directory.write_tag(Tag::StripByteCounts, K::convert_slice(&counts))?;
    directory.write_tag(Tag::RowsPerStrip, u32::try_from(rows).map_err(TiffError::from)?)?;
    describe(picture, &mut directory)?;
    if let Some(icc) = icc {
        directory.write_tag(Tag::IccProfile, icc)?;
    }
    directory.finish()?;
    Ok(out.into_inner())
}

/// What the samples are.
fn describe<K: TiffKind>(
    picture: &Picture,
    directory: &mut DirectoryEncoder<'_, &mut Cursor<Vec<u8>>, K>,
) -> TiffResult<()> {
    let (layout, (width, height)) = (picture.layout(), picture.size().as_u32());
    let photometric = match layout.is_grey() {
        true => PhotometricInterpretation::BlackIsZero,
        false => PhotometricInterpretation::RGB,
    };
    let channels = layout.channels();
    let bits = [picture.depth().bytes() as u16 * 8; 4];
    let formats = [SampleFormat::Uint.to_u16(); 4];
    directory.write_tag(Tag::ImageWidth, width)?;
    directory.write_tag(Tag::ImageLength, height)?;
    directory.write_tag(Tag::Compression, CompressionMethod::Deflate.to_u16())?;
    directory.write_tag(Tag::Predictor, Predictor::Horizontal.to_u16())?;
    directory.write_tag(Tag::PhotometricInterpretation, photometric.to_u16())?;
    directory.write_tag(Tag::SamplesPerPixel, channels as u16)?;
    directory.write_tag(Tag::BitsPerSample, &bits[..channels])?;
    directory.write_tag(Tag::SampleFormat, &formats[..channels])?;
    if layout.has_alpha() {
        directory.write_tag(Tag::ExtraSamples, &[STRAIGHT_ALPHA][..])?;
    }
    directory.write_tag(Tag::XResolution, Rational { n: 72, d: 1 })?;
    directory.write_tag(Tag::YResolution, Rational { n: 72, d: 1 })?;
    directory.write_tag(Tag::ResolutionUnit, ResolutionUnit::Inch.to_u16())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::test_pictures::{AWKWARD, LAYOUTS, random};
    use crate::pixel::{Depth, Layout};
    use tiff::decoder::{Decoder, DecodingResult};

    fn write(picture: &Picture, options: &EncodeOptions, metadata: &Metadata) -> Vec<u8> {
        encode(picture, options, metadata, &Context::default()).unwrap()
    }

    fn samples(bytes: &[u8]) -> Samples {
        match Decoder::new(Cursor::new(bytes)).unwrap().read_image().unwrap() {
            DecodingResult::U8(s) => Samples::U8(s),
            DecodingResult::U16(s) => Samples::U16(s),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn comes_back_exactly() {
        for size in AWKWARD.into_iter().chain([(1500, 401)]) {
            for (layout, depth) in LAYOUTS.iter().flat_map(|l| [(*l, Depth::U8), (*l, Depth::U16)]) {
                let picture = random("tiff", size, layout, depth);
                for compression in [Compression::Fast, Compression::Best] {
                    let options = EncodeOptions { compression, ..EncodeOptions::default() };
                    let bytes = write(&picture, &options, &Metadata::default());
                    assert!(samples(&bytes) == *picture.samples(), "{picture} {compression:?}");
                }
            }
        }
    }

    #[test]
    fn the_profile_and_the_kind_of_alpha_are_said() {
        let picture = random("tiff", (5, 5), Layout::Rgba, Depth::U8);
        let metadata = Metadata { icc: Some(vec![7; 300]), exif: None, ..Metadata::default() };
        let bytes = write(&picture, &EncodeOptions::default(), &metadata);
        let mut decoder = Decoder::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(decoder.get_tag_u8_vec(Tag::IccProfile).unwrap(), [7; 300]);
        assert_eq!(decoder.get_tag_u16_vec(Tag::ExtraSamples).unwrap(), [2]);
    }

    #[test]
    fn big_tiff_holds_the_same() {
        let picture = random("tiff", (40, 30), Layout::Grey, Depth::U8);
        let strips = [strip(&picture, 0..30, flate2::Compression::fast()).unwrap()];
        let bytes = file::<TiffKindBig>(&picture, &strips, 30, None).unwrap();
        assert_eq!(&bytes[2..4], 43u16.to_ne_bytes());
        assert!(samples(&bytes) == *picture.samples());
    }
}
