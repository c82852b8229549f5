//! Weights from the colour of each pixel: what masks by tone, colour and skin share.

use crate::color::convert::convert_rows;
use crate::error::Result;
use crate::kernel::interleave::Store;
use crate::op::StepContext;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Encoding, Picture, Plane, Samples};

/// From 0 at `a` to 1 at `b`, gently at both ends; a step where they are one.
pub(super) fn ramp(a: f32, b: f32, x: f32) -> f32 {
    if a == b {
        return if x >= b { 1.0 } else { 0.0 };
    }
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// 1 from `from` to `to`, falling to 0 within `soft` outside.
pub(super) fn within(from: f32, to: f32, soft: f32, x: f32) -> f32 {
    let soft = soft.max(1e-6);
    ramp(from - soft, from, x) * (1.0 - ramp(to, to + soft, x))
}

/// The weight of each pixel from its colour in Oklab.
pub(super) fn by_colour(
    picture: &Picture,
    step: &StepContext<'_>,
    weight: impl Fn([f32; 3]) -> f32 + Sync + Send,
) -> Result<Plane> {
    let mut plane = Plane::filled(picture.size(), 0.0);
    match picture.samples() {
        Samples::U8(s) => rows(picture, s, &mut plane, step, weight)?,
        Samples::U16(s) => rows(picture, s, &mut plane, step, weight)?,
        Samples::F32(s) => rows(picture, s, &mut plane, step, weight)?,
    }
    Ok(plane)
}

fn rows<T: Store>(
    picture: &Picture,
    samples: &[T],
    plane: &mut Plane,
    step: &StepContext<'_>,
    weight: impl Fn([f32; 3]) -> f32 + Sync + Send,
) -> Result<()> {
    let (layout, width, level) = (picture.layout(), picture.size().width(), step.work.level);
    let row_len = picture.row_len();
    for_each_band(step.work, plane.samples_mut(), width * BAND_ROWS, |index, band| {
        let [mut a, mut b, mut c] = std::array::from_fn(|_| vec![0.0; width]);
        for (y, weights) in band.chunks_exact_mut(width).enumerate() {
            let row = &samples[(index * BAND_ROWS + y) * row_len..][..row_len];
            for (channel, values) in [&mut a, &mut b, &mut c].into_iter().enumerate() {
                T::take(level, row, layout.channels(), if layout.is_grey() { 0 } else { channel }, values);
            }
            convert_rows(level, picture.encoding(), Encoding::Oklab, [&mut a, &mut b, &mut c]);
            for (x, to) in weights.iter_mut().enumerate() {
                *to = weight([a[x], b[x], c[x]]);
            }
        }
        Ok(())
    })
}
