//! Words, compared with files that are read in review. To accept new words: ZHIJIN_BLESS=1 cargo test --test cli

use std::fmt::Write;
use std::path::Path;

use crate::support::{Desk, encoded};

fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("ZHIJIN_BLESS").is_some() {
        return std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (line, wanted)) in actual.lines().zip(expected.lines()).enumerate() {
        assert_eq!(line, wanted, "{name}, line {}", number + 1);
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "lines of {name}");
}

/// What each command prints on standard error and how it ends. A command is words; `< file` feeds a file.
fn transcript(desk: &Desk, commands: &[&str]) -> String {
    let mut text = String::new();
    for command in commands {
        let (words, fed) = command.split_once(" < ").map_or((*command, None), |(c, file)| (c, Some(file)));
        let words: Vec<_> = words.split_whitespace().collect();
        let ended = match fed {
            Some(file) => desk.pipe(&words, &std::fs::read(desk.path(file)).unwrap()),
            None => desk.run(&words),
        };
        let _ = writeln!(text, "$ zhijin {command}\n{}exit {}\n", ended.err, ended.code);
    }
    text
}

/// The same folder for all errors.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.picture("a.png", 8, 6).picture("b.png", 8, 6).picture("holiday/c.png", 8, 6);
    desk.picture("taken.png", 8, 6).file("taken.plain.png", b"mine").file("file", b"not a folder");
    desk.file("flat.png", &flat(200, 200))
        .file("letter.png", b"Dear Sir")
        .file("letter.txt", b"Dear Sir")
        .file("empty.png", b"");
    desk.file("cut.png", &encoded(64, 48, image::ImageFormat::Png)[..60]);
    desk.file("bomb.png", &claiming(30_000, 30_000)).file("lie.png", &claiming(2_000_000_000, 2_000_000_000));
    desk.file("wrong.toml", b"[[step]]\nop = \"exposure\"\nev = 11\n").file("right.toml", b"about = \"x\"\n");
    std::fs::create_dir(desk.path("nothing")).unwrap();
    desk
}

/// A picture that takes little as a file and much as pixels.
fn flat(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A PNG whose header claims a size and that has nothing else.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    bytes.extend(13u32.to_be_bytes());
    let mut checksum = flate2::Crc::new();
    checksum.update(&header);
    bytes.extend(&header);
    bytes.extend(checksum.sum().to_be_bytes());
    bytes
}

#[test]
fn help_reads_as_it_was_agreed() {
    let desk = Desk::new();
    for (file, words) in [
        ("help.txt", &["--help"][..]),
        ("help_apply_short.txt", &["apply", "-h"]),
        ("help_apply.txt", &["apply", "--help"]),
        ("help_palette.txt", &["palette", "--help"]),
        ("help_styles.txt", &["styles", "--help"]),
    ] {
        compare(file, desk.well(words).out());
    }
}

#[test]
fn short_help_is_short() {
    let help = Desk::new().well(&["apply", "-h"]);
    for line in help.out().lines().filter(|line| line.trim_start().starts_with('-')) {
        assert!(line.chars().count() <= 110, "{line}");
    }
}

/// Wrong command lines, settings and styles: exit code 2, and nothing is read or made.
#[test]
fn every_error_of_the_command_line() {
    let desk = desk();
    let before = desk.listing();
    let commands = [
        "",
        "aply plain a.png",
        "apply",
        "apply plain",
        "apply plain a.png --colour",
        "apply plain a.png --overwrite --skip-existing",
        "apply plain a.png --preview --json",
        "apply plain a.png -q -v",
        "apply plain a.png --size 0x9",
        "apply plain a.png --format psd",
        "apply plain a.png --format avif",
        "apply plain a.png --quality 0",
        "apply plain a.png --compress smallest",
        "apply plain a.png --seed -1",
        "apply plain a.png --set exposure",
        "apply plain a.png --jobs 0",
        "apply plain a.png --threads 5000",
        "apply plain a.png --deadline 30",
        "apply plain a.png --max-pixels many",
        "apply plain a.png --max-memory 1.5G",
        "apply plain a.png --max-frames 0",
        "apply plain a.png -o x.psd",
        "apply plain a.png -o x.jxl",
        "apply plain a.png -o {stam}.png",
        "apply plain a.png -o {stem",
        "apply plian a.png",
        "apply rococo a.png",
        "apply plain, a.png",
        "apply a.png plain",
        "apply missing.toml a.png",
        "apply wrong.toml a.png",
        "apply plain a.png --set exposure.ev=1",
        "apply cyanotype a.png --set exposur.ev=1",
        "apply cyanotype a.png --set exposure.evv=1",
        "apply cyanotype a.png --set exposure.ev=99",
        "apply cyanotype a.png --set exposure=1",
        "apply plain a.png b.png -o x.png",
        "apply plain a.png b.png -o -",
        "apply plain,cyanotype - < a.png",
        "apply plain a.png -o b.png b.png",
        "apply plain - --json < a.png",
        "apply plain - --preview < a.png",
        "apply plain a.png --sheet -",
        "styles show plian",
        "styles check wrong.toml right.toml missing.toml",
        "completions tcsh",
    ];
    let text = transcript(&desk, &commands);
    assert_eq!(desk.listing(), before);
    assert_eq!(text.matches("\nexit 2\n").count(), commands.len(), "all are usage errors:\n{text}");
    compare("errors_of_the_command_line.txt", &text);
}

/// Pictures that cannot be found, read or written: exit code 1, and the others are made.
#[test]
fn every_error_of_a_picture() {
    let desk = desk();
    let commands = [
        "apply plain missing.png",
        "apply plain *.xyz",
        "apply plain [.png",
        "apply plain nothing",
        "apply plain letter.txt",
        "apply plain empty.png",
        "apply plain cut.png",
        "apply plain bomb.png",
        "apply plain lie.png",
        "apply plain a.png --max-pixels 40",
        "apply plain a.png --max-memory 30",
        "apply plain flat.png --max-memory 100K",
        "apply plain taken.png",
        "apply plain a.png -o file/a.png",
        "apply plain a.png -o letter.png/",
        "apply plain a.png --sheet taken.plain.png",
        "apply plain missing.png --sheet sheet.png",
        "apply plain - < letter.txt",
    ];
    let text = transcript(&desk, &commands);
    assert_eq!(text.matches("\nexit 1\n").count(), commands.len(), "none is made:\n{text}");
    compare("errors_of_a_picture.txt", &text);
}
