use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::*;
use crate::pixel::Samples;

/// A soft picture, so that the losses of the format stay small: channel `c` at (x, y).
fn soft(x: usize, y: usize, c: usize) -> u8 {
    (100.0 + 60.0 * ((x as f64 / 19.0 + c as f64).sin() * (y as f64 / 23.0 - c as f64).cos())) as u8
}

fn pixels(width: usize, height: usize, channels: usize) -> Vec<u8> {
    let at = |i: usize| soft(i / channels % width, i / channels / width, i % channels);
    (0..width * height * channels).map(at).collect()
}

fn encoded(
    width: u16,
    height: u16,
    colour: ColorType,
    set: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 98);
    set(&mut encoder);
    let data = pixels(width.into(), height.into(), channels(colour));
    encoder.encode(&data, width, height, colour).unwrap();
    bytes
}

fn channels(colour: ColorType) -> usize {
    match colour {
        ColorType::Luma => 1,
        ColorType::Rgb => 3,
        _ => 4,
    }
}

fn read(bytes: &[u8]) -> Raw {
    decode(bytes, &Context::default()).unwrap()
}

fn samples(raw: Raw) -> (Layout, Vec<u8>) {
    match raw.pixels {
        RawPixels::Picture(picture) => {
            let layout = picture.layout();
            let Samples::U8(samples) = picture.into_samples() else { panic!("JPEG has 8 bits") };
            (layout, samples)
        }
        RawPixels::Cmyk { .. } => panic!("inks where colours were stored"),
    }
}

fn assert_near(actual: &[u8], expected: &[u8], what: &str) {
    assert_eq!(actual.len(), expected.len(), "{what}");
    let worst = actual.iter().zip(expected).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(worst <= 10, "{what}: off by {worst}");
}

#[test]
fn every_sampling_and_scan_order_gives_the_picture_back() {
    use SamplingFactor::{F_1_1, F_1_2, F_2_1, F_2_2, F_4_1, F_4_2};
    for (width, height) in [(1, 1), (1, 40), (40, 1), (17, 9), (64, 48), (65, 33)] {
        for sampling in [F_1_1, F_2_1, F_1_2, F_2_2, F_4_1, F_4_2] {
            for (progressive, restart) in [(false, 0), (true, 0), (false, 2)] {
                let bytes = encoded(width, height, ColorType::Rgb, |encoder| {
                    encoder.set_sampling_factor(sampling);
                    encoder.set_progressive(progressive);
                    encoder.set_restart_interval(restart);
                });
                let what =
                    format!("{width}x{height} {sampling:?} progressive {progressive}, restarts {restart}");
                // The encoder writes these component after component.
                let refused = sampling == F_4_2 || sampling == F_4_1 && restart > 0;
                if refused && !progressive {
                    let message = header(&bytes).unwrap_err().to_string();
                    assert!(message.starts_with("a sequential JPEG whose components"), "{message}");
                    continue;
                }
                let (layout, got) = samples(read(&bytes));
                assert_eq!(layout, Layout::Rgb);
                assert_near(&got, &pixels(width.into(), height.into(), 3), &what);
            }
        }
    }
}

#[test]
fn grey_stays_grey() {
    for progressive in [false, true] {
        let bytes = encoded(31, 20, ColorType::Luma, |encoder| encoder.set_progressive(progressive));
        assert_eq!(header(&bytes).unwrap().layout, Layout::Grey);
        let (layout, got) = samples(read(&bytes));
        assert_eq!(layout, Layout::Grey);
        assert_near(&got, &pixels(31, 20, 1), "grey");
    }
}

fn inks(bytes: &[u8]) -> Vec<u8> {
    match read(bytes).pixels {
        RawPixels::Cmyk { inks, .. } => inks,
        RawPixels::Picture(_) => panic!("colours where inks were stored"),
    }
}

/// The encoder takes 255 for full ink, as we do, and stores by Adobe's convention.
#[test]
fn inks_come_out_full_at_255() {
    for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let bytes = encoded(33, 17, colour, |_| {});
        assert_near(&inks(&bytes), &pixels(33, 17, 4), &format!("{colour:?}"));
    }
}

#[test]
fn without_adobe_inks_are_taken_as_they_stand() {
    let mut bytes = encoded(33, 17, ColorType::Cmyk, |_| {});
    let name = bytes.windows(5).position(|name| name == b"Adobe").unwrap();
    bytes[name] = b'-';
    let stored: Vec<u8> = pixels(33, 17, 4).iter().map(|v| !v).collect();
    assert_near(&inks(&bytes), &stored, "no Adobe segment");
}

#[test]
fn adobe_may_say_that_three_components_are_red_green_and_blue() {
    let ycc = encoded(16, 16, ColorType::Rgb, |encoder| encoder.set_sampling_factor(SamplingFactor::F_1_1));
    // Without JFIF and with an Adobe segment of transform 0 the same data are taken as they are.
    let jfif = 2 + 2 + usize::from(u16::from_be_bytes([ycc[4], ycc[5]]));
    let adobe = [&b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0"[..], &[0]].concat();
    let rgb = [&ycc[..2], &adobe, &ycc[jfif..]].concat();
    assert_eq!(Outline::read(&rgb).unwrap().model, Model::Rgb { named: false });
    let (_, got) = samples(read(&rgb));
    let (_, colours) = samples(read(&ycc));
    for (stored, colour) in got.chunks_exact(3).zip(colours.chunks_exact(3)) {
        let luma = 0.299 * f64::from(colour[0]) + 0.587 * f64::from(colour[1]) + 0.114 * f64::from(colour[2]);
        assert!((f64::from(stored[0]) - luma).abs() < 3.0, "{stored:?} {colour:?}");
    }
}

#[test]
fn a_profile_in_pieces_and_exif_come_out_whole() {
    let profile: Vec<u8> = (0..150_000u32).map(|i| (i.wrapping_mul(i) >> 5) as u8).collect();
    let bytes = encoded(8, 8, ColorType::Rgb, |encoder| {
        encoder.add_icc_profile(&profile).unwrap();
        encoder.add_app_segment(1, b"Exif\0\0MM\0*block".to_vec()).unwrap();
    });
    let raw = read(&bytes);
    assert_eq!(raw.icc, Some(profile));
    assert_eq!(raw.exif.as_deref(), Some(&b"MM\0*block"[..]));
}

#[test]
fn a_profile_with_a_piece_missing_is_no_profile() {
    let bytes = encoded(8, 8, ColorType::Rgb, |encoder| {
        encoder.add_app_segment(2, b"ICC_PROFILE\0\x01\x02half".to_vec()).unwrap();
    });
    assert!(read(&bytes).icc.is_none());
}

#[test]
fn what_follows_the_end_marker_is_no_fault() {
    let mut bytes = encoded(20, 20, ColorType::Rgb, |_| {});
    let (_, clean) = samples(read(&bytes));
    bytes.extend(b"a video, or a second picture");
    assert_eq!(samples(read(&bytes)).1, clean);
    bytes.truncate(bytes.len() - b"a video, or a second picture".len() - 1);
    let message = decode(&bytes, &Context::default()).err().unwrap().to_string();
    assert_eq!(
        message,
        "broken JPEG file: the file ends before the picture does; it has been cut short; another copy of it may be whole"
    );
}

#[test]
fn what_is_not_read_is_said_with_a_remedy() {
    let bytes = encoded(8, 8, ColorType::Rgb, |_| {});
    let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let changed = |at: usize, value: u8| {
        let mut copy = bytes.clone();
        copy[frame + at] = value;
        header(&copy).unwrap_err().to_string()
    };
    assert!(changed(1, 0xc9).starts_with("a JPEG with arithmetic coding is not read; save it as a baseline"));
    assert!(changed(1, 0xc3).starts_with("a lossless JPEG (process 14) is not read"));
    assert!(changed(4, 12).starts_with("a JPEG of 12 bits a sample is not read"));
    assert!(changed(9, 2).starts_with("a JPEG of 2 components"));
    assert!(changed(6, 0).contains("gives no height"), "the height was {}", bytes[frame + 6]);
}

/// The decoder has its own vector code: what it computes must not depend on the machine either.
#[test]
fn every_cpu_level_decodes_the_same_bytes() {
    for sampling in [SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_2_2] {
        let bytes = encoded(97, 61, ColorType::Rgb, |encoder| encoder.set_sampling_factor(sampling));
        let at = |level| samples(decode(&bytes, &Context { level, ..Context::default() }).unwrap()).1;
        let plain = at(Level::PLAIN);
        for level in Level::available() {
            assert!(at(level) == plain, "{} differs from plain with {sampling:?}", level.name());
        }
    }
}
