use image::ImageEncoder;
use image::codecs::bmp::BmpEncoder;

use super::*;
use crate::codec::read_tests::{SIZES, check_damage, picture, same_as_header, steps};
use crate::pixel::{Layout, Size};

fn read(bytes: &[u8]) -> Result<Picture> {
    decode(bytes, &Context::default()).map(picture)
}

/// A file with a 40-byte header, and `extra` (masks, palette) and `data` behind it.
fn file(width: i32, height: i32, bits: u16, compression: u32, extra: &[u8], data: &[u8]) -> Vec<u8> {
    let mut bytes = b"BM\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend((54 + extra.len() as u32).to_le_bytes());
    bytes.extend(40u32.to_le_bytes());
    bytes.extend([width.to_le_bytes(), height.to_le_bytes()].concat());
    bytes.extend([1u16.to_le_bytes(), bits.to_le_bytes()].concat());
    bytes.extend(compression.to_le_bytes());
    bytes.extend([0; 20]);
    [&bytes[..], extra, data].concat()
}

/// Grey steps, so that index and colour are easily told from each other.
fn palette(colours: u8) -> Vec<u8> {
    (0..colours).flat_map(|i| [i * 10, i * 10 + 1, i * 10 + 2, 0]).collect()
}

fn samples(bytes: &[u8]) -> Vec<u8> {
    same_as_header(header, decode, bytes).as_u8().unwrap().samples().to_vec()
}

fn reds(bytes: &[u8]) -> Vec<u8> {
    samples(bytes).chunks(3).map(|pixel| pixel[0] / 10).collect()
}

#[test]
fn plain_pixels_come_back_as_they_were_written() {
    for (w, h) in SIZES {
        for (layout, colour) in
            [(Layout::Rgb, image::ExtendedColorType::Rgb8), (Layout::Rgba, image::ExtendedColorType::Rgba8)]
        {
            let samples = steps((w * h) as usize, layout.channels());
            let mut bytes = Vec::new();
            BmpEncoder::new(&mut bytes).write_image(&samples, w, h, colour).unwrap();
            let expected = Picture::new(Size::new(w, h).unwrap(), layout, samples).unwrap();
            assert_eq!(same_as_header(header, decode, &bytes), expected);
        }
    }
}

#[test]
fn indices_of_any_width_choose_colours() {
    let rows = |bits, data: &[u8]| reds(&file(3, 2, bits, 0, &palette(if bits == 1 { 2 } else { 4 }), data));
    assert_eq!(rows(1, &[0b0100_0000, 0, 0, 0, 0b1010_0000, 0, 0, 0]), [1, 0, 1, 0, 1, 0]);
    assert_eq!(rows(2, &[0b0001_1000, 0, 0, 0, 0b1101_0000, 0, 0, 0]), [3, 1, 0, 0, 1, 2]);
    assert_eq!(
        rows(4, &[0x01, 0x20, 0, 0, 0x31, 0x00]),
        [3, 1, 0, 0, 1, 2],
        "the last padding may be missing"
    );
    assert_eq!(rows(8, &[0, 1, 2, 0, 3, 9, 0, 0]), [3, 0, 0, 0, 1, 2], "no such colour is black");
}

#[test]
fn a_negative_height_begins_at_the_top() {
    let data = [1, 2, 3, 0, 4, 5, 6, 0];
    assert_eq!(samples(&file(1, 2, 24, 0, &[], &data)), [6, 5, 4, 3, 2, 1]);
    assert_eq!(samples(&file(1, -2, 24, 0, &[], &data)), [3, 2, 1, 6, 5, 4]);
}

#[test]
fn masks_find_their_channels() {
    assert_eq!(samples(&file(1, 1, 16, 0, &[], &[0x1f, 0x7c])), [255, 0, 255], "5-5-5 without masks");
    let masks = |masks: &[u32]| masks.iter().flat_map(|m| m.to_le_bytes()).collect::<Vec<u8>>();
    let rgb565 = file(1, 1, 16, 3, &masks(&[0xf800, 0x07e0, 0x001f]), &[0x00, 0xfc]);
    assert_eq!(samples(&rgb565), [255, 130, 0]);
    let rgba = file(1, 1, 32, 6, &masks(&[0xff, 0xff00, 0xff_0000, 0xff00_0000]), &[1, 2, 3, 4]);
    assert_eq!(samples(&rgba), [1, 2, 3, 4]);
    let hidden = file(1, 1, 32, 6, &masks(&[0xff, 0xff00, 0, 0xff00_0000]), &[1, 2, 3, 0]);
    assert_eq!(samples(&hidden), [1, 2, 0, 255], "nothing could be seen; no blue");
    assert!(read(&file(1, 1, 16, 3, &masks(&[0xf801, 0x07e0, 0x001e]), &[0, 0])).is_err());
    assert_eq!(samples(&file(1, 1, 32, 0, &[], &[1, 2, 3, 4])), [3, 2, 1], "the fourth byte means nothing");
}

#[test]
fn eight_bit_runs() {
    // A run of 3, a literal of 3 (padded), end of row; skip 1 right and 1 up, a run past the edge; end.
    let data = [3, 1, 0, 3, 2, 3, 2, 0, 0, 0, 0, 2, 1, 1, 200, 3, 0, 1];
    let code = file(6, 3, 8, 1, &palette(4), &data);
    assert_eq!(reds(&code), [0, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 2]);
    assert!(read(&code[..code.len() - 2]).is_ok(), "the last row may lack its end mark");
    assert!(read(&code[..code.len() - 4]).is_err());
}

#[test]
fn four_bit_runs_alternate() {
    let data = [5, 0x12, 0, 0, 0, 5, 0x32, 0x10, 0x30, 0, 0, 1];
    assert_eq!(reds(&file(5, 2, 4, 2, &palette(4), &data)), [3, 2, 1, 0, 3, 1, 2, 1, 2, 1]);
}

#[test]
fn os2_files_have_short_headers_and_runs_of_24_bits() {
    let mut bytes = b"BM\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend([32, 0, 0, 0, 12, 0, 0, 0, 2, 0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 4, 5, 6]);
    bytes.extend([0b0100_0000, 0, 0, 0]);
    assert_eq!(samples(&bytes), [3, 2, 1, 6, 5, 4]);
    let mut bytes = file(3, 1, 24, 4, &[0; 24], &[2, 1, 2, 3, 0, 3, 7, 8, 9, 7, 8, 9, 7, 8, 9, 0]);
    bytes[14] = 64;
    assert_eq!(samples(&bytes), [3, 2, 1, 3, 2, 1, 9, 8, 7]);
}

#[test]
fn an_embedded_profile_is_handed_over() {
    let mut bytes = file(1, 1, 24, 0, &[0; 84], &[1, 2, 3, 0]);
    bytes[14] = 124;
    bytes[70..74].copy_from_slice(b"DEBM");
    let start = bytes.len() as u32 - 14;
    bytes[126..130].copy_from_slice(&start.to_le_bytes());
    bytes[130] = 7;
    bytes.extend(b"profile");
    assert_eq!(decode(&bytes, &Context::default()).unwrap().icc.as_deref(), Some(&b"profile"[..]));
    bytes.truncate(bytes.len() - 1);
    assert_eq!(decode(&bytes, &Context::default()).unwrap().icc, None, "half a profile is none");
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let noise = steps(31 * 9, 4);
    for (bits, extra) in [(24, vec![]), (8, palette(20)), (4, palette(16)), (1, palette(2)), (32, vec![])] {
        let stride = (31 * usize::from(bits)).div_ceil(32) * 4;
        let bytes = file(31, 9, bits, 0, &extra, &noise[..stride * 9]);
        check_damage(header, decode, &bytes, bytes.len() - 3);
    }
    let runs: Vec<u8> =
        (0..9).flat_map(|y| [20, y, 0, 11, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 0, 0, 0]).collect();
    let bytes = file(31, 9, 8, 1, &palette(20), &runs);
    check_damage(header, decode, &bytes, bytes.len() - 3);
}

#[test]
fn a_lying_header_is_reported_as_it_lies() {
    let bytes = file(0xf_ffff, i32::MIN, 24, 0, &[], &[]);
    assert_eq!(header(&bytes).unwrap().size, Size::new(0xf_ffff, 0x8000_0000).unwrap());
    let text = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert_eq!(
        text(&file(2, 2, 24, 0, &[], &[1])),
        "broken BMP file: it ends too early: 2×2 pixels of 24 bits need 14 bytes, and 1 are left; another copy of it may be whole"
    );
    assert_eq!(
        text(&file(-2, 2, 24, 0, &[], &[])),
        "broken BMP file: its width is -2; another copy of it may be whole"
    );
    assert_eq!(
        text(&file(2, 2, 7, 0, &[], &[])),
        "broken BMP file: 7 bits a pixel do not go with compression 0; another copy of it may be whole"
    );
    assert_eq!(
        text(&file(2, 2, 0, 4, &[], &[])),
        "a BMP file with compression 4; save it uncompressed, or as PNG"
    );
}
