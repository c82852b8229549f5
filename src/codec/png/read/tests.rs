//! Files are put together here chunk by chunk, with their own interlacing and packing of bits, so that what
//! the reader is held against does not come from the crate it uses.

use std::io::Write;
use std::time::Duration;

use super::*;
use crate::codec::raw::Frame;
use crate::test_support::Random;

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(data);
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], name, data, &crc.sum().to_be_bytes()].concat()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A picture to be stored: `samples` as numbers, whatever their depth.
struct Plan {
    width: usize,
    height: usize,
    colour: u8,
    bits: usize,
    interlaced: bool,
    samples: Vec<u16>,
}

impl Plan {
    fn random(random: &mut Random, (width, height): (usize, usize), colour: u8, bits: usize) -> Self {
        let count = width * height * channels(colour);
        let samples = (0..count).map(|_| random.below(1 << bits) as u16).collect();
        Self { width, height, colour, bits, interlaced: false, samples }
    }

    fn rows(&self) -> Vec<u8> {
        let passes = if self.interlaced { PASSES } else { &[(0, 0, 1, 1)] };
        let mut bytes = Vec::new();
        for &(x0, y0, dx, dy) in passes.iter().filter(|pass| pass.0 < self.width) {
            for y in (y0..self.height).step_by(dy) {
                bytes.push(0);
                self.pack((x0..self.width).step_by(dx).map(|x| y * self.width + x), &mut bytes);
            }
        }
        bytes
    }

    /// One row: bits from the highest down, two bytes with the higher first.
    fn pack(&self, pixels: impl Iterator<Item = usize>, bytes: &mut Vec<u8>) {
        let count = channels(self.colour);
        let values: Vec<u16> =
            pixels.flat_map(|pixel| self.samples[pixel * count..][..count].iter().copied()).collect();
        match self.bits {
            16 => bytes.extend(values.iter().flat_map(|v| v.to_be_bytes())),
            bits => bytes.extend(values.chunks(8 / bits).map(|group| {
                group.iter().enumerate().fold(0, |byte, (i, &v)| byte | (v as u8) << (8 - bits * (i + 1)))
            })),
        }
    }

    /// The file, with `before` between header and pixels and `after` between pixels and end.
    fn file(&self, before: &[u8], after: &[u8]) -> Vec<u8> {
        let mut header = [self.width as u32, self.height as u32].map(u32::to_be_bytes).concat();
        header.extend([self.bits as u8, self.colour, 0, 0, u8::from(self.interlaced)]);
        let pixels = chunk(b"IDAT", &deflated(&self.rows()));
        [SIGNATURE, &chunk(b"IHDR", &header), before, &pixels, after, &chunk(b"IEND", b"")].concat()
    }
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Figure 4 of the specification, read off by hand: x and y of the first pixel, then the steps.
#[rustfmt::skip]
const PASSES: &[(usize, usize, usize, usize)] = &[
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
];

fn channels(colour: u8) -> usize {
    [1, 0, 3, 1, 2, 0, 4][usize::from(colour)]
}

fn read(bytes: &[u8]) -> Picture {
    let RawPixels::Picture(picture) = decode(bytes, &Context::default()).unwrap().pixels else {
        panic!("PNG has no inks");
    };
    let header = header(bytes).unwrap();
    assert_eq!(
        (header.layout, header.depth),
        (picture.layout(), picture.depth()),
        "the header told otherwise"
    );
    picture
}

fn values(picture: &Picture) -> Vec<u16> {
    match picture.samples() {
        Samples::U8(s) => s.iter().map(|&v| v.into()).collect(),
        Samples::U16(s) => s.clone(),
        Samples::F32(_) => panic!("PNG has no floating point"),
    }
}

#[test]
fn every_colour_type_and_depth_comes_back_exactly() {
    let mut random = Random::new("png types");
    let types = [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (4, 8), (4, 16), (6, 8), (6, 16)];
    for size in [(1, 1), (1, 9), (9, 1), (5, 3), (33, 17), (8, 8)] {
        for (colour, bits) in types {
            for interlaced in [false, true] {
                let plan = Plan { interlaced, ..Plan::random(&mut random, size, colour, bits) };
                let picture = read(&plan.file(b"", b""));
                // Fewer than 8 bits are spread over all of them: 1 bit is black or 255.
                let full = if bits < 8 { 255 / ((1 << bits) - 1) } else { 1 };
                let expected: Vec<u16> = plan.samples.iter().map(|v| v * full).collect();
                assert_eq!(picture.layout().channels(), channels(colour));
                assert_eq!(values(&picture), expected, "type {colour}, {bits} bits, {size:?}, {random}");
            }
        }
    }
}

#[test]
fn palettes_are_opened_with_their_alpha() {
    let mut random = Random::new("png palettes");
    for bits in [1, 2, 4, 8] {
        let palette: Vec<u8> = (0..3usize << bits).map(|_| random.next() as u8).collect();
        let alpha = [7, 200];
        for interlaced in [false, true] {
            let plan = Plan { interlaced, ..Plan::random(&mut random, (19, 11), 3, bits) };
            let colour = |&v: &u16| palette[usize::from(v) * 3..][..3].iter().map(|&c| c.into()).collect();
            let opaque: Vec<Vec<u16>> = plan.samples.iter().map(colour).collect();
            let plte = chunk(b"PLTE", &palette);
            assert_eq!(values(&read(&plan.file(&plte, b""))), opaque.concat());
            let with_alpha = opaque.iter().zip(&plan.samples).flat_map(|(rgb, &v)| {
                let a = alpha.get(usize::from(v)).map_or(255, |&a| a);
                rgb.iter().copied().chain([a])
            });
            let file = plan.file(&[plte, chunk(b"tRNS", &[7, 200])].concat(), b"");
            assert_eq!(values(&read(&file)), with_alpha.collect::<Vec<_>>(), "{bits} bits, {random}");
        }
    }
}

#[test]
fn one_transparent_colour_becomes_alpha() {
    let plan = Plan { width: 3, height: 1, colour: 0, bits: 16, interlaced: false, samples: vec![5, 600, 5] };
    let picture = read(&plan.file(&chunk(b"tRNS", &600u16.to_be_bytes()), b""));
    assert_eq!(values(&picture), [5, 65535, 600, 0, 5, 65535]);
}

#[test]
fn exif_is_found_on_either_side_of_the_pixels_and_a_profile_before_them() {
    let plan = Plan::random(&mut Random::new("png exif"), (4, 4), 2, 8);
    let exif = chunk(b"eXIf", b"MM\0*something");
    let profile = chunk(b"iCCP", &[b"name\0\0".to_vec(), deflated(b"a profile")].concat());
    for file in [plan.file(&[&profile[..], &exif].concat(), b""), plan.file(&profile, &exif)] {
        let raw = decode(&file, &Context::default()).unwrap();
        assert_eq!(raw.exif.as_deref(), Some(&b"MM\0*something"[..]));
        assert_eq!(raw.icc.as_deref(), Some(&b"a profile"[..]));
    }
}

#[test]
fn gamma_is_applied_unless_outranked() {
    let plan =
        Plan { width: 2, height: 1, colour: 4, bits: 8, interlaced: false, samples: vec![64, 64, 128, 9] };
    let gamma = |value: u32| chunk(b"gAMA", &value.to_be_bytes());
    let shown = |before: &[u8]| values(&read(&plan.file(before, b"")));
    // 255·(64/255)^(1/2.2) = 136.2, 255·(128/255)^(1/2.2) = 186.4; alpha stays.
    assert_eq!(shown(&gamma(100_000)), [136, 64, 186, 9]);
    for plain in [45_455, 45_000, 0, 1] {
        assert_eq!(shown(&gamma(plain)), plan.samples, "gamma {plain}");
    }
    assert_eq!(shown(&[gamma(100_000), chunk(b"sRGB", &[0])].concat()), plan.samples);
    let profile = chunk(b"iCCP", &[b"name\0\0".to_vec(), deflated(b"a profile")].concat());
    assert_eq!(shown(&[gamma(100_000), profile].concat()), plan.samples);
}

#[test]
fn a_wrong_checksum_is_named() {
    let plan = Plan::random(&mut Random::new("png crc"), (9, 9), 2, 8);
    let mut file = plan.file(b"", b"");
    let crc_of_pixels = file.len() - 12 - 4;
    file[crc_of_pixels] ^= 1;
    let message = decode(&file, &Context::default()).err().unwrap().to_string();
    assert!(
        message.starts_with("broken PNG file: CRC error") && message.contains("decoding IDAT"),
        "{message}"
    );
    let mut pixels = deflated(&plan.rows());
    *pixels.last_mut().unwrap() ^= 1;
    let start = file.len() - 12 - 4 - pixels.len() - 8;
    let file = [&file[..start], &chunk(b"IDAT", &pixels), &chunk(b"IEND", b"")].concat();
    assert!(decode(&file, &Context::default()).is_err(), "the Adler checksum was not looked at");
}

#[test]
fn a_bomb_in_a_profile_does_not_go_off() {
    let plan = Plan::random(&mut Random::new("png bomb"), (2, 2), 0, 8);
    let bomb = [b"name\0\0".to_vec(), deflated(&vec![0; CHUNK_BYTES * 2])].concat();
    let raw = decode(&plan.file(&chunk(b"iCCP", &bomb), b""), &Context::default()).unwrap();
    assert!(raw.icc.is_none());
}

/// `fcTL`: number, region, delay in hundredths, what to do afterwards and how to lay it on.
fn control(number: u32, (x, y, w, h): (u32, u32, u32, u32), dispose: u8, blend: u8) -> Vec<u8> {
    let mut data = [number, w, h, x, y].map(u32::to_be_bytes).concat();
    data.extend([0, 7, 0, 0, dispose, blend]);
    chunk(b"fcTL", &data)
}

fn frame_data(number: u32, rows: &[u8]) -> Vec<u8> {
    chunk(b"fdAT", &[&number.to_be_bytes()[..], &deflated(rows)].concat())
}

fn animation(count: u32) -> Vec<u8> {
    chunk(b"acTL", &[count.to_be_bytes(), 3u32.to_be_bytes()].concat())
}

/// The canvas of each frame, three pixels of grey and alpha.
fn shown(file: &[u8]) -> Vec<Vec<u16>> {
    let raw = frames(file, &Context::default()).unwrap();
    assert_eq!(raw.loops, 3);
    raw.frames
        .map(|frame| {
            let Frame { picture, delay } = frame.unwrap();
            assert_eq!(delay, Duration::from_millis(70));
            values(&picture)
        })
        .collect()
}

#[test]
fn frames_are_undone_and_laid_over_each_other_as_they_ask() {
    let plan = Plan {
        width: 3,
        height: 1,
        colour: 4,
        bits: 8,
        interlaced: false,
        samples: vec![10, 255, 20, 255, 30, 255],
    };
    let before = [animation(4), control(0, (0, 0, 3, 1), 0, 0)].concat();
    let after = [
        // Half of white over the middle, then back to what was there.
        control(1, (1, 0, 1, 1), 2, 1),
        frame_data(2, &[0, 255, 51]),
        // The left is replaced by a clear pixel and afterwards wiped.
        control(3, (0, 0, 2, 1), 1, 0),
        frame_data(4, &[0, 90, 0, 91, 255]),
        control(5, (2, 0, 1, 1), 0, 0),
        frame_data(6, &[0, 99, 99]),
    ];
    let frames = shown(&plan.file(&before, &after.concat()));
    assert_eq!(frames[0], [10, 255, 20, 255, 30, 255]);
    assert_eq!(frames[1], [10, 255, 67, 255, 30, 255], "255·0.2 + 20·0.8 = 67");
    assert_eq!(frames[2], [90, 0, 91, 255, 30, 255]);
    assert_eq!(frames[3], [0, 0, 0, 0, 99, 99]);
    assert_eq!(frames.len(), 4);
}

#[test]
fn a_first_picture_outside_the_animation_is_not_a_frame() {
    let plan = Plan { width: 2, height: 1, colour: 0, bits: 8, interlaced: false, samples: vec![1, 2] };
    let frame =
        |number, rows: &[u8]| [control(number, (0, 0, 2, 1), 0, 0), frame_data(number + 1, rows)].concat();
    let file = plan.file(&animation(2), &[frame(0, &[0, 3, 4]), frame(2, &[0, 5, 6])].concat());
    assert_eq!(values(&read(&file)), [1, 2]);
    assert_eq!(shown(&file), [[3, 255, 4, 255], [5, 255, 6, 255]]);
}

#[test]
fn sixteen_bit_frames_stay_sixteen_bit() {
    let plan =
        Plan { width: 1, height: 1, colour: 4, bits: 16, interlaced: false, samples: vec![1000, 65535] };
    let before = [animation(2), control(0, (0, 0, 1, 1), 0, 0)].concat();
    let half: Vec<u8> =
        [0].into_iter().chain([60000u16, 32768].iter().flat_map(|v| v.to_be_bytes())).collect();
    let after = [control(1, (0, 0, 1, 1), 0, 1), frame_data(2, &half)].concat();
    // 60000·a + 1000·(1 - a) with a = 32768/65535 is 30500.45.
    assert_eq!(shown(&plan.file(&before, &after)), [[1000, 65535], [30500, 65535]]);
}

#[test]
fn a_frame_outside_the_canvas_is_refused() {
    let plan = Plan { width: 2, height: 1, colour: 0, bits: 8, interlaced: false, samples: vec![1, 2] };
    let before = [animation(2), control(0, (0, 0, 2, 1), 0, 0)].concat();
    let after = [control(1, (1, 0, 2, 1), 0, 0), frame_data(2, &[0, 5, 6])].concat();
    let file = plan.file(&before, &after);
    let last = frames(&file, &Context::default()).unwrap().frames.last().unwrap();
    assert!(matches!(last, Err(Error::Malformed { .. })));
}
