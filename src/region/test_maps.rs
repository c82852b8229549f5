//! Label maps for tests.

use super::Labels;
use crate::pixel::Size;
use crate::test_support::Random;

/// Sizes that go wrong first.
pub(super) const SIZES: [(u32, u32); 6] = [(1, 1), (1, 70), (90, 1), (2, 2), (67, 131), (130, 66)];

/// Squares of `coarse` pixels, each with one of `labels` labels by chance.
pub(super) fn blotches(random: &mut Random, (w, h): (u32, u32), labels: usize, coarse: usize) -> Labels {
    let size = Size::new(w, h).unwrap();
    let across = size.width().div_ceil(coarse);
    let chosen: Vec<u16> =
        (0..across * size.height().div_ceil(coarse)).map(|_| random.below(labels) as u16).collect();
    let label = |i: usize| chosen[i / size.width() / coarse * across + i % size.width() / coarse];
    Labels::new(size, (0..size.pixels()).map(label).collect()).unwrap()
}

/// A map drawn by a rule.
pub(super) fn drawn(w: u32, h: u32, label: impl Fn(usize, usize) -> u16) -> Labels {
    let size = Size::new(w, h).unwrap();
    let label = |i: usize| label(i % size.width(), i / size.width());
    Labels::new(size, (0..size.pixels()).map(label).collect()).unwrap()
}
