//! Bytes in, picture, bytes out: what the house costs beside the best codecs that link in, in the same run.
//!
//! Each of our runs stands next to one of the rival's, and the ratio is taken pair by pair, so a machine that
//! changes its speed does not change the answer. Give photographs as arguments
//! (`cargo bench --bench through -- photo.jpg …`); without any, our own picture at 12 megapixels is used.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use zhijin::codec::Format;
use zhijin::op::Resize;
use zhijin::{Engine, Job, Output};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

const ROUNDS: usize = 9;
const QUALITY: u8 = 95;

fn main() {
    let given: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let photos = if given.is_empty() { vec![our_own(folder.path())] } else { given };
    for photo in &photos {
        println!("\n{}", photo.file_name().unwrap_or_default().to_string_lossy());
        through(photo, folder.path());
    }
    batch(&photos[0], folder.path());
}

/// Our picture at 12 megapixels, with the grain a camera would have added.
fn our_own(folder: &Path) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input/lanterns.png");
    let job = Job::new(std::fs::read(source).expect("the fixture"))
        .size(Resize { longer: Some(4243), ..Resize::default() });
    let engine = Engine::builder().build().expect("an engine");
    let mut picture = engine.run(&job).expect("resized").picture;
    let mut state = 1u32;
    for sample in picture.as_u8_mut().expect("8 bits").samples() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *sample = sample.saturating_add_signed(((state >> 29) as i8) - 4);
    }
    let output = Output { format: Some(Format::Jpeg), ..Output::default() };
    let path = folder.join("lanterns-12mp.jpg");
    std::fs::write(&path, engine.render(&Job::new(picture), &output).expect("encoded").bytes)
        .expect("written");
    path
}

/// JPEG → PNG and JPEG → JPEG with a style that has no steps, as a whole process.
fn through(photo: &Path, folder: &Path) {
    let bytes = std::fs::read(photo).expect("a readable photograph");
    let (width, height, pixels) = decode(&bytes);
    let megapixels = (width * height) as f64 / 1e6;
    println!("{width}×{height}, {megapixels:.1} MP; times in ms, medians of {ROUNDS} pairs");
    println!(
        "{:<14}{:>9}{:>9}{:>10}{:>8}{:>12}{:>12}",
        "task", "decode", "encode", "process", "ratio", "ours, MB", "theirs, MB"
    );
    for (task, extension, encode) in [
        ("JPEG → PNG", "png", encode_png as fn(&[u8], usize, usize) -> Vec<u8>),
        ("JPEG → JPEG", "jpg", encode_jpeg),
    ] {
        let target = folder.join(format!("out.{extension}"));
        let mut rows = Vec::new();
        let mut theirs = 0;
        for _ in 0..ROUNDS {
            let decoding = time(|| decode(&bytes));
            let encoding = time(|| theirs = encode(&pixels, width, height).len());
            let quality = QUALITY.to_string();
            let ours = time(|| {
                zhijin(&[
                    "apply",
                    "plain",
                    path(photo),
                    "-o",
                    path(&target),
                    "--quality",
                    &quality,
                    "--overwrite",
                    "-q",
                ]);
            });
            rows.push([decoding, encoding, ours, ours / decoding.max(encoding)]);
        }
        let [decoding, encoding, process, ratio] =
            [0, 1, 2, 3].map(|i| median(rows.iter().map(|row| row[i]).collect()));
        let ours = std::fs::metadata(&target).expect("written").len();
        println!(
            "{task:<14}{:>9.1}{:>9.1}{:>10.1}{ratio:>8.2}{:>12.2}{:>12.2}",
            decoding * 1e3,
            encoding * 1e3,
            process * 1e3,
            ours as f64 / 1e6,
            theirs as f64 / 1e6
        );
        if let Some(peak) =
            peak_bytes(&["apply", "plain", path(photo), "-o", path(&target), "--overwrite", "-q"])
        {
            let decoded = 3.0;
            println!(
                "{:<14}peak memory {:.1} bytes per pixel ({decoded} of them the decoded picture)",
                "",
                peak / (width * height) as f64
            );
        }
    }
}

/// Forty files: all threads against one.
fn batch(photo: &Path, folder: &Path) {
    let many = folder.join("many");
    std::fs::create_dir(&many).expect("a folder");
    for i in 0..40 {
        std::fs::copy(photo, many.join(format!("{i:02}.jpg"))).expect("copied");
    }
    let out = folder.join("batch");
    let run = |extra: &[&str]| {
        let common =
            ["apply", "cyanotype", path(&many), "-o", path(&out), "--format", "jpg", "--overwrite", "-q"];
        time(|| zhijin(&[&common[..], extra].concat()))
    };
    let ratios = (0..3).map(|_| run(&["--threads", "1", "--jobs", "1"]) / run(&[])).collect();
    println!("\n40 files: {:.2} times the throughput of one thread (median of 3 pairs)", median(ratios));
}

fn decode(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let options = DecoderOptions::new_fast().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().expect("a JPEG");
    let (width, height) = decoder.dimensions().expect("decoded");
    (width, height, pixels)
}

fn encode_png(pixels: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels)).expect("encodes");
    out
}

fn encode_jpeg(pixels: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut out, QUALITY);
    encoder.encode(pixels, width as u16, height as u16, jpeg_encoder::ColorType::Rgb).expect("encodes");
    out
}

fn zhijin(arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_zhijin")).args(arguments).status().expect("starts");
    assert!(status.success(), "zhijin {arguments:?}");
}

/// The greatest memory of a run, where GNU time is there to tell.
fn peak_bytes(arguments: &[&str]) -> Option<f64> {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%M", env!("CARGO_BIN_EXE_zhijin")])
        .args(arguments)
        .output()
        .ok()?;
    let kilobytes: f64 = String::from_utf8(output.stderr).ok()?.lines().last()?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
