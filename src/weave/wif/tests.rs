//! The writer and the reader together, and the reader against files that mean harm.

use crate::test_support::Random;
use crate::weave::cloth::{Cloth, End};
use crate::weave::samples::cloth;
use crate::weave::samples::{random_lift, random_spans};
use crate::weave::wif::read_cloth;
use crate::weave::wif::{Limits, read_wif};
use crate::weave::wif::{Options, Plan, write_wif};

fn written(cloth: &Cloth, plan: Plan) -> Vec<u8> {
    let mut out = Vec::new();
    let options = Options { title: "片金 [WARP]\r\nx=1".into(), plan, ..Options::default() };
    let done = write_wif(&mut out, cloth, &options).unwrap();
    assert_eq!(done.bytes, out.len() as u64);
    out
}

fn same(a: &Cloth, b: &Cloth) -> bool {
    let setts = |c: &Cloth| [c.ends_per_cm.to_bits(), c.passes_per_cm.to_bits()];
    (&a.lift, &a.yarns, &a.warp, &a.weft, &a.passes, &a.spans)
        == (&b.lift, &b.yarns, &b.warp, &b.weft, &b.passes, &b.spans)
        && setts(a) == setts(b)
}

#[test]
fn a_cloth_comes_back_bit_for_bit() {
    let mut random = Random::new("wif");
    for round in 0..200 {
        let (ends, picks) = ([1, 2, 63, 64, 65, 140][round % 6], 1 + random.below(40));
        let spans = if round % 3 == 0 { random_spans_within(&mut random, ends, picks) } else { vec![] };
        let mut cloth = cloth(random_lift(&mut random, ends, picks), 1 + random.below(3), spans);
        for yarn in &mut cloth.yarns {
            yarn.tex = random.unit() * 100.0 + 0.001;
            yarn.width = random.unit() + 1e-4;
            yarn.name = ["red", "片金 \"扁\\", "a;b=[c]\n", ""][random.below(4)].into();
            yarn.colour = [random.next() as u8, random.next() as u8, random.next() as u8];
        }
        cloth.warp.iter_mut().for_each(|w| w.0 = if round % 2 == 0 { 1 } else { random.below(4) as u8 });
        cloth.ends_per_cm = random.unit() * 90.0 + 0.1;
        for plan in [Plan::Lift, Plan::Treadle, Plan::Both] {
            let bytes = written(&cloth, plan);
            let back = read_cloth(&bytes, &Limits::default());
            let back = back.unwrap_or_else(|e| panic!("{random} {e}\n{}", String::from_utf8_lossy(&bytes)));
            assert!(same(&cloth, &back), "{random} {plan:?}\n{cloth:?}\n{back:?}");
            let draft = read_wif(&bytes, &Limits::default()).unwrap();
            assert_eq!(draft.title, "片金 [WARP]  x=1");
        }
    }
}

fn random_spans_within(random: &mut Random, ends: usize, picks: usize) -> Vec<Option<Vec<(u32, u32)>>> {
    let mut spans = random_spans(random, ends, picks);
    for (a, b) in spans.iter_mut().flatten().flatten() {
        (*a, *b) = ((*a).min(*b).min(ends as u32), (*a).max(*b).min(ends as u32));
    }
    spans
}

const SMALL: &str = "[WIF]\nVersion=1.1\n[CONTENTS]\nLIFTPLAN=true\nNONSENSE=yes\n[WEAVING]\nShafts=4\nTreadles=4\n\
    Rising Shed=true\n[WARP]\nThreads=4\n[WEFT]\nThreads=4\n[THREADING]\n1=1\n2=2\n3=3\n4=4\n[TIEUP]\n1=1,2\n2=2,3\n\
    3=3,4\n4=1,4\n[TREADLING]\n1=1\n2=2\n3=3\n4=4\n";

fn rows(text: &[u8]) -> Vec<String> {
    let draft = read_wif(text, &Limits::default()).unwrap_or_else(|e| panic!("{e}"));
    let bit = |p, e| if draft.lift.is_up(p, e) { '1' } else { '0' };
    (0..draft.lift.picks()).map(|p| (0..draft.lift.ends()).map(|e| bit(p, e)).collect()).collect()
}

#[test]
fn the_ways_programs_write_are_read() {
    let plain = ["1100", "0110", "0011", "1001"];
    assert_eq!(rows(SMALL.as_bytes()), plain);
    assert_eq!(rows(SMALL.replace('\n', "\r\n").as_bytes()), plain);
    assert_eq!(rows(SMALL.replace('\n', "\r").as_bytes()), plain);
    assert_eq!(rows(SMALL.replacen('\n', "\r\n", 9).as_bytes()), plain);
    assert_eq!(rows(SMALL.to_lowercase().as_bytes()), plain);
    assert_eq!(rows(format!("\u{feff}; a remark\n\n{SMALL}").as_bytes()), plain);
    assert_eq!(rows(SMALL.replace("1=1,2", " 1 = 1 , 2 ; both").as_bytes()), plain);
    // Sinking: the shafts named go down.
    assert_eq!(rows(SMALL.replace("Shed=true", "Shed=0").as_bytes()), ["0011", "1001", "1100", "0110"]);
    // Sparse: an end without a shaft, a pick without a treadle, a treadle tied to nothing.
    let sparse =
        SMALL.replace("3=3\n4=4\n[TIEUP]", "[TIEUP]").replace("3=3,4\n", "3=0\n").replace("\n4=4\n", "\n");
    assert_eq!(rows(sparse.as_bytes()), ["1100", "0100", "0000", "0000"]);
    // An end on two shafts; a tie-up is preferred to a lift plan.
    assert_eq!(rows(SMALL.replace("1=1\n2=2\n3=3", "1=1,3\n2=2\n3=3").as_bytes())[1][..2], *"11");
    let both = format!("{SMALL}[LIFTPLAN]\n1=4\n");
    assert_eq!(rows(both.as_bytes()), plain);
    let lift = both.replace("[TREADLING]", "[PRIVATE X Y]");
    assert_eq!(rows(lift.as_bytes()), ["0001", "0000", "0000", "0000"]);
}

#[test]
fn colours_of_any_range_are_read() {
    let with = |palette: &str| {
        format!(
            "{SMALL}[COLOR PALETTE]\n{palette}\n[COLOR TABLE]\n1=999,0,500\n2=1,2,3\n[WARP COLORS]\n2=2,9,9,9\n"
        )
    };
    let draft = read_wif(with("Range=0,999\nEntries=77").as_bytes(), &Limits::default()).unwrap();
    assert_eq!(draft.colours, [[255, 0, 128], [0, 1, 1]]);
    assert_eq!((&draft.warp.colour[..], &draft.weft.colour[..]), (&[0, 1, 0, 0][..], &[0; 4][..]));
    let draft = read_wif(with("Range=999").as_bytes(), &Limits::default()).unwrap();
    assert_eq!(draft.colours[0], [255, 0, 128]);
    for range in ["0,255", "9,9", "a,b", "9,1", "0,1,2"] {
        let error = read_wif(with(&format!("Range={range}")).as_bytes(), &Limits::default()).unwrap_err();
        assert!(error.line > 0 && error.section.starts_with("COLOR"), "{range}: {error}");
    }
    let latin = [SMALL.as_bytes(), b"[TEXT]\nTitle=Caf\xe9\n"].concat();
    assert_eq!(read_wif(&latin, &Limits::default()).unwrap().title, "Café");
}

#[test]
fn a_foreign_draft_becomes_a_cloth() {
    let text =
        SMALL.replace("[WARP]\nThreads=4", "[WARP]\nThreads=4\nUnits=Inches\nSpacing=0.1\nThickness=0.05");
    let cloth = read_cloth(text.as_bytes(), &Limits::default()).unwrap();
    assert!((cloth.ends_per_cm - 3.937).abs() < 1e-3 && (cloth.yarns[0].width - 1.27).abs() < 1e-3);
    assert_eq!((cloth.yarns.len(), cloth.warp[3], cloth.weft[3]), (2, (0, End::Main), 1));
    assert_eq!(cloth.passes, [0, 1, 2, 3, 4]);
}

#[test]
fn files_that_lie_get_an_error_with_line_and_section() {
    let swap = |from: &str, to: &str| {
        assert!(SMALL.contains(from), "{from}");
        SMALL.replacen(from, to, 1)
    };
    let all = [
        (swap("[WARP]\nThreads=4", "[WARP]\nThreads=3"), "line 18, [THREADING]", "Threads of [WARP]"),
        (swap("[WEFT]\nThreads=4", "[WEFT]\nThreads=999999999"), "[WEFT]", "131072"),
        (swap("[WEFT]\nThreads=4", "[WEFT]\nThreads=99999999999999999999999"), "[WEFT]", "131072"),
        (swap("[WEFT]\nThreads=4", "[WEFT]\nThreads=-4"), "[WEFT]", "not a number"),
        (swap("[WEFT]\nThreads=4", "[WEFT]\n"), "[WEFT]", "missing"),
        (swap("Shafts=4", "Shafts=0"), "[WEAVING]", "missing or 0"),
        (swap("Shafts=4", "Shafts=3"), "[THREADING]", "shaft from 1 to 3"),
        (swap("Shafts=4", "Shafts=4\nshafts=5"), "line 8, [WEAVING]", "twice"),
        (
            swap("2=2\n3=3\n4=4\n[TIEUP]", "2=2\n2=3\n4=4\n[TIEUP]"),
            "line 17, [THREADING]",
            "2 is there twice",
        ),
        (swap("[TIEUP]", "[WEFT]\n[TIEUP]"), "[WEFT]", "twice, first in line 12"),
        (swap("[TIEUP]", "[TIEUP"), "line 19", "closing bracket"),
        (swap("[TREADLING]\n1=1", "[TREADLING]\n1=1;x\nabc"), "[TREADLING]", "key=value"),
        (swap("[TREADLING]\n1=1", "[TREADLING]\n1=1,x"), "[TREADLING]", "treadle"),
        (swap("[TREADLING]\n1=1", "[TREADLING]\n0=1"), "[TREADLING]", "1 to 4"),
        (swap("Rising Shed=true", "Rising Shed=maybe"), "line 9, [WEAVING]", "true or false"),
        (swap("[TREADLING]", "[X]"), "", "neither"),
        (swap("[WIF]", "[WOF]"), "", "not a WIF"),
        (swap("[WIF]", "x=1\n[WIF]"), "line 1", "before the first section"),
        (format!("{SMALL}[COLOR TABLE]\n1=1,2,3\n[WEFT COLORS]\n1=2\n"), "[WEFT COLORS]", "has 1"),
        (format!("{SMALL}[COLOR TABLE]\n1=1,2\n"), "[COLOR TABLE]", "three numbers"),
        (format!("{SMALL}[WARP THICKNESS]\n1=nan\n"), "[WARP THICKNESS]", "not a measure"),
        (format!("{SMALL}[WARP THICKNESS]\n1=inf\n"), "[WARP THICKNESS]", "not a measure"),
    ];
    for (text, place, part) in all {
        let error = read_wif(text.as_bytes(), &Limits::default()).expect_err(part).to_string();
        assert!(error.starts_with(place) || error.contains(place), "{part}: {error}");
        assert!(error.contains(part), "{part}: {error}");
    }
    assert!(read_wif(b"", &Limits::default()).is_err());
    assert!(read_wif(b"\xff\xfe[\0W\0", &Limits::default()).unwrap_err().what.contains("UTF-16"));
    let wide = swap("[WEFT]\nThreads=4", "[WEFT]\nThreads=131072")
        .replace("[WARP]\nThreads=4", "[WARP]\nThreads=131072");
    let error = read_wif(wide.as_bytes(), &Limits::default()).unwrap_err();
    assert!(error.what.contains("allowed"), "{error}");
}

#[test]
fn broken_files_never_panic() {
    let mut random = Random::new("fuzz");
    let base = written(&cloth(random_lift(&mut random, 9, 7), 2, vec![Some(vec![(1, 4)]), None]), Plan::Both);
    let parts: [&[u8]; 12] = [
        b"=",
        b"\n",
        b"[",
        b"]",
        b",",
        b"999999999999",
        b"0",
        b"-1",
        b"\r",
        b"\xe9",
        b"\"",
        b"[PRIVATE ZHIJIN SPANS]\n",
    ];
    let mut read = 0;
    for _ in 0..6000 {
        let mut bytes = base.clone();
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes[at] = random.next() as u8,
                1 => drop(bytes.splice(at..at, parts[random.below(parts.len())].iter().copied())),
                _ => drop(bytes.drain(at..(at + random.below(30)).min(bytes.len()))),
            }
        }
        let small = Limits { threads: 4096, crossings: 1 << 20, ..Limits::default() };
        read += u32::from(read_cloth(&bytes, &small).is_ok());
        let _ = crate::weave::check::check_wif(&bytes, true, &crate::weave::check::Limits::default());
    }
    assert!(read > 300, "{read} of 6000 could still be read");
}

#[test]
fn a_loom_with_too_few_shafts_is_told_so() {
    let mut random = Random::new("shafts");
    let cloth = cloth(random_lift(&mut random, 60, 30), 1, vec![]);
    let options = Options { max_shafts: Some(8), ..Options::default() };
    let error = write_wif(&mut Vec::new(), &cloth, &options).unwrap_err().what;
    assert!(error.contains("8 shafts") && error.contains("merge"), "{error}");
    let options = Options { plan: Plan::Treadle, max_treadles: 4, ..Options::default() };
    assert!(write_wif(&mut Vec::new(), &cloth, &options).unwrap_err().what.contains("lift plan"));
    let options = Options { max_bytes: 100, ..Options::default() };
    assert!(write_wif(&mut Vec::new(), &cloth, &options).unwrap_err().what.contains("card images"));
}
