//! Ink wash, 水墨: a few tones of ink and much paper.

use crate::error::Result;
use crate::color::Rgb;
use crate::kernel::ink::{self as kernel, Wash};
use crate::kernel::drawing;
use crate::line::{Contour, Smoothness, between, contour, decolour};
use crate::op::sheet::{BAND, Sheet};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::paint::Guide;
use crate::paint::ink::{Brush, Fibres, Led, Tones, body, lines, steepness, tones, trace};
use crate::pixel::{Picture, Size};

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
    ink: [f32; 3],
    paper: [f32; 3],
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let size = picture.size();
        let mut guide = Guide::at_most(&picture, GRID, context)?;
        let wash = self.wash.pixels(size) * 1024.0 / size.longer() as f32;
        let ask = Tones { blank: self.blank, mist: self.mist, wash, seed: step.seed };
        let tone = tones(&guide, ask, context)?;
        let slope = steepness(&guide, &tone, context)?;
        let seed = (step.seed ^ step.seed >> 32) as u32;
        let led = Led { half: 0.0, dry: self.dry, vary: 1.0, seed };
        guide.study.light = decolour(&guide.study, context)?;
        let broad = body(&guide, &tone, (0.3, 9.0, 0.5), Led { half: 6.8, ..led }, context)?;
        let fine = body(&guide, &tone, (0.66, 5.0, 0.0), Led { half: 3.4, seed: seed ^ 9, ..led }, context)?;
        let plane = contour(&guide.study, &guide.study.light, &CONTOUR, context)?;
        let traces = trace(&plane, &guide.flow, guide.unit(), 14.0, 3.0);
        let unit = guide.unit();
        let dark = |x: f32, y: f32| {
            let tone = between(&tone, x * unit - 0.5, y * unit - 0.5);
            0.5 + 0.5 * drawing::ramp((tone + 0.1) / 0.6)
        };
        let contours = lines(traces, Led { half: 2.1 * self.lines.sqrt(), ..led }, dark);
        let fibres = Fibres::new(size, step.seed);
        let brush = |marks, rough: f32| Brush::new(marks, rough * self.bleed, size);
        let brushes = [brush(&broad, 0.5), brush(&fine, 0.32), brush(&contours, 0.15)];
        let sheet = Sheet::of(&picture, &[self.ink, self.paper], step)?;
        drop((picture, guide));
        let by = Wash {
            tones: self.tones,
            creep: 1.5 * self.bleed,
            soft: [0.5, 5.0],
            rim: 0.35,
            pool: 0.1,
            grain: 0.035 * self.grain,
        };
        let (width, level) = (size.width(), context.level);
        let planes = [(&tone, Smoothness::Smooth), (&slope, Smoothness::Smooth)];
        sheet.fill_bands(
            &planes,
            context,
            |band, rows| {
                let mut creep = vec![0.0; rows * width];
                let mut scratch = vec![0.0; width];
                for (y, row) in creep.chunks_exact_mut(width).enumerate() {
                    fibres.creep(level, band * BAND + y, row, &mut scratch);
                }
                let drawn = [0, 1, 2].map(|k| {
                    let mut samples = vec![0.0; rows * width];
                    brushes[k].band(level, band, &creep, &mut samples);
                    samples
                });
                (drawn, creep, vec![0.0; width], scratch)
            },
            |(drawn, creep, wet, scratch), y, rows, out| {
                let [tone, slope] = rows else { return };
                let at = y % BAND * width;
                let creep = &creep[at..at + width];
                fibres.clouds(level, y, wet, scratch);
                kernel::wash(level, tone, slope, creep, wet, by);
                for (k, marks) in drawn.iter_mut().enumerate() {
                    let marks = &mut marks[at..at + width];
                    if k < 2 {
                        marks.iter_mut().for_each(|v| *v *= [0.55, 0.85][k] * self.strokes);
                    }
                    kernel::catch(level, marks, creep, 0.5 * self.grain);
                    kernel::over(level, tone, marks);
                }
                for (channel, out) in out.iter_mut().enumerate() {
                    let (ink, paper) = (self.ink[channel], self.paper[channel]);
                    for ((out, tone), creep) in out.iter_mut().zip(&*tone).zip(creep) {
                        let sheet = paper * (1.0 + 0.008 * self.grain * creep);
                        *out = sheet + tone * (ink - sheet);
                    }
                }
            },
        )
    }
}
