use super::*;
use crate::parallel::Pool;
use crate::pixel::Layout;
use crate::test_support::Random;

const SHINING: Shining = Shining { from: 0.2, ramp: 2.0 };

fn lamps(w: u32, h: u32, layout: Layout, random: &mut Random) -> Picture {
    let size = Size::new(w, h).unwrap();
    let pixel = |_| {
        let lit = random.below(20) == 0;
        let value = if lit { 160 + random.below(96) } else { random.below(60) };
        vec![value as u8; layout.channels()]
    };
    Picture::new(size, layout, (0..size.pixels()).flat_map(pixel).collect::<Vec<u8>>()).unwrap()
}

fn all_rows(glow: &Glow, size: Size, level: Level) -> Vec<f32> {
    let mut out = vec![vec![0.0; size.width()]; glow.planes.len()];
    let mut all = Vec::new();
    for y in 0..size.height() {
        glow.row(level, y, &mut out);
        all.extend_from_slice(&out[0]);
    }
    all
}

/// The same at full size: what shines, blurred by each Gaussian in doubles.
fn naive(picture: &Picture, spreads: &[Spread]) -> Vec<f32> {
    let (size, channels) = (picture.size(), picture.layout().channels());
    let context = Context::default();
    let samples = picture.as_u8().unwrap();
    let channel = |i: usize| -> Vec<f32> {
        samples.samples().chunks_exact(channels).map(|pixel| f32::from(pixel[i]) / 255.0).collect()
    };
    let [mut r, mut g, mut b] = [0, 0, 0].map(channel);
    convert_rows(Level::PLAIN, Encoding::Srgb, Encoding::Linear, [&mut r, &mut g, &mut b]);
    let alpha = if channels == 4 { channel(3) } else { vec![1.0; size.pixels()] };
    rows::shine(Level::PLAIN, &mut r, &mut g, &mut b, &alpha, SHINING);
    let mut sums = vec![[0.0f32; 2]; size.pixels()];
    for spread in spreads {
        let mut planes = [r.clone(), alpha.clone()].map(|samples| Plane::new(size, samples).unwrap());
        gaussian(&mut planes, spread.sigma, &context).unwrap();
        for (i, sum) in sums.iter_mut().enumerate() {
            (0..2).for_each(|p| sum[p] += spread.part * planes[p].samples()[i]);
        }
    }
    sums.into_iter().map(|[light, alpha]| light / alpha.max(1e-4)).collect()
}

#[test]
fn the_grid_does_not_show() {
    let mut random = Random::new("glow grid");
    for (w, h) in [(1, 1), (1, 90), (131, 1), (97, 61), (160, 120)] {
        for (layout, sigma) in
            [(Layout::Rgb, 1.0), (Layout::Rgb, 4.0), (Layout::Rgba, 9.0), (Layout::Rgb, 20.0)]
        {
            let spreads = [Spread { sigma, part: 0.7 }, Spread { sigma: 2.0 * sigma, part: 0.3 }];
            let picture = lamps(w, h, layout, &mut random);
            let context = Context::default();
            let glow = Glow::new(&picture, (SHINING, Channels::Each), &spreads, &context).unwrap();
            let (fast, exact) = (all_rows(&glow, picture.size(), Level::detect()), naive(&picture, &spreads));
            let brightest = exact.iter().copied().fold(0.01, f32::max);
            let worst = fast.iter().zip(&exact).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst < 0.05 * brightest, "{w}×{h} {layout:?} {sigma}: {worst} of {brightest}, {random}");
        }
    }
}

#[test]
fn threads_and_levels_do_not_show() {
    let mut random = Random::new("glow threads");
    let picture = lamps(203, 301, Layout::Rgba, &mut random);
    let spreads = [Spread { sigma: 3.2, part: 0.5 }, Spread { sigma: 17.0, part: 0.5 }];
    let run = |level, threads| {
        let context = Context { level, ..Context::default() };
        let light = (SHINING, Channels::Mixed([0.5, 0.4, 0.1]));
        let glow =
            Pool::new(threads).unwrap().run(|| Glow::new(&picture, light, &spreads, &context)).unwrap();
        all_rows(&glow, picture.size(), level)
    };
    let plain = run(Level::PLAIN, 1);
    for level in Level::available() {
        for threads in [1, 2, 5] {
            assert!(run(level, threads) == plain, "{level}, {threads} threads, {random}");
        }
    }
}
