use super::*;
use crate::color::Rgb;
use crate::edge::{Canny, Grey};
use crate::op::Value;
use crate::pixel::Layout;
use crate::test_support::Random;

fn values(set: &[(&'static str, Value)]) -> Values {
    let mut values = Values::defaults(PARAMS);
    set.iter().for_each(|(name, value)| values.set(name, value.clone()));
    values
}

fn run(picture: &Picture, set: &[(&'static str, Value)]) -> Picture {
    let context = Context::default();
    let step = StepContext { work: &context, seed: 0, rest: picture.depth() };
    match Edges.bind(&values(set)) {
        Action::Whole(whole) => whole.run(picture.clone(), &step).unwrap(),
        _ => unreachable!("edges is whole"),
    }
}

fn noise(layout: Layout) -> Picture {
    let mut random = Random::new("edges operator");
    let size = Size::new(70, 50).unwrap();
    let samples: Vec<u8> = (0..size.pixels() * layout.channels()).map(|_| random.next() as u8).collect();
    Picture::new(size, layout, samples).unwrap()
}

#[test]
fn every_word_has_its_meaning() {
    let words = |name: &str| match PARAMS.iter().find(|param| param.name == name).unwrap().kind {
        Kind::Choice(words) => words,
        _ => unreachable!("{name} is a choice"),
    };
    let names = |all: Vec<&'static str>, name: &str| assert_eq!(all, words(name));
    names(METHODS.iter().map(|m| m.0).collect(), "method");
    names(NORMS.iter().map(|m| m.0).collect(), "norm");
    names(COLOURS.iter().map(|m| m.0).collect(), "colour");
    names(Rule::NAMED.iter().map(|m| m.0).collect(), "rule");
}

#[test]
fn canny_is_drawn_pixel_for_pixel() {
    let picture = noise(Layout::Grey);
    let samples = picture.as_u8().unwrap().samples().to_vec();
    let grey = Grey::new(&samples, 70, 50).unwrap();
    let mask = Canny::new(300.0, 700.0).edges(grey, &Context::default()).unwrap();
    let mask = mask.mask(&Context::default()).unwrap();
    let white = Value::Colors(vec![Rgb([1.0; 3])]);
    let black = Value::Colors(vec![Rgb([0.0; 3])]);
    let set = [
        ("low", Value::Number(300.0)),
        ("high", Value::Number(700.0)),
        ("sigma", Value::Length(Length::Pixels(0.0))),
        ("ink", white),
        ("paper", black),
    ];
    assert_eq!(run(&picture, &set).as_u8().unwrap().samples(), mask);
}

#[test]
fn shades_are_steepness_times_gain() {
    let step: Vec<u8> = (0..30 * 4).map(|i| if i % 30 < 15 { 100 } else { 130 }).collect();
    let picture = Picture::new(Size::new(30, 4).unwrap(), Layout::Grey, step).unwrap();
    for method in ["sobel", "scharr", "prewitt"] {
        let set = [
            ("method", Value::Choice(method)),
            ("sigma", Value::Length(Length::Pixels(0.0))),
            ("gain", Value::Number(2.0)),
        ];
        let shades = run(&picture, &set);
        let row = &shades.as_u8().unwrap().samples()[..30];
        assert_eq!((row[5], row[14], row[15]), (255, 255 - 60, 255 - 60), "{method}");
    }
}

#[test]
fn layouts_stay_unless_ink_is_coloured() {
    for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
        for method in ["canny", "sobel", "log", "dog"] {
            let drawn = run(&noise(layout), &[("method", Value::Choice(method))]);
            assert_eq!(drawn.layout(), layout, "{method}");
        }
    }
    let red = Value::Colors(vec![Rgb([1.0, 0.0, 0.0])]);
    assert_eq!(run(&noise(Layout::Grey), &[("ink", red)]).layout(), Layout::Rgb);
}

#[test]
fn hues_say_where_it_grows_brighter() {
    // Brighter to the right, then darker.
    let ramp: Vec<u8> = (0..40 * 4).map(|i| [60, 200][usize::from((10..30).contains(&(i % 40)))]).collect();
    let picture = Picture::new(Size::new(40, 4).unwrap(), Layout::Grey, ramp).unwrap();
    let drawn = run(&picture, &[("method", Value::Choice("orientation"))]);
    assert_eq!(drawn.layout(), Layout::Rgb);
    let pixel = |x: usize| drawn.as_u8().unwrap().samples()[3 * x..][..3].to_vec();
    let (rising, even, falling) = (pixel(10), pixel(20), pixel(30));
    assert!(rising[0] > rising[1] && falling[1] > falling[0], "{rising:?} {falling:?}");
    assert_eq!(even, [0; 3]);
}

#[test]
fn smooth_lines_run_where_the_thin_ones_do() {
    let thin = run(&noise(Layout::Grey), &[]);
    let smooth = run(&noise(Layout::Grey), &[("smooth", Value::Flag(true))]);
    let ink = |picture: &Picture| {
        picture.as_u8().unwrap().samples().iter().map(|v| f64::from(255 - v)).sum::<f64>()
    };
    assert!(ink(&thin) > 0.0);
    assert!((ink(&smooth) / ink(&thin) - 1.0).abs() < 0.5, "{} and {}", ink(&smooth), ink(&thin));
}

#[test]
fn even_apertures_are_refused() {
    let set = values(&[("aperture", Value::Integer(4))]);
    assert_eq!(Edges.check(&set).unwrap_err(), "edges.aperture = 4 is not allowed; it must be 3, 5 or 7");
}
