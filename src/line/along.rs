//! Averages along the flow: the second half of flow-based lines.
//!
//! From each sample a walk both ways along the tangents, with Gaussian weights (Kang, Lee & Chui 2007; Cabral &
//! Leedom, "Imaging vector fields using line integral convolution", 1993).

use super::flow::Flow;
use super::grid::{near, rows};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::along::{Walk, walk_row};
use crate::pixel::{Plane, Size};

/// A copy whose last column is doubled, and the last row twice.
fn widened(plane: &Plane, context: &Context) -> Result<Plane> {
    let (w, h) = (plane.size().width(), plane.size().height());
    let size = Size::from_usize(w + 1, h + 2).expect("grids are far from the largest size");
    rows(size, context, |y, row| {
        let (own, last) = row.split_at_mut(w);
        own.copy_from_slice(near(plane, y as isize));
        last[0] = own[w - 1];
    })
}

/// How far a step goes, and the weight of each step.
pub(super) fn steps(sigma: f32) -> (f32, Vec<f32>) {
    let step = (sigma / 2.2).clamp(0.7, 3.0);
    let count = (2.2 * sigma / step).ceil().max(1.0) as usize;
    let weight = |k: usize| (-0.5 * (k as f32 * step / sigma.max(1e-3)).powi(2)).exp();
    let mut weights: Vec<f32> = (0..=count).map(weight).collect();
    let sum = weights[0] + 2.0 * weights[1..].iter().sum::<f32>();
    weights.iter_mut().for_each(|weight| *weight /= sum);
    (step, weights)
}

/// Each sample the average along the flow, Gaussian weights of `sigma` samples. Where nothing around reaches `least`
/// samples stay as they are; `f32::MIN` to average everywhere.
pub fn along(plane: &Plane, flow: &Flow, sigma: f32, least: f32, context: &Context) -> Result<Plane> {
    let (step, weights) = steps(sigma);
    let wide = widened(plane, context)?;
    let walk = Walk {
        values: wide.samples(),
        stride: wide.size().width(),
        height: plane.size().height(),
        tangents: flow.tangents(),
        across: flow.size().width(),
        scale: 0.5,
        step,
        weights: &weights,
        least,
    };
    rows(plane.size(), context, |y, row| walk_row(context.level, &walk, y, row))
}
