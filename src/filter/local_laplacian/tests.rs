use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::test_support::Random;

/// Bright and dark patches, a ramp, and noise on everything.
fn scene(size: Size, random: &mut Random) -> Plane {
    Plane::from_fn(size, |x, y| {
        let patch = if (x / 9 + y / 7) % 2 == 0 { 0.25 } else { 0.7 };
        (patch + 0.2 * x as f32 / size.width() as f32 + 0.1 * random.unit()).clamp(0.0, 1.0)
    })
}

mod direct {
    //! The filter as its definition has it: for every coefficient a remapped picture and its pyramid.

    use crate::pixel::{Plane, Size};

    pub(super) fn half(size: Size) -> Size {
        Size::from_usize(size.width().div_ceil(2), size.height().div_ceil(2)).unwrap()
    }

    fn at(plane: &Plane, x: isize, y: isize) -> f64 {
        let fold = |v: isize, len: usize| {
            let v = v.rem_euclid(2 * len as isize) as usize;
            if v < len { v } else { 2 * len - 1 - v }
        };
        f64::from(plane.row(fold(y, plane.size().height()))[fold(x, plane.size().width())])
    }

    pub(super) fn down(plane: &Plane) -> Plane {
        const TAPS: [f64; 5] = [1.0, 4.0, 6.0, 4.0, 1.0];
        Plane::from_fn(half(plane.size()), |x, y| {
            let taps = (0..25).map(|i| {
                let (dx, dy) = (i % 5, i / 5);
                TAPS[dx] * TAPS[dy] * at(plane, (2 * x + dx) as isize - 2, (2 * y + dy) as isize - 2)
            });
            (taps.sum::<f64>() / 256.0) as f32
        })
    }

    pub(super) fn up(plane: &Plane, size: Size) -> Plane {
        let taps = |v: usize| {
            let c = (v / 2) as isize;
            if v.is_multiple_of(2) {
                [(c - 1, 0.125), (c, 0.75), (c + 1, 0.125)]
            } else {
                [(c, 0.5), (c + 1, 0.5), (c, 0.0)]
            }
        };
        Plane::from_fn(size, |x, y| {
            let row = |cy: isize| taps(x).map(|(cx, weight)| weight * at(plane, cx, cy)).iter().sum::<f64>();
            taps(y).map(|(cy, weight)| weight * row(cy)).iter().sum::<f64>() as f32
        })
    }

    fn remap(v: f32, g: f32, m: f32, c: f32, sigma: f32) -> f32 {
        let d = v - g;
        g + (1.0 - c) * d + (c + m) * d * (-0.5 * (d / sigma).powi(2)).exp()
    }

    pub(super) fn filter(plane: &Plane, m: f32, c: f32, sigma: f32) -> Plane {
        let mut gauss = vec![plane.clone()];
        while gauss.last().unwrap().size().longer() > 4 {
            gauss.push(down(gauss.last().unwrap()));
        }
        let mut result = gauss.last().unwrap().clone();
        for (l, level) in gauss.iter().enumerate().rev().skip(1) {
            let mut detail = Plane::filled(level.size(), 0.0);
            for y in 0..level.size().height() {
                for x in 0..level.size().width() {
                    let g = level.row(y)[x];
                    let mut fine =
                        Plane::from_fn(plane.size(), |x, y| remap(plane.row(y)[x], g, m, c, sigma));
                    for _ in 0..l {
                        fine = down(&fine);
                    }
                    detail.row_mut(y)[x] = fine.row(y)[x] - up(&down(&fine), fine.size()).row(y)[x];
                }
            }
            let coarse = up(&result, level.size());
            result = Plane::from_fn(level.size(), |x, y| coarse.row(y)[x] + detail.row(y)[x]);
        }
        result
    }
}

#[test]
fn it_is_the_direct_filter_to_within_a_thousandth() {
    let mut random = Random::new("local laplacian");
    for (w, h) in [(1, 1), (4, 3), (5, 1), (1, 9), (16, 8), (17, 9), (15, 22)] {
        let plane = scene(Size::new(w, h).unwrap(), &mut random);
        for (detail, compression, sigma) in [(0.5, 0.0, 0.2), (-1.0, 0.0, 0.1), (0.3, 0.6, 0.3)] {
            let how = LocalLaplacian { detail, compression, sigma, finest: 1.0 };
            let ours = local_laplacian(&plane, &how, &Context::default()).unwrap();
            let direct = direct::filter(&plane, detail, compression, sigma);
            let apart = ours.samples().iter().zip(direct.samples()).map(|(a, b)| (a - b).abs());
            let worst = apart.fold(0.0, f32::max);
            assert!(worst < 1e-3, "{w}×{h}, {how:?}: {worst}, {random}");
        }
    }
}

#[test]
fn nothing_asked_is_nothing_done() {
    let plane = scene(Size::new(37, 53).unwrap(), &mut Random::new("nothing"));
    let how = LocalLaplacian { detail: 0.0, compression: 0.0, sigma: 0.2, finest: 1.0 };
    assert_eq!(local_laplacian(&plane, &how, &Context::default()).unwrap(), plane);
}

#[test]
fn a_hard_edge_gets_no_halo() {
    let size = Size::new(128, 64).unwrap();
    let plane = Plane::from_fn(size, |x, _| if x < 64 { 0.1 } else { 0.9 });
    let how = LocalLaplacian { detail: 0.5, compression: 0.0, sigma: 0.15, finest: 1.0 };
    let result = local_laplacian(&plane, &how, &Context::default()).unwrap();
    let apart = plane.samples().iter().zip(result.samples()).map(|(was, is)| (was - is).abs());
    let worst = apart.fold(0.0, f32::max);
    // An unsharp mask of the same strength would swing by a quarter of the edge.
    assert!(worst < 0.02 * 0.8, "{worst}");
}

#[test]
fn bytes_do_not_depend_on_threads_or_level() {
    let mut random = Random::new("local laplacian threads");
    let how = LocalLaplacian { detail: 0.7, compression: 0.2, sigma: 0.2, finest: 3.0 };
    for (w, h) in [(1, 200), (33, 130), (257, 65)] {
        let plane = scene(Size::new(w, h).unwrap(), &mut random);
        let run = |level, threads| {
            let context = Context { level, ..Context::default() };
            Pool::new(threads).unwrap().run(|| local_laplacian(&plane, &how, &context).unwrap())
        };
        let plain = run(Level::PLAIN, 1);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert_eq!(run(level, threads), plain, "{w}×{h} at {level} with {threads}, {random}");
            }
        }
    }
}

#[test]
fn filling_keeps_what_is_seen_and_hides_the_rest() {
    let mut random = Random::new("fill");
    let context = Context::default();
    for (w, h) in [(1, 1), (3, 1), (40, 33)] {
        let size = Size::new(w, h).unwrap();
        let alpha = Plane::from_fn(size, |x, _| if x < size.width() / 2 { 1.0 } else { 0.0 });
        let seen = Plane::from_fn(size, |_, _| 0.4 + 0.2 * random.unit());
        let fill = |hidden: f32| {
            let mut plane =
                Plane::from_fn(size, |x, y| if alpha.row(y)[x] > 0.0 { seen.row(y)[x] } else { hidden });
            crate::filter::pyramid::fill(&mut plane, &alpha, &context).unwrap();
            plane
        };
        let filled = fill(0.0);
        assert_eq!(filled, fill(1.0), "{size}: hidden colour shows, {random}");
        for (i, value) in filled.samples().iter().enumerate() {
            if alpha.samples()[i] > 0.0 {
                assert_eq!(*value, seen.samples()[i], "{random}");
            } else if w > 1 {
                assert!((0.35..0.65).contains(value), "{value} in {size}, {random}");
            }
        }
    }
}
