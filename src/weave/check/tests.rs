use super::*;
use crate::test_support::Random;
use crate::weave::floats::hangs_together;
use crate::weave::floats::survey_lift;
use crate::weave::samples::cloth;
use crate::weave::samples::random_lift;
use crate::weave::wif::{Options, Plan, write_wif};

#[test]
fn the_check_agrees_with_the_survey_of_the_cloth() {
    let mut random = Random::new("check");
    let mut apart = 0;
    for round in 0..400 {
        let (ends, picks) = ([1, 2, 5, 64, 65][round % 5], [1, 2, 6, 30][round / 5 % 4]);
        let cloth = cloth(random_lift(&mut random, ends, picks), 1, vec![]);
        for plan in [Plan::Lift, Plan::Treadle] {
            let mut bytes = Vec::new();
            write_wif(&mut bytes, &cloth, &Options { plan, ..Options::default() }).unwrap();
            for cyclic in [false, true] {
                let report = check_wif(&bytes, cyclic, &Limits::default()).unwrap();
                let floats = survey_lift(&cloth.lift, &[], |_| false, cyclic);
                let got = [&report.weft_face, &report.weft_back, &report.warp_face, &report.warp_back]
                    .map(|l| l.length);
                let want = [&floats.weft_face, &floats.weft_back, &floats.warp_face, &floats.warp_back];
                assert_eq!(got, want.map(|h| h.longest()), "{random} {ends}×{picks} {cyclic}");
                assert_eq!(report.loose_ends.len(), floats.loose_ends.len());
                assert_eq!(report.loose_picks.len(), floats.loose_picks.len());
                assert_eq!(
                    report.hangs_together,
                    hangs_together(&cloth.lift, &[]),
                    "{random} {:?}",
                    cloth.lift
                );
                assert_eq!((report.colours, report.colours_out_of_range, report.unthreaded), (4, 0, 0));
                assert!(report.remarks.is_empty(), "{report}");
                apart += u32::from(!report.hangs_together);
            }
        }
    }
    assert!(apart > 100 && apart < 1500, "{apart}");
}

#[test]
fn faults_of_a_file_are_counted() {
    let text = "[WIF]\n[WEAVING]\nShafts=5\nTreadles=3\nRising Shed=yes\n[WARP]\nThreads=4\nColor=9\n[WEFT]\nThreads=3\n\
        [COLOR PALETTE]\nEntries=3\nRange=0,255\n[COLOR TABLE]\n1=0,0,256\n2=1,2,3\n[THREADING]\n1=1\n2=2\n3=3\n3=4\n\
        [TIEUP]\n1=1,2,5\n2=2,3,77\n[TREADLING]\n1=1\n2=2\n3=2\nx\n9=1\n[WEFT COLORS]\n1=1\n2=7\n";
    let report = check_wif(text.as_bytes(), false, &Limits::default()).unwrap();
    assert_eq!((report.unthreaded, report.loose_ends.clone()), (1, vec![2, 4]));
    assert_eq!(report.unused_shafts, [4, 5]);
    assert_eq!(report.unused_treadles, [3]);
    // One value of 256, one pick of colour 7, four ends of the default 9.
    assert_eq!(report.colours_out_of_range, 6);
    assert_eq!(report.sheds, 2);
    let lines: Vec<usize> = report.remarks.iter().map(|r| r.0).collect();
    assert_eq!(lines.len(), 5, "{report}");
    assert!(!report.is_sound(99, 99));
    let json = report.to_json();
    assert!(json.contains("\"unused_shafts\":[4,5]") && json.contains("\"loose_ends\":[2,4]"), "{json}");
    assert!(report.to_string().contains("ends never interlaced: 2 (2, 4)"), "{report}");
}

#[test]
fn a_file_without_a_cloth_is_an_error() {
    for text in
        ["", "[WARP]\nThreads=0", "[WARP]\nThreads=99999999999\n[WEFT]\nThreads=2\n[WEAVING]\nShafts=2"]
    {
        assert!(check_wif(text.as_bytes(), true, &Limits::default()).is_err());
    }
}
