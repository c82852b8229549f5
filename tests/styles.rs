//! Style files from strangers: every fault is found, on its line, with a remedy, and nothing panics.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use zhijin::pixel::Size;
use zhijin::{Limits, Style};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/styles")
}

fn files() -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = all.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    files.sort();
    files
}

/// The line that is marked, counted from one.
fn marked(path: &Path) -> Option<usize> {
    let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    text.lines().position(|line| line.ends_with("# wrong")).map(|at| at + 1)
}

/// What is wrong with a file: the line, and the message without the folder.
fn fault(path: &Path) -> (Option<usize>, String) {
    let photograph = Size::new(4000, 3000).unwrap();
    let shown = |text: String| text.replace(&format!("{}/", folder().display()), "");
    match Style::from_file(path) {
        Err(error) => (error.line, shown(error.to_string())),
        Ok(style) => match style.admit(photograph, &Limits::default()) {
            Err(error) => (None, shown(format!("{}: {error}", path.display()))),
            Ok(_) => panic!("{} passes", path.display()),
        },
    }
}

#[test]
fn every_planted_fault_is_found_on_its_line() {
    let files = files();
    assert!(files.len() >= 50, "only {} files", files.len());
    for path in &files {
        let (line, what) = fault(path);
        if let Some(marked) = marked(path) {
            assert_eq!(line, Some(marked), "{what}");
        }
    }
}

#[test]
fn every_fault_is_told_as_written_down() {
    let told: String = files().iter().map(|path| fault(path).1 + "\n").collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/broken_styles.txt");
    if std::env::var_os("ZHIJIN_BLESS").is_some() {
        std::fs::write(&path, &told).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == told,
        "what is said has changed; if it is better, ZHIJIN_BLESS=1 cargo test --test styles:\n{told}"
    );
}

#[test]
fn every_prefix_of_a_style_is_read_or_refused() {
    for name in zhijin::style::builtin_names() {
        let text = Style::find(name).unwrap().to_template();
        for end in (0..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end)) {
            let _read_or_refused = Style::from_toml("prefix", &text[..end]);
        }
    }
}

#[test]
fn a_style_that_costs_too_much_is_refused_before_any_pixel_is_read() {
    let style = Style::from_file(&folder().join("works_all_afternoon.toml")).unwrap();
    // A header that promises a photograph, and nothing behind it: reading pixels would fail in another way.
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x0f\xa0\0\0\x0b\xb8\x08\x02\0\0\0".to_vec();
    file.extend([0; 8]);
    let engine = zhijin::Engine::builder().build().unwrap();
    let error = engine.run(&zhijin::Job::new(file).with_style(style)).unwrap_err().to_string();
    assert!(error.starts_with("the work is about "), "{error}");
    assert!(error.contains("raise --max-work"), "{error}");
}

#[test]
fn shipped_styles_are_far_from_the_limit() {
    for name in zhijin::style::builtin_names() {
        let style = Style::find(name).unwrap();
        let estimate = style.admit(Size::new(8000, 6000).unwrap(), &Limits::default()).unwrap();
        assert!(estimate.work < Duration::from_secs(300), "{name}: {estimate:?}");
    }
}
