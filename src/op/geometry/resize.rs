//! Resize: another size, in linear light, alpha weighing the colours. What is asked for is here; how rows
//! become other rows is in `resize/bands.rs`.

mod bands;
mod words;

use fast_image_resize::{FilterType, ResizeAlg};

use crate::error::{Error, Result};
use crate::op::{Action, Cost, Kind, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Depth, Picture, Samples, Size};
use bands::Banded;

/// How proportions are treated when both sides are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Keep them; the picture lies within the sides given.
    #[default]
    Fit,
    /// Keep them; the picture covers the sides given and is cropped about its middle.
    Fill,
    /// Give them up; the picture has exactly the sides given.
    Stretch,
}

/// How pixels between pixels are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Crisp; the best for photographs.
    #[default]
    Lanczos3,
    /// Softer, and without the light seams Lanczos can draw along hard edges.
    Mitchell,
    /// Between the two.
    CatmullRom,
    /// Straight lines between pixels.
    Bilinear,
    /// The average of the pixels covered.
    Box,
    /// The pixel that is there; for pixel art.
    Nearest,
}

/// A size asked for, in terms that suit any picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resize {
    /// Pixels across, if it matters.
    pub width: Option<u32>,
    /// Pixels down, if it matters.
    pub height: Option<u32>,
    /// Pixels along the longer side, if it matters.
    pub longer: Option<u32>,
    /// A factor on both sides, if it matters.
    pub scale: Option<f64>,
    /// What to do about proportions.
    pub fit: Fit,
    /// How to find pixels between pixels.
    pub filter: Filter,
    /// Never make a picture larger than it is.
    pub shrink_only: bool,
}

/// The part of the source that is kept, and the size it gets.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    target: Size,
}

impl Resize {
    /// The size a picture of this one gets.
    pub fn target(&self, source: Size) -> Result<Size> {
        self.plan(source).map(|plan| plan.target)
    }

    fn plan(&self, source: Size) -> Result<Plan> {
        let (w, h) = (source.width() as f64, source.height() as f64);
        let wanted = (self.width.map(f64::from), self.height.map(f64::from));
        let (tw, th) = match (self.longer, self.scale, wanted) {
            (Some(longer), ..) => scaled(w, h, f64::from(longer) / w.max(h)),
            (_, Some(scale), _) => scaled(w, h, scale),
            (.., (None, None)) => (w, h),
            (.., (Some(tw), None)) => scaled(w, h, tw / w),
            (.., (None, Some(th))) => scaled(w, h, th / h),
            (.., (Some(tw), Some(th))) if self.fit == Fit::Fit => scaled(w, h, (tw / w).min(th / h)),
            (.., (Some(tw), Some(th))) => (tw, th),
        };
        let (tw, th) = if self.shrink_only && (tw > w || th > h) { (w, h) } else { (tw, th) };
        let size = |side: f64| side.round().clamp(1.0, f64::from(u32::MAX)) as u32;
        let target = Size::new(size(tw), size(th))
            .map_err(|error| Error::unsupported(error.to_string(), "ask for a smaller one"))?;
        let whole = Plan { left: 0.0, top: 0.0, width: w, height: h, target };
        if self.fit != Fit::Fill {
            return Ok(whole);
        }
        let ratio = (w / tw).min(h / th);
        let (cw, ch) = (tw * ratio, th * ratio);
        Ok(Plan { left: (w - cw) / 2.0, top: (h - ch) / 2.0, width: cw, height: ch, target })
    }
}

fn scaled(w: f64, h: f64, factor: f64) -> (f64, f64) {
    (w * factor, h * factor)
}

impl Whole for Resize {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let plan = self.plan(picture.size())?;
        if plan.target == picture.size() && plan.width == picture.size().width() as f64 {
            return Ok(picture);
        }
        let wide = picture.depth() != Depth::U8;
        step.work.limits.admit(plan.target, picture.layout().channels() * if wide { 4 } else { 2 })?;
        let job = Banded { plan, filter: self.filter, picture: &picture };
        let samples = if wide { job.run::<f32>(step)?.into() } else { job.run::<u16>(step)?.into() };
        finish(picture, plan.target, samples, step)
    }
}

/// The new picture, in the meaning of the old one.
fn finish(old: Picture, size: Size, samples: Samples, step: &StepContext<'_>) -> Result<Picture> {
    let (layout, encoding, alpha, depth) = (old.layout(), old.encoding(), old.alpha(), old.depth());
    drop(old);
    let new =
        Picture::with_meaning(size, layout, encoding, alpha, samples).expect("made for this size and layout");
    if depth == Depth::U8 { Ok(new) } else { new.into_depth(depth, step.work) }
}

impl Filter {
    const NAMES: &'static [&'static str] =
        &["lanczos3", "mitchell", "catmull_rom", "bilinear", "box", "nearest"];

    fn named(name: &str) -> Self {
        match name {
            "mitchell" => Self::Mitchell,
            "catmull_rom" => Self::CatmullRom,
            "bilinear" => Self::Bilinear,
            "box" => Self::Box,
            "nearest" => Self::Nearest,
            _ => Self::Lanczos3,
        }
    }

    fn algorithm(self) -> ResizeAlg {
        match self {
            Self::Lanczos3 => ResizeAlg::Convolution(FilterType::Lanczos3),
            Self::Mitchell => ResizeAlg::Convolution(FilterType::Mitchell),
            Self::CatmullRom => ResizeAlg::Convolution(FilterType::CatmullRom),
            Self::Bilinear => ResizeAlg::Convolution(FilterType::Bilinear),
            Self::Box => ResizeAlg::Convolution(FilterType::Box),
            Self::Nearest => ResizeAlg::Nearest,
        }
    }

    /// Target rows that the filter reaches beyond a row, for `scale` source rows to each target row.
    fn margin(self, scale: f64) -> usize {
        let support = match self {
            Self::Lanczos3 => 3.0,
            Self::Mitchell | Self::CatmullRom => 2.0,
            Self::Bilinear | Self::Box => 1.0,
            Self::Nearest => 0.0,
        };
        // When enlarging the filter reaches `support` source rows, which are that many more target rows.
        (support / scale.min(1.0)).ceil() as usize + 1
    }
}

/// The operator of style files.
pub(crate) struct Resizing;

impl Operator for Resizing {
    fn name(&self) -> &'static str {
        "resize"
    }

    fn about(&self) -> &'static str {
        "Changes the size, in linear light."
    }

    fn params(&self) -> &'static [Param] {
        const SIDE: Kind = Kind::Integer { min: 0, max: 65_535 };
        &[
            Param {
                name: "longer",
                kind: SIDE,
                default: "0",
                about: "Pixels along the longer side; 0 leaves it open.",
            },
            Param { name: "width", kind: SIDE, default: "0", about: "Pixels across; 0 leaves it open." },
            Param { name: "height", kind: SIDE, default: "0", about: "Pixels down; 0 leaves it open." },
            Param {
                name: "fit",
                kind: Kind::Choice(&["fit", "fill", "stretch"]),
                default: "fit",
                about: "With both sides given: fit within them, fill them by cropping, or stretch.",
            },
            Param {
                name: "filter",
                kind: Kind::Choice(Filter::NAMES),
                default: "lanczos3",
                about: "How pixels between pixels are found.",
            },
            Param {
                name: "shrink_only",
                kind: Kind::Flag,
                default: "false",
                about: "Never make the picture larger.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Resize::from(values)))
    }

    fn keeps_size(&self) -> bool {
        false
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let target = Resize::from(values).plan(size).map_or(size, |plan| plan.target);
        // Each pixel is opened once and each new one costs a few taps in both directions.
        let grown = target.area() as f64 / size.area() as f64;
        Cost { nanos: 20.0 + 60.0 * grown, bytes: 0.0, size: target }
    }
}

impl From<&Values> for Resize {
    fn from(values: &Values) -> Self {
        let side = |name| u32::try_from(values.integer(name)).ok().filter(|side| *side > 0);
        Self {
            width: side("width"),
            height: side("height"),
            longer: side("longer"),
            scale: None,
            fit: match values.choice("fit") {
                "fill" => Fit::Fill,
                "stretch" => Fit::Stretch,
                _ => Fit::Fit,
            },
            filter: Filter::named(values.choice("filter")),
            shrink_only: values.flag("shrink_only"),
        }
    }
}

#[cfg(test)]
mod tests;
