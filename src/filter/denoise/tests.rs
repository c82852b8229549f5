//! The blocks against the sum over blocks as it is written down; and what noise removal promises.

use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::test_support::Random;

fn gauss(random: &mut Random) -> f32 {
    (0..12).map(|_| random.unit()).sum::<f32>() - 6.0
}

/// Shapes with edges and shading, and stripes as fine as hair.
fn scene(x: usize, y: usize) -> f32 {
    let disc = (x as f32 - 70.0).hypot(y as f32 - 60.0) < 40.0;
    let hair = if x > 140 && (x + y / 3) % 4 < 2 { 0.2 } else { 0.0 };
    0.25 + hair + if disc { 0.4 } else { 0.0 } + x as f32 * 0.0005 + y as f32 * 0.001
}

fn rms(a: &Plane, b: &Plane) -> f64 {
    let squares = a.samples().iter().zip(b.samples()).map(|(a, b)| f64::from(a - b).powi(2));
    (squares.sum::<f64>() / a.size().pixels() as f64).sqrt()
}

fn transform(block: &[[f64; 8]; 8], back: bool) -> [[f64; 8]; 8] {
    let basis = |k: usize, n: usize| {
        let scale = if k == 0 { (1.0f64 / 8.0).sqrt() } else { 0.5 };
        scale * ((2 * n + 1) as f64 * k as f64 * std::f64::consts::PI / 16.0).cos()
    };
    let part = |u: usize, x: usize| if back { basis(x, u) } else { basis(u, x) };
    let value = |u: usize, v: usize| {
        (0..64).map(|i| part(u, i / 8) * part(v, i % 8) * block[i / 8][i % 8]).sum::<f64>()
    };
    std::array::from_fn(|u| std::array::from_fn(|v| value(u, v)))
}

fn oracle(plane: &Plane, level: f64, threshold: f64) -> Vec<f64> {
    let (w, h) = (plane.size().width() as isize, plane.size().height() as isize);
    let at = |x: isize, y: isize| f64::from(plane.row(mirrored(y, h as usize))[mirrored(x, w as usize)]);
    let mut sums = vec![0.0; (w * h) as usize];
    for (left, top) in (-6..h).step_by(2).flat_map(|y| (-6..w).step_by(2).map(move |x| (x, y))) {
        let block = std::array::from_fn(|r| std::array::from_fn(|c| at(left + c as isize, top + r as isize)));
        let mut coefficients = transform(&block, false);
        for i in 1..64 {
            let c = &mut coefficients[i / 8][i % 8];
            *c *= (*c * *c - (level * threshold).powi(2)).max(0.0) / (*c * *c + 1e-20);
        }
        let block = transform(&coefficients, true);
        for i in 0..64 {
            let (x, y) = (left + i % 8, top + i / 8);
            if (0..w).contains(&x) && (0..h).contains(&y) {
                sums[(y * w + x) as usize] += block[(i / 8) as usize][(i % 8) as usize] / 16.0;
            }
        }
    }
    sums
}

#[test]
fn blocks_are_shrunk_as_written_down() {
    let (mut random, ctx) = (Random::new("blocks"), Context::default());
    for (w, h) in [(1, 1), (1, 9), (17, 1), (3, 3), (8, 8), (16, 15), (33, 7), (31, 66)] {
        let plane = Plane::from_fn(Size::new(w, h).unwrap(), |_, _| random.unit());
        let out = blocks::shrink(&plane, &plane, &Noise::even(0.1), 2.0, &ctx).unwrap();
        let exact = oracle(&plane, 0.1, 2.0);
        let worst =
            out.samples().iter().zip(&exact).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
        assert!(worst < 1e-5, "{w}×{h}: {worst:e}, {random}");
    }
}

#[test]
fn noise_goes_detail_stays_and_a_clean_picture_is_left_alone() {
    let mut random = Random::new("denoise");
    let size = Size::new(256, 200).unwrap();
    let clean = Plane::from_fn(size, scene);
    let denoise = Denoise { lightness: 1.0, colour: 1.0, level: None };
    let run = |plane: &Plane| denoise.run(vec![plane.clone()], &Context::default()).unwrap().remove(0);
    assert!(rms(&run(&clean), &clean) < 5e-4, "a clean picture changes by {}", rms(&run(&clean), &clean));
    for sigma in [0.01, 0.03, 0.08] {
        let mut noisy = clean.clone();
        noisy.samples_mut().iter_mut().for_each(|v| *v += sigma * gauss(&mut random));
        let (before, after) = (rms(&noisy, &clean), rms(&run(&noisy), &clean));
        assert!(after < 0.65 * before, "noise of {before} became {after}, {random}");
    }
}

#[test]
fn levels_and_threads_give_the_same_bits() {
    let mut random = Random::new("denoise levels");
    for (w, h) in [(1, 1), (1, 60), (131, 150)] {
        let size = Size::new(w, h).unwrap();
        let planes: Vec<_> = (0..3).map(|_| Plane::from_fn(size, |_, _| random.unit() * 0.1 + 0.4)).collect();
        let denoise = Denoise { lightness: 1.0, colour: 1.5, level: None };
        let run = |level, threads| {
            let ctx = Context { level, ..Context::default() };
            Pool::new(threads).unwrap().run(|| denoise.run(planes.clone(), &ctx).unwrap())
        };
        let plain = run(Level::PLAIN, 1);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert!(run(level, threads) == plain, "level {level}, {threads} threads, {random}");
            }
        }
    }
}
