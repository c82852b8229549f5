//! Shock: forms drawn together and cut sharp, like a poster painted with a broad brush.

use crate::error::Result;
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::paint::{Crisp, Guide, Shock as Filter, grid_for, shock};
use crate::pixel::{Picture, Size};

/// Smooths along the forms and sharpens across them.
pub(crate) struct Shock;

impl Operator for Shock {
    fn name(&self) -> &'static str {
        "shock"
    }

    fn about(&self) -> &'static str {
        "Smooths along the forms and sharpens across them, over and over: flowing shapes with sharp edges."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "rounds",
                kind: Kind::Integer { min: 1, max: 12 },
                default: "4",
                about: "How often.",
            },
            Param {
                name: "along",
                kind: Kind::Length { min: 0.3, max: 30.0 },
                default: "4",
                about: "How far it smooths along the forms.",
            },
            Param {
                name: "side",
                kind: Kind::Length { min: 0.3, max: 20.0 },
                default: "1.8",
                about: "How large a shape must be to be kept.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            rounds: values.integer("rounds") as u32,
            along: values.length("along"),
            side: values.length("side"),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let share = (1024.0 * 1024.0 / size.area() as f64).min(1.0);
        let rounds = values.integer("rounds") as f64;
        Cost::per_pixel(size, 100.0 + 900.0 * rounds * share, 8.0 + 140.0 * share)
    }
}

struct Bound {
    rounds: u32,
    along: Length,
    side: Length,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let size = picture.size();
        // A side of 1.6 samples is as fine as the second derivative can tell; six is what `grid_for` aims at.
        let side = self.side.pixels(size);
        let Guide { study, .. } = Guide::at_most(&picture, grid_for(size, side * 3.75), context)?;
        let sheet = Sheet::of(&picture, &[], step)?;
        drop(picture);
        let scale = study.size().longer() as f32 / size.longer() as f32;
        let filter = Filter {
            rounds: self.rounds,
            along: (self.along.pixels(size) * scale).max(0.3),
            side: (side * scale).max(0.3),
        };
        let unit = study.unit;
        let planes = shock([study.light, study.a, study.b], &filter, unit, context)?;
        let crisp = Crisp::new(planes, context)?;
        let crisp = crisp.at(sheet.size());
        sheet.fill_oklab(context, |level, y, between, out| crisp.row(level, y, between, out))
    }
}
