use super::*;
use crate::context::Context;
use crate::pixel::{Depth, Layout, Size};
use crate::style::Style;
use crate::test_support::Random;

fn run(text: &str, picture: &Picture) -> Picture {
    let style = Style::from_toml("mine", text).unwrap();
    let work = Context::default();
    let step = StepContext { work: &work, seed: 0, rest: picture.depth() };
    crate::style::pipeline::run(&style.steps, picture.clone(), &step, &|_, _, _| ()).unwrap().0
}

fn noise(width: u32, height: u32, layout: Layout, random: &mut Random) -> Picture {
    let size = Size::new(width, height).unwrap();
    let samples: Vec<_> =
        (0..size.pixels() * layout.channels()).map(|_| random.below(65_536) as u16).collect();
    Picture::new(size, layout, samples).unwrap()
}

const BRIGHTER: &str = "[[step]]\nop = \"exposure\"\nev = 1\n";

#[test]
fn nothing_of_a_step_is_nothing_and_all_of_it_is_the_step() {
    let mut random = Random::new("mixing: ends");
    for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
        let picture = noise(37, 70, layout, &mut random);
        let none = run(&format!("{BRIGHTER}opacity = 0"), &picture);
        assert_eq!(none.layout(), layout);
        close(&none, &picture, 1, &random);
        let masked = run(&format!("{BRIGHTER}mask = {{ by = \"tone\" }}"), &picture);
        close(&masked, &run(BRIGHTER, &picture), 1, &random);
        let inverted = run(&format!("{BRIGHTER}mask = {{ by = \"tone\", invert = true }}"), &picture);
        close(&inverted, &picture, 1, &random);
    }
}

/// Each sample is at most `most` levels of 65535 away.
fn close(a: &Picture, b: &Picture, most: u16, random: &Random) {
    let (a, b) = (a.as_u16().unwrap().samples(), b.as_u16().unwrap().samples());
    let worst = a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(most), "{worst:?} apart, {random}");
}

/// The formulas of W3C Compositing and Blending Level 1, word for word in `f64`.
fn by_the_book(mode: &str, b: f64, s: f64) -> f64 {
    let hard =
        |b: f64, s: f64| if s <= 0.5 { b * 2.0 * s } else { b + (2.0 * s - 1.0) - b * (2.0 * s - 1.0) };
    match mode {
        "multiply" => b * s,
        "screen" => b + s - b * s,
        "overlay" => hard(s, b),
        "hard_light" => hard(b, s),
        "darken" => b.min(s),
        "lighten" => b.max(s),
        "difference" => (b - s).abs(),
        "color_dodge" if b == 0.0 => 0.0,
        "color_dodge" if s >= 1.0 => 1.0,
        "color_dodge" => (b / (1.0 - s)).min(1.0),
        "color_burn" if b >= 1.0 => 1.0,
        "color_burn" if s <= 0.0 => 0.0,
        "color_burn" => 1.0 - ((1.0 - b) / s).min(1.0),
        "soft_light" if s <= 0.5 => b - (1.0 - 2.0 * s) * b * (1.0 - b),
        "soft_light" => {
            let d = if b <= 0.25 { ((16.0 * b - 12.0) * b + 4.0) * b } else { b.sqrt() };
            b + (2.0 * s - 1.0) * (d - b)
        }
        other => panic!("{other} is not in the book"),
    }
}

#[test]
fn modes_do_what_the_book_says() {
    let mut random = Random::new("mixing: modes");
    let picture = noise(61, 5, Layout::Rgb, &mut random);
    let top = run(BRIGHTER, &picture);
    let book = [
        "multiply",
        "screen",
        "overlay",
        "hard_light",
        "soft_light",
        "darken",
        "lighten",
        "difference",
        "color_dodge",
        "color_burn",
    ];
    for mode in book {
        let mixed = run(&format!("{BRIGHTER}opacity = 0.5\nblend = \"{mode}\""), &picture);
        let samples = |p: &Picture| {
            p.as_u16().unwrap().samples().iter().map(|v| f64::from(*v) / 65_535.0).collect::<Vec<_>>()
        };
        for ((b, s), got) in samples(&picture).into_iter().zip(samples(&top)).zip(samples(&mixed)) {
            let want = b + 0.5 * (by_the_book(mode, b, s) - b);
            // Near the poles of dodge and burn a rounding of the input is a great deal of the output.
            let allowed = if mode.starts_with("color_") { 0.01 } else { 5e-5 };
            assert!(
                (got - want.clamp(0.0, 1.0)).abs() < allowed,
                "{mode} of {b} and {s}: {got} against {want}, {random}"
            );
        }
    }
}

#[test]
fn luminosity_keeps_colour_and_color_keeps_light() {
    let grey_ramp = "[[step]]\nop = \"gradient_map\"\n";
    let red = Picture::new(Size::new(1, 1).unwrap(), Layout::Rgb, vec![180u8, 40, 30]).unwrap();
    let lab = |p: &Picture| {
        let s = p.as_u8().unwrap().samples().to_vec();
        crate::color::Rgb([0, 1, 2].map(|c: usize| f32::from(s[c]) / 255.0)).to(Encoding::Oklab)
    };
    let [l, a, b] = lab(&red);
    let colourless = lab(&run(&format!("{grey_ramp}blend = \"color\""), &red));
    assert!((colourless[0] - l).abs() < 5e-3 && colourless[1].hypot(colourless[2]) < 5e-3, "{colourless:?}");
    let lit = lab(&run(&format!("{BRIGHTER}blend = \"luminosity\"\nopacity = 0.3"), &red));
    assert!(lit[0] > l + 0.01 && (lit[1] - a).abs() < 5e-3 && (lit[2] - b).abs() < 5e-3, "{lit:?}");
}

#[test]
fn grey_laid_under_colour_becomes_colour() {
    let grey = Picture::new(Size::new(2, 1).unwrap(), Layout::Grey, vec![0u8, 255]).unwrap();
    let text = "[[step]]\nop = \"gradient_map\"\ncolors = [\"#ff0000\", \"#ffffff\"]\nopacity = 0.5";
    let mixed = run(text, &grey);
    assert_eq!(mixed.layout(), Layout::Rgb);
    let samples = mixed.as_u8().unwrap().samples().to_vec();
    assert!((187..=189).contains(&samples[0]) && samples[1] == 0, "half the light of red: {samples:?}");
    assert_eq!(mixed.depth(), Depth::U8);
}

#[test]
fn sizes_must_agree() {
    let small = Picture::new(Size::new(1, 1).unwrap(), Layout::Grey, vec![0u8]).unwrap();
    let large = Picture::new(Size::new(2, 1).unwrap(), Layout::Grey, vec![0u8; 2]).unwrap();
    let work = Context::default();
    let step = StepContext { work: &work, seed: 0, rest: Depth::U8 };
    let mixing = Mixing { opacity: 0.5, mode: "normal", mask: None };
    assert!(mixing.mix(&large, small, None, &step).is_err());
}
