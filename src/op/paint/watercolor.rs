//! Watercolour: transparent washes with dark rims, running colours, white paper.

use crate::color::Rgb;
use crate::error::Result;
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::paint::water::{Plan, Render, Watercolour};
use crate::pixel::{Picture, Size};

/// Paints with watercolour.
pub(crate) struct Watercolor;

const fn share(name: &'static str, max: f64, default: &'static str, about: &'static str) -> Param {
    Param { name, kind: Kind::Number { min: 0.0, max }, default, about }
}

const PARAMS: &[Param] = &[
    Param {
        name: "washes",
        kind: Kind::Integer { min: 1, max: 8 },
        default: "5",
        about: "How many glazes are laid, from light to dark.",
    },
    Param {
        name: "size",
        kind: Kind::Length { min: 1.0, max: 60.0 },
        default: "11",
        about: "The size of the smallest shapes.",
    },
    share("detail", 1.0, "0.8", "How much finer shapes are where it matters, as in a face."),
    share("density", 2.0, "1", "How strong the pigment is."),
    share("rims", 3.0, "2", "How dark the rims of washes are."),
    share("turbulence", 2.0, "0.9", "How uneven washes are: pigment that flowed."),
    share("granulation", 3.0, "1", "How much pigment settles in the hollows of the paper."),
    share("wobble", 4.0, "1", "How far edges wander."),
    share("wetness", 1.0, "0.4", "The share of the sheet that was wet, where edges are soft."),
    share("bleed", 4.0, "1", "How far colours run there."),
    share("backruns", 1.0, "0.6", "How many blooms there are, where water ran back into a wash."),
    share("bare", 0.8, "0.15", "The share of the sheet that is left bare, at least."),
    share("slivers", 1.0, "0.3", "How much of the edges between washes are left as slivers of paper."),
    Param {
        name: "border",
        kind: Kind::Length { min: 0.0, max: 200.0 },
        default: "0",
        about: "The width of a ragged border that is left unpainted.",
    },
    share("open", 0.9, "0", "The share of the sheet, of what matters least, that is not painted at all."),
    share("drift", 2.0, "0.5", "How far hues drift within a wash."),
    share("lift", 1.0, "0.15", "How much more colourful the picture gets."),
    share("cool", 2.0, "1", "How blue and violet shadows are."),
    share("lines", 3.0, "0", "How hard the drawing under the washes is pressed; 0: none."),
    share("relief", 3.0, "0.3", "How strongly the hills of the paper show."),
    Param {
        name: "grain",
        kind: Kind::Length { min: 0.25, max: 20.0 },
        default: "2",
        about: "The size of the hills of the paper.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#f7f2e7",
        about: "The colour of the paper.",
    },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#3b3330",
        about: "The colour of lines.",
    },
];

impl Operator for Watercolor {
    fn name(&self) -> &'static str {
        "watercolor"
    }

    fn about(&self) -> &'static str {
        "Paints the picture in transparent washes: dark rims, running colours, grain of the paper, bare whites."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let colour = |name: &str| values.colors(name).first().map_or([0.0; 3], |Rgb(colour)| *colour);
        let n = |name: &str| values.number(name);
        let wish = Watercolour {
            washes: values.integer("washes") as usize,
            size: 0.0,
            detail: n("detail"),
            density: n("density"),
            rims: n("rims"),
            turbulence: n("turbulence"),
            granulation: n("granulation"),
            wobble: n("wobble"),
            wetness: n("wetness"),
            bleed: n("bleed"),
            backruns: n("backruns"),
            bare: n("bare"),
            slivers: n("slivers"),
            border: 0.0,
            open: n("open"),
            drift: n("drift"),
            lift: n("lift"),
            cool: n("cool"),
            lines: n("lines"),
            relief: n("relief"),
            grain: 0.0,
            paper: colour("paper"),
            ink: colour("ink"),
        };
        Action::Whole(Box::new(Bound {
            wish,
            size: values.length("size"),
            grain: values.length("grain"),
            border: values.length("border"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 900.0, 24.0)
    }
}

struct Bound {
    wish: Watercolour,
    size: Length,
    grain: Length,
    border: Length,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let units = |length: Length| length.pixels(picture.size()) * 1024.0 / picture.size().longer() as f32;
        let wish = Watercolour {
            size: units(self.size),
            grain: units(self.grain),
            border: units(self.border),
            ..self.wish
        };
        let plan = Plan::new(&picture, &wish, step.seed, context)?;
        let sheet = Sheet::of(&picture, &[wish.paper, [1.0, 0.0, 0.0]], step)?;
        drop(picture);
        let render = Render::new(&plan, &wish, sheet.size(), step.seed, context)?;
        sheet.fill_bands(
            &render.planes(),
            context,
            |_, _| render.begin(),
            |made, y, rows, out| render.row(made, y, rows, out),
        )
    }
}
