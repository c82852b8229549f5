//! Ink wash, 水墨: a few tones of ink and much paper.

use crate::color::Rgb;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::drawing::ramp;
use crate::kernel::ink::{self as kernel, Wash};
use crate::line::{Contour, Smoothness, between, contour, decolour};
use crate::op::sheet::{BAND, Sheet};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::paint::Guide;
use crate::paint::ink::{Brush, Fibres, Led, Mark, Tones, body, lines, steepness, tint, tones, trace};
use crate::pixel::{Picture, Plane, Size};

/// Paints with ink and water.
pub(crate) struct InkWash;

const PARAMS: &[Param] = &[
    Param {
        name: "tones",
        kind: Kind::Integer { min: 2, max: 8 },
        default: "4",
        about: "How many tones the ink has besides paper.",
    },
    Param {
        name: "blank",
        kind: Kind::Number { min: 0.0, max: 0.95 },
        default: "0.5",
        about: "The share of the sheet that is left nearly bare.",
    },
    Param {
        name: "mist",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.6",
        about: "How far what matters little is lost in mist.",
    },
    Param {
        name: "wash",
        kind: Kind::Length { min: 1.0, max: 40.0 },
        default: "5",
        about: "How broad washes are: what is smaller does not show in them.",
    },
    Param {
        name: "bleed",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How far ink creeps along the fibres of the paper.",
    },
    Param {
        name: "strokes",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.8",
        about: "How much of the darks is laid in strokes of the brush.",
    },
    Param {
        name: "dry",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.6",
        about: "How dry the brush is: its hairs part and paper shines through.",
    },
    Param {
        name: "lines",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How firmly contours are drawn; 0: none.",
    },
    Param {
        name: "grain",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How much the fibres of the paper show.",
    },
    Param {
        name: "colour",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0",
        about: "How much thin colour goes over the ink.",
    },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#17191c",
        about: "The colour of the ink.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#f1ece1",
        about: "The colour of the paper.",
    },
];

/// The longer side of what is planned on: that of a preview, which so gets the plan of the full picture.
const GRID: u32 = 768;
const CONTOUR: Contour = Contour {
    width: 1.25,
    coherence: 6.5,
    threshold: 0.024,
    inhibition: 1.9,
    shortest: 20.0,
    texture: 0.15,
    colour: 0.7,
    focus: 0.85,
};

impl Operator for InkWash {
    fn name(&self) -> &'static str {
        "ink_wash"
    }

    fn about(&self) -> &'static str {
        "Paints the picture with ink and water: few tones, brush lines, and much bare paper."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let colour = |name: &str| values.colors(name).first().map_or([0.0; 3], |Rgb(colour)| *colour);
        Action::Whole(Box::new(Bound {
            tones: values.integer("tones") as f32,
            blank: values.number("blank"),
            mist: values.number("mist"),
            wash: values.length("wash"),
            bleed: values.number("bleed"),
            strokes: values.number("strokes"),
            dry: values.number("dry"),
            lines: values.number("lines"),
            grain: values.number("grain"),
            colour: values.number("colour"),
            ink: colour("ink"),
            paper: colour("paper"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        let share = (1024.0 * 1024.0 / size.area() as f64).min(1.0);
        Cost::per_pixel(size, 150.0 + 700.0 * share, 8.0 + 120.0 * share)
    }
}

struct Bound {
    tones: f32,
    blank: f32,
    mist: f32,
    wash: Length,
    bleed: f32,
    strokes: f32,
    dry: f32,
    lines: f32,
    grain: f32,
    colour: f32,
    ink: [f32; 3],
    paper: [f32; 3],
}

/// What is to be laid, all planned.
struct Plan {
    tone: Plane,
    slope: Plane,
    tint: Option<[Plane; 3]>,
    /// Broad strokes, fine strokes, contours.
    marks: [Vec<Mark>; 3],
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let plan = self.plan(&picture, step)?;
        let colours = [self.ink, self.paper, if plan.tint.is_some() { [0.0, 0.5, 1.0] } else { self.ink }];
        let sheet = Sheet::of(&picture, &colours, step)?;
        drop(picture);
        self.fill(&sheet, &plan, step)
    }
}

/// Half-widths of strokes and lines in units, and how far ink creeps out of each.
const HALVES: [f32; 3] = [6.8, 3.4, 2.1];
const ROUGH: [f32; 3] = [0.5, 0.32, 0.15];
/// From which tone on broad and fine strokes are laid, how far apart, and how much more it takes where things matter.
const BROAD: (f32, f32, f32) = (0.3, 9.0, 0.5);
const FINE: (f32, f32, f32) = (0.66, 5.0, 0.0);
/// How much ink each layer of marks carries.
const LOAD: [f32; 3] = [0.55, 0.85, 1.0];

impl Bound {
    fn plan(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plan> {
        let (context, size) = (step.work, picture.size());
        let mut guide = Guide::at_most(picture, GRID, context)?;
        let wash = self.wash.pixels(size) * 1024.0 / size.longer() as f32;
        let ask = Tones { blank: self.blank, mist: self.mist, wash, seed: step.seed };
        let tone = tones(&guide, ask, context)?;
        let slope = steepness(&guide, &tone, context)?;
        let tint = if self.colour > 0.0 { Some(tint(&guide, context)?) } else { None };
        guide.study.light = decolour(&guide.study, context)?;
        let marks = self.marks(&guide, &tone, (step.seed ^ step.seed >> 32) as u32, context)?;
        Ok(Plan { tone, slope, tint, marks })
    }

    fn marks(&self, guide: &Guide, tone: &Plane, seed: u32, context: &Context) -> Result<[Vec<Mark>; 3]> {
        let led = |k: usize| Led { half: HALVES[k], dry: self.dry, vary: 1.0, seed: seed ^ k as u32 };
        let strokes = |from, k: usize| {
            if self.strokes > 0.0 { body(guide, tone, from, led(k), context) } else { Ok(Vec::new()) }
        };
        let (broad, fine) = (strokes(BROAD, 0)?, strokes(FINE, 1)?);
        let contours =
            if self.lines > 0.0 { self.contours(guide, tone, led(2), context)? } else { Vec::new() };
        Ok([broad, fine, contours])
    }

    fn contours(&self, guide: &Guide, tone: &Plane, led: Led, context: &Context) -> Result<Vec<Mark>> {
        let unit = guide.unit();
        let plane = contour(&guide.study, &guide.study.light, &CONTOUR, context)?;
        let traces = trace(&plane, &guide.flow, unit, 14.0, 3.0);
        let dark = |x: f32, y: f32| {
            let tone = between(tone, x * unit - 0.5, y * unit - 0.5);
            0.5 + 0.5 * ramp((tone + 0.1) / 0.6)
        };
        Ok(lines(traces, Led { half: led.half * self.lines.sqrt(), ..led }, dark))
    }

    fn fill(&self, sheet: &Sheet, plan: &Plan, step: &StepContext<'_>) -> Result<Picture> {
        let (size, level) = (sheet.size(), step.work.level);
        let width = size.width();
        let fibres = Fibres::new(size, step.seed);
        let brush = |k: usize| Brush::new(&plan.marks[k], ROUGH[k] * self.bleed, size);
        let brushes = [brush(0), brush(1), brush(2)];
        let mut planes = vec![(&plan.tone, Smoothness::Smooth), (&plan.slope, Smoothness::Smooth)];
        planes.extend(plan.tint.iter().flatten().map(|plane| (plane, Smoothness::Straight)));
        let wash = self.washes();
        sheet.fill_bands(
            &planes,
            step.work,
            |band, rows| Band::begin(&fibres, &brushes, level, band, [width, rows]),
            |band, y, rows, out| {
                let [tone, slope, tints @ ..] = rows else { return };
                let at = y % BAND * width;
                let creep = &band.creep[at..at + width];
                fibres.clouds(level, y, &mut band.wet, &mut band.scratch);
                kernel::wash(level, tone, slope, creep, &band.wet, wash);
                for (k, marks) in band.marks.iter_mut().enumerate() {
                    let marks = &mut marks[at..at + width];
                    let load = if k < 2 { LOAD[k] * self.strokes } else { LOAD[k] };
                    kernel::catch(level, marks, creep, load, 0.5 * self.grain);
                    kernel::over(level, tone, marks);
                }
                for (c, out) in out.iter_mut().enumerate() {
                    kernel::lay(level, tone, creep, [self.ink[c], self.paper[c]], 0.008 * self.grain, out);
                    if let Some(tint) = tints.get(c) {
                        kernel::tint(level, out, tint, creep, self.colour);
                    }
                }
            },
        )
    }

    fn washes(&self) -> Wash {
        Wash {
            tones: self.tones,
            creep: 1.5 * self.bleed,
            soft: [0.5, 5.0],
            rim: 0.35,
            pool: 0.1,
            grain: 0.035 * self.grain,
        }
    }
}

/// What is made ahead for a band of rows.
struct Band {
    creep: Vec<f32>,
    marks: [Vec<f32>; 3],
    wet: Vec<f32>,
    scratch: Vec<f32>,
}

impl Band {
    fn begin(
        fibres: &Fibres,
        brushes: &[Brush<'_>; 3],
        level: Level,
        band: usize,
        [width, rows]: [usize; 2],
    ) -> Self {
        let mut creep = vec![0.0; rows * width];
        let mut scratch = vec![0.0; width];
        for (y, row) in creep.chunks_exact_mut(width).enumerate() {
            fibres.creep(level, band * BAND + y, row, &mut scratch);
        }
        let marks = brushes.each_ref().map(|brush| {
            let mut samples = vec![0.0; rows * width];
            brush.band(level, band, &creep, &mut samples);
            samples
        });
        Self { creep, marks, wet: vec![0.0; width], scratch }
    }
}

#[cfg(test)]
mod tests;
