//! How well detectors find the borders of things: `cargo bench --bench boundaries -- [name …]`.
//! Without names all detectors are compared; a name stands for those that contain it.
//!
//! The scenes are rendered, so the borders of their objects are known to the pixel. Scores are those of the Berkeley
//! benchmark: pixels found and true pixels are paired within 0.0075 of the diagonal, each at most once. Precision is
//! the share of found pixels that have a partner, recall that of the true ones, F twice their product over their sum.
//! Counts are added over all scenes: at one threshold for all (the best of them gives ODS), and at the best for each
//! (OIS); `mean` is that of the scenes' own F, so that each counts alike however many borders it has.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

mod detectors;
mod matching;

use detectors::{Detector, STEPS};
use matching::{Places, pairs};
use zhijin::edge::EdgeMap;
use zhijin::{Context, Engine, Job, Picture, Result};

const SCENES: [&str; 5] = ["still_life", "bust", "lake", "street", "garden"];

/// The tolerance, as a share of the diagonal.
const TOLERANCE: f64 = 0.0075;

struct Scene {
    picture: Picture,
    truth: Places,
    tolerance: f64,
}

/// Pixels with a partner, pixels found, true pixels.
#[derive(Clone, Copy, Default)]
struct Counts {
    paired: usize,
    found: usize,
    truth: usize,
}

impl Counts {
    fn f(self) -> f64 {
        2.0 * self.paired as f64 / (self.found + self.truth).max(1) as f64
    }

    fn plus(self, other: Self) -> Self {
        Self {
            paired: self.paired + other.paired,
            found: self.found + other.found,
            truth: self.truth + other.truth,
        }
    }
}

fn main() -> Result<()> {
    let engine = Engine::builder().build()?;
    let scenes = SCENES.iter().map(|name| open(name, &engine)).collect::<Result<Vec<_>>>()?;
    println!("| detector | ODS | at | precision | recall | OIS | mean | {} |", SCENES.join(" | "));
    println!("|---|---|---|---|---|---|---|{}", "---|".repeat(SCENES.len()));
    let names: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|part| name.contains(part.as_str()));
    for detector in detectors::all().into_iter().filter(|detector| wanted(&detector.name)) {
        let counts = scenes.iter().map(|scene| scored(&detector, scene)).collect::<Result<Vec<_>>>()?;
        print(&detector, &counts);
    }
    Ok(())
}

fn open(name: &str, engine: &Engine) -> Result<Scene> {
    let read = |file: String| -> Result<Picture> {
        let bytes = std::fs::read(format!("{}/fixtures/input/{file}", env!("CARGO_MANIFEST_DIR")));
        Ok(engine.run(&Job::new(bytes.expect("a fixture")).style("plain"))?.picture)
    };
    let (picture, objects) = (read(format!("{name}.png"))?, read(format!("{name}.objects.png"))?);
    let (width, height) = (objects.size().width(), objects.size().height());
    let (samples, channels) = (objects.as_u8().expect("8 bits").samples(), objects.layout().channels());
    let truth = Places::new(width, height, |x, y| samples[(y * width + x) * channels] > 127);
    Ok(Scene { picture, truth, tolerance: TOLERANCE * (width as f64).hypot(height as f64) })
}

/// At every threshold.
fn scored(detector: &Detector, scene: &Scene) -> Result<Vec<Counts>> {
    let maps = detector.maps(&scene.picture, &Context::default())?;
    Ok(maps.iter().map(|map| score(map, scene)).collect())
}

fn score(map: &EdgeMap, scene: &Scene) -> Counts {
    let found = Places::new(map.width(), map.height(), |x, y| map.is_edge(x, y));
    Counts {
        paired: pairs(&found, &scene.truth, scene.tolerance),
        found: found.at.len(),
        truth: scene.truth.at.len(),
    }
}

fn print(detector: &Detector, counts: &[Vec<Counts>]) {
    let sum =
        |each: &dyn Fn(&Vec<Counts>) -> Counts| counts.iter().map(each).fold(Counts::default(), Counts::plus);
    let at = |step: usize| sum(&|scene| scene[step]);
    let best = (0..STEPS).max_by(|a, b| at(*a).f().total_cmp(&at(*b).f())).unwrap_or(0);
    let own = |scene: &Vec<Counts>| {
        scene.iter().copied().max_by(|a, b| a.f().total_cmp(&b.f())).unwrap_or_default()
    };
    let Counts { paired, found, truth } = at(best);
    print!(
        "| {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
        detector.name,
        at(best).f(),
        detector.threshold(best),
        paired as f64 / found as f64,
        paired as f64 / truth as f64,
        sum(&own).f(),
    );
    print!(" {:.3} |", counts.iter().map(|scene| own(scene).f()).sum::<f64>() / counts.len() as f64);
    counts.iter().for_each(|scene| print!(" {:.3} |", own(scene).f()));
    println!();
}
