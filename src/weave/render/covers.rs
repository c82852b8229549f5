//! What lies over parts of a crossing: the dots of binding ends, and the floats that close over a lone binding point.

use super::dye::Rgb;
use super::encode::linear;
use super::fibre::binder;
use super::math::exp;
use crate::weave::cloth::Cloth;

/// What lies over parts of a crossing: the dots of binding ends, and the floats that close over a lone binding point.
pub(super) struct Covers {
    grain: (usize, usize),
    /// For each yarn, the share of each sample that lies under a binding end at the left border, and at the right.
    dots: Vec<[Vec<f32>; 2]>,
    /// How far the weft is pulled down beside it.
    dimples: [Vec<f32>; 2],
    /// Share of each sample that lies under the neighbours: of a lone weft left and right, of a lone warp above and
    /// below.
    hems: [Vec<f32>; 2],
    /// Light of each yarn in such places.
    colours: Vec<Rgb>,
}

/// How much of a lone binding point its neighbours cover on each side.
const HEM: f32 = 0.08;
/// Light of a thread that lies below its neighbours.
const DEEP: f32 = 0.85;

impl Covers {
    pub(super) fn new(cloth: &Cloth, grain: (usize, usize)) -> Self {
        let table = |of: &dyn Fn(f32, f32) -> f32| samples(grain, of);
        let dots = cloth.yarns.iter().map(|yarn| {
            let wide = binder(cloth, yarn);
            [table(&|u, v| dot(wide, u, v)), table(&|u, v| dot(wide, 1.0 - u, v))]
        });
        Self {
            grain,
            dots: dots.collect(),
            dimples: [table(&|u, v| dimple(u, v)), table(&|u, v| dimple(1.0 - u, v))],
            hems: [table(&hem), table(&|u, v| hem(v, u))],
            colours: cloth.yarns.iter().map(|yarn| linear(yarn.colour).map(|v| v * DEEP)).collect(),
        }
    }

    /// Draw binding ends on the borders of a row of samples.
    pub(super) fn tie(&self, side: usize, yarn: u8, row: usize, out: &mut [f32]) {
        let here = row * self.grain.0..(row + 1) * self.grain.0;
        let colour = self.colours[usize::from(yarn)];
        let tables = self.dots[usize::from(yarn)][side][here.clone()].iter().zip(&self.dimples[side][here]);
        for (out, (&cover, &dimple)) in out.chunks_exact_mut(3).zip(tables) {
            for (out, &colour) in out.iter_mut().zip(&colour) {
                *out = *out * dimple * (1.0 - cover) + colour * cover;
            }
        }
    }

    /// Close the neighbours over a lone binding point.
    pub(super) fn close(&self, warp: bool, yarn: u8, row: usize, out: &mut [f32]) {
        let colour = self.colours[usize::from(yarn)];
        let hem = &self.hems[usize::from(warp)][row * self.grain.0..(row + 1) * self.grain.0];
        for (out, &cover) in out.chunks_exact_mut(3).zip(hem) {
            for (out, &colour) in out.iter_mut().zip(&colour) {
                *out += (colour - *out) * cover;
            }
        }
    }
}

/// A binding end so wide on the left border, from where it comes up to where it dives.
fn dot(wide: f32, u: f32, v: f32) -> f32 {
    let (a, b) = (u / (0.5 * wide), (v - 0.5) / 0.46);
    (1.6 * (1.0 - (a * a + b * b * b * b))).clamp(0.0, 1.0)
}

fn dimple(u: f32, v: f32) -> f32 {
    let middle = 1.0 - (2.0 * v - 1.0) * (2.0 * v - 1.0);
    1.0 - (0.04 + 0.07 * middle) * exp(-u / 0.2)
}

/// The floats left and right of a lone weft bulge over it and leave an oval of it.
fn hem(u: f32, v: f32) -> f32 {
    let (a, b) = ((u - 0.5).abs() / (0.5 - HEM), (v - 0.5).abs() / 0.56);
    f32::from(u8::from(a * a * a + b * b * b >= 1.0))
}

/// A function over a crossing, averaged over each sample.
fn samples(grain: (usize, usize), of: &dyn Fn(f32, f32) -> f32) -> Vec<f32> {
    let fine = (32usize.div_ceil(grain.0.max(grain.1))).clamp(3, 16);
    let mut table = Vec::with_capacity(grain.0 * grain.1);
    for sample in 0..grain.0 * grain.1 {
        let (x, y) = (sample % grain.0, sample / grain.0);
        let place = |at: usize, of: usize, i: usize| (at as f32 + (i as f32 + 0.5) / fine as f32) / of as f32;
        let each = (0..fine * fine).map(|i| of(place(x, grain.0, i % fine), place(y, grain.1, i / fine)));
        table.push(each.sum::<f32>() / (fine * fine) as f32);
    }
    table
}
