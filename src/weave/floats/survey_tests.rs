use super::*;
use crate::test_support::Random;
use crate::weave::samples::{random_lift, random_spans};

/// The floats of one thread, crossing by crossing; `None` where there is no crossing. `holds`: a missing crossing ends
/// a float (a weft that stops) or is passed over (an end at a pick that is not there).
fn naive_thread(crossings: &[Option<bool>], stops: bool, cyclic: bool) -> Vec<(usize, bool)> {
    let mut threads: Vec<(Option<usize>, bool)> =
        crossings.iter().enumerate().filter_map(|(i, c)| c.map(|up| (stops.then_some(i), up))).collect();
    let n = crossings.len();
    let follows = |a: (Option<usize>, bool), b: (Option<usize>, bool)| {
        a.1 == b.1 && a.0.zip(b.0).is_none_or(|(a, b)| (a + 1) % n == b)
    };
    if threads.is_empty() {
        return vec![];
    }
    if cyclic
        && let Some(turn) = (0..threads.len()).find(|&i| {
            let before = threads[(i + threads.len() - 1) % threads.len()];
            !follows(before, threads[i]) || threads.len() == 1
        })
    {
        threads.rotate_left(turn);
    }
    let mut out = vec![(1, threads[0].1)];
    for pair in threads.windows(2) {
        if follows(pair[0], pair[1]) {
            out.last_mut().unwrap().0 += 1;
        } else {
            out.push((1, pair[1].1));
        }
    }
    out
}

pub(crate) fn naive(
    lift: &Lift,
    spans: &[Option<Vec<Span>>],
    binder: impl Fn(usize) -> bool,
    cyclic: bool,
) -> Floats {
    let mut floats = Floats::default();
    let at = |p: usize, e: usize| {
        let inside = |s: &Vec<Span>| s.iter().any(|&(a, b)| (a as usize..b as usize).contains(&e));
        spans.get(p).and_then(|s| s.as_ref()).is_none_or(inside).then(|| lift.is_up(p, e))
    };
    for p in 0..lift.picks() {
        let crossings: Vec<_> = (0..lift.ends()).map(|e| at(p, e)).collect();
        for (length, up) in naive_thread(&crossings, true, cyclic) {
            if up { floats.weft_back.add(length) } else { floats.weft_face.add(length) }
        }
        let mut turned = crossings.clone();
        if cyclic && let Some(gap) = crossings.iter().position(Option::is_none) {
            turned.rotate_left(gap);
        }
        let alone = |s: &[Option<bool>]| !s.is_empty() && s.iter().all(|c| *c == s[0]);
        let loose = turned.split(Option::is_none).any(alone);
        if loose {
            floats.loose_picks.push(p as u32);
        }
    }
    for e in 0..lift.ends() {
        let crossings: Vec<_> = (0..lift.picks()).map(|p| at(p, e)).collect();
        let runs = naive_thread(&crossings, false, cyclic);
        if runs.len() < 2 {
            floats.loose_ends.push(e as u32);
        }
        for (length, up) in runs {
            match (binder(e), up) {
                (false, true) => floats.warp_face.add(length),
                (false, false) => floats.warp_back.add(length),
                (true, true) => floats.binder_face.add(length),
                (true, false) => floats.binder_back.add(length),
            }
        }
    }
    floats
}

#[test]
fn the_survey_agrees_with_counting_by_hand() {
    let mut random = Random::new("survey");
    for round in 0..1500 {
        let ends = [1, 2, 5, 63, 64, 65, 130][round % 7];
        let picks = [1, 2, 7, 30][round / 7 % 4];
        let lift = random_lift(&mut random, ends, picks);
        let spans = if round % 3 == 0 { vec![] } else { random_spans(&mut random, ends, picks) };
        for cyclic in [false, true] {
            let binder = |e: usize| e % 4 == 3;
            let (got, want) =
                (survey_lift(&lift, &spans, binder, cyclic), naive(&lift, &spans, binder, cyclic));
            let text = format!("{random} round {round}, {ends}×{picks}, cyclic {cyclic}, {spans:?}");
            assert_eq!(trimmed(got), trimmed(want), "{text}");
        }
    }
}

/// Without the zeros at the ends of the histograms.
fn trimmed(floats: Floats) -> Vec<Vec<(usize, u64)>> {
    let f = &floats;
    let mut all: Vec<Vec<(usize, u64)>> =
        [&f.weft_face, &f.weft_back, &f.warp_face, &f.warp_back, &f.binder_face, &f.binder_back]
            .iter()
            .map(|h| h.counts().collect())
            .collect();
    all.push(f.loose_picks.iter().map(|&p| (p as usize, 1)).collect());
    all.push(f.loose_ends.iter().map(|&e| (e as usize, 1)).collect());
    all
}

#[test]
fn a_plain_cloth_floats_over_one() {
    let mut lift = Lift::new(66, 6);
    (0..6 * 66).for_each(|i| lift.set(i / 66, i % 66, (i / 66 + i % 66) % 2 == 0));
    let floats = survey_lift(&lift, &[], |_| false, true);
    assert_eq!((floats.longest_weft(), floats.longest_warp(), floats.faults(1, 1)), (1, 1, 0));
    assert_eq!(floats.weft_face.over(0), 33 * 6);
    lift.set(2, 3, !lift.is_up(2, 3));
    let floats = survey_lift(&lift, &[], |_| false, true);
    assert_eq!((floats.longest_weft(), floats.longest_warp(), floats.faults(1, 1)), (3, 3, 2));
}
