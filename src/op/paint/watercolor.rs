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
    share("backruns", 1.0, "0.4", "How many blooms there are, where water ran back into a wash."),
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
        /// Samples of the grid that washes are planned on, at most.
        const GRID: f64 = 768.0 * 768.0;
        let share = (GRID / size.area() as f64).min(1.0);
        Cost::per_pixel(size, 250.0 + 2000.0 * share, 24.0 + 160.0 * share)
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
        // Shadows are violet even in a picture without colours.
        let violet = [0.5, 0.4, 0.6];
        let sheet = Sheet::of(&picture, &[wish.paper, violet], step)?;
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Context;
    use crate::op::Palette;
    use crate::parallel::Pool;
    use crate::pixel::{Depth, Layout};
    use crate::test_support::Random;

    fn paint(picture: &Picture, words: &[(&'static str, &str)], context: &Context) -> Picture {
        let mut values = Values::defaults(PARAMS);
        for (name, text) in words {
            let param = PARAMS.iter().find(|param| param.name == *name).unwrap();
            values.set(param.name, param.kind.read_text(text, &Palette::new()).unwrap());
        }
        let step = StepContext { work: context, seed: 5, rest: Depth::U8 };
        let Action::Whole(whole) = Watercolor.bind(&values) else { unreachable!() };
        whole.run(picture.clone(), &step).unwrap()
    }

    /// A dark disc on a lighter ground, a little uneven.
    fn scene(w: u32, h: u32, layout: Layout) -> Picture {
        let size = Size::new(w, h).unwrap();
        let mut random = Random::new("op::paint::watercolor");
        let mut samples = Vec::new();
        for y in 0..h {
            for x in 0..w {
                let across = (x as f32 + 0.5) / w as f32 - 0.5;
                let down = (y as f32 + 0.5) / h as f32 - 0.5;
                let inside = across.hypot(down) < 0.3;
                let noise = (random.unit() * 4.0) as u8;
                let colour = if inside { [150, 40, 60] } else { [190, 205, 225] };
                samples.extend(colour[..layout.colours()].iter().map(|v| v + noise));
                if layout.has_alpha() {
                    samples.push(if x < w / 3 { 0 } else { 255 });
                }
            }
        }
        Picture::new(size, layout, samples).unwrap()
    }

    fn bytes(picture: &Picture) -> &[u8] {
        picture.as_u8().unwrap().samples()
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bytes() {
        let picture = scene(233, 170, Layout::Rgb);
        let run = |threads: usize| {
            let pool = Some(Arc::new(Pool::new(threads).unwrap()));
            paint(&picture, &[("lines", "1"), ("open", "0.3")], &Context { pool, ..Context::default() })
        };
        assert_eq!(bytes(&run(1)), bytes(&run(3)));
    }

    #[test]
    fn odd_sizes_and_layouts_keep_their_size_and_alpha() {
        let context = Context::default();
        for (w, h) in [(1, 1), (16, 16), (1, 300), (800, 5), (3, 2)] {
            for layout in [Layout::Rgb, Layout::Rgba, Layout::Grey, Layout::GreyAlpha] {
                let picture = scene(w, h, layout);
                let all = [("border", "4"), ("open", "0.3"), ("backruns", "1"), ("lines", "1")];
                let painted = paint(&picture, &all, &context);
                assert_eq!(painted.size(), picture.size());
                if layout.has_alpha() {
                    let alpha = |p: &Picture| -> Vec<u8> {
                        bytes(p).chunks_exact(p.layout().channels()).map(|p| *p.last().unwrap()).collect()
                    };
                    assert_eq!(alpha(&painted), alpha(&picture), "{w}×{h}");
                }
            }
        }
    }

    #[test]
    fn white_is_left_as_paper() {
        let size = Size::new(120, 90).unwrap();
        let white = Picture::new(size, Layout::Rgb, vec![255u8; 120 * 90 * 3]).unwrap();
        let painted = paint(&white, &[("relief", "0"), ("paper", "#f0e0d0")], &Context::default());
        assert!(bytes(&painted).chunks_exact(3).all(|p| p == [0xf0, 0xe0, 0xd0]));
    }

    #[test]
    fn rims_darken_the_inside_of_an_edge_and_nothing_else() {
        let picture = scene(900, 900, Layout::Rgb);
        let off = [
            "turbulence",
            "granulation",
            "wobble",
            "wetness",
            "bleed",
            "backruns",
            "slivers",
            "drift",
            "relief",
        ];
        let mut words: Vec<_> = off.map(|name| (name, "0")).to_vec();
        words.push(("rims", "0"));
        let context = Context::default();
        let plain = paint(&picture, &words, &context);
        words.last_mut().unwrap().1 = "2";
        let rimmed = paint(&picture, &words, &context);
        let at = |p: &Picture, x: usize| i32::from(bytes(p)[(450 * 900 + x) * 3 + 1]);
        // The disc ends at 180.
        assert!(at(&rimmed, 182) < at(&plain, 182) - 4, "{} {}", at(&rimmed, 182), at(&plain, 182));
        assert!((at(&rimmed, 450) - at(&plain, 450)).abs() <= 2);
        assert!((at(&rimmed, 174) - at(&plain, 174)).abs() <= 2);
    }

    #[test]
    fn a_preview_has_the_colours_of_the_full_picture() {
        let context = Context::default();
        let [full, small] = [1200, 400].map(|side| paint(&scene(side, side, Layout::Rgb), &[], &context));
        let mean = |p: &Picture, i: usize, j: usize, c: usize| {
            let cell = p.size().width() / 10;
            let rows = (j * cell..(j + 1) * cell).map(|y| {
                let row = p.as_u8().unwrap().row(y);
                (i * cell..(i + 1) * cell).map(|x| f32::from(row[3 * x + c])).sum::<f32>()
            });
            rows.sum::<f32>() / (cell * cell) as f32
        };
        for (i, j) in (0..10).flat_map(|j| (0..10).map(move |i| (i, j))) {
            for c in 0..3 {
                let [a, b] = [&full, &small].map(|p| mean(p, i, j, c));
                assert!((a - b).abs() < 9.0, "at {i},{j}: {a} and {b}");
            }
        }
    }
}
