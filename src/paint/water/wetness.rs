//! Where the paper was wet.
//!
//! On wet paper colours run into one another and edges are soft; on dry paper they stand. Montesdeoca, Seah, Rall
//! & Benvenuti, "Art-directed watercolor stylization of 3D animations in real-time" (2017), blur what is marked as
//! bleeding, jointly for all that meets there. The marks here are made by chance, and keep away from what matters.

use super::chance::slow;
use crate::context::Context;
use crate::error::Result;
use crate::filter::{gaussian, reduce_planes};
use crate::line::{Enlarger, Smoothness, each_row, rows};
use crate::pixel::Plane;

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
    let noise = slow(size, &[(85.0, 0.8, 0x11), (32.0, 0.5, 0x12)], seed, context)?;
    // The noise is about Gaussian; its quantile by a fit of the logistic curve.
    let limit = -0.6 * 0.94 * (share.clamp(0.01, 0.99) / (1.0 - share.clamp(0.01, 0.99))).ln();
    rows(size, context, |y, row| {
        for (v, (noise, worth)) in row.iter_mut().zip(noise.row(y).iter().zip(importance.row(y))) {
            let dry = 1.0 - step(0.08 + 0.2 * share, 0.24 + 0.28 * share, *worth);
            *v = dry * step(limit - 0.35, limit + 0.35, *noise);
        }
    })
}

/// Let the planes run into one another where it is wet.
pub(super) fn bleed(
    planes: &mut [Plane; 3],
    wet: &Plane,
    unit: f32,
    amount: f32,
    context: &Context,
) -> Result<()> {
    if amount <= 0.0 {
        return Ok(());
    }
    // What is blurred has no need of a fine grid.
    let coarse = (wet.size().longer() as u32).div_ceil(2);
    let [r, g, b] = &*planes;
    let mut damp = reduce_planes([r, g, b], coarse, context)?;
    gaussian(&mut damp, 0.5 * REACH[0] * amount * unit, context)?;
    let mut soaked = damp.clone();
    gaussian(&mut soaked, 0.5 * REACH[1] * amount * unit, context)?;
    for (plane, (damp, soaked)) in planes.iter_mut().zip(damp.iter().zip(&soaked)) {
        let [damp, soaked] = [damp, soaked].map(|plane| Enlarger::new(plane, wet.size(), Smoothness::Smooth));
        each_row(plane, context, |y, row| {
            let [mut near, mut far, mut between] = [vec![0.0; row.len()], vec![0.0; row.len()], Vec::new()];
            damp.row(context.level, y, &mut between, &mut near);
            soaked.row(context.level, y, &mut between, &mut far);
            for (v, ((damp, soaked), wet)) in row.iter_mut().zip(near.iter().zip(&far).zip(wet.row(y))) {
                *v += step(0.0, 0.5, *wet) * (damp - *v);
                *v += 0.7 * step(0.45, 1.0, *wet) * (soaked - *v);
            }
        })?;
    }
    Ok(())
}

/// Slow changes of density and hue within a wash: pigment that flowed (Bousseau et al. 2006), each of the three a
/// little by itself.
pub(super) fn flow(
    densities: &mut [Plane; 3],
    [turbulence, drift]: [f32; 2],
    seed: u64,
    context: &Context,
) -> Result<()> {
    if turbulence <= 0.0 && drift <= 0.0 {
        return Ok(());
    }
    let size = densities[0].size();
    let common = [(95.0, 0.6, 0x21), (34.0, 0.45, 0x22), (11.0, 0.12, 0x23)];
    let common = slow(size, &common, seed, context)?;
    for (plane, salt) in densities.iter_mut().zip(0x31..) {
        let own = slow(size, &[(60.0, 0.8, salt), (20.0, 0.5, salt ^ 0x40)], seed, context)?;
        each_row(plane, context, |y, row| {
            for (v, (common, own)) in row.iter_mut().zip(common.row(y).iter().zip(own.row(y))) {
                let n = (turbulence * common + drift * own).clamp(-1.5, 1.5);
                // Dark paint is thick and flows less.
                *v *= (n / (1.0 + 0.9 * *v)).exp();
            }
        })?;
    }
    Ok(())
}
