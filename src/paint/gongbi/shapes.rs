//! What is ground and stays silk, and how high a place lies in its form.
//!
//! Ground is what is coloured as much of the rim of the picture is, and matters little. That is asked of each place by
//! itself, and then averaged as far as edges let it: cut into shapes, a picture and its preview would fall apart in
//! different ones, and painted and bare with them.

use crate::context::Context;
use crate::error::Result;
use crate::filter::{DomainTransform, Pass, reduce_planes};
use crate::kernel::drawing::ramp;
use crate::line::{Enlarger, Smoothness, blurred, each_row, rows};
use crate::paint::Guide;
use crate::pixel::{Plane, Size};
use crate::region::{Segment, Segments};

/// The longer sides of the grids that ground and shapes are found on.
const GROUND: u32 = 256;
const SHAPES: u32 = 400;

/// How much paint there is at each place of the guide, 0..1. `planes` are colours without texture; `blank` is how much of
/// the ground stays silk.
pub(crate) fn cover(guide: &Guide, planes: &[Plane; 3], blank: f32, context: &Context) -> Result<Plane> {
    let worth = worth(guide, context)?;
    let [light, a, b, worth] = reduce_planes([&planes[0], &planes[1], &planes[2], &worth], GROUND, context)?;
    let small = [light, a, b];
    let rim = rim(&small);
    let bare = rows(worth.size(), context, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            let ground =
                0.05 + 0.95 * ramp(2.6 * likeness(&rim, small.each_ref().map(|plane| plane.row(y)[x])));
            *out = (1.0 - worth.row(y)[x]) * ground;
        }
    })?;
    let unit = worth.size().longer() as f32 / 1024.0;
    let even = DomainTransform { space: 70.0 * unit, range: 0.3, rounds: 3, pass: Pass::Recursive };
    let [light, a, b] = &small;
    let bare = even.joint(&[light, a, b], vec![bare], context)?.remove(0);
    let mut cover = snapped(guide, planes, &bare, context)?;
    each_row(&mut cover, context, |_, row| row.iter_mut().for_each(|v| *v = 1.0 - blank * *v))?;
    Ok(cover)
}

/// How high each place lies in its form: 0 at the foot, 1 at the top.
pub(crate) fn heights(guide: &Guide, planes: &[Plane; 3], context: &Context) -> Result<Plane> {
    let small = reduce_planes([&planes[0], &planes[1], &planes[2]], SHAPES, context)?;
    let size = small[0].size();
    let even = Plane::filled(size, 1.0);
    let segment = Segment { grain: 0.1, loss: 0.012, slow: 0.25, faith: 2.0, most: 350 };
    let segments = segment.run(&small, &even, context)?;
    let high = blurred(&columns(&segments, size), 4.0 * size.longer() as f32 / 1024.0, context)?;
    snapped(guide, planes, &high, context)
}

/// A plane of a smaller grid on the guide, its borders those of the colours.
fn snapped(guide: &Guide, planes: &[Plane; 3], plane: &Plane, context: &Context) -> Result<Plane> {
    let enlarger = Enlarger::new(plane, guide.size(), Smoothness::Straight);
    let large = rows(guide.size(), context, |y, row| enlarger.row(context.level, y, &mut Vec::new(), row))?;
    let filter =
        DomainTransform { space: 12.0 * guide.unit(), range: 0.12, rounds: 2, pass: Pass::Recursive };
    Ok(filter.joint(&[&planes[0], &planes[1], &planes[2]], vec![large], context)?.remove(0))
}

/// Importance over its whole range.
fn worth(guide: &Guide, context: &Context) -> Result<Plane> {
    let mut worth = blurred(&guide.importance, 7.0 * guide.unit(), context)?;
    let around = blurred(&worth, 34.0 * guide.unit(), context)?;
    each_row(&mut worth, context, |y, row| {
        row.iter_mut().zip(around.row(y)).for_each(|(own, around)| *own = 0.5 * (*own + around));
    })?;
    let mut sorted = worth.samples().to_vec();
    let mut quantile = |part: f32| {
        let at = ((sorted.len() - 1) as f32 * part) as usize;
        *sorted.select_nth_unstable_by(at, f32::total_cmp).1
    };
    let (low, high) = (quantile(0.12), quantile(0.8));
    let span = 1.0 / (high - low).max(0.12);
    each_row(&mut worth, context, |_, row| row.iter_mut().for_each(|v| *v = ramp((*v - low) * span)))?;
    Ok(worth)
}

/// How many colours of the rim are looked at, at most.
const SAMPLES: usize = 160;

/// Colours along the rim: not at the very border, for photographs have dark corners and white frames.
fn rim(planes: &[Plane; 3]) -> Vec<[f32; 3]> {
    let (w, h) = (planes[0].size().width(), planes[0].size().height());
    let inset = (w.max(h) / 40).min((w.min(h) - 1) / 2);
    let (right, low) = (w - 1 - inset, h - 1 - inset);
    let across = (inset..=right).flat_map(|x| [(x, inset), (x, low)]);
    let down = (inset..=low).flat_map(|y| [(inset, y), (right, y)]);
    let places: Vec<_> = across.chain(down).collect();
    let step = places.len().div_ceil(SAMPLES);
    let colour = |(x, y): &(usize, usize)| planes.each_ref().map(|plane| plane.row(*y)[*x]);
    places.iter().step_by(step).map(colour).collect()
}

/// How near a colour has to be to one of the rim to be like it, in Oklab.
const LIKE: f32 = 0.085;

/// The share of the rim that is coloured so.
fn likeness(rim: &[[f32; 3]], own: [f32; 3]) -> f32 {
    let alike = |other: &[f32; 3]| {
        let apart: f32 = (0..3).map(|c| (own[c] - other[c]).powi(2)).sum();
        1.0 / (1.0 + apart * apart / LIKE.powi(4))
    };
    rim.iter().map(alike).sum::<f32>() / rim.len() as f32
}

/// How high each place lies between the foot and the top of its shape, in its column.
fn columns(segments: &Segments, size: Size) -> Plane {
    let (w, h) = (size.width(), size.height());
    let mut above = vec![0u32; w * h];
    for i in w..w * h {
        above[i] = if segments.of[i] == segments.of[i - w] { above[i - w] + 1 } else { 0 };
    }
    let mut below = vec![0u32; w * h];
    for i in (0..w * (h - 1)).rev() {
        below[i] = if segments.of[i] == segments.of[i + w] { below[i + w] + 1 } else { 0 };
    }
    let mut i = 0;
    Plane::from_fn(size, |_, _| {
        let (up, down) = (above[i] as f32, below[i] as f32);
        i += 1;
        (down + 0.5) / (up + down + 1.0)
    })
}
