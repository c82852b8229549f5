//! Varnish: the amber that lies over old paintings, thicker here than there.
//!
//! A clear layer that lets one colour through takes from the light by its thickness (Bouguer and Lambert's law), so
//! white turns amber and black stays black; resin also scatters a little and lifts the deepest darks.

use crate::color::Rgb;
use crate::error::Result;
use crate::kernel::Level;
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};
use crate::texture::Noise;

/// Lays varnish over the picture.
pub(crate) struct Varnish;

impl Operator for Varnish {
    fn name(&self) -> &'static str {
        "varnish"
    }

    fn about(&self) -> &'static str {
        "Lays aged varnish over the picture: amber in the lights, uneven, a little veil over the darks."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 2.0 },
                default: "0.35",
                about: "How thick it lies.",
            },
            Param {
                name: "color",
                kind: Kind::Colors { min: 1, max: 1 },
                default: "#e0a84e",
                about: "What white looks like under an amount of 1.",
            },
            Param {
                name: "uneven",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.35",
                about: "How much thicker it lies in one place than in another.",
            },
            Param {
                name: "veil",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.15",
                about: "How much it scatters light over the darks.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Bound {
            amount: values.number("amount"),
            colour: match values.colors("color") {
                [colour, ..] => *colour,
                [] => Rgb([1.0; 3]),
            },
            uneven: values.number("uneven"),
            veil: values.number("veil"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 40.0, 0.0)
    }
}

struct Bound {
    amount: f32,
    colour: Rgb,
    uneven: f32,
    veil: f32,
}

impl Measured for Bound {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let size = picture.size();
        let noise = |cell: f32, key: u64| Noise::new(size, [cell, cell * 1.3], step.seed ^ key);
        let colour = self.colour.to(Encoding::Linear);
        Ok(Box::new(Coat {
            // The logarithm of what passes; a channel that passes nothing still passes a thousandth.
            taken: colour.map(|c| c.clamp(1e-3, 1.0).ln() * self.amount),
            veil: colour.map(|c| 0.012 * c * self.veil * self.amount),
            uneven: self.uneven,
            hills: [noise(150.0, 0x41), noise(34.0, 0x42)],
        }))
    }
}

struct Coat {
    taken: [f32; 3],
    veil: [f32; 3],
    uneven: f32,
    hills: [Noise; 2],
}

impl Pointwise for Coat {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        self.taken[0] == self.taken[1] && self.taken[1] == self.taken[2]
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let width = row.size.width();
        let (mut thick, mut scratch) = (vec![0f32; width], vec![0f32; width]);
        self.hills[0].add(level, row.y as i64, 0.4 * self.uneven, &mut thick, &mut scratch);
        self.hills[1].add(level, row.y as i64, 0.15 * self.uneven, &mut thick, &mut scratch);
        for (channel, (taken, veil)) in row.colour.into_iter().zip(self.taken.into_iter().zip(self.veil)) {
            // e^(t·d) by its first terms about the mean thickness: d is small, and this is exact at d = 0.
            let mean = taken.exp();
            for (value, d) in channel.iter_mut().zip(&thick) {
                let x = taken * d.clamp(-1.0, 1.0);
                let passes = mean * (1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0))));
                *value = *value * passes + veil;
            }
        }
    }
}
