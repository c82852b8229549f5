//! Against the definition in `f64`; and the sparse window against the full one.

use super::super::mirror::mirrored;
use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::Size;
use crate::test_support::Random;

const SIZES: [(u32, u32); 9] =
    [(1, 1), (1, 9), (40, 1), (3, 3), (7, 15), (16, 16), (33, 8), (31, 65), (70, 34)];

fn noise(size: Size, random: &mut Random) -> Plane {
    Plane::from_fn(size, |x, y| random.unit() * 0.2 + if (x + y) % 19 > 9 { 0.6 } else { 0.2 })
}

fn oracle(filter: Bilateral, guide: &[&Plane], input: &[&Plane]) -> Vec<Vec<f64>> {
    let size = input[0].size();
    let reach = filter.radius as isize;
    let at = |plane: &Plane, x: isize, y: isize| {
        f64::from(plane.row(mirrored(y, size.height()))[mirrored(x, size.width())])
    };
    let mut out = vec![Vec::new(); input.len()];
    for (x, y) in (0..size.pixels()).map(|i| ((i % size.width()) as isize, (i / size.width()) as isize)) {
        let (mut sums, mut total) = (vec![0.0; input.len()], 0.0);
        for (dx, dy) in (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy))) {
            let away = (dx * dx + dy * dy) as f64;
            if away > (reach * reach) as f64 {
                continue;
            }
            let unlike: f64 = guide.iter().map(|g| (at(g, x, y) - at(g, x + dx, y + dy)).abs()).sum();
            let (space, range) = (f64::from(filter.space), f64::from(filter.range));
            let weight = (-away / (2.0 * space * space) - unlike * unlike / (2.0 * range * range)).exp();
            total += weight;
            sums.iter_mut().zip(input).for_each(|(sum, p)| *sum += weight * at(p, x + dx, y + dy));
        }
        out.iter_mut().zip(sums).for_each(|(out, sum)| out.push(sum / total));
    }
    out
}

fn worst(planes: &[Plane], exact: &[Vec<f64>]) -> f64 {
    let pairs = planes.iter().zip(exact).flat_map(|(plane, exact)| plane.samples().iter().zip(exact));
    pairs.map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max)
}

#[test]
fn it_is_what_the_paper_says() {
    let (mut random, ctx) = (Random::new("bilateral"), Context::default());
    for (w, h) in SIZES {
        let size = Size::new(w, h).unwrap();
        let [a, b, c, d, e, f] = std::array::from_fn(|_| noise(size, &mut random));
        for radius in [0, 1, 4, 6] {
            let filter = Bilateral { radius, space: 2.5, range: 0.15 };
            let grey = filter.run(&[&a], &ctx).unwrap();
            let colour = filter.run(&[&a, &b, &c], &ctx).unwrap();
            let joint = filter.joint(&[&a, &b, &c], &[&d, &e, &f], &ctx).unwrap();
            let single = filter.joint(&[&a], &[&d], &ctx).unwrap();
            let errors = [
                worst(&grey, &oracle(filter, &[&a], &[&a])),
                worst(&colour, &oracle(filter, &[&a, &b, &c], &[&a, &b, &c])),
                worst(&joint, &oracle(filter, &[&a, &b, &c], &[&d, &e, &f])),
                worst(&single, &oracle(filter, &[&a], &[&d])),
            ];
            assert!(errors.iter().all(|e| *e < 1e-5), "{w}×{h}, radius {radius}: {errors:?}, {random}");
        }
    }
}

#[test]
fn wide_pictures_and_odd_settings_are_exact_as_well() {
    let (mut random, ctx) = (Random::new("bilateral, wide"), Context::default());
    for (w, h) in [(1050, 3), (1024, 2), (513, 5)] {
        let size = Size::new(w, h).unwrap();
        let [a, b, c, d] = std::array::from_fn(|_| noise(size, &mut random));
        for (radius, space, range) in
            [(4, 2.0, 0.1), (6, 0.4, 0.02), (2, 1e3, 1e3), (5, 1e-9, 0.1), (3, 1.0, 1e-3)]
        {
            let filter = Bilateral { radius, space, range };
            let colour = worst(
                &filter.run(&[&a, &b, &c], &ctx).unwrap(),
                &oracle(filter, &[&a, &b, &c], &[&a, &b, &c]),
            );
            let joint = worst(&filter.joint(&[&a], &[&d], &ctx).unwrap(), &oracle(filter, &[&a], &[&d]));
            assert!(colour.max(joint) < 1e-5, "{w}×{h}, {filter:?}: {colour:e}, {joint:e}, {random}");
        }
    }
}

#[test]
fn a_sparse_window_is_hardly_told_from_a_full_one() {
    let (mut random, ctx) = (Random::new("bilateral, sparse"), Context::default());
    let size = Size::new(90, 70).unwrap();
    let plane = Plane::from_fn(size, |x, y| random.unit() * 0.1 + if (x + y) % 70 > 35 { 0.6 } else { 0.2 });
    let filter = Bilateral { radius: 14, space: 7.0, range: 0.2 };
    let exact = oracle(filter, &[&plane], &[&plane]);
    let out = filter.run(&[&plane], &ctx).unwrap();
    let squares = out[0].samples().iter().zip(&exact[0]).map(|(a, b)| (f64::from(*a) - b).powi(2));
    let rms = (squares.sum::<f64>() / size.pixels() as f64).sqrt();
    assert!(rms < 0.01, "{rms}, {random}");
}

#[test]
fn levels_and_threads_give_the_same_bits() {
    let mut random = Random::new("bilateral levels");
    let size = Size::new(83, 140).unwrap();
    let [a, b, c] = std::array::from_fn(|_| noise(size, &mut random));
    for radius in [3, 6, 17] {
        let filter = Bilateral { radius, space: radius as f32 / 2.0, range: 0.1 };
        let run = |level, threads| {
            let ctx = Context { level, ..Context::default() };
            let planes = [&a, &b, &c];
            Pool::new(threads).unwrap().run(|| {
                let joint = filter.joint(&[&b], &[&a], &ctx).unwrap();
                (filter.run(&planes, &ctx).unwrap(), joint)
            })
        };
        let plain = run(Level::PLAIN, 1);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert!(run(level, threads) == plain, "level {level}, {threads} threads, {random}");
            }
        }
    }
}
