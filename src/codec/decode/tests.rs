use super::*;
use crate::Limits;
use crate::test_support::Random;

/// A small EXIF block: one entry, the orientation, in big-endian order.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0]);
    block
}

/// `width`×`height` in RGB, each pixel its own colour.
fn picture(width: u32, height: u32) -> Vec<u8> {
    (0..width * height).flat_map(|i| [i as u8, (i * 7) as u8, ((i * 31) >> 3) as u8]).collect()
}

fn png_file(width: u32, height: u32, exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut info = ::png::Info::with_size(width, height);
    info.color_type = ::png::ColorType::Rgb;
    info.bit_depth = ::png::BitDepth::Eight;
    info.exif_metadata = exif.map(Into::into);
    let mut bytes = Vec::new();
    let mut writer = ::png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(&picture(width, height)).unwrap();
    writer.finish().unwrap();
    bytes
}

fn jpeg_file(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.set_progressive(progressive);
    encoder.add_app_segment(1, [b"Exif\0\0".to_vec(), exif(6)].concat()).unwrap();
    let data = picture(width.into(), height.into());
    encoder.encode(&data, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

fn animation(count: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 5, 4);
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_animated(count, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for frame in 0..count {
        writer.write_image_data(&[frame as u8; 60]).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

fn open(bytes: &[u8]) -> Result<Decoded> {
    decode(bytes, &DecodeOptions::default(), &Context::default())
}

#[test]
fn exif_is_dropped_by_default_and_kept_upright_on_request() {
    let file = png_file(6, 4, Some(exif(6)));
    let dropped = open(&file).unwrap();
    assert_eq!(dropped.metadata, Metadata::default());
    assert_eq!(dropped.picture.size().as_u32(), (4, 6));
    let keep = DecodeOptions { keep_exif: true, ..DecodeOptions::default() };
    let kept = decode(&file, &keep, &Context::default()).unwrap();
    assert_eq!(kept.picture, dropped.picture);
    assert_eq!(kept.metadata.exif, Some(exif(1)));
}

#[test]
fn orientation_is_applied_to_what_is_shown() {
    let stored = open(&png_file(6, 4, None)).unwrap().picture;
    for tag in 1..=8 {
        let shown = open(&png_file(6, 4, Some(exif(tag)))).unwrap().picture;
        // Where the first stored pixel is seen: the corners of the table in EXIF 2.32.
        let size = shown.size();
        let (right, low) = (size.width() - 1, size.height() - 1);
        let (x, y) = [(0, 0), (right, 0), (right, low), (0, low), (0, 0), (right, 0), (right, low), (0, low)]
            [usize::from(tag) - 1];
        let first = stored.as_u8().unwrap().pixel(0, 0).to_vec();
        assert_eq!(shown.as_u8().unwrap().pixel(x, y), first, "orientation {tag}");
    }
    assert_eq!(open(&jpeg_file(40, 16, false)).unwrap().picture.size().as_u32(), (16, 40));
}

#[test]
fn a_profile_is_carried_only_if_asked_for() {
    let mut info = ::png::Info::with_size(1, 1);
    info.icc_profile = Some(b"not a real profile"[..].into());
    let mut bytes = Vec::new();
    let mut writer = ::png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(&[77]).unwrap();
    writer.finish().unwrap();
    let carry = DecodeOptions { profile: Profile::Carry, ..DecodeOptions::default() };
    let carried = decode(&bytes, &carry, &Context::default()).unwrap();
    assert_eq!(carried.metadata.icc.as_deref(), Some(&b"not a real profile"[..]));
    assert_eq!(carried.picture.as_u8().unwrap().samples(), [77]);
    assert_eq!(open(&bytes).unwrap().metadata.icc, None);
}

#[test]
fn a_file_cut_short_anywhere_is_an_error_that_says_so() {
    let files = [png_file(40, 30, None), jpeg_file(64, 48, false), jpeg_file(64, 48, true), animation(3)];
    for file in files {
        for percent in 0..100 {
            let part = &file[..file.len() * percent / 100];
            let error = open(part).err().unwrap_or_else(|| panic!("{percent} % of a file passed"));
            let named = matches!(error, Error::Malformed { .. } | Error::UnknownFormat { .. });
            assert!(named, "{percent} %: {error}");
        }
        assert!(open(&file).is_ok());
    }
}

#[test]
fn flipped_bits_never_panic() {
    let mut random = Random::new("flipped bits");
    let files =
        [png_file(20, 15, Some(exif(3))), jpeg_file(32, 24, false), jpeg_file(32, 24, true), animation(3)];
    for file in files {
        for _ in 0..400 {
            let mut bytes = file.clone();
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            // Either answer will do; what counts is that there is one.
            let _still = open(&bytes);
            if let Ok(Some(frames)) = frames(&bytes, &DecodeOptions::default(), &Context::default()) {
                let _shown = frames.take(10).count();
            }
        }
    }
}

#[test]
fn a_header_that_claims_too_much_is_refused_by_name() {
    let mut png = png_file(2, 2, None);
    png[16..24].copy_from_slice(&[0, 0x0f, 0x42, 0x40, 0, 0x0f, 0x42, 0x40]);
    let mut jpeg = jpeg_file(8, 8, false);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xff);
    for (file, size) in [(png, "1000000×1000000"), (jpeg, "65535×65535")] {
        let error = open(&file).unwrap_err();
        assert!(matches!(error, Error::Limit { .. }), "{error}");
        assert!(error.to_string().contains(size) && error.to_string().contains("--max-pixels"), "{error}");
    }
}

#[test]
fn frames_are_counted_and_a_lone_one_is_none() {
    let options = DecodeOptions::default();
    let file = animation(3);
    let shown = frames(&file, &options, &Context::default()).unwrap().unwrap();
    let values = shown.map(|frame| frame.unwrap().picture.as_u8().unwrap().samples()[0]);
    assert_eq!(values.collect::<Vec<_>>(), [0, 1, 2]);
    assert!(frames(&animation(1), &options, &Context::default()).unwrap().is_none());
    assert!(frames(&png_file(2, 2, None), &options, &Context::default()).unwrap().is_none());
    let limits = Limits { max_frames: 2, ..Limits::default() };
    let context = Context { limits, ..Context::default() };
    let mut shown = frames(&file, &options, &context).unwrap().unwrap();
    assert!(shown.next().unwrap().is_ok() && shown.next().unwrap().is_ok());
    assert!(matches!(shown.next(), Some(Err(Error::Limit { .. }))));
    assert!(shown.next().is_none());
}

#[test]
fn a_decoder_that_panics_means_a_broken_file() {
    let error = guard(Format::Qoi, || -> Result<()> { panic!("index out of bounds") }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "broken QOI file: the decoder could make no sense of it (index out of bounds); another copy of it may be whole"
    );
}

#[test]
fn what_is_no_picture_is_called_by_its_name() {
    let message = open(b"%PDF-1.7").unwrap_err().to_string();
    assert!(
        message.starts_with("not a picture in a known format (a PDF); zhijin reads PNG, JPEG"),
        "{message}"
    );
}

#[test]
fn a_cancelled_read_stops() {
    let context = Context::default();
    context.cancel.cancel();
    let result = decode(&png_file(3, 3, None), &DecodeOptions::default(), &context);
    assert!(matches!(result, Err(Error::Cancelled)));
}
