//! `zhijin styles lut`: a style as a table of colours for other programs.

use crate::support::Desk;

const LOOK: &[u8] =
    b"name = \"Warm\"\n[[step]]\nop = \"white_balance\"\ntemperature = 30\n[[step]]\nop = \"contrast\"\n";

#[test]
fn a_style_becomes_a_cube_file_which_is_not_replaced_unasked() {
    let desk = Desk::new();
    desk.file("warm.toml", LOOK);
    let words = ["styles", "lut", "warm.toml", "-o", "warm.cube", "--points", "5"];
    desk.well(&words);
    let text = std::fs::read_to_string(desk.path("warm.cube")).unwrap();
    let head = "TITLE \"Warm\"\nLUT_3D_SIZE 5\nDOMAIN_MIN 0.0 0.0 0.0\nDOMAIN_MAX 1.0 1.0 1.0\n0.000000 0.000000 0.000000\n";
    assert!(text.starts_with(head), "{text}");
    assert_eq!(text.lines().count(), 4 + 125);
    let again = desk.run(&words);
    assert_eq!(again.code, 1);
    assert_eq!(again.err, "zhijin: warm.cube: it exists already; --overwrite replaces it\n");
    desk.well(&[&words[..], &["--overwrite"]].concat());
    let printed = desk.well(&["styles", "lut", "warm.toml", "-o", "-", "--points", "5"]);
    assert_eq!(printed.out(), text);
}

#[test]
fn a_style_becomes_a_hald_picture() {
    let desk = Desk::new();
    desk.file("warm.toml", LOOK);
    desk.well(&["styles", "lut", "warm.toml", "-o", "warm.png", "--points", "16"]);
    let picture = image::open(desk.path("warm.png")).unwrap().to_rgb16();
    assert_eq!(picture.dimensions(), (64, 64));
    assert_eq!(picture.get_pixel(0, 0).0, [0; 3]);
    let [r, _, b] = picture.get_pixel(63, 63).0;
    assert!(r > 64_000 && b < r - 1000, "white becomes warm: {r} and {b}");
}

#[test]
fn what_cannot_be_is_said_before_anything_is_written() {
    let desk = Desk::new();
    desk.file("warm.toml", LOOK).file("small.toml", b"[[step]]\nop = \"resize\"\nlonger = 100\n");
    for (words, wanted) in [
        (&["warm.toml", "-o", "warm.lut"][..], "warm.lut: name a file that ends in .cube or .png"),
        (
            &["warm.toml", "-o", "a.png", "--points", "33"],
            "--points 33 is not allowed; a Hald picture needs a square",
        ),
        (
            &["small.toml", "-o", "a.cube"],
            "the step \"resize\" looks at more than one pixel or changes the size",
        ),
    ] {
        let ended = desk.run(&[&["styles", "lut"], words].concat());
        assert_eq!(ended.code, 2, "{}", ended.err);
        assert!(ended.err.contains(wanted), "{}", ended.err);
    }
    assert!(!desk.path("a.cube").exists());
}
