//! Promise 2: hostile bytes meet a clear error within the limits, never a panic, and quickly.
//!
//! `fixtures/broken` holds files made to hurt, `fixtures/found` what fuzzing has found; a new finding is copied
//! there and is covered from then on.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::path::{Path, PathBuf};

use zhijin::codec::{self, DecodeOptions, EncodeOptions, Format, Metadata};
use zhijin::pixel::{Depth, Layout, Picture, Size};
use zhijin::{Context, Error, Limits, Result};

/// Files of a fixture folder, sorted; scripts and notes left out.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.extension().is_some_and(|e| e == "md" || e == "py" || e == "sh"));
    files.sort();
    files
}

/// Everything a service would do with such bytes. A caught panic is a failure all the same.
fn read_all(name: &str, bytes: &[u8], context: &Context) -> Result<()> {
    let result =
        codec::decode(bytes, &DecodeOptions { keep_exif: true, ..DecodeOptions::default() }, context)
            .map(drop);
    let frames = codec::frames(bytes, &DecodeOptions::default(), context);
    let frames = frames.and_then(|frames| frames.into_iter().flatten().try_for_each(|frame| frame.map(drop)));
    for result in [&result, &frames] {
        assert!(!matches!(result, Err(Error::Fault { .. })), "{name}: {result:?}");
    }
    result.and(frames)
}

fn context() -> Context {
    Context { limits: Limits { max_frames: 100, ..Limits::default() }, ..Context::default() }
}

/// What becomes of each broken file, word for word, so that a change of wording shows in review.
/// `ZHIJIN_BLESS=1 cargo test --test hostile` writes the list anew.
#[test]
fn every_broken_file_ends_as_listed() {
    let all = files("broken").into_iter().chain(files("found"));
    let list: String = all.map(|path| format!("{}\n", outcome(&path))).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/broken.txt");
    if std::env::var_os("ZHIJIN_BLESS").is_some() {
        std::fs::write(&path, &list).unwrap();
    }
    let listed = std::fs::read_to_string(&path).unwrap();
    for (found, listed) in list.lines().zip(listed.lines()) {
        assert_eq!(found, listed);
    }
    assert_eq!(list.lines().count(), listed.lines().count(), "a file came or went");
}

/// `name: broken PNG file: …` or `name: 12×8 Rgb U8`, and the frames if there are several.
fn outcome(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    let bytes = std::fs::read(path).unwrap();
    let still = match codec::decode(&bytes, &DecodeOptions::default(), &context()) {
        Ok(decoded) => decoded.picture.to_string(),
        Err(error) => error.to_string(),
    };
    let frames = codec::frames(&bytes, &DecodeOptions::default(), &context());
    match frames {
        Ok(None) => format!("{name}: {still}"),
        Ok(Some(frames)) => match frames.map(|frame| frame.map(drop)).collect::<Result<Vec<()>>>() {
            Ok(frames) => format!("{name}: {still}; {} frames", frames.len()),
            Err(error) => format!("{name}: {still}; then {error}"),
        },
        Err(error) if error.to_string() == still => format!("{name}: {still}"),
        Err(error) => format!("{name}: {still}; as an animation: {error}"),
    }
}

/// The notes beside the files say what should become of each; where they allow only refusal, it is refused.
#[test]
fn what_must_be_refused_is_refused() {
    let notes =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken/README.md"))
            .unwrap();
    let mut refused = 0;
    for line in notes.lines().filter(|line| line.contains("| Refused")) {
        let name = line.split('|').nth(1).unwrap().trim();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/broken").join(name);
        let result = read_all(name, &std::fs::read(path).unwrap(), &context());
        let lenient = line.contains("(or ") || line.contains(", or ") || line.contains("may be");
        assert!(lenient || result.is_err(), "{name} should not have been readable");
        refused += usize::from(result.is_err());
    }
    assert!(refused > 40, "only {refused} files were refused; were the notes read?");
}

#[test]
fn lies_about_size_are_refused_from_the_header_naming_the_limit() {
    for path in files("broken") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !["claims_a_terabyte", "bomb_30000", "65535x65535", "16777216"]
            .iter()
            .any(|lie| name.contains(lie))
        {
            continue;
        }
        let error = codec::header(&std::fs::read(&path).unwrap(), &context()).expect_err(&name);
        let text = error.to_string();
        let named = matches!(error, Error::Limit { .. }) && text.contains("over the limit of");
        assert!(named || matches!(error, Error::Malformed { .. }), "{name}: {text}");
    }
}

/// A picture with enough in it that every part of a file matters.
fn sample(layout: Layout) -> Picture {
    let size = Size::new(48, 32).unwrap();
    let samples =
        (0..size.pixels() * layout.channels()).map(|i| (i * i / 7 + i * 31) as u8).collect::<Vec<_>>();
    Picture::new(size, layout, samples).unwrap().into_depth(Depth::U8, &Context::default()).unwrap()
}

fn written() -> impl Iterator<Item = (String, Vec<u8>)> {
    Format::all().filter(|format| format.can_write()).flat_map(|format| {
        [Layout::Grey, Layout::Rgba].map(|layout| {
            let options = EncodeOptions::default();
            let bytes =
                codec::encode(&sample(layout), format, &options, &Metadata::default(), &Context::default());
            (format!("{format} {layout:?}"), bytes.unwrap())
        })
    })
}

/// What we write, and what only others can.
fn whole_files() -> Vec<(String, Vec<u8>)> {
    let fixtures = files("codec").into_iter().filter(|path| !path.to_string_lossy().contains(".expected."));
    let fixtures = fixtures.map(|path| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())
    });
    fixtures.filter(|(_, bytes)| bytes.len() < 20_000).chain(written()).collect()
}

#[test]
fn a_file_cut_short_anywhere_is_an_error_or_a_whole_picture() {
    for (name, bytes) in whole_files() {
        for percent in 0..100 {
            let cut = &bytes[..bytes.len() * percent / 100];
            let result = read_all(&format!("{name} cut at {percent} %"), cut, &context());
            if percent < 50 {
                assert!(
                    result.is_err(),
                    "{name}: half of it is missing ({percent} % left), and nobody noticed"
                );
            }
        }
    }
}

#[test]
fn flipped_bits_never_bring_it_down() {
    // SplitMix64; the seed is printed with every failure by way of the name.
    let mut state =
        std::env::var("ZHIJIN_TEST_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_260_101u64);
    let mut below = |bound: usize| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    };
    let context = Context { limits: Limits { max_pixels: 1 << 22, ..context().limits }, ..context() };
    for (name, bytes) in whole_files() {
        for round in 0..60 {
            let mut bytes = bytes.clone();
            for _ in 0..=round % 4 {
                let at = below(bytes.len());
                bytes[at] ^= 1 << below(8);
            }
            let _ = read_all(&format!("{name}, round {round}"), &bytes, &context);
        }
    }
}
