//! Paints the pictures in `fixtures/input`: `cargo run --release --example paint_fixtures`.
//!
//! Nothing is loaded and nothing is random: noise, distance fields and a little optics, so the same files
//! come out on every machine. They are there to be what photographs are to a style: soft gradients, haze, grain, fine
//! texture, hard edges, small saturated lights, a face.

mod canvas;
mod chart;
mod drawing;
mod lanterns;
mod march;
mod maths;
mod noise;
mod portrait;
mod shapes;
mod still_life;

use std::error::Error;
use std::path::Path;

use canvas::Png;

type Painter = fn() -> Png;

/// File name and painter.
const PICTURES: &[(&str, Painter)] = &[
    ("chart.png", chart::paint),
    ("drawing.png", drawing::paint),
    ("lanterns.png", lanterns::paint),
    ("portrait.png", portrait::paint),
    ("still_life.png", still_life::paint),
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
