//! Local equalisation of tones, in lightness: colours keep their hue.

use crate::error::Result;
use crate::filter::{Clahe, Maps};
use crate::kernel::{Level, lightness};
use crate::op::reduced::Reduced;
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Plane, Size};

/// The longer side of the picture that is measured.
const LONGER: u32 = 1024;

/// Equalises tones tile by tile.
pub(crate) struct Equalise;

impl Operator for Equalise {
    fn name(&self) -> &'static str {
        "clahe"
    }

    fn about(&self) -> &'static str {
        "Spreads the tones of each part of the picture evenly, with a limit on contrast."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.5",
                about: "How much of the picture gives way: 0 none of it, 1 all.",
            },
            Param {
                name: "tiles",
                kind: Kind::Integer { min: 1, max: 64 },
                default: "8",
                about: "Tiles along the longer side.",
            },
            Param {
                name: "limit",
                kind: Kind::Number { min: 1.0, max: 40.0 },
                default: "2.5",
                about: "The most any tone may count, as a multiple of the mean: more is more contrast, and more noise.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Equalising {
            how: Clahe { tiles: values.integer("tiles") as usize, limit: values.number("limit") },
            amount: values.number("amount"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 50.0, 0.0)
    }
}

struct Equalising {
    how: Clahe,
    amount: f32,
}

impl Measured for Equalising {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let small = Reduced::new(picture, LONGER, step)?;
        let mut tones = small.lightness(step);
        // What cannot be seen is not a number, and so no tone of its own: it counts as black, of which there is a limit.
        tones.iter_mut().zip(&small.seen).filter(|(_, seen)| !**seen).for_each(|(tone, _)| *tone = 0.0);
        let plane = Plane::new(small.size, tones).expect("a tone for each pixel");
        let maps = Maps::new(&plane, self.how, step.work)?;
        Ok(Box::new(Equalised { maps, amount: self.amount }))
    }
}

struct Equalised {
    maps: Maps,
    amount: f32,
}

impl Pointwise for Equalised {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [r, g, b] = row.colour;
        let (mut old, mut new) = (vec![0.0; r.len()], vec![0.0; r.len()]);
        lightness::lightness(level, r, g, b, &mut old);
        self.maps.row(level, (row.y, row.size.height()), &old, &mut new);
        new.iter_mut().zip(&old).for_each(|(new, old)| *new = old + self.amount * (*new - old));
        lightness::relight(level, r, g, b, &old, &new);
    }
}
