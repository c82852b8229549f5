//! Errors of ours and others on many pictures:
//! `cargo run --release --manifest-path benches/rivals/Cargo.toml --bin errors -- [-k 16,256] [--dither] PHOTO…`
//!
//! Without `--dither`: the mean squared error in Oklab (times 10 000), and ours over the least of the others'. With it: the
//! difference an eye sees at 40 pixels a degree (S-CIELAB), each dithered by error diffusion in its own way.

use quantette::{ImageBuf, QuantizeMethod};
use zhijin::quant::Method;
use zhijin::{Context, Picture, measure};
use zhijin_rivals as rivals;

const PIXELS_PER_DEGREE: f32 = 40.0;

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut counts, mut dither, mut photos) = (vec![16, 64, 256], false, Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "-k" => counts = args.next().unwrap_or_default().split(',').filter_map(|n| n.parse().ok()).collect(),
            "--dither" => dither = true,
            _ => photos.push(arg),
        }
    }
    println!("| picture | colours | zhijin | quantette | libimagequant | ours / best |\n|---|---|---|---|---|---|");
    let mut ratios = vec![Vec::new(); counts.len()];
    for photo in &photos {
        let image = image::open(photo).expect("a readable picture").to_rgb8();
        let name = std::path::Path::new(photo).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (count, ratios) in counts.iter().zip(&mut ratios) {
            let [ours, quantette, imagequant] =
                if dither { dithered(&image, *count) } else { plain(&image, *count) };
            let ratio = ours / quantette.min(imagequant);
            println!("| {name} | {count} | {ours:.3} | {quantette:.3} | {imagequant:.3} | {ratio:.3} |");
            ratios.push(ratio);
        }
    }
    for (count, mut ratios) in counts.into_iter().zip(ratios) {
        ratios.sort_by(f64::total_cmp);
        let (middle, last) = (ratios[ratios.len() / 2], ratios[ratios.len() - 1]);
        let better = ratios.iter().filter(|&&ratio| ratio <= 1.0).count();
        println!("{count} colours: median {middle:.3}, worst {last:.3}, ours as good or better {better} of {}", ratios.len());
    }
}

fn plain(image: &image::RgbImage, count: usize) -> [f64; 3] {
    let context = Context::default();
    let picture = rivals::ours(image);
    let error = |out: &Picture| 1e4 * measure::oklab_mse(&picture, out, &context).expect("of one size");
    let buffer = ImageBuf::try_from(image.clone()).expect("an image");
    let quantette = [false, true]
        .map(|parallel| error(&rivals::ours(&rivals::quantette(&buffer, count, QuantizeMethod::kmeans(), parallel))));
    [
        error(&rivals::zhijin(picture.clone(), count, Method::KMeans, &context)),
        quantette[0].min(quantette[1]),
        error(&rivals::ours(&rivals::imagequant(image, count, 0.0))),
    ]
}

/// quantette dithers too, by Floyd and Steinberg's filter, at its own strength.
fn dithered(image: &image::RgbImage, count: usize) -> [f64; 3] {
    let context = Context::default();
    let picture = rivals::ours(image);
    let seen = |out: &Picture| {
        measure::scielab(&picture, out, PIXELS_PER_DEGREE, &context).expect("of one size").mean
    };
    let buffer = ImageBuf::try_from(image.clone()).expect("an image");
    [
        seen(&rivals::zhijin_dithered(&picture, count, &context)),
        seen(&rivals::ours(&rivals::quantette_dithered(&buffer, count))),
        seen(&rivals::ours(&rivals::imagequant(image, count, 1.0))),
    ]
}
