//! What a pass over pixels costs beside copying the same memory, which is as fast as a pass can be.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::sync::Arc;
use std::time::Instant;

use zhijin::op::Resize;
use zhijin::pixel::{Depth, Layout, Picture, Size};
use zhijin::{Context, Engine, Job, Level, Style};

const ROUNDS: usize = 9;

fn main() {
    let size = Size::new(4000, 3000).expect("a size");
    let samples: Vec<u8> =
        (0..size.pixels() * 3).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let picture = Picture::new(size, Layout::Rgb, samples).expect("a picture");
    println!(
        "12 MP, 8-bit RGB; times in ms and as a multiple of copying the picture, medians of {ROUNDS} pairs"
    );
    println!("{:<26}{:>8}{:>9}{:>9}{:>12}{:>10}", "pass", "level", "threads", "ms", "× a copy", "MP/s");
    for (name, style) in [
        ("exposure", "[[step]]\nop = \"exposure\"\nev = 1"),
        ("gradient_map", "[[step]]\nop = \"gradient_map\""),
        ("both, fused", "[[step]]\nop = \"exposure\"\nev = 1\n[[step]]\nop = \"gradient_map\""),
    ] {
        let job =
            |input: Arc<Picture>| Job::new(input).with_style(Style::from_toml(name, style).expect("a style"));
        measure(name, &picture, &job);
    }
    let half = Resize { scale: Some(0.5), ..Resize::default() };
    measure("resize to half, Lanczos", &picture, &|input| Job::new(input).size(half));
    let context = Context::default();
    let copy = time(|| picture.clone());
    let wide = time(|| picture.clone().into_depth(Depth::U16, &context));
    println!("{:<26}{:>8}{:>9}{:>9.1}{:>12.2}", "8 to 16 bits", "", "", wide * 1e3, wide / copy);
}

fn measure(name: &str, picture: &Picture, job: &dyn Fn(Arc<Picture>) -> Job) {
    let input = Arc::new(picture.clone());
    for level in Level::available() {
        for threads in [1, 2] {
            let engine = Engine::builder().level(level).threads(threads).build().expect("an engine");
            let mut rows = Vec::new();
            for _ in 0..ROUNDS {
                let copy = time(|| picture.clone());
                let outcome = engine.run(&job(input.clone())).expect("made");
                let pass: f64 = outcome.report.steps.iter().map(|step| step.time.as_secs_f64()).sum();
                rows.push((pass, pass / copy));
            }
            let ms = median(rows.iter().map(|row| row.0).collect());
            let ratio = median(rows.iter().map(|row| row.1).collect());
            println!(
                "{name:<26}{:>8}{threads:>9}{:>9.1}{ratio:>12.2}{:>10.0}",
                level.name(),
                ms * 1e3,
                12.0 / ms
            );
        }
    }
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
