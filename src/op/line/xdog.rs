//! XDoG: a soft threshold on a picture sharpened by its difference of Gaussians, in five looks.

use super::ink::Ink;
use super::said::{cost, units};
use crate::context::Context;
use crate::error::Result;
use crate::filter::{fill_unseen, lightness, opacity};
use crate::kernel::drawing as kernel;
use crate::kernel::{oklab, transfer};
use crate::line::{
    Curve, Key, Smoothness, Study, Xdog, blurred, darkness, each_row, flow_of, flowing, plain, streaks, tooth,
};
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::parallel::for_each_bands;
use crate::pixel::{Picture, Plane, Size};

/// Draws with the extended difference of Gaussians.
pub(crate) struct ExtendedDog;

const LOOKS: &[(&str, Look)] = &[
    ("ink", Look { family: Xdog::INK, grip: 0.0, chalk: false }),
    ("pencil", Look { family: Xdog::PENCIL, grip: 0.3, chalk: false }),
    ("charcoal", Look { family: Xdog::CHARCOAL, grip: 0.45, chalk: false }),
    ("woodcut", Look { family: Xdog::WOODCUT, grip: 0.0, chalk: false }),
    ("pastel", Look { family: Xdog::PASTEL, grip: 0.5, chalk: true }),
];

const PARAMS: &[Param] = &[
    Param {
        name: "look",
        kind: Kind::Choice(&["ink", "pencil", "charcoal", "woodcut", "pastel"]),
        default: "ink",
        about: "Which member of the family; pastel keeps the colours.",
    },
    Param {
        name: "width",
        kind: Kind::Length { min: 0.0, max: 16.0 },
        default: "0",
        about: "How wide lines are: the standard deviation of the narrower Gaussian; 0: as the look has it.",
    },
    Param {
        name: "sharpness",
        kind: Kind::Number { min: 0.0, max: 200.0 },
        default: "0",
        about: "How strongly edges are brought out (p); 0: as the look has it.",
    },
    Param {
        name: "level",
        kind: Kind::Number { min: 0.0, max: 1.5 },
        default: "0",
        about: "What is lighter stays paper (epsilon); 0: as the look has it.",
    },
    Param {
        name: "steepness",
        kind: Kind::Number { min: 0.0, max: 500.0 },
        default: "0",
        about: "How steeply darkness sets in below the level (phi); 0: as the look has it.",
    },
    Param {
        name: "coherence",
        kind: Kind::Length { min: 0.0, max: 40.0 },
        default: "0",
        about: "How far along the flow edges hold together; 0: as the look has it.",
    },
    Param {
        name: "flow",
        kind: Kind::Flag,
        default: "true",
        about: "Follow the flow, on a drawing's grid; false: plain Gaussians on every pixel of the picture.",
    },
    Param {
        name: "even",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "1",
        about: "How far tones are spread first, so that no picture comes out all black; 0: as they are.",
    },
    Param {
        name: "grain",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How much of the paper's tooth shows against what the look has.",
    },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#1e1d20",
        about: "The colour of the ink.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#faf8f2",
        about: "The colour of the sheet.",
    },
];

/// What comes before the threshold: a picture whose middle is a middle grey.
const KEY: Key =
    Key { white: 0.0, middle: 0.45, most: 1.0, smooth: 0.7, simplify: 0.035, detail: 0.0, contrast: 0.0 };
/// The tones of chalk.
const CHALK: Key =
    Key { white: 0.0, middle: 0.42, most: 0.85, smooth: 4.0, simplify: 0.035, detail: 0.3, contrast: 0.3 };
const RELIEF: f32 = 0.022;
/// How long the streaks of pencil, charcoal and chalk are, in units.
const STREAK: f32 = 7.0;

/// A member of the family and what it is drawn with.
#[derive(Clone, Copy)]
struct Look {
    family: Xdog,
    grip: f32,
    /// Chalks in the picture's colours.
    chalk: bool,
}

impl Operator for ExtendedDog {
    fn name(&self) -> &'static str {
        "xdog"
    }

    fn about(&self) -> &'static str {
        "Turns the picture into ink, pencil, charcoal, woodcut or pastel by the extended difference of Gaussians."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let word = values.choice("look");
        let look = LOOKS.iter().find(|(name, _)| *name == word).unwrap_or(&LOOKS[0]).1;
        Action::Whole(Box::new(Bound {
            look,
            lengths: ["width", "coherence"].map(|name| values.length(name)),
            numbers: ["sharpness", "level", "steepness"].map(|name| values.number(name)),
            flow: values.flag("flow"),
            even: values.number("even"),
            grip: (look.grip * values.number("grain")).min(0.5),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        if values.flag("flow") { cost(size, 70.0, 500.0, 8.0) } else { cost(size, 200.0, 100.0, 24.0) }
    }
}

struct Bound {
    look: Look,
    lengths: [Length; 2],
    numbers: [f32; 3],
    flow: bool,
    even: f32,
    grip: f32,
    ink: Ink,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let family = self.family(picture.size());
        if self.look.chalk {
            return self.chalk(picture, &family, step);
        }
        if self.flow {
            return self.along(picture, &family, step);
        }
        self.everywhere(picture, &family, step)
    }
}

impl Bound {
    /// The look's parameters, or what is said instead of them.
    fn family(&self, size: Size) -> Xdog {
        let own = self.look.family;
        let or = |said: f32, own: f32| if said > 0.0 { said } else { own };
        let [width, coherence] = self.lengths.map(|length| units(length, size));
        let [sharpness, level, steepness] = self.numbers;
        Xdog {
            width: or(width, own.width),
            sharpness: or(sharpness, own.sharpness),
            level: or(level, own.level),
            steepness: or(steepness, own.steepness),
            coherence: or(coherence, own.coherence),
        }
    }

    /// Lightness with its tones spread.
    fn evened(&self, mut light: Plane, context: &Context) -> Result<Plane> {
        if self.even > 0.0 {
            let curve = Curve::of(&light, KEY);
            each_row(&mut light, context, |_, row| {
                row.iter_mut().for_each(|v| *v += self.even * (1.0 - curve.dark(*v) - *v));
            })?;
        }
        Ok(light)
    }

    fn along(&self, picture: Picture, family: &Xdog, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let study = Study::open(&picture, family.width, context)?;
        let (size, unit) = (study.size(), study.unit);
        let light = self.evened(study.light, context)?;
        let flow = flow_of(&[&light], unit, context)?;
        let sharp = flowing(&light, &flow, unit, family, context)?;
        drop(light);
        let mut tooth = tooth(size, 1.1, step.seed, context)?;
        if self.grip > 0.0 {
            tooth = streaks(&tooth, &flow, unit, STREAK, step.seed, context)?;
        }
        drop(flow);
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        drop(picture);
        let planes = [(&sharp, Smoothness::Smooth), (&tooth, Smoothness::Straight)];
        sheet.fill(&planes, context, |_, rows, out| {
            let [sharp, tooth] = rows else { return };
            kernel::cut(context.level, sharp, family.level, family.steepness);
            self.lay(sharp, tooth, out, context);
        })
    }

    /// Shades, 1 being white, as ink on paper.
    fn lay(&self, shade: &mut [f32], tooth: &[f32], out: &mut [Vec<f32>], context: &Context) {
        let Ink { ink, paper } = self.ink;
        shade.iter_mut().for_each(|v| *v = 1.0 - *v);
        if self.grip > 0.0 {
            kernel::settle(context.level, shade, tooth, self.grip);
        }
        for (channel, out) in out.iter_mut().enumerate() {
            kernel::lay(context.level, shade, tooth, [ink[channel], paper[channel]], RELIEF, out);
        }
    }

    /// Plain Gaussians at the size of the picture: two planes, lightness and the result.
    fn everywhere(&self, picture: Picture, family: &Xdog, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let unit = picture.size().longer() as f32 / 1024.0;
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        let light = self.seen(&picture, context)?;
        drop(picture);
        let light = self.evened(light, context)?;
        let shade = plain(&light, family.width * unit, family, context)?;
        drop(light);
        let tooth = tooth(Study::size_of(sheet.size())?, 1.1, step.seed, context)?;
        let planes = [(&shade, Smoothness::Straight), (&tooth, Smoothness::Straight)];
        sheet.fill(&planes, context, |_, rows, out| {
            let [shade, tooth] = rows else { return };
            self.lay(shade, tooth, out, context);
        })
    }

    /// Lightness, what is transparent taking that of what is around it.
    fn seen(&self, picture: &Picture, context: &Context) -> Result<Plane> {
        let mut planes = [lightness(picture, context)?];
        if let Some(alpha) = opacity(picture, context)? {
            fill_unseen(&mut planes, &alpha);
        }
        let [light] = planes;
        Ok(light)
    }

    /// Pastel: chalky colour, shaded by the soft member of the family, catching on the tooth.
    fn chalk(&self, picture: Picture, family: &Xdog, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let Ink { ink, paper } = self.ink;
        let study = Study::open(&picture, family.width, context)?;
        let (light, unit) = (&study.light, study.unit);
        let flow = flow_of(&[light, &study.a, &study.b], unit, context)?;
        let sharp = flowing(light, &flow, unit, family, context)?;
        let chalks = chalks(&study, context)?;
        let tooth = tooth(study.size(), 1.6, step.seed, context)?;
        let tooth = streaks(&tooth, &flow, unit, 1.6 * STREAK, step.seed, context)?;
        let sheet = Sheet::of(&picture, &[[0.0, 0.5, 1.0]], step)?;
        drop((picture, study));
        let [red, green, blue] = chalks.each_ref().map(|plane| (plane, Smoothness::Straight));
        let planes = [red, green, blue, (&sharp, Smoothness::Smooth), (&tooth, Smoothness::Straight)];
        sheet.fill(&planes, context, |_, rows, out| {
            let [chalks @ .., sharp, tooth] = rows else { return };
            kernel::cut(context.level, sharp, family.level, family.steepness);
            for (channel, (chalk, out)) in chalks.iter_mut().zip(out).enumerate() {
                let (ink, paper) = (ink[channel], paper[channel]);
                for ((v, shade), tooth) in chalk.iter_mut().zip(&*sharp).zip(&*tooth) {
                    let colour = ink + (*v - ink) * (0.35 + 0.65 * shade);
                    let cover = kernel::deposit(0.8, *tooth, self.grip);
                    *v = paper + cover * (colour - paper);
                }
                out.copy_from_slice(chalk);
            }
        })
    }
}

/// The colours of the chalks at each place, in sRGB.
fn chalks(study: &Study, context: &Context) -> Result<[Plane; 3]> {
    let mut light = darkness(&study.light, study.unit, CHALK, context)?;
    let soft = |plane| blurred(plane, 3.0 * study.unit, context);
    let (mut a, mut b) = (soft(&study.a)?, soft(&study.b)?);
    let len = light.size().width() * 32;
    let mut samples = [light.samples_mut(), a.samples_mut(), b.samples_mut()];
    for_each_bands(context, &mut samples, len, |_, bands| {
        let [light, a, b] = bands else { return Ok(()) };
        light.iter_mut().for_each(|d| *d = 0.12 + 0.86 * (1.0 - *d));
        a.iter_mut().chain(b.iter_mut()).for_each(|v| *v *= 1.45);
        oklab::oklab_to_linear(context.level, light, a, b);
        for band in [light, a, b] {
            band.iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
            transfer::linear_to_srgb(context.level, band);
        }
        Ok(())
    })?;
    Ok([light, a, b])
}
