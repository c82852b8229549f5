//! What all operators of this room promise, whatever their values.

use super::ALL;
use crate::color::convert::convert_rows;
use crate::kernel::Level;
use crate::op::param::{Palette, Surroundings};
use crate::op::{Action, Kind, Operator, Pointwise, Row, StepContext, Values};
use crate::pixel::{Depth, Encoding, Layout, Picture, Size};
use crate::style::Style;
use crate::test_support::Random;
use crate::{Context, Engine, Job};

/// Settings that ask for nothing.
const NEUTRAL: &str = "
[[step]]\nop = \"exposure\"
[[step]]\nop = \"white_balance\"
[[step]]\nop = \"contrast\"\ncontrast = 0
[[step]]\nop = \"levels\"
[[step]]\nop = \"curves\"
[[step]]\nop = \"curves\"\nkeep = \"colour\"\ncurve = [[0, 0], [0.3, 0.3], [1, 1]]
[[step]]\nop = \"saturation\"\nvibrance = 0
[[step]]\nop = \"hue\"
[[step]]\nop = \"split_tone\"\namount = 0
[[step]]\nop = \"lut\"
";

#[test]
fn where_nothing_is_asked_nothing_changes() {
    let mut random = Random::new("neutral");
    for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
        let size = Size::new(61, 70).unwrap();
        let samples: Vec<_> =
            (0..size.pixels() * layout.channels()).map(|_| random.below(256) as u8).collect();
        let picture = Picture::new(size, layout, samples).unwrap();
        let engine = Engine::builder().threads(1).build().unwrap();
        let style = Style::from_toml("neutral", NEUTRAL).unwrap();
        let made = engine.run(&Job::new(picture.clone()).with_style(style)).unwrap().picture;
        assert_eq!(made, picture, "{layout:?}, {random}");
    }
}

/// Bound to random values of its range, files left out.
fn bound(op: &dyn Operator, random: &mut Random) -> Box<dyn Pointwise> {
    let mut values = Values::defaults(op.params());
    for param in op.params() {
        let text = match param.kind {
            Kind::Number { min, max } => {
                let at = [0.0, 1.0, f64::from(random.unit())][random.below(3)];
                format!("{:?}", min + at * (max - min))
            }
            Kind::Choice(words) => words[random.below(words.len())].to_string(),
            Kind::Points { .. } => format!("[[0.0, {:?}], [0.4, 0.3], [1.0, 0.9]]", random.unit()),
            _ => continue,
        };
        let around: &dyn Surroundings = &Palette::new();
        values.set(param.name, param.kind.read_text(&text, around).unwrap());
    }
    match op.bind(&values) {
        Action::Pointwise(point) => point,
        Action::Measured(measured) => {
            // A grey picture: of a coloured one a cast may be taken away.
            let samples: Vec<u8> = (0..100).map(|_| random.below(256) as u8).collect();
            let picture = Picture::new(Size::new(10, 10).unwrap(), Layout::Grey, samples).unwrap();
            let step = StepContext { work: &Context::default(), seed: 0, rest: Depth::U8 };
            measured.measure(&picture, &step).unwrap()
        }
        Action::Whole(_) => panic!("{} is not pointwise", op.name()),
    }
}

fn through(point: &dyn Pointwise, mut rows: [Vec<f32>; 3]) -> [Vec<f32>; 3] {
    let size = Size::from_usize(rows[0].len(), 1).unwrap();
    let [a, b, c] = &mut rows;
    convert_rows(Level::PLAIN, Encoding::Srgb, point.encoding(), [a, b, c]);
    point.row(Level::PLAIN, Row { colour: [a, b, c], y: 0, size, seed: 0 });
    convert_rows(Level::PLAIN, point.encoding(), Encoding::Srgb, [a, b, c]);
    rows
}

#[test]
fn every_colour_gives_numbers() {
    let mut random = Random::new("numbers");
    for op in ALL {
        for _ in 0..12 {
            let point = bound(*op, &mut random);
            let rows =
                [(); 3].map(|()| (0..77).map(|_| [0.0, 1.0, random.unit()][random.below(3)]).collect());
            let made = through(point.as_ref(), rows);
            assert!(made.iter().flatten().all(|v| v.is_finite()), "{}, {random}", op.name());
        }
    }
}

#[test]
fn grey_stays_grey_where_that_is_promised() {
    let mut random = Random::new("grey");
    for op in ALL {
        for _ in 0..12 {
            let point = bound(*op, &mut random);
            if !point.keeps_grey() {
                continue;
            }
            let ramp: Vec<f32> = (0..=255u8).map(|i| f32::from(i) / 255.0).collect();
            let [r, g, b] = through(point.as_ref(), [ramp.clone(), ramp.clone(), ramp]);
            for i in 0..256 {
                let scale = r[i].abs().max(1.0);
                let apart = (r[i] - g[i]).abs().max((g[i] - b[i]).abs()) / scale;
                assert!(apart < 1.5e-5, "{} makes {} {} {} of a grey, {random}", op.name(), r[i], g[i], b[i]);
            }
        }
    }
}

#[test]
fn lighter_stays_lighter() {
    let mut random = Random::new("order");
    for op in ALL.iter().filter(|op| ["contrast", "exposure", "white_balance"].contains(&op.name())) {
        for _ in 0..20 {
            let point = bound(*op, &mut random);
            let ramp: Vec<f32> = (0..=1000u16).map(|i| f32::from(i) / 1000.0).collect();
            let made = through(point.as_ref(), [ramp.clone(), ramp.clone(), ramp]);
            for row in made {
                assert!(row.windows(2).all(|pair| pair[1] >= pair[0] - 3e-6), "{}, {random}", op.name());
            }
        }
    }
}
