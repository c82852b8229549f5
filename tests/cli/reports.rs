//! What is said while pictures are made.

use crate::support::{Desk, whole};

#[test]
fn json_has_one_object_for_each_result_in_order_and_a_summary() {
    let desk = Desk::new();
    for index in 0..9 {
        desk.picture(&format!("{index}.png"), 300 - 30 * index, 20);
    }
    desk.file("5.png", b"broken").file("7.plain.png", b"mine");
    let names: Vec<_> = (0..9).map(|index| format!("{index}.png")).collect();
    let mut words = vec!["apply", "plain", "missing.png", "--json", "--skip-existing", "--jobs", "4"];
    words.extend(names.iter().map(String::as_str));
    let ended = desk.run(&words);
    let lines = ended.json();
    assert_eq!((ended.code, lines.len()), (1, 11), "{}", ended.err);
    assert_eq!((&lines[0]["input"], &lines[0]["status"]), (&"missing.png".into(), &"failed".into()));
    for (index, line) in lines[1..10].iter().enumerate() {
        assert_eq!(line["input"], format!("{index}.png"));
        assert_eq!(line["output"], format!("{index}.plain.png"));
        let status =
            [(5, "failed"), (7, "skipped")].iter().find(|(i, _)| *i == index).map_or("made", |s| s.1);
        assert_eq!(line["status"], status, "{line}");
    }
    assert_eq!(lines[1]["report"]["output"]["width"], 300);
    assert_eq!(lines[1]["report"]["style"], "plain");
    assert!(lines[6]["error"].as_str().unwrap().starts_with("not a picture in a known format"));
    let summary = &lines[10]["summary"];
    let counts = ["made", "skipped", "failed", "stopped"].map(|key| summary[key].as_u64().unwrap());
    assert_eq!(counts, [7, 1, 2, 0]);
}

#[test]
fn a_reader_that_leaves_stops_neither_the_work_nor_the_good_end() {
    let desk = Desk::new();
    for index in 0..4 {
        desk.picture(&format!("{index}.png"), 30, 20);
    }
    let mut child = desk
        .command(&["apply", "plain", ".", "--json", "-q"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert!((0..4).all(|index| desk.path(&format!("{index}.plain.png")).exists()));
}

#[test]
fn words_go_to_standard_error_as_many_as_wanted() {
    let desk = Desk::new();
    desk.picture("a.png", 30, 20).picture("b.png", 30, 20);
    let said = |more: &[&str]| {
        let ended = desk.well(&[&["apply", "cyanotype", "a.png", "b.png", "--overwrite"], more].concat());
        assert!(ended.out.is_empty());
        ended.err
    };
    let usual = said(&[]);
    assert!(usual.starts_with("a.png -> a.cyanotype.png\nb.png -> b.cyanotype.png\n2 made in "), "{usual}");
    assert_eq!(said(&["-q"]), "");
    let more = said(&["-v"]);
    assert!(more.contains("30x20 in ") && more.contains("exposure+gradient_map "), "{more}");
    let ended = desk.run(&["apply", "plain", "missing.png", "-qq"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    desk.picture("a.png", 30, 20).file("a.plain.png", b"mine");
    let ended = desk.well(&["apply", "plain,cyanotype", "a.png", "--dry-run"]);
    assert_eq!(ended.out(), "a.png -> a.plain.png (exists)\na.png -> a.cyanotype.png\n");
    assert_eq!(desk.listing(), ["a.plain.png", "a.png"]);
}

#[test]
fn the_sheet_has_a_row_for_each_picture_and_a_column_for_each_style() {
    let desk = Desk::new();
    desk.picture("a.png", 960, 480).picture("b.png", 480, 960);
    desk.well(&["apply", "plain,cyanotype", "a.png", "b.png", "--sheet", "sheet.png"]);
    assert_eq!(desk.listing(), ["a.png", "b.png", "sheet.png"], "without -o only the sheet is made");
    let (margin, gap, line) = (32, 16, 32);
    let width = 2 * margin + 3 * 480 + 2 * gap;
    let height = 2 * margin + line + (line + 240) + gap + (line + 480);
    assert_eq!(whole(&desk.path("sheet.png")), (width, height));
    desk.well(&["apply", "plain", "a.png", "--sheet", "other.png", "-o", "art/"]);
    assert!(desk.path("art/a.plain.png").exists() && desk.path("other.png").exists());
}

#[test]
fn a_preview_away_from_a_terminal_is_declined_and_the_file_made() {
    let desk = Desk::new();
    desk.picture("a.png", 30, 20);
    let ended = desk.well(&["apply", "plain", "a.png", "--preview"]);
    assert!(ended.out.is_empty() && desk.path("a.plain.png").exists());
    assert!(ended.err.starts_with("zhijin: --preview: standard output is not a terminal"), "{}", ended.err);
}

#[test]
fn names_from_outside_cannot_command_the_terminal() {
    let desk = Desk::new();
    let ended = desk.run(&["apply", "plain", "a\u{1b}c.png"]);
    assert_eq!(ended.err, "zhijin: a\\u{1b}c.png: there is no such file; check the name\n");
}

#[test]
fn a_deadline_that_cannot_be_met_is_named() {
    let desk = Desk::new();
    desk.picture("a.png", 3000, 2000);
    let ended = desk.run(&["apply", "cyanotype", "a.png", "--deadline", "1ms"]);
    let wanted =
        "zhijin: a.png: not done within the deadline of 1 ms; allow more time or use a smaller picture\n";
    assert_eq!((ended.code, ended.err.as_str()), (1, wanted));
}
