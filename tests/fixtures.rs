//! The fixtures are what their makers make, and every file is spoken for.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../examples/paint_fixtures/canvas.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod canvas;
#[path = "../examples/paint_fixtures/chart.rs"]
mod chart;
#[path = "../examples/paint_fixtures/drawing.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod drawing;
#[path = "../examples/paint_fixtures/maths.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod maths;
#[path = "../examples/paint_fixtures/noise.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod noise;
#[path = "../examples/paint_fixtures/shapes.rs"]
#[allow(dead_code, reason = "the small pictures need little of it")]
mod shapes;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The pixels rather than the bytes: a newer compressor may find shorter words for the same picture.
fn pixels(path: &Path) -> Vec<u8> {
    let file = std::io::BufReader::new(fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}

#[test]
fn the_chart_comes_out_as_committed() {
    assert!(
        pixels(&folder("input/chart.png")) == chart::paint().bytes,
        "chart.png is not what its painter paints"
    );
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
    assert!(bytes < 3_000_000, "fixtures/input holds {bytes} bytes; 3 000 000 at most");
}
