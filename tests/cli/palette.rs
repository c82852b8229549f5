//! `zhijin palette`: colours found, shown, written and converted.

use image::{Rgba, RgbaImage};

use crate::support::{Desk, whole};

/// Gold on three quarters, navy on the rest.
fn flag() -> Vec<u8> {
    let colour = |x: u32, _| if x < 6 { Rgba([176, 141, 60, 255]) } else { Rgba([0, 0, 128, 255]) };
    png(&RgbaImage::from_fn(8, 4, colour))
}

fn png(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("flag.png", &flag()).file("two.gpl", b"GIMP Palette\n#\n1 2 3 ink\n255 255 255\n");
    desk
}

#[test]
fn swatches_have_shares_and_names_in_two_languages() {
    let shown = desk().well(&["palette", "flag.png"]);
    let lines: Vec<_> = shown.out().lines().collect();
    assert_eq!(lines.len(), 2, "no more colours than there are");
    assert!(lines[0].starts_with("#b08d3c  75.0 %  ") && lines[0].contains("乌金 wūjīn"), "{}", lines[0]);
    assert!(lines[1].starts_with("#000080  25.0 %  navy "), "{}", lines[1]);
    assert!(!shown.out().contains('\u{1b}'), "no colour where there is no terminal");
}

#[test]
fn the_number_of_colours_is_what_was_asked() {
    let desk = desk();
    desk.picture("many.png", 64, 48);
    for count in ["1", "6", "40"] {
        let shown = desk.well(&["palette", "many.png", "-k", count]);
        assert_eq!(shown.out().lines().count().to_string(), count);
    }
    let both = desk.well(&["palette", "flag.png", "many.png", "--colors", "300", "--format", "hex"]);
    assert_eq!(both.out().lines().count(), 300);
}

#[test]
fn the_extension_says_the_format_and_what_is_written_is_read() {
    let desk = desk();
    for extension in ["json", "css", "gpl", "ase", "aco", "hex", "pal"] {
        let name = format!("flag.{extension}");
        desk.well(&["palette", "flag.png", "-o", &name]);
        let again = desk.well(&["palette", &name, "--format", "hex"]);
        assert_eq!(again.out(), "b08d3c\n000080\n", "{extension}");
    }
    let gpl = std::fs::read_to_string(desk.path("flag.gpl")).unwrap();
    assert!(
        gpl.ends_with("\n176 141  60\tdark goldenrod\n  0   0 128\tnavy\n") || gpl.ends_with("\tnavy\n"),
        "{gpl}"
    );
    let css = desk.well(&["palette", "flag.png", "--format", "css", "--names", "chinese"]);
    assert_eq!(css.out(), ":root {\n  --乌金: #b08d3c; /* 75.0 % */\n  --绀青: #000080; /* 25.0 % */\n}\n");
}

#[test]
fn json_says_everything() {
    let shown = desk().well(&["palette", "flag.png", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&shown.out).unwrap();
    let first = &list[0];
    assert_eq!(first["hex"], "#b08d3c");
    assert_eq!(
        (&first["share"], &first["chinese"], &first["pinyin"]),
        (&0.75.into(), &"乌金".into(), &"wūjīn".into())
    );
    assert!(first["english"].is_string() && first.get("name").is_none());
}

#[test]
fn a_strip_has_its_size_and_its_shares() {
    let desk = desk();
    desk.well(&["palette", "flag.png", "-o", "plain.png"]);
    assert_eq!(whole(&desk.path("plain.png")), (256, 128));
    desk.well(&["palette", "flag.png", "-o", "strip.png", "--size", "80x10", "--by-share"]);
    let strip = image::open(desk.path("strip.png")).unwrap().to_rgb8();
    assert_eq!(strip.dimensions(), (80, 10));
    assert_eq!((strip.get_pixel(59, 9).0, strip.get_pixel(60, 0).0), ([176, 141, 60], [0, 0, 128]));
}

#[test]
fn orders_are_kept_or_changed() {
    let desk = desk();
    let hex = |words: &[&str]| desk.well(&[words, &["--format", "hex"]].concat()).out().to_string();
    assert_eq!(hex(&["palette", "flag.png", "--order", "lightness"]), "000080\nb08d3c\n");
    desk.file("three.hex", b"#fff ; remark\n#b08d3c\n#000\n");
    assert_eq!(hex(&["palette", "three.hex"]), "ffffff\nb08d3c\n000000\n");
    assert_eq!(hex(&["palette", "three.hex", "--order", "hue"]), "000000\nffffff\nb08d3c\n");
    assert_eq!(hex(&["palette", "three.hex", "two.gpl"]).lines().count(), 5);
}

#[test]
fn transparency_is_a_colour() {
    let desk = Desk::new();
    desk.file("hole.png", &png(&RgbaImage::new(2, 2)));
    let shown = desk.well(&["palette", "hole.png"]);
    assert_eq!(shown.out(), "#00000000  100.0 %  transparent  透明 tòumíng\n");
    let written = desk.well(&["palette", "hole.png", "-o", "hole.aco"]);
    assert!(written.err.contains("aco files keep no transparency"), "{}", written.err);
}

#[test]
fn standard_input_and_output_will_do() {
    let desk = desk();
    let shown = desk.pipe(&["palette", "-", "--format", "hex"], &flag());
    assert_eq!((shown.code, shown.out()), (0, "b08d3c\n000080\n"));
    let shown = desk.pipe(&["palette", "-", "-o", "-", "--format", "ase"], b"b08d3c\n");
    assert!(shown.code == 0 && shown.out.starts_with(b"ASEF"));
}

#[test]
fn an_animation_counts_with_all_frames() {
    let desk = Desk::new();
    let mut bytes = Vec::new();
    {
        let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
        for colour in [[255, 0, 0, 255], [0, 0, 255, 255]] {
            encoder.encode_frame(image::Frame::new(RgbaImage::from_pixel(4, 4, Rgba(colour)))).unwrap();
        }
    }
    desk.file("film.gif", &bytes);
    assert_eq!(
        desk.well(&["palette", "film.gif", "--format", "hex", "--order", "hue"]).out().lines().count(),
        2
    );
}

#[test]
fn a_file_that_is_there_is_not_replaced_unasked() {
    let desk = desk();
    let words = ["palette", "flag.png", "-o", "two.gpl"];
    let refused = desk.run(&words);
    assert_eq!(
        (refused.code, refused.err.as_str()),
        (2, "zhijin: two.gpl: it exists already; --overwrite replaces it\n")
    );
    desk.well(&[&words[..], &["--overwrite"]].concat());
}

#[test]
fn wrong_words_are_refused_before_any_work() {
    let desk = desk();
    let before = desk.listing();
    for (words, wanted) in [
        (&["flag.png", "-k", "0"][..], "0 is not in 1..=65536"),
        (&["flag.png", "--order", "size"], "[possible values: given, lightness, hue, frequency]"),
        (
            &["flag.png", "--format", "psd"],
            "[possible values: swatches, png, json, css, gpl, ase, aco, hex, pal]",
        ),
        (&["flag.png", "-o", "x.psd"], "x.psd: name a file that ends in .png, .json"),
        (&["flag.png", "--size", "80x10"], "--size is for a PNG strip"),
        (&["flag.png", "--by-share", "-o", "x.gpl"], "--by-share is for a PNG strip"),
        (
            &["flag.png", "--size", "80", "-o", "x.png"],
            "write width and height, each 1 to 65535, as in 1600x200",
        ),
        (&["flag.png", "two.gpl"], "pictures and palette files cannot be mixed"),
        (&["two.gpl", "-k", "3"], "--colours is for pictures"),
    ] {
        let ended = desk.run(&[&["palette"], words].concat());
        assert!(ended.code == 2 && ended.err.contains(wanted), "{words:?}: {} {}", ended.code, ended.err);
    }
    assert_eq!(desk.listing(), before);
}

#[test]
fn what_cannot_be_read_is_named_with_its_line() {
    let desk = desk();
    desk.file("bad.gpl", b"GIMP Palette\n1 2 3\n1 2 gold\n")
        .file("letter.txt", b"Dear Sir")
        .file("letter", b"Dear Sir");
    desk.file("short.ase", b"ASEF\0\x01\0\0\0").file("empty.json", b"[]").file("broken.png", &flag()[..40]);
    for (words, wanted) in [
        (&["bad.gpl"][..], "zhijin: bad.gpl:3: found \"1 2 gold\", expected three numbers from 0 to 255"),
        (&["letter.txt"], "zhijin: letter.txt:1: found \"Dear\", expected a colour such as #b08d3c"),
        (&["letter"], "of palettes it reads gpl, ase, aco, hex, json, css, pal"),
        (&["short.ase"], "zhijin: short.ase: at byte 8: found the end of the file after 1 bytes"),
        (&["empty.json"], "zhijin: empty.json: there is no colour in this json file"),
        (&["broken.png"], "zhijin: broken.png: broken PNG file"),
        (&["missing.png", "flag.png"], "zhijin: missing.png: there is no such file"),
        (&["flag.png", "--max-pixels", "9"], "zhijin: flag.png: the picture is 8×4 pixels"),
        (&["flag.png", "-o", "letter.txt/x.gpl"], "it cannot be written"),
    ] {
        let ended = desk.run(&[&["palette"], words].concat());
        assert!(ended.code == 1 && ended.err.contains(wanted), "{words:?}: {} {}", ended.code, ended.err);
        assert!(ended.out.is_empty());
    }
}
