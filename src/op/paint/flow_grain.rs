//! Flow grain: streaks that run with the forms, as bristles leave them.
//!
//! Noise averaged along the flow (line integral convolution: Cabral & Leedom, "Imaging vector fields using line
//! integral convolution", 1993) is smooth along it and rough across. Laid on lightness it is the trace of a dry
//! brush, on colour it breaks a tone into threads of warm and cool; where nothing has a direction the flow may be stirred, and
//! a sky swirls.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::line::{Enlarger, Smoothness, along, rows};
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::paint::Guide;
use crate::pixel::{Encoding, Picture, Plane, Size};
use crate::texture::Noise;

/// Lays streaks along the forms.
pub(crate) struct FlowGrain;

impl Operator for FlowGrain {
    fn name(&self) -> &'static str {
        "flow_grain"
    }

    fn about(&self) -> &'static str {
        "Lays streaks along the forms, as the bristles of a brush leave them (line integral convolution)."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.35",
                about: "How much lighter and darker streaks are.",
            },
            Param {
                name: "colour",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.2",
                about: "How much warmer and cooler they are.",
            },
            Param {
                name: "length",
                kind: Kind::Length { min: 1.0, max: 80.0 },
                default: "14",
                about: "How long streaks are.",
            },
            Param {
                name: "width",
                kind: Kind::Length { min: 0.5, max: 12.0 },
                default: "1.2",
                about: "How wide streaks are.",
            },
            Param {
                name: "swirl",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0",
                about: "How much the flow is stirred where nothing gives it a direction.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Bound {
            amount: 0.12 * values.number("amount"),
            colour: 0.1 * values.number("colour"),
            length: values.length("length"),
            width: values.length("width"),
            swirl: values.number("swirl"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        let share = (1024.0 * 1024.0 / size.area() as f64).min(1.0);
        Cost::per_pixel(size, 60.0 + 600.0 * share, 8.0 + 60.0 * share)
    }
}

struct Bound {
    amount: f32,
    colour: f32,
    length: Length,
    width: Length,
    swirl: f32,
}

impl Measured for Bound {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let context = step.work;
        let guide = Guide::open(picture, context)?;
        let unit = guide.unit();
        let to_units = 1024.0 / picture.size().longer() as f32;
        let length = self.length.pixels(picture.size()) * to_units * unit;
        let width = self.width.pixels(picture.size()) * to_units;
        let flow = if self.swirl > 0.0 {
            let hills = Noise::new(guide.flow.size(), [110.0, 110.0], step.seed ^ 0x77);
            let height = rows(guide.flow.size(), context, |y, row| hills.row(context.level, y as i64, row))?;
            guide.flow.stirred(&height, self.swirl)
        } else {
            guide.flow.clone()
        };
        context.limits.admit(picture.size(), 8)?;
        let streak = |key: u64| -> Result<Plane> {
            let small = streaks(guide.size(), width, length, step.seed ^ key, &flow, context)?;
            let enlarger = Enlarger::new(&small, picture.size(), Smoothness::Smooth);
            rows(picture.size(), context, |y, row| enlarger.row(context.level, y, &mut Vec::new(), row))
        };
        Ok(Box::new(Streaked {
            light: streak(0x71)?,
            warm: streak(0x72)?,
            amount: self.amount,
            colour: self.colour,
        }))
    }
}

/// Noise along the flow, of variance about 1.
fn streaks(
    size: Size,
    width: f32,
    length: f32,
    seed: u64,
    flow: &crate::line::Flow,
    context: &Context,
) -> Result<Plane> {
    let noise = Noise::new(size, [0.5 * width; 2], seed);
    let plane = rows(size, context, |y, row| noise.row(context.level, y as i64, row))?;
    let mut plane = along(&plane, flow, 0.4 * length, f32::MIN, context)?;
    let squares: f64 = plane.samples().iter().map(|v| f64::from(*v).powi(2)).sum();
    let gain = (1.0 / (squares / plane.samples().len() as f64).sqrt().max(1e-3)) as f32;
    plane.samples_mut().iter_mut().for_each(|v| *v *= gain);
    Ok(plane)
}

struct Streaked {
    light: Plane,
    warm: Plane,
    amount: f32,
    colour: f32,
}

impl Pointwise for Streaked {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        self.colour == 0.0
    }

    fn row(&self, _level: Level, row: Row<'_>) {
        let [light, a, b] = row.colour;
        for (light, streak) in light.iter_mut().zip(self.light.row(row.y)) {
            // Neither black nor white has room for more.
            *light += self.amount * streak * (4.0 * *light * (1.0 - *light)).clamp(0.15, 1.0);
        }
        if self.colour == 0.0 {
            return;
        }
        for ((a, b), streak) in a.iter_mut().zip(b).zip(self.warm.row(row.y)) {
            *a += 0.35 * self.colour * streak * 0.4;
            *b += self.colour * streak * 0.4;
        }
    }
}
