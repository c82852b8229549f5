use super::*;
use crate::test_support::Random;

/// Crossing by crossing.
pub(crate) fn naive_runs(bits: &[Option<bool>], cyclic: bool) -> Vec<Run> {
    let n = bits.len();
    let mut out: Vec<Run> = Vec::new();
    for (e, bit) in bits.iter().enumerate() {
        let Some(up) = *bit else { continue };
        match out.last_mut() {
            Some(run) if run.up == up && run.start + run.length == e => run.length += 1,
            _ => out.push(Run { start: e, length: 1, up }),
        }
    }
    if cyclic && out.len() > 1 {
        let (first, last) = (out[0], out[out.len() - 1]);
        if first.start == 0 && last.start + last.length == n && first.up == last.up {
            out.remove(0);
            let end = out.len() - 1;
            out[end].length += first.length;
        }
    }
    out
}

fn random_row(random: &mut Random, ends: usize) -> Lift {
    let mut lift = Lift::new(ends, 1);
    let stay = 1 + random.below(20);
    let mut up = random.below(2) == 0;
    for e in 0..ends {
        up ^= random.below(stay) == 0;
        lift.set(0, e, up);
    }
    lift
}

#[test]
fn runs_are_those_counted_by_hand() {
    let mut random = Random::new("runs");
    for round in 0..3000 {
        let ends = [1, 2, 63, 64, 65, 127, 128, 129, 200][round % 9];
        let lift = random_row(&mut random, ends);
        let spans: Option<Vec<Span>> = (random.below(2) == 0).then(|| {
            (0..random.below(4))
                .map(|_| (random.below(ends + 3) as u32, random.below(ends + 3) as u32))
                .collect()
        });
        let inside = |e: usize| {
            spans.as_ref().is_none_or(|s| s.iter().any(|&(a, b)| (a as usize..b as usize).contains(&e)))
        };
        let bits: Vec<Option<bool>> = (0..ends).map(|e| inside(e).then(|| lift.is_up(0, e))).collect();
        let list = [spans.clone()];
        let existing = Existing::new(&list, ends);
        let weft = existing.weft(0);
        if let Some(weft) = &weft {
            assert!((0..ends).all(|e| (weft.bits[e / 64] >> (e % 64) & 1 == 1) == inside(e)));
        }
        for cyclic in [false, true] {
            let mut got = Vec::new();
            runs_of_pick(lift.row(0), ends, weft.as_ref(), cyclic, |r| got.push(r));
            got.sort_by_key(|r| r.start);
            assert_eq!(got, naive_runs(&bits, cyclic), "{random} {ends} {spans:?} {cyclic}");
        }
        let limit = 1 + random.below(63);
        let mask = weft.map_or(existing.whole().to_vec(), |w| w.bits);
        for up in [false, true] {
            let words = lift.row(0).iter().zip(&mask).map(|(r, m)| if up { r & m } else { !r & m });
            let over = naive_runs(&bits, false).iter().any(|r| r.up == up && r.length > limit);
            assert_eq!(has_run_over(limit, words), over, "{random} {limit}");
        }
    }
}

#[test]
fn around_counts_both_sides() {
    let mut lift = Lift::new(130, 1);
    for e in [60, 61, 62, 64, 65, 66, 67] {
        lift.set(0, e, true);
    }
    assert_eq!(around(&lift, 0, 63, true, 99), (3, 4));
    assert_eq!(around(&lift, 0, 63, true, 2), (2, 2));
    assert_eq!(around(&lift, 0, 0, false, 99), (0, 59));
    assert_eq!(around(&lift, 0, 129, false, 99), (61, 0));
}
