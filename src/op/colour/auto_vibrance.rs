//! Automatic vibrance: a picture of weak colours gets as much as an ordinary photograph has; any other stays.
//!
//! The mean chroma of a small copy is brought to a target by finding the vibrance that gets it there, so that a second
//! run has nothing left to do. A picture that is almost grey is meant to be.

use crate::error::Result;
use crate::kernel::chroma::{self, Saturate};
use crate::kernel::{Level, oklab};
use crate::op::reduced::Reduced;
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};

/// The longer side of the picture that is measured.
const LONGER: u32 = 256;

/// The most vibrance that is given; a picture that needs much more gets none.
const MOST: f32 = 0.4;

/// Halvings of the search: a vibrance to a thousandth.
const HALVINGS: usize = 10;

/// Brings weak colours up.
pub(crate) struct AutoVibrance;

impl Operator for AutoVibrance {
    fn name(&self) -> &'static str {
        "auto_vibrance"
    }

    fn about(&self) -> &'static str {
        "Gives a picture of weak colours those of an ordinary photograph; skin hardly changes."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "target",
                kind: Kind::Number { min: 0.0, max: 0.2 },
                default: "0.06",
                about: "The mean Oklab chroma that is enough.",
            },
            Param {
                name: "protect_skin",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.8",
                about: "How far the colours of skin are kept from it.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Lack {
            target: values.number("target"),
            skin: values.number("protect_skin"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 50.0, 0.0)
    }
}

struct Lack {
    target: f32,
    skin: f32,
}

impl Measured for Lack {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let small = Reduced::new(picture, LONGER, step)?;
        Ok(Box::new(Vibrance(self.find(&small, step.work.level))))
    }
}

impl Lack {
    fn find(&self, small: &Reduced, level: Level) -> Saturate {
        let [mut l, mut a, mut b] = small.colour.clone();
        oklab::linear_to_oklab(level, &mut l, &mut a, &mut b);
        let with = |vibrance: f32| Saturate { saturation: 0.0, vibrance, skin: self.skin };
        let mean = |vibrance: f32| {
            let [mut a, mut b] = [a.clone(), b.clone()];
            chroma::saturate(level, &l, &mut a, &mut b, with(vibrance));
            let chroma: Vec<f32> = a.iter().zip(&b).map(|(a, b)| a.hypot(*b)).collect();
            small.visible(&chroma).map(f64::from).sum::<f64>() / small.visible(&chroma).count().max(1) as f64
        };
        let target = f64::from(self.target);
        if mean(0.0) >= target {
            return with(0.0);
        }
        let (mut vibrance, mut step) = (0.0, 0.5);
        for _ in 0..HALVINGS {
            if mean(vibrance + step) < target {
                vibrance += step;
            }
            step *= 0.5;
        }
        // Mended or meant, nothing between: half of it would be followed by the rest with the next run.
        with(if vibrance <= MOST { vibrance } else { 0.0 })
    }
}

struct Vibrance(Saturate);

impl Pointwise for Vibrance {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [l, a, b] = row.colour;
        if self.0.vibrance > 0.0 {
            chroma::saturate(level, l, a, b, self.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Rgb;
    use crate::test_support::Random;

    fn found(spread: f32) -> f32 {
        let mut random = Random::new("auto vibrance");
        let size = Size::new(32, 32).unwrap();
        let mut colour: [Vec<f32>; 3] = Default::default();
        for _ in 0..size.pixels() {
            let rgb = Rgb(std::array::from_fn(|_| 0.5 + spread * (random.unit() - 0.5)));
            colour.iter_mut().zip(rgb.to(Encoding::Linear)).for_each(|(plane, v)| plane.push(v));
        }
        let small = Reduced { size, colour, seen: vec![true; size.pixels()] };
        Lack { target: 0.06, skin: 0.8 }.find(&small, Level::PLAIN).vibrance
    }

    #[test]
    fn weak_colours_come_up_rich_and_grey_ones_stay() {
        assert!((0.02..=MOST).contains(&found(0.3)), "{}", found(0.3));
        assert_eq!([found(0.9), found(0.02)], [0.0, 0.0]);
    }
}
