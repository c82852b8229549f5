use super::*;
use crate::test_support::Random;
use crate::weave::samples::cloth;
use crate::weave::samples::random_lift;

#[test]
fn every_hook_gets_its_end() {
    let mut random = Random::new("cards");
    for round in 0..300 {
        let (ends, picks) = ([1, 7, 64, 65, 130][round % 5], 1 + random.below(6));
        let cloth = cloth(random_lift(&mut random, ends, picks), 1 + random.below(2), vec![]);
        let repeats = 1 + random.below(3);
        let mut harness = Harness {
            hooks: ends * repeats + 40,
            first: random.below(8),
            repeats,
            reversed: random.below(2) == 0,
            turned: random.below(2) == 0,
            cast_out: (0..random.below(5)).map(|i| 9 + 3 * i).collect(),
            extras: vec![
                Extra::Regulator(0),
                Extra::Wefts { first: 2, count: 4 },
                Extra::Selvedge { first: ends * repeats + 30, count: 10, picks: 1 + random.below(2) },
            ],
        };
        if round % 7 == 0 {
            harness = Harness::plain(ends);
        }
        let mut cards = Cards::new(&cloth, harness.clone()).unwrap();
        let on = cards.ends_on_hooks();
        let hung: Vec<u32> = on.iter().flatten().copied().collect();
        for (i, &end) in hung.iter().enumerate() {
            let turned = harness.reversed != (harness.turned && (i / ends) % 2 == 1);
            assert_eq!(end as usize, if turned { ends - 1 - i % ends } else { i % ends });
        }
        assert_eq!(hung.len(), ends * harness.repeats);
        assert!(harness.cast_out.iter().all(|&h| on[h].is_none()));
        let mut row = vec![0xff; cards.row_bytes()];
        for p in 0..picks {
            cards.card(p, &mut row);
            for hook in 0..row.len() * 8 {
                let want = match on.get(hook).copied().flatten() {
                    Some(end) => cloth.lift.is_up(p, end as usize),
                    None => extra(&harness, &cloth, p, hook),
                };
                assert_eq!(
                    row[hook / 8] >> (7 - hook % 8) & 1 == 1,
                    want,
                    "{random} pick {p} hook {hook} {harness:?}"
                );
            }
        }
    }
}

fn extra(harness: &Harness, cloth: &Cloth, p: usize, hook: usize) -> bool {
    harness.extras.iter().any(|extra| match *extra {
        Extra::Regulator(h) => h == hook && cloth.passes.contains(&(p as u32 + 1)),
        Extra::Wefts { first, count } => hook == first + usize::from(cloth.weft[p]) && hook < first + count,
        Extra::Selvedge { first, count, picks } => {
            (first..first + count).contains(&hook) && (hook - first + p / picks).is_multiple_of(2)
        }
    })
}

#[test]
fn a_harness_that_cannot_be_is_refused() {
    let cloth = cloth(Lift::new(10, 4), 1, vec![]);
    let base = Harness { hooks: 20, ..Harness::plain(10) };
    let all = [
        (Harness { repeats: 3, ..base.clone() }, "need 30 hooks"),
        (Harness { first: 15, ..base.clone() }, "5 of 20 are free"),
        (Harness { cast_out: vec![20], ..base.clone() }, "hooks 0 to 19"),
        (Harness { cast_out: vec![3, 3], ..base.clone() }, "two uses"),
        (Harness { hooks: 0, ..base.clone() }, "at least 1"),
        (Harness { extras: vec![Extra::Wefts { first: 18, count: usize::MAX }], ..base.clone() }, "hook 20"),
    ];
    for (harness, part) in all {
        let Err(why) = Cards::new(&cloth, harness) else { panic!("{part}") };
        assert!(why.0.contains(part), "{part}: {why}");
    }
}
