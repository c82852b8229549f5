//! Graphite: a confident contour, soft shading in strokes, the tooth of the paper.

use super::ink::Ink;
use super::said::{ANGLE, FOLLOW, GRAIN, LINES, TONE, cost, folded, slant, units};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing as kernel;
use crate::line::{
    Contour, Hand, Key, LAYOUT_GRID, Lie, Pen, Shares, Smoothness, Spacing, Stroke, Study, between, contour,
    darkness, decolour, directions, raster, rows, streamlines, stroke, too_fine, tooth,
};
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::parallel::map_bands;
use crate::pixel::{Picture, Plane, Size};

/// Draws with a soft pencil.
pub(crate) struct Graphite;

const PARAMS: &[Param] = &[
    Param {
        name: "spacing",
        kind: Kind::Length { min: 2.0, max: 40.0 },
        default: "3.4",
        about: "From stroke to stroke of the shading.",
    },
    Param {
        name: "smudge",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.4",
        about: "The share of the tone that is smudged flat under the strokes.",
    },
    TONE,
    LINES,
    GRAIN,
    ANGLE,
    FOLLOW,
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#2e2e32",
        about: "The colour of the pencil.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#fbf9f4",
        about: "The colour of the sheet.",
    },
];

/// What the shading aims at.
const KEY: Key =
    Key { white: 0.12, middle: 0.31, most: 0.97, smooth: 3.0, simplify: 0.035, detail: 0.55, contrast: 0.55 };
/// From which darkness each layer of strokes is drawn, and by how much it is turned.
const FROM: [f32; 2] = [0.02, 0.2];
const TURNS: [f32; 2] = [0.0, 0.45];
/// What strokes cover on average, where they are too fine to be told apart.
const EVEN: f32 = 0.7;
/// How much lighter paper is where it stands high.
const RELIEF: f32 = 0.022;

impl Operator for Graphite {
    fn name(&self) -> &'static str {
        "graphite"
    }

    fn about(&self) -> &'static str {
        "Draws the picture with a soft pencil: contour, shading in strokes, smudged tones, the paper's tooth."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            spacing: values.length("spacing"),
            smudge: values.number("smudge"),
            tone: values.number("tone"),
            lines: values.number("lines"),
            grip: 0.5 * values.number("grain"),
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
    smudge: f32,
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
        let lines = contour(&study, &study.light, &Contour::default(), context)?;
        let strokes = if too_fine(spacing, picture.size()) {
            None
        } else {
            Some(self.strokes(&layout, spacing, folded(step.seed), context)?)
        };
        let shade = self.shading(&study, strokes.as_deref(), context)?;
        let tooth = tooth(study.size(), 1.0, step.seed, context)?;
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        drop((picture, study));
        let planes =
            [(&lines, Smoothness::Smooth), (&shade, Smoothness::Straight), (&tooth, Smoothness::Straight)];
        sheet.fill(&planes, context, |_, rows, out| {
            let [lines, shade, tooth] = rows else { return };
            kernel::press(context.level, lines, 0.9 * self.lines, 0.86);
            kernel::over(context.level, shade, lines);
            kernel::settle(context.level, shade, tooth, self.grip);
            for (channel, out) in out.iter_mut().enumerate() {
                kernel::lay(context.level, shade, tooth, [ink[channel], paper[channel]], RELIEF, out);
            }
        })
    }
}

impl Bound {
    fn key(&self) -> Key {
        Key { middle: (KEY.middle * self.tone).clamp(0.02, 0.9), ..KEY }
    }

    /// Two layers of strokes, laid out on a small study.
    fn strokes(
        &self,
        layout: &Study,
        spacing: f32,
        seed: u32,
        context: &Context,
    ) -> Result<Vec<Vec<Stroke>>> {
        let light = decolour(layout, context)?;
        let dark = darkness(&light, layout.unit, self.key(), context)?;
        let lie = Lie { smooth: 16.0, slant: self.slant, follow: self.follow };
        let way = directions(&light, layout.unit, lie, context)?;
        let at = |x: f32, y: f32| between(&dark, x * layout.unit - 0.5, y * layout.unit - 0.5);
        map_bands(context, FROM.len(), 1, |layers| {
            let layer = layers.start;
            let options = Spacing {
                spacing,
                longest: 26.0 * spacing,
                shortest: 1.2 * spacing,
                turn: TURNS[layer],
                overlap: 2.6 * spacing,
                seed: seed ^ (layer as u32 * 77 + 5),
            };
            let wanted = |x: f32, y: f32| at(x, y) > FROM[layer];
            let lines = streamlines(layout.extent(), &way, &options, wanted, context)?;
            let hand = Hand { wobble: 0.5, taper: 4.7 * spacing, tremor: 0.25, seed: seed ^ layer as u32 };
            Ok(lines.into_iter().map(|line| stroke(line, &hand, |_, _| 0.36 * spacing)).collect())
        })
    }

    /// Smudge and two layers of strokes that together have the darkness wanted.
    fn shading(&self, study: &Study, strokes: Option<&[Vec<Stroke>]>, context: &Context) -> Result<Plane> {
        let (size, unit) = (study.size(), study.unit);
        let dark = darkness(&study.light, unit, self.key(), context)?;
        let pen = Pen { scale: unit, soft: 1.4 * unit.max(0.7) };
        let layers: Vec<Plane> = match strokes {
            Some(layers) => layers.iter().map(|s| raster(s, size, pen, context)).collect::<Result<_>>()?,
            None => vec![Plane::filled(size, EVEN); FROM.len()],
        };
        let shares = Shares::new([0.0, 0.22], 0.35, 0.9);
        let gains = [gain(&layers[0], &dark, 0.05), gain(&layers[1], &dark, 0.25)];
        rows(size, context, |y, row| {
            let [dark, one, two] = [&dark, &layers[0], &layers[1]].map(|plane| plane.row(y));
            for (x, o) in row.iter_mut().enumerate() {
                let d = dark[x];
                let smudged = self.smudge * d;
                let rest = (d - smudged) / (1.0 - smudged);
                let share = shares.at(rest);
                let one = (share[0] * one[x] * gains[0]).min(0.97);
                let two = (share[1] * two[x] * gains[1]).min(0.97);
                // The deepest darks are gone over until no gap is left.
                let closed = 0.8 * ((d - 0.55) / 0.4).clamp(0.0, 1.0) * d;
                *o = 1.0 - (1.0 - smudged) * ((1.0 - one) * (1.0 - two)).min(1.0 - closed);
            }
        })
    }
}

/// What makes up for the gaps between strokes: one over their mean coverage where they are wanted.
fn gain(layer: &Plane, dark: &Plane, from: f32) -> f32 {
    let (mut sum, mut count) = (0.0f64, 0.0f64);
    for (cover, dark) in layer.samples().iter().zip(dark.samples()).step_by(7) {
        if *dark > from {
            (sum, count) = (sum + f64::from(*cover), count + 1.0);
        }
    }
    if count > 0.0 { ((count / sum.max(1e-6)) as f32).clamp(1.0, 1.8) } else { 1.0 }
}
