//! The scores of `benches/boundaries` rest on the pairs that can be made; here they are counted the slow way.

#[path = "../benches/boundaries/matching.rs"]
mod matching;

use matching::{Places, pairs};

/// Pairs by Kuhn's algorithm: one augmenting path after another.
fn slowly(found: &[(i32, i32)], truth: &[(i32, i32)], tolerance: f64) -> usize {
    fn pair(
        i: usize,
        near: &dyn Fn(usize, usize) -> bool,
        seen: &mut [bool],
        taken: &mut [Option<usize>],
    ) -> bool {
        for j in 0..taken.len() {
            if near(i, j)
                && !std::mem::replace(&mut seen[j], true)
                && taken[j].is_none_or(|other| pair(other, near, seen, taken))
            {
                taken[j] = Some(i);
                return true;
            }
        }
        false
    }
    let near = |i: usize, j: usize| {
        let (a, b) = (found[i], truth[j]);
        f64::from((a.0 - b.0).pow(2) + (a.1 - b.1).pow(2)) <= tolerance * tolerance
    };
    let mut taken = vec![None; truth.len()];
    (0..found.len()).filter(|i| pair(*i, &near, &mut vec![false; truth.len()], &mut taken)).count()
}

fn places(width: usize, height: usize, at: &[(usize, usize)]) -> Places {
    Places::new(width, height, |x, y| at.contains(&(x, y)))
}

#[test]
fn each_pixel_has_one_partner() {
    let (found, truth) = (places(9, 1, &[(3, 0), (5, 0)]), places(9, 1, &[(4, 0)]));
    assert_eq!(pairs(&found, &truth, 1.0), 1);
    // Greedily 4 takes 4, and 3 is left without a partner; it must give way.
    let (found, truth) = (places(9, 1, &[(3, 0), (4, 0)]), places(9, 1, &[(4, 0), (5, 0)]));
    assert_eq!(pairs(&found, &truth, 1.0), 2);
    assert_eq!(pairs(&found, &truth, 0.5), 1);
}

#[test]
fn as_many_pairs_are_made_as_can_be() {
    // Marsaglia's xorshift; the seed is fixed, so a failure comes back.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 33
    };
    for (width, height) in [(1, 1), (40, 1), (1, 40), (30, 25)] {
        for share in [3, 8, 20] {
            let mut map = || (0..width * height).map(|_| random() % share == 0).collect::<Vec<_>>();
            let (a, b) = (map(), map());
            let [found, truth] = [&a, &b].map(|map| Places::new(width, height, |x, y| map[y * width + x]));
            for tolerance in [0.0, 1.0, 1.5, 3.7] {
                let expected = slowly(&found.at, &truth.at, tolerance);
                assert_eq!(
                    pairs(&found, &truth, tolerance),
                    expected,
                    "{width}×{height} {share} {tolerance}"
                );
            }
        }
    }
}
