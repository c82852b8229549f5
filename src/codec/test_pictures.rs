//! Pictures that tests of writers share.

use crate::pixel::{Depth, Layout, Picture, Samples, Size};
use crate::test_support::Random;

pub(super) const LAYOUTS: [Layout; 4] = [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba];

/// One pixel, one column, one row, and sides around the blocks and vectors of the writers.
pub(super) const AWKWARD: [(u32, u32); 7] =
    [(1, 1), (1, 19), (23, 1), (15, 17), (16, 16), (17, 15), (33, 70)];

/// Noise.
pub(super) fn random(name: &str, (width, height): (u32, u32), layout: Layout, depth: Depth) -> Picture {
    let (mut random, size) = (Random::new(name), Size::new(width, height).unwrap());
    let count = 0..size.pixels() * layout.channels();
    let samples = match depth {
        Depth::U8 => Samples::U8(count.map(|_| random.next() as u8).collect()),
        Depth::U16 => Samples::U16(count.map(|_| random.next() as u16).collect()),
        Depth::F32 => Samples::F32(count.map(|_| random.unit()).collect()),
    };
    Picture::new(size, layout, samples).unwrap()
}

/// Slopes, edges and a little noise: what a photograph is to a codec.
pub(super) fn scene(name: &str, (width, height): (u32, u32), layout: Layout) -> Picture {
    let (mut random, size) = (Random::new(name), Size::new(width, height).unwrap());
    let mut samples = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        for c in 0..layout.channels() as u32 {
            let slope = (x * (3 + c) + y * (5 - c)) / 4 % 256;
            let edge = if (x / 21 + y / 13) % 3 == c % 3 { 60 } else { 0 };
            samples.push((slope.abs_diff(edge) + random.below(9) as u32).min(255) as u8);
        }
    }
    Picture::new(size, layout, samples).unwrap()
}
