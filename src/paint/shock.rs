//! Coherence-enhancing shock: along the forms smooth, across them sharp, over and over.
//!
//! A blur along the flow evens out what runs with the forms; then each sample takes the colour of that side of the
//! edge it lies on: where lightness curves up across the flow the darker neighbour's, where it curves down the
//! lighter one's (Osher & Rudin, "Feature-oriented image enhancement using shock filters", 1990; along the flow:
//! Weickert, "Coherence-enhancing shock filters", 2003; Kyprianidis & Kang, "Image and video abstraction by
//! coherence-enhancing filtering", 2011). The blur of the second derivative says how large a side must be to be one.

use crate::context::Context;
use crate::error::Result;
use crate::line::{Flow, along, between, blurred, painters_flow, rows};
use crate::pixel::Plane;

/// How the filter works, lengths in samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shock {
    /// How often.
    pub rounds: u32,
    /// How far along the flow is averaged, as a standard deviation.
    pub along: f32,
    /// How large a side of an edge must be.
    pub side: f32,
}

/// Curvature of lightness across the flow that counts half; noise has less.
const CURVED: f32 = 0.004;

/// Filter planes of Oklab.
pub fn shock(planes: [Plane; 3], options: &Shock, unit: f32, context: &Context) -> Result<[Plane; 3]> {
    let mut planes = planes;
    for _ in 0..options.rounds {
        let [light, a, b] = &planes;
        let way = painters_flow(&[light, a, b], unit, context)?;
        let smooth = |plane: &Plane| along(plane, &way, options.along, f32::MIN, context);
        let even = [smooth(light)?, smooth(a)?, smooth(b)?];
        let sides = blurred(&even[0], options.side, context)?;
        let turned = |plane: &Plane| sharpened(plane, &even[0], &sides, &way, context);
        planes = [turned(&even[0])?, turned(&even[1])?, turned(&even[2])?];
    }
    Ok(planes)
}

/// One plane after one shock. `light` decides which neighbour is the darker, `sides` which of them a sample goes with.
fn sharpened(plane: &Plane, light: &Plane, sides: &Plane, way: &Flow, context: &Context) -> Result<Plane> {
    /// How far the neighbours are that colours are taken from, and those that curvature is measured by.
    const NEAR: f32 = 0.8;
    const CURVE: f32 = 1.5;
    let half = way.size().width();
    rows(plane.size(), context, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            let [tx, ty] = way.tangents()[(y / 2) * half + x / 2];
            let (px, py) = (x as f32, y as f32);
            let at = |plane: &Plane, far: f32| between(plane, px - ty * far, py + tx * far);
            let own = plane.row(y)[x];
            let curve = at(sides, CURVE) + at(sides, -CURVE) - 2.0 * sides.row(y)[x];
            let (ahead, behind) = (at(light, NEAR), at(light, -NEAR));
            let here = light.row(y)[x];
            // Curved up: it belongs to the dark; of both neighbours and itself the darkest is taken.
            let wanted = if curve > 0.0 { ahead.min(behind) < here } else { ahead.max(behind) > here };
            let forward = (curve > 0.0) == (ahead < behind);
            let share = if wanted { curve.abs() / (curve.abs() + CURVED) } else { 0.0 };
            let other = at(plane, if forward { NEAR } else { -NEAR });
            *out = own + share * (other - own);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::pixel::Size;
    use crate::test_support::Random;

    const OPTIONS: Shock = Shock { rounds: 3, along: 2.0, side: 1.2 };

    #[test]
    fn a_soft_edge_becomes_a_sharp_one_in_its_place() {
        let size = Size::new(60, 24).unwrap();
        let soft = Plane::from_fn(size, |x, _| 0.5 + 0.3 * ((x as f32 - 29.5) / 4.0).tanh());
        let flat = Plane::filled(size, 0.02);
        let [out, a, _] =
            shock([soft.clone(), flat.clone(), flat], &OPTIONS, 1.0, &Context::default()).unwrap();
        let steep = |plane: &Plane| plane.row(12)[31] - plane.row(12)[28];
        assert!(steep(&out) > 1.5 * steep(&soft), "{} {}", steep(&out), steep(&soft));
        assert!(out.row(12)[10] < 0.25 && out.row(12)[50] > 0.75);
        assert!(out.samples().iter().all(|v| (0.19..=0.81).contains(v)), "nothing rings");
        assert!(a.samples().iter().all(|v| (v - 0.02).abs() < 1e-5));
    }

    #[test]
    fn odd_sizes_and_threads() {
        let mut random = Random::new("paint::shock");
        for (width, height) in [(1, 1), (1, 40), (37, 1), (40, 33)] {
            let size = Size::new(width, height).unwrap();
            let planes = [0; 3].map(|_| Plane::from_fn(size, |_, _| random.unit()));
            let first = shock(planes.clone(), &OPTIONS, 0.5, &Context::default()).unwrap();
            let pool = Some(std::sync::Arc::new(Pool::new(1).unwrap()));
            let again = shock(planes, &OPTIONS, 0.5, &Context { pool, ..Context::default() }).unwrap();
            assert!(first == again, "{width}×{height}, {random}");
            assert!(first.iter().all(|plane| plane.samples().iter().all(|v| v.is_finite())));
        }
    }
}
