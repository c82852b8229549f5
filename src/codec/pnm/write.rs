//! Pictures to PGM, PPM or, with alpha, PAM.
//!
//! By hand: the format is a line of text and the samples, the high byte first. (netpbm.sourceforge.net,
//! the pages pgm, ppm and pam.)

use crate::codec::Metadata;
use crate::codec::options::EncodeOptions;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Layout, Picture, Samples};

/// A PNM file; it has one way of being written.
pub(in crate::codec) fn encode(
    picture: &Picture,
    _: &EncodeOptions,
    _: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let mut out = header(picture).into_bytes();
    match picture.samples() {
        Samples::U8(samples) => out.extend_from_slice(samples),
        Samples::U16(samples) => out.extend(samples.iter().flat_map(|v| v.to_be_bytes())),
        Samples::F32(_) => unreachable!("fitted to 16 bits"),
    }
    context.check().map(|()| out)
}

fn header(picture: &Picture) -> String {
    let (width, height) = picture.size().as_u32();
    let most = if picture.depth().bytes() == 1 { 255 } else { 65_535 };
    let pam = |channels: usize, kind: &str| {
        format!(
            "P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH {channels}\nMAXVAL {most}\nTUPLTYPE {kind}\nENDHDR\n"
        )
    };
    match picture.layout() {
        Layout::Grey => format!("P5\n{width} {height}\n{most}\n"),
        Layout::Rgb => format!("P6\n{width} {height}\n{most}\n"),
        Layout::GreyAlpha => pam(2, "GRAYSCALE_ALPHA"),
        Layout::Rgba => pam(4, "RGB_ALPHA"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::test_pictures::{AWKWARD, LAYOUTS, random};
    use crate::pixel::Depth;

    #[test]
    fn comes_back_exactly() {
        for size in AWKWARD {
            for (layout, depth) in LAYOUTS.iter().flat_map(|l| [(*l, Depth::U8), (*l, Depth::U16)]) {
                let picture = random("pnm", size, layout, depth);
                let bytes =
                    encode(&picture, &EncodeOptions::default(), &Metadata::default(), &Context::default())
                        .unwrap();
                let back = image::load_from_memory_with_format(&bytes, image::ImageFormat::Pnm).unwrap();
                assert_eq!(Picture::try_from(back).unwrap(), picture);
            }
        }
    }

    #[test]
    fn headers_are_those_of_the_standard() {
        let bytes = |layout, depth| header(&random("pnm", AWKWARD[1], layout, depth));
        assert_eq!(bytes(Layout::Grey, Depth::U8), "P5\n1 19\n255\n");
        assert_eq!(bytes(Layout::Rgb, Depth::U16), "P6\n1 19\n65535\n");
        assert_eq!(
            bytes(Layout::Rgba, Depth::U8),
            "P7\nWIDTH 1\nHEIGHT 19\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
        );
    }
}
