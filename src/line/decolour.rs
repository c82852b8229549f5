//! Lightness for drawings without colour: a yellow petal on a pale sky must not vanish.
//!
//! Lu, Xu & Jia ("Contrast preserving decolorization", 2012) search for the mixture of channels whose differences come
//! nearest to those of the colours. Here lightness stays as it is and one direction of colour is added to it: of
//! sixteen, the one that leaves the most contrast between places a little apart.

use super::grid::{each_row, halved};
use super::study::Study;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::Plane;

const DIRECTIONS: usize = 16;
/// How much a difference of colour counts against one of lightness.
const SHARE: f32 = 0.5;
/// The longer side of what contrast is measured on.
const SMALL: usize = 160;

/// The lightness of a study with some colour in it.
pub fn decolour(study: &Study, context: &Context) -> Result<Plane> {
    let mut small = [study.light.clone(), study.a.clone(), study.b.clone()];
    while small[0].size().longer() > SMALL {
        let [light, a, b] = &small;
        small = [halved(light, context)?, halved(a, context)?, halved(b, context)?];
    }
    let way = |k: usize| (std::f32::consts::TAU * k as f32 / DIRECTIONS as f32).sin_cos();
    let best = (0..DIRECTIONS)
        .map(|k| (contrast(&small, way(k).0 * SHARE, way(k).1 * SHARE), k))
        .fold((0.0, 0), |best, this| if this.0 > best.0 * 1.000_001 { this } else { best });
    // Colour comes in as far as it is needed: a fifth more contrast is worth all of it.
    let gain = (best.0 / contrast(&small, 0.0, 0.0).max(1e-9) - 1.0) as f32;
    let share = SHARE * (gain / 0.2).clamp(0.0, 1.0);
    let (sin, cos) = way(best.1);
    let mut out = study.light.clone();
    each_row(&mut out, context, |y, row| {
        for ((v, a), b) in row.iter_mut().zip(study.a.row(y)).zip(study.b.row(y)) {
            *v = (*v + share * (cos * a + sin * b)).clamp(0.0, 1.0);
        }
    })?;
    Ok(out)
}

/// What differences there are between places a few samples apart. Small ones count for more than their share: the
/// large ones are seen anyway.
fn contrast(small: &[Plane; 3], sin: f32, cos: f32) -> f64 {
    let [light, a, b] = small;
    let (w, h) = (light.size().width(), light.size().height());
    let at = |x: usize, y: usize| light.row(y)[x] + (cos * a.row(y)[x] + sin * b.row(y)[x]);
    let mut sum = 0.0f64;
    for y in 0..h {
        for x in 0..w {
            let own = at(x, y);
            for (dx, dy) in [(3, 0), (0, 3), (9, 4)] {
                if x + dx < w && y + dy < h {
                    sum += f64::from((own - at(x + dx, y + dy)).abs().min(0.15));
                }
            }
        }
    }
    sum
}
