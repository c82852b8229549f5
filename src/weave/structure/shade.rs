//! Shaded satins: one satin grown riser by riser from weft-faced to warp-faced, so that a gradation keeps its
//! binding points and neighbouring steps join without a seam.
//!
//! With `m` risers added a step, a satin over `n` ends gives `n(n − 2)/m + 1` weaves (Ng and Zhou, "Innovative
//! layered-combination mode for digital jacquard fabric design", 2007, call such a set gamut weaves).

use crate::weave::structure::{BadWeave, Weave, counters};

/// Where the next risers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// Beside the last, along the weft: long floats of warp stay away longest.
    Weft,
    /// Above the last, along the warp.
    Warp,
    /// Wherever the longest float of the next step is shortest.
    Short,
}

/// A series of satins over `n` ends, the warp seen more in each: from 1 riser a pick to `n` − 1.
/// `step` risers are added at a time; `n` of them are one a pick, the coarsest series.
pub fn shaded(n: usize, counter: usize, growth: Growth, step: usize) -> Result<Vec<Weave>, BadWeave> {
    let base = Weave::satin(n, counter)?;
    if step == 0 || !(n * (n - 2)).is_multiple_of(step) {
        return Err(BadWeave(format!(
            "a shaded satin {n}/{counter} in steps of {step} risers; the step has to divide {}",
            n * (n - 2)
        )));
    }
    let offsets = offsets(n, counter, growth)?;
    let picks: Vec<usize> = (0..n).map(|i| i * counter % n).collect();
    let mut up: Vec<Vec<bool>> = (0..n).map(|p| (0..n).map(|e| base.is_up(p, e)).collect()).collect();
    let name = |i: usize| format!("shaded {n}/{counter} {i}");
    let mut series = vec![base.clone().named(name(1))];
    let points = offsets[1..].iter().flat_map(|&o| picks.iter().map(move |&p| (p, (counter * p + o) % n)));
    for (i, (p, e)) in points.enumerate() {
        up[p][e] = true;
        if (i + 1) % step == 0 {
            series.push(Weave::from_fn(name(series.len() + 1), n, n, |p, e| up[p][e])?);
        }
    }
    Ok(series)
}

/// The distances from the first riser of a pick to the others, in the order they are added; one is left out.
fn offsets(n: usize, counter: usize, growth: Growth) -> Result<Vec<usize>, BadWeave> {
    debug_assert!(counters(n).contains(&counter));
    Ok(match growth {
        Growth::Weft => (0..n - 1).collect(),
        Growth::Warp => (0..n - 1).map(|k| (n - counter) * k % n).collect(),
        Growth::Short => {
            let mut taken = vec![0];
            while taken.len() < n - 1 {
                taken.push(shortest_next(n, counter, &taken)?);
            }
            taken
        }
    })
}

fn shortest_next(n: usize, counter: usize, taken: &[usize]) -> Result<usize, BadWeave> {
    let mut best = (usize::MAX, usize::MAX, 0);
    for offset in (1..n).filter(|o| !taken.contains(o)) {
        let with = |o: usize| o == offset || taken.contains(&o);
        let weave = Weave::from_fn("trial", n, n, |p, e| with((e + n - counter * p % n) % n))?;
        let l = weave.longest();
        let longest = l.weft_face.max(l.weft_back).max(l.warp_face).max(l.warp_back);
        best = best.min((longest, l.weft_face + l.weft_back + l.warp_face + l.warp_back, offset));
    }
    Ok(best.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_adds_as_many_risers_and_takes_none_away() {
        for growth in [Growth::Weft, Growth::Warp, Growth::Short] {
            for (n, s, step) in [(5, 2, 5), (8, 3, 8), (8, 3, 4), (10, 3, 1), (16, 5, 14), (16, 3, 16)] {
                let series = shaded(n, s, growth, step).unwrap();
                assert_eq!(series.len(), n * (n - 2) / step + 1);
                for pair in series.windows(2) {
                    let both = (0..n * n).filter(|i| pair[0].is_up(i / n, i % n)).count();
                    let kept =
                        (0..n * n).filter(|i| pair[0].is_up(i / n, i % n) && pair[1].is_up(i / n, i % n));
                    assert_eq!(kept.count(), both);
                    let more = pair[1].warp_share() - pair[0].warp_share();
                    assert!((more - step as f32 / (n * n) as f32).abs() < 1e-6);
                }
                assert_eq!(series[0], Weave::satin(n, s).unwrap().named(series[0].name()));
                assert_eq!(series.last().unwrap().warp_share(), (n - 1) as f32 / n as f32);
            }
        }
    }

    #[test]
    fn the_weft_grows_as_the_formula_says_and_short_growth_is_shorter() {
        let weft = shaded(8, 3, Growth::Weft, 8).unwrap();
        for (k, weave) in (1..8).zip(&weft) {
            assert_eq!(weave.longest().weft_face, 8 - k);
            assert_eq!(weave.longest().weft_back, k);
        }
        for (k, weave) in (1..8).zip(&shaded(8, 3, Growth::Warp, 8).unwrap()) {
            assert_eq!((weave.longest().warp_face, weave.longest().warp_back), (k, 8 - k));
        }
        let longest = |w: &Weave| w.longest().weft_face.max(w.longest().warp_face).max(w.longest().warp_back);
        let short = shaded(8, 3, Growth::Short, 8).unwrap();
        assert!(longest(&short[3]) < longest(&weft[3]), "{:?}", short[3]);
    }

    #[test]
    fn a_step_that_does_not_divide_is_refused() {
        let why = shaded(8, 3, Growth::Weft, 7).unwrap_err().0;
        assert!(why.contains("48"), "{why}");
        assert!(shaded(8, 2, Growth::Weft, 8).is_err());
    }
}
