use fast_image_resize::{PixelType, ResizeOptions};

use super::bands::{from_light, resize as convolve, to_light};
use super::*;
use crate::context::Context;
use crate::kernel::Level;
use crate::kernel::interleave::Store;
use crate::parallel::Pool;
use crate::pixel::{Encoding, Layout};
use crate::test_support::Random;

fn noise(width: u32, height: u32, layout: Layout, depth: Depth) -> Picture {
    let size = Size::new(width, height).unwrap();
    let mut random = Random::new("resize noise");
    let samples: Vec<u16> =
        (0..size.pixels() * layout.channels()).map(|_| random.below(65_536) as u16).collect();
    Picture::new(size, layout, samples).unwrap().into_depth(depth, &Context::default()).unwrap()
}

fn run(resize: Resize, picture: &Picture, level: Level) -> Picture {
    let work = Context { level, ..Context::default() };
    resize.run(picture.clone(), &StepContext { work: &work, seed: 0, rest: Depth::U8 }).unwrap()
}

fn target(resize: Resize, w: u32, h: u32) -> (u32, u32) {
    resize.plan(Size::new(w, h).unwrap()).unwrap().target.as_u32()
}

#[test]
fn sizes_come_out_as_asked() {
    let longer = Resize { longer: Some(100), ..Resize::default() };
    assert_eq!(target(longer, 4000, 3000), (100, 75));
    assert_eq!(target(longer, 1, 9000), (1, 100));
    assert_eq!(target(Resize { shrink_only: true, ..longer }, 50, 20), (50, 20));
    let both = |fit| Resize { width: Some(300), height: Some(300), fit, ..Resize::default() };
    assert_eq!(target(both(Fit::Fit), 4000, 2000), (300, 150));
    assert_eq!(target(both(Fit::Fill), 4000, 2000), (300, 300));
    assert_eq!(target(both(Fit::Stretch), 4000, 2000), (300, 300));
    assert_eq!(target(Resize { scale: Some(0.5), ..Resize::default() }, 9, 5), (5, 3));
}

#[test]
fn filling_crops_about_the_middle() {
    let fill = Resize { width: Some(10), height: Some(10), fit: Fit::Fill, ..Resize::default() };
    let plan = fill.plan(Size::new(40, 20).unwrap()).unwrap();
    assert_eq!((plan.left, plan.top, plan.width, plan.height), (10.0, 0.0, 20.0, 20.0));
}

#[test]
fn bands_leave_no_seam() {
    // One call of the library for the whole, in linear light, is the oracle.
    for (height, rows) in [(700, 233), (250, 611), (97, 97 * 3)] {
        let picture = noise(9, height, Layout::Rgb, Depth::U16);
        let resize = Resize { width: Some(13), height: Some(rows), fit: Fit::Stretch, ..Resize::default() };
        let got = run(resize, &picture, Level::detect()).into_depth(Depth::F32, &Context::default()).unwrap();
        let mut source: Vec<f32> = picture.as_u16().unwrap().samples().iter().map(|v| v.load()).collect();
        to_light(Level::PLAIN, &mut source, 3, true, Encoding::Srgb);
        let options = ResizeOptions::new().resize_alg(resize.filter.algorithm());
        let mut want =
            convolve(Level::PLAIN, PixelType::F32x3, ((9, height), &source), (13, rows), &options).unwrap();
        from_light(Level::PLAIN, &mut want, 3, true, Encoding::Srgb);
        for (i, (got, want)) in got.as_f32().unwrap().samples().iter().zip(&want).enumerate() {
            assert!(
                (got - want.clamp(0.0, 1.0)).abs() < 3e-5,
                "sample {i} of {rows} rows: {got} against {want}"
            );
        }
    }
}

#[test]
fn the_same_bytes_on_every_level_and_any_number_of_threads() {
    for depth in [Depth::U8, Depth::U16, Depth::F32] {
        for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
            let picture = noise(37, 301, layout, depth);
            let resize = Resize { longer: Some(240), ..Resize::default() };
            let plain = Pool::new(1).unwrap().run(|| run(resize, &picture, Level::PLAIN));
            for level in Level::available() {
                for threads in [1, 2, 5] {
                    let other = Pool::new(threads).unwrap().run(|| run(resize, &picture, level));
                    assert!(other == plain, "{layout:?} {depth:?} on {level} with {threads} threads");
                }
            }
        }
    }
}

#[test]
fn invisible_colour_does_not_bleed() {
    // Left half opaque red; right half transparent black, which must not darken the red.
    let size = Size::new(64, 64).unwrap();
    let samples =
        (0..64 * 64).flat_map(|i| if i % 64 < 32 { [255, 0, 0, 255] } else { [0; 4] }).collect::<Vec<u8>>();
    let picture = Picture::new(size, Layout::Rgba, samples).unwrap();
    let resize = Resize { longer: Some(21), filter: Filter::Mitchell, ..Resize::default() };
    let small = run(resize, &picture, Level::detect()).into_depth(Depth::U8, &Context::default()).unwrap();
    for pixel in small.as_u8().unwrap().samples().chunks_exact(4).filter(|pixel| pixel[3] > 8) {
        assert!(pixel[0] >= 250 && pixel[1] <= 5, "a fringe: {pixel:?}");
    }
}

#[test]
fn light_is_averaged_and_not_its_code() {
    // A fine chequerboard of black and white is half the light: 188 in sRGB, not 128.
    let size = Size::new(64, 64).unwrap();
    let samples = (0..64 * 64).map(|i| if (i / 64 + i) % 2 == 0 { 255 } else { 0 }).collect::<Vec<u8>>();
    let picture = Picture::new(size, Layout::Grey, samples).unwrap();
    let resize = Resize { longer: Some(16), filter: Filter::Box, ..Resize::default() };
    let small = run(resize, &picture, Level::detect()).into_depth(Depth::U8, &Context::default()).unwrap();
    assert_eq!(small.as_u8().unwrap().samples()[100], 188);
}

#[test]
fn awkward_sizes_survive() {
    for (w, h) in [(1, 1), (1, 500), (500, 1), (3, 97)] {
        for longer in [1, 2, 96, 97, 700] {
            let resize = Resize { longer: Some(longer), ..Resize::default() };
            let picture = run(resize, &noise(w, h, Layout::Rgba, Depth::U8), Level::detect());
            assert_eq!(picture.size().longer(), longer as usize);
        }
    }
}

#[test]
fn a_giant_is_refused() {
    let resize = Resize { scale: Some(1e5), ..Resize::default() };
    let work = Context::default();
    let result = resize
        .run(noise(10, 10, Layout::Grey, Depth::U8), &StepContext { work: &work, seed: 0, rest: Depth::U8 });
    assert!(matches!(result, Err(Error::Limit { .. })));
}
