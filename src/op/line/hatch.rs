//! Pen: a contour in ink, and tone from layers of strokes across one another.

use super::ink::Ink;
use super::said::{FOLLOW, LAYOUT_GRID, LINES, TONE, cost, folded, slant, too_fine, units};
use super::sheet::{BAND, Sheet};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing as kernel;
use crate::line::{
    Contour, Hatching, Key, Pen, Raster, Smoothness, Stroke, Study, contour, darkness, decolour, hatching,
};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Plane, Size};

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

const KEY: Key =
    Key { white: 0.1, middle: 0.29, most: 0.9, smooth: 2.6, simplify: 0.035, detail: 0.65, contrast: 0.3 };
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
            spacing: values.length("spacing"),
            layers: values.integer("layers") as usize,
            tone: values.number("tone"),
            lines: values.number("lines"),
            slant: slant(values),
            follow: values.number("follow"),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        cost(size, 150.0, 1200.0, 8.0)
    }
}

struct Bound {
    spacing: Length,
    layers: usize,
    tone: f32,
    lines: f32,
    slant: f32,
    follow: f32,
    ink: Ink,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let spacing = units(self.spacing, picture.size());
        let (lines, layers) = self.drawn(&picture, spacing, folded(step.seed), context)?;
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        drop(picture);
        let size = sheet.size();
        let scale = size.longer() as f32 / 1024.0;
        let (even, strokes) = match &layers {
            Layers::Even(dark) => (Some(dark), &[][..]),
            Layers::Strokes(strokes) => (None, &strokes[..]),
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

/// What the tone is made of.
enum Layers {
    Strokes(Vec<Vec<Stroke>>),
    /// Darkness as it is, where strokes would be too fine to be seen.
    Even(Plane),
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

impl Bound {
    fn drawn(
        &self,
        picture: &Picture,
        spacing: f32,
        seed: u32,
        context: &Context,
    ) -> Result<(Plane, Layers)> {
        let mut study = Study::open(picture, 1.0, context)?;
        study.light = decolour(&study, context)?;
        let options = Contour { threshold: 0.05, ..Contour::default() };
        let lines = contour(&study, &study.light, &options, context)?;
        let key = Key { middle: (KEY.middle * self.tone).clamp(0.02, 0.9), ..KEY };
        let fine = darkness(&study.light, study.unit, key, context)?;
        if too_fine(spacing, picture.size()) {
            return Ok((lines, Layers::Even(fine)));
        }
        let mut layout = Study::at_most(picture, LAYOUT_GRID, context)?;
        layout.light = decolour(&layout, context)?;
        let dark = darkness(&layout.light, layout.unit, key, context)?;
        let options = Hatching { spacing, layers: self.layers, slant: self.slant, follow: self.follow, seed };
        let strokes = hatching(&layout.light, &dark, &fine, layout.unit, &options, context)?;
        Ok((lines, Layers::Strokes(strokes)))
    }
}
