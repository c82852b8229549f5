//! Charcoal: masses rubbed in, broad strokes over them that the paper's tooth breaks up, dark accents.

use super::ink::Ink;
use super::said::{ANGLE, FOLLOW, GRAIN, LINES, TONE, cost, folded, slant, units};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing::{self as kernel, ramp};
use crate::line::{
    Contour, Hand, Key, LAYOUT_GRID, Lie, Pen, Smoothness, Spacing, Stroke, Study, between, contour,
    darkness, decolour, directions, each_row, raster, rows, streamlines, stroke, too_fine, tooth,
};
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::parallel::map_bands;
use crate::pixel::{Picture, Plane, Size};

/// Draws with charcoal.
pub(crate) struct Charcoal;

const PARAMS: &[Param] = &[
    Param {
        name: "spacing",
        kind: Kind::Length { min: 3.0, max: 60.0 },
        default: "7.5",
        about: "From stroke to stroke.",
    },
    Param {
        name: "rubbed",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.48",
        about: "The share of the tone that is rubbed flat under the strokes.",
    },
    Param {
        name: "values",
        kind: Kind::Integer { min: 2, max: 12 },
        default: "4",
        about: "How many tones the masses are blocked in with.",
    },
    TONE,
    LINES,
    GRAIN,
    ANGLE,
    FOLLOW,
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#1e1c1b",
        about: "The colour of the charcoal.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#f3eee4",
        about: "The colour of the sheet.",
    },
];

const KEY: Key =
    Key { white: 0.1, middle: 0.46, most: 0.97, smooth: 8.0, simplify: 0.08, detail: 0.5, contrast: 0.0 };
/// From which darkness each layer of strokes is drawn, how it is turned, and its spacing against the first.
const FROM: [f32; 2] = [0.03, 0.33];
const TURNS: [f32; 2] = [0.0, 0.7];
const SPACINGS: [f32; 2] = [1.0, 0.93];
/// What strokes cover on average, where they are too fine to be told apart.
const EVEN: f32 = 0.72;
const CONTOUR: Contour = Contour {
    width: 1.7,
    coherence: 7.0,
    threshold: 0.02,
    inhibition: 1.5,
    shortest: 20.0,
    texture: 0.25,
    colour: 0.7,
    focus: 0.5,
};

impl Operator for Charcoal {
    fn name(&self) -> &'static str {
        "charcoal"
    }

    fn about(&self) -> &'static str {
        "Draws the picture with charcoal: masses rubbed in, broad strokes broken by the paper, dark accents."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            spacing: values.length("spacing"),
            rubbed: values.number("rubbed"),
            values: values.integer("values") as f32,
            tone: values.number("tone"),
            lines: values.number("lines"),
            grip: 0.55 * values.number("grain"),
            slant: slant(values),
            follow: values.number("follow"),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        cost(size, 90.0, 900.0, 8.0)
    }
}

struct Bound {
    spacing: Length,
    rubbed: f32,
    values: f32,
    tone: f32,
    lines: f32,
    grip: f32,
    slant: f32,
    follow: f32,
    ink: Ink,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let spacing = units(self.spacing, picture.size());
        let mut study = Study::open(&picture, 1.0, context)?;
        let layout = study.smaller(LAYOUT_GRID, context)?;
        study.light = decolour(&study, context)?;
        let lines = contour(&study, &study.light, &CONTOUR, context)?;
        let strokes = if too_fine(spacing, picture.size()) {
            None
        } else {
            Some(self.strokes(&layout, spacing, folded(step.seed), context)?)
        };
        let dark = self.blocked(&study, context)?;
        let laid = self.laid(&dark, study.unit, strokes.as_deref(), context)?;
        let tooth = tooth(study.size(), 1.35, step.seed, context)?;
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        drop((picture, study));
        let straight = |plane| (plane, Smoothness::Straight);
        let planes = [(&lines, Smoothness::Smooth), straight(&dark), straight(&laid), straight(&tooth)];
        sheet.fill(&planes, context, |_, rows, out| {
            let [lines, dark, laid, tooth] = rows else { return };
            kernel::press(context.level, lines, 0.8 * self.lines, 0.92);
            kernel::settle(context.level, lines, tooth, self.grip);
            kernel::settle(context.level, laid, tooth, self.grip);
            dark.iter_mut().for_each(|v| *v *= self.rubbed);
            kernel::over(context.level, dark, laid);
            kernel::over(context.level, dark, lines);
            for (channel, out) in out.iter_mut().enumerate() {
                kernel::lay(context.level, dark, tooth, [ink[channel], paper[channel]], 0.03, out);
            }
        })
    }
}

impl Bound {
    fn blocked(&self, study: &Study, context: &Context) -> Result<Plane> {
        let key = Key { middle: (KEY.middle * self.tone).clamp(0.02, 0.95), ..KEY };
        let mut dark = darkness(&study.light, study.unit, key, context)?;
        each_row(&mut dark, context, |_, row| row.iter_mut().for_each(|d| *d = blocked(*d, self.values)))?;
        Ok(dark)
    }

    fn strokes(
        &self,
        layout: &Study,
        spacing: f32,
        seed: u32,
        context: &Context,
    ) -> Result<Vec<Vec<Stroke>>> {
        let mut layout = layout.clone();
        layout.light = decolour(&layout, context)?;
        let dark = self.blocked(&layout, context)?;
        let lie = Lie { smooth: 24.0, slant: self.slant, follow: self.follow };
        let way = directions(&layout.light, layout.unit, lie, context)?;
        let at = |x: f32, y: f32| between(&dark, x * layout.unit - 0.5, y * layout.unit - 0.5);
        map_bands(context, FROM.len(), 1, |layers| {
            let layer = layers.start;
            let spacing = spacing * SPACINGS[layer];
            let options = Spacing {
                spacing,
                longest: 19.0 * spacing,
                shortest: 1.9 * spacing,
                turn: TURNS[layer],
                overlap: 1.6 * spacing,
                seed: seed ^ (layer as u32 * 57 + 11),
            };
            let wanted = |x: f32, y: f32| at(x, y) > FROM[layer];
            let lines = streamlines(layout.extent(), &way, &options, wanted, context)?;
            let hand = Hand { wobble: 0.9, taper: 3.0 * spacing, tremor: 0.22, seed: seed ^ layer as u32 };
            Ok(lines.into_iter().map(|line| stroke(line, &hand, |_, _| 0.39 * spacing)).collect())
        })
    }

    /// What lies in strokes on top of what is rubbed in.
    fn laid(
        &self,
        dark: &Plane,
        unit: f32,
        strokes: Option<&[Vec<Stroke>]>,
        context: &Context,
    ) -> Result<Plane> {
        let size = dark.size();
        let pen = Pen { scale: unit, soft: 2.2 * unit };
        let layers: Vec<Plane> = match strokes {
            Some(layers) => layers.iter().map(|s| raster(s, size, pen, context)).collect::<Result<_>>()?,
            None => vec![Plane::filled(size, EVEN); FROM.len()],
        };
        rows(size, context, |y, row| {
            let [dark, one, two] = [dark, &layers[0], &layers[1]].map(|plane| plane.row(y));
            for (x, o) in row.iter_mut().enumerate() {
                let d = dark[x];
                let rest = (d - self.rubbed * d) / (1.0 - self.rubbed * d).max(1e-3);
                // The second layer comes in with the darks and closes what the first left open.
                let second = ((d - 0.35) / 0.4).clamp(0.0, 1.0);
                let closed = 0.85 * ((d - 0.45) / 0.4).clamp(0.0, 1.0);
                let left = (1.0 - one[x]) * (1.0 - two[x] * second) * (1.0 - closed);
                let mean = 1.0 - 0.3 * (1.0 - 0.7 * second) * (1.0 - closed);
                *o = (rest * (1.0 - left) / mean).min(0.97);
            }
        })
    }
}

/// A tone drawn to the nearest of a few values, softly.
fn blocked(d: f32, values: f32) -> f32 {
    let x = d * values;
    let low = x.floor();
    let step = ramp((x - low - 0.5) / 0.5 + 0.5);
    0.35 * d + 0.65 * (low + step) / values
}
