//! Cloth in process, stage by stage: `cargo bench --bench weave -- PHOTO [--threads N]`; without a photograph the cards
//! alone.
//!
//! The cards are those of a damask of 20 000 hooks and 30 000 picks: woven, its floats tied, surveyed, written. Beside
//! them: how long it takes to copy the lift once, which no pass over it can beat.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use zhijin::parallel::Pool;
use zhijin::weave::card::{Cards, First, Harness, Packing, Sett, write_bmp, write_png, write_tiff};
use zhijin::weave::cloth::{Cloth, End, Fibre, Lift, Yarn};
use zhijin::weave::design::{self, Order, Tradition};
use zhijin::weave::floats::{Limits, repair, survey};
use zhijin::weave::render::{View, render};
use zhijin::weave::structure::Weave;
use zhijin::weave::wif::{Options, write_wif};
use zhijin::{Context, Engine, Job, Picture, Result};

const ROUNDS: usize = 5;

/// The median of some rounds, in milliseconds, and what was made.
fn timed<T>(mut make: impl FnMut() -> T) -> (f64, T) {
    let mut made = make();
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            made = black_box(make());
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[ROUNDS / 2], made)
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (mut photo, mut threads) = (None, 0);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--threads" => threads = args.next().and_then(|n| n.parse().ok()).expect("a number of threads"),
            _ => photo = Some(arg),
        }
    }
    let pool = Arc::new(Pool::new(threads)?);
    let context = Context { pool: Some(pool), ..Context::default() };
    if let Some(photo) = photo {
        let engine = Engine::builder().build()?;
        let bytes = std::fs::read(photo).expect("a readable photograph");
        pictures(&engine.run(&Job::new(bytes).style("plain"))?.picture, &context)?;
    }
    cards()
}

/// Each tradition on a photograph.
fn pictures(picture: &Picture, context: &Context) -> Result<()> {
    let (width, height) = (picture.size().width(), picture.size().height());
    let megapixels = (width * height) as f64 / 1e6;
    println!(
        "{width}×{height}: ms\n{:<10}{:>9}{:>9}{:>9}{:>9}",
        "tradition", "design", "weave", "render", "MP/s"
    );
    for tradition in Tradition::ALL {
        let order = Order::of(tradition);
        let (draw, design) = timed(|| design::draw(picture, &order, context));
        let design = design?;
        let (weave, cloth) = timed(|| design::weave(&design, order.max_float, None, true));
        let (cloth, _) = cloth?;
        let (light, shown) = timed(|| render(&cloth, &View::whole(&cloth, picture.size()), context));
        shown?;
        let rate = megapixels / (draw + weave + light) * 1e3;
        println!("{:<10}{draw:>9.0}{weave:>9.0}{light:>9.0}{rate:>9.1}", tradition.name());
    }
    Ok(())
}

/// Ellipses of weft satin on warp satin, their edges off the grid of words.
fn damask(ends: usize, picks: usize) -> Result<Cloth> {
    let (ground, figure): (Weave, Weave) = ("satin 8/3 warp".parse()?, "satin 16/5".parse()?);
    let mut lift = Lift::new(ends, picks);
    for pick in 0..picks {
        for (word, bits) in lift.row_mut(pick).iter_mut().enumerate() {
            let (x, y) = ((word % 40) as i64 - 20, (pick % 2000) as i64 / 40 - 25);
            let motif = if x * x + y * y < 300 { u64::MAX << (pick / 3 % 64) } else { 0 };
            *bits = ground.word(pick, word * 64) & !motif | figure.word(pick, word * 64) & motif;
        }
        if let Some(last) = lift.row_mut(pick).last_mut()
            && !ends.is_multiple_of(64)
        {
            *last &= u64::MAX >> (64 - ends % 64);
        }
    }
    let yarn =
        |name: &str, colour| Yarn { name: name.into(), colour, fibre: Fibre::Silk, tex: 5.0, width: 0.1 };
    Ok(Cloth {
        lift,
        yarns: vec![yarn("ground", [150, 20, 30]), yarn("figure", [240, 210, 90])],
        warp: vec![(0, End::Main); ends],
        weft: vec![1; picks],
        passes: (0..=picks as u32).collect(),
        spans: Vec::new(),
        ends_per_cm: 100.0,
        passes_per_cm: 60.0,
    })
}

/// A writer that counts.
#[derive(Default)]
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn cards() -> Result<()> {
    let (ends, picks) = (20_000, 30_000);
    println!("{ends} hooks, {picks} picks: ms, one thread");
    let told = |name: &str, time: f64, what: String| println!("{name:<18}{time:>9.0}  {what}");
    let (time, cloth) = timed(|| damask(ends, picks));
    let plain = cloth?;
    told("woven", time, String::new());
    let (time, copy) = timed(|| plain.lift.clone());
    told("copied once", time, format!("{} MB", copy.ends() / 8 * copy.picks() / 1_000_000));
    let limits = Limits { weft: 11, warp: 11 };
    let (time, done) = timed(|| {
        let mut cloth = plain.clone();
        repair(&mut cloth, limits, true).map(|done| (cloth, done))
    });
    let (cloth, done) = done?;
    told("floats tied", time, format!("{} ties, {} left", done.ties, done.left));
    let (time, floats) = timed(|| survey(&cloth, true));
    told("surveyed", time, format!("longest {} and {}", floats.longest_weft(), floats.longest_warp()));
    let mut cards = Cards::new(&cloth, Harness::plain(ends))?;
    let sett = Sett { across: 100.0, along: 60.0 };
    let mut written = |name: &str, write: &dyn Fn(&mut Counted, &mut Cards<'_>) -> io::Result<()>| {
        let (time, count) = timed(|| {
            let mut count = Counted::default();
            write(&mut count, &mut cards).expect("a counter takes everything");
            count.0
        });
        told(name, time, format!("{:.1} MB", count as f64 / 1e6));
    };
    written("TIFF", &|out, cards| write_tiff(out, cards, First::Top, sett, Packing::None));
    written("TIFF, PackBits", &|out, cards| write_tiff(out, cards, First::Top, sett, Packing::PackBits));
    written("BMP", &|out, cards| write_bmp(out, cards, First::Top, sett));
    written("PNG", &|out, cards| write_png(out, cards, First::Top, sett));
    let begun = Instant::now();
    let mut count = Counted::default();
    match write_wif(&mut count, &cloth, &Options { max_bytes: u64::MAX, ..Options::default() }) {
        Ok(wif) => told(
            "WIF, once",
            begun.elapsed().as_secs_f64() * 1e3,
            format!("{:.1} MB, {} shafts", count.0 as f64 / 1e6, wif.shafts),
        ),
        Err(error) => println!("WIF: {error}"),
    }
    Ok(())
}
