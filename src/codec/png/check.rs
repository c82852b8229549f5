//! What is written, read back by others: the `png` crate for stills, `image` for animations.

use std::io::Cursor;
use std::time::Duration;

use image::{AnimationDecoder, DynamicImage};

use super::write::{self, Animation};
use crate::Level;
use crate::codec::{Compression, EncodeOptions, Frame, Metadata};
use crate::context::Context;
use crate::parallel::Pool;
use crate::pixel::{Depth, Layout, Picture, Samples, Size};
use crate::test_support::Random;

const LAYOUTS: [Layout; 4] = [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba];

fn options(compression: Compression) -> EncodeOptions {
    EncodeOptions { compression, ..EncodeOptions::default() }
}

fn encode(picture: &Picture, compression: Compression) -> Vec<u8> {
    write::encode(picture, &options(compression), &Metadata::default(), &Context::default()).unwrap()
}

/// The pixels as the `png` crate reads them, in 16 bits and four channels: the same whatever form they had.
fn decode(file: &[u8]) -> Vec<u16> {
    let mut decoder = png::Decoder::new(Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    reader.finish().unwrap();
    let samples: Vec<u16> = match info.bit_depth {
        png::BitDepth::Sixteen => bytes.chunks(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect(),
        _ => bytes.iter().map(|&b| u16::from(b) * 257).collect(),
    };
    spread(&samples, info.color_type.samples())
}

fn spread(samples: &[u16], channels: usize) -> Vec<u16> {
    let pixel = |p: &[u16]| match *p {
        [v] => [v, v, v, 65_535],
        [v, a] => [v, v, v, a],
        [r, g, b] => [r, g, b, 65_535],
        _ => [p[0], p[1], p[2], p[3]],
    };
    samples.chunks(channels).flat_map(pixel).collect()
}

fn pixels(picture: &Picture) -> Vec<u16> {
    let samples: Vec<u16> = match picture.samples() {
        Samples::U8(s) => s.iter().map(|&v| u16::from(v) * 257).collect(),
        Samples::U16(s) => s.clone(),
        Samples::F32(_) => panic!("tests compare integers"),
    };
    spread(&samples, picture.layout().channels())
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Noise,
    Gradient,
    Flat,
    /// So many colours, here and there.
    Colours(usize),
    /// Grey in every channel, and opaque.
    Grey,
}

const KINDS: [Kind; 9] = [
    Kind::Noise,
    Kind::Gradient,
    Kind::Flat,
    Kind::Colours(2),
    Kind::Colours(4),
    Kind::Colours(16),
    Kind::Colours(256),
    Kind::Colours(257),
    Kind::Grey,
];

fn picture(random: &mut Random, kind: Kind, size: Size, layout: Layout, depth: Depth) -> Picture {
    let channels = layout.channels();
    let most = if depth == Depth::U8 { 256 } else { 65_536 };
    let palette: Vec<u16> = (0..257 * channels).map(|_| random.below(most) as u16).collect();
    let mut samples: Vec<u16> = Vec::with_capacity(size.pixels() * channels);
    for i in 0..size.pixels() {
        let (x, y) = (i % size.width(), i / size.width());
        let chosen = match kind {
            Kind::Colours(count) => random.below(count),
            _ => 0,
        };
        let grey = random.below(most) as u16;
        for c in 0..channels {
            samples.push(match kind {
                Kind::Noise => random.below(most) as u16,
                Kind::Gradient => ((x * 3 + y * (c + 1) + random.below(2)) % most) as u16,
                Kind::Flat | Kind::Colours(_) => palette[chosen * channels + c],
                Kind::Grey if c == 3 || (c == 1 && channels == 2) => (most - 1) as u16,
                Kind::Grey => grey,
            });
        }
    }
    match depth {
        Depth::U8 => Picture::new(size, layout, samples.iter().map(|&v| v as u8).collect::<Vec<_>>()),
        _ => Picture::new(size, layout, samples),
    }
    .unwrap()
}

#[test]
fn every_layout_depth_and_kind_comes_back_at_awkward_sizes() {
    let mut random = Random::new("png round trip");
    for (width, height) in [(1, 1), (1, 37), (37, 1), (7, 5), (16, 16), (33, 9), (130, 67)] {
        for (layout, depth) in LAYOUTS.into_iter().flat_map(|l| [(l, Depth::U8), (l, Depth::U16)]) {
            for kind in KINDS {
                let picture = picture(&mut random, kind, Size::new(width, height).unwrap(), layout, depth);
                for compression in [Compression::Fast, Compression::Best] {
                    let back = decode(&encode(&picture, compression));
                    assert!(back == pixels(&picture), "{picture}, {kind:?}, {compression:?}, {random}");
                }
            }
        }
    }
}

#[test]
fn band_edges_leave_no_seam() {
    let mut random = Random::new("png bands");
    // Bands of 256 KiB are 65 rows of 4003 bytes and one; bands of 1 MiB are 261.
    for height in [64, 65, 66, 130, 131, 261, 262] {
        for kind in [Kind::Noise, Kind::Gradient, Kind::Colours(257)] {
            let size = Size::new(4003, height).unwrap();
            let picture = picture(&mut random, kind, size, Layout::Grey, Depth::U8);
            assert!(
                decode(&encode(&picture, Compression::Fast)) == pixels(&picture),
                "{picture}, {kind:?}, {random}"
            );
        }
    }
    let tall = picture(&mut random, Kind::Gradient, Size::new(1, 200_000).unwrap(), Layout::Rgb, Depth::U8);
    let wide = picture(&mut random, Kind::Noise, Size::new(150_000, 2).unwrap(), Layout::Rgba, Depth::U8);
    for picture in [tall, wide] {
        assert!(decode(&encode(&picture, Compression::Fast)) == pixels(&picture), "{picture}, {random}");
    }
}

#[test]
fn threads_and_levels_change_no_byte() {
    let mut random = Random::new("png threads");
    // Four-channel rows of 4004 bytes: 290 of them are five bands of the fast way and two of the other.
    let size = Size::new(1001, 290).unwrap();
    let (fast, best) = (Compression::Fast, Compression::Best);
    for (kind, compression) in
        [(Kind::Gradient, fast), (Kind::Colours(256), fast), (Kind::Noise, fast), (Kind::Gradient, best)]
    {
        let picture = picture(&mut random, kind, size, Layout::Rgba, Depth::U8);
        let file = |threads, level| {
            let context = Context { level, ..Context::default() };
            let work = || write::encode(&picture, &options(compression), &Metadata::default(), &context);
            Pool::new(threads).unwrap().run(work).unwrap()
        };
        let one = file(1, Level::PLAIN);
        assert!(decode(&one) == pixels(&picture), "{kind:?}, {compression:?}, {random}");
        for (threads, level) in [2, 5].into_iter().zip(Level::available().into_iter().rev().cycle()) {
            assert!(file(threads, level) == one, "{kind:?}, {compression:?}, {threads} threads, {level}");
        }
    }
}

#[test]
fn best_is_never_larger() {
    let mut random = Random::new("png best");
    for kind in KINDS {
        for (layout, depth) in [(Layout::Rgb, Depth::U8), (Layout::Rgba, Depth::U16)] {
            let picture = picture(&mut random, kind, Size::new(301, 97).unwrap(), layout, depth);
            let [fast, best] = [Compression::Fast, Compression::Best].map(|c| encode(&picture, c).len());
            assert!(best <= fast, "{picture}, {kind:?}: {best} against {fast}, {random}");
        }
    }
}

/// Colour type and bits as IHDR says them.
fn form(file: &[u8]) -> (u8, u8) {
    (file[25], file[24])
}

#[test]
fn the_form_is_the_smallest_that_says_the_same() {
    let form_of = |layout, samples: Vec<u8>, compression| {
        let size = Size::from_usize(samples.len() / Layout::channels(layout) / 64, 64).unwrap();
        let picture = Picture::new(size, layout, samples).unwrap();
        let file = encode(&picture, compression);
        assert!(decode(&file) == pixels(&picture));
        form(&file)
    };
    let repeat = |pixels: &[&[u8]]| pixels.concat().repeat(1024);
    let (fast, best) = (Compression::Fast, Compression::Best);
    assert_eq!(form_of(Layout::Rgb, repeat(&[&[0; 3], &[255; 3]]), fast), (0, 1), "black and white");
    assert_eq!(form_of(Layout::Rgb, repeat(&[&[0; 3], &[85; 3], &[170; 3], &[255; 3]]), fast), (0, 2));
    assert_eq!(form_of(Layout::Grey, repeat(&[&[0], &[17], &[34], &[255]]), fast), (3, 2), "uneven grey");
    assert_eq!(form_of(Layout::Rgb, repeat(&[&[1, 2, 3], &[4, 5, 6]]), fast), (3, 1));
    assert_eq!(form_of(Layout::Rgba, repeat(&[&[1, 2, 3, 0], &[4, 5, 6, 9], &[0, 0, 0, 255]]), fast), (3, 2));
    let mut random = Random::new("forms");
    let many = (0..64 * 4000).flat_map(|_| [random.below(256) as u8, 5, random.below(256) as u8, 255]);
    let many: Vec<u8> = many.collect();
    assert_eq!(form_of(Layout::Rgba, many, fast), (2, 8), "opaque alpha is left out");
    let grey_alpha: Vec<u8> = (0..64 * 400)
        .flat_map(|_| {
            let v = random.below(256) as u8;
            [v, v, v, random.below(256) as u8]
        })
        .collect();
    assert_eq!(form_of(Layout::Rgba, grey_alpha, best), (4, 8), "three equal colours are one");
}

#[test]
fn sixteen_bits_that_are_eight_become_eight_at_best() {
    let size = Size::new(64, 64).unwrap();
    let samples: Vec<u16> = (0..64 * 64 * 3u32).map(|i| (i * 7 % 256 * 257) as u16).collect();
    let picture = Picture::new(size, Layout::Rgb, samples).unwrap();
    let file = encode(&picture, Compression::Best);
    assert_eq!(form(&file).1, 8);
    assert!(decode(&file) == pixels(&picture));
    assert_eq!(form(&encode(&picture, Compression::Fast)), (2, 16));
}

#[test]
fn floating_point_is_written_in_sixteen_bits() {
    let picture = Picture::new(Size::new(2, 1).unwrap(), Layout::Grey, vec![0.5f32, 1.0]).unwrap();
    assert_eq!(decode(&encode(&picture, Compression::Fast))[..5], [32_768, 32_768, 32_768, 65_535, 65_535]);
}

#[test]
fn profile_and_exif_come_back_and_the_profile_keeps_its_family() {
    let metadata = Metadata {
        icc: Some((0..3000u32).map(|i| (i * i) as u8).collect()),
        exif: Some(b"II*\0exif".to_vec()),
        ..Metadata::default()
    };
    let write = |picture: &Picture, metadata: &Metadata| {
        write::encode(picture, &options(Compression::Best), metadata, &Context::default()).unwrap()
    };
    let grey_in_rgb = Picture::new(Size::new(64, 64).unwrap(), Layout::Rgb, vec![7u8; 64 * 64 * 3]).unwrap();
    let file = write(&grey_in_rgb, &metadata);
    assert!(matches!(form(&file).0, 2 | 3), "an RGB profile does not fit grey");
    let reader = png::Decoder::new(Cursor::new(&file)).read_info().unwrap();
    assert_eq!(reader.info().icc_profile.as_deref(), metadata.icc.as_deref());
    assert_eq!(reader.info().exif_metadata.as_deref(), metadata.exif.as_deref());
    assert!(reader.info().srgb.is_none());
    let uneven: Vec<u8> = (0..64 * 64).map(|i| [3, 77][i % 2]).collect();
    let grey = Picture::new(Size::new(64, 64).unwrap(), Layout::Grey, uneven).unwrap();
    assert_eq!(form(&write(&grey, &metadata)).0, 0, "a grey profile does not fit a palette");
    let plain = write(&grey, &Metadata::default());
    let reader = png::Decoder::new(Cursor::new(&plain)).read_info().unwrap();
    assert!(reader.info().srgb.is_some() && reader.info().icc_profile.is_none());
}

#[test]
fn a_cancelled_picture_is_not_written() {
    let context = Context::default();
    context.cancel.cancel();
    let picture = Picture::blank(Size::new(9, 9).unwrap(), Layout::Rgb, Depth::U8);
    for compression in [Compression::Fast, Compression::Best] {
        assert!(write::encode(&picture, &options(compression), &Metadata::default(), &context).is_err());
    }
}

/// Noise with a block that wanders, now and then a picture that stands still.
fn film(random: &mut Random, layout: Layout, depth: Depth, size: Size) -> Vec<Frame> {
    let mut canvas = picture(random, Kind::Noise, size, layout, depth);
    let delays = [0, 1, 40, 1500, 65_535, 70_000, 700_000].map(Duration::from_millis);
    let mut frames = Vec::new();
    for (i, delay) in delays.into_iter().enumerate() {
        if i % 3 != 1 {
            let at = (i * 2 * size.width() + 3 * i) * layout.channels();
            match canvas.samples_mut() {
                crate::pixel::SamplesMut::U8(s) => s[at] = s[at].wrapping_add(9),
                crate::pixel::SamplesMut::U16(s) => s[at] = s[at].wrapping_add(9),
                crate::pixel::SamplesMut::F32(_) => panic!("integers only"),
            }
        }
        frames.push(Frame { picture: canvas.clone(), delay });
    }
    frames
}

fn animate(frames: &[Frame], loops: u32, compression: Compression) -> Vec<u8> {
    let mut animation =
        Animation::new(frames[0].picture.size(), loops, &options(compression), &Metadata::default());
    for frame in frames {
        animation.push(frame, &Context::default()).unwrap();
    }
    animation.finish().unwrap()
}

#[test]
fn animations_are_read_by_image_with_delays_and_pixels() {
    let mut random = Random::new("apng image");
    let size = Size::new(41, 30).unwrap();
    for compression in [Compression::Fast, Compression::Best] {
        let frames = film(&mut random, Layout::Rgba, Depth::U8, size);
        let file = animate(&frames, 3, compression);
        let decoder = image::codecs::png::PngDecoder::new(Cursor::new(&file)).unwrap().apng().unwrap();
        let back: Vec<_> = decoder.into_frames().map(Result::unwrap).collect();
        assert_eq!(back.len(), frames.len());
        for (i, (back, frame)) in back.iter().zip(&frames).enumerate() {
            // Past 65535 thousandths, hundredths; all of these delays are whole ones.
            let (numerator, denominator) = back.delay().numer_denom_ms();
            assert_eq!(u128::from(numerator), frame.delay.as_millis() * u128::from(denominator), "frame {i}");
            let want = DynamicImage::try_from(frame.picture.clone()).unwrap().into_rgba8();
            assert!(*back.buffer() == want, "frame {i}, {random}");
        }
    }
}

#[test]
fn animations_are_read_by_png_with_loops_and_only_the_change() {
    let mut random = Random::new("apng png");
    for (layout, depth) in LAYOUTS.into_iter().flat_map(|l| [(l, Depth::U8), (l, Depth::U16)]) {
        let frames = film(&mut random, layout, depth, Size::new(41, 30).unwrap());
        let file = animate(&frames, 7, Compression::Fast);
        let mut reader = png::Decoder::new(Cursor::new(&file)).read_info().unwrap();
        let control = reader.info().animation_control().copied().unwrap();
        assert_eq!((control.num_frames, control.num_plays), (frames.len() as u32, 7));
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        for i in 0..frames.len() {
            reader.next_frame(&mut bytes).unwrap();
            let frame = *reader.info().frame_control().unwrap();
            let area = (frame.width, frame.height, frame.x_offset, frame.y_offset);
            let changed = if i % 3 == 1 { (1, 1, 0, 0) } else { (1, 1, 3 * i as u32, 2 * i as u32) };
            assert_eq!(area, if i == 0 { (41, 30, 0, 0) } else { changed }, "frame {i}");
        }
    }
}

#[test]
fn an_animation_over_several_bands_numbers_its_chunks_in_one_row() {
    let mut random = Random::new("apng bands");
    let size = Size::new(600, 400).unwrap();
    let frames: Vec<Frame> = (0..3)
        .map(|_| Frame {
            picture: picture(&mut random, Kind::Noise, size, Layout::Rgb, Depth::U8),
            delay: Duration::from_millis(20),
        })
        .collect();
    let file = animate(&frames, 0, Compression::Fast);
    let decoder = image::codecs::png::PngDecoder::new(Cursor::new(&file)).unwrap().apng().unwrap();
    for (back, frame) in decoder.into_frames().zip(&frames) {
        let want = DynamicImage::try_from(frame.picture.clone()).unwrap().into_rgba8();
        assert!(*back.unwrap().buffer() == want, "{random}");
    }
}

#[test]
fn later_frames_take_the_form_of_the_first_or_are_refused() {
    let size = Size::new(4, 4).unwrap();
    let frame = |layout, depth| Frame { picture: Picture::blank(size, layout, depth), delay: Duration::ZERO };
    let push = |frames: &[Frame]| {
        let mut animation = Animation::new(size, 0, &EncodeOptions::default(), &Metadata::default());
        frames.iter().try_for_each(|frame| animation.push(frame, &Context::default()))?;
        animation.finish()
    };
    assert!(push(&[frame(Layout::Rgba, Depth::U8), frame(Layout::Grey, Depth::U16)]).is_ok());
    let refused = |frames: &[Frame]| push(frames).unwrap_err().to_string();
    assert!(
        refused(&[frame(Layout::Rgb, Depth::U8), frame(Layout::Rgba, Depth::U8)]).contains("alpha channel")
    );
    assert!(refused(&[frame(Layout::Grey, Depth::U8), frame(Layout::Rgb, Depth::U8)]).contains("in colour"));
    assert!(refused(&[]).contains("without a frame"));
    let small = Picture::blank(Size::new(3, 4).unwrap(), Layout::Rgb, Depth::U8);
    let text = refused(&[Frame { picture: small, delay: Duration::ZERO }]);
    assert!(text.contains("3×4") && text.contains("4×4"), "{text}");
}
