//! Border: a frame around the picture, plain or with a mat, a line, rounded corners; or bars to fill a screen.
//! What is asked for is here; how a pixel of it looks is in `border/frame.rs`.

mod frame;

use super::ratio;
use crate::color::Rgb;
use crate::error::{Error, Result};
use crate::kernel::interleave::Store;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Encoding, Layout, Picture, Samples, Size};
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
        let grown = Bound::new(values).place(size).map_or(size, |place| place.outer);
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

/// Where the picture lies in the new one.
struct Place {
    outer: Size,
    left: usize,
    top: usize,
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

    fn place(&self, size: Size) -> Result<Place> {
        let width = self.width.pixels(size).round() as f64;
        let (w, h) = (size.width() as f64 + 2.0 * width, size.height() as f64 + 2.0 * width);
        let (w, h) = match self.ratio {
            Some(ratio) if w < h * ratio => (h * ratio, h),
            Some(ratio) => (w, w / ratio),
            None => (w, h),
        };
        let side = |side: f64| side.round().clamp(1.0, f64::from(u32::MAX)) as u32;
        let outer = Size::new(side(w), side(h))
            .map_err(|error| Error::unsupported(error.to_string(), "ask for a narrower border"))?;
        let free = |outer: usize, inner: usize| outer.saturating_sub(inner) / 2;
        Ok(Place { outer, left: free(outer.width(), size.width()), top: free(outer.height(), size.height()) })
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
        let place = self.place(size)?;
        let frame = Frame {
            size,
            line: self.line.pixels(size),
            gap: (self.width.pixels(size) * 0.25).max(1.0),
            bevel: self.bevel.pixels(size),
            radius: self.radius.pixels(size).min(size.width().min(size.height()) as f32 * 0.5),
            color: self.color.to(Encoding::Linear),
            line_color: self.line_color.to(Encoding::Linear),
        };
        if place.outer == size && frame.radius == 0.0 && frame.bevel == 0.0 {
            return Ok(picture);
        }
        let layout = self.layout(picture.layout(), &frame);
        step.work.limits.admit(place.outer, layout.channels() * step.rest.bytes())?;
        let mut samples = Samples::zeros(step.rest, place.outer.pixels() * layout.channels());
        let job = Job { picture: &picture, place, frame, layout, step };
        match &mut samples {
            Samples::U8(s) => job.run(s)?,
            Samples::U16(s) => job.run(s)?,
            Samples::F32(s) => job.run(s)?,
        }
        Picture::with_meaning(job.place.outer, layout, picture.encoding(), picture.alpha(), samples)
            .map_err(|error| Error::Fault { place: "border".into(), message: error.to_string() })
    }
}

struct Job<'a> {
    picture: &'a Picture,
    place: Place,
    frame: Frame,
    layout: Layout,
    step: &'a StepContext<'a>,
}

impl Job<'_> {
    fn run<T: Store>(&self, target: &mut [T]) -> Result<()> {
        let row_len = self.place.outer.width() * self.layout.channels();
        for_each_band(self.step.work, target, row_len * BAND_ROWS, |index, band| {
            for (y, row) in band.chunks_exact_mut(row_len).enumerate() {
                let y = (index * BAND_ROWS + y) as i64 - self.place.top as i64;
                let inside = usize::try_from(y).ok().filter(|y| *y < self.picture.size().height());
                let mut rows = frame::Rows::new(self.place.outer.width());
                if let Some(y) = inside {
                    let (level, left) = (self.step.work.level, self.place.left);
                    match self.picture.samples() {
                        Samples::U8(s) => rows.open(level, self.picture, s, y, left),
                        Samples::U16(s) => rows.open(level, self.picture, s, y, left),
                        Samples::F32(s) => rows.open(level, self.picture, s, y, left),
                    }
                }
                self.frame.draw(&mut rows, y, self.place.left as i64);
                rows.close(self.step.work.level, self.picture, self.layout, row);
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests;
