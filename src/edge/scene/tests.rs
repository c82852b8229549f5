use super::*;
use crate::edge::test_context::on;
use crate::kernel::Level;
use crate::pixel::{Depth, Layout};
use crate::test_support::Random;

const SIZE: (u32, u32) = (150, 140);

fn picture(layout: Layout, value: impl FnMut(usize) -> u8) -> Picture {
    let size = Size::new(SIZE.0, SIZE.1).unwrap();
    let samples: Vec<u8> = (0..size.pixels() * layout.channels()).map(value).collect();
    Picture::new(size, layout, samples).unwrap()
}

fn noise(layout: Layout, name: &str) -> Picture {
    let mut random = Random::new(name);
    picture(layout, |_| random.next() as u8)
}

fn samples(picture: &Picture) -> &[u8] {
    picture.as_u8().unwrap().samples()
}

fn every_look() -> impl Iterator<Item = Look> {
    [Colour::Grey, Colour::DiZenzo, Colour::Strongest].into_iter().flat_map(|colour| {
        [0.0, 1.3].into_iter().flat_map(move |sigma| {
            [false, true].map(|outline| Look { colour, sigma, outline, ..Look::default() })
        })
    })
}

#[test]
fn colour_of_bytes_becomes_grey_by_whole_weights() {
    let context = Context::default();
    let colour = noise(Layout::Rgb, "colour_of_bytes_becomes_grey_by_whole_weights");
    let weigh = |p: &[u8]| {
        (9798 * u32::from(p[0]) + 19_235 * u32::from(p[1]) + 3735 * u32::from(p[2]) + 16_384) >> 15
    };
    let grey: Vec<u8> = samples(&colour).chunks(3).map(|pixel| weigh(pixel) as u8).collect();
    let expected = Canny::new(300.0, 700.0).edges(Grey::new(&grey, 150, 140).unwrap(), &context).unwrap();
    let scene = Scene::open(&colour, Look::default(), &context).unwrap();
    assert_eq!(scene.canny(&Canny::new(300.0, 700.0), &context).unwrap(), expected);

    // The same with an alpha that says nothing, with one that says something somewhere, and in 16 bits.
    let with = |alpha: &dyn Fn(usize) -> u8| {
        let pixels = samples(&colour).chunks(3).enumerate();
        let samples: Vec<u8> = pixels.flat_map(|(i, p)| [p[0], p[1], p[2], alpha(i)]).collect();
        Picture::new(colour.size(), Layout::Rgba, samples).unwrap()
    };
    let opaque = with(&|_| 255);
    let scene = Scene::open(&opaque, Look::default(), &context).unwrap();
    assert_eq!(scene.canny(&Canny::new(300.0, 700.0), &context).unwrap(), expected);
    let veiled = with(&|i| if i == 0 { 200 } else { 255 });
    let scene = Scene::open(&veiled, Look::default(), &context).unwrap();
    assert_eq!(scene.canny(&Canny::new(300.0, 700.0), &context).unwrap(), expected);
    let deep =
        Picture::new(colour.size(), Layout::Grey, grey).unwrap().into_depth(Depth::U16, &context).unwrap();
    let scene = Scene::open(&deep, Look::default(), &context).unwrap();
    assert_eq!(scene.canny(&Canny::new(300.0, 700.0), &context).unwrap(), expected);
}

#[test]
fn any_look_at_any_picture_gives_the_same_for_all_threads_and_levels() {
    let layouts = [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba];
    for (turn, look) in every_look().enumerate() {
        let layout = layouts[turn % 4];
        let picture = noise(layout, "any_look_at_any_picture");
        let depth = if turn % 3 == 0 { Depth::U16 } else { Depth::U8 };
        let picture = picture.into_depth(depth, &Context::default()).unwrap();
        let aperture = [Aperture::Three, Aperture::Five, Aperture::Seven][turn % 3];
        let all = |context: &Context| {
            let scene = Scene::open(&picture, look, context).unwrap();
            let rules = Rule::NAMED.iter();
            let found: Vec<_> = rules
                .map(|(_, rule)| scene.thresholds(*rule, aperture, Norm::Sum, context).unwrap())
                .collect();
            let canny = Canny { aperture, ..Canny::new(found[1].low, found[1].high) };
            let edges = scene.canny(&canny, context).unwrap();
            let points = scene.points(&edges, aperture, context).unwrap();
            assert_eq!(points.len(), edges.count());
            let steep = scene.steepness(Operator::Scharr, Norm::Euclidean, context).unwrap();
            let swing = scene.laplacian_of_gaussian(2.0, context).unwrap();
            let crossings = scene.within(swing.zero_crossings(9.0, context).unwrap(), context).unwrap();
            (found, edges, points, steep, crossings)
        };
        let first = all(&on(Level::PLAIN, 1));
        assert!(first.1.count() > 0, "{look:?} {layout:?} {depth:?} {:?}", first.0);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert!(all(&on(level, threads)) == first, "{look:?} {layout:?} {depth:?} {threads} {level}");
            }
        }
    }
}

/// A disc of one colour on nothing, with a darker bar across it; where nothing is, there are wild colours.
fn cut_out() -> Picture {
    let mut random = Random::new("cut_out");
    picture(Layout::Rgba, |i| {
        let (pixel, channel) = (i / 4, i % 4);
        let (x, y) = ((pixel % 150) as f32, (pixel / 150) as f32);
        let inside = (x - 75.0).hypot(y - 70.0) < 50.0;
        match (inside, channel) {
            (false, 3) => 0,
            (true, 3) => 255,
            (false, _) => random.next() as u8,
            (true, _) => {
                if (60.0..80.0).contains(&y) {
                    90
                } else {
                    200
                }
            }
        }
    })
}

#[test]
fn a_cut_out_has_an_outline_only_if_asked() {
    let context = Context::default();
    let cut_out = cut_out();
    for colour in [Colour::Grey, Colour::DiZenzo, Colour::Strongest] {
        for sigma in [0.0, 1.0] {
            let scene = Scene::open(&cut_out, Look { colour, sigma, ..Look::default() }, &context).unwrap();
            let edges = scene.canny(&Canny::new(60.0, 150.0), &context).unwrap();
            assert!(edges.count() > 150, "two lines of nearly a diameter each: {}", edges.count());
            for (x, y) in (0..140).flat_map(|y| edges.columns(y).map(move |x| (x, y))) {
                let from_bar = (y as f32 - 59.5).abs().min((y as f32 - 79.5).abs());
                assert!(from_bar < 3.0, "{x}, {y} with {colour:?}");
            }
            let scene =
                Scene::open(&cut_out, Look { colour, sigma, outline: true, ..Look::default() }, &context)
                    .unwrap();
            let outlined = scene.canny(&Canny::new(60.0, 150.0), &context).unwrap();
            let around = outlined.among(&edges, false);
            assert!(around.count() > 250, "a circle of that radius: {}", around.count());
            for (x, y) in (0..140).flat_map(|y| around.columns(y).map(move |x| (x, y))) {
                assert!(((x as f32 - 75.0).hypot(y as f32 - 70.0) - 50.0).abs() < 2.0, "{x}, {y}");
            }
            assert_eq!(scene.points(&outlined, Aperture::Three, &context).unwrap().len(), outlined.count());
        }
    }
}

#[test]
fn steepness_of_a_full_step_is_one_with_every_operator() {
    let context = Context::default();
    let apertures = [Aperture::Three, Aperture::Five, Aperture::Seven].map(Operator::Sobel);
    for operator in apertures.into_iter().chain([Operator::Scharr, Operator::Prewitt]) {
        for depth in [Depth::U8, Depth::U16] {
            let step = picture(Layout::Grey, |i| if i % 150 < 75 { 0 } else { 255 });
            let step = step.into_depth(depth, &context).unwrap();
            let scene = Scene::open(&step, Look::default(), &context).unwrap();
            for norm in [Norm::Sum, Norm::Euclidean] {
                let steep = scene.steepness(operator, norm, &context).unwrap();
                let most = steep.samples().iter().copied().fold(0.0, f32::max);
                assert!((most - 1.0).abs() < 1e-5, "{most} with {operator:?} {depth:?}");
            }
        }
    }
}

#[test]
fn premultiplied_pictures_are_turned_away() {
    let parts = (Size::new(1, 1).unwrap(), Layout::GreyAlpha, vec![9u8, 90]);
    let alpha = crate::pixel::Alpha::Premultiplied;
    let picture =
        Picture::with_meaning(parts.0, parts.1, crate::pixel::Encoding::Srgb, alpha, parts.2).unwrap();
    let error = Scene::open(&picture, Look::default(), &Context::default()).unwrap_err().to_string();
    assert!(error.ends_with("give it straight alpha first"), "{error}");
}
