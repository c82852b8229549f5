//! Does the cloth hang together, or can it be lifted apart into layers?
//!
//! A set of threads lies loose on top when each of them passes over every thread outside the set that it crosses.
//! Without gaps, sums decide (C. R. J. Clapham, "When a fabric hangs together", 1980; Cathy Delaney, "When a fabric
//! hangs together", 1984, gives this form): take the `a` ends and `b` picks that are seen most. With gaps (wefts that
//! exist only where their motif is) the threads must all be reached from one another, each from one it passes over.

use crate::weave::cloth::Lift;
use crate::weave::cloth::Span;
use crate::weave::floats::rows::Existing;

/// Is every thread bound, directly or not, to every other? `spans` as in a cloth.
pub fn hangs_together(lift: &Lift, spans: &[Option<Vec<Span>>]) -> bool {
    let existing = Existing::new(spans, lift.ends());
    if existing.is_everywhere() { by_sums(lift) } else { by_reach(lift, &existing) }
}

/// Clapham's sums. The top set wins all its crossings with the rest when the sum of its scores is as large as it can be.
fn by_sums(lift: &Lift) -> bool {
    let (ends, picks) = (lift.ends(), lift.picks());
    let mut over_warp = vec![0usize; picks];
    let mut over_weft = vec![0usize; ends];
    for (p, score) in over_warp.iter_mut().enumerate() {
        let row = lift.row(p);
        *score = ends - row.iter().map(|w| w.count_ones() as usize).sum::<usize>();
        add_bits(row, &mut over_weft);
    }
    over_warp.sort_unstable_by(|a, b| b.cmp(a));
    over_weft.sort_unstable_by(|a, b| b.cmp(a));
    let mut warp_sum = 0;
    let (mut b, mut weft_sum) = (0, 0);
    for a in 0..=ends {
        warp_sum += if a > 0 { over_weft[a - 1] } else { 0 };
        loop {
            let most = a * (picks - b) + b * (ends - a) + a * b;
            let trivial = (a, b) == (0, 0) || (a, b) == (ends, picks);
            if !trivial && warp_sum + weft_sum == most {
                return false;
            }
            if b == picks || over_warp[b] + a < ends {
                break;
            }
            weft_sum += over_warp[b];
            b += 1;
        }
    }
    true
}

fn add_bits(row: &[u64], sums: &mut [usize]) {
    for (word, sums) in row.iter().zip(sums.chunks_mut(64)) {
        for (bit, sum) in sums.iter_mut().enumerate() {
            *sum += (word >> bit & 1) as usize;
        }
    }
}

/// From end 0, following "passes over" forwards and then backwards, is everything reached?
fn by_reach(lift: &Lift, existing: &Existing<'_>) -> bool {
    [true, false].into_iter().all(|over| reaches_all(lift, existing, over))
}

fn reaches_all(lift: &Lift, existing: &Existing<'_>, over: bool) -> bool {
    let mut ends = vec![0u64; existing.whole().len()];
    let mut reached = vec![false; lift.picks()];
    if let Some(first) = ends.first_mut() {
        *first = 1;
    }
    let mut grows = true;
    while grows {
        grows = false;
        for (p, reached) in reached.iter_mut().enumerate().filter(|r| !*r.1) {
            let weft = existing.weft(p);
            let exists = weft.as_ref().map_or(existing.whole(), |w| &w.bits);
            // Ends that lead to this pick, and those it leads to.
            let side = |w: usize, leads: bool| {
                exists[w] & if leads == over { lift.row(p)[w] } else { !lift.row(p)[w] }
            };
            let is_empty = exists.iter().all(|&w| w == 0);
            if is_empty || (0..ends.len()).any(|w| ends[w] & side(w, true) != 0) {
                *reached = true;
                (0..ends.len()).for_each(|w| ends[w] |= side(w, false));
                grows = true;
            }
        }
    }
    reached.iter().all(|&r| r) && ends == existing.whole()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::weave::samples::{random_lift, random_spans};
    use crate::weave::structure::Weave;

    fn at(spans: &[Option<Vec<Span>>], p: usize, e: usize) -> bool {
        let inside = |s: &Vec<Span>| s.iter().any(|&(a, b)| (a as usize..b as usize).contains(&e));
        spans.get(p).and_then(|s| s.as_ref()).is_none_or(inside)
    }

    /// Every set of threads, tried.
    fn naive(lift: &Lift, spans: &[Option<Vec<Span>>]) -> bool {
        let (n, m) = (lift.ends(), lift.picks());
        let there = |p: usize| (0..n).any(|e| at(spans, p, e));
        let threads: Vec<usize> = (0..n + m).filter(|&t| t < n || there(t - n)).collect();
        let all = (1u32 << threads.len()) - 1;
        !(1..all).any(|set| {
            let on_top = |t: usize| threads.iter().position(|&x| x == t).is_some_and(|i| set >> i & 1 == 1);
            (0..m).all(|p| {
                (0..n).all(|e| {
                    let (end, pick) = (on_top(e), on_top(n + p));
                    !at(spans, p, e) || end == pick || end == lift.is_up(p, e)
                })
            })
        })
    }

    #[test]
    fn sums_and_reach_agree_with_trying_all_sets() {
        let mut random = Random::new("hang");
        let mut seen = [0; 2];
        for _ in 0..1500 {
            let (ends, picks) = (1 + random.below(5), 1 + random.below(5));
            let lift = random_lift(&mut random, ends, picks);
            let want = naive(&lift, &[]);
            seen[usize::from(want)] += 1;
            assert_eq!(by_sums(&lift), want, "{random} {lift:?}");
            assert_eq!(by_reach(&lift, &Existing::new(&[], ends)), want, "{random} {lift:?}");
            let spans = random_spans(&mut random, ends, picks);
            assert_eq!(
                by_reach(&lift, &Existing::new(&spans, ends)),
                naive(&lift, &spans),
                "{random} {lift:?} {spans:?}"
            );
        }
        assert!(seen.iter().all(|&n| n > 50), "{seen:?}");
    }

    #[test]
    fn base_weaves_hang_together_and_two_layers_do_not() {
        for name in ["plain", "twill 2/1 z", "satin 8/3", "satin 16/5 warp", "basket 2/2"] {
            let weave: Weave = name.parse().unwrap();
            let mut lift = Lift::new(weave.ends(), weave.picks());
            for p in 0..weave.picks() {
                (0..weave.ends()).for_each(|e| lift.set(p, e, weave.is_up(p, e)));
            }
            assert!(hangs_together(&lift, &[]), "{name}");
        }
        // Odd ends weave plain with odd picks, even ends with even picks, the odd layer on top.
        let mut lift = Lift::new(4, 4);
        for p in 0..4 {
            for e in 0..4 {
                let up = match (p % 2, e % 2) {
                    (0, 0) | (1, 1) => (p / 2 + e / 2) % 2 == 0,
                    (_, end) => end == 1,
                };
                lift.set(p, e, up);
            }
        }
        assert!(!hangs_together(&lift, &[]));
    }
}
