//! Calm borders: each pixel takes the label that most of the pixels around it have.

use super::Labels;
use super::vote::{Gaussian, TILE, Votes};
use crate::context::Context;
use crate::error::Result;
use crate::parallel::for_each_band;

/// The map with each pixel given the label that has the most votes around it, under a Gaussian of `sigma` pixels. A
/// pixel changes only if another label has more votes than its own; among several with the most, the lowest wins.
pub fn smooth(labels: &Labels, sigma: f32, ctx: &Context) -> Result<Labels> {
    let mut out = labels.clone();
    if sigma <= 0.0 {
        return Ok(out);
    }
    let (gaussian, width) = (Gaussian::new(sigma), labels.size.width());
    for_each_band(ctx, &mut out.labels, TILE * width, |index, band| {
        let y = index * TILE;
        let rows = y as isize..(y + band.len() / width) as isize;
        for x in (0..width).step_by(TILE) {
            let columns = x..(x + TILE).min(width);
            let votes = Votes::count(labels, &(x as isize..columns.end as isize), &rows, &gaussian);
            if votes.present.len() > 1 {
                for (n, row) in band.chunks_exact_mut(width).enumerate() {
                    elect(&votes, n, &mut row[columns.clone()]);
                }
            }
        }
        Ok(())
    })?;
    Ok(out)
}

/// Let row `n` of the votes decide about these labels.
fn elect(votes: &Votes, n: usize, labels: &mut [u16]) {
    let row = |k: usize| &votes.fields[k][n * votes.width..][..votes.width];
    let mut best = vec![0.0; labels.len()];
    for (k, label) in votes.present.iter().enumerate() {
        for ((best, own), vote) in best.iter_mut().zip(&*labels).zip(row(k)) {
            *best = if own == label { *vote } else { *best };
        }
    }
    for (k, label) in votes.present.iter().enumerate() {
        for ((best, own), vote) in best.iter_mut().zip(&mut *labels).zip(row(k)) {
            if *vote > *best {
                (*best, *own) = (*vote, *label);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::region::test_maps::{SIZES, blotches, drawn};
    use crate::test_support::Random;

    /// All votes for all labels at one pixel, with no regard for time.
    fn counted(labels: &Labels, at: (usize, usize), sigma: f64) -> Vec<f64> {
        let reach = (3.0 * sigma).ceil() as isize;
        let (w, h) = (labels.size.width() as isize, labels.size.height() as isize);
        let mut votes = vec![0.0; labels.count()];
        let mut all = 0.0;
        for (dy, dx) in (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dy, dx))) {
            let (x, y) = ((at.0 as isize + dx).clamp(0, w - 1), (at.1 as isize + dy).clamp(0, h - 1));
            let vote = (-0.5 * (dx * dx + dy * dy) as f64 / (sigma * sigma)).exp();
            votes[usize::from(labels.row(y as usize)[x as usize])] += vote;
            all += vote;
        }
        votes.iter().map(|vote| vote / all).collect()
    }

    #[test]
    fn each_pixel_goes_with_the_most_votes() {
        let mut random = Random::new("smooth");
        for size in SIZES {
            for sigma in [0.7, 2.3] {
                let map = blotches(&mut random, size, 4, 3);
                let after = smooth(&map, sigma, &Context::default()).unwrap();
                for (i, label) in after.labels.iter().enumerate() {
                    let at = (i % map.size.width(), i / map.size.width());
                    let votes = counted(&map, at, f64::from(sigma));
                    let most = votes.iter().copied().fold(0.0, f64::max);
                    let own = votes[usize::from(*label)];
                    assert!(own > most - 1e-5, "{size:?} at {at:?}: {own} of {most}, {random}");
                }
            }
        }
    }

    #[test]
    fn threads_do_not_show() {
        let mut random = Random::new("smooth threads");
        let map = blotches(&mut random, (150, 201), 5, 4);
        let run =
            |threads| Pool::new(threads).unwrap().run(|| smooth(&map, 2.0, &Context::default()).unwrap());
        assert!(run(2) == run(1) && run(5) == run(1), "{random}");
    }

    #[test]
    fn straight_borders_stay_and_a_corner_loses_little() {
        let map = drawn(64, 64, |x, y| u16::from(x >= 32 && y >= 32));
        let once = smooth(&map, 2.0, &Context::default()).unwrap();
        let changed = |a: &Labels, b: &Labels| a.labels.iter().zip(&b.labels).filter(|(a, b)| a != b).count();
        assert!(changed(&map, &once) <= 8, "{}", changed(&map, &once));
        let mut last = once;
        for _ in 0..4 {
            let next = smooth(&last, 2.0, &Context::default()).unwrap();
            assert!(changed(&last, &next) <= 4, "{}", changed(&last, &next));
            last = next;
        }
    }
}
