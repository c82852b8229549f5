//! A carved seal in red paste, pressed on the free area nearest to a golden section.

use crate::color::Rgb;
use crate::error::Result;
use crate::kernel::Level;
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::paint::seal::{Face, place};
use crate::pixel::{Encoding, Picture, Size};

/// Presses a seal.
pub(crate) struct Seal;

impl Operator for Seal {
    fn name(&self) -> &'static str {
        "seal"
    }

    fn about(&self) -> &'static str {
        "Presses a carved red seal on the free area nearest to a golden section."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "size",
                kind: Kind::Length { min: 4.0, max: 300.0 },
                default: "44",
                about: "How wide the seal is.",
            },
            Param {
                name: "carving",
                kind: Kind::Choice(&["standing", "cut"]),
                default: "standing",
                about: "Signs left standing, which print red; or cut away, which stay paper.",
            },
            Param {
                name: "wear",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.6",
                about: "How worn the stone is, and how unevenly the paste takes.",
            },
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.92",
                about: "How thick the paste is; 0: no seal.",
            },
            Param {
                name: "color",
                kind: Kind::Colors { min: 1, max: 1 },
                default: "#b5342b",
                about: "The colour of the paste.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Bound {
            size: values.length("size"),
            standing: values.choice("carving") == "standing",
            wear: values.number("wear"),
            amount: values.number("amount"),
            colour: values.colors("color").first().map_or([0.0; 3], |Rgb(colour)| *colour),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 30.0, 1.0)
    }
}

struct Bound {
    size: Length,
    standing: bool,
    wear: f32,
    amount: f32,
    colour: [f32; 3],
}

impl Measured for Bound {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let size = picture.size();
        let longer = size.longer() as f32;
        let side = (self.size.pixels(size) / longer).min(0.5);
        let corner = place(picture, side, step.work)?;
        Ok(Box::new(Pressed {
            face: Face::new(self.standing, self.wear, (step.seed ^ step.seed >> 32) as u32),
            corner: corner.map(|v| v * longer),
            side: side * longer,
            amount: self.amount,
            colour: self.colour,
        }))
    }
}

/// A seal where it is pressed, in pixels.
struct Pressed {
    face: Face,
    corner: [f32; 2],
    side: f32,
    amount: f32,
    colour: [f32; 3],
}

impl Pointwise for Pressed {
    fn encoding(&self) -> Encoding {
        Encoding::Srgb
    }

    fn keeps_grey(&self) -> bool {
        false
    }

    fn row(&self, _level: Level, mut row: Row<'_>) {
        let [left, top] = self.corner;
        let v = (row.y as f32 + 0.5 - top) / self.side;
        if !(-0.05..1.05).contains(&v) {
            return;
        }
        let width = row.colour[0].len();
        let from = (left.max(0.0) as usize).min(width);
        let to = ((left + self.side + 1.0).max(0.0) as usize).min(width);
        for x in from..to {
            let u = (x as f32 + 0.5 - left) / self.side;
            let paste = self.amount * self.face.print(u, v, 1.0 / self.side);
            for (channel, colour) in row.colour.iter_mut().zip(self.colour) {
                channel[x] += paste * (colour - channel[x]);
            }
        }
    }
}
