//! Flow lines: a confident contour that follows the forms.

use super::ink::Ink;
use super::said::{cost, units};
use crate::color::convert::convert_rows;
use crate::error::Result;
use crate::kernel::drawing as kernel;
use crate::kernel::interleave::Store;
use crate::line::{Contour, Smoothness, Study, contour};
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Alpha, Encoding, Picture, Plane, Size, with_samples};

/// Draws coherent lines.
pub(crate) struct FlowLines;

const PARAMS: &[Param] = &[
    Param {
        name: "width",
        kind: Kind::Length { min: 0.4, max: 12.0 },
        default: "0.95",
        about: "How wide lines are: the standard deviation across them.",
    },
    Param {
        name: "coherence",
        kind: Kind::Length { min: 0.0, max: 40.0 },
        default: "4.5",
        about: "How far along the flow a line holds together.",
    },
    Param {
        name: "threshold",
        kind: Kind::Number { min: 0.002, max: 0.3 },
        default: "0.018",
        about: "The contrast of the faintest edge drawn, in lightness from 0 to 1.",
    },
    Param {
        name: "inhibition",
        kind: Kind::Number { min: 0.0, max: 4.0 },
        default: "1.25",
        about: "How much busy surroundings, grass or gravel, keep lines away.",
    },
    Param {
        name: "shortest",
        kind: Kind::Length { min: 0.0, max: 100.0 },
        default: "13",
        about: "Lines shorter than this fade out; on textures it counts up to threefold.",
    },
    Param {
        name: "texture",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.4",
        about: "The weight of lines that are texture and not form.",
    },
    Param {
        name: "focus",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.5",
        about: "How much lighter lines are where the picture is out of focus; 1: they vanish.",
    },
    Param {
        name: "strength",
        kind: Kind::Number { min: 0.1, max: 4.0 },
        default: "1",
        about: "How hard the pen is pressed.",
    },
    Param { name: "over", kind: Kind::Flag, default: "false", about: "Draw over the picture, not on paper." },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#141414",
        about: "The colour of lines.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#ffffff",
        about: "The colour where there are none, unless they are drawn over the picture.",
    },
];

impl Operator for FlowLines {
    fn name(&self) -> &'static str {
        "flow_lines"
    }

    fn about(&self) -> &'static str {
        "Draws coherent lines along the flow of the forms, their weight by strength and focus."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        let lengths = ["width", "coherence", "shortest"].map(|name| values.length(name));
        let numbers = ["threshold", "inhibition", "texture", "focus"].map(|name| values.number(name));
        Action::Whole(Box::new(Bound {
            lengths,
            numbers,
            strength: values.number("strength"),
            over: values.flag("over"),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        cost(size, 60.0, 500.0, 12.0)
    }
}

struct Bound {
    lengths: [Length; 3],
    numbers: [f32; 4],
    strength: f32,
    over: bool,
    ink: Ink,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let [width, coherence, shortest] = self.lengths.map(|length| units(length, picture.size()));
        let [threshold, inhibition, texture, focus] = self.numbers;
        let options = Contour {
            width,
            coherence,
            threshold,
            inhibition,
            shortest,
            texture,
            focus,
            ..Contour::default()
        };
        let study = Study::open(&picture, width, context)?;
        let lines = contour(&study, &study.light, &options, context)?;
        drop(study);
        if self.over {
            return self.over(&picture, &lines, step);
        }
        let Ink { ink, paper } = self.ink;
        let sheet = Sheet::of(&picture, &[ink, paper], step)?;
        drop(picture);
        sheet.fill(&[(&lines, Smoothness::Smooth)], context, |_, rows, out| {
            kernel::press(context.level, &mut rows[0], self.strength, 1.0);
            for (channel, out) in out.iter_mut().enumerate() {
                // There is no tooth; any row will do.
                kernel::lay(context.level, &rows[0], &rows[0], [ink[channel], paper[channel]], 0.0, out);
            }
        })
    }
}

impl Bound {
    fn over(&self, picture: &Picture, lines: &Plane, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let sheet = Sheet::of(picture, &[self.ink.ink], step)?;
        sheet.fill(&[(lines, Smoothness::Smooth)], context, |y, rows, out| {
            kernel::press(context.level, &mut rows[0], self.strength, 1.0);
            take(picture, y, sheet.alpha(y), out, step);
            for (out, ink) in out.iter_mut().zip(self.ink.ink) {
                out.iter_mut().zip(&rows[0]).for_each(|(v, cover)| *v += cover * (ink - *v));
            }
        })
    }
}

/// A row of the picture in straight sRGB.
fn take(picture: &Picture, y: usize, alpha: Option<&[f32]>, out: &mut [Vec<f32>], step: &StepContext<'_>) {
    let (layout, level, len) = (picture.layout(), step.work.level, picture.row_len());
    for (channel, row) in out.iter_mut().enumerate() {
        let channel = if layout.is_grey() { 0 } else { channel };
        with_samples!(picture.samples(), s => {
            Store::take(level, &s[y * len..][..len], layout.channels(), channel, row);
        });
        if let (Alpha::Premultiplied, Some(alpha)) = (picture.alpha(), alpha) {
            row.iter_mut().zip(alpha).for_each(|(v, alpha)| *v /= alpha.max(1e-6));
        }
    }
    if picture.encoding() != Encoding::Srgb {
        match out {
            [a, b, c] => convert_rows(level, picture.encoding(), Encoding::Srgb, [a, b, c]),
            [grey, ..] => {
                let (mut b, mut c) = (vec![0.0; grey.len()], vec![0.0; grey.len()]);
                convert_rows(level, picture.encoding(), Encoding::Srgb, [grey, &mut b, &mut c]);
            }
            [] => {}
        }
    }
}
