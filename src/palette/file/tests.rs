//! What holds for every format: round trips, and that nothing makes a reader panic.

use super::*;
use crate::palette::Swatch;
use crate::test_support::Random;

fn random_palette(random: &mut Random, alpha: bool) -> Palette {
    let names = ["old gold", "月白", "dark-olive-green", "a \"quoted\", name; {}", "É_1", "😀"];
    (0..1 + random.below(40))
        .map(|_| {
            let [r, g, b, a, ..] = random.next().to_be_bytes();
            let swatch = Swatch::new([r, g, b, if alpha { a } else { u8::MAX }]);
            let swatch =
                if random.below(2) == 0 { swatch } else { swatch.named(names[random.below(names.len())]) };
            if random.below(2) == 0 { swatch } else { swatch.with_share(random.below(1001) as f64 / 1000.0) }
        })
        .collect()
}

/// The palette as this format can keep it.
fn kept(palette: &Palette, format: FileFormat) -> Palette {
    let keep = |swatch: &Swatch| {
        let mut swatch = swatch.clone();
        if !format.keeps_alpha() {
            swatch.colour[3] = u8::MAX;
        }
        if !format.keeps_names() {
            swatch.name = None;
        }
        if format != FileFormat::Json {
            swatch.share = None;
        }
        swatch
    };
    palette.iter().map(keep).collect()
}

#[test]
fn what_is_written_is_read_again() {
    let random = &mut Random::new("palette round trip");
    for round in 0..40 {
        let palette = random_palette(random, round % 2 == 1);
        for format in FileFormat::ALL {
            let bytes = write(&palette, format).unwrap();
            assert_eq!(FileFormat::sniff(&bytes), Some(format), "{random}");
            let mut again = read("x", &bytes).unwrap();
            let mut wanted = kept(&palette, format);
            if format == FileFormat::Css {
                // A variable cannot be called by every name; those written twice are the same the second time.
                assert_eq!(
                    write(&again, format).unwrap(),
                    write(&kept(&palette, format), format).unwrap(),
                    "{random}"
                );
                for swatch in again.swatches_mut().iter_mut().chain(wanted.swatches_mut()) {
                    swatch.name = None;
                }
            }
            assert_eq!(again, wanted, "{format} {random}");
        }
    }
}

#[test]
fn the_largest_palette_is_written_and_read_and_a_larger_one_is_not() {
    let colour = |i: usize| Swatch::opaque([(i >> 16) as u8, (i >> 8) as u8, i as u8]);
    let (full, over) = ((0..65_536).map(colour).collect(), (0..65_537).map(colour).collect::<Palette>());
    for format in FileFormat::ALL {
        assert!(write(&over, format).is_err() && write(&Palette::default(), format).is_err(), "{format}");
        if format == FileFormat::Aco {
            let error = write(&full, format).unwrap_err().to_string();
            assert_eq!(
                error,
                "a palette of 65536 colours cannot be written as aco; such a file holds 1 to 65535"
            );
            continue;
        }
        let bytes = write(&full, format).unwrap();
        assert_eq!(read("x", &bytes).unwrap().len(), 65_536, "{format}: {} bytes", bytes.len());
    }
    let lines = "ffffff\n".repeat(65_537);
    assert!(read("x.hex", lines.as_bytes()).unwrap_err().to_string().starts_with("x.hex:65537: found"));
}

#[test]
fn a_file_is_known_by_content_before_extension() {
    let gpl = b"GIMP Palette\n1 2 3 x\n";
    assert_eq!(read("x.ase", gpl).unwrap().len(), 1);
    for (extension, format) in [("GPL", FileFormat::Gpl), ("txt", FileFormat::Hex), ("scss", FileFormat::Css)]
    {
        assert_eq!(FileFormat::from_extension(extension), Some(format));
    }
    assert_eq!(".ase".parse(), Ok(FileFormat::Ase));
}

#[test]
fn what_is_no_palette_is_said_to_be_none() {
    for (name, bytes, wanted) in [
        ("x", &b""[..], "x: not a palette (it is empty); zhijin reads gpl, ase, aco, hex, json, css and pal"),
        ("x", b"Dear Sir", "x: not a palette (it begins with \"Dear Sir\"); zhijin reads"),
        (
            "x",
            b"\x89PNG\r\n\x1a\n..",
            "x: not a palette (it begins with the bytes 89 50 4e 47 0d 0a 1a 0a); zhijin",
        ),
        ("x.pal", b"RIFF....PAL data", "x.pal:1: found \"RIFF....PAL data\", expected \"JASC-PAL\""),
        ("x.gpl", b"Dear Sir", "x.gpl:1: found \"Dear Sir\", expected \"GIMP Palette\""),
        ("x.gpl", b"GIMP Palette\n", "x.gpl: there is no colour in this gpl file"),
        ("x.css", b":root { }", "x.css: there is no colour in this css file"),
        ("x.hex", b"\xff\xfe", "x.hex:1: found"),
        ("x.ase", b"", "x.ase: at byte 0: found the end of the file after 0 bytes, expected \"ASEF\""),
    ] {
        let text = read(name, bytes).unwrap_err().to_string();
        assert!(text.starts_with(wanted), "{text}");
    }
    let long = vec![b' '; MOST_BYTES + 1];
    let text = read("x.hex", &long).unwrap_err().to_string();
    assert_eq!(text, "x.hex: the file has 8388609 bytes; a palette may have 8388608");
}

/// Change some bytes of a file in the ways files break, and in those that people break them.
fn mutated(random: &mut Random, whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..1 + random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = at + random.below(bytes.len() - at + 1).min(16);
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            3 => drop(bytes.splice(at..end, vec![0xff; end - at])),
            4 => drop(bytes.splice(at..end, vec![0; end - at])),
            5 => drop(bytes.splice(at..at, "月#\u{0},;:{}[]\"/*-$é".bytes().take(random.below(20)))),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
        }
    }
    bytes
}

#[test]
fn nothing_makes_a_reader_panic() {
    let random = &mut Random::new("palette rubbish");
    let mut read_well = 0;
    for round in 0..600 {
        let palette = random_palette(random, round % 2 == 1);
        for format in FileFormat::ALL {
            let bytes = mutated(random, &write(&palette, format).unwrap());
            for reader in FileFormat::ALL {
                let read = std::panic::catch_unwind(|| read_as(reader, "x", &bytes));
                let read = read.unwrap_or_else(|_| panic!("{reader} {random} {bytes:?}"));
                if let Ok(palette) = read {
                    read_well += 1;
                    let named = palette.iter().filter_map(|swatch| swatch.name.as_ref());
                    assert!(
                        named.flat_map(|name| name.chars()).all(|c| !c.is_control()),
                        "{reader} {random}"
                    );
                    assert!(!palette.is_empty() && palette.len() <= Palette::MOST);
                }
            }
            let _ = FileFormat::sniff(&bytes);
        }
    }
    assert!(read_well > 500, "the rubbish is too rubbish: {read_well}");
}
