//! Edges in process, stage by stage: `cargo bench --bench edges -- PHOTO [--threads N] [name …]`.
//!
//! Without names every stage runs; a name stands for all stages that contain it. Grey stages begin with grey bytes,
//! those of a picture with the photograph as it was read. With `--interactive` the names of grey stages are read from
//! standard input, one a line; each is run once and its time in ms printed.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use zhijin::edge::{
    Aperture, Canny, Channels, Colour, Combine, EdgeMap, Finder, Grey, Look, Norm, Operator, Refinement,
    Rule, Scene, colour_canny, difference_of_gaussians, gradients, gradients_into, laplacian_of_gaussian,
    points,
};
use zhijin::parallel::Pool;
use zhijin::pixel::{Encoding, Planes};
use zhijin::quant::Quantizer;
use zhijin::trace::{
    FlatDrawing, Follow, Ink, LineDrawing, Point, deviation, follow_scene, on_paper, order, tolerance_for,
    write_svg,
};
use zhijin::{Context, Engine, Job, Picture, Result};

const ROUNDS: usize = 7;

struct Bench {
    context: Context,
    megapixels: f64,
    names: Vec<String>,
    /// Run the one stage of that very name, and print nothing but its time.
    once: bool,
}

fn main() -> Result<()> {
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
        println!("give a photograph: cargo bench --bench edges -- PHOTO");
        return Ok(());
    };
    let engine = Engine::builder().build()?;
    let picture =
        engine.run(&Job::new(std::fs::read(&photo).expect("a readable photograph")).style("plain"))?.picture;
    let pool = Arc::new(Pool::new(threads)?);
    let context = Context { pool: Some(pool.clone()), ..Context::default() };
    let mut bench =
        Bench { context, megapixels: picture.size().pixels() as f64 / 1e6, names, once: interactive };
    if interactive {
        for line in std::io::stdin().lines() {
            bench.names = vec![line.expect("text")];
            bench.grey(&picture)?;
        }
        return Ok(());
    }
    println!("{}, {} threads, median of {ROUNDS}", picture.size(), pool.threads());
    println!("{:<36}{:>10}{:>10}{:>10}", "stage", "ms", "fastest", "ms/MP");
    bench.grey(&picture)?;
    bench.picture(&picture)?;
    bench.vectors(&picture)
}

impl Bench {
    fn time<T>(&self, name: &str, mut work: impl FnMut() -> Result<T>) -> Result<()> {
        if self.once {
            if self.names == [name] {
                let start = Instant::now();
                black_box(work()?);
                println!("{}", start.elapsed().as_secs_f64() * 1e3);
            }
            return Ok(());
        }
        if !self.names.is_empty() && !self.names.iter().any(|wanted| name.contains(wanted.as_str())) {
            return Ok(());
        }
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let start = Instant::now();
            black_box(work()?);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let median = times[ROUNDS / 2];
        println!("{name:<36}{median:>10.1}{:>10.1}{:>10.2}", times[0], median / self.megapixels);
        Ok(())
    }

    /// The detectors alone.
    fn grey(&self, picture: &Picture) -> Result<()> {
        let context = &self.context;
        let (width, height) = (picture.size().width(), picture.size().height());
        let planes = Planes::open(picture, Encoding::Srgb, context)?.colour;
        let bytes: Vec<u8> =
            planes[planes.len() / 2].samples().iter().map(|v| (v * 255.0).round() as u8).collect();
        let grey = Grey::new(&bytes, width, height)?;
        for aperture in [Aperture::Three, Aperture::Five, Aperture::Seven] {
            let side = aperture.side();
            let operator = Operator::Sobel(aperture);
            self.time(&format!("sobel {side}"), || gradients(grey, operator, context))?;
            // Not zeros, so that the memory is there before the clock starts.
            let mut planes = [vec![1; bytes.len()], vec![1; bytes.len()]];
            let [dx, dy] = &mut planes;
            self.time(&format!("sobel {side} again"), || gradients_into(grey, operator, [dx, dy], context))?;
            let scale = [1.0, 12.0, 160.0][side / 2 - 1];
            for norm in [Norm::Sum, Norm::Euclidean] {
                let canny = Canny { low: 100.0 * scale, high: 200.0 * scale, aperture, norm };
                self.time(&format!("canny {side} {norm:?}"), || canny.edges(grey, context))?;
                let mut mask = vec![1; bytes.len()];
                self.time(&format!("canny {side} {norm:?} as bytes"), || {
                    canny.edges(grey, context)?.mask_into(&mut mask, context)
                })?;
            }
        }
        self.time("scharr", || gradients(grey, Operator::Scharr, context))?;
        self.time("prewitt", || gradients(grey, Operator::Prewitt, context))?;
        let edges: EdgeMap = Canny::new(100.0, 200.0).edges(grey, context)?;
        self.time("mask", || edges.mask(context))?;
        self.time("points", || points(&edges, grey, Aperture::Three, Refinement::default(), context))?;
        for combine in [Combine::DiZenzo, Combine::Strongest(Norm::Sum)] {
            let channels = Channels::new([grey; 3])?;
            let canny = Canny::new(100.0, 200.0);
            self.time(&format!("canny {combine:?}"), || colour_canny(channels, combine, &canny, context))?;
        }
        for sigma in [1.0, 2.0, 4.0, 16.0] {
            let plane = &planes[0];
            self.time(&format!("log {sigma}"), || laplacian_of_gaussian(plane, sigma, context))?;
            self.time(&format!("dog {sigma}"), || difference_of_gaussians(plane, sigma, 1.6, context))?;
        }
        let response = laplacian_of_gaussian(&planes[0], 2.0, context)?;
        self.time("zero crossings", || response.zero_crossings(8.0, context))
    }

    /// From the photograph to what was found in it.
    fn picture(&self, picture: &Picture) -> Result<()> {
        let context = &self.context;
        for (name, sigma) in [("", 0.0), (" 1.4px", 1.4)] {
            for colour in [Colour::Grey, Colour::DiZenzo] {
                let look = Look { colour, sigma, ..Look::default() };
                self.time(&format!("open {colour:?}{name}"), || {
                    Scene::open(picture, look, context).map(|scene| scene.size())
                })?;
                let finder = Finder { look, ..Finder::default() };
                self.time(&format!("picture to points {colour:?}{name}"), || {
                    finder.points(picture, context)
                })?;
            }
        }
        let finder =
            Finder { look: Look { sigma: 1.4, reach: 40.0, ..Look::default() }, ..Finder::default() };
        self.time("picture to points of contours", || finder.points(picture, context))?;
        let scene = Scene::open(picture, Look::default(), context)?;
        for (name, rule) in Rule::NAMED {
            self.time(&format!("thresholds {name}"), || {
                scene.thresholds(*rule, Aperture::Three, Norm::Sum, context)
            })?;
        }
        Ok(())
    }

    /// From edges, ink and flat colours to files. What is traced is made before, with a blur as the command line has it.
    fn vectors(&self, picture: &Picture) -> Result<()> {
        let (context, size) = (&self.context, picture.size());
        let sigma = 1.2 / 1024.0 * size.longer() as f32;
        let finder = Finder { look: Look { sigma, ..Look::default() }, ..Finder::default() };
        let scene = Scene::open(picture, finder.look, context)?;
        let canny = finder.canny(&scene, context)?;
        let follow = Follow::for_size(size);
        self.time("canny and points 1.2", || finder.points(picture, context))?;
        self.time("canny, points and lines 1.2", || follow_scene(&scene, &canny, follow, context))?;
        let traced = follow_scene(&scene, &canny, follow, context)?;
        self.time("curves", || traced.curves(tolerance_for(size), context))?;
        let curves = traced.curves(tolerance_for(size), context)?;
        self.time("plotter order", || Ok(order(&curves, Point::default())))?;
        let drawing = LineDrawing::default();
        self.time("lines to svg", || Ok(write_svg(&drawing.sheet(&traced, size, context)?)))?;
        let grey = on_paper(picture, context)?;
        let ink = Ink::new(Grey::new(&grey, size.width(), size.height())?, 128);
        self.time("outlines of ink", || Ok(ink.outlines(4.0)))?;
        self.time("lines of ink", || ink.lines(follow, context))?;
        let (flat, _) = Quantizer::new(16).paint(picture.clone(), context)?;
        self.time("16 colours to svg", || Ok(write_svg(&FlatDrawing::default().sheet(&flat, context)?)))?;
        let svg = write_svg(&drawing.sheet(&traced, size, context)?).len();
        let flat = write_svg(&FlatDrawing::default().sheet(&flat, context)?).len();
        let found = order(&curves, Point::default());
        println!("{} lines in {svg} bytes, 16 colours in {flat} bytes", traced.lines.len());
        println!("a pen travels {:.1} times less than from above to below", found.before / found.after);
        let off = deviation(&traced.curves(0.0, context)?, &curves);
        println!(
            "curves are at most {:.2} pixels from the lines ({:.2} allowed)",
            off[1].most,
            tolerance_for(size)
        );
        Ok(())
    }
}
