//! Which files are read and written, and under which names.

use image::ImageFormat;

use crate::support::{Desk, encoded, whole};

#[test]
fn results_lie_beside_the_picture_in_a_format_that_loses_nothing() {
    let desk = Desk::new();
    for name in ["a.png", "b.jpg", "c.webp", "d.tiff", "e.qoi", "f.bmp", "g.gif"] {
        desk.picture(name, 9, 7);
    }
    desk.well(&["apply", "plain", "a.png", "b.jpg", "c.webp", "d.tiff", "e.qoi", "f.bmp", "g.gif"]);
    let made: Vec<_> = desk.listing().into_iter().filter(|name| name.contains(".plain.")).collect();
    let wanted = [
        "a.plain.png",
        "b.plain.png",
        "c.plain.webp",
        "d.plain.tiff",
        "e.plain.qoi",
        "f.plain.png",
        "g.plain.png",
    ];
    assert_eq!(made, wanted);
    for name in made {
        assert_eq!(whole(&desk.path(&name)), (9, 7), "{name}");
    }
}

#[test]
fn a_moving_gif_stays_a_gif() {
    let desk = Desk::new();
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, 3, 2, &[0, 0, 0, 255, 255, 255]).unwrap();
    for value in [0, 1] {
        encoder.write_frame(&gif::Frame::from_indexed_pixels(3, 2, [value; 6], None)).unwrap();
    }
    drop(encoder);
    desk.file("a.gif", &bytes).well(&["apply", "plain", "a.gif"]);
    assert_eq!(desk.listing(), ["a.gif", "a.plain.gif"]);
}

#[test]
fn two_styles_and_a_file_of_ones_own() {
    let desk = Desk::new();
    desk.picture("a.png", 9, 7).file("mine/dusk.toml", b"extends = \"cyanotype\"\n");
    desk.well(&["apply", "cyanotype,mine/dusk.toml", "a.png"]);
    assert_eq!(desk.listing(), ["a.cyanotype.png", "a.dusk.png", "a.png", "mine/dusk.toml"]);
}

#[test]
fn folders_keep_their_layout_and_only_pictures_are_taken() {
    let desk = Desk::new();
    desk.picture("in/a.png", 3, 2).picture("in/x/y/b.png", 3, 2).file("in/notes.txt", b"hello");
    desk.file("in/picture.dat", &encoded(3, 2, ImageFormat::Png)).picture("in/.hidden.png", 3, 2);
    desk.well(&["apply", "plain", "in", "-o", "out"]);
    let made: Vec<_> = desk.listing().into_iter().filter(|name| name.starts_with("out")).collect();
    assert_eq!(made, ["out/a.plain.png", "out/picture.plain.png", "out/x/y/b.plain.png"]);
}

#[test]
fn a_second_run_does_not_style_the_styled() {
    let desk = Desk::new();
    desk.picture("a.png", 3, 2).picture("b.png", 3, 2);
    for _ in 0..2 {
        desk.well(&["apply", "plain", ".", "-o", "out/", "--overwrite"]);
        desk.well(&["apply", "cyanotype", ".", "--overwrite"]);
    }
    let names = ["a.cyanotype.png", "a.png", "b.cyanotype.png", "b.png"];
    let found: Vec<_> = desk.listing().into_iter().filter(|name| !name.starts_with("out")).collect();
    assert_eq!(found, names);
    assert!(!desk.listing().iter().any(|name| name.contains("plain.plain")));
}

#[test]
fn a_folder_may_be_styled_in_place_and_into_itself() {
    let desk = Desk::new();
    desk.picture("in/a.png", 30, 20).picture("in/x/b.png", 30, 20);
    let before = std::fs::read(desk.path("in/x/b.png")).unwrap();
    desk.well(&["apply", "cyanotype", "in", "-o", "{dir}/{stem}.{ext}", "--overwrite"]);
    assert_eq!(desk.listing(), ["in/a.png", "in/x/b.png"]);
    assert!(std::fs::read(desk.path("in/x/b.png")).unwrap() != before);
    desk.well(&["apply", "plain", "in", "-o", "in/"]);
    assert_eq!(desk.listing(), ["in/a.plain.png", "in/a.png", "in/x/b.plain.png", "in/x/b.png"]);
}

#[test]
fn patterns_the_shell_left_alone_are_expanded() {
    let desk = Desk::new();
    desk.picture("a1.png", 3, 2).picture("a2.png", 3, 2).picture("b.png", 3, 2);
    desk.well(&["apply", "plain", "a?.png", "-o", "{n}-{stem}.{style}.webp"]);
    assert_eq!(desk.listing(), ["1-a1.plain.webp", "2-a2.plain.webp", "a1.png", "a2.png", "b.png"]);
}

#[test]
fn the_extension_of_the_output_chooses_the_format() {
    let desk = Desk::new();
    desk.picture("a.png", 20, 10).well(&["apply", "plain", "a.png", "-o", "x.jpg", "--size", "10"]);
    let bytes = std::fs::read(desk.path("x.jpg")).unwrap();
    assert_eq!(
        (image::guess_format(&bytes).unwrap(), whole(&desk.path("x.jpg"))),
        (ImageFormat::Jpeg, (10, 5))
    );
    desk.well(&["apply", "plain", "a.png", "-o", "y.jpg", "--format", "png"]);
    assert_eq!(image::guess_format(&std::fs::read(desk.path("y.jpg")).unwrap()).unwrap(), ImageFormat::Png);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let desk = Desk::new();
    let ended = desk.pipe(&["apply", "plain", "-"], &encoded(9, 7, ImageFormat::Png));
    assert_eq!(
        (ended.code, image::guess_format(&ended.out).unwrap()),
        (0, ImageFormat::Png),
        "{}",
        ended.err
    );
    let ended = desk.pipe(&["apply", "plain", "-", "-o", "art/"], &encoded(9, 7, ImageFormat::Jpeg));
    assert_eq!((ended.code, desk.listing()), (0, vec!["art/stdin.plain.png".to_string()]), "{}", ended.err);
    let ended = desk.run(&["apply", "plain", "art/stdin.plain.png", "-o", "-", "--format", "webp"]);
    assert_eq!(image::guess_format(&ended.out).unwrap(), ImageFormat::WebP);
}

#[test]
fn what_exists_is_kept_skipped_or_replaced_as_asked() {
    let desk = Desk::new();
    desk.picture("a.png", 3, 2).picture("b.png", 3, 2).file("a.plain.png", b"mine");
    let mine = || std::fs::read(desk.path("a.plain.png")).unwrap() == b"mine";
    let ended = desk.run(&["apply", "plain", "a.png", "b.png"]);
    assert!(ended.code == 1 && mine() && desk.path("b.plain.png").exists(), "the other is made");
    desk.well(&["apply", "plain", "a.png", "b.png", "--skip-existing"]);
    assert!(mine());
    desk.well(&["apply", "plain", "a.png", "b.png", "--overwrite"]);
    assert_eq!(whole(&desk.path("a.plain.png")), (3, 2));
    assert_eq!(desk.listing(), ["a.plain.png", "a.png", "b.plain.png", "b.png"], "and nothing else is left");
}

#[test]
fn one_bad_picture_does_not_stop_the_others() {
    let desk = Desk::new();
    desk.picture("a.png", 3, 2).file("b.png", b"\x89PNG\r\n\x1a\nand no more").picture("c.png", 3, 2);
    let ended = desk.run(&["apply", "plain", "."]);
    assert_eq!(ended.code, 1);
    assert_eq!(ended.err.lines().filter(|line| line.starts_with("zhijin: ")).count(), 1, "{}", ended.err);
    assert!(desk.path("a.plain.png").exists() && desk.path("c.plain.png").exists());
}

#[test]
fn the_number_of_files_at_a_time_changes_nothing() {
    let desk = Desk::new();
    for index in 0..12 {
        desk.picture(&format!("in/{index}.png"), 40 + index, 30);
    }
    desk.well(&["apply", "cyanotype", "in", "-o", "one/", "--jobs", "1", "--threads", "1"]);
    desk.well(&[
        "apply",
        "cyanotype",
        "in",
        "-o",
        "many/",
        "--jobs",
        "7",
        "--threads",
        "3",
        "--max-memory",
        "20k",
    ]);
    for index in 0..12 {
        let bytes =
            |folder: &str| std::fs::read(desk.path(&format!("{folder}/{index}.cyanotype.png"))).unwrap();
        assert!(bytes("one") == bytes("many"), "{index}");
    }
}
