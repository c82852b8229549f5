//! Pictures to QOI.

use crate::codec::fit::writer_fault;
use crate::codec::options::EncodeOptions;
use crate::codec::{Format, Metadata};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Layout, Picture};
use image::codecs::qoi::QoiEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// A QOI file; it has one way of being written.
pub(in crate::codec) fn encode(
    picture: &Picture,
    _: &EncodeOptions,
    _: &Metadata,
    _: &Context,
) -> Result<Vec<u8>> {
    let view = picture.as_u8().expect("fitted to eight bits");
    let (width, height) = view.size().as_u32();
    let colours = match view.layout() {
        Layout::Rgba => ExtendedColorType::Rgba8,
        _ => ExtendedColorType::Rgb8,
    };
    let mut out = Vec::new();
    QoiEncoder::new(&mut out)
        .write_image(view.samples(), width, height, colours)
        .map_err(|e| writer_fault(Format::Qoi, e))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::test_pictures::{AWKWARD, random};
    use crate::pixel::Depth;

    #[test]
    fn comes_back_exactly() {
        for (size, layout) in AWKWARD.iter().flat_map(|s| [(*s, Layout::Rgb), (*s, Layout::Rgba)]) {
            let picture = random("qoi", size, layout, Depth::U8);
            let bytes =
                encode(&picture, &EncodeOptions::default(), &Metadata::default(), &Context::default())
                    .unwrap();
            let back = image::load_from_memory_with_format(&bytes, image::ImageFormat::Qoi).unwrap();
            assert_eq!(Picture::try_from(back).unwrap(), picture);
        }
    }
}
