use super::*;
use crate::filter::mirror::mirrored;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::{Depth, Encoding, Layout, Picture, Size};
use crate::test_support::Random;

/// One direction, every sample, in `f64`, as far as a Gaussian can be seen.
fn naive_lines(samples: &[f64], len: usize, step: usize, sigma: f64) -> Vec<f64> {
    let reach = (6.0 * sigma).ceil() as isize + 1;
    let weight = |d: isize| (-0.5 * (d as f64 / sigma.max(0.01)).powi(2)).exp();
    let total: f64 = (-reach..=reach).map(weight).sum();
    let blurred = |i: usize| {
        let at = i / step % len;
        let value = |d: isize| samples[i - at * step + mirrored(at as isize + d, len) * step];
        (-reach..=reach).map(|d| weight(d) * value(d)).sum::<f64>() / total
    };
    (0..samples.len()).map(blurred).collect()
}

fn naive(samples: &[f64], (width, height, channels): (usize, usize, usize), sigma: f64) -> Vec<f64> {
    let down = naive_lines(samples, height, width * channels, sigma);
    naive_lines(&down, width, channels, sigma)
}

fn worst(got: impl Iterator<Item = f64>, want: &[f64]) -> f64 {
    got.zip(want).map(|(got, want)| (got - want).abs()).fold(0.0, f64::max)
}

/// Hard edges are what shows a wrong kernel; noise alone would average its faults away.
fn edges(random: &mut Random, x: usize, y: usize) -> f32 {
    let block = if (x / 23 + y / 19).is_multiple_of(2) { 1.0 } else { 0.0 };
    if random.below(5) == 0 { random.unit() } else { block }
}

#[test]
fn planes_are_blurred_as_by_the_definition() {
    let mut random = Random::new("gaussian");
    for (w, h) in [(1, 1), (1, 50), (50, 1), (2, 3), (31, 33), (90, 70), (800, 2)] {
        let plane = Plane::from_fn(Size::new(w, h).unwrap(), |x, y| edges(&mut random, x, y));
        let exact: Vec<_> = plane.samples().iter().map(|v| f64::from(*v)).collect();
        for sigma in [0.0, 0.3, 0.8, 2.0, 8.5, 8.6, 9.9, 40.0] {
            let want = naive(&exact, (w as usize, h as usize, 1), sigma);
            for level in Level::available() {
                let mut planes = [plane.clone()];
                gaussian(&mut planes, sigma as f32, &Context { level, ..Context::default() }).unwrap();
                let off = worst(planes[0].samples().iter().map(|v| f64::from(*v)), &want);
                assert!(off < 7e-4, "{w}×{h}, sigma {sigma}: off by {off:e} at {level}, {random}");
            }
        }
    }
}

#[test]
fn pictures_are_blurred_in_the_encoding_asked_for() {
    let mut random = Random::new("gaussian picture");
    for (layout, w, h) in [(Layout::Rgb, 300, 70), (Layout::Grey, 33, 9), (Layout::Rgb, 5, 1)] {
        let (size, channels) = (Size::new(w, h).unwrap(), layout.channels());
        let samples: Vec<u8> = (0..size.pixels() * channels)
            .map(|i| (edges(&mut random, i / channels % w as usize, i / channels / w as usize) * 255.0) as u8)
            .collect();
        let exact: Vec<_> = samples.iter().map(|v| f64::from(*v) / 255.0).collect();
        let picture = Picture::new(size, layout, samples).unwrap();
        for sigma in [0.1, 1.0, 2.0, 8.0, 9.0] {
            let want = naive(&exact, (w as usize, h as usize, channels), sigma);
            for (depth, bound) in [(Depth::U8, 0.5 / 255.0 + 1e-3), (Depth::U16, 7e-4)] {
                for level in Level::available() {
                    let context = Context { level, ..Context::default() };
                    let blurred =
                        gaussian_picture(picture.clone(), sigma as f32, Encoding::Srgb, depth, &context);
                    let wide = blurred.unwrap().into_depth(Depth::F32, &context).unwrap();
                    let off = worst(wide.as_f32().unwrap().samples().iter().map(|v| f64::from(*v)), &want);
                    assert!(
                        off < bound,
                        "{layout:?} {w}×{h}, sigma {sigma}, {depth:?}: off by {off:e}, {random}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_way_through_planes_gives_the_same_picture() {
    let mut random = Random::new("gaussian planes");
    let size = Size::new(61, 40).unwrap();
    let mut opaque: Vec<u8> = (0..size.pixels() * 4).map(|_| random.below(256) as u8).collect();
    opaque.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
    let plain: Vec<u8> = opaque.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let context = Context::default();
    for sigma in [1.5, 12.0] {
        let run = |layout, samples: &[u8]| {
            let picture = Picture::new(size, layout, samples.to_vec()).unwrap();
            gaussian_picture(picture, sigma, Encoding::Linear, Depth::U8, &context).unwrap()
        };
        let (a, b) = (run(Layout::Rgba, &opaque), run(Layout::Rgb, &plain));
        let pixels =
            a.as_u8().unwrap().samples().chunks_exact(4).zip(b.as_u8().unwrap().samples().chunks_exact(3));
        assert!(pixels.clone().all(|(a, _)| a[3] == 255));
        let off = pixels.flat_map(|(a, b)| (0..3).map(|c| a[c].abs_diff(b[c]))).max();
        assert!(off <= Some(1), "sigma {sigma}: off by {off:?}, {random}");
    }
}

#[test]
fn threads_and_levels_give_the_same_bytes() {
    let mut random = Random::new("gaussian threads");
    let plane = Plane::from_fn(Size::new(213, 300).unwrap(), |_, _| random.unit() * 3.0 - 1.0);
    for sigma in [1.7, 12.0] {
        let run = |threads, level| {
            let mut planes = [plane.clone(), plane.clone()];
            let context = Context { level, ..Context::default() };
            Pool::new(threads).unwrap().run(|| gaussian(&mut planes, sigma, &context)).unwrap();
            planes.map(|plane| plane.samples().iter().map(|v| v.to_bits()).collect::<Vec<_>>())
        };
        let one = run(1, Level::PLAIN);
        for level in Level::available() {
            assert!([1, 2, 5].into_iter().all(|threads| run(threads, level) == one), "{level}, {random}");
        }
    }
}

#[test]
fn an_even_surface_stays_as_it_is() {
    for value in [0u8, 1, 77, 254, 255] {
        let picture = Picture::new(Size::new(40, 9).unwrap(), Layout::Rgb, vec![value; 40 * 9 * 3]).unwrap();
        for sigma in [0.5, 2.0, 20.0, 5000.0] {
            for within in [Encoding::Srgb, Encoding::Linear] {
                let blurred =
                    gaussian_picture(picture.clone(), sigma, within, Depth::U8, &Context::default()).unwrap();
                assert_eq!(blurred, picture, "sigma {sigma}, {within:?}");
            }
        }
    }
}
