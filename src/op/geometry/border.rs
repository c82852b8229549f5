//! Border: a frame around the picture, plain or with a mat, a line, rounded corners; or bars to fill a screen.
//! What is asked for is here; how a pixel of it looks is in `border/frame.rs`.

mod frame;

use super::ratio;
use super::surround::{Place, surrounded};
use crate::color::Rgb;
use crate::error::Result;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Encoding, Layout, Picture, Size};
use frame::Frame;

/// Puts a border around a picture.
pub(crate) struct Border;

impl Operator for Border {
    fn name(&self) -> &'static str {
        "border"
    }

    fn about(&self) -> &'static str {
        "Puts a border around the picture: a mat, a line, rounded corners, or bars."
    }

    fn params(&self) -> &'static [Param] {
        const COLOR: Kind = Kind::Colors { min: 1, max: 1 };
        &[
            Param {
                name: "width",
                kind: Kind::Length { min: 0.0, max: 512.0 },
                default: "48",
                about: "How wide the border is.",
            },
            Param { name: "color", kind: COLOR, default: "\"#f4f0e6\"", about: "Its colour." },
            Param {
                name: "line",
                kind: Kind::Length { min: 0.0, max: 64.0 },
                default: "0",
                about: "How thick a line runs around the picture, a quarter of the border away; 0 for none.",
            },
            Param {
                name: "line_color",
                kind: COLOR,
                default: "\"#3a342c\"",
                about: "The colour of the line.",
            },
            Param {
                name: "bevel",
                kind: Kind::Length { min: 0.0, max: 64.0 },
                default: "0",
                about: "How wide the slanted edge of a mat is, which casts a shadow on the picture; 0 for none.",
            },
            Param {
                name: "radius",
                kind: Kind::Length { min: 0.0, max: 512.0 },
                default: "0",
                about: "How round the corners of the picture are.",
            },
            Param {
                name: "ratio",
                kind: Kind::Choice(ratio::NAMES),
                default: "none",
                about: "Proportions to fill up to with bars; with a width of 0 there is nothing but the bars.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound::new(values)))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let bound = Bound::new(values);
        let place = Place::new(size, bound.width.pixels(size), bound.ratio);
        let grown = place.map_or(size, |place| place.outer());
        let times = grown.area() as f64 / size.area() as f64;
        Cost { nanos: 60.0 * times, bytes: 8.0 * times, size: grown }
    }

    fn keeps_size(&self) -> bool {
        false
    }
}

struct Bound {
    width: Length,
    line: Length,
    bevel: Length,
    radius: Length,
    ratio: Option<f64>,
    color: Rgb,
    line_color: Rgb,
}

impl Bound {
    fn new(values: &Values) -> Self {
        Self {
            width: values.length("width"),
            line: values.length("line"),
            bevel: values.length("bevel"),
            radius: values.length("radius"),
            ratio: ratio::named(values.choice("ratio")),
            color: values.colors("color")[0],
            line_color: values.colors("line_color")[0],
        }
    }

    fn layout(&self, picture: Layout, frame: &Frame) -> Layout {
        let grey = |Rgb([r, g, b]): Rgb| r == g && g == b;
        let colours = grey(self.color) && (frame.line == 0.0 || grey(self.line_color));
        Layout::of(picture.is_grey() && colours, picture.has_alpha())
    }
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let size = picture.size();
        let place = Place::new(size, self.width.pixels(size), self.ratio)?;
        let frame = Frame {
            size,
            line: self.line.pixels(size),
            gap: (self.width.pixels(size) * 0.25).max(1.0),
            bevel: self.bevel.pixels(size),
            radius: self.radius.pixels(size).min(size.width().min(size.height()) as f32 * 0.5),
            color: self.color.to(Encoding::Linear),
            line_color: self.line_color.to(Encoding::Linear),
        };
        if place.outer() == size && frame.radius == 0.0 && frame.bevel == 0.0 {
            return Ok(picture);
        }
        let layout = self.layout(picture.layout(), &frame);
        surrounded(&picture, place, &frame, layout, step)
    }
}

#[cfg(test)]
mod tests;
