//! Surface: the picture as if printed on paper, canvas, silk or washi, seen in raking light.
//!
//! Ink lies on the ground and takes its light, so the light of the picture is multiplied by that of the ground, in
//! linear light: hollows and the far sides of threads darken every tone alike, and black stays black.

use crate::error::Result;
use crate::kernel::{Level, relief};
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Plane, Size};
use crate::texture::{Ground, Light, Material};

/// How far below the brightest white lies, so that lit slopes can be seen on it.
const ROOM: f32 = 0.05;

/// Lays a picture on a ground.
pub(crate) struct Surface;

impl Operator for Surface {
    fn name(&self) -> &'static str {
        "surface"
    }

    fn about(&self) -> &'static str {
        "Shows the picture as if it lay on paper, canvas, silk or washi, in raking light."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "material",
                kind: Kind::Choice(&["paper", "canvas", "silk", "washi"]),
                default: "paper",
                about: "Cold-pressed paper, linen canvas, painting silk, or long-fibred washi.",
            },
            Param {
                name: "scale",
                kind: Kind::Length { min: 0.25, max: 64.0 },
                default: "3",
                about: "The size of a bump of paper, or the distance from thread to thread.",
            },
            Param {
                name: "relief",
                kind: Kind::Number { min: 0.0, max: 3.0 },
                default: "1",
                about: "How deep it looks.",
            },
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.7",
                about: "How much of the ground shows.",
            },
            Param {
                name: "angle",
                kind: Kind::Number { min: 0.0, max: 360.0 },
                default: "135",
                about: "Where the light comes from, in degrees: 0 from the right, 90 from above.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Bound {
            material: match values.choice("material") {
                "canvas" => Material::Canvas,
                "silk" => Material::Silk,
                "washi" => Material::Washi,
                _ => Material::Paper,
            },
            scale: values.length("scale"),
            light: Light { angle: values.number("angle"), relief: values.number("relief"), stain: 1.0 },
            amount: values.number("amount"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 500.0, 4.0)
    }
}

struct Bound {
    material: Material,
    scale: Length,
    light: Light,
    amount: f32,
}

impl Measured for Bound {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let size = picture.size();
        step.work.limits.admit(size, 4)?;
        let scale = self.scale.pixels(size) * 1024.0 / size.longer() as f32;
        let ground = Ground { material: self.material, scale, seed: step.seed };
        Ok(Box::new(Laid { ground: ground.lit(size, self.light, step.work)?, amount: self.amount }))
    }
}

struct Laid {
    ground: Plane,
    amount: f32,
}

impl Pointwise for Laid {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        for channel in row.colour {
            relief::lay(level, channel, self.ground.row(row.y), self.amount, ROOM);
        }
    }
}
