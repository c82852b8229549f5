//! Where the paper was wet.
//!
//! On wet paper colours run into one another and edges are soft; on dry paper they stand. Montesdeoca, Seah, Rall
//! & Benvenuti, "Art-directed watercolor stylization of 3D animations in real-time" (2017), blur what is marked as
//! bleeding, jointly for all that meets there. The marks here are made by chance, and keep away from what matters.

use crate::context::Context;
use crate::error::Result;
use crate::line::{blurred, each_row, rows};
use crate::pixel::{Plane, Size};
use crate::texture::Noise;

/// How far colours run, in units, where it is damp and where it is wet.
const REACH: [f32; 2] = [2.5, 9.0];

/// From 0 to 1 between two values, without corners.
pub(super) fn step(from: f32, to: f32, v: f32) -> f32 {
    let t = ((v - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// From 0, dry, to 1, wet: about `share` of the sheet, less where detail matters.
pub(super) fn wetness(importance: &Plane, share: f32, seed: u64, context: &Context) -> Result<Plane> {
    let size = importance.size();
    if share <= 0.0 {
        return Ok(Plane::filled(size, 0.0));
    }
    let noises = [(85.0, 0.8, 0x11), (32.0, 0.5, 0x12)].map(|(cell, part, salt)| {
        (Noise::new(size, [cell; 2], seed ^ salt), part)
    });
    // The noise is about Gaussian; its quantile by a fit of the logistic curve.
    let limit = -0.6 * 0.94 * (share.clamp(0.01, 0.99) / (1.0 - share.clamp(0.01, 0.99))).ln();
    rows(size, context, |y, row| {
        let mut scratch = vec![0.0; row.len()];
        for (noise, part) in &noises {
            noise.add(context.level, y as i64, *part, row, &mut scratch);
        }
        for (v, worth) in row.iter_mut().zip(importance.row(y)) {
            let dry = 1.0 - step(0.06 + 0.35 * share, 0.26 + 0.45 * share, *worth);
            *v = dry * step(limit - 0.35, limit + 0.35, *v);
        }
    })
}

/// Let the planes run into one another where it is wet.
pub(super) fn bleed(planes: &mut [&mut Plane], wet: &Plane, unit: f32, amount: f32, context: &Context) -> Result<()> {
    if amount <= 0.0 {
        return Ok(());
    }
    for plane in planes {
        let damp = blurred(plane, REACH[0] * amount * unit, context)?;
        let soaked = blurred(&damp, REACH[1] * amount * unit, context)?;
        each_row(plane, context, |y, row| {
            let rest = damp.row(y).iter().zip(soaked.row(y)).zip(wet.row(y));
            for (v, ((damp, soaked), wet)) in row.iter_mut().zip(rest) {
                let (near, far) = (step(0.0, 0.5, *wet), 0.7 * step(0.45, 1.0, *wet));
                *v += near * (damp - *v);
                *v += far * (soaked - *v);
            }
        })?;
    }
    Ok(())
}

/// Slow changes of density and hue within a wash: pigment that flowed (Bousseau et al. 2006), each of the three a
/// little by itself. `size` is the grid's.
pub(super) fn flow(
    densities: &mut [Plane; 3],
    size: Size,
    [turbulence, drift]: [f32; 2],
    seed: u64,
    context: &Context,
) -> Result<()> {
    if turbulence <= 0.0 && drift <= 0.0 {
        return Ok(());
    }
    let noise = |cell: f32, salt: u64| Noise::new(size, [cell; 2], seed ^ salt);
    let common = [(noise(95.0, 0x21), 0.6), (noise(34.0, 0x22), 0.45), (noise(11.0, 0x23), 0.12)];
    for (plane, salt) in densities.iter_mut().zip(0x31..) {
        let own = [(noise(60.0, salt), 0.8), (noise(20.0, salt ^ 0x40), 0.5)];
        each_row(plane, context, |y, row| {
            let (mut sum, mut scratch) = (vec![0.0; row.len()], vec![0.0; row.len()]);
            let all = common.iter().map(|(n, w)| (n, w * turbulence));
            for (noise, weight) in all.chain(own.iter().map(|(n, w)| (n, w * drift))) {
                noise.add(context.level, y as i64, weight, &mut sum, &mut scratch);
            }
            for (v, n) in row.iter_mut().zip(&sum) {
                // Dark paint is thick and flows less.
                *v *= (n.clamp(-1.5, 1.5) / (1.0 + 0.9 * *v)).exp();
            }
        })?;
    }
    Ok(())
}
