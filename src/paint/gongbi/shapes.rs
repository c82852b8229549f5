//! What is ground and stays silk, and how high a place lies in its form.

use crate::context::Context;
use crate::error::Result;
use crate::filter::{DomainTransform, Pass, reduce_planes};
use crate::kernel::drawing::ramp;
use crate::line::{Enlarger, Smoothness, blurred, each_row, rows};
use crate::paint::Guide;
use crate::pixel::{Plane, Size};
use crate::region::{Region, Segment, Segments};

/// The longer side of the grid that shapes are found on.
const GRID: u32 = 400;

/// What is known of the forms, on the guide.
pub(crate) struct Forms {
    /// How much paint there is, 0..1.
    pub(crate) cover: Plane,
    /// 0 at the foot of a form, 1 at its top.
    pub(crate) height: Plane,
}

/// `planes` are colours without texture; `blank` is how much of the ground stays silk.
pub(crate) fn forms(guide: &Guide, planes: &[Plane; 3], blank: f32, context: &Context) -> Result<Forms> {
    let worth = worth(guide, context)?;
    let [light, a, b, small] = reduce_planes([&planes[0], &planes[1], &planes[2], &worth], GRID, context)?;
    let size = light.size();
    let mut dear = small.clone();
    dear.samples_mut().iter_mut().for_each(|v| *v = 0.6 + 1.6 * *v);
    let segment = Segment { grain: 0.1, loss: 0.012, slow: 0.25, faith: 2.0, most: 350 };
    let segments = segment.run(&[light, a, b], &dear, context)?;
    let worths = means(&segments, &small);
    let ground = ground(&segments, size);
    let mut i = 0;
    let cover = Plane::from_fn(size, |_, _| {
        i += 1;
        let of = segments.of[i - 1] as usize;
        1.0 - blank * (1.0 - worths[of]) * ground[of]
    });
    let height = heights(&segments, size);
    let snapped = |plane: &Plane, soft: f32| -> Result<Plane> {
        let plane = blurred(plane, soft * size.longer() as f32 / 1024.0, context)?;
        let enlarger = Enlarger::new(&plane, guide.size(), Smoothness::Straight);
        let large = rows(guide.size(), context, |y, row| enlarger.row(context.level, y, &mut Vec::new(), row))?;
        let filter = DomainTransform { space: 14.0 * guide.unit(), range: 0.12, rounds: 2, pass: Pass::Recursive };
        Ok(filter.joint(&[&planes[0], &planes[1], &planes[2]], vec![large], context)?.remove(0))
    };
    Ok(Forms { cover: snapped(&cover, 0.5)?, height: snapped(&height, 3.0)? })
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

/// How near a colour has to be to those at the rim of the picture to be ground, in Oklab.
const LIKE: f32 = 0.085;

/// The mean of a plane in each shape.
fn means(segments: &Segments, plane: &Plane) -> Vec<f32> {
    let mut sums = vec![0.0f64; segments.regions.len()];
    for (of, value) in segments.of.iter().zip(plane.samples()) {
        sums[*of as usize] += f64::from(*value);
    }
    let means = sums.iter().zip(&segments.regions);
    means.map(|(sum, region)| (*sum / f64::from(region.area.max(1.0))) as f32).collect()
}

/// How much each shape is ground: coloured as much of the rim of the picture is.
fn ground(segments: &Segments, size: Size) -> Vec<f32> {
    let (w, h) = (size.width(), size.height());
    // Photographs have dark corners and white frames, so the rim is not the very border.
    let inset = (w.max(h) / 40).min((w.min(h) - 1) / 2);
    let mut rim = vec![0.0f32; segments.regions.len()];
    for (i, of) in segments.of.iter().enumerate() {
        let (x, y) = (i % w, i / w);
        if x.min(y).min(w - 1 - x).min(h - 1 - y) == inset {
            rim[*of as usize] += 1.0;
        }
    }
    let total = rim.iter().sum::<f32>().max(1.0);
    let likeness = |own: &Region| {
        let alike = |other: &Region| {
            let apart: f32 = (0..3).map(|c| (own.colour[c] - other.colour[c]).powi(2)).sum();
            1.0 / (1.0 + apart * apart / LIKE.powi(4))
        };
        let sum: f32 = segments.regions.iter().zip(&rim).map(|(other, rim)| rim * alike(other)).sum();
        0.05 + 0.95 * ramp(2.6 * sum / total)
    };
    segments.regions.iter().map(likeness).collect()
}

/// How high each place lies between the foot and the top of its shape, in its column.
fn heights(segments: &Segments, size: Size) -> Plane {
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
