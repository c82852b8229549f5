//! What holds for every operator, whatever it does: the same bytes for any number of threads and on every CPU level,
//! sound results from any value it declares and any picture, and the size it foretells.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

#[path = "../src/test_support.rs"]
mod test_support;

use test_support::Random;
use zhijin::op::{self, Kind, Operator, Param};
use zhijin::pixel::{Depth, Layout, Picture, Samples, Size};
use zhijin::{Engine, Job, Level, Style};

const LAYOUTS: [Layout; 4] = [Layout::Rgb, Layout::Rgba, Layout::Grey, Layout::GreyAlpha];

/// Smooth tones, an edge, and noise; alpha from nothing to full.
fn picture(width: u32, height: u32, layout: Layout, chance: &mut Random) -> Picture {
    let size = Size::new(width, height).unwrap();
    let channels = layout.channels();
    let sample = |i: usize| {
        let (pixel, channel) = (i / channels, i % channels);
        let (x, y) = (pixel % size.width(), pixel / size.width());
        let slope = (x * 60_000 / size.width() + y * (channel + 1) * 3000 / size.height()) as u32;
        let edge = if x + channel > size.width() / 2 { 20_000 } else { 0 };
        ((slope + edge) % 60_000 + chance.below(5000) as u32) as u16
    };
    Picture::new(size, layout, (0..size.pixels() * channels).map(sample).collect::<Vec<u16>>()).unwrap()
}

/// Some value that the declaration allows, as a style file writes it; short lengths, to be done in time.
fn value(param: &Param, chance: &mut Random) -> String {
    let between = |min: f64, max: f64, chance: &mut Random| min + (max - min) * f64::from(chance.unit());
    match param.kind {
        Kind::Number { min, max } => format!("{:?}", between(min, max, chance)),
        Kind::Length { min, max } => format!("{:?}", between(min, max.min(min + 60.0), chance)),
        Kind::Integer { min, max } => {
            (min + chance.below((max.min(min + 12) - min + 1) as usize) as i64).to_string()
        }
        Kind::Flag => chance.unit().gt(&0.5).to_string(),
        Kind::Choice(words) => format!("\"{}\"", words[chance.below(words.len())]),
        Kind::Colors { min, max } => {
            let count = min + chance.below(max.min(min + 3) - min + 1);
            let color = |_| format!("\"#{:06x}\"", chance.below(1 << 24));
            format!("[{}]", (0..count).map(color).collect::<Vec<_>>().join(", "))
        }
        Kind::Points { .. } => "[[0.0, 0.1], [0.4, 0.6], [1.0, 0.9]]".into(),
        Kind::Text { .. } | Kind::File(_) => "\"\"".into(),
    }
}

/// The operator alone, with values by chance; a draw that the operator refuses is drawn again.
fn style(op: &dyn Operator, chance: &mut Random) -> Style {
    for _ in 0..50 {
        let settings: String =
            op.params().iter().map(|param| format!("{} = {}\n", param.name, value(param, chance))).collect();
        if let Ok(style) =
            Style::from_toml(op.name(), &format!("[[step]]\nop = \"{}\"\n{settings}", op.name()))
        {
            return style;
        }
    }
    panic!("{} refuses whatever its declaration allows, {chance}", op.name())
}

fn plain(op: &dyn Operator) -> Style {
    Style::from_toml(op.name(), &format!("[[step]]\nop = \"{}\"", op.name())).unwrap()
}

fn made(picture: &Picture, style: &Style, threads: usize, level: Level) -> Picture {
    let engine = Engine::builder().threads(threads).level(level).build().unwrap();
    let job = Job::new(picture.clone()).with_style(style.clone()).seed(5);
    engine.run(&job).unwrap_or_else(|error| panic!("{error}\n{style:?}")).picture
}

#[test]
fn any_number_of_threads_and_every_level_give_the_same_bytes() {
    let mut chance = Random::new("operators: same bytes");
    for (index, op) in op::all().enumerate() {
        for (n, style) in [plain(op), style(op, &mut chance)].into_iter().enumerate() {
            let layout = LAYOUTS[(index + n) % 4];
            let depth = if (index + n) % 3 == 0 { Depth::U16 } else { Depth::U8 };
            let input = picture(71, 203, layout, &mut chance);
            let input = input.into_depth(depth, &zhijin::Context::default()).unwrap();
            let first = made(&input, &style, 1, Level::PLAIN);
            for level in Level::available() {
                for threads in [1, 2, 5] {
                    let same = made(&input, &style, threads, level) == first;
                    assert!(same, "{layout:?} {depth:?}, {threads} threads, {level}, {chance}\n{style:?}");
                }
            }
        }
    }
}

#[test]
fn any_size_any_layout_and_any_value_give_a_sound_picture() {
    let mut chance = Random::new("operators: sound");
    let sizes = [(1, 1), (1, 37), (37, 1), (2, 2), (16, 16), (300, 5), (33, 31)];
    for op in op::all() {
        for (n, (width, height)) in sizes.into_iter().enumerate() {
            let style = if n % 3 == 0 { plain(op) } else { style(op, &mut chance) };
            let layout = LAYOUTS[n % 4];
            let input = picture(width, height, layout, &mut chance);
            let input = input.into_depth(Depth::F32, &zhijin::Context::default()).unwrap();
            let out = made(&input, &style, 1, Level::detect());
            let Samples::F32(samples) = out.samples() else { panic!("{} left floating point", op.name()) };
            let sound = samples.iter().all(|v| v.is_finite() && v.abs() < 1e4);
            assert!(sound, "{width}×{height} {layout:?}, {chance}\n{style:?}");
            assert_eq!(
                out.size(),
                style.estimate(input.size()).size,
                "the size foretold, {chance}\n{style:?}"
            );
        }
    }
}

#[test]
fn what_cannot_be_seen_does_not_show() {
    // Two pictures that differ only in the colour of pixels nobody can see.
    let mut chance = Random::new("operators: unseen colour");
    for op in op::all() {
        let hide = |colour: u16, input: &Picture| {
            let mut input = input.clone();
            let zhijin::pixel::SamplesMut::U16(samples) = input.samples_mut() else { panic!("made so") };
            for (i, pixel) in samples.chunks_exact_mut(4).enumerate() {
                if i % 40 < 20 {
                    pixel.copy_from_slice(&[colour, colour / 2, 65_535 - colour, 0]);
                }
            }
            input
        };
        let input = picture(40, 30, Layout::Rgba, &mut chance);
        let [a, b] =
            [hide(0, &input), hide(65_535, &input)].map(|input| made(&input, &plain(op), 1, Level::detect()));
        let seen = |picture: &Picture| {
            let samples = picture.as_u16().unwrap().samples().to_vec();
            samples.chunks_exact(4).filter(|pixel| pixel[3] > 0).flatten().copied().collect::<Vec<u16>>()
        };
        let (a, b) = (seen(&a), seen(&b));
        assert_eq!(a.len(), b.len(), "{}", op.name());
        let worst = a.iter().zip(&b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
        assert!(worst <= 300, "{}: what is unseen changes what is seen by {worst} of 65535", op.name());
    }
}
