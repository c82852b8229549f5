use super::*;
use crate::parallel::Pool;
use crate::test_support::Random;

/// A clear picture of coloured patches with dark gaps.
fn clear_scene(size: Size) -> [Plane; 3] {
    let mut random = Random::new("dehaze");
    let paints: Vec<[f32; 3]> =
        (0..64).map(|_| std::array::from_fn(|_| 0.02 + 0.5 * random.unit().powi(2))).collect();
    std::array::from_fn(|c| {
        Plane::from_fn(size, |x, y| {
            let gap = x % 6 == 0 || y % 6 == 0;
            if gap { 0.01 } else { paints[(x / 6 * 7 + y / 6 * 3) % 64][c] }
        })
    })
}

/// The same through haze that thickens towards the top, where there is nothing else.
fn hazy(scene: &[Plane; 3]) -> [Plane; 3] {
    let air = [0.75, 0.8, 0.85];
    let height = scene[0].size().height() as f32;
    std::array::from_fn(|c| {
        Plane::from_fn(scene[c].size(), |x, y| {
            let through = 0.03 + 0.85 * y as f32 / height;
            scene[c].row(y)[x] * through + air[c] * (1.0 - through)
        })
    })
}

fn apart(a: &[Plane; 3], b: &[Plane; 3]) -> f32 {
    let mean = |a: &Plane, b: &Plane| {
        a.samples().iter().zip(b.samples()).map(|(a, b)| (a - b).abs()).sum::<f32>()
            / a.samples().len() as f32
    };
    a.iter().zip(b).map(|(a, b)| mean(a, b)).sum::<f32>() / 3.0
}

const HOW: Dehaze = Dehaze { amount: 1.0, radius: 4, always: false };

#[test]
fn haze_goes_and_clear_air_stays() {
    let size = Size::new(96, 80).unwrap();
    let scene = clear_scene(size);
    let before = hazy(&scene);
    let mut after = before.clone();
    dehaze(&mut after, HOW, &Context::default()).unwrap();
    let (was, is) = (apart(&before, &scene), apart(&after, &scene));
    assert!(is < 0.5 * was, "{was} away from clear before, {is} after");
    let mut same = scene.clone();
    dehaze(&mut same, HOW, &Context::default()).unwrap();
    assert_eq!(same, scene);
}

#[test]
fn windows_are_what_they_say() {
    let mut random = Random::new("windows");
    for (w, h) in [(1, 1), (1, 9), (8, 1), (13, 7)] {
        let size = Size::new(w, h).unwrap();
        let values: Vec<f32> = (0..size.pixels()).map(|_| random.unit()).collect();
        for radius in [0, 1, 3, 20] {
            let (least, mean) = (darkest(size, &values, radius), box_mean(size, &values, radius));
            let (w, h) = (w as usize, h as usize);
            for i in 0..w * h {
                let (x, y) = (i % w, i / w);
                let columns = x.saturating_sub(radius)..(x + radius + 1).min(w);
                let rows = y.saturating_sub(radius)..(y + radius + 1).min(h);
                let window: Vec<_> = rows
                    .flat_map(|y| columns.clone().map(move |x| (x, y)))
                    .map(|(x, y)| values[y * w + x])
                    .collect();
                assert_eq!(least[i], window.iter().copied().fold(f32::MAX, f32::min), "{random}");
                let exact = window.iter().sum::<f32>() / window.len() as f32;
                assert!((mean[i] - exact).abs() < 1e-5, "{random}");
            }
        }
    }
}

#[test]
fn bytes_do_not_depend_on_threads_or_level() {
    let before = hazy(&clear_scene(Size::new(131, 140).unwrap()));
    let run = |level, threads| {
        let mut planes = before.clone();
        let context = Context { level, ..Context::default() };
        Pool::new(threads).unwrap().run(|| dehaze(&mut planes, HOW, &context).unwrap());
        planes
    };
    let plain = run(Level::PLAIN, 1);
    assert_ne!(plain, before);
    for level in Level::available() {
        for threads in [1, 2, 5] {
            assert_eq!(run(level, threads), plain, "{level} with {threads} threads");
        }
    }
}
