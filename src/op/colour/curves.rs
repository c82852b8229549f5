//! Curves: the tone of every pixel, drawn by hand; and levels, the same with five numbers.
//!
//! Both work on values with the curve of sRGB, as the tools do whose habits people bring: a point at (0.5, 0.6) is
//! where they expect it, and the steps of an 8-bit picture are evenly spread over the curve.

use crate::color::convert::convert_rows;
use crate::color::spline::Spline;
use crate::kernel::{Level, chroma, tone};
use crate::op::{Action, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::Encoding;

use super::tone_table::{Table, table};

const POINTS: Kind = Kind::Points { min: 2, max: 16 };
const STRAIGHT: &str = "[[0, 0], [1, 1]]";

/// What the main curve works on.
const KEEPS: &[&str] = &["hue", "nothing", "colour"];

/// Tone curves.
pub(crate) struct Curves;

impl Operator for Curves {
    fn name(&self) -> &'static str {
        "curves"
    }

    fn about(&self) -> &'static str {
        "Changes tones by a smooth curve through points, for all channels and for each."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "curve",
                kind: POINTS,
                default: STRAIGHT,
                about: "The main curve: points [from, to], dark to light; it never swings past its points.",
            },
            Param {
                name: "keep",
                kind: Kind::Choice(KEEPS),
                default: "hue",
                about: "What the main curve keeps: the hue, as contrast brings richer colour; nothing, each channel \
                        alone, as film does; or hue and chroma, changing lightness alone.",
            },
            Param {
                name: "red",
                kind: POINTS,
                default: STRAIGHT,
                about: "A curve for red, after the main one.",
            },
            Param { name: "green", kind: POINTS, default: STRAIGHT, about: "A curve for green." },
            Param { name: "blue", kind: POINTS, default: STRAIGHT, about: "A curve for blue." },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let drawn = |name| {
            let spline = Spline::through(values.points(name));
            table(|x| spline.at(x))
        };
        Action::Pointwise(Box::new(Drawn {
            main: drawn("curve"),
            keep: values.choice("keep"),
            channels: ["red", "green", "blue"].map(drawn),
        }))
    }
}

struct Drawn {
    main: Option<Table>,
    keep: &'static str,
    channels: [Option<Table>; 3],
}

impl Drawn {
    /// Does the main curve work on lightness?
    fn by_lightness(&self) -> bool {
        self.main.is_some() && self.keep == "colour"
    }

    fn main(&self, level: Level, [a, b, c]: [&mut [f32]; 3]) {
        match &self.main {
            Some(table) if self.by_lightness() => {
                tone::curve(level, a, table);
                chroma::fit(level, a, b, c);
            }
            Some(table) if self.keep == "hue" => tone::curve_keeping_hue(level, a, b, c, table),
            Some(table) => [a, b, c].into_iter().for_each(|row| tone::curve(level, row, table)),
            None => {}
        }
    }
}

impl Pointwise for Drawn {
    fn encoding(&self) -> Encoding {
        if self.by_lightness() { Encoding::Oklab } else { Encoding::Srgb }
    }

    fn keeps_grey(&self) -> bool {
        let [red, green, blue] = &self.channels;
        red == green && green == blue
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [a, b, c] = row.colour;
        self.main(level, [&mut *a, &mut *b, &mut *c]);
        if self.channels.iter().all(Option::is_none) {
            return;
        }
        convert_rows(level, self.encoding(), Encoding::Srgb, [&mut *a, &mut *b, &mut *c]);
        for (row, table) in [&mut *a, &mut *b, &mut *c].into_iter().zip(&self.channels) {
            if let Some(table) = table {
                tone::curve(level, row, table);
            }
        }
        convert_rows(level, Encoding::Srgb, self.encoding(), [a, b, c]);
    }
}
