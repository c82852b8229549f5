//! Grain, weave, screens: detail by its size, and how regularly it comes again.

use super::Seen;
use crate::context::Context;
use crate::error::Result;
use crate::line::blurred;
use crate::pixel::Plane;

/// Lags at which detail may come again, in pixels.
const LAGS: std::ops::RangeInclusive<usize> = 3..=40;

pub(super) fn traits(seen: &Seen, context: &Context) -> Result<Vec<(&'static str, f64)>> {
    let mut all = Vec::new();
    let mut finer = seen.light.clone();
    let mut first = None;
    for (name, sigma) in [("grain_1", 0.8), ("grain_2", 1.6), ("grain_4", 3.2), ("grain_8", 6.4)] {
        let coarser = blurred(&seen.light, sigma, context)?;
        let band = apart(&finer, &coarser);
        all.push((name, deviation(&band)));
        first.get_or_insert(band);
        finer = coarser;
    }
    let mut colour = 0.0;
    for plane in [&seen.a, &seen.b] {
        colour += deviation(&apart(plane, &blurred(plane, 1.6, context)?)).powi(2);
    }
    all.push(("colour_grain", colour.sqrt()));
    if let Some(fine) = &first {
        all.push(("light_grain", in_lights(fine, &seen.light)));
        all.push(("repeat", repeat(fine)));
    }
    Ok(all)
}

fn apart(a: &Plane, b: &Plane) -> Plane {
    let mut out = a.clone();
    out.samples_mut().iter_mut().zip(b.samples()).for_each(|(a, b)| *a -= b);
    out
}

fn deviation(plane: &Plane) -> f64 {
    let squares: f64 = plane.samples().iter().map(|v| f64::from(*v).powi(2)).sum();
    (squares / plane.samples().len().max(1) as f64).sqrt()
}

/// Detail in the lightest third against that of the whole: paper's tooth, and canvas, show in lights.
fn in_lights(fine: &Plane, light: &Plane) -> f64 {
    let mut sorted = light.samples().to_vec();
    let rank = sorted.len() * 2 / 3;
    let from = *sorted.select_nth_unstable_by(rank, f32::total_cmp).1;
    let lit = fine.samples().iter().zip(light.samples()).filter(|(_, l)| **l >= from);
    let (sum, count) = lit.fold((0.0, 0u32), |(sum, count), (v, _)| (sum + f64::from(*v).powi(2), count + 1));
    ((sum / f64::from(count.max(1))).sqrt() / deviation(fine).max(1e-6)).min(10.0)
}

/// The highest peak of the autocorrelation along rows or along columns, above what lies around the peak.
fn repeat(fine: &Plane) -> f64 {
    let (width, height) = (fine.size().width(), fine.size().height());
    // Strong edges are no texture: what stands out is cut down.
    let most = 3.0 * deviation(fine) as f32;
    let value = |x: usize, y: usize| fine.row(y)[x].clamp(-most, most);
    let power: f64 = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| f64::from(value(x, y)).powi(2))
        .sum();
    let along = |lag: usize, dx: usize, dy: usize| -> f64 {
        let (w, h) = (width.saturating_sub(lag * dx), height.saturating_sub(lag * dy));
        let mut sum = 0.0;
        for y in 0..h {
            for x in 0..w {
                sum += f64::from(value(x, y) * value(x + lag * dx, y + lag * dy));
            }
        }
        sum / power.max(1e-12) * (width * height) as f64 / (w * h).max(1) as f64
    };
    let mut best = 0f64;
    for (dx, dy) in [(1, 0), (0, 1)] {
        let values: Vec<f64> = (LAGS.start() - 1..=LAGS.end() + 1).map(|lag| along(lag, dx, dy)).collect();
        for window in values.windows(3) {
            if window[1] > window[0] && window[1] > window[2] {
                best = best.max(window[1]);
            }
        }
    }
    best
}
