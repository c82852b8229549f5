//! Against the paper's equations in `f64`, sample by sample.

use super::*;
use crate::parallel::Pool;
use crate::pixel::Size;
use crate::test_support::Random;

const SIZES: [(u32, u32); 8] = [(1, 1), (1, 9), (40, 1), (3, 3), (15, 17), (16, 16), (33, 8), (70, 49)];

fn noise(size: Size, random: &mut Random) -> Plane {
    Plane::from_fn(size, |x, y| random.unit() * 0.2 + if (x + y) % 19 > 9 { 0.6 } else { 0.2 })
}

fn fade(line: &mut [f64], steps: &[f64], width: f64) {
    let a = (-2f64.sqrt() / width).exp();
    for n in 1..line.len() {
        let kept = a.powf(steps[n]);
        line[n] = (1.0 - kept) * line[n] + kept * line[n - 1];
    }
    for n in (0..line.len() - 1).rev() {
        let kept = a.powf(steps[n + 1]);
        line[n] = (1.0 - kept) * line[n] + kept * line[n + 1];
    }
}

fn mean(line: &mut [f64], steps: &[f64], width: f64) {
    let reach = width * 3f64.sqrt();
    let places: Vec<f64> = steps
        .iter()
        .scan(0.0, |place, step| {
            *place += step;
            Some(*place)
        })
        .collect();
    let old = line.to_vec();
    for (own, value) in places.iter().zip(line) {
        let near = |at: &f64| (at - own).abs() <= reach;
        let within = || places.iter().zip(&old).filter(|(at, _)| near(at));
        *value = within().map(|(_, v)| v).sum::<f64>() / within().count() as f64;
    }
}

fn oracle(filter: DomainTransform, planes: &[Plane]) -> Vec<Vec<f64>> {
    let size = planes[0].size();
    let (w, h) = (size.width(), size.height());
    let rows: Vec<Vec<usize>> = (0..h).map(|y| (0..w).map(|x| y * w + x).collect()).collect();
    let columns: Vec<Vec<usize>> = (0..w).map(|x| (0..h).map(|y| y * w + x).collect()).collect();
    let mut out: Vec<Vec<f64>> =
        planes.iter().map(|plane| plane.samples().iter().map(|v| f64::from(*v)).collect()).collect();
    let guide = out.clone();
    let gain = f64::from(filter.space) / f64::from(filter.range);
    for round in 0..filter.rounds {
        let n = filter.rounds as f64;
        let width = f64::from(filter.space) * 3f64.sqrt() * 2f64.powf(n - 1.0 - round as f64)
            / (4f64.powf(n) - 1.0).sqrt();
        for line in rows.iter().chain(&columns) {
            let apart = |i: usize, j: usize| guide.iter().map(|g| (g[i] - g[j]).abs()).sum::<f64>();
            let steps: Vec<f64> = (0..line.len())
                .map(|n| if n == 0 { 1.0 } else { 1.0 + gain * apart(line[n], line[n - 1]) })
                .collect();
            for plane in &mut out {
                let mut samples: Vec<_> = line.iter().map(|i| plane[*i]).collect();
                match filter.pass {
                    Pass::Recursive => fade(&mut samples, &steps, width),
                    Pass::Normalised => mean(&mut samples, &steps, width),
                }
                line.iter().zip(samples).for_each(|(i, v)| plane[*i] = v);
            }
        }
    }
    out
}

#[test]
fn it_is_what_the_paper_says() {
    let (mut random, ctx) = (Random::new("domain transform"), Context::default());
    for (w, h) in SIZES {
        let size = Size::new(w, h).unwrap();
        let planes: Vec<_> = (0..3).map(|_| noise(size, &mut random)).collect();
        for (pass, bound) in [(Pass::Recursive, 1e-5), (Pass::Normalised, 0.02)] {
            let filter = DomainTransform { space: 12.0, range: 0.8, rounds: 3, pass };
            let out = filter.run(planes.clone(), &ctx).unwrap();
            let exact = oracle(filter, &planes);
            let errors: Vec<_> = out
                .iter()
                .zip(&exact)
                .flat_map(|(plane, exact)| {
                    plane.samples().iter().zip(exact).map(|(a, b)| (f64::from(*a) - b).abs())
                })
                .collect();
            // A sample at the very rim of the reach may fall on the other side of it by rounding: few do.
            let worst = errors.iter().copied().fold(0.0, f64::max);
            let mean = errors.iter().sum::<f64>() / errors.len() as f64;
            assert!(worst < bound && mean < 1e-5, "{w}×{h} {pass:?}: {worst:e}, {mean:e}, {random}");
        }
    }
}

#[test]
fn levels_and_threads_give_the_same_bits() {
    let mut random = Random::new("domain transform levels");
    let size = Size::new(83, 61).unwrap();
    let planes: Vec<_> = (0..3).map(|_| noise(size, &mut random)).collect();
    for pass in [Pass::Recursive, Pass::Normalised] {
        let filter = DomainTransform { space: 20.0, range: 0.4, rounds: 3, pass };
        let run = |level, threads| {
            let ctx = Context { level, ..Context::default() };
            Pool::new(threads).unwrap().run(|| filter.run(planes.clone(), &ctx).unwrap())
        };
        let plain = run(Level::PLAIN, 1);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert!(run(level, threads) == plain, "level {level}, {threads} threads, {random}");
            }
        }
    }
}

#[test]
fn a_hard_edge_stays_hard() {
    let size = Size::new(40, 40).unwrap();
    let plane = Plane::from_fn(size, |x, _| if x < 20 { 0.1 } else { 0.9 });
    for pass in [Pass::Recursive, Pass::Normalised] {
        let filter = DomainTransform { space: 30.0, range: 0.1, rounds: 3, pass };
        let out = filter.run(vec![plane.clone()], &Context::default()).unwrap();
        let worst =
            out[0].samples().iter().zip(plane.samples()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst < 0.01, "{pass:?}: {worst}");
    }
}
