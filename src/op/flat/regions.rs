//! Regions: the picture drawn anew as flat shapes of few colours.

use super::clarify::clarify;
use super::draw::draw;
use super::shapes::Look;
use crate::error::{Error, Result};
use crate::op::{Action, Cost, Kind, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Alpha, Picture, Size};
use crate::region::Outline;

/// Draws the picture anew as flat shapes of few colours.
pub(crate) struct Flat;

impl Operator for Flat {
    fn name(&self) -> &'static str {
        "regions"
    }

    fn about(&self) -> &'static str {
        "Draws the picture anew as flat shapes of few colours, with clean, smooth borders."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let clarify = values.number("clarify");
        Action::Whole(Box::new(Bound { look: Look::new(values), clarify }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let detail = values.integer("detail") as f64;
        let share = (detail / size.longer() as f64).powi(2).min(1.0);
        Cost::per_pixel(size, 120.0 + 5000.0 * share, 16.0 + 200.0 * share)
    }
}

const PARAMS: &[Param] = &[
    Param {
        name: "colors",
        kind: Kind::Integer { min: 1, max: 64 },
        default: "10",
        about: "How many colours, at most.",
    },
    Param {
        name: "detail",
        kind: Kind::Integer { min: 64, max: 2048 },
        default: "768",
        about: "The longer side, in pixels, of the copy in which shapes are found; they are drawn at full size.",
    },
    Param {
        name: "fine",
        kind: Kind::Length { min: 0.0, max: 16.0 },
        default: "1.5",
        about: "Things smaller than about twice this go before shapes are looked for; 0 keeps all.",
    },
    Param {
        name: "simplify",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.3",
        about: "How readily shapes that differ little become one.",
    },
    Param {
        name: "shapes",
        kind: Kind::Integer { min: 1, max: 20_000 },
        default: "1000",
        about: "How many shapes, at most; it matters in pictures that are full of things.",
    },
    Param {
        name: "care",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.3",
        about: "How much longer what draws the eye keeps its shapes than the rest.",
    },
    Param {
        name: "smooth",
        kind: Kind::Length { min: 0.0, max: 16.0 },
        default: "3.5",
        about: "How calm borders are: bends smaller than this go.",
    },
    Param {
        name: "sliver",
        kind: Kind::Length { min: 0.0, max: 32.0 },
        default: "10",
        about: "Seams of an in-between colour thinner than this go to the shapes on either side.",
    },
    Param {
        name: "island",
        kind: Kind::Number { min: 0.0, max: 5.0 },
        default: "0.03",
        about: "Shapes smaller than this go to a neighbour, in percent of the picture.",
    },
    Param {
        name: "accents",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.5",
        about: "How much say small shapes have when colours are chosen: at 0 by area, at 1 all the same.",
    },
    Param {
        name: "clarify",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.6",
        about: "How far colours are made fresher and set apart in lightness; 0 keeps them as they were found.",
    },
];

struct Bound {
    look: Look,
    clarify: f32,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        if picture.alpha() == Alpha::Premultiplied {
            return Err(Error::unsupported(
                "a premultiplied picture cannot be drawn in regions",
                "give it straight alpha first",
            ));
        }
        let mut design = self.look.design(&picture, step)?;
        clarify(&mut design, self.clarify);
        let outline = Outline::new(&design.labels, design.smooth, picture.size());
        draw(picture, &outline, &design.colours, step)
    }
}
