use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::Size;
use crate::test_support::Random;

/// Every sample of every window, in `f64`.
fn naive(plane: &Plane, radius: f64) -> Vec<f64> {
    let (w, h, reach) = (plane.size().width(), plane.size().height(), radius as isize + 1);
    let share = |d: isize| (radius - d.abs() as f64 + 1.0).clamp(0.0, 1.0);
    let mean = |x: usize, y: usize| {
        let (mut sum, mut weight) = (0.0, 0.0);
        for dy in -reach..=reach {
            let row = plane.row(mirrored(y as isize + dy, h));
            for dx in -reach..=reach {
                sum += share(dx) * share(dy) * f64::from(row[mirrored(x as isize + dx, w)]);
                weight += share(dx) * share(dy);
            }
        }
        sum / weight
    };
    (0..w * h).map(|i| mean(i % w, i / w)).collect()
}

#[test]
fn every_mean_is_the_mean() {
    let mut random = Random::new("box_blur");
    for (w, h) in [(1, 1), (1, 70), (70, 1), (3, 4), (9, 8), (33, 17), (15, 131), (260, 9)] {
        let size = Size::new(w, h).unwrap();
        let plane = Plane::from_fn(size, |_, _| random.unit());
        for radius in [0.0, 0.4, 1.0, 2.0, 3.5, 8.0, 40.0] {
            let oracle = naive(&plane, f64::from(radius));
            for level in Level::available() {
                let mut planes = [plane.clone()];
                box_blur(&mut planes, radius, &Context { level, ..Context::default() }).unwrap();
                for (i, (got, want)) in planes[0].samples().iter().zip(&oracle).enumerate() {
                    let off = (f64::from(*got) - want).abs();
                    assert!(off < 2e-7, "{w}×{h}, radius {radius}, sample {i}: {got} not {want}; {random}");
                }
            }
        }
    }
}

#[test]
fn threads_and_levels_give_the_same_bytes() {
    let mut random = Random::new("box_blur threads");
    let plane = Plane::from_fn(Size::new(77, 300).unwrap(), |_, _| random.unit() * 3.0 - 1.0);
    let run = |threads, level| {
        let mut planes = [plane.clone(), plane.clone()];
        let context = Context { level, ..Context::default() };
        Pool::new(threads).unwrap().run(|| box_blur(&mut planes, 4.3, &context)).unwrap();
        planes.map(|plane| plane.samples().iter().map(|v| v.to_bits()).collect::<Vec<_>>())
    };
    let one = run(1, Level::PLAIN);
    for level in Level::available() {
        assert!([1, 2, 5].into_iter().all(|threads| run(threads, level) == one), "{level}, {random}");
    }
}

#[test]
fn nothing_drifts_along_a_long_row() {
    let mut random = Random::new("box_blur drift");
    let bright = |x: usize, _: usize| if x < 50_000 { 1e4 } else { 0.25 };
    let mut planes = [Plane::from_fn(Size::new(100_000, 1).unwrap(), bright)];
    box_blur(&mut planes, (3 + random.below(9)) as f32, &Context::default()).unwrap();
    assert_eq!(planes[0].samples()[99_999], 0.25, "{random}");
}
