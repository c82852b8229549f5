//! Pen: a contour in ink, and tone from layers of strokes across one another.

use super::ink::Ink;
use super::said::{FOLLOW, LINES, TONE, cost, folded, slant, units};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing as kernel;
use crate::line::{Hatching, Pen, PenDrawing, PenTone, Raster, Smoothness};
use crate::op::sheet::{BAND, Sheet};
use crate::op::{Action, Cost, Kind, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Size};

/// Draws with pen and ink.
pub(crate) struct Hatch;

const PARAMS: &[Param] = &[
    Param {
        name: "spacing",
        kind: Kind::Length { min: 2.0, max: 60.0 },
        default: "4.3",
        about: "From stroke to stroke.",
    },
    Param {
        name: "layers",
        kind: Kind::Integer { min: 1, max: 4 },
        default: "4",
        about: "How many layers cross one another; 1: parallel strokes alone.",
    },
    TONE,
    LINES,
    Param {
        name: "angle",
        kind: Kind::Number { min: 0.0, max: 180.0 },
        default: "46",
        about: "How strokes lie where no form leads them, in degrees: 0 level, 90 upright.",
    },
    Param { default: "0.75", ..FOLLOW },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#1c1b22",
        about: "The colour of the ink.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#faf7f0",
        about: "The colour of the sheet.",
    },
];

/// What ink leaves no paper of, where it lies.
const OPAQUE: f32 = 0.93;

impl Operator for Hatch {
    fn name(&self) -> &'static str {
        "hatch"
    }

    fn about(&self) -> &'static str {
        "Draws the picture with a pen: contour, and tone from strokes that follow the forms and cross."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            hatching: values.clone(),
            tone: values.number("tone"),
            lines: values.number("lines"),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        cost(size, 150.0, 1200.0, 8.0)
    }
}

/// How these values of the operator `hatch` lay strokes in a picture of this size.
pub fn hatching(values: &Values, size: Size) -> Hatching {
    Hatching {
        spacing: units(values.length("spacing"), size),
        layers: values.integer("layers") as usize,
        slant: slant(values),
        follow: values.number("follow"),
        seed: 0,
    }
}

struct Bound {
    hatching: Values,
    tone: f32,
    lines: f32,
    ink: Ink,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let options = Hatching { seed: folded(step.seed), ..hatching(&self.hatching, picture.size()) };
        let PenDrawing { contour: lines, tone } = PenDrawing::new(&picture, self.tone, &options, context)?;
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        drop(picture);
        let size = sheet.size();
        let scale = size.longer() as f32 / 1024.0;
        let (even, strokes) = match &tone {
            PenTone::Even(dark) => (Some(dark), &[][..]),
            PenTone::Strokes(strokes) => (None, &strokes[..]),
        };
        let rasters: Vec<_> =
            strokes.iter().map(|s| Raster::new(s, size, Pen { scale, soft: 1.0 })).collect();
        let mut planes = vec![(&lines, Smoothness::Smooth)];
        planes.extend(even.map(|dark| (dark, Smoothness::Straight)));
        let width = size.width();
        sheet.fill_bands(
            &planes,
            context,
            |band, rows| covered(&rasters, band, width * rows, context),
            |covered, y, rows, out| {
                let cover = &mut covered[y % BAND * width..][..width];
                if let [_, dark] = rows {
                    cover.copy_from_slice(dark);
                }
                kernel::press(context.level, &mut rows[0], 2.2 * self.lines, 0.94);
                kernel::over(context.level, cover, &rows[0]);
                for (channel, out) in out.iter_mut().enumerate() {
                    kernel::lay(context.level, cover, &rows[0], [ink[channel], paper[channel]], 0.0, out);
                }
            },
        )
    }
}

/// What all layers together cover of a band.
fn covered(rasters: &[Raster<'_>], band: usize, len: usize, context: &Context) -> Vec<f32> {
    let (mut all, mut own) = (vec![0.0; len], vec![0.0; len]);
    for raster in rasters {
        own.fill(0.0);
        raster.band(context.level, band, &mut own);
        own.iter_mut().for_each(|v| *v *= OPAQUE);
        kernel::over(context.level, &mut all, &own);
    }
    all
}
