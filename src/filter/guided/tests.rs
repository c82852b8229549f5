//! Against the definition in `f64`, on awkward sizes, every level, any number of threads.

use super::super::mirror::mirrored;
use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::Size;
use crate::test_support::Random;

const SIZES: [(u32, u32); 9] =
    [(1, 1), (1, 9), (40, 1), (3, 3), (7, 15), (16, 16), (33, 8), (65, 31), (530, 70)];

fn noise(size: Size, random: &mut Random) -> Plane {
    Plane::from_fn(size, |x, _| random.unit() * 0.3 + if x % 11 > 5 { 0.6 } else { 0.1 })
}

/// The mean over a window, sample by sample.
fn mean(value: &dyn Fn(usize, usize) -> f64, size: Size, radius: usize, (x, y): (usize, usize)) -> f64 {
    let reach = radius as isize;
    let places = (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy)));
    let sum: f64 = places
        .map(|(dx, dy)| {
            value(mirrored(x as isize + dx, size.width()), mirrored(y as isize + dy, size.height()))
        })
        .sum();
    sum / ((2 * reach + 1) as f64).powi(2)
}

fn means(value: &dyn Fn(usize, usize) -> f64, size: Size, radius: usize) -> Vec<f64> {
    let places = (0..size.pixels()).map(|i| (i % size.width(), i / size.width()));
    places.map(|place| mean(value, size, radius, place)).collect()
}

/// He's formulas, for any number of guide planes, the covariance solved by elimination.
fn oracle(guide: &[&Plane], input: &Plane, radius: usize, eps: f64) -> Vec<f64> {
    let (size, n) = (input.size(), guide.len());
    let radius = radius.min(size.longer());
    let width = size.width();
    let at = |plane: &Plane, x: usize, y: usize| f64::from(plane.row(y)[x]);
    let of = |value: &dyn Fn(usize, usize) -> f64| means(value, size, radius);
    let i: Vec<_> = guide.iter().map(|g| of(&|x, y| at(g, x, y))).collect();
    let p = of(&|x, y| at(input, x, y));
    let ip: Vec<_> = guide.iter().map(|g| of(&|x, y| at(g, x, y) * at(input, x, y))).collect();
    let product = |g: &Plane, h: &Plane| of(&|x, y| at(g, x, y) * at(h, x, y));
    let ii: Vec<Vec<_>> = guide.iter().map(|g| guide.iter().map(|h| product(g, h)).collect()).collect();
    let mut fits = vec![vec![0.0; size.pixels()]; n + 1];
    for k in 0..size.pixels() {
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|r| {
                let own = (0..n).map(|c| ii[r][c][k] - i[r][k] * i[c][k] + if r == c { eps } else { 0.0 });
                own.chain([ip[r][k] - i[r][k] * p[k]]).collect()
            })
            .collect();
        let a = eliminate(&mut rows);
        fits[n][k] = p[k] - a.iter().zip(&i).map(|(a, i)| a * i[k]).sum::<f64>();
        a.iter().enumerate().for_each(|(c, a)| fits[c][k] = *a);
    }
    let fits: Vec<_> = fits.iter().map(|fit| of(&|x, y| fit[y * width + x])).collect();
    let result = |k: usize| {
        let parts = guide.iter().zip(&fits).map(|(g, fit)| fit[k] * f64::from(g.samples()[k]));
        parts.sum::<f64>() + fits[n][k]
    };
    (0..size.pixels()).map(result).collect()
}

fn eliminate(rows: &mut [Vec<f64>]) -> Vec<f64> {
    let n = rows.len();
    for c in 0..n {
        let pivot = rows[c].clone();
        for (r, row) in rows.iter_mut().enumerate().filter(|(r, _)| *r != c) {
            let factor = row[c] / pivot[c];
            assert!(r < n && factor.is_finite());
            row.iter_mut().zip(&pivot).for_each(|(v, p)| *v -= factor * p);
        }
    }
    (0..n).map(|c| rows[c][n] / rows[c][c]).collect()
}

fn worst(plane: &Plane, exact: &[f64]) -> f64 {
    plane.samples().iter().zip(exact).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max)
}

#[test]
fn it_is_what_the_paper_says() {
    let (mut random, ctx) = (Random::new("guided"), Context::default());
    for (w, h) in SIZES {
        let size = Size::new(w, h).unwrap();
        let [g, p, r, b] = std::array::from_fn(|_| noise(size, &mut random));
        for radius in if w > 100 { vec![3] } else { vec![0, 1, 4, if w * h < 100 { 40 } else { 9 }] } {
            let eps = 1e-3;
            let exact = |guide: &[&Plane], input: &Plane| oracle(guide, input, radius, f64::from(eps));
            let grey = worst(&guided(&g, &p, radius, eps, &ctx).unwrap(), &exact(&[&g], &p));
            let own = worst(&guided(&g, &g, radius, eps, &ctx).unwrap(), &exact(&[&g], &g));
            let three = guided_colour([&r, &g, &b], &p, radius, eps, &ctx).unwrap();
            let colour = worst(&three, &exact(&[&r, &g, &b], &p));
            let errors = format!("{w}×{h}, radius {radius}: {grey:e} {own:e} {colour:e}, {random}");
            // Sums over more samples round more: at radius 40 the bound is a quarter of an 8-bit step.
            let bound = if radius > 4 { 1e-3 } else { 2e-4 };
            assert!(grey < bound && own < bound && colour < bound, "{errors}");
        }
    }
}

#[test]
fn levels_and_threads_give_the_same_bits() {
    let mut random = Random::new("guided levels");
    let size = Size::new(545, 201).unwrap();
    let [a, b, c] = std::array::from_fn(|_| noise(size, &mut random));
    let run = |level, threads| {
        let ctx = Context { level, ..Context::default() };
        Pool::new(threads).unwrap().run(|| {
            (
                guided(&a, &b, 5, 1e-3, &ctx).unwrap(),
                guided_colours([&a, &b, &c], &[&a, &c], 5, 1e-3, &ctx).unwrap(),
            )
        })
    };
    let plain = run(Level::PLAIN, 1);
    for level in Level::available() {
        for threads in [1, 2, 5] {
            assert!(run(level, threads) == plain, "level {level}, {threads} threads, {random}");
        }
    }
}

#[test]
fn a_flat_picture_stays_flat() {
    let size = Size::new(70, 50).unwrap();
    let flat = Plane::filled(size, 0.7);
    let out = guided(&flat, &flat, 8, 1e-4, &Context::default()).unwrap();
    assert!(out.samples().iter().all(|v| (v - 0.7).abs() < 1e-5));
}
