use super::network::Network;
use super::*;
use crate::filter::mirror::mirrored;
use crate::parallel::Pool;
use crate::pixel::{Layout, Size};
use crate::test_support::Random;

/// Sort every window.
fn naive<T: Copy + Ord>(samples: &[T], shape: Shape, radius: usize) -> Vec<T> {
    let reach = radius as isize;
    let median = |i: usize| {
        let (x, y, c) = (i / shape.channels % shape.width, i / shape.row_len(), i % shape.channels);
        let mut window = Vec::new();
        for dy in -reach..=reach {
            let row = mirrored(y as isize + dy, shape.height) * shape.row_len();
            window.extend(
                (-reach..=reach)
                    .map(|dx| samples[row + mirrored(x as isize + dx, shape.width) * shape.channels + c]),
            );
        }
        window.sort_unstable();
        window[window.len() / 2]
    };
    (0..samples.len()).map(median).collect()
}

/// Flat parts, ramps and noise, so that counts are piled up as well as spread.
fn value(random: &mut Random, i: usize) -> u16 {
    match random.below(4) {
        0 => random.below(65_536) as u16,
        1 => 257,
        _ => (i * 997 % 65_536) as u16,
    }
}

#[test]
fn every_median_is_the_median() {
    let mut random = Random::new("median");
    for (w, h) in [(1, 1), (1, 40), (40, 1), (3, 2), (33, 20), (150, 9), (9, 90)] {
        for layout in [Layout::Grey, Layout::Rgb, Layout::Rgba] {
            let (size, channels) = (Size::new(w, h).unwrap(), layout.channels());
            let shape = Shape { width: size.width(), height: size.height(), channels };
            let wide: Vec<_> = (0..size.pixels() * channels).map(|i| value(&mut random, i)).collect();
            let bytes: Vec<_> = wide.iter().map(|v| (v >> 8) as u8).collect();
            for radius in [1, 2, 3, 5, 7, 8, 13] {
                let (want, want_wide) = (naive(&bytes, shape, radius), naive(&wide, shape, radius));
                for level in Level::available() {
                    let context = Context { level, ..Context::default() };
                    let run = |samples: Samples| {
                        let picture = Picture::new(size, layout, samples).unwrap();
                        median(picture, radius, &context).unwrap().into_samples()
                    };
                    let what = format!("{w}×{h} {layout:?}, radius {radius}, {level}, {random}");
                    assert_eq!(run(bytes.clone().into()), want.clone().into(), "{what}");
                    assert_eq!(run(wide.clone().into()), want_wide.clone().into(), "{what}, 16 bits");
                }
            }
        }
    }
}

#[test]
fn threads_give_the_same_bytes() {
    let mut random = Random::new("median threads");
    let samples: Vec<u8> = (0..70 * 300 * 3).map(|_| random.below(256) as u8).collect();
    let picture = Picture::new(Size::new(70, 300).unwrap(), Layout::Rgb, samples).unwrap();
    for (radius, depth) in [(2, Depth::U8), (12, Depth::U8), (9, Depth::U16)] {
        let run = |threads| {
            let context = Context::default();
            let picture = picture.clone().into_depth(depth, &context).unwrap();
            Pool::new(threads).unwrap().run(|| median(picture, radius, &context)).unwrap()
        };
        assert!(run(1) == run(2) && run(1) == run(5), "radius {radius}, {random}");
    }
}

#[test]
fn the_greatest_windows_are_counted_without_overflow() {
    let picture = Picture::new(Size::new(20, 20).unwrap(), Layout::Grey, vec![9u8; 400]).unwrap();
    assert_eq!(median(picture.clone(), 127, &Context::default()).unwrap(), picture);
    assert_eq!(median(picture.clone(), 900, &Context::default()).unwrap(), picture);
}

#[test]
fn networks_stay_as_short_as_they_are() {
    let lengths = [3, 5, 7, 9, 11, 13, 15].map(|side| Network::new(side).compile().len());
    assert!(
        lengths.iter().zip([15, 57, 171, 242, 480, 767, 1245]).all(|(is, most)| *is <= most),
        "{lengths:?}"
    );
}
