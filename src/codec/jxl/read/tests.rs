//! Files written by cjxl 0.7 from the formulas below; see `fixtures/codec/README.md`.

use super::*;
use crate::parallel::Pool;
use crate::test_support::Random;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/codec/", $name)).as_slice()
    };
}

const FILES: [&[u8]; 8] = [
    fixture!("pattern.jxl"),
    fixture!("pattern-alpha.jxl"),
    fixture!("pattern-grey.jxl"),
    fixture!("pattern-16bit.jxl"),
    fixture!("ramp-float.jxl"),
    fixture!("ramp-lossy.jxl"),
    fixture!("two-frames.jxl"),
    fixture!("turned.jxl"),
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

/// Row after row of a 24×17 picture.
fn pattern<T>(pixel: impl Fn(usize, usize) -> Vec<T>) -> Vec<T> {
    (0..24 * 17).flat_map(|i| pixel(i % 24, i / 24)).collect()
}

fn rgb(x: usize, y: usize) -> Vec<u8> {
    vec![(x * 5 + y) as u8, (y * 7 + x * x) as u8, 255u8.wrapping_sub((x * 3 + y * 2) as u8)]
}

fn alpha(x: usize, y: usize) -> u8 {
    (x * 9 + y * 4) as u8
}

#[test]
fn lossless_pictures_are_exact() {
    assert_eq!(*read(fixture!("pattern.jxl")).1.samples(), pattern(rgb).into());
    let with_alpha = pattern(|x, y| [rgb(x, y), vec![alpha(x, y)]].concat());
    assert_eq!(*read(fixture!("pattern-alpha.jxl")).1.samples(), with_alpha.into());
    let (header, grey, _) = read(fixture!("pattern-grey.jxl"));
    assert_eq!((header.layout, header.depth), (Layout::Grey, Depth::U8));
    assert_eq!(*grey.samples(), pattern(|x, y| vec![rgb(x, y)[0]]).into());
}

#[test]
fn sixteen_bits_are_exact() {
    let wide = pattern(|x, y| {
        rgb(x, y).into_iter().map(|v| (u16::from(v) * 257) ^ (3 * x) as u16).collect::<Vec<_>>()
    });
    assert_eq!(*read(fixture!("pattern-16bit.jxl")).1.samples(), wide.into());
}

#[test]
fn floating_point_stays_so() {
    let (header, picture, _) = read(fixture!("ramp-float.jxl"));
    assert_eq!((header.layout, header.depth), (Layout::Rgb, Depth::F32));
    let expected = pattern(|x, y| vec![x as f32 / 23.0, y as f32 / 16.0, (x + y) as f32 / 39.0]);
    for (value, expected) in picture.as_f32().unwrap().samples().iter().zip(expected) {
        assert!((value - expected).abs() < 1e-6, "{value} {expected}");
    }
}

#[test]
fn lossy_pictures_are_close() {
    let (header, picture, raw) = read(fixture!("ramp-lossy.jxl"));
    assert_eq!((header.size.as_u32(), header.depth, raw.icc), ((48, 32), Depth::U8, None));
    let apart = (0..48 * 32).flat_map(|i| {
        let (x, y) = (i % 48, i / 48);
        let expected = [x * 255 / 47, y * 255 / 31, 255 - (x + y) * 255 / 78].map(|v| v as u8);
        let found = [0, 1, 2].map(|c| picture.as_u8().unwrap().pixel(x, y)[c]);
        (0..3).map(move |c| f64::from(found[c].abs_diff(expected[c])))
    });
    // The reference decoder is 1.6 levels away from the original on average.
    assert!(apart.sum::<f64>() / f64::from(48 * 32 * 3) < 1.8);
}

#[test]
fn of_an_animation_the_first_frame_is_decoded() {
    let (header, picture, _) = read(fixture!("two-frames.jxl"));
    assert!(header.animated);
    assert_eq!(header.layout, Layout::Rgba);
    assert!(picture.as_u8().unwrap().samples().chunks(4).all(|p| p == [50, 50, 50, 255]));
}

#[test]
fn orientation_is_applied_once() {
    let (header, picture, raw) = read(fixture!("turned.jxl"));
    assert_eq!(header.size.as_u32(), (17, 24), "stored 24×17 and turned by the decoder");
    assert_eq!(raw.orientation, Some(Orientation::NoTransforms));
    // What was in the lower left corner is now in the upper left one.
    let corner = picture.as_u8().unwrap().pixel(0, 0);
    assert!(corner.iter().zip(rgb(0, 16)).all(|(a, b)| a.abs_diff(b) < 40), "{corner:?}");
}

#[test]
fn of_a_container_only_the_boxes_we_want_are_read() {
    let boxed = |kind: &[u8; 4], body: &[u8]| {
        [&(body.len() as u32 + 8).to_be_bytes(), kind.as_slice(), body].concat()
    };
    let file = [
        boxed(b"JXL ", b"\r\n\x87\n"),
        boxed(b"ftyp", b"jxl \0\0\0\0jxl "),
        boxed(b"Exif", b"\0\0\0\x02??MM\0*tail"),
        boxed(b"brob", b"Exif what would be a bomb"),
        boxed(b"jxlc", fixture!("pattern.jxl")),
    ];
    let (_, picture, raw) = read(&file.concat());
    assert_eq!(*picture.samples(), pattern(rgb).into());
    assert_eq!(raw.exif.unwrap(), b"MM\0*tail");
}

#[test]
fn threads_do_not_show() {
    let run = |threads| Pool::new(threads).unwrap().run(|| read(fixture!("ramp-lossy.jxl")).1);
    assert!(run(1) == run(2) && run(1) == run(5));
}

#[test]
fn a_file_cut_short_is_an_error() {
    for file in FILES.into_iter().filter(|file| *file != fixture!("two-frames.jxl")) {
        for percent in 0..100 {
            let cut = &file[..file.len() * percent / 100];
            // After the last frame there may be metadata, and a lost tail of that harms no pixel.
            if let Err(error) = decode(cut, &Context::default()) {
                assert!(matches!(error, Error::Malformed { .. }), "{percent} %: {error}");
            } else {
                assert!(percent > 90, "{percent} % of a file cannot be a picture");
            }
            let _ = header(cut);
        }
    }
}

#[test]
fn flipped_bits_never_panic() {
    let mut random = Random::new("jxl flips");
    for file in FILES {
        for _ in 0..150 {
            let mut broken = file.to_vec();
            for _ in 0..1 + random.below(4) {
                let at = random.below(broken.len());
                broken[at] ^= 1 << random.below(8);
            }
            let context = Context {
                limits: Limits { max_pixels: 1 << 20, max_bytes: 1 << 24, ..Limits::default() },
                ..Context::default()
            };
            let Ok(header) = header(&broken) else { continue };
            if context.limits.admit(header.size, header.bytes_per_pixel()).is_ok()
                && let Ok(raw) = decode(&broken, &context)
            {
                let RawPixels::Picture(picture) = raw.pixels else { continue };
                assert_eq!((picture.size(), picture.layout()), (header.size, header.layout), "{random}");
            }
        }
    }
}
