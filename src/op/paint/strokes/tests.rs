use std::sync::Arc;

use super::*;
use crate::op::Palette;
use crate::parallel::Pool;
use crate::pixel::{Depth, Layout, Samples};
use crate::{Context, Level};

fn painted(picture: Picture, settings: &[(&str, &str)], work: &Context) -> Picture {
    let mut values = Values::defaults(PARAMS);
    for (name, text) in settings {
        let param = PARAMS.iter().find(|param| param.name == *name).unwrap();
        values.set(param.name, param.kind.read_text(text, &Palette::new()).unwrap());
    }
    let Action::Whole(bound) = Strokes.bind(&values) else { panic!("a whole") };
    bound.run(picture, &StepContext { work, seed: 3, rest: Depth::U8 }).unwrap()
}

fn bytes(picture: Picture) -> Vec<u8> {
    let Samples::U8(bytes) = picture.into_samples() else { panic!("8 bits") };
    bytes
}

fn scene(w: u32, h: u32, layout: Layout) -> Picture {
    let channels = layout.channels();
    let sample = |k: usize| {
        let (x, y, c) = (k / channels % w as usize, k / channels / w as usize, k % channels);
        ((x * (2 + c) + y * (5 - c) + if x / 20 % 2 == 0 { 90 } else { 0 }) % 256) as u8
    };
    let len = w as usize * h as usize * channels;
    Picture::new(Size::new(w, h).unwrap(), layout, (0..len).map(sample).collect::<Vec<u8>>()).unwrap()
}

#[test]
fn awkward_sizes_layouts_and_tools_are_painted() {
    let work = Context::default();
    for (w, h) in [(1, 1), (16, 16), (1, 90), (700, 5)] {
        for (layout, tool) in [(Layout::Rgb, "knife"), (Layout::Grey, "round"), (Layout::Rgba, "flat")] {
            let out = painted(scene(w, h, layout), &[("tool", tool)], &work);
            assert_eq!(out.size().as_u32(), (w, h));
        }
    }
}

#[test]
fn threads_and_levels_give_the_same_bytes() {
    let run = |threads: usize, level: Level| {
        let pool = Some(Arc::new(Pool::new(threads).unwrap()));
        bytes(painted(scene(300, 200, Layout::Rgb), &[], &Context { level, pool, ..Context::default() }))
    };
    let one = run(1, Level::PLAIN);
    for level in Level::available() {
        assert!(run(3, level) == one, "{level}");
    }
}

#[test]
fn alpha_stays() {
    let picture = scene(120, 90, Layout::Rgba);
    let before = bytes(picture.clone());
    let after = bytes(painted(picture, &[], &Context::default()));
    assert!(before.chunks_exact(4).zip(after.chunks_exact(4)).all(|(a, b)| a[3] == b[3]));
}

#[test]
fn with_everything_off_one_colour_stays_that_colour_without_gaps() {
    let off = ["relief", "canvas", "shine", "vivid", "contrast", "warmth", "hue", "light", "streaks"];
    let mut settings: Vec<_> = off.iter().map(|name| (*name, "0")).collect();
    settings.push(("cover", "1"));
    let colour = [180u8, 120, 60];
    let picture = Picture::new(Size::new(900, 850).unwrap(), Layout::Rgb, colour.repeat(900 * 850)).unwrap();
    let out = bytes(painted(picture, &settings, &Context::default()));
    let far = |pixel: &[u8]| pixel.iter().zip(colour).any(|(a, b)| a.abs_diff(b) > 2);
    let gaps = out.chunks_exact(3).filter(|pixel| far(pixel)).count();
    // What is rubbed in under the strokes is a little darker.
    assert!(gaps < 900 * 850 / 50, "{gaps} pixels are not painted");
    assert!(out.chunks_exact(3).all(|pixel| pixel[0].abs_diff(colour[0]) < 30), "a hole");
}
