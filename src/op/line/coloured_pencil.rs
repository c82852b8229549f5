//! Coloured pencils: a few chosen ones, hatched over one another, each layer mending what the last left.

use super::ink::Ink;
use super::said::{ANGLE, FOLLOW, GRAIN, LINES, TONE, cost, folded, slant, units};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing as kernel;
use crate::kernel::{oklab, transfer};
use crate::line::{
    Contour, Directions, Hand, Key, LAYOUT_GRID, Lie, Pen, Pencil, Smoothness, Spacing, Stroke, Study, best,
    between, blurred, choose, contour, darkness, density, directions, each_row, raster_inks, rows,
    streamlines, stroke, too_fine, tooth,
};
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::parallel::for_each_bands;
use crate::pixel::{Picture, Plane, Size};

/// Draws with coloured pencils.
pub(crate) struct ColouredPencil;

const PARAMS: &[Param] = &[
    Param {
        name: "pencils",
        kind: Kind::Integer { min: 2, max: 30 },
        default: "12",
        about: "How many pencils are taken from a box of thirty.",
    },
    Param {
        name: "spacing",
        kind: Kind::Length { min: 3.0, max: 40.0 },
        default: "4.6",
        about: "From stroke to stroke.",
    },
    Param {
        name: "wash",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.25",
        about: "The share of the colour laid on evenly with the side of the pencil, under the strokes.",
    },
    Param {
        name: "saturation",
        kind: Kind::Number { min: 0.0, max: 3.0 },
        default: "1.2",
        about: "How colourful it is against the picture.",
    },
    TONE,
    LINES,
    GRAIN,
    ANGLE,
    FOLLOW,
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#8a787a",
        about: "The earth of the contour: what it leaves of white.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#fcfaf5",
        about: "The colour of the sheet.",
    },
];

const KEY: Key =
    Key { white: 0.09, middle: 0.34, most: 0.76, smooth: 5.5, simplify: 0.035, detail: 0.4, contrast: 0.0 };
const LAYERS: usize = 4;
const TURNS: [f32; LAYERS] = [0.0, 0.5, -0.45, 1.1];
/// Spacings of the layers against the one declared.
const SPACINGS: [f32; LAYERS] = [1.04, 0.98, 1.0, 0.96];
/// The hardest a layer is pressed.
const MOST: f32 = 0.62;
/// Every how many samples pencils are chosen by.
const STRIDE: usize = 61;

impl Operator for ColouredPencil {
    fn name(&self) -> &'static str {
        "coloured_pencil"
    }

    fn about(&self) -> &'static str {
        "Draws the picture with a few coloured pencils, hatched over one another."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            pencils: values.integer("pencils") as usize,
            spacing: values.length("spacing"),
            wash: values.number("wash"),
            saturation: values.number("saturation"),
            tone: values.number("tone"),
            lines: values.number("lines"),
            grip: 0.5 * values.number("grain"),
            slant: slant(values),
            follow: values.number("follow"),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        cost(size, 120.0, 1800.0, 8.0)
    }
}

struct Bound {
    pencils: usize,
    spacing: Length,
    wash: f32,
    saturation: f32,
    tone: f32,
    lines: f32,
    grip: f32,
    slant: f32,
    follow: f32,
    ink: Ink,
}

/// Densities of red, green and blue.
type Densities = [Plane; 3];

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let study = Study::open(&picture, 1.0, context)?;
        let options = Contour { texture: 0.2, ..Contour::default() };
        let lines = contour(&study, &study.light, &options, context)?;
        let spacing = units(self.spacing, picture.size());
        let colours = if too_fine(spacing, picture.size()) {
            self.wanted(&study, context)?
        } else {
            let layout = study.smaller(LAYOUT_GRID, context)?;
            self.pigment(&study, &layout, spacing, folded(step.seed), context)?
        };
        let colours = sent_back(colours, context)?;
        let tooth = tooth(study.size(), 1.15, step.seed, context)?;
        // Paper in colour under pencils in colour.
        let sheet = Sheet::of(&picture, &[[0.0, 0.5, 1.0]], step)?;
        drop((picture, study));
        let [red, green, blue] = colours.each_ref().map(|plane| (plane, Smoothness::Straight));
        let planes = [red, green, blue, (&tooth, Smoothness::Straight), (&lines, Smoothness::Smooth)];
        sheet.fill(&planes, context, |_, rows, out| {
            let [colours @ .., tooth, lines] = rows else { return };
            kernel::press(context.level, lines, 0.9 * self.lines, 1.0);
            for (channel, (colour, out)) in colours.iter_mut().zip(out).enumerate() {
                let taken = 1.0 - ink[channel];
                for (c, line) in colour.iter_mut().zip(&*lines) {
                    *c = 1.0 - *c * (1.0 - taken * line);
                }
                kernel::settle(context.level, colour, tooth, self.grip);
                kernel::lay(context.level, colour, tooth, [0.0, paper[channel]], 0.02, out);
            }
        })
    }
}

/// What comes back from white paper under these densities, in sRGB.
fn sent_back(mut colours: Densities, context: &Context) -> Result<Densities> {
    for plane in &mut colours {
        each_row(plane, context, |_, row| {
            row.iter_mut().for_each(|d| *d = (-*d).exp());
            transfer::linear_to_srgb(context.level, row);
        })?;
    }
    Ok(colours)
}

impl Bound {
    /// The density the drawing should have: the picture in a higher key, a little more colourful.
    fn wanted(&self, study: &Study, context: &Context) -> Result<Densities> {
        let key = Key { middle: (KEY.middle * self.tone).clamp(0.02, 0.9), ..KEY };
        let mut light = darkness(&study.light, study.unit, key, context)?;
        let soft = |plane| blurred(plane, 2.5 * study.unit, context);
        let (mut a, mut b) = (soft(&study.a)?, soft(&study.b)?);
        let len = light.size().width() * 32;
        let mut samples = [light.samples_mut(), a.samples_mut(), b.samples_mut()];
        for_each_bands(context, &mut samples, len, |_, bands| {
            let [light, a, b] = bands else { return Ok(()) };
            light.iter_mut().for_each(|d| *d = 1.0 - *d);
            a.iter_mut().chain(b.iter_mut()).for_each(|v| *v *= self.saturation);
            oklab::oklab_to_linear(context.level, light, a, b);
            for band in [light, a, b] {
                band.iter_mut().for_each(|v| *v = density([*v; 3])[0]);
            }
            Ok(())
        })?;
        Ok([light, a, b])
    }

    fn pigment(
        &self,
        study: &Study,
        layout: &Study,
        spacing: f32,
        seed: u32,
        context: &Context,
    ) -> Result<Densities> {
        let wanted = self.wanted(study, context)?;
        let coarse = self.wanted(layout, context)?;
        let pick = |i: usize| [0, 1, 2].map(|k| coarse[k].samples()[i]);
        let count = coarse[0].samples().len();
        let pencils = choose((0..count.div_ceil(STRIDE)).map(|i| pick(i * STRIDE)), self.pencils);
        let lie = Lie { smooth: 18.0, slant: self.slant, follow: self.follow };
        let way = directions(&layout.light, layout.unit, lie, context)?;
        let hand = Laying { pencils: &pencils, way: &way, spacing, seed, context };
        // The side of the pencil first, thin and even, so that gaps between strokes are not bare.
        let mut done = wanted.clone();
        for plane in &mut done {
            each_row(plane, context, |_, row| row.iter_mut().for_each(|d| *d *= self.wash))?;
        }
        for layer in 0..LAYERS {
            let missing = missing(&wanted, &done, 1.3 * study.unit * spacing, context)?;
            hand.lay(&mut done, &missing, study, layer)?;
        }
        Ok(done)
    }
}

/// What is still to be laid on: what is wanted less the mean of what is there.
fn missing(wanted: &Densities, done: &Densities, sigma: f32, context: &Context) -> Result<Densities> {
    let one = |k: usize| {
        let there = blurred(&done[k], sigma, context)?;
        rows(there.size(), context, |y, row| {
            for ((o, want), there) in row.iter_mut().zip(wanted[k].row(y)).zip(there.row(y)) {
                *o = want - there;
            }
        })
    };
    Ok([one(0)?, one(1)?, one(2)?])
}

/// What a layer is laid with.
struct Laying<'a> {
    pencils: &'a [Pencil],
    way: &'a Directions,
    spacing: f32,
    seed: u32,
    context: &'a Context,
}

impl Laying<'_> {
    /// One layer of strokes, each with the pencil that suits the place it is in.
    fn lay(&self, done: &mut Densities, missing: &Densities, study: &Study, layer: usize) -> Result<()> {
        let strokes = self.strokes(missing, study, layer)?;
        let pen = Pen { scale: study.unit, soft: 1.3 * study.unit.max(0.7) };
        let [covers, inks] = raster_inks(&strokes, study.size(), pen, self.context)?;
        let len = study.size().width() * 32;
        let mut samples: Vec<_> = done.iter_mut().map(Plane::samples_mut).collect();
        for_each_bands(self.context, &mut samples, len, |index, bands| {
            for i in 0..bands[0].len() {
                let at = index * len + i;
                let cover = covers.samples()[at];
                if cover > 0.0 {
                    let pencil = &self.pencils[inks.samples()[at] as usize - 1];
                    let wanted = missing.each_ref().map(|plane| plane.samples()[at]);
                    let pressed = cover * pencil.pressure_along(wanted, MOST);
                    bands.iter_mut().zip(pencil.density).for_each(|(band, d)| band[i] += pressed * d);
                }
            }
            Ok(())
        })
    }

    fn strokes(&self, missing: &Densities, study: &Study, layer: usize) -> Result<Vec<Stroke>> {
        let spacing = self.spacing * SPACINGS[layer];
        let unit = study.unit;
        let at =
            |x: f32, y: f32| missing.each_ref().map(|plane| between(plane, x * unit - 0.5, y * unit - 0.5));
        let options = Spacing {
            spacing,
            longest: 17.0 * spacing,
            shortest: 0.76 * spacing,
            turn: TURNS[layer],
            overlap: 1.3 * spacing,
            seed: self.seed ^ (layer as u32 * 31 + 7),
        };
        let wanted = |x: f32, y: f32| at(x, y).into_iter().fold(f32::MIN, f32::max) > 0.05;
        let lines = streamlines(study.extent(), self.way, &options, wanted, self.context)?;
        let hand = Hand { wobble: 0.5, taper: 2.2 * spacing, tremor: 0.25, seed: self.seed ^ layer as u32 };
        let drawn = lines.into_iter().map(|line| {
            let [x, y] = line[line.len() / 2];
            let ink = best(self.pencils, at(x, y), MOST) as u8;
            Stroke { ink, ..stroke(line, &hand, |_, _| 0.35 * spacing) }
        });
        Ok(drawn.collect())
    }
}
