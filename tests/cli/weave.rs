//! `zhijin weave`: cloth and loom files, drafts shown and checked.

use serde_json::Value;

use crate::support::Desk;

const DRAFT: &str = "[WIF]\nVersion=1.1\n[WEAVING]\nShafts=4\nTreadles=4\nRising Shed=yes\n[WARP]\nThreads=8\nColor=1\n\
    [WEFT]\nThreads=8\nColor=2\n[COLOR PALETTE]\nRange=0,255\nEntries=2\n[COLOR TABLE]\n1=200,30,40\n2=240,220,120\n\
    [THREADING]\n1=1\n2=2\n3=3\n4=4\n5=1\n6=2\n7=3\n8=4\n[LIFTPLAN]\n1=1,2\n2=2,3\n3=3,4\n4=1,4\n5=1,2\n6=2,3\n7=3,4\n8=1,4\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.picture("a.png", 60, 40).file("twill.wif", DRAFT.as_bytes());
    desk
}

const SMALL: [&str; 4] = ["--ends", "96", "--scale", "2"];

#[test]
fn a_picture_becomes_all_the_files_of_a_loom() {
    let desk = desk();
    let ended = desk.well(&[&["weave", "a.png", "--tradition", "yun", "-o", "loom/"], &SMALL[..]].concat());
    let files = ["cards.tif", "cloth.png", "points.png", "wefts.csv", "wif", "yarns.html", "yarns.json"];
    let names: Vec<String> = files.iter().map(|ending| format!("loom/a.yun.{ending}")).collect();
    assert_eq!(desk.listing(), [&["a.png".to_owned()], &names[..], &["twill.wif".to_owned()]].concat());
    assert!(ended.err.contains("longest float"), "{}", ended.err);
    let cards = image::open(desk.path("loom/a.yun.cards.tif")).unwrap();
    let cloth = image::open(desk.path("loom/a.yun.cloth.png")).unwrap();
    assert_eq!(cloth.width(), 192);
    assert!(cards.width() >= 96 && cards.height() > 40);
    let yarns: Value =
        serde_json::from_slice(&std::fs::read(desk.path("loom/a.yun.yarns.json")).unwrap()).unwrap();
    let shares: f64 = yarns["yarns"].as_array().unwrap().iter().map(|y| y["share"].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 1e-3, "{shares}");
    let page = std::fs::read_to_string(desk.path("loom/a.yun.yarns.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("g/m²"));
    desk.well(&["weave", "--check", "loom/a.yun.wif", "--max-float", "16", "--max-warp-float", "400"]);
}

#[test]
fn one_file_is_what_its_extension_says() {
    let desk = desk();
    for name in ["x.wif", "x.tif", "x.bmp", "x.json", "x.html", "x.csv", "x.jpg"] {
        desk.well(&[&["weave", "a.png", "-o", name], &SMALL[..]].concat());
        assert!(desk.listing().contains(&name.to_owned()), "{name}");
    }
    desk.well(&[&["weave", "a.png", "--files", "points", "-o", "p.png"], &SMALL[..]].concat());
    let refused = desk.run(&["weave", "a.png", "-o", "x.doc"]);
    assert_eq!(
        (refused.code, refused.err.contains("the extension says nothing")),
        (2, true),
        "{}",
        refused.err
    );
    let taken = desk.run(&[&["weave", "a.png", "-o", "x.wif"], &SMALL[..]].concat());
    assert_eq!((taken.code, taken.err.contains("exists already")), (1, true), "{}", taken.err);
}

#[test]
fn a_draft_of_another_program_is_shown_and_carded() {
    let desk = desk();
    desk.well(&["weave", "twill.wif", "-o", "cloth.png", "--scale", "8", "--tiles", "3x2"]);
    let cloth = image::open(desk.path("cloth.png")).unwrap().to_rgb8();
    assert_eq!(cloth.width(), 192);
    let (mut red, mut yellow) = (0, 0);
    for pixel in cloth.pixels() {
        let [r, g, _] = pixel.0.map(i32::from);
        red += u32::from(r > g * 2);
        yellow += u32::from(r < g * 3 / 2 && g > 60);
    }
    assert!(red > 2000 && yellow > 2000, "{red} {yellow}");
    desk.well(&["weave", "twill.wif", "--files", "cards", "-o", "c.bmp", "--hooks", "32", "--across", "4"]);
    assert_eq!(image::open(desk.path("c.bmp")).unwrap().width(), 32);
    let few = desk.run(&["weave", "twill.wif", "--files", "cards", "-o", "d.bmp", "--hooks", "7"]);
    assert_eq!(few.code, 1);
    assert!(few.err.contains("need 8 hooks"), "{}", few.err);
    let none = desk.run(&["weave", "twill.wif", "--files", "points", "-o", "d.png"]);
    assert!(none.err.contains("a draft has no design"), "{}", none.err);
}

#[test]
fn a_check_says_what_is_so() {
    let desk = desk();
    let said = String::from_utf8(desk.well(&["weave", "--check", "twill.wif"]).out).unwrap();
    assert!(said.starts_with("twill.wif: sound\n8 ends, 8 picks, 4 shafts, 4 treadles\n"), "{said}");
    assert!(said.contains("weft on the face: 2 ends"), "{said}");
    let lines = desk.well(&["weave", "--check", "--json", "twill.wif"]).out;
    let report: Value = serde_json::from_slice(&lines).unwrap();
    assert_eq!((report["status"].as_str(), report["weft_back"]["length"].as_u64()), (Some("sound"), Some(2)));
    desk.file("loose.wif", DRAFT.replace("8=4\n[LIFT", "8=1,2,3,4\n[LIFT").as_bytes());
    let loose = desk.run(&["weave", "--check", "loose.wif"]);
    let said = String::from_utf8(loose.out).unwrap();
    assert_eq!(loose.code, 1);
    assert!(
        said.starts_with("loose.wif: not sound") && said.contains("ends never interlaced: 1 (8)"),
        "{said}"
    );
    let picture = desk.run(&["weave", "--check", "a.png"]);
    assert_eq!((picture.code, picture.err.contains("zhijin checks WIF files")), (1, true), "{}", picture.err);
}

#[test]
fn what_would_be_written_is_told() {
    let desk = desk();
    let said = String::from_utf8(desk.well(&["weave", "a.png", "twill.wif", "--dry-run"]).out).unwrap();
    assert!(
        said.contains("a.png -> a.brocade.wif\n") && said.contains("twill.wif -> twill.cloth.png\n"),
        "{said}"
    );
    assert_eq!(desk.listing(), ["a.png", "twill.wif"]);
    let lines = desk.well(&[&["weave", "a.png", "--json", "--files", "wif"], &SMALL[..]].concat()).out;
    let first = String::from_utf8(lines).unwrap().lines().next().unwrap().to_owned();
    let object: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(object["output"], "a.brocade.wif");
    assert_eq!(object["cloth"]["main_ends"], 96);
    assert_eq!(object["cloth"]["floats_left"], 0);
}

#[test]
fn a_dobby_gets_no_more_shafts_than_it_has() {
    let desk = desk();
    desk.well(&[&["weave", "a.png", "--shafts", "24", "-o", "d.wif"], &SMALL[..]].concat());
    let text = std::fs::read_to_string(desk.path("d.wif")).unwrap();
    let shafts = text.lines().find_map(|line| line.strip_prefix("Shafts=")).unwrap();
    assert!(shafts.trim().parse::<u32>().unwrap() <= 24, "{shafts}");
}

#[test]
fn floats_are_as_short_as_asked_in_both_directions_with_bobbins_or_without() {
    let desk = desk();
    for clip in [None, Some("--clip")] {
        let asked = ["weave", "a.png", "--tradition", "zhuang", "--max-float", "9", "--max-warp-float", "40"];
        let rest = ["-o", "c.wif", "--overwrite"];
        desk.well(&[&asked[..], &rest, &SMALL, clip.as_slice()].concat());
        desk.well(&["weave", "--check", "c.wif", "--max-float", "9", "--max-warp-float", "40"]);
    }
}
