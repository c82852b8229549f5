//! `zhijin edges`.

use serde_json::Value;

use crate::support::Desk;

/// A light disc of radius 30 about (50, 40) on dark ground, soft at its rim; PNG.
fn disc() -> Vec<u8> {
    let picture = image::GrayImage::from_fn(100, 80, |x, y| {
        let off = (x as f32 - 50.0).hypot(y as f32 - 40.0) - 30.0;
        image::Luma([(60.0 + 140.0 / (1.0 + (1.7 * off).exp())).round() as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("disc.png", &disc()).picture("a.png", 60, 40);
    desk
}

fn read(desk: &Desk, name: &str) -> image::RgbImage {
    image::open(desk.path(name)).unwrap().to_rgb8()
}

#[test]
fn canny_draws_a_thin_circle() {
    let desk = desk();
    desk.well(&["edges", "disc.png", "--sigma", "0"]);
    let drawn = read(&desk, "disc.edges.png");
    let ink: Vec<_> = drawn.enumerate_pixels().filter(|(.., pixel)| pixel.0 == [0; 3]).collect();
    assert!(drawn.pixels().all(|pixel| pixel.0 == [0; 3] || pixel.0 == [255; 3]));
    assert!((150..240).contains(&ink.len()), "{} pixels", ink.len());
    assert!(ink.iter().all(|(x, y, _)| ((*x as f32 - 50.0).hypot(*y as f32 - 40.0) - 30.0).abs() < 1.0));
}

#[test]
fn every_method_colour_and_aperture_draws() {
    let desk = desk();
    for method in ["canny", "contour", "sobel", "scharr", "prewitt", "log", "dog", "xdog"] {
        desk.well(&["edges", "disc.png", "-M", method, "-o", "out.png", "--overwrite"]);
        let drawn = read(&desk, "out.png");
        assert!(drawn.pixels().any(|pixel| pixel.0[0] < 128), "{method}");
        assert_eq!(drawn.get_pixel(50, 40).0, [255; 3], "{method}: nothing in the middle");
    }
    for colour in ["grey", "di-zenzo", "strongest"] {
        desk.well(&["edges", "a.png", "--colour", colour, "-o", "out.png", "--overwrite"]);
    }
    for aperture in ["5", "7"] {
        desk.well(&[
            "edges",
            "disc.png",
            "--aperture",
            aperture,
            "--norm",
            "euclidean",
            "-o",
            "out.png",
            "--overwrite",
        ]);
        assert!(read(&desk, "out.png").pixels().any(|pixel| pixel.0[0] == 0), "{aperture}");
    }
}

#[test]
fn ink_and_paper_are_as_asked_and_smooth_lines_have_shades() {
    let desk = desk();
    desk.well(&["edges", "disc.png", "--ink", "#102030", "--paper", "white", "--smooth", "-o", "out.png"]);
    let drawn = read(&desk, "out.png");
    assert_eq!(drawn.get_pixel(0, 0).0, [255; 3]);
    let mut shades: Vec<_> = drawn.pixels().map(|pixel| pixel.0).collect();
    shades.sort_unstable();
    shades.dedup();
    assert!(shades.len() > 10, "{}", shades.len());
    assert!(shades[0][2] < 0x60, "{:?}", shades[0]);
}

#[test]
fn many_pictures_patterns_and_sizes_work_as_for_styles() {
    let desk = desk();
    desk.picture("in/x/b.jpg", 50, 30);
    let ended = desk.well(&["edges", "a.png", "in", "-o", "out/", "--size", "25", "--json"]);
    let lines = ended.json();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["status"], &lines[2]["summary"]["made"]), (&Value::from("made"), &Value::from(2)));
    assert_eq!(read(&desk, "out/x/b.edges.png").dimensions(), (25, 15));
    desk.well(&["edges", "a.png", "-o", "{stem}-{style}-{n}.webp"]);
    assert!(desk.path("a-edges-1.webp").exists());
}

/// The document about a disc, with these words besides.
fn points(desk: &Desk, words: &[&str]) -> (Value, Vec<[f64; 4]>) {
    let line =
        [&["edges", "disc.png", "--format", "json", "-o", "points.json", "--overwrite"], words].concat();
    desk.well(&line);
    let text = std::fs::read_to_string(desk.path("points.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let points = serde_json::from_value(document["points"].clone()).unwrap();
    (document, points)
}

#[test]
fn points_measure_a_circle_to_a_fraction_of_a_pixel() {
    let desk = desk();
    let (document, points) = points(&desk, &["--sigma", "0", "--norm", "euclidean"]);
    assert_eq!((&document["format"], &document["version"]), (&"zhijin-edges".into(), &1.into()));
    assert_eq!((&document["width"], &document["height"]), (&100.into(), &80.into()));
    assert_eq!(document["columns"], serde_json::json!(["x", "y", "strength", "orientation"]));
    assert!(points.len() > 150, "{}", points.len());
    for [x, y, strength, orientation] in &points {
        let radius = (x - 50.0).hypot(y - 40.0);
        assert!((radius - 30.0).abs() < 0.2, "{x}, {y} at {radius}");
        let inwards = (40.0 - y).atan2(50.0 - x);
        assert!((orientation - inwards).sin().abs() < 0.05 && (orientation - inwards).cos() > 0.0);
        assert!(*strength >= document["low"].as_f64().unwrap());
    }
    let radius =
        points.iter().map(|[x, y, ..]| (x - 50.0).hypot(y - 40.0)).sum::<f64>() / points.len() as f64;
    assert!((radius - 30.0).abs() < 0.05, "{radius}");
}

#[test]
fn points_have_files_beside_their_pictures_or_go_to_standard_output() {
    let desk = desk();
    desk.well(&["edges", "disc.png", "a.png", "--format", "json"]);
    assert!(desk.path("disc.edges.json").exists() && desk.path("a.edges.json").exists());
    let again = desk.run(&["edges", "disc.png", "--format", "json"]);
    assert!(again.code == 1 && again.err.contains("--overwrite replaces it"), "{}", again.err);
    let piped = desk.pipe(&["edges", "-", "-o", "-", "--format", "json", "-q"], &disc());
    assert_eq!(piped.code, 0, "{}", piped.err);
    assert_eq!(
        piped.json_document(),
        serde_json::from_slice::<Value>(&std::fs::read(desk.path("disc.edges.json")).unwrap()).unwrap()
    );
    // The name alone says it too.
    desk.well(&["edges", "disc.png", "-o", "named.json"]);
    assert_eq!(std::fs::read(desk.path("named.json")).unwrap(), piped.out);
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    let desk = desk();
    let refused = |words: &[&str], wanted: &str| {
        let result = desk.run(words);
        assert_eq!(result.code, 2, "{words:?}: {}", result.err);
        assert!(result.err.contains(wanted), "{words:?}: {}", result.err);
    };
    refused(&["edges", "a.png", "--method", "roberts"], "canny");
    refused(&["edges", "a.png", "--aperture", "4"], "3, 5, 7");
    refused(&["edges", "a.png", "--low", "-1"], "-1");
    refused(&["edges", "a.png", "--high", "1e9"], "a number from 0 to 400000");
    refused(&["edges", "a.png", "--sigma", "wide"], "a length from 0 to 64");
    refused(&["edges", "a.png", "--ink", "nosuch"], "nosuch");
    refused(&["edges", "a.png", "--format", "psd"], "psd");
    refused(
        &["edges", "a.png", "--format", "json", "--method", "log"],
        "points are found by canny and contour alone",
    );
    refused(&["edges", "a.png", "--format", "json", "--sheet", "s.png"], "cannot be shown on a sheet");
    refused(&["edges", "a.png", "disc.png", "-o", "x.json"], "would both be written to x.json");
    refused(
        &["edges", "a.png", "--format", "json", "--json", "-o", "-"],
        "--json would both go to standard output",
    );
}
