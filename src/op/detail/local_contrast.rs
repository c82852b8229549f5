//! Local contrast: texture and modelling raised, or laid low, with edges as they are; and tones compressed.
//!
//! On Oklab lightness, where equal steps look equal in shadow and light, applied as an exposure for each pixel. With
//! `auto` it is measured how much detail there is: a flat picture gets what it lacks, a crisp one nothing, and one that
//! is soft all over (a portrait before mist, a rose) is taken to be so by intent.

use crate::error::Result;
use crate::filter::pyramid::{fill, reduce_planes};
use crate::filter::{LocalLaplacian, lightness, local_laplacian, opacity};
use crate::kernel::{Level, lightness as rows};
use crate::op::reduced::Reduced;
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Plane, Size};

/// The longer side of the picture that is measured.
const LONGER: u32 = 512;

/// Levels of detail that are measured: 2, 4 and 8 pixels of the small picture.
const LEVELS: std::ops::Range<usize> = 1..4;

/// The detail a crisp picture has: four fifths of all pixels differ less than this from their surroundings.
const ENOUGH: f32 = 0.045;

/// A picture that lacks more than this much of its own detail is soft by intent. There is no half way: a picture that got half
/// of what it lacks would be given the rest by the next run.
const LACKS: f32 = 0.33;

/// Raises or smooths detail.
pub(crate) struct LocalContrast;

impl Operator for LocalContrast {
    fn name(&self) -> &'static str {
        "local_contrast"
    }

    fn about(&self) -> &'static str {
        "Raises or smooths detail without halos, and can compress the tones around it."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "detail",
                kind: Kind::Number { min: -1.0, max: 1.0 },
                default: "0.4",
                about: "How much detail grows: 1 doubles it, -1 smooths it away.",
            },
            Param {
                name: "compression",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0",
                about: "How much larger contrasts shrink.",
            },
            Param {
                name: "sigma",
                kind: Kind::Number { min: 0.05, max: 0.5 },
                default: "0.2",
                about: "Where detail ends and contrast between things begins, in lightness.",
            },
            Param {
                name: "finest",
                kind: Kind::Length { min: 0.0, max: 64.0 },
                default: "1",
                about: "Detail finer than this is left alone, and noise with it.",
            },
            Param {
                name: "auto",
                kind: Kind::Flag,
                default: "false",
                about: "Give only what the picture lacks, detail being the most it may get.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let how = LocalLaplacian {
            detail: values.number("detail"),
            compression: values.number("compression"),
            sigma: values.number("sigma"),
            finest: 0.0,
        };
        Action::Measured(Box::new(Contrast {
            how,
            finest: values.length("finest"),
            auto: values.flag("auto"),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let how =
            LocalLaplacian { detail: 0.0, compression: 0.0, sigma: values.number("sigma"), finest: 0.0 };
        Cost::per_pixel(size, 80.0, 4.0 * (how.planes() + 1.0))
    }
}

struct Contrast {
    how: LocalLaplacian,
    finest: Length,
    auto: bool,
}

impl Measured for Contrast {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let mut how = LocalLaplacian { finest: self.finest.pixels(picture.size()), ..self.how };
        if self.auto {
            how.detail = self.lacking(picture, step)?;
        }
        if how.detail == 0.0 && how.compression == 0.0 {
            return Ok(Box::new(Relit(None)));
        }
        let mut plane = lightness(picture, step.work)?;
        if let Some(alpha) = opacity(picture, step.work)? {
            fill(&mut plane, &alpha, step.work)?;
        }
        Ok(Box::new(Relit(Some(local_laplacian(&plane, &how, step.work)?))))
    }
}

impl Contrast {
    /// The detail to add, found by trying.
    fn lacking(&self, picture: &Picture, step: &StepContext<'_>) -> Result<f32> {
        let small = Reduced::new(picture, LONGER, step)?;
        let plane = Plane::new(small.size, small.lightness(step)).expect("a lightness for each pixel");
        let there = detail(&plane, step)?;
        let wish = (ENOUGH / there.max(1e-6) - 1.0).max(0.0);
        if !(0.01..LACKS).contains(&wish) {
            return Ok(0.0);
        }
        let mut gain = wish.min(self.how.detail);
        for _ in 0..3 {
            let how = LocalLaplacian { detail: gain, finest: self.finest.pixels(small.size), ..self.how };
            let grown =
                detail(&relit(&small, &plane, &local_laplacian(&plane, &how, step.work)?, step), step)?;
            gain = (gain * wish * there / (grown - there).max(0.05 * there))
                .clamp(0.0, self.how.detail.max(0.0));
        }
        Ok(gain)
    }
}

/// The lightness that comes of asking for `new`.
fn relit(small: &Reduced, old: &Plane, new: &Plane, step: &StepContext<'_>) -> Plane {
    let mut result = small.clone();
    let [r, g, b] = &mut result.colour;
    rows::relight(step.work.level, r, g, b, old.samples(), new.samples());
    Plane::new(small.size, result.lightness(step)).expect("a lightness for each pixel")
}

/// How much a pixel differs from its surroundings, where four fifths of all differ less: the mean of some levels.
fn detail(plane: &Plane, step: &StepContext<'_>) -> Result<f32> {
    let (mut level, mut sum) = (vec![plane.clone()], 0.0);
    for i in 0..LEVELS.end {
        let next = reduce_planes(&level, step.work)?;
        if LEVELS.contains(&i) {
            let wide = reduce_planes(&next, step.work)?;
            sum += spread(&next[0], &wide[0]) / LEVELS.len() as f32;
        }
        level = next;
    }
    Ok(sum)
}

/// Four fifths of the samples of `fine` at even places lie nearer than this to those of the coarser level.
fn spread(fine: &Plane, coarse: &Plane) -> f32 {
    let size = coarse.size();
    let mut apart: Vec<f32> = (0..size.pixels())
        .map(|i| (i % size.width(), i / size.width()))
        .map(|(x, y)| (fine.row(2 * y)[2 * x] - coarse.row(y)[x]).abs())
        .collect();
    let at = (apart.len() - 1) * 4 / 5;
    *apart.select_nth_unstable_by(at, f32::total_cmp).1
}

struct Relit(Option<Plane>);

impl Pointwise for Relit {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let Some(new) = &self.0 else { return };
        let [r, g, b] = row.colour;
        let mut old = vec![0.0; r.len()];
        rows::lightness(level, r, g, b, &mut old);
        rows::relight(level, r, g, b, &old, new.row(row.y));
    }
}
