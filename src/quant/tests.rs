//! The whole way from pictures to palettes, and what must always hold.

use super::*;
use crate::context::Context;
use crate::palette::Palette;
use crate::parallel::Pool;
use crate::pixel::{Layout, Picture, Plane, Size};
use crate::test_support::Random;
use crate::{Level, error::Error};
use std::collections::BTreeSet;
use std::sync::Arc;

fn picture(width: usize, height: usize, layout: Layout, sample: impl FnMut() -> u8) -> Picture {
    let size = Size::new(width as u32, height as u32).unwrap();
    let samples: Vec<u8> = std::iter::repeat_with({
        let mut sample = sample;
        move || sample()
    })
    .take(size.pixels() * layout.channels())
    .collect();
    Picture::new(size, layout, samples).unwrap()
}

/// Soft blobs of colour with noise: many colours, unevenly spread.
fn scene(random: &mut Random, width: usize, height: usize) -> Picture {
    let blobs: Vec<[f32; 6]> = (0..7).map(|_| std::array::from_fn(|_| random.unit())).collect();
    let size = Size::new(width as u32, height as u32).unwrap();
    let mut samples = Vec::new();
    for i in 0..size.pixels() {
        let (x, y) = ((i % width) as f32 / width as f32, (i / width) as f32 / height as f32);
        let near = blobs.iter().map(|b| (-9.0 * ((b[0] - x).powi(2) + (b[1] - y).powi(2))).exp());
        let near: Vec<f32> = near.collect();
        let sum: f32 = near.iter().sum();
        for c in 2..5 {
            let value: f32 = blobs.iter().zip(&near).map(|(b, n)| b[c] * n / sum).sum();
            samples.push((255.0 * value + 8.0 * (random.unit() - 0.5)).clamp(0.0, 255.0) as u8);
        }
    }
    Picture::new(size, Layout::Rgb, samples).unwrap()
}

fn colours_of(picture: &Picture) -> BTreeSet<Vec<u8>> {
    let channels = picture.layout().channels();
    picture.as_u8().unwrap().samples().chunks_exact(channels).map(<[u8]>::to_vec).collect()
}

/// The mean squared error in a space, found without any of the fast ways.
fn error(picture: &Picture, palette: &Palette, space: Space) -> f64 {
    let entries: Vec<[f32; 3]> =
        palette.colours().map(|[r, g, b, _]| space.point([r, g, b].map(|v| f32::from(v) / 255.0))).collect();
    let pixels = picture.as_u8().unwrap().samples().chunks_exact(3);
    let count = pixels.len() as f64;
    let least = |pixel: &[u8]| {
        let p = space.point(std::array::from_fn(|c| f32::from(pixel[c]) / 255.0));
        let far = |e: &[f32; 3]| e.iter().zip(p).map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>();
        entries.iter().map(far).fold(f64::MAX, f64::min)
    };
    pixels.map(least).sum::<f64>() / count
}

/// k-means as in the books: random pixels to start with, rounds until nothing moves.
fn naive(picture: &Picture, count: usize, random: &mut Random) -> f64 {
    let points: Vec<[f64; 3]> = picture
        .as_u8()
        .unwrap()
        .samples()
        .chunks_exact(3)
        .map(|p| Space::Oklab.point(std::array::from_fn(|c| f32::from(p[c]) / 255.0)).map(f64::from))
        .collect();
    let far = |a: &[f64; 3], b: &[f64; 3]| (0..3).map(|c| (a[c] - b[c]).powi(2)).sum::<f64>();
    let mut centres: Vec<[f64; 3]> = (0..count).map(|_| points[random.below(points.len())]).collect();
    let mut last = f64::MAX;
    loop {
        let mut sums = vec![([0.0; 3], 0.0); count];
        let mut total = 0.0;
        for p in &points {
            let best =
                (0..count).min_by(|&a, &b| far(p, &centres[a]).total_cmp(&far(p, &centres[b]))).unwrap();
            total += far(p, &centres[best]);
            (0..3).for_each(|c| sums[best].0[c] += p[c]);
            sums[best].1 += 1.0;
        }
        for (centre, (sum, weight)) in centres.iter_mut().zip(sums) {
            if weight > 0.0 {
                *centre = sum.map(|v| v / weight);
            }
        }
        if last - total < 1e-6 * last {
            return total / points.len() as f64;
        }
        last = total;
    }
}

#[test]
fn the_error_is_that_of_patient_k_means_or_less() {
    let mut random = Random::new("quantise");
    let context = Context::default();
    let scene = scene(&mut random, 160, 120);
    for count in [2, 5, 16, 40] {
        let palette = Quantizer::new(count).palette(&[&scene], &context).unwrap();
        assert_eq!(palette.len(), count);
        let best = (0..3).map(|_| naive(&scene, count, &mut random)).fold(f64::MAX, f64::min);
        let ours = error(&scene, &palette, Space::Oklab);
        // The naive centres are not rounded to 8 bits.
        assert!(ours < 1.02 * best + 2e-6, "{count} colours: {ours:e} against {best:e}, {random}");
    }
}

#[test]
fn each_method_gives_as_many_colours_as_asked_in_every_space() {
    let mut random = Random::new("methods");
    let context = Context::default();
    let scene = scene(&mut random, 90, 70);
    for &(name, method) in Method::NAMED {
        for &(space_name, space) in Space::NAMED {
            for count in [1, 2, 3, 17, 256] {
                let palette =
                    Quantizer::new(count).method(method).space(space).palette(&[&scene], &context).unwrap();
                let unique: BTreeSet<_> = palette.colours().collect();
                assert_eq!(unique.len(), count, "{name} in {space_name}, {random}");
                let indexed = Indexed::nearest(&scene, &palette, space, &context).unwrap();
                let used: BTreeSet<_> = indexed.numbers().iter().collect();
                assert_eq!(used.len(), count, "{name} in {space_name}: every colour is used, {random}");
                let shares: f64 = palette.iter().map(|swatch| swatch.share.unwrap()).sum();
                assert!((shares - 1.0).abs() < 1e-6, "{shares}");
            }
        }
    }
}

#[test]
fn few_colours_stay_what_they_are() {
    let mut random = Random::new("few");
    let context = Context::default();
    for layout in [Layout::Rgb, Layout::Rgba, Layout::Grey, Layout::GreyAlpha] {
        let few: Vec<Vec<u8>> =
            (0..13).map(|_| (0..layout.channels()).map(|_| random.below(256) as u8).collect()).collect();
        let size = Size::new(37, 23).unwrap();
        let samples: Vec<u8> = (0..size.pixels()).flat_map(|_| few[random.below(13)].clone()).collect();
        let picture = Picture::new(size, layout, samples).unwrap();
        let palette = Quantizer::new(13).palette(&[&picture], &context).unwrap();
        let back =
            Indexed::nearest(&picture, &palette, Space::Oklab, &context).unwrap().picture(&context).unwrap();
        let wide = |p: &Picture| -> Vec<[u8; 4]> {
            let view = p.as_u8().unwrap();
            (0..size.pixels()).map(|i| colours::rgba(view.samples(), view.layout(), i, 255)).collect()
        };
        let seen = |p: [u8; 4]| if p[3] == 0 { [0; 4] } else { p };
        let (before, after) = (wide(&picture), wide(&back));
        for (a, b) in before.into_iter().zip(after) {
            assert_eq!(seen(a), seen(b), "{layout:?}, {random}");
        }
    }
}

#[test]
fn the_nearest_entry_is_the_nearest() {
    let mut random = Random::new("map");
    let context = Context::default();
    for (width, height, layout) in [
        (1, 1, Layout::Rgb),
        (1, 70, Layout::Rgba),
        (70, 1, Layout::Grey),
        (31, 40, Layout::Rgb),
        (9, 33, Layout::GreyAlpha),
    ] {
        let picture = picture(width, height, layout, || random.next() as u8);
        for count in [1, 2, 30, 300] {
            let palette: Palette = (0..count)
                .map(|_| crate::palette::Swatch::opaque(std::array::from_fn(|_| random.below(256) as u8)))
                .collect();
            for &(name, space) in Space::NAMED {
                let indexed = Indexed::nearest(&picture, &palette, space, &context).unwrap();
                let entries = exact::points::<4>(&palette.colours().collect::<Vec<_>>(), space, &context);
                let view = picture.as_u8().unwrap();
                for (i, &number) in indexed.numbers().iter().enumerate() {
                    let pixel = colours::rgba(view.samples(), view.layout(), i, 255);
                    let point = exact::points::<4>(&[pixel], space, &context)[0];
                    let far = |n: usize| crate::kernel::cluster::distance(&entries[n], &point);
                    let least = (0..count).map(far).fold(f32::MAX, f32::min);
                    assert!(far(number.into()) <= least * (1.0 + 1e-6), "{name}, {layout:?}, {random}");
                }
            }
        }
    }
}

#[test]
fn painting_at_once_is_finding_and_mapping() {
    let mut random = Random::new("paint");
    let context = Context::default();
    // Sizes below and above those at which colours are remembered, and at which only some pixels are read.
    for (width, height) in [(1, 1), (90, 40), (300, 250), (700, 600)] {
        let scene = scene(&mut random, width, height);
        for (count, space) in [(3, Space::Oklab), (40, Space::Srgb), (300, Space::Lab), (2500, Space::Oklab)]
        {
            let quantizer = Quantizer::new(count).space(space);
            let (painted, palette) = quantizer.paint(scene.clone(), &context).unwrap();
            assert_eq!(palette, quantizer.palette(&[&scene], &context).unwrap());
            let indexed = Indexed::nearest(&scene, &palette, space, &context).unwrap();
            let note = format!("{width}×{height}, {count} in {space:?}, {random}");
            assert!(painted == indexed.picture(&context).unwrap(), "{note}");
            assert!(painted == Indexed::painted(scene.clone(), &palette, space, &context).unwrap(), "{note}");
        }
    }
}

#[test]
fn threads_and_levels_change_nothing() {
    let mut random = Random::new("threads");
    let scene = scene(&mut random, 301, 211);
    let wanted = Quantizer::new(50).palette(&[&scene], &Context::default()).unwrap();
    let numbers = Indexed::nearest(&scene, &wanted, Space::Oklab, &Context::default()).unwrap();
    for threads in [1, 2, 5] {
        for level in Level::available() {
            let pool = Some(Arc::new(Pool::new(threads).unwrap()));
            let context = Context { level, pool, ..Context::default() };
            let palette = Quantizer::new(50).palette(&[&scene], &context).unwrap();
            assert_eq!(palette, wanted, "{threads} threads, {level}, {random}");
            assert_eq!(Indexed::nearest(&scene, &palette, Space::Oklab, &context).unwrap(), numbers);
            let (painted, _) = Quantizer::new(50).paint(scene.clone(), &context).unwrap();
            assert!(painted == numbers.picture(&context).unwrap(), "{threads} threads, {level}, {random}");
        }
    }
}

#[test]
fn kept_colours_are_kept_and_the_rest_is_found() {
    let mut random = Random::new("kept");
    let context = Context::default();
    let scene = scene(&mut random, 80, 60);
    let kept: Palette = "#d4af37, #b8860b".parse().unwrap();
    let palette = Quantizer::new(9).keeping(kept.clone()).palette(&[&scene], &context).unwrap();
    assert_eq!(palette.len(), 9);
    for colour in kept.colours() {
        assert!(palette.colours().any(|c| c == colour), "{colour:?}");
    }
    let free = Quantizer::new(7).palette(&[&scene], &context).unwrap();
    let (ours, without) = (error(&scene, &palette, Space::Oklab), error(&scene, &free, Space::Oklab));
    assert!(ours <= without * 1.05, "two more colours do no harm: {ours:e} against {without:e}");
    let all = Quantizer::new(2).keeping(kept.clone()).palette(&[&scene], &context).unwrap();
    assert_eq!(all.len(), 2);
    let error = Quantizer::new(1).keeping(kept).palette(&[&scene], &context).unwrap_err();
    assert!(error.to_string().contains("2 colours are to be kept, but only 1 wanted"), "{error}");
}

#[test]
fn what_weighs_more_is_served_better() {
    let mut random = Random::new("weights");
    let context = Context::default();
    // Grey noise with a red lantern of a few pixels.
    let size = Size::new(100, 100).unwrap();
    let lantern = |i: usize| (40..44).contains(&(i % 100)) && (40..44).contains(&(i / 100));
    let samples: Vec<u8> = (0..size.pixels())
        .flat_map(|i| if lantern(i) { [220, 30, 25] } else { [random.below(256) as u8; 3] })
        .collect();
    let picture = Picture::new(size, Layout::Rgb, samples).unwrap();
    let reddest =
        |palette: &Palette| palette.colours().map(|c| i32::from(c[0]) - i32::from(c[1])).max().unwrap();
    let plain = Quantizer::new(8).palette(&[&picture], &context).unwrap();
    assert!(reddest(&plain) < 100, "at 8 colours the lantern is lost, {random}");
    let tempered = Quantizer::new(8).tempered(0.4).palette(&[&picture], &context).unwrap();
    assert!(reddest(&tempered) > 150, "rare colours survive: {tempered:?}, {random}");
    let weights = Plane::from_fn(size, |x, y| if lantern(y * 100 + x) { 100.0 } else { 1.0 });
    let weighted = Quantizer::new(8).palette_weighted(&[(&picture, Some(&weights))], &context).unwrap();
    assert!(reddest(&weighted) > 150, "what weighs survives: {weighted:?}, {random}");
    let nothing = Plane::filled(size, 0.0);
    let error = Quantizer::new(4).palette_weighted(&[(&picture, Some(&nothing))], &context).unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
}

#[test]
fn colours_keep_their_distance() {
    let mut random = Random::new("apart");
    let context = Context::default();
    let scene = scene(&mut random, 80, 60);
    let palette = Quantizer::new(64).apart(0.08).palette(&[&scene], &context).unwrap();
    let points: Vec<_> = palette
        .colours()
        .map(|[r, g, b, _]| Space::Oklab.point([r, g, b].map(|v| f32::from(v) / 255.0)))
        .collect();
    assert!((3..64).contains(&points.len()), "{}", points.len());
    for (i, a) in points.iter().enumerate() {
        for b in &points[..i] {
            assert!(crate::kernel::cluster::distance(a, b).sqrt() > 0.07, "{a:?} and {b:?}, {random}");
        }
    }
}

#[test]
fn degenerate_pictures_have_palettes() {
    let context = Context::default();
    let one = |layout: Layout, sample: u8| picture(1, 1, layout, || sample);
    assert_eq!(Quantizer::new(256).palette(&[&one(Layout::Rgb, 7)], &context).unwrap().len(), 1);
    let clear = picture(5, 5, Layout::Rgba, || 0);
    let palette = Quantizer::new(8).palette(&[&clear], &context).unwrap();
    assert_eq!(palette.colours().collect::<Vec<_>>(), [[0; 4]]);
    for extreme in [0u16, u16::MAX] {
        let size = Size::new(3, 2).unwrap();
        let deep = Picture::new(size, Layout::Rgb, vec![extreme; 18]).unwrap();
        let palette = Quantizer::new(3).palette(&[&deep], &context).unwrap();
        assert_eq!(
            palette.colours().collect::<Vec<_>>(),
            [[(extreme >> 8) as u8, (extreme >> 8) as u8, (extreme >> 8) as u8, 255]]
        );
    }
    for count in [0, Palette::MOST + 1] {
        assert!(Quantizer::new(count).palette(&[&clear], &context).is_err());
    }
    assert!(Quantizer::new(2).palette(&[], &context).is_err());
}

#[test]
fn thousands_of_colours_are_all_found() {
    let mut random = Random::new("thousands");
    let context = Context::default();
    let noise = picture(120, 90, Layout::Rgb, || random.next() as u8);
    let all = colours_of(&noise).len();
    for count in [3000, all, Palette::MOST] {
        let palette = Quantizer::new(count).palette(&[&noise], &context).unwrap();
        let unique: BTreeSet<_> = palette.colours().collect();
        assert_eq!((palette.len(), unique.len()), (count.min(all), count.min(all)), "{random}");
    }
}

#[test]
fn one_palette_serves_many_pictures() {
    let mut random = Random::new("many");
    let context = Context::default();
    let pictures = [scene(&mut random, 60, 40), scene(&mut random, 50, 50)];
    let both = Quantizer::new(24).palette(&[&pictures[0], &pictures[1]], &context).unwrap();
    for (own, other) in [(0, 1), (1, 0)] {
        let single = Quantizer::new(24).palette(&[&pictures[own]], &context).unwrap();
        assert!(
            error(&pictures[other], &both, Space::Oklab) < error(&pictures[other], &single, Space::Oklab),
            "{random}"
        );
    }
    assert!(colours_of(&pictures[0]).len() > 24);
}
