//! Paints the drawn pictures in `fixtures/input`: `cargo run --release --example paint_fixtures`.
//!
//! Nothing is loaded and nothing is random: noise, distance fields and a little optics, so the same files
//! come out on every machine. They are there to be what photographs are to a style: soft gradients, haze, grain, fine
//! texture, hard edges, small saturated lights. The scenes like photographs come from `render_scenes`.

mod canvas;
mod chart;
mod charts;
mod drawing;
mod lanterns;
#[allow(dead_code, reason = "the rendered scenes use the rest")]
mod maths;
#[allow(dead_code, reason = "the rendered scenes use the rest")]
mod noise;
mod shapes;

use std::error::Error;
use std::path::Path;

use canvas::Png;

type Painter = fn() -> Png;

/// File name and painter.
const PICTURES: &[(&str, Painter)] = &[
    ("chart.png", chart::paint),
    ("colour_wheel.png", charts::colour_wheel),
    ("drawing.png", drawing::paint),
    ("gradients.png", charts::gradients),
    ("hairlines.png", charts::hairlines),
    ("lantern.png", charts::lantern),
    ("lanterns.png", lanterns::paint),
    ("logo.png", charts::logo),
    ("ramp16.png", charts::ramp16),
    ("text.png", charts::text),
    ("zone_plate.png", charts::zone_plate),
];

/// With arguments, paints only the files named.
fn main() -> Result<(), Box<dyn Error>> {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input");
    std::fs::create_dir_all(&folder)?;
    for (name, painter) in PICTURES {
        if only.is_empty() || only.iter().any(|o| o == name) {
            painter().save(&folder.join(name))?;
        }
    }
    Ok(())
}
