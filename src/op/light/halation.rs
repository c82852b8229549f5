//! Halation: the red glow around highlights on film.
//!
//! Strong light goes through the emulsion, is thrown back by the base behind it and exposes it again from below, some way
//! off. It meets the layer for red first and that for blue last, if at all: hence a reddish rim. It shows only where
//! more light comes back than came in, so lamps stay white. Film without a layer to swallow that light has much of it.

use super::bloom::{cost, shining, spreads};
use crate::color::Rgb;
use crate::error::Result;
use crate::filter::glow::{Channels, Glow, Shining};
use crate::kernel::{Level, glow};
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};

/// Sigmas in radii, and how much of the light each gets.
const PROFILE: [(f32, f32); 2] = [(0.5, 0.6), (1.0, 0.4)];

/// How much the light of each channel counts: blue hardly reaches the base.
const THROUGH: [f32; 3] = [0.5, 0.4, 0.1];

/// Adds a red glow around highlights.
pub(crate) struct Halation;

impl Operator for Halation {
    fn name(&self) -> &'static str {
        "halation"
    }

    fn about(&self) -> &'static str {
        "Adds the reddish glow that film shows around highlights."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.1",
                about: "How much of the bright light is thrown back.",
            },
            Param {
                name: "radius",
                kind: Kind::Length { min: 1.0, max: 100.0 },
                default: "12",
                about: "How far from the highlight it comes back.",
            },
            Param {
                name: "threshold",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.75",
                about: "The light from which on a pixel counts as a highlight, 1 being white.",
            },
            Param {
                name: "softness",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.3",
                about: "How gradually it begins to count.",
            },
            Param {
                name: "tint",
                kind: Kind::Colors { min: 1, max: 1 },
                default: "\"#ff5a26\"",
                about: "The colour of the glow.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let amount = values.number("amount");
        let Rgb(tint) = values.colors("tint")[0];
        Action::Measured(Box::new(Halating {
            radius: values.length("radius"),
            shining: shining(values),
            tint: values.colors("tint")[0].to(Encoding::Linear).map(|channel| channel * amount),
            grey: tint[0] == tint[1] && tint[1] == tint[2],
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        cost(values.length("radius").pixels(size) * PROFILE[0].0, PROFILE.len(), 2, size)
    }
}

struct Halating {
    radius: Length,
    shining: Shining,
    /// In linear light, times the amount.
    tint: [f32; 3],
    grey: bool,
}

impl Measured for Halating {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let spreads = spreads(&PROFILE, self.radius.pixels(picture.size()));
        let glow = Glow::new(picture, (self.shining, Channels::Mixed(THROUGH)), &spreads, step.work)?;
        Ok(Box::new(Halated { glow, shining: self.shining, tint: self.tint, grey: self.grey }))
    }
}

struct Halated {
    glow: Glow,
    shining: Shining,
    tint: [f32; 3],
    grey: bool,
}

impl Pointwise for Halated {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        self.grey
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let mut arriving = vec![vec![0.0; row.size.width()]];
        self.glow.row(level, row.y, &mut arriving);
        glow::halate(level, row.colour, &arriving[0], self.shining, THROUGH, self.tint);
    }
}
