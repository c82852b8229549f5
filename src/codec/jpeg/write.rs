//! Pictures to JPEG.

use super::bands::Bands;
use super::planes::Sampling;
use crate::codec::Metadata;
use crate::codec::options::EncodeOptions;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Layout, Picture};

/// From this quality up every pixel keeps its own colour; below, four share one: who asks for so much
/// quality does not want blurred coloured edges.
const FULL_COLOUR_FROM: u8 = 90;

/// A baseline JPEG file; with [`Compression::Best`], with Huffman tables of its own.
///
/// [`Compression::Best`]: crate::codec::Compression::Best
pub(in crate::codec) fn encode(
    picture: &Picture,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let view = picture.as_u8().expect("fitted to eight bits");
    let sampling = sampling(picture.layout(), options.quality);
    Bands::new(view, options.quality, sampling, context).encode(options.compression, metadata)
}

fn sampling(layout: Layout, quality: u8) -> Sampling {
    match quality {
        _ if layout.is_grey() => Sampling::Grey,
        FULL_COLOUR_FROM.. => Sampling::Full,
        _ => Sampling::Quarter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Compression;
    use crate::codec::test_pictures::{AWKWARD, scene};
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::bytestream::ZCursor;
    use zune_jpeg::zune_core::colorspace::ColorSpace;
    use zune_jpeg::zune_core::options::DecoderOptions;

    fn write(picture: &Picture, quality: u8, compression: Compression, metadata: &Metadata) -> Vec<u8> {
        let options = EncodeOptions { quality, compression, ..EncodeOptions::default() };
        encode(picture, &options, metadata, &Context::default()).unwrap()
    }

    #[test]
    fn what_comes_back_is_near() {
        for (size, layout) in AWKWARD.iter().flat_map(|s| [(*s, Layout::Grey), (*s, Layout::Rgb)]) {
            let picture = scene("jpeg", size, layout);
            for (quality, most) in [(100, 2.0), (89, 30.0)] {
                for compression in [Compression::Fast, Compression::Best] {
                    let bytes = write(&picture, quality, compression, &Metadata::default());
                    let wanted = if layout.is_grey() { ColorSpace::Luma } else { ColorSpace::RGB };
                    let options = DecoderOptions::default().jpeg_set_out_colorspace(wanted);
                    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bytes[..]), options);
                    let back = decoder.decode().unwrap();
                    assert_eq!(decoder.info().unwrap().components as usize, layout.channels());
                    let samples = picture.as_u8().unwrap().samples();
                    let sum: u32 = back.iter().zip(samples).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
                    let error = f64::from(sum) / samples.len() as f64;
                    assert!(error < most, "{picture} {quality} {compression:?}: {error}");
                }
            }
        }
    }

    #[test]
    fn metadata_comes_back() {
        let picture = scene("jpeg", (900, 600), Layout::Rgb);
        // A profile of more than one segment, and several bands.
        let metadata = Metadata {
            icc: Some(vec![3; 70_000]),
            exif: Some(b"MM\0*\0\0\0\x08\0\0".to_vec()),
            ..Metadata::default()
        };
        for compression in [Compression::Fast, Compression::Best] {
            let bytes = write(&picture, 90, compression, &metadata);
            let mut decoder = JpegDecoder::new(ZCursor::new(&bytes[..]));
            decoder.decode_headers().unwrap();
            assert_eq!(decoder.icc_profile(), metadata.icc);
            assert_eq!(decoder.exif(), metadata.exif.as_ref());
        }
    }

    #[test]
    fn exif_too_large_says_so() {
        let metadata = Metadata { icc: None, exif: Some(vec![0; 70_000]), ..Metadata::default() };
        let picture = scene("jpeg", (8, 8), Layout::Grey);
        let error = encode(&picture, &EncodeOptions::default(), &metadata, &Context::default()).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("the EXIF block takes 70000 bytes, and JPEG cannot hold more than 65527"),
            "{text}"
        );
    }
}
