use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::*;
use crate::codec::test_pictures::{AWKWARD, random, scene};
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::{Depth, Layout, Picture, Size};

const SAMPLINGS: [(Layout, Sampling); 3] =
    [(Layout::Grey, Sampling::Grey), (Layout::Rgb, Sampling::Full), (Layout::Rgb, Sampling::Quarter)];

fn banded(picture: &Picture, quality: u8, sampling: Sampling, level: Level) -> Vec<u8> {
    coded(picture, quality, sampling, level, Compression::Fast)
}

fn coded(picture: &Picture, quality: u8, sampling: Sampling, level: Level, how: Compression) -> Vec<u8> {
    let context = Context { level, ..Context::default() };
    let view = picture.as_u8().unwrap();
    Bands::new(view, quality, sampling, &context).encode(how, &Metadata::default()).unwrap()
}

fn whole(picture: &Picture, quality: u8, sampling: Sampling) -> Vec<u8> {
    let context = Context { level: Level::PLAIN, ..Context::default() };
    let mut bands = Bands::new(picture.as_u8().unwrap(), quality, sampling, &context);
    bands.cut = Cut { rows: usize::MAX, interval: 0 };
    bands.encode(Compression::Fast, &Metadata::default()).unwrap()
}

/// Another encoder of the same picture, at the same quality and sampling.
fn oracle(picture: &Picture, quality: u8, sampling: Sampling) -> Vec<u8> {
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    let factor = if sampling == Sampling::Quarter { SamplingFactor::F_2_2 } else { SamplingFactor::F_1_1 };
    encoder.set_sampling_factor(factor);
    let colours = if sampling == Sampling::Grey { ColorType::Luma } else { ColorType::Rgb };
    let (width, height) = picture.size().as_u32();
    encoder.encode(picture.as_u8().unwrap().samples(), width as u16, height as u16, colours).unwrap();
    out
}

fn decoded(bytes: &[u8], layout: Layout) -> Vec<u8> {
    let wanted = if layout.is_grey() { ColorSpace::Luma } else { ColorSpace::RGB };
    let options = DecoderOptions::default().jpeg_set_out_colorspace(wanted);
    let options = options.set_max_width(65_535).set_max_height(65_535);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().unwrap()
}

/// Mean square of the error.
fn error(picture: &Picture, bytes: &[u8]) -> f64 {
    let (got, want) = (decoded(bytes, picture.layout()), picture.as_u8().unwrap().samples());
    assert_eq!(got.len(), want.len());
    let squares: u64 = got.iter().zip(want).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2)).sum();
    squares as f64 / want.len() as f64
}

/// Tall enough for several bands, and around their borders.
fn tall() -> Vec<Picture> {
    let mut pictures = Vec::new();
    for (layout, width) in [(Layout::Rgb, 1000), (Layout::Grey, 2999)] {
        let rows = BAND_SAMPLES / (width as usize * layout.channels()) / 16 * 16;
        for height in [2 * rows as u32 - 1, 2 * rows as u32 + 1, 10 * rows as u32 + 17] {
            pictures.push(scene("bands", (width, height), layout));
        }
    }
    pictures
}

fn samplings(picture: &Picture) -> impl Iterator<Item = Sampling> {
    let layout = picture.layout();
    SAMPLINGS.into_iter().filter(move |(l, _)| *l == layout).map(|(_, sampling)| sampling)
}

#[test]
fn bands_decode_to_what_one_pass_makes() {
    for picture in tall() {
        for sampling in samplings(&picture) {
            let (banded, whole) =
                (banded(&picture, 90, sampling, Level::detect()), whole(&picture, 90, sampling));
            assert!(banded.len() < whole.len() + whole.len() / 1000 + 20, "{picture} {sampling:?}");
            let decoded = |bytes| decoded(bytes, picture.layout());
            assert!(decoded(&banded) == decoded(&whole), "{picture} {sampling:?}");
        }
    }
}

#[test]
fn restarts_are_counted_modulo_eight() {
    let picture = &tall()[2];
    let bytes = banded(picture, 90, Sampling::Full, Level::detect());
    // Of all 0xff in the scan, only markers are followed by something other than zero.
    let scan = bytes.windows(2).position(|w| w == [0xff, 0xda]).unwrap() + 2;
    let found: Vec<u8> =
        bytes[scan..].windows(2).filter(|w| w[0] == 0xff && w[1] != 0).map(|w| w[1]).collect();
    let bands = picture.size().height().div_ceil(Cut::of(&picture.as_u8().unwrap(), Sampling::Full).rows);
    let mut wanted: Vec<u8> = (0..bands - 1).map(|i| 0xd0 + i as u8 % 8).collect();
    wanted.push(0xd9);
    assert!(bands > 9 && found == wanted, "{found:x?}");
}

#[test]
fn as_good_and_as_small_as_another_encoder() {
    let sizes = AWKWARD.into_iter().chain([(7, 9), (8, 8), (129, 65), (400, 300)]);
    for size in sizes {
        for (layout, sampling) in SAMPLINGS {
            for picture in [scene("oracle", size, layout), random("noise", size, layout, Depth::U8)] {
                for quality in [1, 50, 92, 100] {
                    let ours = banded(&picture, quality, sampling, Level::detect());
                    let theirs = oracle(&picture, quality, sampling);
                    let worse = 10.0 * (error(&picture, &ours) / error(&picture, &theirs)).log10();
                    // A fifth of a decibel, or what rounding can do where there are few pixels.
                    let small = size.0 * size.1 < 4000;
                    let about = format!("{picture} {sampling:?} {quality}");
                    assert!(
                        worse < 0.2 || small && error(&picture, &ours) < error(&picture, &theirs) * 1.3 + 1.5,
                        "{worse} dB, {about}"
                    );
                    let (ours, theirs) = (ours.len() as f64, theirs.len() as f64);
                    assert!(ours < theirs * 1.04 + 16.0, "{ours} for {theirs} bytes, {about}");
                }
            }
        }
    }
}

#[test]
fn neither_threads_nor_levels_matter() {
    let noise = random("threads", (1000, 700), Layout::Rgb, Depth::U8);
    for picture in [&tall()[2], &noise] {
        for (sampling, how) in
            samplings(picture).flat_map(|s| [(s, Compression::Fast), (s, Compression::Best)])
        {
            let with =
                |threads, level| Pool::new(threads).unwrap().run(|| coded(picture, 97, sampling, level, how));
            let one = with(1, Level::PLAIN);
            for level in Level::available() {
                assert!([1, 2, 5].into_iter().all(|threads| one == with(threads, level)), "{level} {how:?}");
            }
        }
    }
}

#[test]
fn the_best_is_smaller_and_decodes_alike() {
    for picture in tall() {
        for sampling in samplings(&picture) {
            let with = |how| coded(&picture, 90, sampling, Level::detect(), how);
            let (fast, best) = (with(Compression::Fast), with(Compression::Best));
            assert!(best.len() < fast.len(), "{picture} {sampling:?}: {} and {}", best.len(), fast.len());
            let decoded = |bytes| decoded(bytes, picture.layout());
            assert!(decoded(&best) == decoded(&fast), "{picture} {sampling:?}");
        }
    }
}

#[test]
fn extremes_survive() {
    for (layout, sampling) in SAMPLINGS {
        let black_and_white = random("extremes", (33, 70), layout, Depth::U8);
        let samples =
            black_and_white.as_u8().unwrap().samples().iter().map(|v| if v & 1 == 0 { 0 } else { 255 });
        let samples = crate::pixel::Samples::U8(samples.collect());
        let picture = Picture::new(black_and_white.size(), layout, samples).unwrap();
        let error = error(&picture, &banded(&picture, 100, sampling, Level::detect()));
        assert!(error < 2.0 || sampling == Sampling::Quarter, "{sampling:?}: {error}");
    }
}

#[test]
fn the_longest_rows_and_columns() {
    for size in [(65_535, 1), (1, 65_535), (65_535, 9), (17, 65_535)] {
        for (layout, sampling) in SAMPLINGS {
            let picture = scene("long", size, layout);
            let bytes = banded(&picture, 80, sampling, Level::detect());
            assert!(error(&picture, &bytes) < 400.0, "{picture} {sampling:?}");
        }
    }
}

#[test]
fn the_interval_fits_its_field_at_any_width() {
    for width in [1, 7, 16, 999, 65_535] {
        for (layout, sampling) in SAMPLINGS {
            let picture = Picture::blank(Size::new(width, 1).unwrap(), layout, Depth::U8);
            let cut = Cut::of(&picture.as_u8().unwrap(), sampling);
            let exact = cut.rows / sampling.unit() * (width as usize).div_ceil(sampling.unit());
            assert_eq!(usize::from(cut.interval), exact);
        }
    }
}
