//! What is fast against what is plain.

use super::along::{along, steps};
use super::direction::{Lie, directions};
use super::dog::response;
use super::enlarge::{Enlarger, Smoothness};
use super::flow::{flow, tensor};
use super::grid::{between, near, rows};
use super::raster::{Pen, raster, raster_inks};
use super::streamlines::{NEAR, Spacing, streamlines};
use super::stroke::Stroke;
use super::{Hatching, Xdog, hatching, plain};
use crate::context::Context;
use crate::pixel::{Plane, Size};
use crate::test_support::Random;

const SIZES: [(u32, u32); 6] = [(1, 1), (1, 9), (9, 1), (2, 3), (37, 41), (70, 33)];

fn noise(random: &mut Random, (w, h): (u32, u32)) -> Plane {
    Plane::from_fn(Size::new(w, h).unwrap(), |_, _| random.unit())
}

fn at(plane: &Plane, x: isize, y: isize) -> f64 {
    f64::from(near(plane, y)[x.clamp(0, plane.size().width() as isize - 1) as usize])
}

#[test]
fn the_tensor_is_the_mean_of_products_of_derivatives() {
    let (mut random, context) = (Random::new("line::tensor"), Context::default());
    for size in SIZES {
        let planes = [noise(&mut random, size), noise(&mut random, size)];
        let made = tensor(&[&planes[0], &planes[1]], &context).unwrap();
        let slope = |plane: &Plane, x: isize, y: isize| {
            let weigh = |k: isize| [3.0, 10.0, 3.0][(k + 1) as usize] / 32.0;
            let sum = |f: &dyn Fn(isize) -> f64| (-1..=1).map(|k| weigh(k) * f(k)).sum::<f64>();
            let dx = sum(&|k| at(plane, x + 1, y + k) - at(plane, x - 1, y + k));
            (dx, sum(&|k| at(plane, x + k, y + 1) - at(plane, x + k, y - 1)))
        };
        for y in 0..made.e.size().height() {
            for x in 0..made.e.size().width() {
                // Rows beyond the last stand for themselves with the border around them; columns for the last one.
                let columns = [2 * x, (2 * x + 1).min(size.0 as usize - 1)];
                let mut sums = [0.0; 3];
                for (plane, column, row) in planes
                    .iter()
                    .flat_map(|p| columns.map(|c| (p, c)))
                    .flat_map(|(p, c)| [2 * y, 2 * y + 1].map(|r| (p, c, r)))
                {
                    let (dx, dy) = slope(plane, column as isize, row as isize);
                    [dx * dx, dx * dy, dy * dy].iter().zip(&mut sums).for_each(|(v, sum)| *sum += 0.25 * v);
                }
                let got = [&made.e, &made.f, &made.g].map(|plane| f64::from(plane.row(y)[x]));
                assert!(
                    got.iter().zip(sums).all(|(a, b)| (a - b).abs() < 1e-5),
                    "{size:?} at {x},{y}: {got:?}, not {sums:?}, {random}"
                );
            }
        }
    }
}

/// One walk after the other, with nothing but the definition.
fn walked(plane: &Plane, tangents: &[[f32; 2]], across: usize, sigma: f32, (x, y): (usize, usize)) -> f32 {
    let (step, weights) = steps(sigma);
    let (w, h) = (plane.size().width(), plane.size().height());
    let mut sum = weights[0] * plane.row(y)[x];
    for sense in [1.0, -1.0] {
        let (mut px, mut py) = (x as f32, y as f32);
        let mut way = [0.0, 0.0];
        for (k, weight) in weights.iter().enumerate() {
            if k > 0 {
                px = (px + way[0]).clamp(0.0, (w - 1) as f32);
                py = (py + way[1]).clamp(0.0, (h - 1) as f32);
                sum += weight * between(plane, px, py);
            }
            let cell = |v: f32| ((v + 0.5) * 0.5).floor() as usize;
            let t = tangents[cell(py) * across + cell(px)];
            let turned = k > 0 && t[0] * way[0] + t[1] * way[1] < 0.0;
            let along = if k == 0 {
                sense * step
            } else if turned {
                -step
            } else {
                step
            };
            way = [t[0] * along, t[1] * along];
        }
    }
    sum
}

#[test]
fn walks_agree_with_the_definition() {
    let (mut random, context) = (Random::new("line::along"), Context::default());
    for size in SIZES {
        let plane = noise(&mut random, size);
        let flow = flow(&[&plane], 2.0, 8.0, &context).unwrap();
        let out = along(&plane, &flow, 3.0, f32::MIN, &context).unwrap();
        let width = plane.size().width();
        let far = (0..plane.samples().len())
            .filter(|i| {
                let place = (i % width, i / width);
                let naive = walked(&plane, flow.tangents(), flow.size().width(), 3.0, place);
                (out.samples()[*i] - naive).abs() > 2e-3
            })
            .count();
        // A walk that lands on the border of two cells may go either way.
        assert!(far * 50 <= plane.samples().len(), "{size:?}: {far}, {random}");
    }
}

/// The weight of a Gaussian averaged over pixels at each distance.
fn weights(sigma: f64) -> Vec<f64> {
    let at = |i: i32, s: i32| f64::from(i) + (f64::from(s) + 0.5) / 16.0 - 0.5;
    let area = |i: i32| (0..16).map(|s| (-0.5 * (at(i, s) / sigma).powi(2)).exp()).sum::<f64>();
    let reach = (3.0 * sigma).ceil().max(1.0) as i32;
    let all: Vec<f64> = (-reach..=reach).map(area).collect();
    let sum: f64 = all.iter().sum();
    all.iter().map(|v| v / sum).collect()
}

fn blurred_at(plane: &Plane, sigma: f64, x: usize, y: usize) -> f64 {
    let taps = weights((sigma * sigma - 1.0 / 12.0).max(0.04).sqrt());
    let reach = (taps.len() / 2) as isize;
    let mut sum = 0.0;
    for (j, down) in (-reach..).zip(&taps) {
        for (i, across) in (-reach..).zip(&taps) {
            sum += down * across * at(plane, x as isize + i, y as isize + j);
        }
    }
    sum
}

#[test]
fn differences_and_thresholds_are_what_the_papers_say() {
    let (mut random, context) = (Random::new("line::dog"), Context::default());
    for size in SIZES {
        let plane = noise(&mut random, size);
        let look = Xdog { width: 1.1, ..Xdog::PENCIL };
        let drawn = plain(&plane, 1.1, &look, &context).unwrap();
        let dark = response(&plane, 1.1, &context).unwrap();
        for (i, (drawn, dark)) in drawn.samples().iter().zip(dark.samples()).enumerate() {
            let (x, y) = (i % size.0 as usize, i / size.0 as usize);
            let (narrow, wide) = (blurred_at(&plane, 1.1, x, y), blurred_at(&plane, 1.1 * 1.6, x, y));
            assert!((f64::from(*dark) - (wide - narrow) / 0.111).abs() < 1e-4, "{size:?} {x},{y}, {random}");
            let sharp = narrow + f64::from(look.sharpness) * (narrow - wide);
            let under = f64::from(look.steepness) * (sharp - f64::from(look.level));
            let shade = if under >= 0.0 { 1.0 } else { 1.0 + under.tanh() };
            assert!((f64::from(*drawn) - shade).abs() < 1e-3, "{size:?} {x},{y}, {random}");
        }
    }
}

#[test]
fn a_step_has_a_response_of_one_on_its_dark_side() {
    let plane = Plane::from_fn(Size::new(200, 3).unwrap(), |x, _| if x < 100 { 0.0 } else { 1.0 });
    let dark = response(&plane, 3.0, &Context::default()).unwrap();
    let most = dark.samples().iter().fold(0.0f32, |most, v| most.max(*v));
    assert!((most - 1.0).abs() < 0.03, "{most}");
}

#[test]
fn enlarging_is_the_weighted_sum_of_neighbours() {
    let (mut random, context) = (Random::new("line::enlarge"), Context::default());
    for (from, to) in [((1, 1), (5, 3)), ((1, 4), (3, 9)), ((7, 5), (7, 5)), ((13, 9), (40, 31))] {
        let plane = noise(&mut random, from);
        let size = Size::new(to.0, to.1).unwrap();
        for smoothness in [Smoothness::Straight, Smoothness::Smooth] {
            let enlarger = Enlarger::new(&plane, size, smoothness);
            let big = rows(size, &context, |y, row| {
                enlarger.row(context.level, y, &mut Vec::new(), row);
            })
            .unwrap();
            let kernel = |d: f64| match smoothness {
                Smoothness::Straight => (1.0 - d.abs()).max(0.0),
                Smoothness::Smooth if d.abs() < 0.5 => 0.75 - d * d,
                Smoothness::Smooth => 0.5 * (1.5 - d.abs()).max(0.0).powi(2),
            };
            for (i, got) in big.samples().iter().enumerate() {
                let place =
                    |i: usize, from: u32, to: u32| (i as f64 + 0.5) * f64::from(from) / f64::from(to) - 0.5;
                let (x, y) = (place(i % to.0 as usize, from.0, to.0), place(i / to.0 as usize, from.1, to.1));
                let mut want = 0.0;
                for j in -2..from.1 as isize + 2 {
                    for i in -2..from.0 as isize + 2 {
                        want += kernel(x - i as f64) * kernel(y - j as f64) * at(&plane, i, j);
                    }
                }
                let want = if from == to { f64::from(plane.samples()[i]) } else { want };
                assert!((f64::from(*got) - want).abs() < 1e-4, "{smoothness:?} {from:?} {to:?}, {random}");
            }
        }
    }
}

#[test]
fn strokes_cover_what_lies_near_them() {
    let (mut random, context) = (Random::new("line::raster"), Context::default());
    for (w, h) in [(1, 1), (1, 150), (150, 1), (61, 140)] {
        let size = Size::new(w, h).unwrap();
        let strokes: Vec<Stroke> = (0..9)
            .map(|ink| {
                let count = 1 + random.below(5);
                let mut place =
                    || [random.unit() * w as f32 * 1.2 - 3.0, random.unit() * h as f32 * 1.2 - 3.0];
                let points: Vec<_> = (0..count).map(|_| place()).collect();
                let halves = (0..count).map(|_| 0.2 + 2.0 * random.unit()).collect();
                Stroke { points, halves, ink }
            })
            .collect();
        let pen = Pen { scale: 1.3, soft: 1.2 };
        let drawn = raster(&strokes, size, pen, &context).unwrap();
        let [covers, inks] = raster_inks(&strokes, size, pen, &context).unwrap();
        assert_eq!(covers, drawn);
        for (i, (cover, ink)) in drawn.samples().iter().zip(inks.samples()).enumerate() {
            let (x, y) = ((i % w as usize) as f32, (i / w as usize) as f32);
            let (want, on_top) = covered(&strokes, pen, x, y);
            assert!((cover - want).abs() < 1e-3, "{size} at {x},{y}: {cover}, not {want}, {random}");
            assert!(want < 1e-3 || *ink == on_top || (want - cover).abs() < 1e-3, "{size}, {random}");
        }
    }
}

/// The greatest coverage of all pieces at a place, and the ink it is of.
fn covered(strokes: &[Stroke], pen: Pen, x: f32, y: f32) -> (f32, f32) {
    let mut best = (0.0f32, 0.0);
    for stroke in strokes {
        for k in 1..stroke.points.len() {
            let [a, b] = [k - 1, k].map(|k| stroke.points[k].map(|v| v * pen.scale - 0.5));
            let [from, to] = [k - 1, k].map(|k| stroke.halves[k] * pen.scale);
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let t = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy).max(1e-6);
            let t = t.clamp(0.0, 1.0);
            let away = (x - a[0] - t * dx).hypot(y - a[1] - t * dy);
            let half = from + t * (to - from);
            let cover = ((half - away) / pen.soft + 0.5).min(1.0).min(2.0 * half / pen.soft);
            if cover > best.0 {
                best = (cover, f32::from(stroke.ink) + 1.0);
            }
        }
    }
    best
}

fn waves(size: Size) -> Plane {
    Plane::from_fn(size, |x, y| 0.5 + 0.3 * (0.02 * x as f32 + 0.01 * y as f32).sin())
}

#[test]
fn lines_keep_apart_and_leave_nothing_bare() {
    let (mut random, context) = (Random::new("line::streamlines"), Context::default());
    let light = waves(Size::new(400, 300).unwrap());
    let way = directions(&light, 1.0, Lie { smooth: 16.0, slant: -0.8, follow: 0.6 }, &context).unwrap();
    let options = Spacing { spacing: 5.0, longest: 80.0, shortest: 4.0, turn: 0.0, overlap: 0.0, seed: 3 };
    let lines = streamlines([400.0, 300.0], &way, &options, |_, _| true, &context).unwrap();
    let points: Vec<(usize, [f32; 2])> =
        lines.iter().enumerate().flat_map(|(i, line)| line.iter().map(move |p| (i, *p))).collect();
    let near = |p: [f32; 2], own: usize| {
        let others = points.iter().filter(|(i, _)| *i != own);
        others.map(|(_, q)| (q[0] - p[0]).hypot(q[1] - p[1])).fold(f32::MAX, f32::min)
    };
    for (i, p) in points.iter().step_by(17) {
        assert!(near(*p, *i) >= NEAR * 5.0 - 1e-3, "{p:?}");
    }
    let mut bare = || near([10.0 + 380.0 * random.unit(), 10.0 + 280.0 * random.unit()], usize::MAX) > 8.0;
    assert!((0..1000).filter(|_| bare()).count() < 10, "{random}");
}

/// The mean coverage of each stretch of a ramp of darkness is the darkness asked for, whatever the layers.
#[test]
fn hatching_covers_what_it_should() {
    let context = Context::default();
    let (w, h) = (1024, 256);
    let size = Size::new(w, h).unwrap();
    let dark = Plane::from_fn(size, |x, _| 0.85 * (x as f32 + 0.5) / w as f32);
    let light = waves(size);
    let layers =
        hatching(&light, &dark, &dark, 1.0, &Hatching { seed: 7, ..Hatching::default() }, &context).unwrap();
    assert_eq!(layers.len(), 4);
    let big = Size::new(2 * w, 2 * h).unwrap();
    let covers: Vec<_> =
        layers.iter().map(|s| raster(s, big, Pen { scale: 2.0, soft: 1.0 }, &context).unwrap()).collect();
    for part in 1..17 {
        let (from, to) = (part * big.width() / 17, (part + 1) * big.width() / 17);
        let mut sum = 0.0f64;
        for y in 0..big.height() {
            for x in from..to {
                sum += f64::from(1.0 - covers.iter().map(|c| 1.0 - c.row(y)[x]).product::<f32>());
            }
        }
        let got = sum / (big.height() * (to - from)) as f64;
        let want = 0.85 * (part as f64 + 0.5) / 17.0;
        assert!((got - want).abs() < 0.07, "{want:.3}: {got:.3}");
    }
}
