//! The promises of the engine, through its public door: the same bytes for any number of threads and on every
//! CPU level, an end by the deadline, a stop when asked, a panic that stays the error of one job.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use zhijin::engine::{Backend, Failure, Request, Stage};
use zhijin::op::Resize;
use zhijin::pixel::{Depth, Layout, Picture, Size};
use zhijin::{Cancel, Engine, Error, Job, Level, Limits, Output, Style, codec::Format};

/// A picture with tones, colours and soft transparency everywhere, in any layout and depth.
fn picture(width: u32, height: u32, layout: Layout, depth: Depth) -> Picture {
    let size = Size::new(width, height).unwrap();
    let sample = |i: usize| {
        let (pixel, channel) = (i / layout.channels(), i % layout.channels());
        let (x, y) = (pixel % size.width(), pixel / size.width());
        ((x * (7 + channel * 3)) ^ (y * (5 + channel))) as u16 % 256 * 257
    };
    let samples: Vec<u16> = (0..size.pixels() * layout.channels()).map(sample).collect();
    let picture = Picture::new(size, layout, samples).unwrap();
    picture.into_depth(depth, &zhijin::Context::default()).unwrap()
}

const LAYOUTS: [Layout; 4] = [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba];

#[test]
fn any_number_of_threads_and_every_level_give_the_same_bytes() {
    let formats = [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff];
    let inputs = LAYOUTS.iter().flat_map(|l| [(*l, Depth::U8), (*l, Depth::U16)]);
    for (i, (layout, depth)) in inputs.enumerate() {
        let input = Arc::new(picture(167, 391, layout, depth));
        let job = |style: &str| {
            let job = Job::new(input.clone()).style(style).seed(7);
            let job = job.size(Resize { longer: Some(300), ..Resize::default() });
            // Cloth of few threads shows as much here, and is woven sooner.
            if style.starts_with("brocade") { job.set("brocade.ends", "160") } else { job }
        };
        // Each style has its turn with some of the inputs, and formats in turn: what is written does not depend on how
        // it was made.
        for (j, style) in zhijin::style::builtin_names().enumerate().filter(|(j, _)| (i + j) % 3 == 0) {
            same_bytes(
                &job(style),
                formats[(i + j) % formats.len()],
                &format!("{style} from {layout:?} {depth:?}"),
            );
        }
        for format in formats {
            same_bytes(&job("plain"), format, &format!("from {layout:?} {depth:?}"));
        }
    }
}

fn same_bytes(job: &Job, format: Format, about: &str) {
    let make = |threads, level| {
        let engine = Engine::builder().threads(threads).level(level).build().unwrap();
        engine.render(job, &Output { format: Some(format), ..Output::default() }).unwrap().bytes
    };
    let plain = make(1, Level::PLAIN);
    for level in Level::available() {
        for threads in [1, 2, 5] {
            let same = make(threads, level) == plain;
            assert!(same, "{about} to {format}: {threads} threads, {level}");
        }
    }
}

#[test]
fn the_report_is_true() {
    let engine = Engine::builder().threads(2).build().unwrap();
    let job = Job::new(picture(60, 40, Layout::Rgb, Depth::U8)).style("cyanotype").seed(3);
    let outcome = engine.run(&job.size(Resize { longer: Some(30), ..Resize::default() })).unwrap();
    let report = outcome.report;
    assert_eq!((report.style.as_str(), report.seed, report.threads), ("cyanotype", 3, 2));
    assert_eq!((report.input.width, report.output.width, outcome.picture.size().width()), (60, 30, 30));
    let names: Vec<_> = report.steps.iter().flat_map(|pass| &pass.steps).collect();
    assert_eq!(names, ["size", "exposure", "gradient_map"]);
    assert_eq!(report.made.place, "local");
    assert!(!report.is_degraded());
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["made"]["place"], "local");
}

#[test]
fn fused_steps_lose_nothing_to_rounding() {
    // Down and up again by nine stops: in 8 bits between the steps nothing would be left.
    let style = "[[step]]\nop = \"exposure\"\nev = -9\n[[step]]\nop = \"exposure\"\nev = 9";
    let input = picture(64, 64, Layout::Rgb, Depth::U8);
    let job = Job::new(input.clone()).with_style(Style::from_toml("there-and-back", style).unwrap());
    let outcome = Engine::builder().build().unwrap().run(&job).unwrap();
    assert_eq!(outcome.picture, input);
}

#[test]
fn alpha_is_left_alone_by_tone() {
    let input = picture(31, 9, Layout::Rgba, Depth::U8);
    let job = Job::new(input.clone()).style("gilt_lacquer");
    let made = Engine::builder().build().unwrap().run(&job).unwrap().picture;
    let alpha =
        |p: &Picture| p.as_u8().unwrap().samples().iter().skip(3).step_by(4).copied().collect::<Vec<_>>();
    assert_eq!(alpha(&made), alpha(&input));
}

#[test]
fn a_deadline_that_is_over_ends_the_job() {
    let job = Job::new(picture(500, 500, Layout::Rgb, Depth::U8)).style("cyanotype").deadline(Duration::ZERO);
    let error = Engine::builder().build().unwrap().run(&job).unwrap_err();
    assert!(matches!(error, Error::Deadline { .. }), "{error}");
}

#[test]
fn a_cancelled_job_stops_in_the_middle() {
    let cancel = Cancel::default();
    let switch = cancel.clone();
    let steps = "[[step]]\nop = \"resize\"\nlonger = 400\n".repeat(2);
    let job = Job::new(picture(500, 500, Layout::Rgb, Depth::U8))
        .with_style(Style::from_toml("twice", &steps).unwrap())
        .cancel(cancel)
        .observe(move |stage| {
            if matches!(stage, Stage::Step { index: 1, .. }) {
                switch.cancel();
            }
        });
    let error = Engine::builder().build().unwrap().run(&job).unwrap_err();
    assert!(matches!(error, Error::Cancelled), "{error}");
}

#[test]
fn a_picture_over_the_limit_is_refused() {
    let limits = Limits { max_pixels: 100, ..Limits::default() };
    let engine = Engine::builder().limits(limits).build().unwrap();
    let bytes = Engine::builder().build().unwrap();
    let png =
        bytes.render(&Job::new(picture(50, 50, Layout::Grey, Depth::U8)), &Output::default()).unwrap().bytes;
    let error = engine.run(&Job::new(png)).unwrap_err();
    assert!(matches!(error, Error::Limit { .. }), "{error}");
}

/// A backend that answers as it is told.
struct Told(fn() -> Result<(), Failure>);

impl Backend for Told {
    fn name(&self) -> &str {
        "told"
    }

    fn run(&self, request: &Request<'_>) -> Result<Picture, Failure> {
        (self.0)().map(|()| request.picture.clone())
    }
}

fn with_backend(answer: fn() -> Result<(), Failure>) -> Result<zhijin::Outcome, Error> {
    let engine = Engine::builder().backend(Told(answer)).build().unwrap();
    engine.run(&Job::new(picture(20, 20, Layout::Rgb, Depth::U8)).style("cyanotype"))
}

#[test]
fn a_backend_that_can_is_used() {
    let outcome = with_backend(|| Ok(())).unwrap();
    assert_eq!(outcome.report.made.place, "told");
    assert_eq!(outcome.picture, picture(20, 20, Layout::Rgb, Depth::U8));
}

#[test]
fn a_backend_that_cannot_leaves_it_to_local_work_and_the_report_says_so() {
    let outcome = with_backend(|| Err(Failure::Unavailable("submit algo service error".into()))).unwrap();
    assert!(outcome.report.is_degraded());
    assert_eq!(outcome.report.attempts[0].failure, "submit algo service error");
    let panicked = with_backend(|| panic!("wires crossed")).unwrap();
    assert!(panicked.report.attempts[0].failure.contains("wires crossed"));
    assert_eq!(panicked.picture, outcome.picture);
}

#[test]
fn a_refusal_is_final() {
    let error = with_backend(|| Err(Failure::Refused("not this picture".into()))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "told refused the picture: not this picture; change the picture or the style, or ask for local work"
    );
}

#[test]
fn an_observer_that_panics_harms_its_own_job_only() {
    let engine = Engine::builder().build().unwrap();
    let input = Arc::new(picture(20, 20, Layout::Rgb, Depth::U8));
    let job = Job::new(input.clone()).style("cyanotype").observe(|_| panic!("clumsy"));
    let error = engine.start(job).wait().unwrap_err();
    assert!(matches!(error, Error::Fault { .. }), "{error}");
    assert!(engine.run(&Job::new(input).style("cyanotype")).is_ok());
}

/// Counts how often it is woken.
#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_job_can_be_awaited_without_any_runtime() {
    let engine = Engine::builder().build().unwrap();
    let mut running =
        Box::pin(engine.start(Job::new(picture(300, 300, Layout::Rgb, Depth::U8)).style("cyanotype")));
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(bell.clone());
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        if let Poll::Ready(result) = running.as_mut().poll(&mut Context::from_waker(&waker)) {
            assert_eq!(result.unwrap().picture.size().width(), 300);
            return;
        }
        while bell.0.load(Ordering::SeqCst) == 0 {
            assert!(Instant::now() < patience, "the waker was never called");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn many_threads_may_share_one_engine() {
    let engine = Engine::builder().threads(2).build().unwrap();
    let input = Arc::new(picture(200, 200, Layout::Rgb, Depth::U8));
    let one = engine.run(&Job::new(input.clone()).style("cyanotype")).unwrap().picture;
    std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| engine.run(&Job::new(input.clone()).style("cyanotype")).unwrap().picture))
            .collect();
        jobs.into_iter().for_each(|job| assert_eq!(job.join().unwrap(), one));
    });
}
