//! Vignette: less light towards the corners, as a lens gives.
//!
//! A simple lens passes light by the fourth power of the cosine of the angle it comes in at, which is
//! `1 / (1 + tan²)²`. The fall-off here has that form, in linear light, with a start and a length of one's choice.

use crate::color::Rgb;
use crate::kernel::{Level, vignette};
use crate::op::{Action, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::{Encoding, Size};

/// Darkens the corners.
pub(crate) struct Vignette;

impl Operator for Vignette {
    fn name(&self) -> &'static str {
        "vignette"
    }

    fn about(&self) -> &'static str {
        "Darkens the picture towards its corners, as a lens does."
    }

    fn params(&self) -> &'static [Param] {
        const SHARE: Kind = Kind::Number { min: 0.0, max: 1.0 };
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: -3.0, max: 5.0 },
                default: "0.8",
                about: "Stops of light lost where the fall-off ends; below 0 they are gained.",
            },
            Param {
                name: "size",
                kind: SHARE,
                default: "0.25",
                about: "How much of the way to the corner is left alone.",
            },
            Param {
                name: "roundness",
                kind: SHARE,
                default: "0.3",
                about: "0 follows the frame, 1 is a circle.",
            },
            Param {
                name: "feather",
                kind: Kind::Number { min: 0.05, max: 1.5 },
                default: "0.85",
                about: "The way over which the light falls off; 1 is from the middle to the corner.",
            },
            Param {
                name: "color",
                kind: Kind::Colors { min: 1, max: 1 },
                default: "\"#000000\"",
                about: "What it falls off to.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let Rgb(channels) = values.colors("color")[0];
        Action::Pointwise(Box::new(Falloff {
            strength: (values.number("amount") * 0.5).exp2() - 1.0,
            size: values.number("size"),
            roundness: values.number("roundness"),
            feather: values.number("feather"),
            colour: values.colors("color")[0].to(Encoding::Linear),
            grey: channels[0] == channels[1] && channels[1] == channels[2],
        }))
    }
}

struct Falloff {
    strength: f32,
    size: f32,
    roundness: f32,
    feather: f32,
    colour: [f32; 3],
    grey: bool,
}

impl Falloff {
    fn shape(&self, size: Size) -> vignette::Shape {
        let half = [size.width(), size.height()].map(|side| (side as f32 * 0.5).powi(2));
        let circle = (half[0] + half[1]) * 0.5;
        let square = half.map(|half| half + (circle - half) * self.roundness);
        vignette::Shape {
            middle: (size.width() as f32 - 1.0) * 0.5,
            across: 0.5 / square[0],
            down: 0.5 / square[1],
            start: self.size,
            ramp: 1.0 / self.feather,
            strength: self.strength,
        }
    }
}

impl Pointwise for Falloff {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        self.grey
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let mut gain = vec![1.0; row.size.width()];
        let dy = row.y as f32 - (row.size.height() as f32 - 1.0) * 0.5;
        vignette::falloff(level, &mut gain, &self.shape(row.size), dy);
        for (channel, colour) in row.colour.into_iter().zip(self.colour) {
            vignette::dim(level, channel, &gain, colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gains(w: u32, h: u32, roundness: f32) -> Vec<f32> {
        let falloff = Falloff {
            strength: 1.0f32.exp2() - 1.0,
            size: 0.0,
            roundness,
            feather: 1.0,
            colour: [0.0; 3],
            grey: true,
        };
        let size = Size::new(w, h).unwrap();
        let mut all = Vec::new();
        for y in 0..h as usize {
            let mut rows = [vec![1.0; w as usize], vec![1.0; w as usize], vec![1.0; w as usize]];
            let colour = rows.each_mut().map(|row| &mut row[..]);
            falloff.row(Level::detect(), Row { colour, y, size, seed: 0 });
            all.extend_from_slice(&rows[0]);
        }
        all
    }

    #[test]
    fn the_corner_loses_the_stops_asked_for_and_the_middle_none() {
        let gains = gains(401, 301, 0.0);
        assert!((gains[150 * 401 + 200] - 1.0).abs() < 1e-6);
        assert!((gains[0] - 0.25).abs() < 0.01, "two stops: {}", gains[0]);
        assert!((gains[0] - gains[gains.len() - 1]).abs() < 1e-6, "all corners alike");
    }

    #[test]
    fn a_circle_is_one_and_a_single_pixel_is_safe() {
        let gains = gains(301, 201, 1.0);
        assert!((gains[100 * 301 + 50] - gains[150]).abs() < 1e-5, "100 to the left as 100 up");
        assert!(self::gains(1, 1, 0.5)[0] > 0.99);
    }
}
