//! `zhijin quantize` to a size and to a quality, and animations in one palette.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::codecs::gif::{GifDecoder, GifEncoder};
use image::{AnimationDecoder, Delay, Frame, Rgba, RgbaImage};

use crate::support::Desk;

/// Waves of colour that move with `time`, with a hole of this many pixels.
fn waves(width: u32, height: u32, time: u32, hole: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let wave = |phase: f32| ((x as f32 / 9.0 + y as f32 / 7.0 + phase).sin() * 120.0 + 128.0) as u8;
        let alpha = if x < hole && y < hole { 0 } else { 255 };
        Rgba([wave(time as f32), wave(2.0), (x * 3 + time * 5) as u8, alpha])
    })
}

/// A smooth picture as a PNG.
fn smooth(desk: &Desk) {
    let mut bytes = Cursor::new(Vec::new());
    waves(90, 70, 2, 0).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    desk.file("a.png", bytes.get_ref());
}

fn animation(frames: &[RgbaImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    let delay = Delay::from_numer_denom_ms(100, 1);
    encoder.encode_frames(frames.iter().map(|frame| Frame::from_parts(frame.clone(), 0, 0, delay))).unwrap();
    drop(encoder);
    bytes
}

fn frames(desk: &Desk, name: &str) -> Vec<RgbaImage> {
    let bytes = std::fs::read(desk.path(name)).unwrap();
    let frames = GifDecoder::new(Cursor::new(bytes)).unwrap().into_frames().collect_frames().unwrap();
    frames.into_iter().map(Frame::into_buffer).collect()
}

fn colours<'a>(pictures: impl IntoIterator<Item = &'a RgbaImage>) -> BTreeSet<[u8; 4]> {
    pictures.into_iter().flat_map(|picture| picture.pixels().map(|pixel| pixel.0)).collect()
}

/// The pictures of a GIF that bring a colour table of their own.
fn own_tables(bytes: &[u8]) -> usize {
    let mut options = gif::DecodeOptions::new();
    options.skip_frame_decoding(true);
    let mut decoder = options.read_info(bytes).unwrap();
    assert!(decoder.global_palette().is_some());
    let mut count = 0;
    while let Some(frame) = decoder.next_frame_info().unwrap() {
        count += usize::from(frame.palette.is_some());
    }
    count
}

#[test]
fn an_animation_has_one_palette_and_what_stands_still_stands_still() {
    let desk = Desk::new();
    let film = [waves(60, 40, 0, 0), waves(60, 40, 1, 0), waves(60, 40, 1, 0), waves(60, 40, 2, 0)];
    desk.file("a.gif", &animation(&film));
    desk.well(&["quantize", "a.gif", "-k", "16", "-o", "b.gif"]);
    let made = frames(&desk, "b.gif");
    assert_eq!(made.len(), 4);
    assert!(colours(&made).len() <= 16, "{}", colours(&made).len());
    assert_eq!(made[1], made[2]);
    assert_eq!(own_tables(&std::fs::read(desk.path("b.gif")).unwrap()), 0);
    desk.well(&["quantize", "a.gif", "-k", "16", "--each-frame", "-o", "c.gif"]);
    let each = frames(&desk, "c.gif");
    assert!(each.iter().all(|frame| colours([frame]).len() <= 16));
    assert!(colours(&each).len() > 16, "a palette for each");
}

#[test]
fn an_animation_of_few_colours_comes_back_and_holes_stay_holes() {
    let desk = Desk::new();
    let film = [waves(50, 30, 0, 9), waves(50, 30, 1, 5)];
    desk.file("a.gif", &animation(&film));
    desk.well(&["quantize", "a.gif", "-k", "12", "-o", "few.gif"]);
    let few = frames(&desk, "few.gif");
    assert!(colours(&few).len() <= 12);
    assert!(few[0].get_pixel(3, 3).0[3] == 0 && few[1].get_pixel(7, 7).0[3] == 255);
    desk.well(&["quantize", "few.gif", "-k", "12", "-o", "again.gif"]);
    assert_eq!(frames(&desk, "again.gif"), few);
}

#[test]
fn one_palette_covers_all_frames_of_all_files() {
    let desk = Desk::new();
    desk.file("in/a.gif", &animation(&[waves(40, 30, 0, 0), waves(40, 30, 9, 0)]));
    desk.file("in/b.gif", &animation(&[waves(40, 30, 4, 0), waves(40, 30, 6, 0)]));
    desk.well(&["quantize", "in", "-k", "10", "--one-palette", "-o", "out/"]);
    let (a, b) = (frames(&desk, "out/a.quantize.gif"), frames(&desk, "out/b.quantize.gif"));
    assert!(colours(a.iter().chain(&b)).len() <= 10);
}

#[test]
fn a_size_is_kept_with_as_many_colours_as_fit() {
    let desk = Desk::new();
    desk.picture("a.png", 160, 120);
    let size = |name: &str| std::fs::metadata(desk.path(name)).unwrap().len();
    for dither in ["none", "floyd-steinberg"] {
        let quantize = ["quantize", "a.png", "--no-recipe", "--overwrite", "--dither", dither];
        let run = |more: &[&str]| desk.well(&[&quantize[..], more].concat());
        run(&["-o", "all.png"]);
        let limit = size("all.png") * 2 / 3;
        let told = run(&["--target-size", &limit.to_string(), "--json", "-o", "small.png"]).json();
        assert!(size("small.png") <= limit, "{} is more than {limit}", size("small.png"));
        let count = told[0]["quantize"]["colours"].as_u64().unwrap();
        assert!((3..256).contains(&count), "{count} colours");
        run(&["--target-size", "1M", "-o", "same.png"]);
        assert_eq!(size("same.png"), size("all.png"), "what fits stays as it is");
    }
}

#[test]
fn a_size_that_cannot_be_kept_is_refused_with_what_can_be_done() {
    let desk = Desk::new();
    desk.picture("a.png", 160, 120).picture("b.png", 4, 4);
    let result =
        desk.run(&["quantize", "a.png", "b.png", "--target-size", "120", "--no-recipe", "-o", "out/"]);
    assert_eq!(result.code, 1);
    assert!(result.err.contains("even in 2 colours it takes"), "{}", result.err);
    assert!(result.err.contains("--size"), "{}", result.err);
    assert!(!desk.path("out/a.quantize.png").exists(), "nothing is written");
    let wrong = desk.run(&["quantize", "a.png", "--target-size", "lots"]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    let both = desk.run(&["quantize", "a.png", "--target-size", "9k", "--palette", "#000,#fff"]);
    assert_eq!(both.code, 2, "{}", both.err);
}

#[test]
fn a_quality_is_kept_with_as_few_colours_as_it_takes() {
    let desk = Desk::new();
    smooth(&desk);
    let run = |more: &[&str]| {
        let told =
            desk.well(&[&["quantize", "a.png", "--json", "--overwrite", "-o", "out.png"], more].concat());
        let told = told.json()[0]["quantize"].clone();
        (told["colours"].as_u64().unwrap(), told["quality"].as_f64().unwrap())
    };
    let (all, best) = run(&[]);
    let (fewer, enough) = run(&["--max-quality", "60"]);
    let (fewest, least) = run(&["--quality", "10-30", "--dither", "atkinson"]);
    assert!(all > fewer && fewer > fewest && best > enough, "{all}, {fewer}, {fewest}");
    assert!((60.0..70.0).contains(&enough) && least >= 30.0, "{enough}, {least}");
    let (_, one_less) = run(&["-k", &(fewer - 1).to_string()]);
    assert!(one_less < 60.0, "{one_less}: fewer would have done");
}

#[test]
fn what_is_not_good_enough_is_not_written() {
    let desk = Desk::new();
    smooth(&desk);
    for quality in [["--min-quality", "90"], ["--quality", "90-"]] {
        let result = desk.run(&[&["quantize", "a.png", "-k", "3", "-o", "out.png"], &quality[..]].concat());
        assert_eq!(result.code, 1);
        assert!(result.err.contains("the quality of 3 colours is"), "{}", result.err);
        assert!(!desk.path("out.png").exists());
    }
    desk.well(&["quantize", "a.png", "-k", "200", "--min-quality", "50", "-o", "out.png"]);
    let palette = ["quantize", "a.png", "--palette", "#000,#fff", "-o", "two.png", "--min-quality", "50"];
    assert!(desk.run(&palette).err.contains("the quality of the given colours"));
    assert_eq!(desk.run(&["quantize", "a.png", "--quality", "80-20"]).code, 2);
}

#[test]
fn what_would_be_larger_is_left() {
    let desk = Desk::new();
    desk.picture("a.png", 90, 70);
    desk.well(&["quantize", "a.png", "-k", "8", "--no-recipe", "-o", "few.png"]);
    let result = desk.well(&["quantize", "few.png", "-k", "8", "--skip-if-larger", "-o", "again.png"]);
    assert!(result.err.contains("would not become smaller"), "{}", result.err);
    assert!(!desk.path("again.png").exists());
    desk.well(&["quantize", "a.png", "-k", "8", "--skip-if-larger", "-o", "smaller.png"]);
    assert!(desk.path("smaller.png").exists());
}

#[test]
fn colours_take_as_few_bits_as_they_can_transparent_ones_too() {
    let desk = Desk::new();
    for hole in [0, 9] {
        let mut bytes = Cursor::new(Vec::new());
        waves(80, 60, 3, hole).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        desk.file("a.png", bytes.get_ref());
        for (count, depth) in [(2, 1), (4, 2), (16, 4), (256, 8)] {
            for effort in ["fast", "best"] {
                let k = format!("{count}");
                desk.well(&[
                    "quantize",
                    "a.png",
                    "-k",
                    &k,
                    "--compress",
                    effort,
                    "--overwrite",
                    "-o",
                    "b.png",
                ]);
                let file = std::io::BufReader::new(std::fs::File::open(desk.path("b.png")).unwrap());
                let reader = png::Decoder::new(file).read_info().unwrap();
                let info = reader.info();
                assert_eq!(info.color_type, png::ColorType::Indexed);
                assert_eq!(info.bit_depth as u8, depth, "{count} colours, {effort}");
                assert_eq!(info.trns.is_some(), hole > 0);
                assert!(info.palette.as_ref().unwrap().len() <= 3 * count);
            }
        }
    }
}

#[test]
fn threads_do_not_show() {
    let desk = Desk::new();
    desk.picture("a.png", 200, 150);
    desk.file("b.gif", &animation(&[waves(40, 30, 0, 3), waves(40, 30, 1, 0)]));
    let made = |threads: &str, name: &str, more: &[&str]| {
        let quantize = ["quantize", name, "--threads", threads, "--overwrite", "-o"];
        let out = format!("out-{name}");
        desk.well(&[&quantize[..], &[&out], more].concat());
        std::fs::read(desk.path(&out)).unwrap()
    };
    for more in [&["-k", "40"][..], &["--target-size", "6k"], &["--max-quality", "50"]] {
        assert_eq!(made("1", "a.png", more), made("3", "a.png", more), "{more:?}");
        assert_eq!(made("1", "b.gif", more), made("3", "b.gif", more), "{more:?}");
    }
}
