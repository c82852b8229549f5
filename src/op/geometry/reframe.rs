//! Reframe: a crop to other proportions, placed where the picture keeps what draws the eye.
//!
//! The crop is as large as the picture allows, so it can slide along one axis alone. Each place is scored by the
//! share of the saliency it keeps, by how well what it keeps sits on a line of thirds (or in the middle), and by how
//! little its ends cut through; the best wins. Where even that would lose too much the picture stays as it is: better uncropped than beheaded.

use super::ratio;
use crate::error::{Error, Result};
use crate::filter::saliency;
use crate::op::{Action, Cost, Kind, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Plane, Samples, Size};

/// Places that are tried.
const PLACES: usize = 65;

/// How much sitting well counts against keeping more.
const SITTING: f32 = 0.25;

/// How much it counts that the ends of the crop do not cut through anything.
const CUTTING: f32 = 0.1;

/// How far from a line still counts as on it: the deviation, as a share of the crop.
const NEAR: f32 = 0.12;

/// Crops to other proportions.
pub(crate) struct Reframe;

impl Operator for Reframe {
    fn name(&self) -> &'static str {
        "reframe"
    }

    fn about(&self) -> &'static str {
        "Crops to other proportions, around what draws the eye."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "ratio",
                kind: Kind::Choice(ratio::NAMES),
                default: "none",
                about: "Width to height of the crop; none leaves the picture as it is.",
            },
            Param {
                name: "keep",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.7",
                about: "The share of what draws the eye that must stay; where it cannot, nothing is cropped.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Crop {
            ratio: ratio::named(values.choice("ratio")),
            keep: values.number("keep"),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        match ratio::named(values.choice("ratio")) {
            None => Cost::per_pixel(size, 0.0, 0.0),
            // It may stay as large as it is.
            Some(_) => Cost::per_pixel(size, 20.0, 8.0),
        }
    }

    fn keeps_size(&self) -> bool {
        false
    }
}

struct Crop {
    ratio: Option<f64>,
    keep: f32,
}

impl Whole for Crop {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let Some(ratio) = self.ratio else { return Ok(picture) };
        let (size, target) = (picture.size(), ratio::within(picture.size(), ratio));
        if target == size {
            return Ok(picture);
        }
        let map = saliency(&picture, step.work)?;
        let across = target.height() == size.height();
        let share = if across {
            target.width() as f32 / size.width() as f32
        } else {
            target.height() as f32 / size.height() as f32
        };
        let Some(place) = best(&along(&map, across), share, self.keep) else { return Ok(picture) };
        let at = |whole: usize, part: usize| ((whole - part) as f32 * place).round() as usize;
        let left = at(size.width(), target.width());
        crop(&picture, left, at(size.height(), target.height()), target, step)
    }
}

/// The saliency summed over the axis that is kept.
fn along(map: &Plane, across: bool) -> Vec<f32> {
    let (w, h) = (map.size().width(), map.size().height());
    let row_sum = |y: usize| map.row(y).iter().sum();
    let column_sum = |x: usize| (0..h).map(|y| map.row(y)[x]).sum();
    if across { (0..w).map(column_sum).collect() } else { (0..h).map(row_sum).collect() }
}

/// The best place of a window over `masses` that covers `share` of them, from 0 at the start to 1 at the end, among
/// those that hold at least `keep` of all the mass. A picture without anything salient is cropped in the middle.
fn best(masses: &[f32], share: f32, keep: f32) -> Option<f32> {
    let total: f32 = masses.iter().sum();
    if total <= 1e-6 {
        return Some(0.5);
    }
    let (mut winner, mut best) = (None, f32::MIN);
    for i in 0..PLACES {
        // From the middle outwards, so that the middle wins where all are equal.
        let from_middle = i.div_ceil(2) as f32 / (PLACES - 1) as f32;
        let place = if i % 2 == 0 { 0.5 + from_middle } else { 0.5 - from_middle };
        let (kept, sitting) = window(masses, place * (1.0 - share), share);
        let score = kept / total + SITTING * sitting - CUTTING * cut(masses, place * (1.0 - share), share);
        if kept >= keep * total && score > best + 1e-5 {
            (winner, best) = (Some(place), score);
        }
    }
    winner
}

/// How much the ends of a window cut through, against the strongest mass. The frame itself cuts nothing new.
fn cut(masses: &[f32], start: f32, share: f32) -> f32 {
    let strongest = masses.iter().fold(1e-6f32, |most, mass| most.max(*mass));
    let at = |place: f32| {
        let inside = (0.01..0.99).contains(&place);
        if inside { masses[((place * masses.len() as f32) as usize).min(masses.len() - 1)] } else { 0.0 }
    };
    (at(start) + at(start + share)) / strongest
}

/// The mass in a window, and how near it lies to a third, the middle, or the other third of it.
fn window(masses: &[f32], start: f32, share: f32) -> (f32, f32) {
    let cell = 1.0 / masses.len() as f32;
    let (mut kept, mut near, mut moment) = (0.0, 0.0, 0.0);
    for (i, mass) in masses.iter().enumerate() {
        let from = i as f32 * cell;
        let inside = ((from + cell).min(start + share) - from.max(start)).max(0.0) / cell;
        let at = (from + cell * 0.5 - start) / share;
        let line = |line: f32| (-0.5 * ((at - line) / NEAR).powi(2)).exp();
        kept += mass * inside;
        moment += mass * inside * at;
        near += mass * inside * line(1.0 / 3.0).max(line(2.0 / 3.0));
    }
    let kept_or_one = kept.max(1e-6);
    let balance = (-0.5 * ((moment / kept_or_one - 0.5) / (2.0 * NEAR)).powi(2)).exp();
    (kept, (near / kept_or_one).max(balance))
}

/// A part of a picture.
fn crop(picture: &Picture, left: usize, top: usize, size: Size, step: &StepContext<'_>) -> Result<Picture> {
    let (layout, row_len) = (picture.layout(), picture.row_len());
    step.work.limits.admit(size, layout.channels() * picture.depth().bytes())?;
    let samples = match picture.samples() {
        Samples::U8(s) => Samples::U8(rows(s, row_len, layout.channels(), left, top, size)),
        Samples::U16(s) => Samples::U16(rows(s, row_len, layout.channels(), left, top, size)),
        Samples::F32(s) => Samples::F32(rows(s, row_len, layout.channels(), left, top, size)),
    };
    Picture::with_meaning(size, layout, picture.encoding(), picture.alpha(), samples)
        .map_err(|error| Error::Fault { place: "reframe".into(), message: error.to_string() })
}

fn rows<T: Copy>(
    samples: &[T],
    row_len: usize,
    channels: usize,
    left: usize,
    top: usize,
    size: Size,
) -> Vec<T> {
    let rows = samples.chunks_exact(row_len).skip(top).take(size.height());
    rows.flat_map(|row| &row[left * channels..][..size.width() * channels]).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::pixel::{Depth, Layout};

    fn run(picture: Picture, ratio: &str, keep: f32) -> Picture {
        let work = Context::default();
        let step = StepContext { work: &work, seed: 0, rest: Depth::U8 };
        Crop { ratio: ratio::named(ratio), keep }.run(picture, &step).unwrap()
    }

    /// A red disc at `cx` of the width, in the middle of the height; the blue channel is the column.
    fn disc(w: usize, h: usize, cx: f32) -> Picture {
        let mut samples = Vec::new();
        for i in 0..w * h {
            let (x, y) = ((i % w) as f32 - cx * w as f32, (i / w) as f32 - 0.5 * h as f32);
            let inside = (x * x + y * y).sqrt() < h as f32 * 0.2;
            samples.extend_from_slice(if inside { &[210u8, 30, 20] } else { &[110, 118, 112] });
        }
        Picture::new(Size::from_usize(w, h).unwrap(), Layout::Rgb, samples).unwrap()
    }

    #[test]
    fn the_disc_stays_in_the_crop() {
        for cx in [0.2, 0.5, 0.8] {
            let cropped = run(disc(600, 300, cx), "1:1", 0.7);
            assert_eq!(cropped.size().as_u32(), (300, 300));
            let view = cropped.as_u8().unwrap();
            let red = view.samples().chunks_exact(3).filter(|pixel| pixel[0] > 200).count();
            let whole = std::f32::consts::PI * 60.0 * 60.0;
            assert!(red as f32 > 0.97 * whole, "{cx}: {red} of {whole}");
        }
    }

    #[test]
    fn none_and_the_same_ratio_change_nothing() {
        let picture = disc(300, 200, 0.5);
        assert_eq!(run(picture.clone(), "none", 0.7), picture);
        assert_eq!(run(picture.clone(), "3:2", 0.7), picture);
    }

    #[test]
    fn what_would_lose_too_much_stays() {
        // Everything everywhere: a narrow crop keeps no more than its share.
        let mut random = crate::test_support::Random::new("reframe");
        let size = Size::new(400, 300).unwrap();
        let samples: Vec<_> = (0..size.pixels() * 3).map(|_| random.below(256) as u8).collect();
        let picture = Picture::new(size, Layout::Rgb, samples).unwrap();
        assert_eq!(run(picture.clone(), "9:16", 0.95).size(), size, "{random}");
        assert_eq!(run(picture, "9:16", 0.0).size().as_u32(), (169, 300));
    }

    #[test]
    fn a_single_pixel_and_every_depth() {
        for depth in [Depth::U8, Depth::U16, Depth::F32] {
            let one = Picture::blank(Size::new(1, 1).unwrap(), Layout::Rgba, depth);
            assert_eq!(run(one.clone(), "2.39:1", 0.7), one);
            let some = Picture::blank(Size::new(90, 80).unwrap(), Layout::GreyAlpha, depth);
            assert_eq!(run(some, "1:1", 0.7).size().as_u32(), (80, 80), "nothing salient: the middle");
        }
    }
}
