//! Edges, lines, patches.

use super::Seen;
use crate::context::Context;
use crate::error::Result;
use crate::line::{blurred, flow};
use crate::pixel::Plane;

pub(super) fn traits(seen: &Seen, context: &Context) -> Result<Vec<(&'static str, f64)>> {
    let way = flow(&[&seen.light, &seen.a, &seen.b], 2.5, 8.0, context)?;
    let trust = way.anisotropy().samples();
    let coherence = trust.iter().map(|v| f64::from(*v)).sum::<f64>() / trust.len().max(1) as f64;
    let gradients = gradients(&seen.light);
    let flat = gradients.iter().filter(|g| **g < 0.004).count() as f64 / gradients.len().max(1) as f64;
    let fine = blurred(&seen.light, 0.8, context)?;
    let (lines, glints) = ridges(&fine);
    Ok(vec![
        ("coherence", coherence),
        ("flat", flat),
        ("steep", kurtosis(&gradients)),
        ("lines", lines),
        ("glints", glints),
        ("shapes", shapes(seen)),
    ])
}

/// The length of the gradient at each sample.
pub(super) fn gradients(plane: &Plane) -> Vec<f32> {
    let (width, height) = (plane.size().width(), plane.size().height());
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        let (above, below) = (plane.row(y.saturating_sub(1)), plane.row((y + 1).min(height - 1)));
        let own = plane.row(y);
        for x in 0..width {
            let across = own[(x + 1).min(width - 1)] - own[x.saturating_sub(1)];
            out.push(0.5 * across.hypot(below[x] - above[x]));
        }
    }
    out
}

/// The logarithm of the fourth moment by the square of the second: the higher, the fewer places have gradients.
fn kurtosis(values: &[f32]) -> f64 {
    let moment = |power: i32| {
        values.iter().map(|v| f64::from(*v).powi(power)).sum::<f64>() / values.len().max(1) as f64
    };
    (moment(4) / moment(2).powi(2).max(1e-18)).max(1e-3).ln()
}

/// Shares of samples that are darker, and lighter, than what lies two samples to both sides, in some direction.
fn ridges(plane: &Plane) -> (f64, f64) {
    const STEP: f32 = 0.04;
    let (width, height) = (plane.size().width(), plane.size().height());
    let (mut dark, mut light) = (0u32, 0u32);
    let at = |x: usize, y: usize| plane.row(y.min(height - 1))[x.min(width - 1)];
    for y in 0..height {
        for x in 0..width {
            let own = at(x, y);
            let (l, t) = (x.saturating_sub(2), y.saturating_sub(2));
            let pairs = [
                [at(l, y), at(x + 2, y)],
                [at(x, t), at(x, y + 2)],
                [at(l, t), at(x + 2, y + 2)],
                [at(x + 2, t), at(l, y + 2)],
            ];
            dark += u32::from(pairs.iter().any(|[p, q]| own < p.min(*q) - STEP));
            light += u32::from(pairs.iter().any(|[p, q]| own > p.max(*q) + STEP));
        }
    }
    let all = (width * height).max(1) as f64;
    (f64::from(dark) / all, f64::from(light) / all)
}

/// Connected patches of one colour, told apart by a twelfth of white, in a megapixel; as a logarithm.
fn shapes(seen: &Seen) -> f64 {
    let size = seen.size();
    let (width, count) = (size.width(), size.pixels());
    let cell = |v: f32| (v * 12.0 + 64.0) as u32;
    let label = |i: usize| {
        let [l, a, b] = [&seen.light, &seen.a, &seen.b].map(|plane| cell(plane.samples()[i]));
        (l << 16) | (a << 8) | b
    };
    let labels: Vec<u32> = (0..count).map(label).collect();
    let mut parents: Vec<u32> = (0..count as u32).collect();
    for i in 0..count {
        if i % width > 0 && labels[i] == labels[i - 1] {
            join(&mut parents, i as u32, i as u32 - 1);
        }
        if i >= width && labels[i] == labels[i - width] {
            join(&mut parents, i as u32, (i - width) as u32);
        }
    }
    let patches = parents.iter().enumerate().filter(|(i, parent)| *i as u32 == **parent).count();
    (1.0 + patches as f64 * 1e6 / count.max(1) as f64).log2()
}

fn root(parents: &mut [u32], mut of: u32) -> u32 {
    while parents[of as usize] != of {
        parents[of as usize] = parents[parents[of as usize] as usize];
        of = parents[of as usize];
    }
    of
}

/// The lesser place stands for both.
fn join(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}
