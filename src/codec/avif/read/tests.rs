//! Files written by avifenc 0.11 from the formulas below; see `fixtures/codec/README.md`.

use image::metadata::Orientation;

use super::*;
use crate::limits::Limits;
use crate::parallel::Pool;
use crate::test_support::Random;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/codec/", $name)).as_slice()
    };
}

const FILES: [&[u8]; 8] = [
    fixture!("pattern.avif"),
    fixture!("pattern-alpha.avif"),
    fixture!("pattern-turned.avif"),
    fixture!("ramp-420.avif"),
    fixture!("ramp-12bit-limited.avif"),
    fixture!("ramp-grey.avif"),
    fixture!("ramp-grid.avif"),
    fixture!("sequence.avif"),
];

fn read(bytes: &[u8]) -> (Header, Picture, Raw) {
    let header = header(bytes).unwrap();
    let raw = decode(bytes, &Context::default()).unwrap();
    let RawPixels::Picture(picture) = &raw.pixels else { panic!("not four inks") };
    let picture = picture.clone();
    assert_eq!(
        (picture.size(), picture.layout(), picture.depth()),
        (header.size, header.layout, header.depth)
    );
    (header, picture, raw)
}

fn rgb(x: usize, y: usize) -> [u8; 3] {
    [(x * 5 + y) as u8, (y * 7 + x * x) as u8, 255u8.wrapping_sub((x * 3 + y * 2) as u8)]
}

fn alpha(x: usize, y: usize) -> u8 {
    (x * 9 + y * 4) as u8
}

/// Row after row of a 24×17 picture.
fn pattern<const N: usize>(pixel: impl Fn(usize, usize) -> [u8; N]) -> Samples {
    (0..24 * 17).flat_map(|i| pixel(i % 24, i / 24)).collect::<Vec<_>>().into()
}

/// The greatest difference from the ramp, in levels of 8 bits, and the average one.
fn off_ramp(picture: &Picture) -> (f64, f64) {
    let (w, h) = (picture.size().width(), picture.size().height());
    let samples: Vec<f64> = match picture.samples() {
        Samples::U8(s) => s.iter().map(|&v| f64::from(v)).collect(),
        Samples::U16(s) => s.iter().map(|&v| f64::from(v) / 257.0).collect(),
        Samples::F32(_) => panic!("AVIF is never floating point"),
    };
    let (mut worst, mut sum) = (0f64, 0.0);
    for (pixel, i) in samples.chunks(picture.layout().channels()).zip(0..) {
        let (x, y) = (i % w, i / w);
        let ramp =
            [x * 255 / (w - 1), y * 255 / (h - 1), 255 - (x + y) * 255 / (w + h - 2)].map(|v| v as f64);
        let ramp =
            if pixel.len() == 1 { [0.299 * ramp[0] + 0.587 * ramp[1] + 0.114 * ramp[2]; 3] } else { ramp };
        for (value, ramp) in pixel.iter().zip(ramp) {
            worst = worst.max((value - ramp).abs());
            sum += (value - ramp).abs();
        }
    }
    (worst, sum / samples.len() as f64)
}

#[test]
fn lossless_pictures_are_exact() {
    let (header, picture, raw) = read(fixture!("pattern.avif"));
    assert_eq!((header.layout, header.depth, header.animated), (Layout::Rgb, Depth::U8, false));
    assert_eq!(*picture.samples(), pattern(rgb));
    assert_eq!((raw.icc, raw.exif, raw.orientation), (None, None, Some(Orientation::NoTransforms)));
}

#[test]
fn alpha_is_exact_too() {
    let (_, picture, _) = read(fixture!("pattern-alpha.avif"));
    let expected = pattern(|x, y| {
        let [r, g, b] = rgb(x, y);
        [r, g, b, alpha(x, y)]
    });
    assert_eq!(*picture.samples(), expected);
}

#[test]
fn premultiplied_colours_are_straightened() {
    let (_, picture, _) = read(fixture!("pattern-premultiplied.avif"));
    for (pixel, i) in picture.as_u8().unwrap().samples().chunks(4).zip(0..) {
        let (x, y) = (i % 24, i / 24);
        assert!(pixel[3].abs_diff(alpha(x, y)) <= 3);
        if pixel[3] > 128 {
            let near = pixel[..3].iter().zip(rgb(x, y)).all(|(a, b)| a.abs_diff(b) <= 12);
            assert!(near, "{x},{y}: {pixel:?} {:?}", rgb(x, y));
        }
    }
}

#[test]
fn every_sampling_range_and_depth_is_close_to_the_ramp() {
    let eight = [
        (fixture!("ramp-444.avif"), Layout::Rgb),
        (fixture!("ramp-422.avif"), Layout::Rgb),
        (fixture!("ramp-420.avif"), Layout::Rgb),
        (fixture!("ramp-limited.avif"), Layout::Rgb),
        (fixture!("ramp-grey.avif"), Layout::Grey),
        (fixture!("ramp-grid.avif"), Layout::Rgb),
    ];
    for (file, layout) in eight {
        let (header, picture, _) = read(file);
        assert_eq!((header.layout, header.depth), (layout, Depth::U8));
        let (worst, mean) = off_ramp(&picture);
        assert!(worst < 12.0 && mean < 2.0, "{picture}: {worst} {mean}");
    }
    for file in [fixture!("ramp-10bit.avif"), fixture!("ramp-12bit-limited.avif")] {
        let (header, picture, _) = read(file);
        assert_eq!((header.layout, header.depth), (Layout::Rgb, Depth::U16));
        let (worst, mean) = off_ramp(&picture);
        assert!(worst < 8.0 && mean < 1.2, "{picture}: {worst} {mean}");
    }
}

#[test]
fn the_container_says_which_way_is_up() {
    let (header, _, raw) = read(fixture!("pattern-turned.avif"));
    assert_eq!(header.size.as_u32(), (24, 17), "as stored");
    assert_eq!(
        raw.orientation,
        Some(Orientation::Rotate90FlipH),
        "a quarter anticlockwise, then upside down"
    );
    let exif = raw.exif.unwrap();
    assert!(exif.starts_with(b"MM\0*") || exif.starts_with(b"II*\0"), "{exif:?}");
}

#[test]
fn named_primaries_become_a_profile_and_high_dynamic_range_an_error() {
    let (_, picture, raw) = read(fixture!("ramp-p3.avif"));
    let converted = profile::to_srgb(picture.clone(), &raw.icc.unwrap(), &Context::default()).unwrap();
    assert_ne!(converted, picture);
    let error = decode(fixture!("ramp-pq.avif"), &Context::default()).err().unwrap().to_string();
    assert_eq!(
        error,
        "AVIF with the transfer curve PQ (HDR); export it for an ordinary screen (sRGB or BT.709) first"
    );
}

#[test]
fn of_a_sequence_the_first_picture_is_decoded() {
    let (header, picture, _) = read(fixture!("sequence.avif"));
    assert!(header.animated);
    let (pixel, expected) = (picture.as_u8().unwrap().pixel(3, 3), rgb(3, 3));
    assert!(pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 16), "{pixel:?} {expected:?}");
}

#[test]
fn threads_do_not_show() {
    let run = |threads| Pool::new(threads).unwrap().run(|| read(fixture!("ramp-grid.avif")).1);
    assert!(run(1) == run(2) && run(1) == run(5));
}

#[test]
fn a_header_that_lies_about_the_size_is_caught_before_pixels_are_made() {
    let mut lie = fixture!("pattern.avif").to_vec();
    let at = lie.windows(4).position(|w| w == b"ispe").unwrap() + 8;
    lie[at..at + 8].copy_from_slice(&[0, 0, 0, 16, 0, 0, 0, 16]);
    assert_eq!(header(&lie).unwrap().size.as_u32(), (16, 16));
    let error = decode(&lie, &Context::default()).err().unwrap();
    assert!(matches!(error, Error::Malformed { .. }), "{error}");
    lie[at..at + 8].copy_from_slice(&[0, 0, 0, 0, 0, 0, 0, 16]);
    assert!(header(&lie).is_err());
}

#[test]
fn a_file_cut_short_is_an_error() {
    for file in FILES.into_iter().filter(|file| *file != fixture!("sequence.avif")) {
        for percent in 0..100 {
            let cut = &file[..file.len() * percent / 100];
            let error = decode(cut, &Context::default()).err().unwrap_or_else(|| panic!("{percent} %"));
            assert!(matches!(error, Error::Malformed { .. }), "{percent} %: {error}");
        }
    }
}

#[test]
fn flipped_bits_never_panic() {
    let mut random = Random::new("avif flips");
    let limits = Limits { max_pixels: 1 << 16, max_bytes: 1 << 20, ..Limits::default() };
    let context = Context { limits, ..Context::default() };
    for file in FILES {
        for _ in 0..15 {
            let mut broken = file.to_vec();
            for _ in 0..1 + random.below(4) {
                let at = random.below(broken.len());
                broken[at] ^= 1 << random.below(8);
            }
            let Ok(header) = header(&broken) else { continue };
            if limits.admit(header.size, header.bytes_per_pixel()).is_ok() {
                let done = decode(&broken, &context);
                assert!(!matches!(done, Err(Error::Fault { .. })), "{random}: {:?}", done.err());
            }
        }
    }
}
