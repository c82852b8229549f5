//! Unsharp mask on lightness; see [`crate::filter::unsharp`] for how it is kept from halos and noise.
//!
//! On Oklab lightness, applied as an exposure for each pixel: edges between colours get no fringes.

use crate::error::Result;
use crate::filter::pyramid::fill;
use crate::filter::{self, Unsharp, lightness, opacity};
use crate::kernel::{Level, lightness as rows};
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Plane, Size};

/// Makes edges steeper.
pub(crate) struct UnsharpMask;

impl Operator for UnsharpMask {
    fn name(&self) -> &'static str {
        "unsharp"
    }

    fn about(&self) -> &'static str {
        "Sharpens edges and texture without halos, and leaves noise as it is."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 5.0 },
                default: "0.7",
                about: "How much sharper: 1 doubles the finest detail.",
            },
            Param {
                name: "radius",
                kind: Kind::Length { min: 0.0, max: 50.0 },
                default: "0.8",
                about: "How far what is sharpened reaches; about as far as the picture is blurred.",
            },
            Param {
                name: "threshold",
                kind: Kind::Number { min: 0.0, max: 0.5 },
                default: "0.02",
                about: "Neighbours whose lightness lies less than this apart are left alone.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Sharpening {
            amount: values.number("amount"),
            radius: values.length("radius"),
            threshold: values.number("threshold"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 70.0, 16.0)
    }
}

struct Sharpening {
    amount: f32,
    radius: Length,
    threshold: f32,
}

impl Measured for Sharpening {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let mut plane = lightness(picture, step.work)?;
        if let Some(alpha) = opacity(picture, step.work)? {
            fill(&mut plane, &alpha, step.work)?;
        }
        let sigma = self.radius.pixels(picture.size());
        let how = Unsharp { sigma, amount: self.amount, threshold: self.threshold };
        Ok(Box::new(Sharpened(filter::unsharp(&plane, &how, step.work)?)))
    }
}

struct Sharpened(Plane);

impl Pointwise for Sharpened {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [r, g, b] = row.colour;
        let mut old = vec![0.0; r.len()];
        rows::lightness(level, r, g, b, &mut old);
        rows::relight(level, r, g, b, &old, self.0.row(row.y));
    }
}
