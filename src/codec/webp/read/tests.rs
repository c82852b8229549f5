use std::time::Duration;

use image_webp::{ColorType, WebPEncoder};

use super::*;
use crate::codec::read_tests::{SIZES, check_damage, same_as_header, steps};
use crate::pixel::Samples;

fn lossless(samples: &[u8], width: u32, height: u32, colour: ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new(&mut bytes).encode(samples, width, height, colour).unwrap();
    bytes
}

fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let mut bytes = [name, &(data.len() as u32).to_le_bytes(), data].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

/// An extended file: flags, canvas, and chunks.
fn extended(flags: u8, width: u32, height: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
    let sides = [&(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat();
    let body = [chunk(b"VP8X", &[&[flags, 0, 0, 0][..], &sides].concat()), chunks.concat()].concat();
    [b"RIFF", &(body.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &body].concat()
}

const BLEND: u8 = 0;
const REPLACE: u8 = 2;
const CLEAR: u8 = 1;

/// A frame of one row at `left`, in letters.
fn frame(left: u32, letters: &str, delay: u32, flags: u8) -> Vec<u8> {
    let pixels: Vec<u8> = letters.chars().flat_map(colour).collect();
    let width = letters.len() as u32;
    let file = lossless(&pixels, width, 1, ColorType::Rgba8);
    let numbers = [left / 2, 0, width - 1, 0, delay].map(|n| n.to_le_bytes());
    let head: Vec<u8> = numbers.iter().flat_map(|n| &n[..3]).copied().chain([flags]).collect();
    chunk(b"ANMF", &[&head[..], &file[12..]].concat())
}

fn colour(letter: char) -> [u8; 4] {
    match letter {
        'r' => [255, 0, 0, 255],
        'g' => [0, 255, 0, 255],
        'h' => [0, 255, 0, 128],
        'm' => [127, 128, 0, 255],
        _ => [0; 4],
    }
}

fn animation(loops: u16, width: u32, frames: &[Vec<u8>]) -> Vec<u8> {
    let anim = chunk(b"ANIM", &[&[9, 9, 9, 9][..], &loops.to_le_bytes()].concat());
    extended(0x12, width, 1, &[&[anim], frames].concat())
}

fn played(bytes: &[u8]) -> Vec<String> {
    let letter = |pixel: &[u8]| "rghm.".chars().find(|&l| colour(l) == pixel).unwrap_or('?');
    let frames = frames(bytes, &Context::default()).unwrap().frames;
    frames
        .map(|frame| frame.unwrap().picture.as_u8().unwrap().samples().chunks(4).map(letter).collect())
        .collect()
}

#[test]
fn lossless_pictures_come_back_as_they_were_written() {
    for (w, h) in SIZES {
        for (layout, colour) in [(Layout::Rgb, ColorType::Rgb8), (Layout::Rgba, ColorType::Rgba8)] {
            let samples = steps((w * h) as usize, layout.channels());
            let picture = same_as_header(header, decode, &lossless(&samples, w, h, colour));
            assert_eq!((picture.layout(), picture.samples()), (layout, &Samples::U8(samples)), "{w}×{h}");
        }
    }
}

#[test]
fn lossy_pictures_come_close() {
    for (bytes, channels) in [
        (&include_bytes!("../../../../fixtures/codec/ramp_lossy.webp")[..], 3),
        (&include_bytes!("../../../../fixtures/codec/ramp_lossy_alpha.webp")[..], 4),
    ] {
        let picture = same_as_header(header, decode, bytes);
        assert_eq!((picture.size().as_u32(), picture.layout().channels()), ((24, 20), channels));
        for (i, pixel) in picture.as_u8().unwrap().samples().chunks(channels).enumerate() {
            let (x, y) = (i as i32 % 24, i as i32 / 24);
            let drawn = [x * 10, y * 12, 240 - x * 5 - y * 5];
            assert!(
                pixel.iter().zip(drawn).all(|(&a, b)| (i32::from(a) - b).abs() <= 16),
                "{x},{y}: {pixel:?} {drawn:?}"
            );
            assert!(channels == 3 || i32::from(pixel[3]) == 15 + 10 * x, "alpha loses nothing");
        }
    }
}

#[test]
fn profile_and_exif_are_handed_over() {
    let picture = lossless(&[1, 2, 3], 1, 1, ColorType::Rgb8)[12..].to_vec();
    let chunks = [chunk(b"ICCP", b"odd"), picture, chunk(b"EXIF", b"Exif\0\0II*\0"), chunk(b"what", b"?")];
    let raw = decode(&extended(0x28, 1, 1, &chunks), &Context::default()).unwrap();
    assert_eq!((raw.icc.as_deref(), raw.exif.as_deref()), (Some(&b"odd"[..]), Some(&b"II*\0"[..])));
    let flagged = extended(0x10, 1, 1, &chunks);
    assert_eq!(header(&flagged).unwrap().layout, Layout::Rgb, "the picture knows better than the flags");
}

#[test]
fn frames_blend_replace_and_leave() {
    let frames = [
        frame(0, "rrrr", 40, BLEND),
        frame(0, "h.", 0, BLEND | CLEAR),
        frame(2, "h.", 5, REPLACE),
        frame(2, "gg", 70_000, BLEND | CLEAR),
        frame(0, "....", 1, BLEND),
    ];
    let bytes = animation(3, 4, &frames);
    assert_eq!(played(&bytes), ["rrrr", "mrrr", "..h.", "..gg", "...."]);
    let raw = super::frames(&bytes, &Context::default()).unwrap();
    assert_eq!(raw.loops, 3);
    let delays: Vec<Duration> = raw.frames.map(|frame| frame.unwrap().delay).collect();
    assert_eq!(delays, [40, 0, 5, 70_000, 1].map(Duration::from_millis));
    let first = same_as_header(header, decode, &bytes);
    assert_eq!(first.as_u8().unwrap().samples()[..4], colour('r'));
    assert!(header(&bytes).unwrap().animated);
    assert!(!header(&animation(0, 4, &frames[..1])).unwrap().animated, "one frame is a still picture");
}

#[test]
fn an_opaque_frame_after_a_disposed_one_keeps_the_canvas_in_order() {
    let lossy = &include_bytes!("../../../../fixtures/codec/ramp_lossy.webp")[12..];
    let head = [0, 0, 0, 0, 0, 0, 23, 0, 0, 19, 0, 0, 0, 0, 0, CLEAR];
    let frame = chunk(b"ANMF", &[&head[..], lossy].concat());
    let anim = chunk(b"ANIM", &[0; 6]);
    let bytes = extended(2, 26, 20, &[anim, frame.clone(), frame]);
    let frames: Vec<Frame> =
        frames(&bytes, &Context::default()).unwrap().frames.map(|f| f.unwrap()).collect();
    assert_eq!(frames[0], frames[1]);
    let still = same_as_header(header, decode, include_bytes!("../../../../fixtures/codec/ramp_lossy.webp"));
    let (still, shown) = (still.as_u8().unwrap(), frames[1].picture.as_u8().unwrap());
    assert_eq!((&shown.pixel(23, 19)[..3], shown.pixel(23, 19)[3]), (still.pixel(23, 19), 255));
    assert_eq!(shown.pixel(24, 0), [0; 4]);
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    for bytes in [
        lossless(&steps(40 * 30, 4), 40, 30, ColorType::Rgba8),
        include_bytes!("../../../../fixtures/codec/ramp_lossy.webp").to_vec(),
        include_bytes!("../../../../fixtures/codec/ramp_lossy_alpha.webp").to_vec(),
        animation(0, 4, &[frame(0, "rghm", 1, BLEND), frame(0, "mm", 1, CLEAR)]),
    ] {
        check_damage(
            header,
            |bytes, context| {
                frames(bytes, context)?.frames.try_for_each(|frame| frame.map(drop))?;
                decode(bytes, context)
            },
            &bytes,
            bytes.len() - 1,
        );
    }
}

#[test]
fn what_is_wrong_is_named() {
    let text = |bytes: &[u8]| decode(bytes, &Context::default()).map(drop).unwrap_err().to_string();
    assert_eq!(
        text(b"RIFF\x04\0\0\0WEBP"),
        "broken WebP file: its first chunk is neither VP8, VP8L nor VP8X; another copy of it may be whole"
    );
    let still = lossless(&[1, 2, 3], 1, 1, ColorType::Rgb8);
    let length = still.len();
    let cut = text(&still[..length - 4]);
    assert_eq!(
        cut,
        format!(
            "broken WebP file: it ends after {} of {length} bytes; another copy of it may be whole",
            length - 4
        )
    );
    let mut long = still.clone();
    long[16] += 2;
    assert!(text(&long).contains("it ends within its VP8L chunk ("), "{}", text(&long));
    assert_eq!(
        text(&extended(0, 2, 1, &[still[12..].to_vec()])),
        "broken WebP file: its header says 2×1, its picture 1×1; another copy of it may be whole"
    );
    assert_eq!(
        text(&extended(2, 2, 1, &[])),
        "broken WebP file: it is an animation without frames; another copy of it may be whole"
    );
    assert_eq!(
        text(&animation(0, 2, &[frame(2, "r", 0, 0)])),
        "broken WebP file: a frame of 1×1 at 2,0 leaves the canvas of 2×1; another copy of it may be whole"
    );
}

#[test]
fn a_lying_header_is_reported_as_it_lies() {
    let mut still = lossless(&[1, 2, 3], 1, 1, ColorType::Rgb8);
    still[21..25].copy_from_slice(&[0xff, 0xff, 0xff, 0x0f]);
    assert_eq!(header(&still).unwrap().size, Size::new(16_384, 16_384).unwrap());
    let frames = [chunk(b"ANIM", &[0; 6]), frame(0, "r", 0, 0)];
    assert_eq!(
        header(&extended(2, 1 << 24, 1 << 24, &frames)).unwrap().size,
        Size::new(1 << 24, 1 << 24).unwrap()
    );
}

#[test]
fn blending_rounds_to_the_nearest() {
    let mut random = crate::test_support::Random::new("blend");
    for _ in 0..20_000 {
        let mut sample = || [0, 1, 254, 255, random.below(256)][random.below(5)] as u8;
        let (over, under) = ([sample(), 0, 0, sample()], [sample(), 0, 0, sample()]);
        let [front, back] = [over, under].map(|pixel| f64::from(pixel[3]) / 255.0);
        let alpha = front + back * (1.0 - front);
        let red = f64::from(over[0]) * front + f64::from(under[0]) * back * (1.0 - front);
        let red = if alpha == 0.0 { 0.0 } else { red / alpha };
        let mut blended = under;
        blend(&mut blended, over);
        let far = |exact: f64, found: u8| (exact - f64::from(found)).abs() > 0.5 + 1e-9;
        assert!(
            !far(red, blended[0]) && !far(alpha * 255.0, blended[3]),
            "{over:?} on {under:?}: {blended:?}; {random}"
        );
    }
}
