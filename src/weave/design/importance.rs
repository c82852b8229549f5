//! Importance: where a picture must not lose small parts, and what in it is figure and what ground.
//!
//! Detail is the deviation of lightness around a cell. What stands out is found by the minimum barrier distance from
//! the border (Zhang and others, "Minimum barrier salient object detection at 80 FPS", 2015): what can be reached from
//! the border without crossing a step of colour is ground. It is found on a small copy.

use super::barrier;
use super::cells::Cells;
use super::lab::{Lab, apart};
use crate::context::Context;
use crate::error::Result;
use crate::filter::{box_blur, box_mean};

/// The longer side of the small copy.
const SMALL: usize = 144;

/// Lightness as it parts figure from ground: dark hair before a dark wall differs by little, and yet by much of what is
/// there.
fn shade(light: f32) -> f32 {
    1.6 * light / (0.6 + light)
}

/// The deviation of lightness in a window of about `radius` cells, 0 to 1.
pub(super) fn detail(cells: &Cells<Lab>, radius: f32, ctx: &Context) -> Result<Cells<f32>> {
    let light = cells.plane(|lab| shade(lab[0]));
    let square = cells.plane(|lab| shade(lab[0]).powi(2));
    let (mut mean, mut spread) = (light.clone(), light.clone());
    box_mean(&light, radius, &mut mean, ctx)?;
    box_mean(&square, radius, &mut spread, ctx)?;
    for (value, mean) in spread.samples_mut().iter_mut().zip(mean.samples()) {
        *value = ((*value - mean * mean).max(0.0).sqrt() * 8.0).min(1.0);
    }
    Ok(Cells::of(spread))
}

/// How much each cell stands out from what surrounds the picture, 0 to 1. What is sharp, of the colour of skin, or in
/// the middle stands out more.
pub(super) fn salience(cells: &Cells<Lab>, tall: f32, ctx: &Context) -> Result<Cells<f32>> {
    let small = shrink(cells, tall).map(|[light, a, b]| [shade(*light), *a, *b]);
    let seeds = barrier::seeds(&small);
    let mut total = Cells::filled(small.width(), small.height(), 0f32);
    for channel in 0..3 {
        let values = small.map(|lab| lab[channel] * [1.0, 1.6, 1.6][channel]);
        let barrier = barrier::distance(&values, &seeds);
        total.values_mut().iter_mut().zip(barrier.values()).for_each(|(sum, value)| *sum += value);
    }
    let sharp = sharpness(&small, ctx)?;
    let top = quantile(total.values(), 0.97).max(0.08);
    for (at, value) in total.values_mut().iter_mut().enumerate() {
        let barrier = (*value / top).min(1.0);
        let skin = skin(small.values()[at]) * 0.25;
        *value =
            barrier * (0.35 + 0.65 * sharp.values()[at]) + skin * (0.3 + barrier) + 0.15 * middle(&small, at);
    }
    enlarge(&total.map(|value| value.min(1.0)), cells, ctx)
}

/// 1 in the middle, 0 at the corners.
fn middle(plane: &Cells<Lab>, at: usize) -> f32 {
    let part = |at: usize, length: usize| (at as f32 + 0.5) / length as f32 - 0.5;
    let (x, y) = (part(at % plane.width(), plane.width()), part(at / plane.width(), plane.height()));
    (1.0 - 2.0 * (x * x + y * y)).max(0.0)
}

/// How much a colour is like that of skin, light or dark.
pub(super) fn skin([_, a, b]: Lab) -> f32 {
    let (chroma, hue) = (a.hypot(b), b.atan2(a).to_degrees());
    let by_hue = (1.0 - (hue - 50.0).abs() / 28.0).clamp(0.0, 1.0);
    let by_chroma = (1.0 - (chroma - 0.075).abs() / 0.06).clamp(0.0, 1.0);
    (2.0 * by_hue).min(1.0) * (2.0 * by_chroma).min(1.0)
}

/// How sharp the surroundings are: the strongest steps between neighbours, spread.
fn sharpness(small: &Cells<Lab>, ctx: &Context) -> Result<Cells<f32>> {
    let steps = Cells::from_fn(small.width(), small.height(), |x, y| {
        let (x, y) = (x as isize, y as isize);
        let own = small.clamped(x, y);
        let step = apart(own, small.clamped(x + 1, y), 1.6).max(apart(own, small.clamped(x, y + 1), 1.6));
        (step.sqrt() - 0.015).max(0.0)
    });
    let mut spread = [steps.plane(|step| *step)];
    box_blur(&mut spread, 5.0, ctx)?;
    box_blur(&mut spread, 4.0, ctx)?;
    let top = quantile(spread[0].samples(), 0.9).max(0.004);
    let [spread] = spread;
    Ok(Cells::of(spread).map(|value| (value / top).min(1.0)))
}

fn shrink(cells: &Cells<Lab>, tall: f32) -> Cells<Lab> {
    let (width, height) = (cells.width(), cells.height());
    let longer = (width as f32).max(height as f32 * tall);
    let scale = (SMALL as f32 / longer).min(1.0);
    let across = ((width as f32 * scale) as usize).clamp(1, width);
    let down = ((height as f32 * tall * scale) as usize).clamp(1, height);
    Cells::from_fn(across, down, |x, y| {
        let (left, right) = (x * width / across, (x + 1) * width / across);
        let (top, bottom) = (y * height / down, (y + 1) * height / down);
        let mut sum = [0f32; 3];
        for row in top..bottom {
            for lab in &cells.row(row)[left..right] {
                (0..3).for_each(|channel| sum[channel] += lab[channel]);
            }
        }
        sum.map(|value| value / ((right - left) * (bottom - top)) as f32)
    })
}

/// The value below which a part of all values lies.
pub(super) fn quantile(values: &[f32], part: f32) -> f32 {
    let mut sorted: Vec<f32> = values.iter().step_by(values.len() / 20_000 + 1).copied().collect();
    let rank = ((sorted.len() - 1) as f32 * part) as usize;
    *sorted.select_nth_unstable_by(rank, f32::total_cmp).1
}

fn enlarge(small: &Cells<f32>, like: &Cells<Lab>, ctx: &Context) -> Result<Cells<f32>> {
    let place = |at: usize, from: usize, to: usize| (at as f32 + 0.5) * from as f32 / to as f32 - 0.5;
    like.each(ctx, |x, y, _| {
        let (u, v) = (place(x, small.width(), like.width()), place(y, small.height(), like.height()));
        let (left, top) = (u.floor(), v.floor());
        let (s, t) = (u - left, v - top);
        let value = |dx: isize, dy: isize| small.clamped(left as isize + dx, top as isize + dy);
        let above = value(0, 0) * (1.0 - s) + value(1, 0) * s;
        let below = value(0, 1) * (1.0 - s) + value(1, 1) * s;
        above * (1.0 - t) + below * t
    })
}

/// The threshold that parts values from 0 to 1 into two best (Otsu, "A threshold selection method from gray-level
/// histograms", 1979).
pub(super) fn parting(values: &[f32]) -> f32 {
    let mut counts = [0f64; 64];
    values.iter().for_each(|value| counts[((value * 64.0) as usize).min(63)] += 1.0);
    let total: f64 = counts.iter().sum();
    let whole: f64 = counts.iter().enumerate().map(|(level, count)| level as f64 * count).sum();
    let (mut below, mut sum, mut best) = (0f64, 0f64, (0f64, 32usize));
    for (level, count) in counts.iter().enumerate() {
        below += count;
        sum += level as f64 * count;
        let above = total - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let gap = sum / below - (whole - sum) / above;
        let score = below * above * gap * gap;
        if score > best.0 {
            best = (score, level);
        }
    }
    (best.1 as f32 + 1.0) / 64.0
}
