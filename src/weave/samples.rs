//! Random lifts and small cloths for tests.

use crate::test_support::Random;
use crate::weave::cloth::{Cloth, End, Fibre, Lift, Span, Yarn};

/// A lift with floats of all lengths in both directions.
pub(crate) fn random_lift(random: &mut Random, ends: usize, picks: usize) -> Lift {
    let mut lift = Lift::new(ends, picks);
    let (across, along) = (1 + random.below(9), 1 + random.below(9));
    for p in 0..picks {
        for e in 0..ends {
            let beside = if e > 0 { lift.is_up(p, e - 1) } else { p % 2 == 0 };
            let below = if p > 0 { lift.is_up(p - 1, e) } else { e % 2 == 0 };
            let up = if random.below(2) == 0 {
                beside ^ (random.below(across) == 0)
            } else {
                below ^ (random.below(along) == 0)
            };
            lift.set(p, e, up);
        }
    }
    lift
}

pub(crate) fn random_spans(random: &mut Random, ends: usize, picks: usize) -> Vec<Option<Vec<Span>>> {
    let span = |r: &mut Random| (r.below(ends + 2) as u32, r.below(ends + 2) as u32);
    (0..picks)
        .map(|_| (random.below(3) == 0).then(|| (0..random.below(4)).map(|_| span(random)).collect()))
        .collect()
}

/// A cloth of four yarns; with several picks a pass every fourth end is a binder.
pub(crate) fn cloth(lift: Lift, per_pass: usize, spans: Vec<Option<Vec<Span>>>) -> Cloth {
    let yarn = |n: usize| Yarn {
        name: format!("yarn {n}"),
        colour: [(n * 70) as u8, (n * 40) as u8, 200],
        fibre: Fibre::Silk,
        tex: 8.0,
        width: 0.1,
    };
    let (ends, picks) = (lift.ends(), lift.picks());
    let mut passes: Vec<u32> = (0..picks as u32).step_by(per_pass).collect();
    passes.push(picks as u32);
    Cloth {
        yarns: (0..4).map(yarn).collect(),
        warp: (0..ends)
            .map(|e| (0, if per_pass > 1 && e % 4 == 3 { End::Binder } else { End::Main }))
            .collect(),
        weft: (0..picks).map(|p| (1 + p % per_pass) as u8).collect(),
        passes,
        spans,
        ends_per_cm: 60.0,
        passes_per_cm: 40.0,
        lift,
    }
}
