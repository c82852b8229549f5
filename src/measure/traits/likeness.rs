//! What was kept of the picture something was made from.

use super::structure::gradients;
use super::{Seen, sound};
use crate::context::Context;
use crate::error::Result;
use crate::line::{Enlarger, Smoothness, blurred, rows};
use crate::pixel::{Plane, Size};

pub(super) fn traits(made: &Seen, source: &Seen, context: &Context) -> Result<Vec<(&'static str, f64)>> {
    let size = made.size();
    let fit = |plane: &Plane| fitted(plane, size, context);
    let [light, a, b] = [fit(&source.light)?, fit(&source.a)?, fit(&source.b)?];
    let pairs = [(&made.light, &light), (&made.a, &a), (&made.b, &b)];
    let mut sum = 0.0;
    for i in (0..size.pixels()).filter(|i| made.visible[*i]) {
        let apart = |(p, q): &(&Plane, &Plane)| f64::from(p.samples()[i] - q.samples()[i]).powi(2);
        sum += pairs.iter().map(apart).sum::<f64>().sqrt();
    }
    let count = made.visible.iter().filter(|visible| **visible).count().max(1);
    let edges = |plane: &Plane| -> Result<Vec<f32>> { Ok(gradients(&blurred(plane, 3.0, context)?)) };
    let [of_made, of_source] = [edges(&made.light)?, edges(&light)?];
    let [broad_made, broad_source] = [blurred(&made.light, 8.0, context)?, blurred(&light, 8.0, context)?];
    Ok(vec![
        ("difference", sum / count as f64),
        ("edges_kept", correlation(&of_made, &of_source)),
        ("tones_kept", correlation(broad_made.samples(), broad_source.samples())),
    ])
}

/// A plane brought to another size.
fn fitted(plane: &Plane, size: Size, context: &Context) -> Result<Plane> {
    let enlarger = Enlarger::new(plane, size, Smoothness::Straight);
    Ok(sound(rows(size, context, |y, row| enlarger.row(context.level, y, &mut Vec::new(), row))?))
}

/// How far two rows of numbers go together, -1 to 1; 0 where one of them stands still.
fn correlation(a: &[f32], b: &[f32]) -> f64 {
    let mean =
        |values: &[f32]| values.iter().map(|v| f64::from(*v)).sum::<f64>() / values.len().max(1) as f64;
    let (p, q) = (mean(a), mean(b));
    let (mut both, mut own, mut other) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (f64::from(*a) - p, f64::from(*b) - q);
        (both, own, other) = (both + a * b, own + a * a, other + b * b);
    }
    if own * other > 0.0 { both / (own * other).sqrt() } else { 0.0 }
}
