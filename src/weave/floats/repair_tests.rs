use super::*;
use crate::test_support::Random;
use crate::weave::cloth::Lift;
use crate::weave::floats::survey;
use crate::weave::samples::{cloth, random_lift, random_spans};
use crate::weave::structure::Weave;

fn filled(weave: &Weave, ends: usize, picks: usize) -> Lift {
    let mut lift = Lift::new(ends, picks);
    (0..ends * picks).for_each(|i| lift.set(i / ends, i % ends, weave.is_up(i / ends, i % ends)));
    lift
}

#[test]
fn whatever_the_lift_no_float_is_left_over_the_limit() {
    let mut random = Random::new("repair");
    let (mut left, mut runs) = (0, 0);
    for round in 0..600 {
        let (ends, picks) = ([3, 7, 40, 64, 65, 130][round % 6], [3, 8, 33, 64][round / 6 % 4]);
        let lift =
            if round % 5 == 0 { Lift::new(ends, picks) } else { random_lift(&mut random, ends, picks) };
        let spans = if round % 4 == 0 { random_spans(&mut random, ends, picks) } else { vec![] };
        let limits = Limits { weft: 2 + random.below(14), warp: 2 + random.below(14) };
        let per_pass = 1 + random.below(3);
        for cyclic in [false, true] {
            let mut bolt = cloth(lift.clone(), per_pass, spans.clone());
            let done = repair(&mut bolt, limits, cyclic).unwrap();
            let floats = survey(&bolt, cyclic);
            let over = floats.longest_weft() > limits.weft || floats.longest_warp() > limits.warp;
            assert_eq!(
                over,
                done.left > 0 && over,
                "{random} {round} {ends}×{picks} {limits:?} {cyclic} {done:?}"
            );
            assert_eq!(bolt.spans, spans);
            (left, runs) = (left + u32::from(done.left > 0), runs + 1);
            if spans.is_empty() && done.left == 0 && ends > 2 && picks > 2 {
                assert!(floats.loose_ends.is_empty() && floats.loose_picks.is_empty(), "{random} {round}");
            }
        }
    }
    println!("{left} of {runs} not fully repaired");
    assert!(left * 50 < runs, "{left} of {runs} not fully repaired");
}

#[test]
fn a_cloth_within_the_limits_stays_as_it_is() {
    for name in ["plain", "twill 2/1 z", "satin 8/3", "satin 12/5 warp"] {
        let before = filled(&name.parse().unwrap(), 120, 120);
        let mut bolt = cloth(before.clone(), 1, vec![]);
        let done = repair(&mut bolt, Limits { weft: 11, warp: 11 }, true).unwrap();
        assert_eq!((done, bolt.lift), (Repaired { ties: 0, sweeps: 1, left: 0 }, before));
    }
}

#[test]
fn an_empty_cloth_becomes_a_satin() {
    for (limit, n) in [(7, 8), (11, 12), (6, 7), (15, 16)] {
        let size = n * 20;
        let mut bolt = cloth(Lift::new(size, size), 1, vec![]);
        let done = repair(&mut bolt, Limits { weft: limit, warp: limit }, true).unwrap();
        assert_eq!(done.left, 0);
        let ups: Vec<(usize, usize)> =
            (0..size * size).map(|i| (i / size, i % size)).filter(|&(p, e)| bolt.lift.is_up(p, e)).collect();
        assert!(ups.len() <= size * size / n * 11 / 10, "{} ties, {} needed", ups.len(), size * size / n);
        let touching = ups
            .iter()
            .filter(|&&(p, e)| {
                [(0, 1), (1, 0), (1, 1), (1, size - 1)]
                    .iter()
                    .any(|&(dp, de)| bolt.lift.is_up((p + dp) % size, (e + de) % size))
            })
            .count();
        assert!(touching * 50 < ups.len(), "limit {limit}: {touching} of {} ties touch another", ups.len());
    }
}

#[test]
fn limits_no_cloth_can_keep_are_refused() {
    let mut bolt = cloth(Lift::new(8, 8), 1, vec![]);
    let why = repair(&mut bolt, Limits { weft: 1, warp: 9 }, true).unwrap_err().0;
    assert!(why.contains("2 at least"), "{why}");
    let mut nothing = cloth(Lift::new(0, 0), 1, vec![]);
    assert_eq!(repair(&mut nothing, Limits { weft: 5, warp: 5 }, true).unwrap().left, 0);
}

#[test]
fn binder_ends_take_the_ties() {
    // One weft over everything, binder ends every fourth: the ties go where they show least.
    let mut bolt = cloth(Lift::new(80, 2), 2, vec![]);
    (0..80).for_each(|e| bolt.lift.set(0, e, e % 2 == 0));
    repair(&mut bolt, Limits { weft: 12, warp: 40 }, true).unwrap();
    let ties = (0..80).filter(|&e| bolt.lift.is_up(1, e));
    let (binder, main): (Vec<usize>, Vec<usize>) = ties.partition(|e| e % 4 == 3);
    assert!(binder.len() >= 2 * main.len(), "{binder:?} {main:?}");
}
