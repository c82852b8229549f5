//! `zhijin measure`: traits said, and what cannot be measured.

use crate::support::Desk;

#[test]
fn a_picture_is_measured_and_compared() {
    let desk = Desk::new();
    desk.picture("photo.png", 64, 48);
    let shown = desk.well(&["measure", "photo.png"]);
    assert!(shown.out().starts_with("photo.png\n  lightness_5 "), "{}", shown.out());
    assert!(!shown.out().contains("edges_kept"));
    let with = desk.well(&["measure", "photo.png", "--against", "photo.png"]);
    let line = with.out().lines().find(|line| line.trim_start().starts_with("edges_kept")).unwrap();
    assert!(line.contains("1.0000"), "{line}");
}

#[test]
fn json_has_a_line_for_each_picture() {
    let desk = Desk::new();
    desk.picture("a/one.png", 32, 48)
        .picture("a/two.png", 20, 10)
        .file("a/broken.png", b"\x89PNG\r\n\x1a\nno");
    let ended = desk.run(&["measure", "a", "--json", "--against", "a/one.png"]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    let lines: Vec<serde_json::Value> =
        ended.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (lines[0]["status"].as_str(), lines[1]["status"].as_str()),
        (Some("failed"), Some("measured"))
    );
    assert_eq!(lines[1]["traits"]["difference"].as_f64(), Some(0.0));
    assert!(lines[2]["traits"]["shapes"].is_number());
}

#[test]
fn a_source_that_is_not_one_is_refused() {
    let desk = Desk::new();
    desk.picture("one.png", 8, 8).picture("a/x.png", 8, 8).picture("a/y.png", 8, 8);
    let none = desk.run(&["measure", "one.png", "--against", "no.png"]);
    assert_eq!((none.code, none.out()), (1, ""));
    assert!(none.err.starts_with("zhijin: --against no.png: "), "{}", none.err);
    let many = desk.run(&["measure", "one.png", "--against", "a"]);
    assert!(many.err.contains("2 pictures; name one"), "{}", many.err);
}
