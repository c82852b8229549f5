use super::*;

#[test]
fn the_valid_counters_are_those_of_the_books() {
    let known: &[(usize, &[usize])] = &[
        (4, &[]),
        (5, &[2, 3]),
        (6, &[]),
        (7, &[2, 3, 4, 5]),
        (8, &[3, 5]),
        (9, &[2, 4, 5, 7]),
        (10, &[3, 7]),
        (12, &[5, 7]),
        (16, &[3, 5, 7, 9, 11, 13]),
    ];
    for &(n, list) in known {
        assert_eq!(counters(n), list, "{n}");
    }
    for (n, s) in [(5, 2), (8, 3), (10, 3), (12, 5)] {
        assert_eq!(even_counter(n), Some(s));
    }
    assert_eq!(even_counter(6), None);
}

#[test]
fn a_satin_has_one_riser_in_every_line_and_they_never_touch() {
    for n in 5..=LARGEST {
        for s in counters(n) {
            let weave = Weave::satin(n, s).unwrap();
            for line in 0..n {
                assert_eq!((0..n).filter(|&e| weave.is_up(line, e)).count(), 1);
                assert_eq!((0..n).filter(|&p| weave.is_up(p, line)).count(), 1);
            }
            let touch = |p: usize, e: usize| {
                weave.is_up(p, e) && (weave.is_up(p + 1, e + 1) || weave.is_up(p + 1, e + n - 1))
            };
            assert!(!(0..n * n).any(|i| touch(i / n, i % n)), "{n}/{s}");
            let l = weave.longest();
            assert_eq!((l.weft_face, l.weft_back, l.warp_face, l.warp_back), (n - 1, 1, 1, n - 1));
        }
    }
}

#[test]
fn irregular_satins_interlace_once() {
    for n in [4, 6] {
        let weave = Weave::irregular_satin(n).unwrap();
        for line in 0..n {
            assert_eq!((0..n).filter(|&e| weave.is_up(line, e)).count(), 1);
            assert_eq!((0..n).filter(|&p| weave.is_up(p, line)).count(), 1);
        }
    }
    assert!(Weave::irregular_satin(5).is_err());
}

#[test]
fn twills_lean_as_their_letter() {
    let z = Weave::twill(&[2, 1], Lean::Z).unwrap();
    let s = Weave::twill(&[2, 1], Lean::S).unwrap();
    for p in 0..3 {
        for e in 0..3 {
            assert_eq!(z.is_up(p, e), (e + 3 - p) % 3 < 2);
            assert_eq!(z.is_up(p, e), z.is_up(p + 1, e + 1), "rises to the right");
            assert_eq!(s.is_up(p, e + 1), s.is_up(p + 1, e), "rises to the left");
        }
    }
    assert_eq!((z.longest().weft_back, z.longest().warp_face), (2, 2));
}

#[test]
fn words_and_shifts_agree_with_single_crossings() {
    for name in
        ["plain", "twill 2/1 s", "satin 7/3", "satin 16/5 warp", "satin 63/8", "satin 64/19", "rib 2/3"]
    {
        let weave: Weave = name.parse().unwrap();
        for (pick, first) in [(0, 0), (1, 5), (13, 64), (70, 127), (200, 20000)] {
            let word = weave.word(pick, first);
            for e in 0..64 {
                assert_eq!(word >> e & 1 == 1, weave.is_up(pick, first + e), "{name} {pick} {first} {e}");
            }
        }
        let moved = weave.shifted(3, 2);
        assert!((0..4096).all(|i| moved.is_up(i / 64, i % 64) == weave.is_up(i / 64 + 2, i % 64 + 3)));
    }
}

#[test]
fn plain_rib_and_basket() {
    let plain = Weave::plain();
    assert!((0..16).all(|i| plain.is_up(i / 4, i % 4) == ((i / 4 + i % 4) % 2 == 0)));
    let rib = Weave::rib(2, 2).unwrap().longest();
    assert_eq!((rib.weft_face, rib.warp_face), (1, 2));
    let basket = Weave::basket(2, 2).unwrap().longest();
    assert_eq!((basket.weft_face, basket.warp_face), (2, 2));
}
