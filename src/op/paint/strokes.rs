//! Strokes: the picture painted in oil with brush or knife, coarse to fine, in raking light.

use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::impasto::{Lamp, gather, settle, shine, under};
use crate::line::Smoothness;
use crate::op::sheet::{BAND, Sheet};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::paint::Guide;
use crate::paint::brush::{Band, Brushwork, Cloth, Mixing, Tool, plan};
use crate::pixel::{Picture, Size};

/// Paints with brush or knife.
pub(crate) struct Strokes;

const fn number(name: &'static str, max: f64, default: &'static str, about: &'static str) -> Param {
    Param { name, kind: Kind::Number { min: 0.0, max }, default, about }
}

const PARAMS: &[Param] = &[
    Param {
        name: "tool",
        kind: Kind::Choice(&["round", "flat", "knife"]),
        default: "flat",
        about: "A round brush, a flat one, or a palette knife.",
    },
    Param {
        name: "brush",
        kind: Kind::Length { min: 1.0, max: 200.0 },
        default: "60",
        about: "How wide the broadest strokes are.",
    },
    Param {
        name: "finest",
        kind: Kind::Length { min: 1.0, max: 200.0 },
        default: "5",
        about: "How wide the finest strokes are.",
    },
    Param {
        name: "layers",
        kind: Kind::Integer { min: 1, max: 6 },
        default: "4",
        about: "How many sizes of stroke are laid over each other.",
    },
    number("detail", 3.0, "0.45", "How eagerly finer strokes follow the picture."),
    number("fill", 1.0, "0.3", "How many finer strokes are laid where broad ones would do."),
    number("length", 30.0, "3.5", "How long strokes are, in widths."),
    number("curve", 1.0, "0.7", "How much strokes bend along the forms; 0: straight."),
    number("stray", 90.0, "6", "How far strokes stray from the way of the forms, in degrees."),
    number("bristles", 2.0, "0.6", "How much the hairs of the brush show, in colour and height."),
    number("dry", 1.0, "0.35", "How dry strokes run out."),
    number("melt", 1.0, "0.06", "How softly strokes melt into each other; 0: crisp."),
    number("cover", 1.0, "0.97", "How much strokes hide what lies under them."),
    number("relief", 4.0, "0.6", "How thick the paint looks."),
    number("ridge", 3.0, "0.5", "How much paint is pushed to the edges of strokes."),
    number("body", 1.0, "0.7", "How much thicker lights lie than darks."),
    number("shine", 2.0, "0.4", "How much wet slopes gleam."),
    number("angle", 360.0, "125", "Where the light comes from, in degrees: 0 from the right, 90 from above."),
    number("canvas", 2.0, "0.4", "How much the cloth shows where paint is thin."),
    number("vivid", 2.0, "0.25", "How much richer colours are than in the picture."),
    number("contrast", 1.0, "0.15", "How much lights and darks are pulled apart."),
    number("warmth", 2.0, "0.4", "How much lights are warmed and shadows cooled."),
    number("hue", 90.0, "8", "How far hues differ from stroke to stroke, in degrees."),
    number("light", 0.5, "0.04", "How far lightness differs from stroke to stroke."),
    number("streaks", 3.0, "1.3", "How differently coloured the hairs of one stroke are."),
    number("violet", 1.0, "0", "How far darks go to blue and violet instead of black."),
    number("key", 2.0, "0", "How much lighter the whole is."),
    number("accents", 1.0, "0", "The share of strokes in the opposite colour."),
];

impl Operator for Strokes {
    fn name(&self) -> &'static str {
        "strokes"
    }

    fn about(&self) -> &'static str {
        "Paints the picture with curved strokes of brush or knife, coarse to fine, thick in raking light."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let number = |name| values.number(name);
        let work = Brushwork {
            tool: match values.choice("tool") {
                "knife" => Tool::Knife,
                "round" => Tool::Round,
                _ => Tool::Flat,
            },
            halves: [0.0; 2],
            layers: values.integer("layers") as usize,
            detail: number("detail"),
            fill: number("fill"),
            // From widths to half widths.
            length: 2.0 * number("length"),
            curve: number("curve"),
            stray: number("stray").to_radians(),
            bristles: number("bristles"),
            dry: number("dry"),
            blend: number("melt"),
            opacity: number("cover"),
            ridge: number("ridge"),
            body: number("body"),
            mixing: Mixing {
                vivid: number("vivid"),
                contrast: number("contrast"),
                warmth: number("warmth"),
                hue: number("hue").to_radians(),
                light: number("light"),
                violet: number("violet"),
                key: number("key"),
                accents: number("accents"),
                streaks: number("streaks"),
            },
            seed: 0,
        };
        Action::Whole(Box::new(Bound {
            work,
            brush: values.length("brush"),
            finest: values.length("finest"),
            relief: number("relief"),
            shine: number("shine"),
            angle: number("angle").to_radians(),
            canvas: number("canvas"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        let share = (f64::from(GUIDE * GUIDE) / size.area() as f64).min(1.0);
        Cost::per_pixel(size, 150.0 + 700.0 * share, 4.0 + 150.0 * share)
    }
}

struct Bound {
    work: Brushwork,
    brush: Length,
    finest: Length,
    relief: f32,
    shine: f32,
    angle: f32,
    canvas: f32,
}

/// The longer side of the guide, that of a preview.
const GUIDE: u32 = 768;
/// Threads of the canvas lie so many units apart.
const PITCH: f32 = 2.6;

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let size = picture.size();
        let units = |length: Length| 0.5 * length.pixels(size) * 1024.0 / size.longer() as f32;
        let seed = (step.seed ^ (step.seed >> 32)) as u32;
        let work = Brushwork { halves: [units(self.brush), units(self.finest)], seed, ..self.work };
        let guide = Guide::at_most(&picture, GUIDE, context)?;
        let plan = plan(&guide, &work, context)?;
        let points = points(size);
        let fine = Size::from_usize(size.width() * points, size.height() * points).unwrap_or(size);
        let raster = plan.raster(&work, fine, [BAND * points, 1], context);
        let ground = plan.ground(&work, context);
        let cloth = Cloth::new(fine, PITCH, 0.5 * self.canvas, seed);
        let lit = Lit { lamp: self.lamp(fine), width: fine.width(), stride: raster.stride(), points };
        // Paint has colour even if the picture has none.
        let sheet = Sheet::of(&picture, &[[0.6, 0.5, 0.4]], step)?;
        drop((picture, guide));
        let smooth = |plane| (plane, Smoothness::Smooth);
        let planes = [smooth(&ground[0]), smooth(&ground[1]), smooth(&ground[2])];
        sheet.fill_bands(
            &planes,
            context,
            |index, rows| {
                let mut band = raster.band(context.level, index, rows * points);
                let first = (index * BAND * points) as i64 - 1;
                for (y, heights) in (first..).zip(band[3].chunks_exact_mut(lit.stride)) {
                    cloth.row(context.level, y, &mut heights[..lit.width]);
                }
                (band, lit.scratch())
            },
            |(band, scratch), y, rows, out| lit.row(context.level, band, y % BAND, rows, scratch, out),
        )
    }
}

/// The pictures that are painted twice as fine and reduced, in pixels at most: bristles and ridges too fine for them
/// show as a preview should show them, as the full picture reduced.
const SMALL: u64 = 700_000;

/// Points across and down a pixel.
fn points(size: Size) -> usize {
    if size.area() <= SMALL { 2 } else { 1 }
}

/// Paint in the light.
struct Lit {
    lamp: Lamp,
    /// Points across, and from row to row of a band.
    width: usize,
    stride: usize,
    /// Points to a pixel.
    points: usize,
}

/// Rows of points: three of heights with a point more on both sides, three of colour.
type Scratch = ([Vec<f32>; 3], [Vec<f32>; 3]);

impl Lit {
    fn scratch(&self) -> Scratch {
        let rows = |len: usize| [0; 3].map(|_| vec![0.0; len]);
        (rows(self.width + 2), rows(self.width))
    }

    /// A row of the picture from a band of paint over what is rubbed in.
    fn row(
        &self,
        level: Level,
        band: &Band,
        y: usize,
        rubbed: &[Vec<f32>],
        (heights, colours): &mut Scratch,
        out: &mut [Vec<f32>],
    ) {
        out.iter_mut().for_each(|row| row.fill(0.0));
        for row in y * self.points..(y + 1) * self.points {
            for (k, padded) in heights.iter_mut().enumerate() {
                let source = &band[3][(row + k) * self.stride..][..self.width];
                padded[1..=self.width].copy_from_slice(source);
                padded[0] = source[0];
                padded[self.width + 1] = source[self.width - 1];
            }
            let [r, g, b] = &mut *colours;
            let here = |plane: usize| &band[plane][(row + 1) * self.stride..][..self.width];
            for (c, colour) in [&mut *r, &mut *g, &mut *b].into_iter().enumerate() {
                under(level, colour, here(c), here(4), &rubbed[c], self.points);
            }
            let [above, own, below] = &*heights;
            shine(level, [r, g, b], [above, own, below], self.lamp);
            for (out, colour) in out.iter_mut().zip(&*colours) {
                gather(level, out, colour, self.points);
            }
        }
        out.iter_mut().for_each(|row| settle(level, row, self.points));
    }
}

impl Bound {
    fn lamp(&self, size: Size) -> Lamp {
        // Heights are in units, slopes between samples.
        let scale = 0.5 * self.relief * size.longer() as f32 / 1024.0;
        let (sin, cos) = self.angle.sin_cos();
        // A slope that falls towards the light is lit.
        Lamp { across: cos * scale, down: -sin * scale, gleam: 2.0 * self.shine }
    }
}

#[cfg(test)]
mod tests;
