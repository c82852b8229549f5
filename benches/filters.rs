//! Times operators in process, on an 8-bit photograph: `cargo bench --bench filters -- PHOTO [--threads N] [name …]`.
//!
//! Without names every case of [`CASES`] runs; a name stands for all cases that contain it. With `--interactive`
//! it reads lines `name` or `name<TAB>FILE` from standard input, runs that case once (writing its result to FILE) and
//! answers with milliseconds: `benches/opencv.py` takes turns with it that way.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::io::BufRead;
use std::sync::Arc;

use zhijin::{Engine, Job, Output, Picture, Style};

/// One line for each operator: the name shown, the operator, its parameters as a style file writes them.
const CASES: &[(&str, &str, &str)] = &[
    ("gaussian 2px encoded", "gaussian_blur", "sigma = \"2px\"\nlight = \"encoded\""),
    ("gaussian 2px linear", "gaussian_blur", "sigma = \"2px\""),
    ("gaussian 20px encoded", "gaussian_blur", "sigma = \"20px\"\nlight = \"encoded\""),
    ("gaussian 20px linear", "gaussian_blur", "sigma = \"20px\""),
    ("box 8px", "box_blur", "radius = \"8px\""),
    ("median 3x3", "median", "radius = \"1px\""),
    ("median 5x5", "median", "radius = \"2px\""),
    ("median 7x7", "median", "radius = \"3px\""),
    ("median 33x33", "median", "radius = \"16px\""),
    ("bilateral 9x9", "bilateral", "radius = \"4px\"\nrange = 0.1\nspace = \"encoded\""),
    ("bilateral 25x25", "bilateral", "radius = \"12px\"\nrange = 0.1\nspace = \"encoded\""),
    ("bilateral oklab 25x25", "bilateral", "radius = \"12px\"\nrange = 0.1"),
    ("guided 8px", "guided_filter", "radius = \"8px\"\nepsilon = 0.1"),
    (
        "domain transform recursive",
        "domain_transform",
        "radius = \"60px\"\nrange = 0.4\nrounds = 3\nspace = \"encoded\"",
    ),
    (
        "domain transform normalised",
        "domain_transform",
        "radius = \"60px\"\nrange = 0.4\nmethod = \"normalised\"\nrounds = 3\nspace = \"encoded\"",
    ),
    ("rolling guidance", "rolling_guidance", ""),
    ("texture removal", "texture_removal", ""),
    ("denoise", "denoise", ""),
    ("local contrast", "local_contrast", ""),
    ("clahe", "clahe", ""),
    ("dehaze", "dehaze", ""),
    ("unsharp 2px", "unsharp", "radius = \"2px\""),
    ("bloom", "bloom", ""),
    ("halation", "halation", ""),
    ("saturation", "saturation", "saturation = 0.3"),
    ("grain", "grain", ""),
    ("surface silk", "surface", "material = \"silk\""),
    ("edges", "edges", ""),
    ("edges canny", "edges", "sigma = \"0px\"\nlow = 100\nhigh = 200\nink = \"#fff\"\npaper = \"#000\""),
    (
        "edges canny euclidean",
        "edges",
        "norm = \"euclidean\"\nsigma = \"0px\"\nlow = 100\nhigh = 200\nink = \"#fff\"\npaper = \"#000\"",
    ),
    (
        "edges canny 5",
        "edges",
        "aperture = 5\nsigma = \"0px\"\nlow = 1200\nhigh = 2400\nink = \"#fff\"\npaper = \"#000\"",
    ),
    (
        "edges canny 7",
        "edges",
        "aperture = 7\nsigma = \"0px\"\nlow = 16000\nhigh = 32000\nink = \"#fff\"\npaper = \"#000\"",
    ),
    (
        "edges canny colour",
        "edges",
        "colour = \"strongest\"\nsigma = \"0px\"\nlow = 100\nhigh = 200\nink = \"#fff\"\npaper = \"#000\"",
    ),
    ("edges sobel", "edges", "method = \"sobel\"\nsigma = \"0px\"\nink = \"#fff\"\npaper = \"#000\""),
    (
        "edges sobel euclidean",
        "edges",
        "method = \"sobel\"\nnorm = \"euclidean\"\nsigma = \"0px\"\nink = \"#fff\"\npaper = \"#000\"",
    ),
    ("flow lines", "flow_lines", ""),
    ("flow lines over", "flow_lines", "over = true"),
    ("xdog ink", "xdog", ""),
    ("xdog pastel", "xdog", "look = \"pastel\""),
    ("xdog every pixel 1px", "xdog", "flow = false\nwidth = \"1px\""),
    ("sketch graphite", "graphite", ""),
    ("sketch charcoal", "charcoal", ""),
    ("sketch hatch", "hatch", ""),
    ("sketch coloured pencil", "coloured_pencil", ""),
    ("kuwahara 5px", "kuwahara", "radius = \"5px\"\nscales = 1"),
    ("kuwahara 20px", "kuwahara", "radius = \"20px\""),
    ("shock", "shock", ""),
    ("flow grain", "flow_grain", ""),
];

/// The case of this name: one of the list, or `style NAME`.
fn style(case: &str) -> Option<Style> {
    if let Some(name) = case.strip_prefix("style ") {
        return Style::find(name).ok();
    }
    let (_, op, params) = CASES.iter().find(|known| known.0 == case)?;
    Some(Style::from_toml(op, &format!("[[step]]\nop = \"{op}\"\n{params}")).expect("a style"))
}

/// Every case, shipped styles last.
fn cases() -> impl Iterator<Item = String> {
    let styles = zhijin::style::builtin_names().map(|name| format!("style {name}"));
    CASES.iter().map(|case| case.0.to_string()).chain(styles)
}

const ROUNDS: usize = 7;

struct Bench {
    engine: Engine,
    picture: Arc<Picture>,
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (mut photo, mut names, mut threads, mut interactive) = (None, Vec::new(), 0, false);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--threads" => threads = args.next().and_then(|n| n.parse().ok()).expect("a number of threads"),
            "--interactive" => interactive = true,
            _ if photo.is_none() => photo = Some(arg),
            _ => names.push(arg),
        }
    }
    let Some(photo) = photo else {
        return println!("give a photograph: cargo bench --bench filters -- PHOTO");
    };
    let engine = Engine::builder().threads(threads).build().expect("an engine");
    let job = Job::new(std::fs::read(&photo).expect("a readable photograph"));
    let picture = engine.run(&job.style("plain")).expect("a picture").picture;
    let bench = Bench { engine, picture: Arc::new(picture) };
    if interactive { bench.take_turns() } else { bench.table(&names) }
}

impl Bench {
    /// Milliseconds of the steps alone, and the picture that came out.
    fn run(&self, style: Style) -> (f64, Picture) {
        let outcome = self.engine.run(&Job::new(self.picture.clone()).with_style(style)).expect("made");
        let time: f64 = outcome.report.steps.iter().map(|step| step.time.as_secs_f64()).sum();
        (time * 1e3, outcome.picture)
    }

    fn table(&self, names: &[String]) {
        let size = self.picture.size();
        let megapixels = size.pixels() as f64 / 1e6;
        let threads = self.engine.threads();
        println!("{size}, {megapixels:.1} MP, {threads} threads, median of {ROUNDS}");
        println!("{:<28}{:>10}{:>10}{:>10}", "case", "ms", "fastest", "ms/MP");
        for name in cases() {
            if !names.is_empty() && !names.iter().any(|wanted| name.contains(wanted.as_str())) {
                continue;
            }
            let style = style(&name).expect("a case of the list");
            let mut times: Vec<_> = (0..ROUNDS).map(|_| self.run(style.clone()).0).collect();
            times.sort_by(f64::total_cmp);
            let median = times[ROUNDS / 2];
            println!("{name:<28}{median:>10.1}{:>10.1}{:>10.2}", times[0], median / megapixels);
        }
    }

    fn take_turns(&self) {
        for line in std::io::stdin().lock().lines() {
            let line = line.expect("readable lines");
            let (name, file) = line.split_once('\t').map_or((line.as_str(), None), |(n, f)| (n, Some(f)));
            let Some(style) = style(name) else {
                println!("no case is called {name}");
                continue;
            };
            let (time, picture) = self.run(style);
            if let Some(file) = file {
                let bytes = self
                    .engine
                    .render(&Job::new(picture).style("plain"), &Output::default())
                    .expect("encoded");
                std::fs::write(file, bytes.bytes).expect("written");
            }
            println!("{time:.3}");
        }
    }
}
