//! What is asked of every painter.

use crate::Context;
use crate::kernel::Level;
use crate::op::{Action, Operator, StepContext, Values};
use crate::parallel::Pool;
use crate::pixel::{Depth, Layout, Picture, Samples, Size};
use std::sync::Arc;

/// Dark stripes on the left, a pale disc on the right, and colour.
pub(super) fn picture(w: u32, h: u32, layout: Layout) -> Picture {
    let size = Size::new(w, h).unwrap();
    let mut samples = Vec::new();
    for y in 0..h as i32 {
        for x in 0..w as i32 {
            let (dx, dy) = (x - 3 * w as i32 / 4, y - h as i32 / 2);
            let disc = 16 * (dx * dx + dy * dy) < (h * h) as i32;
            let dark = 2 * x < w as i32;
            let tone = if dark { 30 + 25 * (x / 5 % 3) } else { 225 - 60 * i32::from(disc) };
            let colour = [tone, tone * 4 / 5, tone * 3 / 5 + 40];
            let alpha = if x > y { 255 } else { 255 * ((x + y) % 3) / 2 };
            samples.extend(colour.iter().take(layout.colours()).map(|v| *v as u8));
            if layout.has_alpha() {
                samples.push(alpha as u8);
            }
        }
    }
    Picture::new(size, layout, samples).unwrap()
}

fn run(operator: &dyn Operator, values: &[(&str, &str)], picture: Picture, context: &Context) -> Picture {
    let mut all = Values::defaults(operator.params());
    for (name, text) in values {
        let param = operator.params().iter().find(|param| param.name == *name).unwrap();
        all.set(param.name, param.kind.read_text(text, &crate::op::Palette::new()).unwrap());
    }
    let step = StepContext { work: context, seed: 5, rest: Depth::U8 };
    match operator.bind(&all) {
        Action::Whole(whole) => whole.run(picture, &step).unwrap(),
        _ => panic!("paints the whole picture"),
    }
}

fn bytes(picture: Picture) -> Vec<u8> {
    match picture.into_samples() {
        Samples::U8(samples) => samples,
        _ => panic!("bytes were asked for"),
    }
}

pub(super) fn painted(operator: &dyn Operator, values: &[(&str, &str)], picture: Picture) -> Vec<u8> {
    bytes(run(operator, values, picture, &Context::default()))
}

/// Awkward sizes, all layouts; alpha stays.
pub(super) fn robust(operator: &dyn Operator, values: &[(&str, &str)]) {
    for (w, h) in [(1, 1), (16, 16), (1, 300), (900, 7), (2, 3), (130, 77)] {
        for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
            let source = picture(w, h, layout);
            let (size, alpha) = (source.size(), bytes(source.clone()));
            let out = run(operator, values, source, &Context::default());
            assert_eq!(out.size(), size, "{layout:?}");
            assert_eq!(out.layout().has_alpha(), layout.has_alpha(), "{size}");
            if layout.has_alpha() {
                let of = out.layout().channels();
                let out = bytes(out);
                let kept = out.iter().skip(of - 1).step_by(of);
                let own = alpha.iter().skip(layout.channels() - 1).step_by(layout.channels());
                assert!(kept.eq(own), "{size} {layout:?}");
            }
        }
    }
}

pub(super) fn same_for_all_levels_and_threads(operator: &dyn Operator, values: &[(&str, &str)]) {
    let source = picture(260, 190, Layout::Rgb);
    let with = |level, threads| {
        let pool = Some(Arc::new(Pool::new(threads).unwrap()));
        bytes(run(operator, values, source.clone(), &Context { level, pool, ..Context::default() }))
    };
    let plain = with(Level::PLAIN, 1);
    for level in Level::available() {
        for threads in [1, 2, 3] {
            assert!(with(level, threads) == plain, "level {level}, {threads} threads");
        }
    }
}
