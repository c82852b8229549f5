use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::{Encoding, Plane, Size};
use crate::test_support::Random;
use std::sync::Arc;

const GREYS: [[f32; 3]; 2] = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]];

fn planes(width: u32, height: u32, point: impl Fn(usize, usize) -> [f32; 3]) -> [Plane; 3] {
    let size = Size::new(width, height).unwrap();
    [0, 1, 2].map(|c| Plane::from_fn(size, |x, y| point(x, y)[c]))
}

fn lab(planes: &[Plane; 3]) -> Points<'_> {
    Points { planes: planes.each_ref(), encoding: Encoding::Oklab, skip: None }
}

fn map(dither: Dither, planes: &[Plane; 3], palette: &[[f32; 3]]) -> Vec<u16> {
    dither.map(&lab(planes), palette, &Context::default()).unwrap()
}

/// Each kind of dithering.
fn all() -> Vec<Dither> {
    let mut all = vec![
        Dither::None,
        Dither::Ordered(Ordered::default()),
        Dither::Ordered(Ordered { thresholds: Thresholds::Bayer { power: 3 }, strength: 1.0 }),
        Dither::Positional(Positional::default()),
    ];
    all.extend(Filter::ALL.map(|filter| Dither::Diffusion(Diffusion { filter, ..Diffusion::default() })));
    all
}

fn colourful(random: &mut Random, count: usize) -> Vec<[f32; 3]> {
    let mut point = || [random.unit(), random.unit() * 0.4 - 0.2, random.unit() * 0.4 - 0.2];
    (0..count).map(|_| point()).collect()
}

/// A gentle slope with a little noise, like a sky.
fn sky(random: &mut Random, width: u32, height: u32) -> [Plane; 3] {
    let noise: Vec<f32> = (0..width * height).map(|_| random.unit() * 0.02).collect();
    planes(width, height, |x, y| {
        let (x, y, n) = (x as f32 / width as f32, y as f32 / height as f32, noise[y * width as usize + x]);
        [0.3 + 0.5 * x + n, 0.1 * y - 0.05, 0.1 * x * y - n]
    })
}

#[test]
fn a_colour_of_the_palette_stays_itself() {
    let mut random = Random::new("a_colour_of_the_palette_stays_itself");
    let palette = colourful(&mut random, 12);
    for dither in all() {
        for (i, colour) in palette.iter().enumerate() {
            let found = map(dither, &planes(37, 20, |_, _| *colour), &palette);
            assert!(found.iter().all(|found| usize::from(*found) == i), "{dither:?}, entry {i}, {random}");
        }
    }
}

#[test]
fn light_is_kept() {
    // Oklab lightness 0.6 is 0.216 of white's light.
    for lightness in [0.3f32, 0.6, 0.8] {
        let light = lightness.powi(3);
        for dither in all().into_iter().skip(1) {
            let found = map(dither, &planes(128, 128, |_, _| [lightness, 0.0, 0.0]), &GREYS);
            let share = found.iter().filter(|i| **i == 1).count() as f32 / found.len() as f32;
            // Atkinson's filter drops a quarter of each error, and a mix of sixteen has steps of one
            // sixteenth.
            let allowed = match dither {
                Dither::Diffusion(Diffusion { filter: Filter::Atkinson, .. }) => 0.2,
                Dither::Positional(_) => 0.0625,
                _ => 0.01,
            };
            assert!((share - light).abs() < allowed, "{dither:?}: {share} of {light}");
        }
    }
}

#[test]
fn light_is_kept_in_other_spaces() {
    for (encoding, value, light) in [(Encoding::Srgb, 0.5f32, 0.214f32), (Encoding::Linear, 0.3, 0.3)] {
        let planes = planes(100, 100, |_, _| [value; 3]);
        let points = Points { planes: planes.each_ref(), encoding, skip: None };
        let dither = Dither::Diffusion(Diffusion::default());
        let found = dither.map(&points, &[[0.0; 3], [1.0; 3]], &Context::default()).unwrap();
        let share = found.iter().filter(|i| **i == 1).count() as f32 / found.len() as f32;
        assert!((share - light).abs() < 0.01, "{encoding:?}: {share} of {light}");
    }
}

#[test]
fn greys_stay_grey() {
    let mut random = Random::new("greys_stay_grey");
    // Greys and strong colours: a grey ramp must not be mixed of the colours.
    let mut palette: Vec<_> = (0..5).map(|i| [i as f32 / 4.0, 0.0, 0.0]).collect();
    palette
        .extend(colourful(&mut random, 8).into_iter().map(|[l, a, b]| [l, a.signum() * 0.15 + a * 0.2, b]));
    for dither in all() {
        let found = map(dither, &planes(256, 32, |x, _| [x as f32 / 255.0, 0.0, 0.0]), &palette);
        assert!(found.iter().all(|i| *i < 5), "{dither:?}, {random}");
    }
}

#[test]
fn the_first_rows_are_like_the_others() {
    let planes = planes(512, 64, |_, _| [0.35, 0.0, 0.0]);
    for filter in Filter::ALL {
        let found = map(Dither::Diffusion(Diffusion { filter, ..Diffusion::default() }), &planes, &GREYS);
        let whites = |rows: std::ops::Range<usize>| {
            found[rows.start * 512..rows.end * 512].iter().filter(|i| **i == 1).count() as f32
                / rows.len() as f32
        };
        let (first, rest) = (whites(0..6), whites(6..64));
        assert!((first - rest).abs() < 0.35 * rest, "{filter:?}: {first} a row at the top, {rest} below");
    }
}

#[test]
fn unseen_pixels_give_and_take_nothing() {
    let mut random = Random::new("unseen_pixels_give_and_take_nothing");
    let palette = colourful(&mut random, 6);
    let picture = sky(&mut random, 60, 50);
    let skip: Vec<bool> = (0..3000).map(|i| i % 60 >= 30).collect();
    let with = |right: [f32; 3]| {
        let planes =
            planes(
                60,
                50,
                |x, y| {
                    if x >= 30 { right } else { [0, 1, 2].map(|c: usize| picture[c].row(y)[x]) }
                },
            );
        let points = Points { planes: planes.each_ref(), encoding: Encoding::Oklab, skip: Some(&skip) };
        let dither = Dither::Diffusion(Diffusion { clean: 0.0, ..Diffusion::default() });
        let found = dither.map(&points, &palette, &Context::default()).unwrap();
        found.chunks_exact(60).flat_map(|row| row[..30].to_vec()).collect::<Vec<_>>()
    };
    assert!(with([0.5, 0.0, 0.0]) == with([0.9, 0.2, -0.2]), "{random}");
}

#[test]
fn flat_areas_and_hard_edges_stay_clean() {
    // A disc of one colour on another, with a soft rim whose colours are not in the palette.
    let (paper, ink) = ([0.95, 0.0, 0.02], [0.45, 0.15, 0.08]);
    let rim = |x: usize, y: usize| {
        let r = ((x as f32 - 40.0).powi(2) + (y as f32 - 40.0).powi(2)).sqrt();
        (r - 24.5).clamp(0.0, 1.0)
    };
    let picture = planes(80, 80, |x, y| [0, 1, 2].map(|c| ink[c] + (paper[c] - ink[c]) * rim(x, y)));
    let palette = [[0.92, 0.0, 0.02], [0.47, 0.15, 0.08], [0.1, 0.0, 0.0], [0.7, -0.1, 0.1]];
    let specks = |clean| {
        let found = map(Dither::Diffusion(Diffusion { clean, ..Diffusion::default() }), &picture, &palette);
        let flat = |i: &usize| [0.0, 1.0].contains(&rim(i % 80, i / 80));
        let right = |i: usize| usize::from(found[i]) == usize::from(rim(i % 80, i / 80) == 0.0);
        (0..6400).filter(flat).filter(|i| !right(*i)).count()
    };
    assert_eq!(specks(1.0), 0);
    assert!(specks(0.0) > 20, "the picture is no test: {}", specks(0.0));
}

#[test]
fn the_same_for_any_threads_and_cpu_level() {
    let mut random = Random::new("the_same_for_any_threads_and_cpu_level");
    for (count, width, height) in [(5, 61, 1100), (100, 33, 700), (16, 1, 77), (40, 200, 1), (3, 1, 1)] {
        let (palette, picture) = (colourful(&mut random, count), sky(&mut random, width, height));
        for dither in all() {
            let run = |threads, level| {
                let pool = Some(Arc::new(Pool::new(threads).unwrap()));
                dither.map(&lab(&picture), &palette, &Context { pool, level, ..Context::default() }).unwrap()
            };
            let one = run(1, Level::PLAIN);
            for level in Level::available() {
                assert!(one == run(2, level), "{dither:?}, {level}, {random}");
                assert!(one == run(5, level), "{dither:?}, {level}, {random}");
            }
        }
    }
}

#[test]
fn no_seams_between_bands() {
    // 1200 rows make bands of 96; a row of thin dots would show as a row with more or fewer of them.
    let (width, height) = (256, 1200);
    let found =
        map(Dither::Diffusion(Diffusion::default()), &planes(width, height, |_, _| [0.3, 0.0, 0.0]), &GREYS);
    let whites: Vec<f32> = found
        .chunks_exact(width as usize * 4)
        .map(|rows| rows.iter().filter(|i| **i == 1).count() as f32)
        .collect();
    let mean = whites.iter().sum::<f32>() / whites.len() as f32;
    let worst = |near: bool| {
        let at = whites.iter().enumerate().filter(|(i, _)| ((i * 4) % 96 < 4 || (i * 4) % 96 > 91) == near);
        at.map(|(_, v)| (v - mean).abs()).fold(0.0, f32::max)
    };
    assert!(worst(true) <= 1.3 * worst(false), "{} at seams, {} elsewhere", worst(true), worst(false));
}

#[test]
fn no_strength_is_no_dither() {
    let mut random = Random::new("no_strength_is_no_dither");
    let (palette, picture) = (colourful(&mut random, 50), sky(&mut random, 90, 40));
    let plain = map(Dither::None, &picture, &palette);
    let weak = [
        Dither::Diffusion(Diffusion { strength: 0.0, ..Diffusion::default() }),
        Dither::Ordered(Ordered { strength: 0.0, ..Ordered::default() }),
        Dither::Positional(Positional { strength: 0.0, ..Positional::default() }),
    ];
    for dither in weak {
        assert!(map(dither, &picture, &palette) == plain, "{dither:?}, {random}");
    }
}

#[test]
fn a_palette_of_none_is_refused() {
    let picture = planes(2, 2, |_, _| [0.5, 0.0, 0.0]);
    let error = Dither::None.map(&lab(&picture), &[], &Context::default()).unwrap_err();
    assert!(error.to_string().contains("1 to 65536"), "{error}");
}

#[test]
fn a_suited_palette_reaches_further() {
    let mut random = Random::new("a_suited_palette_reaches_further");
    let picture = sky(&mut random, 160, 120);
    // Well inside the cloud of colours.
    let palette: Vec<_> = [0.45, 0.5, 0.6, 0.65].map(|l| [l, 0.0, 0.02]).to_vec();
    let dither = Dither::Diffusion(Diffusion::default());
    let suit = |fixed: &[bool]| {
        Suit::default().palette(&lab(&picture), &palette, fixed, dither, &Context::default()).unwrap()
    };
    let suited = suit(&[]);
    let lightness = |palette: &[[f32; 3]]| {
        let all = palette.iter().map(|p| p[0]);
        all.clone().fold(f32::INFINITY, f32::min)..all.fold(0.0, f32::max)
    };
    let (before, after) = (lightness(&palette), lightness(&suited));
    assert!(after.start < before.start - 0.03 && after.end > before.end + 0.03, "{after:?}, {random}");
    let kept = suit(&[true, false, true]);
    assert_eq!([kept[0], kept[2]], [palette[0], palette[2]]);
    assert_ne!(kept[1], palette[1]);
    // A picture made of the palette's own colours has nothing to gain.
    let own = planes(50, 50, |x, y| palette[(x / 7 + y / 5) % 4]);
    let same = Suit::default().palette(&lab(&own), &palette, &[], dither, &Context::default()).unwrap();
    assert_eq!(same, palette);
}
