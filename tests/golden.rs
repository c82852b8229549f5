//! Odd but sound files decode to what a reference decoder gives: `fixtures/codec/NAME` against
//! `NAME.expected.png` (and, for animations, all frames one below the other in `NAME.frames.expected.png`).
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::path::{Path, PathBuf};

use zhijin::Context;
use zhijin::codec::{self, DecodeOptions};
use zhijin::pixel::{Depth, Layout, Picture};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/codec")
}

/// Names of the files that have a picture of this kind beside them.
fn with(suffix: &str) -> Vec<String> {
    let names = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter_map(|name| name.strip_suffix(suffix).map(String::from)).collect();
    names.retain(|name| !name.ends_with(".frames"));
    names.sort();
    names
}

fn read(name: &str) -> Picture {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    codec::decode(&bytes, &DecodeOptions::default(), &Context::default())
        .unwrap_or_else(|e| panic!("{name}: {e}"))
        .picture
}

/// Red, green, blue, alpha in 16 bits, whatever the picture has. Where alpha is 0 colour means nothing.
fn rgba(picture: &Picture) -> Vec<[u16; 4]> {
    let layout = picture.layout();
    let wide = picture.clone().into_depth(Depth::U16, &Context::default()).unwrap();
    let pixel = |p: &[u16]| match layout {
        Layout::Grey => [p[0], p[0], p[0], u16::MAX],
        Layout::GreyAlpha => [p[0], p[0], p[0], p[1]],
        Layout::Rgb => [p[0], p[1], p[2], u16::MAX],
        Layout::Rgba => [p[0], p[1], p[2], p[3]],
    };
    let samples = wide.as_u16().unwrap().samples().chunks_exact(layout.channels());
    samples.map(pixel).map(|p| if p[3] == 0 { [0; 4] } else { p }).collect()
}

/// How far two pictures are apart, in levels of 255: on average and at worst.
fn distance(a: &[[u16; 4]], b: &[[u16; 4]]) -> (f64, f64) {
    let apart = a.as_flattened().iter().zip(b.as_flattened()).map(|(a, b)| f64::from(a.abs_diff(*b)) / 257.0);
    let (sum, worst) = apart.fold((0.0, 0f64), |(sum, worst), d| (sum + d, worst.max(d)));
    (sum / (a.len() * 4) as f64, worst)
}

/// The greatest mean distance a file may have, as fixtures/codec/README.md says; zero means every sample agrees.
fn allowed(name: &str) -> f64 {
    let lossy = ["jpeg", "lossy", "565", "display_p3", "ycbcr"];
    match name {
        _ if name.contains("gamma") => 1.0,
        _ if lossy.iter().any(|word| name.contains(word)) || name == "webp_animated.webp" => 3.0,
        _ => 0.0,
    }
}

#[test]
fn odd_files_decode_to_what_the_reference_gives() {
    let names = with(".expected.png");
    assert!(names.len() > 40, "only {} files have an expectation", names.len());
    for name in names {
        let (ours, theirs) = (read(&name), read(&format!("{name}.expected.png")));
        assert_eq!(ours.size(), theirs.size(), "{name}");
        let (mean, worst) = distance(&rgba(&ours), &rgba(&theirs));
        // A profile or a gamma that ends in 8 bits may round the other way now and then.
        assert!(mean <= allowed(&name), "{name}: {mean:.3} levels apart on average, {worst:.1} at worst");
    }
}

#[test]
fn every_frame_is_the_canvas_the_reference_shows() {
    let names = with(".frames.expected.png");
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        let bytes = std::fs::read(folder().join(&name)).unwrap();
        let frames = codec::frames(&bytes, &DecodeOptions::default(), &Context::default()).unwrap();
        let ours: Vec<_> = frames.unwrap().flat_map(|frame| rgba(&frame.unwrap().picture)).collect();
        let theirs = rgba(&read(&format!("{name}.frames.expected.png")));
        assert_eq!(ours.len(), theirs.len(), "{name}: the number of frames");
        let (mean, worst) = distance(&ours, &theirs);
        let tolerance: f64 = if name.starts_with("webp") { 3.0 } else { 1.0 };
        assert!(
            worst <= tolerance + 1e-9 || mean < allowed(&name),
            "{name}: {mean:.3} on average, {worst:.1} at worst"
        );
    }
}
