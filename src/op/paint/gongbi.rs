//! The careful manner, 工笔: fine even lines and graded mineral washes on silk; or blue and green, 青绿.

use crate::color::Rgb;
use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::filter::{DomainTransform, Pass};
use crate::kernel::drawing::ramp;
use crate::kernel::gongbi::{self as kernel, Channel, Rows};
use crate::line::{Contour, Pen, Raster, Smoothness, Stroke, contour, decolour, each_row};
use crate::op::sheet::{BAND, Sheet};
use crate::op::{Action, Cost, Kind, Operator, Param, StepContext, Values, Whole};
use crate::paint::Guide;
use crate::paint::gongbi::{Crisp, Minerals, Pigments, Shade, Silk, cover, edges, heights, shade};
use crate::paint::ink::{Led, lines, snap, trace};
use crate::parallel::for_each_bands;
use crate::pixel::{Encoding, Picture, Plane, Size};

/// Paints carefully.
pub(crate) struct Gongbi;

const PARAMS: &[Param] = &[
    Param {
        name: "palette",
        kind: Kind::Choice(&["gongbi", "blue_green"]),
        default: "gongbi",
        about: "All pigments on silk, or azurite and malachite over ochre.",
    },
    Param {
        name: "simplify",
        kind: Kind::Number { min: 0.5, max: 12.0 },
        default: "3",
        about: "Things smaller than about twice this go from the washes, in 1024ths of the longer side.",
    },
    Param {
        name: "lines",
        kind: Kind::Number { min: 0.0, max: 3.0 },
        default: "1",
        about: "How firm the line is; 0: none.",
    },
    Param {
        name: "gradation",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How much washes grade within their line; 0: flat.",
    },
    Param {
        name: "pigment",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.85",
        about: "How far colours go towards those of the pigments there are.",
    },
    Param {
        name: "blank",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.85",
        about: "How much of what matters little is left as silk.",
    },
    Param {
        name: "gold",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0",
        about: "How much gold there is along the lines of blue and green.",
    },
    Param {
        name: "weave",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How much the threads of the silk show.",
    },
    Param {
        name: "silk",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#d9c39a",
        about: "The colour of the silk.",
    },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#2a2522",
        about: "The colour of the line.",
    },
];

/// The longer side of what is planned on: that of a preview, which so gets the plan of the full picture.
const GRID: u32 = 768;
const CONTOUR: Contour = Contour {
    width: 0.95,
    coherence: 6.0,
    threshold: 0.0115,
    inhibition: 1.3,
    shortest: 11.0,
    texture: 0.3,
    colour: 0.9,
    focus: 0.45,
};

impl Operator for Gongbi {
    fn name(&self) -> &'static str {
        "gongbi"
    }

    fn about(&self) -> &'static str {
        "Paints the picture in the careful manner: fine even lines, mineral washes that grade, silk."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let colour = |name: &str| values.colors(name).first().map_or([0.0; 3], |Rgb(colour)| *colour);
        Action::Whole(Box::new(Bound {
            blue_green: values.choice("palette") == "blue_green",
            simplify: values.number("simplify"),
            lines: values.number("lines"),
            gradation: values.number("gradation"),
            pigment: values.number("pigment"),
            blank: values.number("blank"),
            gold: values.number("gold"),
            weave: values.number("weave"),
            silk: colour("silk"),
            ink: colour("ink"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        let share = (1024.0 * 1024.0 / size.area() as f64).min(1.0);
        Cost::per_pixel(size, 200.0 + 1200.0 * share, 8.0 + 160.0 * share)
    }
}

struct Bound {
    blue_green: bool,
    simplify: f32,
    lines: f32,
    gradation: f32,
    pigment: f32,
    blank: f32,
    gold: f32,
    weave: f32,
    silk: [f32; 3],
    ink: [f32; 3],
}

/// How much of the silk the thickest paint covers.
const FULL: f32 = 0.95;

/// Red, green and blue, and cover, of colours in Oklab.
fn filled(
    size: Size,
    wash: impl Fn(usize) -> ([f32; 3], f32) + Sync + Send,
    context: &Context,
) -> Result<[Plane; 4]> {
    let mut planes = [0; 4].map(|_| Plane::filled(size, 0.0));
    let mut samples = planes.each_mut().map(|plane| plane.samples_mut());
    let len = size.width() * 16;
    for_each_bands(context, &mut samples, len, |index, bands| {
        let [r, g, b, cover] = bands else { return Ok(()) };
        for i in 0..r.len() {
            ([r[i], g[i], b[i]], cover[i]) = wash(index * len + i);
        }
        convert_rows(context.level, Encoding::Oklab, Encoding::Srgb, [r, g, b]);
        for row in [r, g, b] {
            row.iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
        }
        Ok(())
    })?;
    Ok(planes)
}

/// Gold paint.
const GOLD: [f32; 3] = [0.86, 0.69, 0.33];

/// Lines of gold beside lines of ink, on the side of the light.
fn gilded(strokes: &[Stroke]) -> Vec<Stroke> {
    let beside = |stroke: &Stroke| Stroke {
        points: stroke.points.iter().map(|p| [p[0] - 0.6, p[1] - 0.9]).collect(),
        halves: stroke.halves.iter().map(|half| 1.25 * half).collect(),
        ink: 0,
    };
    strokes.iter().map(beside).collect()
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let guide = Guide::at_most(&picture, GRID, context)?;
        let smooth = self.smooth(&guide, context)?;
        let steep = edges(&smooth, context)?;
        let crisp = self.painted(&guide, &smooth, &steep, context)?;
        let strokes = self.strokes(&guide, &steep, (step.seed ^ step.seed >> 32) as u32, context)?;
        let sheet = Sheet::of(&picture, &[[0.1, 0.2, 0.3]], step)?;
        drop((picture, guide, smooth, steep));
        self.fill(&sheet, &crisp, &strokes, step)
    }
}

impl Bound {
    /// Colours without texture; fewer things go where they matter.
    fn smooth(&self, guide: &Guide, context: &Context) -> Result<[Plane; 3]> {
        let study = &guide.study;
        let planes = || vec![study.light.clone(), study.a.clone(), study.b.clone()];
        let flat = |space: f32, range: f32| {
            let space = (space * guide.unit()).max(0.5);
            DomainTransform { space, range, rounds: 3, pass: Pass::Normalised }.run(planes(), context)
        };
        let (broad, fine) = (flat(5.0 * self.simplify, 0.32)?, flat(1.4, 0.3)?);
        let mut smooth = broad;
        for (broad, fine) in smooth.iter_mut().zip(&fine) {
            each_row(broad, context, |y, row| {
                let worth = guide.importance.row(y);
                for ((out, fine), worth) in row.iter_mut().zip(fine.row(y)).zip(worth) {
                    *out += ramp((worth - 0.4) / 0.4) * (fine - *out);
                }
            })?;
        }
        Ok(smooth.try_into().expect("three planes of three"))
    }

    /// What is painted where, on the guide.
    fn painted(&self, guide: &Guide, smooth: &[Plane; 3], steep: &Plane, context: &Context) -> Result<Crisp> {
        let by = Shade { depth: 0.1 * self.gradation, reach: 9.0 * guide.unit(), edge: 0.05 };
        let graded = shade(steep, by, context)?;
        let (pigments, minerals) = (Pigments::new(self.pigment), Minerals::new());
        let cover = cover(guide, smooth, self.blank, context)?;
        let high = if self.blue_green { Some(heights(guide, smooth, context)?) } else { None };
        let wash = |at: usize| {
            let own = smooth.each_ref().map(|plane| plane.samples()[at]);
            let cover = cover.samples()[at];
            let mut colour = pigments.mixed(own);
            if let Some(high) = &high {
                colour = minerals.painted(own, colour, high.samples()[at], cover);
            }
            colour[0] += graded.samples()[at];
            // Thin washes are pale ones.
            colour[0] += 0.5 * (1.0 - cover) * (0.82 - colour[0]);
            (colour, FULL * cover)
        };
        let planes = filled(guide.size(), wash, context)?;
        Crisp::new(planes.each_ref(), steep, context)
    }

    fn strokes(&self, guide: &Guide, steep: &Plane, seed: u32, context: &Context) -> Result<Vec<Stroke>> {
        let mut study = guide.study.clone();
        study.light = decolour(&study, context)?;
        let plane = contour(&study, &study.light, &CONTOUR, context)?;
        let mut traces = trace(&plane, &guide.flow, guide.unit(), 7.0, 2.2);
        snap(&mut traces, steep, guide.unit());
        let led = Led { half: 0.58 * self.lines.sqrt(), dry: 0.0, vary: 0.35, seed };
        Ok(lines(traces, led, |_, _| 1.0)
            .into_iter()
            .map(|mark| Stroke { points: mark.points, halves: mark.halves, ink: 0 })
            .collect())
    }

    fn fill(
        &self,
        sheet: &Sheet,
        crisp: &Crisp,
        strokes: &[Stroke],
        step: &StepContext<'_>,
    ) -> Result<Picture> {
        let context = step.work;
        let size = sheet.size();
        let (width, level) = (size.width(), context.level);
        let scale = size.longer() as f32 / 1024.0;
        let pen = Pen { scale, soft: 1.2 };
        let raster = Raster::new(strokes, size, pen);
        let beside = if self.gold > 0.0 { gilded(strokes) } else { Vec::new() };
        let gilding = Raster::new(&beside, size, pen);
        let silk = Silk::new(size, 1.0, step.seed);
        let [across, down] = &crisp.away;
        sheet.fill_bands(
            &[(across, Smoothness::Smooth), (down, Smoothness::Smooth)],
            context,
            |band, rows| {
                let mut inked = vec![0.0; rows * width];
                raster.band(level, band, &mut inked);
                let mut gilt = vec![0.0; if beside.is_empty() { 0 } else { rows * width }];
                if !gilt.is_empty() {
                    gilding.band(level, band, &mut gilt);
                }
                (inked, gilt, [0; 3].map(|_| vec![0.0; width]))
            },
            |(inked, gilt, [weave, age, cover]), y, rows, out| {
                let ([across, down], [r, g, b]) = (rows, &mut *out) else { return };
                crisp.row(level, (y, size), [across, down], [r, g, b, cover]);
                silk.row(level, y, weave, age);
                silk.age(level, y, age);
                let at = y % BAND * width;
                let rows = Rows { cover, weave, age, lines: &inked[at..at + width] };
                for (c, out) in out.iter_mut().enumerate() {
                    if let Some(gilt) = gilt.get(at..at + width) {
                        kernel::gild(level, out, gilt, weave, GOLD[c], 0.85 * self.gold);
                    }
                    let by = Channel {
                        silk: self.silk[c],
                        line: self.ink[c],
                        weave: [0.042 * self.weave, 0.02 * self.weave],
                        age: 0.025,
                    };
                    kernel::lay(level, out, rows, by);
                }
            },
        )
    }
}

#[cfg(test)]
mod tests;
