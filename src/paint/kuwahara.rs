//! The anisotropic Kuwahara filter, over several scales.
//!
//! About each sample lies an ellipse along the flow, cut in eight overlapping sectors; the even ones decide the colour.
//! So texture goes and edges stay, and what is left follows the forms as a loaded brush does (Kyprianidis, Kang &
//! Döllner, "Image and video abstraction by anisotropic Kuwahara filtering", 2009; polynomial sectors: Kyprianidis,
//! Semmo, Kang & Döllner, "Anisotropic Kuwahara filtering with polynomial weighting functions", 2010).
//!
//! The ellipse is looked at in a fixed pattern rather than at each sample, so the time does not grow with the
//! radius; beyond six samples the picture is reduced first. What a coarser scale says replaces the picture where the
//! two agree (Kyprianidis, "Image and video abstraction by multi-scale anisotropic Kuwahara filtering", 2011):
//! broad where there is little to see, fine where there is much, and not the same worm everywhere.

use crate::context::Context;
use crate::error::Result;
use crate::filter::mirror::mirrored;
use crate::filter::reduce_planes;
use crate::kernel::sectors::{Around, Disc, Sample, sectors_row};
use crate::line::{Enlarger, Flow, Smoothness, painters_flow};
use crate::parallel::for_each_bands;
use crate::pixel::{Plane, Size};

/// How the filter works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kuwahara {
    /// Of the ellipse, where it is a disc, in samples.
    pub radius: f32,
    /// How decidedly the even sectors count: 4 soft, 8 usual, 16 hard.
    pub sharpness: f32,
    /// How much longer the ellipse is along an edge: 0 always a disc, 1 twice as long and half as wide.
    pub stretch: f32,
    /// How many scales, each twice as coarse as the one before.
    pub scales: u32,
}

/// Rows a thread does in one go.
const ROWS: usize = 32;
/// Rings of looks: radius, how many, the turn of the first.
const RINGS: [(f32, usize, f32); 4] = [(0.0, 1, 0.0), (0.3, 8, 0.0), (0.6, 12, 0.13), (0.9, 20, 0.08)];
/// Sectors of a disc.
const SECTORS: usize = 8;
/// How far sectors overlap in the middle, and how narrow they are: 1/3 and the value that lets each reach to the middle
/// of its neighbours (Kyprianidis et al. 2010).
const OVERLAP: f32 = 1.0 / 3.0;
const NARROW: f32 = 3.77;

/// The looks and what they count in each sector.
fn disc() -> Disc {
    let mut points = Vec::new();
    let mut areas = Vec::new();
    let mut inner = 0.0;
    for (radius, count, turn) in RINGS {
        let outer = radius + 0.15;
        for k in 0..count {
            let (sin, cos) = (turn + k as f32 / count as f32 * std::f32::consts::TAU).sin_cos();
            points.push([radius * cos, radius * sin]);
            areas.push((outer * outer - inner * inner) / count as f32);
        }
        inner = outer;
    }
    let sectors = (0..SECTORS).map(|k| {
        let (sin, cos) = (k as f32 / SECTORS as f32 * std::f32::consts::TAU).sin_cos();
        let weigh = |([x, y], area): (&[f32; 2], &f32)| {
            let (u, v) = (cos * x + sin * y, cos * y - sin * x);
            let weight = (u + OVERLAP - NARROW * v * v).max(0.0).powi(2);
            area * weight * (-std::f32::consts::PI * (x * x + y * y)).exp()
        };
        let weights: Vec<f32> = points.iter().zip(&areas).map(weigh).collect();
        let sum: f32 = weights.iter().sum();
        (0..).zip(weights).filter(|(_, weight)| *weight > 0.0).map(|(i, w)| (i, w / sum)).collect()
    });
    let sectors = sectors.collect();
    Disc { points, sectors }
}

/// Filter planes of Oklab along the flow. `broad` says from 0 to 1 where the coarser scales may take over.
pub fn kuwahara(
    planes: [&Plane; 3],
    flow: &Flow,
    broad: &Plane,
    options: &Kuwahara,
    context: &Context,
) -> Result<[Plane; 3]> {
    let size = planes[0].size();
    if options.scales > 1 && size.longer() >= 64 {
        let small = reduce_planes(planes, (size.longer() / 2) as u32, context)?;
        let small = small.each_ref();
        let way = painters_flow(&small, small[0].size().longer() as f32 / 1024.0, context)?;
        let coarser = Kuwahara { scales: options.scales - 1, ..*options };
        let coarse = kuwahara(small, &way, broad, &coarser, context)?;
        let mixed = mixed(planes, &coarse, broad, context)?;
        return filtered(mixed.each_ref(), flow, options, context);
    }
    filtered(planes, flow, options, context)
}

/// The planes, and the coarse ones in their place where both agree.
fn mixed(planes: [&Plane; 3], coarse: &[Plane; 3], broad: &Plane, context: &Context) -> Result<[Plane; 3]> {
    /// At this squared distance half of the coarse is taken.
    const APART: f32 = 2.5e-3;
    let size = planes[0].size();
    let larger = coarse.each_ref().map(|plane| Enlarger::new(plane, size, Smoothness::Smooth));
    let broad = Enlarger::new(broad, size, Smoothness::Straight);
    let [mut l, mut a, mut b] = planes.map(Clone::clone);
    let mut samples = [l.samples_mut(), a.samples_mut(), b.samples_mut()];
    let width = size.width();
    for_each_bands(context, &mut samples, width * ROWS, |index, bands| {
        let mut rows = [0; 4].map(|_| vec![0f32; width]);
        let mut between = Vec::new();
        for row in 0..bands[0].len() / width {
            let y = index * ROWS + row;
            for (enlarger, row) in larger.iter().chain([&broad]).zip(&mut rows) {
                enlarger.row(context.level, y, &mut between, row);
            }
            let [large @ .., broad] = &rows;
            for (x, broad) in broad.iter().enumerate() {
                let at = row * width + x;
                let away = |c: usize, bands: &[&mut [f32]]| large[c][x] - bands[c][at];
                let d: f32 = (0..3).map(|c| away(c, bands).powi(2)).sum();
                let share = broad * APART / (APART + d);
                (0..3).for_each(|c| bands[c][at] += share * away(c, bands));
            }
        }
        Ok(())
    })?;
    Ok([l, a, b])
}

/// The filter at one scale.
fn filtered(planes: [&Plane; 3], flow: &Flow, options: &Kuwahara, context: &Context) -> Result<[Plane; 3]> {
    let size = planes[0].size();
    let disc = disc();
    let margin = (options.radius * (1.0 + options.stretch)).ceil() as usize + 1;
    let mut made = [0; 3].map(|_| Plane::filled(size, 0.0));
    let [l, a, b] = &mut made;
    let mut samples = [l.samples_mut(), a.samples_mut(), b.samples_mut()];
    let (width, half) = (size.width(), flow.size().width());
    let radius = vec![options.radius; half];
    for_each_bands(context, &mut samples, width * ROWS, |index, bands| {
        let count = bands[0].len() / width;
        let around = gathered(planes, index * ROWS, count, margin);
        let [l, a, b] = bands else { unreachable!("three planes") };
        for row in 0..count {
            let way = ((index * ROWS + row) / 2) * half;
            let around = Around {
                samples: &around,
                stride: width + 2 * margin,
                start: (row + margin) * (width + 2 * margin) + margin,
                tangents: &flow.tangents()[way..][..half],
                anisotropy: &flow.anisotropy().samples()[way..][..half],
                radius: &radius,
                stretch: options.stretch,
                half_sharpness: (0.5 * options.sharpness).round() as u32,
            };
            let out = [&mut *l, &mut *a, &mut *b].map(|band| &mut band[row * width..][..width]);
            sectors_row(context.level, &around, &disc, out);
        }
        Ok(())
    })?;
    Ok(made)
}

/// The rows from `top` on with a margin, mirrored at the borders, channel beside channel.
fn gathered(planes: [&Plane; 3], top: usize, count: usize, margin: usize) -> Vec<Sample> {
    let size = planes[0].size();
    let (width, height) = (size.width(), size.height());
    let columns: Vec<usize> =
        (0..width + 2 * margin).map(|x| mirrored(x as isize - margin as isize, width)).collect();
    let mut out = Vec::with_capacity(columns.len() * (count + 2 * margin));
    for y in 0..count + 2 * margin {
        let rows = planes.map(|plane| plane.row(mirrored((top + y) as isize - margin as isize, height)));
        out.extend(columns.iter().map(|x| [rows[0][*x], rows[1][*x], rows[2][*x], 0.0]));
    }
    out
}

/// The size of grid on which a radius of so many pixels is at most six samples.
pub(crate) fn grid_for(size: Size, radius: f32) -> u32 {
    const MOST: f32 = 6.0;
    let longer = size.longer() as f32;
    (longer * (MOST / radius.max(MOST))).round().max(1.0) as u32
}

#[cfg(test)]
mod tests;
