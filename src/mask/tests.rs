use super::*;
use crate::context::Context;
use crate::op::{Palette, Value};
use crate::pixel::{Depth, Layout, Size};

fn weights(name: &str, settings: &[(&str, &str)], picture: &Picture) -> Vec<f32> {
    let mask = find(name).unwrap();
    let mut values = Values::defaults(mask.params());
    for (key, text) in settings {
        let param = mask.params().iter().find(|param| param.name == *key).unwrap();
        values.set(param.name, param.kind.read_text(text, &Palette::new()).unwrap());
    }
    let work = Context::default();
    let step = StepContext { work: &work, seed: 0, rest: Depth::U8 };
    mask.bind(&values).weigh(picture, &step).unwrap().into_samples()
}

fn picture(width: u32, height: u32, layout: Layout, samples: &[u8]) -> Picture {
    Picture::new(Size::new(width, height).unwrap(), layout, samples.to_vec()).unwrap()
}

#[test]
fn tones_are_told_apart() {
    let ramp = picture(3, 1, Layout::Grey, &[0, 128, 255]);
    assert_eq!(weights("tone", &[("to", "0.3")], &ramp), [1.0, 0.0, 0.0]);
    assert_eq!(weights("tone", &[("from", "0.7")], &ramp), [0.0, 0.0, 1.0]);
}

#[test]
fn near_colours_count_and_far_ones_do_not() {
    let three = picture(3, 1, Layout::Rgb, &[200, 16, 46, 190, 30, 50, 0, 80, 200]);
    let near = weights("color", &[], &three);
    assert!(near[0] == 1.0 && near[1] > 0.9 && near[2] == 0.0, "{near:?}");
}

#[test]
fn skin_of_any_shade_is_skin_and_sky_is_not() {
    // Four shades from a chart of skin tones, then sky, leaf, grey.
    let patches = [
        [241, 194, 158],
        [224, 172, 134],
        [141, 85, 54],
        [92, 58, 40],
        [110, 160, 220],
        [70, 120, 40],
        [128, 128, 128],
    ];
    let found = weights("skin", &[], &picture(7, 1, Layout::Rgb, patches.as_flattened()));
    assert!(found[..4].iter().all(|weight| *weight > 0.7), "{found:?}");
    assert!(found[4..].iter().all(|weight| *weight < 0.05), "{found:?}");
}

#[test]
fn the_middle_is_the_middle_whatever_the_size() {
    for (w, h) in [(1, 1), (9, 5), (90, 50)] {
        let flat = picture(w, h, Layout::Grey, &vec![0; (w * h) as usize]);
        let weights = weights("center", &[], &flat);
        assert_eq!(weights[weights.len() / 2 - if w == 90 { 45 } else { 0 }], 1.0, "{w}×{h}");
        if w > 1 {
            assert!(weights[0] < 0.05, "{w}×{h}: {}", weights[0]);
        }
    }
}

#[test]
fn gradients_run_where_they_are_told() {
    let flat = picture(4, 4, Layout::Grey, &[0; 16]);
    let at = |angle: &str| {
        let all = weights("gradient", &[("angle", angle)], &flat);
        [all[0], all[3], all[12], all[15]].map(|v| v > 0.5)
    };
    assert_eq!(at("0"), [false, false, true, true]);
    assert_eq!(at("90"), [false, true, false, true]);
    assert_eq!(at("180"), [true, true, false, false]);
}

#[test]
fn a_drawn_mask_is_stretched_over_the_picture() {
    let mask = picture(2, 1, Layout::GreyAlpha, &[255, 255, 255, 0]);
    let bytes = crate::codec::encode(
        &mask,
        crate::codec::Format::Png,
        &Default::default(),
        &Default::default(),
        &Context::default(),
    )
    .unwrap();
    let mut values = Values::defaults(file::File.params());
    let asset = crate::op::Asset { name: "m.png".into(), bytes: std::sync::Arc::new(bytes) };
    values.set("file", Value::File(Some(asset)));
    let work = Context::default();
    let step = StepContext { work: &work, seed: 0, rest: Depth::U8 };
    let flat = picture(8, 2, Layout::Grey, &[0; 16]);
    let plane = file::File.bind(&values).weigh(&flat, &step).unwrap();
    assert!(plane.row(1)[0] > 0.99 && plane.row(1)[7] < 0.01, "{:?}", plane.row(1));
}

#[test]
fn every_mask_declares_itself_well_and_stands_any_size() {
    for mask in ALL {
        assert!(mask.about().ends_with('.'), "{}", mask.name());
        for param in mask.params().iter().chain(COMMON) {
            param.default_value();
            assert!(param.about.ends_with('.'), "{}.{}", mask.name(), param.name);
        }
        for (w, h) in [(1, 1), (1, 70), (70, 1), (33, 9)] {
            let noise: Vec<u8> = (0..w * h * 3).map(|i| (i * 37 % 251) as u8).collect();
            let weights = weights(mask.name(), &[], &picture(w, h, Layout::Rgb, &noise));
            assert_eq!(weights.len(), (w * h) as usize);
            assert!(weights.iter().all(|weight| (0.0..=1.0).contains(weight)), "{} {w}×{h}", mask.name());
        }
    }
}
