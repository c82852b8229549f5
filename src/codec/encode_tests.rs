use std::time::Duration;

use super::*;
use crate::codec::test_pictures::{LAYOUTS, random};
use crate::pixel::{Depth, Encoding, Layout};

fn write(picture: &Picture, format: Format) -> Result<Vec<u8>> {
    encode(picture, format, &EncodeOptions::default(), &Metadata::default(), &Context::default())
}

fn size(width: u32, height: u32) -> Size {
    Size::new(width, height).unwrap()
}

#[test]
fn every_layout_and_depth_is_written_in_every_format() {
    for format in Format::all().filter(|f| f.can_write()) {
        for (layout, depth) in
            LAYOUTS.iter().flat_map(|l| [Depth::U8, Depth::U16, Depth::F32].map(|d| (*l, d)))
        {
            let picture = random("every", (17, 15), layout, depth);
            let bytes = write(&picture, format).unwrap_or_else(|e| panic!("{picture} as {format}: {e}"));
            assert_eq!(Format::sniff(&bytes), Some(format), "{picture}");
        }
    }
}

#[test]
fn sixteen_bits_are_rounded_not_cut() {
    let all: Vec<u16> = (0..=65_535).collect();
    let picture = Picture::new(size(256, 256), Layout::Grey, all).unwrap();
    let bytes = write(&picture, Format::Qoi).unwrap();
    let back = image::load_from_memory(&bytes).unwrap().into_rgb8().into_raw();
    for (v, pixel) in back.chunks_exact(3).enumerate() {
        assert_eq!(pixel, [((v * 255 + 32_767) / 65_535) as u8; 3], "{v}");
    }
}

#[test]
fn alpha_is_kept_where_the_format_has_it() {
    let picture = random("alpha", (9, 9), Layout::Rgba, Depth::U8);
    for format in [Format::Bmp, Format::Qoi, Format::Pnm, Format::WebP, Format::Tiff] {
        let kind = |f: Format| image::ImageFormat::from_extension(f.extension()).unwrap();
        let bytes = write(&picture, format).unwrap();
        let back = image::load_from_memory_with_format(&bytes, kind(format)).unwrap();
        assert_eq!(Picture::try_from(back).unwrap(), picture, "{format}");
    }
}

#[test]
fn opaque_alpha_is_left_out_of_the_plain_variants() {
    let picture = Picture::new(size(2, 2), Layout::GreyAlpha, [7u8, 255].repeat(4)).unwrap();
    assert!(write(&picture, Format::Pnm).unwrap().starts_with(b"P5\n"));
    assert_eq!(write(&picture, Format::Bmp).unwrap()[28], 24, "bits a pixel");
}

#[test]
fn sides_too_long_name_the_limit_and_the_remedy() {
    let long = Picture::blank(size(16_384, 1), Layout::Grey, Depth::U8);
    assert_eq!(
        write(&long, Format::WebP).unwrap_err().to_string(),
        "the picture is 16384×1, WebP allows at most 16383 on a side; write PNG, or use --size"
    );
    let long = Picture::blank(size(1, 65_536), Layout::Grey, Depth::U8);
    for format in [Format::Jpeg, Format::Gif] {
        assert_eq!(
            write(&long, format).unwrap_err().to_string(),
            format!(
                "the picture is 1×65536, {format} allows at most 65535 on a side; write PNG, or use --size"
            )
        );
    }
}

#[test]
fn what_cannot_be_written_says_what_can() {
    let picture = Picture::blank(size(1, 1), Layout::Grey, Depth::U8);
    assert_eq!(
        write(&picture, Format::Avif).unwrap_err().to_string(),
        "AVIF cannot be written; write one of PNG, JPEG, WebP, GIF, TIFF, BMP, QOI, PNM"
    );
    let new = |format| {
        AnimationEncoder::new(format, size(1, 1), 0, &EncodeOptions::default(), &Metadata::default())
    };
    assert_eq!(
        new(Format::Jpeg).err().unwrap().to_string(),
        "JPEG holds one picture, not an animation; write one of PNG, WebP, GIF"
    );
    assert_eq!(
        new(Format::Gif).unwrap().finish().unwrap_err().to_string(),
        "an animation needs a frame; push at least one"
    );
}

#[test]
fn quality_has_bounds() {
    let picture = Picture::blank(size(1, 1), Layout::Grey, Depth::U8);
    for quality in [0, 101] {
        let options = EncodeOptions { quality, ..EncodeOptions::default() };
        let result = encode(&picture, Format::Png, &options, &Metadata::default(), &Context::default());
        assert_eq!(
            result.unwrap_err().to_string(),
            format!("the quality is {quality}; choose one from 1 to 100")
        );
    }
}

#[test]
fn a_profile_is_written_or_refused_never_lost() {
    let picture = Picture::blank(size(1, 1), Layout::Rgb, Depth::U8);
    let with = |space: &[u8; 4], format| {
        let mut icc = vec![0; 128];
        icc[16..20].copy_from_slice(space);
        let metadata = Metadata { icc: Some(icc), exif: None, ..Metadata::default() };
        encode(&picture, format, &EncodeOptions::default(), &metadata, &Context::default())
    };
    for format in [Format::Gif, Format::Bmp, Format::Qoi, Format::Pnm] {
        assert_eq!(
            with(b"RGB ", format).unwrap_err().to_string(),
            format!(
                "the colours are in a profile that was carried along, and {format} cannot hold one; \
                 write PNG, JPEG, WebP or TIFF, or let the colours be converted to sRGB"
            )
        );
    }
    for format in [Format::Jpeg, Format::WebP, Format::Tiff] {
        assert!(with(b"RGB ", format).unwrap().windows(4).any(|w| w == b"RGB "), "{format}");
        assert!(with(b"GRAY", format).unwrap_err().to_string().contains("is one for grey"));
    }
}

#[test]
fn only_straight_srgb_is_written() {
    let linear = Picture::with_meaning(
        size(1, 1),
        Layout::Grey,
        Encoding::Linear,
        crate::pixel::Alpha::Opaque,
        vec![9u8],
    );
    assert_eq!(
        write(&linear.unwrap(), Format::Png).unwrap_err().to_string(),
        "a picture in Linear with Opaque alpha cannot be written; convert it to straight sRGB first"
    );
}

#[test]
fn frames_must_have_the_size_and_the_number_must_be_within_limits() {
    let mut context = Context::default();
    context.limits.max_frames = 1;
    let frame = |width| Frame {
        picture: Picture::blank(size(width, 2), Layout::GreyAlpha, Depth::U16),
        delay: Duration::from_millis(40),
    };
    for format in [Format::Gif, Format::WebP] {
        let options = EncodeOptions::default();
        let mut animation =
            AnimationEncoder::new(format, size(3, 2), 0, &options, &Metadata::default()).unwrap();
        assert_eq!(
            animation.push(&frame(4), &context).unwrap_err().to_string(),
            "frame 1 is 4×2, the animation 3×2; give every frame the size of the whole"
        );
        animation.push(&frame(3), &context).unwrap();
        assert!(matches!(animation.push(&frame(3), &context), Err(Error::Limit { .. })));
        assert_eq!(Format::sniff(&animation.finish().unwrap()), Some(format));
    }
}

#[test]
fn a_cancelled_job_writes_nothing() {
    let context = Context::default();
    context.cancel.cancel();
    let picture = Picture::blank(size(4, 4), Layout::Rgb, Depth::U8);
    for format in Format::all().filter(|f| f.can_write()) {
        let result = encode(&picture, format, &EncodeOptions::default(), &Metadata::default(), &context);
        assert!(matches!(result, Err(Error::Cancelled)), "{format}");
    }
}
