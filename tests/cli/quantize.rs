//! `zhijin quantize`.

use crate::support::Desk;

/// The colours of a PNG that was written, each once.
fn colours(desk: &Desk, name: &str) -> Vec<[u8; 4]> {
    let picture = image::open(desk.path(name)).unwrap().to_rgba8();
    let mut all: Vec<[u8; 4]> = picture.pixels().map(|pixel| pixel.0).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn a_picture_has_as_many_colours_as_asked() {
    let desk = Desk::new();
    desk.picture("a.png", 80, 60);
    for (count, wanted) in [("1", 1), ("7", 7), ("64", 64)] {
        desk.well(&["quantize", "a.png", "-k", count, "-o", "out.png", "--overwrite"]);
        assert_eq!(colours(&desk, "out.png").len(), wanted);
    }
    desk.well(&["quantize", "a.png", "-k", "7", "--dither", "floyd-steinberg"]);
    assert!(colours(&desk, "a.quantize.png").len() <= 7);
}

#[test]
fn given_colours_are_used_and_kept() {
    let desk = Desk::new();
    desk.picture("a.png", 40, 30).picture("b.png", 30, 30);
    desk.well(&["quantize", "a.png", "--palette", "#102030,gold,#ffffff", "-o", "given.png"]);
    let wanted = [[0x10, 0x20, 0x30, 255], [255, 215, 0, 255], [255; 4]];
    assert!(colours(&desk, "given.png").iter().all(|colour| wanted.contains(colour)));
    desk.file("two.hex", b"102030\nffffff\n");
    desk.well(&["quantize", "a.png", "-k", "5", "--keep", "two.hex", "-o", "kept.png"]);
    assert!(colours(&desk, "kept.png").len() <= 5);
    desk.well(&["quantize", "a.png", "-k", "5", "--palette", "b.png", "-o", "other.png"]);
    desk.well(&["quantize", "b.png", "-k", "5", "-o", "own.png"]);
    let own = colours(&desk, "own.png");
    assert!(colours(&desk, "other.png").iter().all(|colour| own.contains(colour)));
}

#[test]
fn one_palette_serves_all() {
    let desk = Desk::new();
    desk.picture("in/a.png", 40, 30).picture("in/b.png", 30, 30);
    desk.well(&["quantize", "in", "-k", "6", "--one-palette", "-o", "out/"]);
    let mut all = colours(&desk, "out/a.quantize.png");
    all.extend(colours(&desk, "out/b.quantize.png"));
    all.sort_unstable();
    all.dedup();
    assert!(all.len() <= 6, "{all:?}");
}

#[test]
fn a_picture_of_weights_says_what_counts() {
    let desk = Desk::new();
    // Greys, and two columns from blue to green; the mask is white there.
    let pixel = |x: u32, y: u32| {
        if x < 2 { [10, 8 * y as u8, 250 - 4 * y as u8] } else { [(60 + 5 * y + x / 2) as u8; 3] }
    };
    image::RgbImage::from_fn(40, 30, |x, y| image::Rgb(pixel(x, y))).save(desk.path("a.png")).unwrap();
    let mask = image::GrayImage::from_fn(20, 15, |x, _| image::Luma([if x == 0 { 255 } else { 0 }]));
    mask.save(desk.path("mask.png")).unwrap();
    let vivid = |name: &str| colours(&desk, name).iter().filter(|c| c[0] < 40).count();
    desk.well(&["quantize", "a.png", "-k", "8", "-o", "plain.png"]);
    desk.well(&["quantize", "a.png", "-k", "8", "--weights", "mask.png", "-o", "weighted.png"]);
    assert!(vivid("weighted.png") > vivid("plain.png"));
    let result = desk.run(&["quantize", "a.png", "--weights", "none.png"]);
    assert_eq!((result.code, result.err.contains("none.png")), (2, true), "{}", result.err);
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    let desk = Desk::new();
    desk.picture("a.png", 9, 7).file("bad.gpl", b"GIMP Palette\n#\n12 oops 3\n");
    let refused = |words: &[&str], wanted: &str| {
        let result = desk.run(words);
        assert_eq!(result.code, 2, "{words:?}: {}", result.err);
        assert!(result.err.contains(wanted), "{words:?}: {}", result.err);
    };
    refused(&["quantize", "a.png", "--palette", "nosuchthing"], "neither a file nor a list of colours");
    refused(&["quantize", "a.png", "--palette", "bad.gpl"], "bad.gpl:3");
    refused(&["quantize", "a.png", "-k", "1", "--keep", "#000,#fff"], "less than the 2 colours given");
    refused(&["quantize", "a.png", "--method", "wu", "--keep", "#000"], "use kmeans");
    refused(&["quantize", "a.png", "--accents", "7"], "accents");
    refused(&["quantize", "a.png", "-k", "0"], "0");
}
