//! Bloom: bright light bleeds into its surroundings, as in a lens that is not quite clean.
//!
//! Light scattered in a lens falls off in a narrow core and a wide skirt, which four Gaussians of growing sigma follow. In
//! linear light, with lamps taken to be brighter than white (see [`crate::kernel::glow`]), and what bleeds is taken from
//! what shines: an even bright sky stays as it is, and no veil is laid over the picture.

use crate::error::Result;
use crate::filter::glow::{Channels, Glow, Shining, Spread, cell};
use crate::kernel::{Level, glow};
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};

/// Sigmas in radii, and how much of the light each gets.
const PROFILE: [(f32, f32); 4] = [(0.25, 0.36), (0.5, 0.3), (1.0, 0.23), (2.5, 0.11)];

/// Lets highlights bleed.
pub(crate) struct Bloom;

impl Operator for Bloom {
    fn name(&self) -> &'static str {
        "bloom"
    }

    fn about(&self) -> &'static str {
        "Lets bright light bleed softly into its surroundings."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.1",
                about: "How much of the bright light strays.",
            },
            Param {
                name: "radius",
                kind: Kind::Length { min: 1.0, max: 200.0 },
                default: "24",
                about: "How far it strays.",
            },
            Param {
                name: "threshold",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.65",
                about: "The light from which on a pixel counts as bright, 1 being white.",
            },
            Param {
                name: "softness",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.5",
                about: "How gradually it begins to count.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Blooming {
            amount: values.number("amount"),
            radius: values.length("radius"),
            shining: shining(values),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        cost(values.length("radius").pixels(size) * PROFILE[0].0, PROFILE.len(), 4, size)
    }
}

/// What counts as bright: half of it at the threshold, all of it at white at the latest.
pub(super) fn shining(values: &Values) -> Shining {
    let threshold = values.number("threshold");
    let reach = (threshold * values.number("softness")).max(0.01);
    let (from, to) = (threshold - reach, (threshold + reach).min(1.0));
    Shining { from, ramp: 1.0 / (to - from).max(0.01) }
}

/// Two passes over the picture, and so many blurs of so many planes on the grid.
pub(super) fn cost(narrowest: f32, blurs: usize, planes: usize, size: Size) -> Cost {
    let cells = 1.0 / (cell(narrowest) as f64).powi(2);
    let (blurs, planes) = (blurs as f64, planes as f64);
    Cost::per_pixel(size, 50.0 + 12.0 * blurs * planes * cells, 8.0 * planes * cells)
}

/// The Gaussians of a profile at a radius in pixels.
pub(super) fn spreads(profile: &[(f32, f32)], radius: f32) -> Vec<Spread> {
    profile.iter().map(|(sigma, part)| Spread { sigma: sigma * radius, part: *part }).collect()
}

struct Blooming {
    amount: f32,
    radius: Length,
    shining: Shining,
}

impl Measured for Blooming {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let spreads = spreads(&PROFILE, self.radius.pixels(picture.size()));
        let glow = Glow::new(picture, (self.shining, Channels::Each), &spreads, step.work)?;
        Ok(Box::new(Bled { glow, shining: self.shining, amount: self.amount }))
    }
}

struct Bled {
    glow: Glow,
    shining: Shining,
    amount: f32,
}

impl Pointwise for Bled {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let mut arriving = vec![vec![0.0; row.size.width()]; 3];
        self.glow.row(level, row.y, &mut arriving);
        if let [r, g, b] = &arriving[..] {
            glow::bloom(level, row.colour, [r, g, b], self.shining, self.amount);
        }
    }
}
