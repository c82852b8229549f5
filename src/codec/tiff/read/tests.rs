use image::metadata::Orientation;
use tiff::encoder::colortype::{
    ColorType, Gray8, Gray16, Gray32Float, RGB8, RGB16, RGB32Float, RGBA8, RGBA16,
};
use tiff::encoder::compression::DeflateLevel;
use tiff::encoder::{Compression, Predictor, TiffEncoder, TiffValue};

use super::*;
use crate::codec::read_tests::{SIZES, check_damage, picture, same_as_header, steps};
use crate::pixel::{Layout, Size};

fn encoded<C: ColorType>(size: (u32, u32), samples: &[C::Inner], packing: (Compression, Predictor)) -> Vec<u8>
where
    [C::Inner]: TiffValue,
{
    let mut file = std::io::Cursor::new(Vec::new());
    let encoder = TiffEncoder::new(&mut file).unwrap();
    let mut encoder = encoder.with_compression(packing.0).with_predictor(packing.1);
    encoder.write_image::<C>(size.0, size.1, samples).unwrap();
    file.into_inner()
}

/// How the numbers of a file made by hand are written.
#[derive(Clone, Copy)]
enum Form {
    Little,
    Big,
    /// BigTIFF, little end first.
    Wide,
}

impl Form {
    fn number(self, value: u64, bytes: usize) -> Vec<u8> {
        match self {
            Self::Big => value.to_be_bytes()[8 - bytes..].to_vec(),
            Self::Little | Self::Wide => value.to_le_bytes()[..bytes].to_vec(),
        }
    }
}

/// A file with one strip (or plane) for each of `data`, and these tags of 16-bit numbers besides.
fn made(form: Form, size: (u32, u32), tags: &[(u16, &[u16])], data: &[Vec<u8>]) -> Vec<u8> {
    let mut file = match form {
        Form::Little => b"II*\0\0\0\0\0".to_vec(),
        Form::Big => b"MM\0*\0\0\0\0".to_vec(),
        Form::Wide => b"II+\0\x08\0\0\0\0\0\0\0\0\0\0\0".to_vec(),
    };
    let (pointer, entry_value) = if matches!(form, Form::Wide) { (8, 8) } else { (4, 4) };
    let mut offsets = Vec::new();
    for strip in data {
        offsets.push(file.len() as u64);
        file.extend(strip);
        file.resize(file.len().next_multiple_of(2), 0);
    }
    let lengths = data.iter().map(|strip| strip.len() as u64).collect();
    let mut entries: Vec<(u16, u16, Vec<u64>)> = vec![
        (256, 4, vec![size.0.into()]),
        (257, 4, vec![size.1.into()]),
        (273, 4, offsets),
        (279, 4, lengths),
    ];
    entries.extend(tags.iter().map(|(tag, values)| (*tag, 3, values.iter().map(|&v| v.into()).collect())));
    entries.sort();
    let mut directory = form.number(entries.len() as u64, if pointer == 8 { 8 } else { 2 });
    for (tag, kind, values) in &entries {
        let width = if *kind == 3 { 2 } else { 4 };
        let mut value: Vec<u8> = values.iter().flat_map(|&v| form.number(v, width)).collect();
        if value.len() > entry_value {
            let place = file.len() as u64;
            file.extend(&value);
            value = form.number(place, entry_value);
        }
        value.resize(entry_value, 0);
        directory.extend(form.number((*tag).into(), 2));
        directory.extend(form.number((*kind).into(), 2));
        directory.extend(form.number(values.len() as u64, pointer));
        directory.extend(value);
    }
    let place = form.number(file.len() as u64, pointer);
    let at = if pointer == 8 { 8 } else { 4 };
    file[at..at + pointer].copy_from_slice(&place);
    file.extend(directory);
    file.resize(file.len() + pointer, 0);
    file
}

const WHITE_IS_ZERO: u16 = 0;
const BLACK_IS_ZERO: u16 = 1;
const RGB: u16 = 2;
const PALETTE: u16 = 3;
const INKS: u16 = 5;
const YCBCR: u16 = 6;

/// Bits, photometric interpretation, samples.
fn kind<'a>(bits: &'a [u16], photometric: &'a [u16], samples: &'a [u16]) -> Vec<(u16, &'a [u16])> {
    vec![(258, bits), (262, photometric), (277, samples)]
}

fn u8s(bytes: &[u8]) -> Vec<u8> {
    same_as_header(header, decode, bytes).as_u8().unwrap().samples().to_vec()
}

#[test]
fn every_depth_and_layout_comes_back_as_it_was_written() {
    let plain = (Compression::Uncompressed, Predictor::None);
    for size in SIZES {
        let samples = steps((size.0 * size.1) as usize * 4, 1);
        let wide: Vec<u16> = samples.iter().map(|&v| u16::from(v) * 200 + 7).collect();
        let real: Vec<f32> = samples.iter().map(|&v| f32::from(v) / 200.0 - 0.1).collect();
        let pixels = samples.len() / 4;
        let files: [(Vec<u8>, Layout, Samples); 8] = [
            (
                encoded::<Gray8>(size, &samples[..pixels], plain),
                Layout::Grey,
                samples[..pixels].to_vec().into(),
            ),
            (
                encoded::<RGB8>(size, &samples[..pixels * 3], plain),
                Layout::Rgb,
                samples[..pixels * 3].to_vec().into(),
            ),
            (encoded::<RGBA8>(size, &samples, plain), Layout::Rgba, samples.clone().into()),
            (encoded::<Gray16>(size, &wide[..pixels], plain), Layout::Grey, wide[..pixels].to_vec().into()),
            (
                encoded::<RGB16>(size, &wide[..pixels * 3], plain),
                Layout::Rgb,
                wide[..pixels * 3].to_vec().into(),
            ),
            (encoded::<RGBA16>(size, &wide, plain), Layout::Rgba, wide.clone().into()),
            (
                encoded::<Gray32Float>(size, &real[..pixels], plain),
                Layout::Grey,
                real[..pixels].to_vec().into(),
            ),
            (
                encoded::<RGB32Float>(size, &real[..pixels * 3], plain),
                Layout::Rgb,
                real[..pixels * 3].to_vec().into(),
            ),
        ];
        for (bytes, layout, expected) in files {
            let picture = same_as_header(header, decode, &bytes);
            assert_eq!((picture.layout(), picture.samples()), (layout, &expected), "{size:?}");
        }
    }
}

#[test]
fn packed_strips_come_back_as_they_were_written() {
    let samples = steps(33 * 31, 3);
    let wide: Vec<u16> = samples.iter().map(|&v| u16::from(v) * 257).collect();
    for compression in [Compression::Lzw, Compression::Deflate(DeflateLevel::Fast), Compression::Packbits] {
        for predictor in [Predictor::None, Predictor::Horizontal] {
            let narrow = encoded::<RGB8>((33, 31), &samples, (compression, predictor));
            assert_eq!(u8s(&narrow), samples);
            let picture =
                same_as_header(header, decode, &encoded::<RGB16>((33, 31), &wide, (compression, predictor)));
            assert_eq!(picture.samples(), &Samples::U16(wide.clone()));
        }
    }
}

#[test]
fn few_bits_stretch_to_the_full_range() {
    let grey = |bits: u16, photometric: u16, data: &[u8]| {
        u8s(&made(Form::Little, (3, 2), &kind(&[bits], &[photometric], &[1]), &[data.to_vec()]))
    };
    assert_eq!(grey(1, BLACK_IS_ZERO, &[0b0101_1111, 0b1010_0000]), [0, 255, 0, 255, 0, 255]);
    assert_eq!(grey(1, WHITE_IS_ZERO, &[0b0101_1111, 0b1010_0000]), [255, 0, 255, 0, 255, 0]);
    assert_eq!(grey(2, BLACK_IS_ZERO, &[0b0001_1000, 0b1100_0100]), [0, 85, 170, 255, 0, 85]);
    assert_eq!(grey(4, WHITE_IS_ZERO, &[0x0f, 0x10, 0x23, 0x40]), [255, 0, 238, 221, 204, 187]);
    assert_eq!(grey(8, WHITE_IS_ZERO, &[0, 1, 2, 253, 254, 255]), [255, 254, 253, 2, 1, 0]);
}

#[test]
fn palettes_are_looked_up_in_every_form_of_file() {
    let map: Vec<u16> = (0..48).map(|i| i * 256 + 99).collect();
    for form in [Form::Little, Form::Big, Form::Wide] {
        let mut tags = kind(&[4], &[PALETTE], &[1]);
        tags.push((320, &map));
        let bytes = made(form, (3, 1), &tags, &[vec![0x0f, 0x10]]);
        assert_eq!(u8s(&bytes), [0, 16, 32, 15, 31, 47, 1, 17, 33]);
    }
    let mut tags = kind(&[1], &[PALETTE], &[1]);
    tags.push((320, &[9, 200, 8, 100, 7, 50]));
    assert_eq!(
        u8s(&made(Form::Little, (2, 1), &tags, &[vec![0x40]])),
        [9, 8, 7, 200, 100, 50],
        "8-bit colours"
    );
    tags[3].1 = &[1, 2, 3];
    assert!(decode(&made(Form::Little, (2, 1), &tags, &[vec![0x40]]), &Context::default()).is_err());
}

#[test]
fn the_big_end_may_come_first() {
    for (form, data) in [(Form::Big, [1, 2, 3, 4]), (Form::Little, [2, 1, 4, 3]), (Form::Wide, [2, 1, 4, 3])]
    {
        let bytes = made(form, (2, 1), &kind(&[16], &[BLACK_IS_ZERO], &[1]), &[data.to_vec()]);
        assert_eq!(same_as_header(header, decode, &bytes).samples(), &Samples::U16(vec![0x0102, 0x0304]));
    }
}

#[test]
fn separate_planes_are_woven_together() {
    for form in [Form::Little, Form::Big] {
        let mut tags = kind(&[8, 8, 8], &[RGB], &[3]);
        tags.push((284, &[2]));
        let planes = [vec![1, 2, 3, 4], vec![5, 6, 7, 8], vec![9, 10, 11, 12]];
        let bytes = made(form, (2, 2), &tags, &planes);
        assert_eq!(u8s(&bytes), [1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12]);
    }
}

#[test]
fn alpha_is_made_straight() {
    let rgba = |extra: u16| {
        let extra = [extra];
        let mut tags = kind(&[8, 8, 8, 8], &[RGB], &[4]);
        tags.push((338, &extra));
        u8s(&made(Form::Little, (2, 1), &tags, &[vec![50, 100, 127, 100, 9, 0, 0, 0]]))
    };
    assert_eq!(rgba(2), [50, 100, 127, 100, 9, 0, 0, 0]);
    assert_eq!(rgba(1), [128, 255, 255, 100, 0, 0, 0, 0]);
    assert_eq!(rgba(0), [50, 100, 127, 9, 0, 0], "a channel nobody knows is dropped");
    let mut tags = kind(&[16, 16], &[BLACK_IS_ZERO], &[2]);
    tags.push((338, &[1]));
    let bytes = made(Form::Big, (1, 1), &tags, &[vec![0x20, 0, 0x80, 0]]);
    assert_eq!(same_as_header(header, decode, &bytes).samples(), &Samples::U16(vec![0x4000, 0x8000]));
}

#[test]
fn inks_are_handed_over_as_inks() {
    let inks = |bits: u16, data: &[u8]| {
        let bytes = made(Form::Big, (1, 1), &kind(&[bits; 4], &[INKS], &[4]), &[data.to_vec()]);
        assert_eq!(header(&bytes).unwrap().layout, Layout::Rgb);
        match decode(&bytes, &Context::default()).unwrap().pixels {
            RawPixels::Cmyk { size, inks } if size == Size::new(1, 1).unwrap() => inks,
            _ => panic!("no inks"),
        }
    };
    assert_eq!(inks(8, &[0, 1, 2, 255]), [0, 1, 2, 255]);
    assert_eq!(inks(16, &[0, 0, 0x80, 0x80, 1, 0, 255, 255]), [0, 128, 1, 255]);
}

#[test]
fn luma_and_chroma_become_light() {
    let mut tags = kind(&[8, 8, 8], &[YCBCR], &[3]);
    tags.push((530, &[1, 1]));
    let file = made(Form::Little, (3, 1), &tags, &[vec![100, 128, 128, 76, 85, 255, 255, 255, 0]]);
    assert_eq!(u8s(&file), [100, 100, 100, 254, 0, 0, 76, 255, 255]);
    tags[3].1 = &[2, 2];
    let error =
        decode(&made(Form::Little, (3, 1), &tags, &[vec![0; 9]]), &Context::default()).map(drop).unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
}

#[test]
fn orientation_and_profile_are_handed_over() {
    let mut tags = kind(&[8], &[BLACK_IS_ZERO], &[1]);
    tags.push((274, &[6]));
    tags.push((34675, &[1, 2, 3]));
    let mut bytes = made(Form::Little, (1, 1), &tags, &[vec![7]]);
    // The numbers of the profile are bytes of no type: twice as many.
    let at = bytes.windows(4).position(|w| w == [0x73, 0x87, 3, 0]).unwrap();
    (bytes[at + 2], bytes[at + 4]) = (7, 6);
    let raw = decode(&bytes, &Context::default()).unwrap();
    assert_eq!(raw.orientation, Some(Orientation::Rotate90));
    assert_eq!(raw.icc.as_deref(), Some(&[1, 0, 2, 0, 3, 0][..]));
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let samples = steps(40 * 30, 3);
    let map = [77; 768];
    let mut tags = kind(&[8], &[PALETTE], &[1]);
    tags.push((320, &map));
    let lzw = (Compression::Lzw, Predictor::Horizontal);
    for bytes in [
        encoded::<RGB8>((40, 30), &samples, lzw),
        encoded::<Gray8>((40, 30), &samples[..1200], (Compression::Packbits, Predictor::None)),
        made(Form::Wide, (40, 30), &tags, &[samples[..1200].to_vec()]),
        made(Form::Big, (40, 30), &kind(&[8, 8, 8], &[RGB], &[3]), std::slice::from_ref(&samples)),
    ] {
        // The directory stands at the end, and its last numbers point to nothing.
        check_damage(header, decode, &bytes, bytes.len() - 8);
    }
}

#[test]
fn a_lying_header_is_reported_as_it_lies() {
    let bytes = made(Form::Little, (1 << 20, 1 << 19), &kind(&[8], &[BLACK_IS_ZERO], &[1]), &[vec![1]]);
    assert_eq!(header(&bytes).unwrap().size, Size::new(1 << 20, 1 << 19).unwrap());
    // One pixel of 65535 channels is a picture of one pixel, and more bytes than a limit may allow.
    let mut context = Context::default();
    context.limits.max_bytes = 60_000;
    let many = made(Form::Little, (1, 1), &kind(&[8], &[BLACK_IS_ZERO], &[65_535]), &[vec![1; 65_535]]);
    assert_eq!(header(&many).unwrap().layout, Layout::Grey);
    assert!(matches!(decode(&many, &context), Err(Error::Limit { .. })));
    assert_eq!(picture(decode(&many, &Context::default()).unwrap()).samples(), &Samples::U8(vec![1]));
}

#[test]
fn what_is_wrong_is_named() {
    let text = |bytes: &[u8]| decode(bytes, &Context::default()).map(drop).unwrap_err().to_string();
    assert_eq!(text(b"II*\0"), "broken TIFF file: it ends too early; another copy of it may be whole");
    let long = made(Form::Little, (900, 1), &kind(&[8], &[BLACK_IS_ZERO], &[1]), &[vec![1; 4]]);
    assert_eq!(text(&long), "broken TIFF file: it ends too early; another copy of it may be whole");
    let signed = [kind(&[8], &[BLACK_IS_ZERO], &[1]), vec![(339, &[2][..])]].concat();
    assert_eq!(
        text(&made(Form::Little, (1, 1), &signed, &[vec![1]])),
        "a TIFF file of a kind zhijin does not read (1 samples of 8 bits, format 2, fill order 1); \
         save it as RGB, grey or CMYK with 8 or 16 bits, or as PNG"
    );
}
