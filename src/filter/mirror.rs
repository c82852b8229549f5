//! What lies beyond a border.

/// The place in `0..len` that stands for `at`: … c b a | a b c … c | c b a …, however far away.
pub(crate) fn mirrored(at: isize, len: usize) -> usize {
    let period = 2 * len as isize;
    let at = at.rem_euclid(period);
    (if at < len as isize { at } else { period - 1 - at }) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_border_sample_is_its_own_neighbour() {
        let seen: Vec<_> = (-7..8).map(|at| mirrored(at, 3)).collect();
        assert_eq!(seen, [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1]);
        assert!((-9..9).all(|at| mirrored(at, 1) == 0));
    }
}
