//! What holds for every style: a preview shows what the full picture will be, and odd pictures come out whole.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

#[path = "support/ssim.rs"]
mod ssim;

use std::path::Path;

use zhijin::codec::{self, DecodeOptions, Format};
use zhijin::op::Resize;
use zhijin::pixel::{Depth, Layout, Picture, Size};
use zhijin::{Context, Engine, Job, Output, style};

fn fixture(name: &str) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input").join(name);
    codec::decode(&std::fs::read(path).unwrap(), &DecodeOptions::default(), &Context::default())
        .unwrap()
        .picture
}

fn reduced(picture: &Picture, longer: u32) -> Picture {
    let size = Resize { longer: Some(longer), ..Resize::default() };
    Engine::builder().build().unwrap().run(&Job::new(picture.clone()).size(size)).unwrap().picture
}

fn made(picture: &Picture, style: &str) -> Picture {
    let job = Job::new(picture.clone()).style(style).seed(3);
    Engine::builder().build().unwrap().run(&job).unwrap_or_else(|error| panic!("{style}: {error}")).picture
}

/// The longer side of a picture seen from afar.
const AFAR: u32 = 160;

#[test]
fn a_preview_agrees_with_the_full_picture() {
    let mut apart = Vec::new();
    for name in ["lanterns.png", "still_life.png"] {
        let full = fixture(name);
        let small = u32::try_from(full.size().longer()).unwrap() / 2;
        for style in style::builtin_names() {
            let preview = made(&reduced(&full, small), style);
            let after = reduced(&made(&full, style), small);
            // Strokes and threads are seen as tone from afar: where one lies beside another is the hand's, not the
            // picture's.
            let strokes =
                ["sketch", "brocade", "oil", "impressionism", "baroque", "watercolor", "ink", "chinese"];
            let strokes = strokes.iter().any(|begins| style.starts_with(begins));
            let alike = if strokes {
                ssim::ssim(&reduced(&preview, AFAR), &reduced(&after, AFAR))
            } else {
                ssim::ssim(&preview, &after)
            };
            // Where few flat colours are chosen, a hair's breadth decides which of two a large shape gets.
            let least = match style {
                "flat_illustration" => 0.7,
                "minimalism" => 0.8,
                // What is figure and what ground hangs by a hair in a dusk; a moon may be either.
                "brocade-yun" => 0.7,
                // Stripes and units are so many whole threads; their borders move with the picture's.
                "brocade-shu" | "brocade-zhuang" => 0.8,
                // The preview is so small that its strokes are less than two pixels apart.
                "sketch_hatch" => 0.7,
                // What is left bare is what matters least, and that hangs by a hair.
                "watercolor_sketch" => 0.85,
                _ if strokes => 0.9,
                _ => 0.97,
            };
            if alike < least {
                apart.push(format!("{style} on {name}: structural similarity {alike:.4}, not {least}"));
            }
        }
    }
    assert!(apart.is_empty(), "{apart:#?}");
}

/// The mean distance in Oklab of the means of cells, 32 to the longer side.
fn apart_in_cells(a: &Picture, b: &Picture) -> f64 {
    let cells = |picture: &Picture| {
        zhijin::filter::reduce(picture, 32, zhijin::pixel::Encoding::Oklab, &Context::default()).unwrap()
    };
    let (a, b) = (cells(a), cells(b));
    let count = a.size().pixels();
    let away = |i: usize| -> f64 {
        (0..3)
            .map(|c| f64::from(a.colour[c].samples()[i] - b.colour[c].samples()[i]).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    (0..count).map(away).sum::<f64>() / count as f64
}

#[test]
fn a_painting_agrees_with_its_preview_stroke_by_stroke() {
    let painted = ["oil", "impressionism", "baroque", "watercolor", "ink", "chinese"];
    let full = fixture("lanterns.png");
    let mut apart = Vec::new();
    for style in style::builtin_names().filter(|name| painted.iter().any(|begins| name.starts_with(begins))) {
        let preview = made(&reduced(&full, 768), style);
        let after = made(&full, style);
        let after = reduced(&after, preview.size().longer() as u32);
        let (alike, cells) = (ssim::ssim(&preview, &after), apart_in_cells(&preview, &after));
        println!("{style}: {alike:.3}, cells {cells:.4}");
        // The carving of the frame is finer than the preview.
        let least = if style == "baroque_framed" { 0.85 } else { 0.9 };
        if alike < least || cells > 0.01 {
            apart.push(format!("{style}: structural similarity {alike:.3}, cells {cells:.4} apart"));
        }
    }
    assert!(apart.is_empty(), "{apart:#?}");
}

/// The shipped styles whose results are as large as the picture.
fn of_one_size() -> impl Iterator<Item = &'static str> {
    style::builtin_names()
        .filter(|name| zhijin::Style::find(name).unwrap().steps.iter().all(|step| step.op.keeps_size()))
}

/// A pattern with tones, edges and, where the layout has it, a cut-out.
fn odd(width: u32, height: u32, layout: Layout, depth: Depth) -> Picture {
    let (size, channels) = (Size::new(width, height).unwrap(), layout.channels());
    let sample = |i: usize| {
        let (pixel, channel) = (i / channels, i % channels);
        let (x, y) = (pixel % size.width(), pixel / size.width());
        if layout.has_alpha() && channel == channels - 1 {
            return if (x / 7 + y / 5) % 2 == 0 { u16::MAX } else { 0 };
        }
        ((x * 911 + y * 577 * (channel + 1)) % 60_000) as u16
    };
    let samples: Vec<u16> = (0..size.pixels() * channels).map(sample).collect();
    Picture::new(size, layout, samples).unwrap().into_depth(depth, &Context::default()).unwrap()
}

#[test]
fn odd_pictures_come_out_whole() {
    let sizes = [(16, 16), (8000, 50), (1, 1), (1, 300)];
    let layouts = [Layout::Rgb, Layout::Rgba, Layout::Grey, Layout::GreyAlpha];
    for style in of_one_size() {
        for (n, (width, height)) in sizes.into_iter().enumerate() {
            for (layout, depth) in [(layouts[n], Depth::U8), (layouts[(n + 1) % 4], Depth::U16)] {
                let input = odd(width, height, layout, depth);
                let out = made(&input, style);
                assert_eq!((out.size(), out.depth()), (input.size(), depth), "{style} {layout:?}");
                assert!(out.layout().has_alpha() || !layout.has_alpha(), "{style}: alpha is lost");
            }
        }
    }
}

#[test]
fn a_cut_out_stays_cut_out() {
    let input = odd(120, 90, Layout::Rgba, Depth::U8);
    let alpha = |picture: &Picture| {
        picture.as_u8().unwrap().samples().iter().skip(3).step_by(4).copied().collect::<Vec<_>>()
    };
    for style in of_one_size() {
        assert_eq!(alpha(&made(&input, style)), alpha(&input), "{style}");
    }
}

#[test]
fn frames_that_are_alike_stay_alike() {
    let frame = codec::Frame {
        picture: odd(60, 40, Layout::Rgb, Depth::U8),
        delay: std::time::Duration::from_millis(100),
    };
    let context = Context::default();
    let mut encoder = codec::AnimationEncoder::new(
        Format::Png,
        frame.picture.size(),
        0,
        &Default::default(),
        &Default::default(),
    )
    .unwrap();
    for _ in 0..3 {
        encoder.push(&frame, &context).unwrap();
    }
    let animation = encoder.finish().unwrap();
    for style in style::builtin_names() {
        let engine = Engine::builder().build().unwrap();
        let made =
            engine.render(&Job::new(animation.clone()).style(style).seed(9), &Output::default()).unwrap();
        assert_eq!(made.report.frames, 3, "{style}");
        let frames = codec::frames(&made.bytes, &DecodeOptions::default(), &context).unwrap().unwrap();
        let frames: Vec<_> = frames.map(|frame| frame.unwrap().picture).collect();
        assert!(
            frames.windows(2).all(|pair| pair[0] == pair[1]),
            "{style} flickers between frames that are alike"
        );
    }
}
