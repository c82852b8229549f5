//! How a wash grades from its line inwards.
//!
//! A wash is laid along one side of the line and drawn out with a second, wet brush (分染), so it is deep at the line and
//! thin away from it. The side is the one away from the light.

use crate::context::Context;
use crate::error::Result;
use crate::line::{blurred, rows};
use crate::pixel::Plane;

/// What a gradation is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shade {
    /// How deep washes are at the line, in lightness.
    pub(crate) depth: f32,
    /// How far they are drawn out, in samples.
    pub(crate) reach: f32,
    /// What counts as a line: so much difference over a sample.
    pub(crate) edge: f32,
}

/// Where light comes from: above, and a little from the left.
const LIGHT: [f32; 2] = [-0.5, -0.87];

/// How much lighter (or darker) each place of the guide is to be; `steep` is how steep colours are.
pub(crate) fn shade(steep: &Plane, by: Shade, context: &Context) -> Result<Plane> {
    let size = steep.size();
    let distance = distances(steep, by.edge);
    let soft = blurred(&distance, (0.3 * by.reach).max(0.8), context)?;
    rows(size, context, |y, row| {
        let (own, above) = (soft.row(y), soft.row(y.saturating_sub(1)));
        let below = soft.row((y + 1).min(size.height() - 1));
        for (x, out) in row.iter_mut().enumerate() {
            let across = own[(x + 1).min(size.width() - 1)] - own[x.saturating_sub(1)];
            let down = below[x] - above[x];
            let length = (across * across + down * down).sqrt().max(0.4);
            // Inwards is uphill: at the side that lies in shade it goes towards the light.
            let side = 0.5 + 0.5 * (across * LIGHT[0] + down * LIGHT[1]) / length;
            let edge = (-own[x] / by.reach).exp();
            let inside = own[x] / (own[x] + by.reach);
            *out = by.depth * (0.35 * inside * (1.0 - edge) - edge * (0.1 + 0.9 * side * side));
        }
    })
}

/// How far each sample is from a line, in samples (Borgefors, "Distance transformations in digital images", 1986: two
/// sweeps with steps of 1 and √2). A faint line counts as one some way off, so nothing turns on a threshold.
fn distances(steep: &Plane, edge: f32) -> Plane {
    const FAR: f32 = 60.0;
    let (w, h) = (steep.size().width(), steep.size().height());
    let mut plane = steep.clone();
    for v in plane.samples_mut() {
        *v = FAR * (1.0 - (*v / edge - 0.5).clamp(0.0, 1.0));
    }
    let d = plane.samples_mut();
    for i in 0..w * h {
        d[i] = d[i].min(nearest(d, i, w, |x, y| (x > 0, y > 0, x + 1 < w), -1));
    }
    for i in (0..w * h).rev() {
        d[i] = d[i].min(nearest(d, i, w, |x, y| (x + 1 < w, y + 1 < h, x > 0), 1));
    }
    plane
}

/// The least distance by way of the neighbours gone over before: the one in the row and the three in the next, which lie
/// before (-1) or after (1) the sample.
fn nearest(
    d: &[f32],
    i: usize,
    w: usize,
    has: impl Fn(usize, usize) -> (bool, bool, bool),
    way: isize,
) -> f32 {
    const SLANT: f32 = std::f32::consts::SQRT_2;
    let (near, row, far) = has(i % w, i / w);
    let at = |by: isize| d[(i as isize + way * by) as usize];
    let w = w as isize;
    let mut least = f32::MAX;
    if near {
        least = least.min(at(1) + 1.0);
    }
    if row {
        least = least.min(at(w) + 1.0);
        if near {
            least = least.min(at(w + 1) + SLANT);
        }
        if far {
            least = least.min(at(w - 1) + SLANT);
        }
    }
    least
}
