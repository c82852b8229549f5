//! A step's result laid over what was there before: by how much, in which way, and where.

use crate::error::{Error, Result};
use crate::filter;
use crate::kernel::interleave::Store;
use crate::kernel::{Level, blend};
use crate::mask::Weigh;
use crate::op::{Kind, Length, Param, StepContext};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Encoding, Layout, Picture, Plane, Samples, SamplesMut};

use super::Step;
use super::rows::Rows;

/// What can be said of any step, whatever it does.
pub(crate) const COMMON: &[Param] = &[
    Param {
        name: "skip",
        kind: Kind::Flag,
        default: "false",
        about: "Leave the step out; a style that extends another can so take a step away.",
    },
    Param {
        name: "opacity",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "1",
        about: "How much of the step is seen: 0 nothing, 1 all of it.",
    },
    Param {
        name: "blend",
        kind: Kind::Choice(MODES),
        default: "normal",
        about: "How the result is laid over what was there before.",
    },
];

/// normal and add mix light; color and luminosity mix in Oklab; the rest work on encoded values, as everywhere.
const MODES: &[&str] = &[
    "normal",
    "add",
    "multiply",
    "screen",
    "overlay",
    "soft_light",
    "hard_light",
    "darken",
    "lighten",
    "color_dodge",
    "color_burn",
    "difference",
    "color",
    "luminosity",
];

/// What is done with the result of a step before the next begins.
pub(super) struct Mixing {
    opacity: f32,
    mode: &'static str,
    mask: Option<Mask>,
}

/// A mask, and what is done to it before it is used.
struct Mask {
    weigh: Box<dyn Weigh>,
    invert: bool,
    feather: Length,
}

impl Step {
    /// How its result is laid over what was there; `None` where it simply takes its place.
    pub(super) fn mixing(&self) -> Option<Mixing> {
        let mask = self.mask.as_ref().map(|mask| Mask {
            weigh: mask.by.bind(&mask.values),
            invert: mask.common.flag("invert"),
            feather: mask.common.length("feather"),
        });
        let mixing =
            Mixing { opacity: self.common.number("opacity"), mode: self.common.choice("blend"), mask };
        let plain = mixing.opacity >= 1.0 && mixing.mode == "normal" && mixing.mask.is_none();
        (!plain).then_some(mixing)
    }
}

impl Mixing {
    /// How much of the step each pixel of `picture` will get, unless it is the same everywhere.
    pub(super) fn weights(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Option<Plane>> {
        let Some(mask) = &self.mask else { return Ok(None) };
        step.work.limits.admit(picture.size(), 4)?;
        let mut plane = mask.weigh.weigh(picture, step)?;
        let sigma = mask.feather.pixels(picture.size());
        if sigma > 0.0 {
            filter::gaussian(std::slice::from_mut(&mut plane), sigma, step.work)?;
        }
        let (invert, opacity) = (mask.invert, self.opacity);
        let width = picture.size().width();
        for_each_band(step.work, plane.samples_mut(), width * BAND_ROWS, |_, band| {
            for weight in band {
                let kept = weight.clamp(0.0, 1.0);
                *weight = opacity * if invert { 1.0 - kept } else { kept };
            }
            Ok(())
        })?;
        Ok(Some(plane))
    }

    /// Lay `after` over `before`.
    pub(super) fn mix(
        &self,
        before: &Picture,
        after: Picture,
        weights: Option<&Plane>,
        step: &StepContext<'_>,
    ) -> Result<Picture> {
        if before.size() != after.size() {
            return Err(Error::unsupported(
                "a step that changes the size cannot be masked or blended",
                "take its mask, blend and opacity away",
            ));
        }
        let mut after = as_open_as(after, before, step)?;
        let job = Laying { mixing: self, before, weights, level: step.work.level, layout: after.layout() };
        match after.samples_mut() {
            SamplesMut::U8(s) => job.run(s, step)?,
            SamplesMut::U16(s) => job.run(s, step)?,
            SamplesMut::F32(s) => job.run(s, step)?,
        }
        Ok(after)
    }

    fn encoding(&self) -> Encoding {
        match self.mode {
            "normal" | "add" => Encoding::Linear,
            "color" | "luminosity" => Encoding::Oklab,
            _ => Encoding::Srgb,
        }
    }

    fn blend(&self, level: Level, base: [&mut [f32]; 3], top: [&mut [f32]; 3], weight: &[f32]) {
        let whole: fn(Level, &[f32], &mut [f32], &[f32]) = match self.mode {
            "color" => return keep(level, base, top, weight, [true, false, false]),
            "luminosity" => return keep(level, base, top, weight, [false, true, true]),
            "add" => blend::add,
            "multiply" => blend::multiply,
            "screen" => blend::screen,
            "overlay" => blend::overlay,
            "soft_light" => blend::soft_light,
            "hard_light" => blend::hard_light,
            "darken" => blend::darken,
            "lighten" => blend::lighten,
            "color_dodge" => blend::color_dodge,
            "color_burn" => blend::color_burn,
            "difference" => blend::difference,
            _ => blend::normal,
        };
        base.into_iter().zip(top).for_each(|(base, top)| whole(level, base, top, weight));
    }
}

/// Some channels stay those of the base; the others are the top's.
fn keep(level: Level, base: [&mut [f32]; 3], top: [&mut [f32]; 3], weight: &[f32], stays: [bool; 3]) {
    for ((base, top), stays) in base.into_iter().zip(top).zip(stays) {
        if stays {
            top.copy_from_slice(base);
        } else {
            blend::normal(level, base, top, weight);
        }
    }
}

/// The result with the channels that the mixture of both will need: colour if either has it, alpha likewise.
fn as_open_as(after: Picture, before: &Picture, step: &StepContext<'_>) -> Result<Picture> {
    let (a, b) = (after.layout(), before.layout());
    let layout = Layout::of(a.is_grey() && b.is_grey(), a.has_alpha() || b.has_alpha());
    if layout == a { Ok(after) } else { after.into_layout(layout, step.work) }
}

struct Laying<'a> {
    mixing: &'a Mixing,
    before: &'a Picture,
    weights: Option<&'a Plane>,
    level: Level,
    layout: Layout,
}

impl Laying<'_> {
    fn run<T: Store>(&self, after: &mut [T], step: &StepContext<'_>) -> Result<()> {
        match self.before.samples() {
            Samples::U8(s) => self.over(s, after, step),
            Samples::U16(s) => self.over(s, after, step),
            Samples::F32(s) => self.over(s, after, step),
        }
    }

    fn over<S: Store, T: Store>(&self, before: &[S], after: &mut [T], step: &StepContext<'_>) -> Result<()> {
        let width = self.before.size().width();
        let (from_len, to_len) = (self.before.row_len(), width * self.layout.channels());
        for_each_band(step.work, after, to_len * BAND_ROWS, |index, band| {
            let mut scratch = Scratch::new(width);
            for (y, after) in band.chunks_exact_mut(to_len).enumerate() {
                let y = index * BAND_ROWS + y;
                self.row(y, &before[y * from_len..][..from_len], after, &mut scratch);
            }
            Ok(())
        })
    }

    fn row<S: Store, T: Store>(&self, y: usize, before: &[S], after: &mut [T], scratch: &mut Scratch) {
        let (level, own, encoding) = (self.level, self.before.encoding(), self.mixing.encoding());
        let Scratch { base, top, weight, alphas: [under, over] } = scratch;
        match self.weights {
            Some(plane) => weight.copy_from_slice(plane.row(y)),
            None => weight.fill(self.mixing.opacity),
        }
        let from = self.before.layout();
        if self.layout.has_alpha() {
            let channels = self.layout.channels();
            T::take(level, after, channels, channels - 1, over);
            match from.has_alpha() {
                true => S::take(level, before, from.channels(), from.channels() - 1, under),
                false => under.fill(1.0),
            }
            blend::weigh_alpha(level, under, over, weight);
            T::put(level, over, channels, channels - 1, after);
        }
        base.open(level, before, from);
        top.open(level, after, self.layout);
        base.convert(level, own, encoding);
        top.convert(level, own, encoding);
        self.mixing.blend(level, base.each(), top.each(), weight);
        top.convert(level, encoding, own);
        top.close(level, after, self.layout);
    }
}

/// What a band needs besides the pictures.
struct Scratch {
    base: Rows,
    top: Rows,
    weight: Vec<f32>,
    alphas: [Vec<f32>; 2],
}

impl Scratch {
    fn new(width: usize) -> Self {
        let row = || vec![0.0; width];
        Self { base: Rows::new(width), top: Rows::new(width), weight: row(), alphas: [row(), row()] }
    }
}

#[cfg(test)]
mod tests;
