//! Drawings in SVG, from `zhijin edges` and `zhijin quantize`.

mod chromium;
mod raster;
mod svg;

use std::path::Path;

use crate::support::Desk;
use raster::{distance, filled, rendered, segments};
use svg::{Drawing, Place};

/// A photograph from the fixtures, made smaller.
fn fixture(desk: &Desk, name: &str, width: u32, height: u32) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input").join(name);
    let picture = image::open(path).unwrap().to_rgb8();
    let picture = image::imageops::resize(&picture, width, height, image::imageops::Triangle);
    picture.save(desk.path(name)).unwrap();
}

fn drawn(desk: &Desk, words: &[&str]) -> (Drawing, String) {
    desk.well(&[words, &["-o", "out.svg", "--overwrite"]].concat());
    let text = std::fs::read_to_string(desk.path("out.svg")).unwrap();
    (svg::read(&text), text)
}

/// How far a pen travels between the lines, from the upper left corner on.
fn travel(drawing: &Drawing) -> f64 {
    let mut pen: Place = (0.0, 0.0);
    let mut sum = 0.0;
    for (places, closed) in drawing.shapes.iter().flat_map(|shape| &shape.parts) {
        sum += (places[0].0 - pen.0).hypot(places[0].1 - pen.1);
        pen = if *closed { places[0] } else { places[places.len() - 1] };
    }
    sum
}

/// The farthest of these places from the lines of a drawing.
fn farthest(places: &[Place], drawing: &Drawing) -> Vec<f64> {
    let pieces: Vec<_> = drawing.shapes.iter().flat_map(segments).collect();
    let near = |at: &Place| pieces.iter().map(|[a, b]| distance(*at, *a, *b)).fold(f64::MAX, f64::min);
    places.iter().map(near).collect()
}

/// The points of canny, from the corner of the picture.
fn points(desk: &Desk, words: &[&str]) -> Vec<Place> {
    desk.well(&[words, &["--format", "json", "-o", "points.json", "--overwrite"]].concat());
    let text = std::fs::read_to_string(desk.path("points.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let points: Vec<[f64; 4]> = serde_json::from_value(document["points"].clone()).unwrap();
    points.iter().map(|[x, y, ..]| (x + 0.5, y + 0.5)).collect()
}

#[test]
fn lines_stay_within_the_tolerance_of_the_edges() {
    let desk = Desk::new();
    fixture(&desk, "street.png", 180, 120);
    let points = points(&desk, &["edges", "street.png"]);
    for tolerance in ["0.3", "1", "2.5"] {
        let (drawing, _) = drawn(
            &desk,
            &["edges", "street.png", "--tolerance", tolerance, "--shortest", "0", "--stroke", "1"],
        );
        let stated: f64 = tolerance.parse().unwrap();
        let places: Vec<Place> = drawing
            .shapes
            .iter()
            .flat_map(|shape| shape.parts.iter().flat_map(|part| part.0.clone()))
            .collect();
        // Lines go from point to point, and no two points of one line are farther apart than √8.
        let near =
            |at: &Place| points.iter().map(|p| (p.0 - at.0).hypot(p.1 - at.1)).fold(f64::MAX, f64::min);
        let worst = places.iter().map(near).fold(0.0, f64::max);
        assert!(worst <= stated + 8f64.sqrt() / 2.0, "{tolerance}: {worst} from the edges");
        // Back again: all but spurs, which are shorter than four pixels.
        let far = farthest(&points, &drawing);
        let close = far.iter().filter(|far| **far <= stated + 1.0).count();
        assert!(close as f64 >= 0.95 * far.len() as f64, "{tolerance}: {close} of {}", far.len());
        assert!(far.iter().all(|far| *far <= stated + 5.0), "{tolerance}");
    }
}

#[test]
fn what_is_rendered_covers_the_edges() {
    let desk = Desk::new();
    fixture(&desk, "still_life.png", 200, 140);
    desk.well(&["edges", "still_life.png", "-o", "edges.png"]);
    let (drawing, _) = drawn(&desk, &["edges", "still_life.png", "--stroke", "1", "--shortest", "0"]);
    let lines = rendered(&drawing, [255; 3]);
    let edges = image::open(desk.path("edges.png")).unwrap().to_rgb8();
    let ink = |picture: &image::RgbImage| -> Vec<Place> {
        let dark = picture.enumerate_pixels().filter(|(.., pixel)| pixel.0[0] < 128);
        dark.map(|(x, y, _)| (f64::from(x), f64::from(y))).collect()
    };
    let (lines, edges) = (ink(&lines), ink(&edges));
    let share = |from: &[Place], to: &[Place], within: f64| {
        let near = |a: &&Place| to.iter().any(|b| (a.0 - b.0).hypot(a.1 - b.1) <= within);
        from.iter().filter(near).count() as f64 / from.len() as f64
    };
    // The tolerance is 1; a pixel of the drawing may be half a diagonal from the line, one of the edges as well.
    assert_eq!(share(&lines, &edges, 1.0 + 2f64.sqrt()), 1.0);
    assert!(share(&edges, &lines, 1.0 + 2f64.sqrt()) > 0.97);
}

#[test]
fn a_plotter_travels_little_and_files_are_small() {
    let desk = Desk::new();
    fixture(&desk, "garden.png", 480, 320);
    let (short, text) = drawn(&desk, &["edges", "garden.png", "--order", "plotter"]);
    let (scan, _) = drawn(&desk, &["edges", "garden.png", "--order", "scan"]);
    assert_eq!(short.shapes.len(), scan.shapes.len());
    assert!(3.0 * travel(&short) < travel(&scan), "{} and {}", travel(&short), travel(&scan));
    let longest = |d: &Drawing| d.shapes.iter().map(|s| s.parts[0].0.len()).max().unwrap();
    assert_eq!(longest(&short), longest(&scan));
    assert!(text.len() < 150_000, "{} bytes", text.len());
    assert_eq!(short.layers, ["Lines"]);
}

#[test]
fn strokes_are_as_wide_as_asked_or_as_strong() {
    let desk = Desk::new();
    fixture(&desk, "lake.png", 240, 160);
    let widths = |words: &[&str]| {
        let (drawing, _) = drawn(&desk, &[&["edges", "lake.png"], words].concat());
        let mut widths: Vec<f64> = drawing.shapes.iter().map(|shape| shape.width).collect();
        widths.sort_by(f64::total_cmp);
        widths.dedup();
        widths
    };
    assert_eq!(widths(&["--stroke", "2.5"]), [2.5]);
    let strong = widths(&[]);
    assert!(strong.len() > 3 && strong[0] >= 0.5 && strong[strong.len() - 1] <= 2.0, "{strong:?}");
    let count = |words: &[&str]| drawn(&desk, &[&["edges", "lake.png"], words].concat()).0.shapes.len();
    assert!(count(&["--shortest", "40"]) < count(&["--shortest", "6"]));
    assert!(count(&["--gap", "6"]) < count(&[]));
}

#[test]
fn regions_agree_with_the_flat_picture_and_leave_nothing_bare() {
    let desk = Desk::new();
    fixture(&desk, "lanterns.png", 180, 120);
    desk.well(&["quantize", "lanterns.png", "-k", "6", "-o", "flat.png"]);
    let flat = image::open(desk.path("flat.png")).unwrap().to_rgb8();
    let (drawing, text) =
        drawn(&desk, &["quantize", "lanterns.png", "-k", "6", "--speckle", "0", "--tolerance", "1"]);
    assert_eq!(drawing.layers, ["Regions"]);
    assert!(text.len() < 200_000, "{} bytes", text.len());
    // Fills alone: the lines around them hide seams.
    let fills = Drawing {
        shapes: drawing.shapes.into_iter().map(|s| svg::Shape { stroke: None, ..s }).collect(),
        ..drawing
    };
    let picture = rendered(&fills, [255, 0, 255]);
    assert!(picture.pixels().all(|pixel| pixel.0 != [255, 0, 255]), "nothing is bare");
    let near = |x: u32, y: u32, colour: image::Rgb<u8>| {
        let beside = (-2..=2i32).flat_map(|j| (-2..=2i32).map(move |i| (x as i32 + i, y as i32 + j)));
        beside.filter(|(x, y)| (0..180).contains(x) && (0..120).contains(y)).any(|(i, j)| {
            let off = [i - x as i32, j - y as i32].map(|v| (f64::from(v.abs()) - 0.5).max(0.0));
            off[0].hypot(off[1]) <= 1.36 && *flat.get_pixel(i as u32, j as u32) == colour
        })
    };
    assert!(picture.enumerate_pixels().all(|(x, y, pixel)| near(x, y, *pixel)));
    // Each colour is a shape of its own, but for the ground.
    let (first, others) = fills.shapes.split_first().unwrap();
    assert!(filled(first, fills.size).iter().all(|inside| *inside));
    assert!(others.iter().all(|shape| shape.fill != first.fill));
}

#[test]
fn cut_outs_have_no_line_around_them_and_stay_cut_out() {
    let desk = Desk::new();
    let disc = image::RgbaImage::from_fn(90, 80, |x, y| {
        let inside = (x as f32 - 45.0).hypot(y as f32 - 40.0) < 30.0;
        image::Rgba([if x < 45 { 30 } else { 220 }, 90, 90, if inside { 255 } else { 0 }])
    });
    disc.save(desk.path("disc.png")).unwrap();
    let (drawing, _) = drawn(&desk, &["edges", "disc.png"]);
    assert!(!drawing.root.contains_key("style"), "no paper");
    let places = drawing.shapes.iter().flat_map(|shape| &shape.parts[0].0);
    assert!(places.clone().count() > 1 && places.clone().all(|(x, _)| (x - 45.0).abs() < 2.0));
    let (drawing, _) = drawn(&desk, &["edges", "disc.png", "--outline"]);
    let round = |(x, y): &Place| ((x - 45.5).hypot(y - 40.5) - 30.0).abs() < 1.5;
    assert!(drawing.shapes.iter().flat_map(|shape| &shape.parts[0].0).filter(|at| round(at)).count() > 20);
    let (drawing, _) = drawn(&desk, &["quantize", "disc.png", "-k", "4"]);
    let covered = rendered(&drawing, [1, 2, 3]);
    assert_eq!((covered.get_pixel(2, 2).0, covered.get_pixel(88, 70).0), ([1, 2, 3], [1, 2, 3]));
    assert_eq!(covered.get_pixel(40, 40).0, [30, 90, 90]);
}

#[test]
fn drawings_become_brush_lines_layers_of_hatching_and_masses() {
    let desk = Desk::new();
    fixture(&desk, "bust.png", 400, 500);
    let edges = |method: &str| drawn(&desk, &["edges", "bust.png", "--method", method, "--spacing", "14"]).0;
    let ink = |picture: &image::RgbImage| -> Vec<bool> { picture.pixels().map(|p| p.0[0] < 128).collect() };
    // Masses are what the raster has, but for speckles and the width of the tolerance.
    desk.well(&["edges", "bust.png", "--method", "xdog", "-o", "xdog.png"]);
    let raster = ink(&image::open(desk.path("xdog.png")).unwrap().to_rgb8());
    let masses = ink(&rendered(&edges("xdog"), [255; 3]));
    let apart = raster.iter().zip(&masses).filter(|(a, b)| a != b).count();
    assert!(apart as f64 <= 0.05 * raster.len() as f64, "{apart} of {}", raster.len());
    let flow = edges("flow");
    assert_eq!(flow.layers, ["Lines"]);
    assert!(flow.shapes.len() > 30 && flow.shapes.iter().all(|shape| shape.fill.is_some()));
    let hatched = edges("hatch");
    assert_eq!(hatched.layers, ["Contour", "Hatching 1", "Hatching 2", "Hatching 3", "Hatching 4"]);
    // Strokes farther apart are fewer.
    let (wide, _) = drawn(&desk, &["edges", "bust.png", "--method", "hatch", "--spacing", "28"]);
    assert!(2 * wide.shapes.len() < hatched.shapes.len(), "{} {}", wide.shapes.len(), hatched.shapes.len());
    // With a pen each stroke is one line.
    let (pen, _) =
        drawn(&desk, &["edges", "bust.png", "--method", "hatch", "--spacing", "14", "--stroke", "1"]);
    assert_eq!(pen.shapes.len(), hatched.shapes.len());
    assert!(pen.shapes.iter().all(|shape| shape.width == 1.0 && shape.fill.is_none()));
}

#[test]
fn anything_can_be_drawn_the_same_for_any_threads() {
    let desk = Desk::new();
    desk.picture("dot.png", 1, 1)
        .picture("row.png", 70, 1)
        .picture("column.png", 1, 70)
        .picture("odd.png", 65, 33);
    image::RgbImage::from_pixel(40, 30, image::Rgb([9, 99, 199])).save(desk.path("flat.png")).unwrap();
    let mut state = 1u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    image::ImageBuffer::<image::Luma<u8>, _>::from_fn(150, 110, |_, _| image::Luma([random() as u8]))
        .save(desk.path("noise.png"))
        .unwrap();
    image::ImageBuffer::<image::Rgb<u16>, _>::from_fn(90, 70, |x, y| {
        let far = (x as f32 - 40.0).hypot(y as f32 - 30.0);
        image::Rgb([if far < 25.0 { 60_000 } else { 9_000 }, 20_000, (x * 700) as u16])
    })
    .save(desk.path("deep.png"))
    .unwrap();
    for name in ["dot", "row", "column", "odd", "flat", "noise", "deep"] {
        let file = format!("{name}.png");
        for command in [
            &["edges", &file][..],
            &["edges", &file, "--gap", "5", "--tolerance", "0"],
            &["edges", &file, "-M", "log"],
            &["edges", &file, "-M", "dog"],
            &["quantize", &file, "-k", "5"],
            &["quantize", &file, "-k", "5", "--speckle", "0", "--tolerance", "0"],
        ] {
            let (drawing, one) = drawn(&desk, &[command, &["--threads", "1"]].concat());
            let (_, two) = drawn(&desk, &[command, &["--threads", "2"]].concat());
            assert!(one == two, "{command:?}");
            let size = image::image_dimensions(desk.path(&file)).unwrap();
            assert_eq!(drawing.size, (size.0 as usize, size.1 as usize), "{command:?}");
        }
    }
}

#[test]
fn zero_crossings_are_traced_from_their_drawing() {
    let desk = Desk::new();
    let far = |x: u32, y: u32| (x as f32 - 50.0).hypot(y as f32 - 40.0);
    let soft = |off: f32| (125.0 - 50.0 * off).clamp(20.0, 230.0) as u8;
    image::GrayImage::from_fn(100, 80, |x, y| image::Luma([soft(far(x, y) - 25.0)]))
        .save(desk.path("disc.png"))
        .unwrap();
    for method in ["log", "dog"] {
        let (drawing, _) =
            drawn(&desk, &["edges", "disc.png", "-M", method, "--sigma", "2px", "--ink", "#123456"]);
        assert_eq!(
            (drawing.shapes.len(), drawing.shapes[0].stroke),
            (1, Some([0x12, 0x34, 0x56])),
            "{method}"
        );
        let (places, closed) = &drawing.shapes[0].parts[0];
        let round = |(x, y): &Place| ((x - 50.5).hypot(y - 40.5) - 25.0).abs() < 2.0;
        assert!(*closed && places.iter().all(round), "{method}");
    }
}

#[test]
fn names_decide_and_papers_are_painted() {
    let desk = Desk::new();
    desk.picture("a.png", 60, 40).picture("in/b.png", 50, 30);
    desk.well(&["edges", "a.png", "in", "--format", "svg"]);
    desk.well(&["quantize", "a.png", "in", "--format", "SVG", "-o", "out/"]);
    for name in ["a.edges.svg", "in/b.edges.svg", "out/a.quantize.svg", "out/b.quantize.svg"] {
        svg::read(&std::fs::read_to_string(desk.path(name)).unwrap());
    }
    let piped = desk.run(&["edges", "a.png", "--format", "svg", "-o", "-"]);
    assert_eq!(piped.out, std::fs::read(desk.path("a.edges.svg")).unwrap());
    let (white, _) = drawn(&desk, &["edges", "a.png"]);
    assert_eq!(white.root["style"], "background:#fff");
    assert!(white.shapes.iter().all(|shape| shape.fill.is_none()), "nothing a pen would draw around");
    let (blue, _) = drawn(&desk, &["edges", "a.png", "--paper", "#000080"]);
    assert_eq!(blue.shapes[0].fill, Some([0, 0, 128]));
}

#[test]
fn what_cannot_be_drawn_is_said_with_its_remedy() {
    let desk = Desk::new();
    desk.picture("a.png", 20, 20);
    let refused = |words: &[&str], wanted: &str| {
        let result = desk.run(&[words, &["a.png"]].concat());
        assert_eq!(result.code, 2, "{words:?}: {}", result.err);
        assert!(result.err.contains(wanted), "{words:?}: {}", result.err);
    };
    refused(&["edges", "--format", "svg", "-M", "sobel"], "shades have no lines; all other methods have");
    refused(&["edges", "--stroke", "2"], "--stroke is about curves, and none are drawn; add --format svg");
    refused(&["edges", "--format", "json", "--gap", "2"], "--gap is about curves");
    refused(&["edges", "--format", "svg", "--tolerance=-1"], "a number of pixels from 0 to 10000");
    refused(&["edges", "--format", "svg", "--sheet", "s.png"], "cannot be shown on a sheet");
    refused(&["quantize", "--speckle", "9"], "--speckle is about curves");
    refused(
        &["quantize", "--format", "svg", "--target-size", "9k"],
        "--target-size is about the files of pictures",
    );
    refused(&["quantize", "--format", "svg", "--quality", "60-80"], "choose -k, and --speckle");
    refused(&["quantize", "--format", "svg", "--dither", "bayer"], "--dither makes dots");
    refused(&["quantize", "-o", "x.svg", "--skip-if-larger"], "--skip-if-larger is about");
}

#[test]
fn a_browser_draws_what_we_draw() {
    let desk = Desk::new();
    fixture(&desk, "street.png", 240, 160);
    for words in [&["edges", "street.png"][..], &["quantize", "street.png", "-k", "8"]] {
        let (drawing, _) = drawn(&desk, words);
        let Some(shot) = chromium::shot(&desk, "out.svg", drawing.size) else { return };
        let ours = rendered(&drawing, [255; 3]);
        let off = |(a, b): (&image::Rgb<u8>, &image::Rgb<u8>)| {
            (0..3).map(|c| f64::from(a.0[c].abs_diff(b.0[c]))).sum::<f64>() / 3.0
        };
        let mean = ours.pixels().zip(shot.pixels()).map(off).sum::<f64>() / f64::from(240 * 160);
        let (ink, theirs) = (darkness(&ours), darkness(&shot));
        // Ours has no soft rims.
        assert!(mean < 24.0, "{words:?}: {mean} of 255 apart");
        assert!((ink / theirs - 1.0).abs() < 0.15, "{words:?}: {ink} and {theirs}");
    }
}

fn darkness(picture: &image::RgbImage) -> f64 {
    picture.pixels().map(|pixel| 255.0 - f64::from(pixel.0[1])).sum()
}
