//! Haze taken away, by the dark channel.
//!
//! He, Sun and Tang, "Single image haze removal using dark channel prior", 2009: in clear air nearly every patch of an outdoor
//! picture has some pixel that is dark in some channel. Where none is, light from the air lies over it:
//! `I = J t + A (1 - t)`, with the colour `A` of the air and the share `t` of light that comes through. The dark channel of
//! `I / A` gives `t` in blocks; a guided filter (He, Sun and Tang, 2010) fits it to the edges of the picture.
//!
//! All of this is found on a small picture. What it hands on is not `t` but the coefficients by which `t`
//! follows the brightness of a pixel (He and Sun, "Fast guided filter", 2015), which vary slowly and are enlarged
//! bilinearly: a sharp `t` for any size at the cost of one multiplication.

mod small;

use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, dehaze as rows};
use crate::parallel::{BAND_ROWS, for_each_bands};
use crate::pixel::{Plane, Size};
use small::{box_mean, darkest};

#[cfg(test)]
mod tests;

/// How haze is found and taken away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dehaze {
    /// How much of the haze goes, 0 to 1.
    pub amount: f32,
    /// Half the side of a patch in pixels of the picture that is measured.
    pub radius: usize,
    /// Take away what looks like haze even from a picture that is clear on the whole.
    pub always: bool,
}

/// Less light than this is never thought to come through: beyond it there is only noise to raise.
const LEAST: f32 = 0.25;

/// The variance of brightness that counts as an edge.
const EDGE: f32 = 1e-3;

/// Take haze away from linear red, green and blue from 0 to 1, measured at full size.
///
/// # Panics
/// If the planes differ in size.
pub fn dehaze(colour: &mut [Plane; 3], how: Dehaze, context: &Context) -> Result<()> {
    let size = colour[0].size();
    assert!(colour.iter().all(|plane| plane.size() == size), "three planes of one size");
    let veil = Veil::new(size, colour.each_ref().map(|plane| plane.samples().to_vec()), how);
    let mut planes: Vec<_> = colour.iter_mut().map(Plane::samples_mut).collect();
    for_each_bands(context, &mut planes, size.width() * BAND_ROWS, |index, bands| {
        if let [r, g, b] = bands {
            let rows = r.chunks_exact_mut(size.width()).zip(g.chunks_exact_mut(size.width()));
            for (y, ((r, g), b)) in rows.zip(b.chunks_exact_mut(size.width())).enumerate() {
                veil.row(context.level, (index * BAND_ROWS + y, size.height()), [r, g, b]);
            }
        }
        Ok(())
    })
}

/// What was found on a small picture.
pub(crate) struct Veil {
    size: Size,
    air: [f32; 3],
    /// How the share that comes through follows from brightness: a factor and a summand for each pixel.
    follow: [Vec<f32>; 2],
    amount: f32,
}

impl Veil {
    /// Measure linear colours.
    pub(crate) fn new(size: Size, colour: [Vec<f32>; 3], how: Dehaze) -> Self {
        let dark = darkest(size, &lowest(&colour, [1.0; 3]), how.radius);
        let air = air(&colour, &dark);
        let veiled = darkest(size, &lowest(&colour, air), how.radius);
        let through: Vec<f32> = veiled.iter().map(|dark| 1.0 - 0.95 * dark.min(1.0)).collect();
        let grey: Vec<f32> =
            (0..dark.len()).map(|i| rows::brightness(colour[0][i], colour[1][i], colour[2][i])).collect();
        let sure = if how.always { 1.0 } else { haziness(&grey, &veiled) };
        let follow = follow(size, &grey, &through, 4 * how.radius.max(1));
        Self { size, air, follow, amount: how.amount * sure }
    }

    /// Row `y` of a picture `height` rows high, in linear light.
    pub(crate) fn row(&self, level: Level, (y, height): (usize, usize), [r, g, b]: [&mut [f32]; 3]) {
        if self.amount <= 0.0 {
            return;
        }
        let mut follow = [vec![0.0; r.len()], vec![0.0; r.len()]];
        for (plane, row) in self.follow.iter().zip(&mut follow) {
            rows::enlarge(level, plane, (self.size.width(), self.size.height()), (y, height), row);
        }
        let [factor, summand] = &follow;
        rows::clear(level, [r, g, b], [factor, summand], self.air, [self.amount, LEAST]);
    }
}

/// The lowest channel of each pixel, with the air as white.
fn lowest(colour: &[Vec<f32>; 3], air: [f32; 3]) -> Vec<f32> {
    let [r, g, b] = colour;
    (0..r.len()).map(|i| (r[i] / air[0]).min(g[i] / air[1]).min(b[i] / air[2]).max(0.0)).collect()
}

/// The colour of the air: the mean of the pixels whose surroundings are the least dark, a thousandth of all.
fn air(colour: &[Vec<f32>; 3], dark: &[f32]) -> [f32; 3] {
    let count = (dark.len() / 1000).max(1);
    let mut order: Vec<usize> = (0..dark.len()).collect();
    order.sort_by(|a, b| dark[*b].total_cmp(&dark[*a]));
    let mean = |plane: &Vec<f32>| {
        let sum: f64 = order[..count].iter().map(|i| f64::from(plane[*i])).sum();
        ((sum / count as f64) as f32).max(0.05)
    };
    colour.each_ref().map(mean)
}

/// Is this haze, 0 to 1? Haze lifts even the darkest places, and what lies under it has little contrast for its light.
/// A white wall in clear air has shadows; a clear sky leaves the ground its blacks.
fn haziness(grey: &[f32], veiled: &[f32]) -> f32 {
    let at = |values: &[f32], part: f32| {
        let mut sorted = values.to_vec();
        sorted.sort_by(f32::total_cmp);
        sorted[((sorted.len() - 1) as f32 * part) as usize]
    };
    let rise = |x: f32, from: f32, to: f32| {
        let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
        t * t * (3.0 - 2.0 * t)
    };
    let [low, middle, high] = [0.02, 0.5, 0.98].map(|part| at(grey, part));
    let lifted = rise(at(veiled, 0.1), 0.03, 0.12);
    let flat = 1.0 - rise((high - low) / (high + low).max(1e-3), 0.80, 0.93);
    // With most of the picture as bright as the air it is snow, paper or a studio.
    let ground = 1.0 - rise(middle, 0.6, 0.75);
    lifted * flat * ground
}

/// The coefficients of a guided filter with itself as guide for brightness and `through` as input.
fn follow(size: Size, grey: &[f32], through: &[f32], radius: usize) -> [Vec<f32>; 2] {
    let product = |a: &[f32], b: &[f32]| -> Vec<f32> { a.iter().zip(b).map(|(a, b)| a * b).collect() };
    let mean = |values: &[f32]| box_mean(size, values, radius);
    let [grey_mean, through_mean] = [mean(grey), mean(through)];
    let [square, cross] = [mean(&product(grey, grey)), mean(&product(grey, through))];
    let factor: Vec<f32> = (0..grey.len())
        .map(|i| {
            (cross[i] - grey_mean[i] * through_mean[i]) / (square[i] - grey_mean[i] * grey_mean[i] + EDGE)
        })
        .collect();
    let summand: Vec<f32> = (0..grey.len()).map(|i| through_mean[i] - factor[i] * grey_mean[i]).collect();
    [mean(&factor), mean(&summand)]
}
