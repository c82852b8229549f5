//! Renders scenes that behave like photographs: `cargo run --release --example render_scenes`.
//!
//! A small path tracer: soft shadows of large lights, light bounced between things, lenses with a depth of field, and at
//! the end a film with grain and a tone curve. Everything in front of the lens is made of formulas, so the pictures are
//! ours, and with every picture comes the truth that no photograph has: which object each pixel shows. `NAME.png` is the
//! picture, `NAME.objects.png` is white along the borders of its objects.
//!
//! ```text
//! cargo run --release --example render_scenes -- [--width N] [--samples N] [--seed N] [--out folder] [scene…]
//! ```
//!
//! Without a width each scene has the size it has in `fixtures/input`; those were made with 32 or 64 samples a pixel. A pixel's random numbers are hashes of its place
//! and the seed, and arithmetic is that of `maths`: the same picture on every machine and for any number of threads.

mod bust;
mod film;
mod flora;
mod garden;
mod lake;
mod lens;
#[path = "../paint_fixtures/maths.rs"]
#[allow(dead_code, reason = "the painted pictures use the rest")]
mod maths;
#[path = "../paint_fixtures/noise.rs"]
#[allow(dead_code, reason = "the painted pictures use the rest")]
mod noise;
#[path = "../paint_fixtures/shapes.rs"]
#[allow(dead_code, reason = "the painted pictures use the rest")]
mod shapes;
mod still_life;
mod street;
mod trace;

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use film::Painting;

/// Width, height, samples a pixel, seed.
type Painter = fn(usize, usize, u32, u32) -> Painting;

/// Name, the size whose aspect it keeps, and painter.
const SCENES: &[(&str, (usize, usize), Painter)] = &[
    ("bust", (600, 750), bust::paint),
    ("garden", (864, 576), garden::paint),
    ("lake", (900, 600), lake::paint),
    ("still_life", (768, 576), still_life::paint),
    ("street", (840, 560), street::paint),
];

/// What is asked for on the command line.
struct Wish {
    width: Option<usize>,
    samples: u32,
    seed: u32,
    out: PathBuf,
    only: Vec<String>,
}

impl Wish {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input");
        let mut wish = Self { width: None, samples: 64, seed: 1, out, only: Vec::new() };
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
            match arg.as_str() {
                "--width" => wish.width = Some(value()?.parse()?),
                "--samples" => wish.samples = value()?.parse()?,
                "--seed" => wish.seed = value()?.parse()?,
                "--out" => wish.out = value()?.into(),
                _ => wish.only.push(arg),
            }
        }
        match wish.only.iter().find(|name| !SCENES.iter().any(|(known, ..)| known == name)) {
            Some(name) => Err(format!("there is no scene {name}").into()),
            None => Ok(wish),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let wish = Wish::read(std::env::args().skip(1))?;
    std::fs::create_dir_all(&wish.out)?;
    for (name, (w, h), painter) in SCENES {
        if wish.only.is_empty() || wish.only.iter().any(|only| only == name) {
            let width = wish.width.unwrap_or(*w).max(1);
            let painting = painter(width, (width * h / w).max(1), wish.samples.max(1), wish.seed);
            let rgb = film::develop(&painting, 1.0, wish.seed);
            save(&wish.out.join(format!("{name}.png")), &painting, png::ColorType::Rgb, &rgb)?;
            let borders = film::boundaries(&painting);
            save(
                &wish.out.join(format!("{name}.objects.png")),
                &painting,
                png::ColorType::Grayscale,
                &borders,
            )?;
        }
    }
    Ok(())
}

fn save(path: &Path, size: &Painting, colour: png::ColorType, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(file, u32::try_from(size.width)?, u32::try_from(size.height)?);
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::MinEntropy);
    encoder.write_header()?.write_image_data(bytes)?;
    Ok(())
}
