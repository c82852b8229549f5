//! What the loom gets: every picture in every tradition can be woven, judged by the written files alone and by code that
//! shares nothing with what wrote them.
//!
//! `ZHIJIN_PICTURES=folder cargo test --release --test weave` does the same with pictures of your own, at full size.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::path::{Path, PathBuf};

use zhijin::codec::{self, DecodeOptions};
use zhijin::weave::card::{Cards, First, Harness, Packing, Sett, write_bmp, write_png, write_tiff};
use zhijin::weave::check::{self, check_wif};
use zhijin::weave::cloth::{Cloth, End};
use zhijin::weave::design::{self, Order, Repeat, Size, Tradition};
use zhijin::weave::render::{Renderer, View};
use zhijin::weave::wif::{self, Options, Plan, read_cloth, write_wif};
use zhijin::{Context, Picture};

const PICTURES: [&str; 8] = [
    "lanterns.png",
    "still_life.png",
    "bust.png",
    "garden.png",
    "lake.png",
    "street.png",
    "colour_wheel.png",
    "logo.png",
];

fn read(path: &Path) -> Picture {
    let bytes = std::fs::read(path).unwrap();
    codec::decode(&bytes, &DecodeOptions::default(), &Context::default())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .picture
}

/// The pictures to weave, and how many ends each gets; `None`: as many as the tradition takes.
fn pictures() -> (Vec<PathBuf>, Option<usize>) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input");
    match std::env::var_os("ZHIJIN_PICTURES") {
        None => (PICTURES.iter().map(|name| fixtures.join(name)).collect(), Some(150)),
        Some(folder) => {
            let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
            files.retain(|path| {
                path.extension().is_some_and(|e| ["png", "jpg", "jpeg"].iter().any(|k| *k == e))
            });
            files.sort();
            (files, None)
        }
    }
}

fn order(tradition: Tradition, ends: Option<usize>) -> Order {
    let usual = Order::of(tradition);
    Order { size: ends.map_or(usual.size, Size::Ends), ..usual }
}

fn woven(picture: &Picture, order: &Order) -> (design::Design, Cloth) {
    let design = design::draw(picture, order, &Context::default()).unwrap();
    let (cloth, done) = design::weave(&design, order.max_float, None, true).unwrap();
    assert_eq!(done.left, 0, "floats are left");
    (design, cloth)
}

fn draft(cloth: &Cloth) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_wif(&mut bytes, cloth, &Options { max_bytes: 1 << 30, ..Options::default() }).unwrap();
    bytes
}

/// The most picks of a pass.
fn wefts(cloth: &Cloth) -> usize {
    cloth.passes.windows(2).map(|w| (w[1] - w[0]) as usize).max().unwrap_or(1)
}

#[test]
fn every_picture_in_every_tradition_can_be_woven() {
    let (files, ends) = pictures();
    let mut longest = 0;
    for path in &files {
        let picture = read(path);
        for tradition in Tradition::ALL {
            let order = Order { max_float: 12, yarns: 16, ..order(tradition, ends) };
            let (_, cloth) = woven(&picture, &order);
            let bytes = draft(&cloth);
            let report = check_wif(&bytes, true, &check::Limits::default()).unwrap();
            let about = format!("{} as {tradition:?}:\n{report}", path.display());
            // Where a pass has several picks, an end waits for each of them.
            let warp = order.max_float * wefts(&cloth);
            assert!(report.is_sound(order.max_float, warp), "{about}");
            assert!(report.remarks.is_empty() && report.unused_shafts.is_empty(), "{about}");
            assert!(report.colours <= 16, "{about}");
            assert_eq!((report.ends, report.picks), (cloth.lift.ends(), cloth.lift.picks()));
            assert_eq!(read_cloth(&bytes, &wif::Limits::default()).unwrap(), cloth, "{about}");
            longest = longest.max(report.weft_face.length.max(report.weft_back.length));
        }
    }
    println!("{} pictures, longest weft float {longest}", files.len());
}

/// Where a block of 8 × 8 has a few cells of one yarn, most of them show it: ties do not change what is seen.
#[test]
fn the_face_shows_the_design() {
    let (files, ends) = pictures();
    for path in &files {
        let picture = read(path);
        for tradition in Tradition::ALL {
            let (design, cloth) = woven(&picture, &order(tradition, ends));
            let (yarns, cells) = design.point_paper();
            let context = Context::default();
            let view = View::whole(&cloth, picture.size());
            let renderer = Renderer::new(&cloth, &view, &context).unwrap();
            let face = renderer.face();
            assert_eq!((face.columns(), face.rows()), (cells.width(), cells.height()));
            let shown = |x: usize, y: usize| &cloth.yarns[usize::from(face.yarn(&cloth, y, x))];
            let (mut right, mut all) = (0, 0);
            for (left, top) in blocks(cells.width(), cells.height()) {
                for (number, yarn) in yarns.iter().enumerate() {
                    let mine = (0..64).map(|i| (left + i % 8, top + i / 8));
                    let mine: Vec<_> = mine.filter(|&(x, y)| usize::from(cells.at(x, y)) == number).collect();
                    let seen = mine.iter().filter(|&&(x, y)| shown(x, y).colour == yarn.colour).count();
                    if mine.len() > 3 {
                        (right, all) = (right + usize::from(seen * 2 > mine.len()), all + 1);
                    }
                }
            }
            let share = f64::from(right as u32) / f64::from(all as u32);
            assert!(share >= 0.95, "{} as {tradition:?}: {share:.3} of {all}", path.display());
        }
    }
}

fn blocks(width: usize, height: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..height / 8).flat_map(move |y| (0..width / 8).map(move |x| (x * 8, y * 8)))
}

#[test]
fn the_cloth_has_the_size_that_was_ordered() {
    let picture = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input/lanterns.png"));
    let shape = picture.size().width() as f32 / picture.size().height() as f32;
    for tradition in Tradition::ALL {
        for (ends_per_cm, passes_per_cm) in [(60.0, 40.0), (24.0, 30.0)] {
            let order = Order { ends_per_cm, passes_per_cm, size: Size::Cm(8.0), ..order(tradition, None) };
            let (_, cloth) = woven(&picture, &order);
            let main = cloth.warp.iter().filter(|(_, kind)| *kind == End::Main).count();
            let about = format!("{tradition:?} {ends_per_cm}×{passes_per_cm}: {main} main ends");
            assert!((main as f32 / ends_per_cm / 8.0 - 1.0).abs() < 0.02, "{about}");
            assert!((cloth.width_cm() / cloth.height_cm() / shape - 1.0).abs() < 0.01, "{about}");
        }
    }
}

#[test]
fn repeats_close_and_stay_within_the_floats() {
    let picture = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input/garden.png"));
    for repeat in [Repeat::Straight, Repeat::HalfDrop, Repeat::Mirror] {
        for tradition in Tradition::ALL {
            let order = Order { repeat, max_float: 12, ..order(tradition, Some(144)) };
            let (_, cloth) = woven(&picture, &order);
            let report = check_wif(&draft(&cloth), true, &check::Limits::default()).unwrap();
            assert!(report.is_sound(12, 12 * wefts(&cloth)), "{repeat:?} {tradition:?}:\n{report}");
        }
    }
}

#[test]
fn cards_say_what_the_draft_says() {
    let picture = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input/still_life.png"));
    let (_, cloth) = woven(&picture, &order(Tradition::Yun, Some(150)));
    let (ends, picks) = (cloth.lift.ends(), cloth.lift.picks());
    let harness = Harness { hooks: ends + 30, first: 20, ..Harness::plain(ends) };
    let mut cards = Cards::new(&cloth, harness).unwrap();
    let sett = Sett { across: 10.0, along: 10.0 };
    let (mut bmp, mut tiff, mut png) = (Vec::new(), Vec::new(), Vec::new());
    write_bmp(&mut bmp, &mut cards, First::Top, sett).unwrap();
    write_tiff(&mut tiff, &mut cards, First::Top, sett, Packing::PackBits).unwrap();
    write_png(&mut png, &mut cards, First::Top, sett).unwrap();
    for (name, bytes) in [("bmp", bmp), ("tif", tiff), ("png", png)] {
        let card = image::load_from_memory(&bytes).unwrap().to_luma8();
        assert_eq!(card.dimensions(), ((ends + 30) as u32, picks as u32), "{name}");
        for (x, y, pixel) in card.enumerate_pixels() {
            let end = (x as usize).checked_sub(20).filter(|end| *end < ends);
            let up = end.is_some_and(|end| cloth.lift.is_up(y as usize, end));
            assert_eq!(pixel.0[0] == 0, up, "{name}: hook {x}, pick {y}");
        }
    }
}

/// Another program's reader sees the same drawdown and the same colours.
#[test]
fn pyweaving_reads_what_we_write() {
    let python = std::env::var("ZHIJIN_PYTHON").unwrap_or_else(|_| "python3".into());
    let knows = std::process::Command::new(&python).args(["-c", "import pyweaving"]).output();
    if !knows.is_ok_and(|output| output.status.success()) {
        println!(
            "skipped: {python} has no pyweaving (pip install pyweaving; ZHIJIN_PYTHON names another Python)"
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let picture = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input/logo.png"));
    let mut files = Vec::new();
    for tradition in Tradition::ALL {
        let (_, cloth) = woven(&picture, &order(tradition, Some(60)));
        for plan in [Plan::Lift, Plan::Treadle] {
            let path = folder.path().join(format!("{tradition:?}_{plan:?}.wif"));
            let options = Options { plan, max_treadles: 10_000, ..Options::default() };
            write_wif(&mut std::fs::File::create(&path).unwrap(), &cloth, &options).unwrap();
            std::fs::write(path.with_extension("want"), drawdown(&cloth)).unwrap();
            files.push(path);
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pyweaving_reads.py");
    let output = std::process::Command::new(&python).arg(script).args(&files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A line of 0 and 1 for each pick, then the colours of all threads.
fn drawdown(cloth: &Cloth) -> String {
    let row = |p| (0..cloth.lift.ends()).map(|e| if cloth.lift.is_up(p, e) { '1' } else { '0' }).collect();
    let mut rows: Vec<String> = (0..cloth.lift.picks()).map(row).collect();
    let threads = cloth.warp.iter().map(|w| w.0).chain(cloth.weft.iter().copied());
    let colour = |y: u8| cloth.yarns[usize::from(y)].colour.map(|v| v.to_string()).join(",");
    rows.push(threads.map(colour).collect::<Vec<_>>().join(" "));
    rows.join("\n")
}
