//! What is painted and what stays paper.
//!
//! A painter in ink does not copy light. What matters is set down by its contrast to what is around it; what does not is
//! left out, and the sheet stands for sky, water, wall and night alike (留白). So tones are weighed by importance before
//! any is laid, and the place of bare paper is found from its share of the sheet, not from a brightness.

use crate::context::Context;
use crate::error::Result;
use crate::filter::{RollingGuidance, reduce_planes};
use crate::kernel::drawing::ramp;
use crate::line::{Enlarger, Smoothness, blurred, decolour, each_row, rows};
use crate::paint::Guide;
use crate::pixel::Plane;
use crate::texture::Noise;

/// What is asked of the tones. Lengths in units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tones {
    /// The share of the sheet that stays nearly bare.
    pub(crate) blank: f32,
    /// How much what matters little is lost in mist, 0..1.
    pub(crate) mist: f32,
    /// Structures smaller than this do not show in a wash.
    pub(crate) wash: f32,
    pub(crate) seed: u64,
}

/// How far around a place tones are compared.
const AROUND: f32 = 64.0;
/// The share of the darkest places that take all the ink there is.
const BLACK: f32 = 0.015;
/// This part of the bare share is bare for sure. The rest is, too, unless it is darker than that by more than so much: a
/// face before a white wall is painted, though the wall may be less than half of the sheet.
const SURE: f32 = 0.6;
const APART: f32 = 0.3;
/// The least difference between paper and the darkest place: in a picture without any, none is made up.
const LEAST: f32 = 0.24;

/// How dark ink is to be at each place: 0 and below is bare paper, 1 the blackest.
pub(crate) fn tones(guide: &Guide, ask: Tones, context: &Context) -> Result<Plane> {
    let mut value = weighed(guide, ask, context)?;
    let (white, black) = {
        let mut sorted = value.samples().to_vec();
        let sure = quantile(&mut sorted, 1.0 - SURE * ask.blank);
        let white = quantile(&mut sorted, 1.0 - ask.blank).max(sure - APART);
        (white, quantile(&mut sorted, BLACK))
    };
    let scale = 1.0 / (white - black).max(LEAST);
    each_row(&mut value, context, |_, row| {
        row.iter_mut().for_each(|v| *v = ((white - *v) * scale).clamp(-0.25, 1.1));
    })?;
    abstracted(guide, &value, ask.wash, context)
}

/// Lightness as a painter weighs it: the higher, the sooner it is left out.
fn weighed(guide: &Guide, ask: Tones, context: &Context) -> Result<Plane> {
    let (size, unit) = (guide.size(), guide.unit());
    let light = decolour(&guide.study, context)?;
    let wide = blurred(&light, AROUND * unit, context)?;
    let mut sorted = light.samples().to_vec();
    let (low, high) = (quantile(&mut sorted, 0.02), quantile(&mut sorted, 0.98));
    let span = 1.0 / (high - low).max(0.3);
    let worth = worth(guide, context)?;
    let clouds = Noise::new(size, [190.0, 70.0], ask.seed ^ 0x3157);
    rows(size, context, |y, row| {
        clouds.row(context.level, y as i64, row);
        let (light, wide, worth) = (light.row(y), wide.row(y), worth.row(y));
        let height = 0.55 - (y as f32 + 0.5) / size.height() as f32;
        for (x, out) in row.iter_mut().enumerate() {
            let local = 2.4 * (light[x] - wide[x]);
            let local = local / (1.0 + local.abs());
            let own = 0.5 * (light[x] - low) * span + 0.5 * (0.5 + local);
            let fog = ramp(0.4 + 0.7 * height + 0.22 * *out);
            *out = own + ask.mist * (1.0 - worth[x]) * (0.5 + 0.3 * fog);
        }
    })
}

/// Importance spread over its whole range, without small print.
fn worth(guide: &Guide, context: &Context) -> Result<Plane> {
    let mut worth = blurred(&guide.importance, 9.0 * guide.unit(), context)?;
    let around = blurred(&worth, 34.0 * guide.unit(), context)?;
    each_row(&mut worth, context, |y, row| {
        row.iter_mut().zip(around.row(y)).for_each(|(own, around)| *own = 0.5 * (*own + around));
    })?;
    let mut sorted = worth.samples().to_vec();
    let (low, high) = (quantile(&mut sorted, 0.15), quantile(&mut sorted, 0.85));
    let span = 1.0 / (high - low).max(0.12);
    each_row(&mut worth, context, |_, row| row.iter_mut().for_each(|v| *v = ramp((*v - low) * span)))?;
    Ok(worth)
}

/// Small things go from the washes, but for where they matter.
fn abstracted(guide: &Guide, value: &Plane, wash: f32, context: &Context) -> Result<Plane> {
    let [half] = reduce_planes([value], value.size().longer().div_ceil(2) as u32, context)?;
    let size = (0.5 * wash * guide.unit()).max(0.5);
    let broad = RollingGuidance { size, range: 0.14, rounds: 3 }.run(&[&half], context)?.remove(0);
    let fine = blurred(value, 0.55 * guide.unit(), context)?;
    let enlarger = Enlarger::new(&broad, value.size(), Smoothness::Straight);
    rows(value.size(), context, |y, row| {
        enlarger.row(context.level, y, &mut Vec::new(), row);
        for ((out, fine), worth) in row.iter_mut().zip(fine.row(y)).zip(guide.importance.row(y)) {
            *out += careful(*worth) * (fine - *out);
        }
    })
}

/// How much a plane changes over a unit, seen from a few units away: the steeper, the less a front is moved by the same
/// difference.
pub(crate) fn steepness(guide: &Guide, plane: &Plane, context: &Context) -> Result<Plane> {
    let unit = guide.unit();
    let size = plane.size();
    let slopes = rows(size, context, |y, row| {
        let (own, above) = (plane.row(y), plane.row(y.saturating_sub(1)));
        let below = plane.row((y + 1).min(size.height() - 1));
        for (x, out) in row.iter_mut().enumerate() {
            let across = own[(x + 1).min(size.width() - 1)] - own[x.saturating_sub(1)];
            let down = below[x] - above[x];
            *out = 0.5 * unit * (across * across + down * down).sqrt();
        }
    })?;
    let mut slopes = blurred(&slopes, 2.2 * unit, context)?;
    each_row(&mut slopes, context, |y, row| {
        let care = guide.importance.row(y);
        row.iter_mut().zip(care).for_each(|(v, care)| *v *= 1.0 - 0.75 * careful(*care));
    })?;
    Ok(slopes)
}

/// How carefully the brush goes where things matter so much.
pub(super) fn careful(importance: f32) -> f32 {
    ramp((importance - 0.35) / 0.35)
}

/// The value below which the share `part` lies.
fn quantile(values: &mut [f32], part: f32) -> f32 {
    let at = ((values.len() - 1) as f32 * part.clamp(0.0, 1.0)).round() as usize;
    *values.select_nth_unstable_by(at, f32::total_cmp).1
}
