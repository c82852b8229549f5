//! The fixtures are what their makers make, and every file is spoken for.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../examples/paint_fixtures/canvas.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod canvas;
#[path = "../examples/paint_fixtures/chart.rs"]
mod chart;
#[path = "../examples/paint_fixtures/charts/mod.rs"]
mod charts;
#[path = "../examples/paint_fixtures/drawing.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod drawing;
#[path = "../examples/render_scenes/film.rs"]
mod film;
#[path = "../examples/render_scenes/lens.rs"]
mod lens;
#[path = "../examples/paint_fixtures/maths.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod maths;
#[path = "../examples/paint_fixtures/noise.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod noise;
#[path = "../examples/paint_fixtures/shapes.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod shapes;

#[path = "../examples/render_scenes/still_life/mod.rs"]
#[allow(dead_code, reason = "the size of the fixture is not asked for here")]
mod still_life;
#[path = "../examples/render_scenes/street/mod.rs"]
mod street;
#[path = "../examples/render_scenes/trace/mod.rs"]
#[allow(dead_code, unused_imports, reason = "one scene needs not all of it")]
mod trace;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The pixels of every frame, rather than the bytes: a newer compressor may find shorter words for the same picture.
fn pixels(path: &Path) -> Vec<u8> {
    let file = std::io::BufReader::new(fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let frames = reader.info().animation_control().map_or(1, |a| a.num_frames as usize);
    let size = reader.output_buffer_size().unwrap();
    let mut pixels = vec![0; size * frames];
    for frame in pixels.chunks_mut(size) {
        reader.next_frame(frame).unwrap();
    }
    pixels
}

#[test]
fn the_charts_come_out_as_committed() {
    type Painter = fn() -> canvas::Png;
    let charts = [
        ("chart.png", chart::paint as Painter),
        ("colour_wheel.png", charts::colour_wheel),
        ("gradients.png", charts::gradients),
        ("hairlines.png", charts::hairlines),
        ("lantern.png", charts::lantern),
        ("logo.png", charts::logo),
        ("ramp16.png", charts::ramp16),
        ("text.png", charts::text),
        ("zone_plate.png", charts::zone_plate),
    ];
    for (name, paint) in charts {
        let committed = pixels(&folder("input").join(name));
        assert!(committed == paint().bytes, "{name} is not what its painter paints");
    }
}

#[test]
fn the_lantern_rests_for_one_frame_and_moves_in_the_others() {
    let lantern = pixels(&folder("input/lantern.png"));
    let frames: Vec<&[u8]> = lantern.chunks(lantern.len() / 12).collect();
    let same: Vec<usize> = (1..12).filter(|&n| frames[n] == frames[n - 1]).collect();
    assert_eq!(same, [4]);
}

/// Every sixteenth row, which tells as much in a second as all of them would in half a minute.
#[test]
fn the_drawing_comes_out_as_committed() {
    let committed = pixels(&folder("input/drawing.png"));
    for (y, row) in committed.chunks(512 * 4).enumerate().step_by(16) {
        assert!(
            drawing::row(y).eq(row.iter().copied()),
            "row {y} of drawing.png is not what its painter paints"
        );
    }
}

/// A stamp of what came out on the machine where the fixtures were made, and it must not matter how many threads there are.
#[test]
fn a_rendered_scene_is_the_same_everywhere() {
    let stamp = |threads| {
        let frame = trace::Frame { width: 48, height: 36, samples: 4, seed: 1, threads };
        stamp(&still_life::paint_with(frame))
    };
    assert_eq!(stamp(1), stamp(2), "threads can be told apart");
    assert_eq!(format!("{:016x}", stamp(2)), "16d9418a2bc18560");
}

#[test]
fn the_street_is_the_same_everywhere() {
    assert_eq!(format!("{:016x}", stamp(&street::paint(60, 40, 2, 1))), "eb60a6983468b1cb");
}

fn stamp(painting: &film::Painting) -> u64 {
    let bytes = [film::develop(painting, 1.0, 1), film::boundaries(painting)].concat();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3))
}

#[test]
fn portable_maths_agrees_with_the_standard_library() {
    for n in -400..=400_i16 {
        let x = f32::from(n) * 0.05;
        let near = |ours: f32, std: f32, what: &str| {
            assert!((ours - std).abs() <= 2e-5 * std.abs().max(1.0), "{what}({x}) = {ours}, not {std}");
        };
        near(maths::sin(x), x.sin(), "sin");
        near(maths::cos(x), x.cos(), "cos");
        near(maths::exp(x * 0.5), (x * 0.5).exp(), "exp");
        near(maths::ln(x.abs() + 0.01), (x.abs() + 0.01).ln(), "ln");
        near(maths::atan2(x, 1.5), x.atan2(1.5), "atan2");
        near(maths::atan2(x, -0.5), x.atan2(-0.5), "atan2");
    }
}

#[test]
fn every_fixture_is_listed_in_its_readme() {
    for (place, listed_in) in
        [("input", "README.md"), ("codec", "codec/README.md"), ("broken", "broken/README.md")]
    {
        let readme = fs::read_to_string(folder(listed_in)).unwrap();
        for name in names(&folder(place)) {
            let tool = name.ends_with(".py") || name == "README.md" || name.starts_with("__");
            let told = tool || name.contains(".expected.") || name.starts_with("jpeg_orientation_");
            assert!(told || readme.contains(&name), "{name} is not in {listed_in}");
        }
    }
}

#[test]
fn the_pictures_stay_small() {
    let bytes: u64 =
        names(&folder("input")).iter().map(|n| folder("input").join(n).metadata().unwrap().len()).sum();
    assert!(bytes < 6_000_000, "fixtures/input holds {bytes} bytes; 6 000 000 at most");
}
