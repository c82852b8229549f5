//! Stage by stage and whole, ours and others: `PHOTO=photo.png cargo bench --manifest-path benches/rivals/Cargo.toml`.
//!
//! Times are criterion's medians; the table at the end puts them beside the mean squared error in Oklab (times 10 000).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion};
use quantette::{ImageBuf, QuantizeMethod};
use zhijin::parallel::Pool;
use zhijin::quant::dither::{Diffusion, Dither, Ordered, Thresholds};
use zhijin::quant::{Indexed, Method, Quantizer, Space};
use zhijin::{Context, Picture, measure};
use zhijin_rivals as rivals;

const RESULTS: &str = "target/criterion";

/// A line of the table: what was timed, for how many colours, and the error of what came out.
type Line = (String, String, usize, Option<f64>);

fn main() {
    let photo = std::env::var("PHOTO")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/input/lanterns.png").into());
    let threads = std::env::var("THREADS").ok().and_then(|n| n.parse().ok()).unwrap_or(2);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().expect("threads");
    let context = Context { pool: Some(Arc::new(Pool::new(threads).expect("threads"))), ..Context::default() };
    let image = image::open(&photo).expect("a readable picture").to_rgb8();
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join(RESULTS);
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .output_directory(&results);
    let mut lines = Vec::new();
    for count in [16, 256] {
        stages(&mut criterion, &rivals::ours(&image), count, &context, &mut lines);
        whole(&mut criterion, &image, count, &context, &mut lines);
    }
    println!("\n{photo}, {}×{}, {threads} threads\n", image.width(), image.height());
    println!("| stage | by | colours | ms | error |\n|---|---|---|---|---|");
    for (stage, by, count, error) in lines {
        let time = median(&results, &stage, &by, count).map_or("–".into(), |ms| format!("{ms:.1}"));
        let error = error.map_or(String::new(), |error| format!("{:.3}", error * 1e4));
        println!("| {stage} | {by} | {count} | {time} | {error} |");
    }
}

/// Ours in its parts.
fn stages(criterion: &mut Criterion, picture: &Picture, count: usize, context: &Context, lines: &mut Vec<Line>) {
    let error = |out: &Picture| Some(measure::oklab_mse(picture, out, context).expect("of one size"));
    let mut group = criterion.benchmark_group("histogram");
    let quantizer = Quantizer::new(count);
    let gather = || quantizer.histogram(&[(picture, None)], context).expect("a histogram");
    group.bench_function(BenchmarkId::new("zhijin", count), |b| b.iter(gather));
    group.finish();
    lines.push(("histogram".into(), "zhijin".into(), count, None));
    let histogram = gather();
    let mut group = criterion.benchmark_group("clustering");
    for &(name, method) in Method::NAMED {
        let quantizer = Quantizer::new(count).method(method);
        let find = || quantizer.palette_of(&histogram, context).expect("a palette");
        group.bench_function(BenchmarkId::new(name, count), |b| b.iter(find));
        let out = Indexed::painted(picture.clone(), &find(), Space::Oklab, context).expect("painted");
        lines.push(("clustering".into(), name.into(), count, error(&out)));
    }
    group.finish();
    let palette = quantizer.palette_of(&histogram, context).expect("a palette");
    let mut group = criterion.benchmark_group("mapping");
    group.bench_function(BenchmarkId::new("zhijin", count), |b| {
        let paint = |picture| Indexed::painted(picture, &palette, Space::Oklab, context).expect("painted");
        b.iter_batched(|| picture.clone(), paint, BatchSize::LargeInput);
    });
    group.finish();
    lines.push(("mapping".into(), "zhijin".into(), count, None));
    let blue = Dither::Ordered(Ordered { thresholds: Thresholds::BlueNoise, strength: 1.0 });
    let mut group = criterion.benchmark_group("dithering");
    for (name, dither) in [("diffusion", Dither::Diffusion(Diffusion::default())), ("blue noise", blue)] {
        let mix = || Indexed::dithered(picture, &palette, Space::Oklab, dither, context).expect("dithered");
        group.bench_function(BenchmarkId::new(name, count), |b| b.iter(mix));
        lines.push(("dithering".into(), name.into(), count, error(&mix().picture(context).expect("a picture"))));
    }
    group.finish();
}

/// From decoded picture to picture of few colours, not dithered.
fn whole(
    criterion: &mut Criterion,
    image: &image::RgbImage,
    count: usize,
    context: &Context,
    lines: &mut Vec<Line>,
) {
    let picture = rivals::ours(image);
    let buffer = ImageBuf::try_from(image.clone()).expect("an image");
    let mut group = criterion.benchmark_group("whole");
    group.bench_function(BenchmarkId::new("zhijin", count), |b| {
        let paint = |picture| rivals::zhijin(picture, count, Method::KMeans, context);
        b.iter_batched(|| picture.clone(), paint, BatchSize::LargeInput);
    });
    let painted = rivals::zhijin(picture.clone(), count, Method::KMeans, context);
    let error = |out: &Picture| Some(measure::oklab_mse(&picture, out, context).expect("of one size"));
    lines.push(("whole".into(), "zhijin".into(), count, error(&painted)));
    let mut others: Vec<(&str, Box<dyn Fn() -> image::RgbImage + '_>)> = Vec::new();
    for (name, method, parallel) in [
        ("quantette wu", QuantizeMethod::Wu, false),
        ("quantette kmeans", QuantizeMethod::kmeans(), false),
        ("quantette kmeans parallel", QuantizeMethod::kmeans(), true),
    ] {
        let buffer = &buffer;
        others.push((name, Box::new(move || rivals::quantette(buffer, count, method.clone(), parallel))));
    }
    others.push(("libimagequant", Box::new(|| rivals::imagequant(image, count, 0.0))));
    others.push(("color_quant", Box::new(|| rivals::neuquant(image, count))));
    if count <= 16 {
        // Minutes for more.
        others.push(("kmeans_colors", Box::new(|| rivals::kmeans_colors(image, count))));
    }
    for (name, run) in others {
        group.bench_function(BenchmarkId::new(name, count), |b| b.iter(&run));
        lines.push(("whole".into(), name.into(), count, error(&rivals::ours(&run()))));
    }
    group.finish();
}

/// What criterion found, in milliseconds.
fn median(results: &Path, stage: &str, by: &str, count: usize) -> Option<f64> {
    let folder = results.join(stage).join(by).join(count.to_string());
    let text = std::fs::read_to_string(folder.join("new/estimates.json")).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(estimates["median"]["point_estimate"].as_f64()? / 1e6)
}
