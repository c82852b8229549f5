//! Colours, method by method: `cargo bench --bench quantize -- [-k 16,256] [--threads N] PHOTO…`.
//!
//! For each photograph and number of colours: the time to find a palette, the time to paint with it, and the mean squared
//! error in Oklab (times 10 000) and in sRGB (0 to 255, summed over channels).
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::sync::Arc;
use std::time::Instant;

use zhijin::parallel::Pool;
use zhijin::pixel::{Encoding, Planes};
use zhijin::quant::{Indexed, Method, Quantizer, Space};
use zhijin::{Context, Engine, Job, Picture};

const ROUNDS: usize = 5;

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (mut counts, mut photos, mut context) = (vec![16, 256], Vec::new(), Context::default());
    let (mut methods, mut spaces) = (Method::NAMED.to_vec(), vec![("oklab", Space::Oklab)]);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-k" => {
                counts = args.next().unwrap_or_default().split(',').filter_map(|n| n.parse().ok()).collect();
            }
            "--threads" => {
                let threads = args.next().and_then(|n| n.parse().ok()).expect("a number of threads");
                context.pool = Some(Arc::new(Pool::new(threads).expect("threads")));
            }
            "--kmeans" => methods.truncate(1),
            "--srgb" => spaces = vec![("srgb", Space::Srgb)],
            _ => photos.push(arg),
        }
    }
    if photos.is_empty() {
        return println!("give photographs: cargo bench --bench quantize -- PHOTO…");
    }
    let engine = Engine::builder().build().expect("an engine");
    for photo in photos {
        let job = Job::new(std::fs::read(&photo).expect("a readable photograph"));
        let picture = engine.run(&job.style("plain")).expect("a picture").picture;
        println!("{photo} {}", picture.size());
        println!(
            "{:<12}{:<8}{:>5}{:>12}{:>12}{:>14}{:>12}",
            "method", "space", "k", "palette ms", "map ms", "oklab e4", "srgb"
        );
        for &count in &counts {
            for &(name, method) in &methods {
                for &(space_name, space) in &spaces {
                    let (find, paint, errors) = measure(&picture, count, method, space, &context);
                    let [oklab, srgb] = errors;
                    println!(
                        "{name:<12}{space_name:<8}{count:>5}{find:>12.1}{paint:>12.1}{:>14.4}{:>12.3}",
                        oklab * 1e4,
                        srgb * 65025.0
                    );
                }
            }
        }
    }
}

/// Medians of the times, and the errors.
fn measure(
    picture: &Picture,
    count: usize,
    method: Method,
    space: Space,
    context: &Context,
) -> (f64, f64, [f64; 2]) {
    let (mut find, mut paint, mut painted) = (Vec::new(), Vec::new(), None);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let palette = Quantizer::new(count)
            .method(method)
            .space(space)
            .palette(&[picture], context)
            .expect("a palette");
        find.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let indexed = Indexed::nearest(picture, &palette, space, context).expect("painted");
        painted = Some(indexed.picture(context).expect("a picture"));
        paint.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let painted = painted.expect("a picture");
    let errors =
        [Encoding::Oklab, Encoding::Srgb].map(|encoding| error(picture, &painted, encoding, context));
    (median(find), median(paint), errors)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn error(a: &Picture, b: &Picture, encoding: Encoding, context: &Context) -> f64 {
    let [a, b] = [a, b].map(|picture| Planes::open(picture, encoding, context).expect("planes"));
    let one = |c: usize| {
        let pairs = a.colour[c.min(a.colour.len() - 1)].samples().iter().zip(b.colour[c].samples());
        pairs.map(|(x, y)| f64::from(x - y).powi(2)).sum::<f64>()
    };
    (0..3).map(one).sum::<f64>() / a.size().pixels() as f64
}
