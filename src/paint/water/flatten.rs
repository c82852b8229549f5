//! The picture as a few flat shapes.
//!
//! Bousseau et al. (2006) use mean shift and morphology. Relative total variation (Xu, Yan, Xia & Jia, "Structure
//! extraction from texture via relative total variation", 2012) takes texture away whatever its contrast and leaves
//! the shapes; where the guide says that detail matters, a finer version comes back, smoothed by a domain transform
//! (Gastal & Oliveira 2011). This is done on colours in their key already: a face in shadow has the contrast there
//! that it will have on paper, and is not taken for texture.

use super::chance::resized;
use crate::context::Context;
use crate::error::Result;
use crate::filter::{DomainTransform, Pass, TextureRemoval};
use crate::line::{Study, blurred, each_row};
use crate::pixel::Plane;

/// The longer side of the grid that shapes are found on, at most.
const COARSE: u32 = 512;
/// Smoothness against likeness.
const STRENGTH: f32 = 0.022;
const ROUNDS: usize = 2;
/// How much smaller shapes are where it matters.
const FINER: f32 = 0.4;
/// What differs by this is another shape there.
const RANGE: f32 = 0.22;
/// How far around it a feature is looked at, in units.
const AROUND: f32 = 4.5;

/// How finely a place is worked, from how much detail is worth there.
fn worked(worth: f32) -> f32 {
    let t = ((worth - 0.15) / 0.4).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Flatten what is smaller than `size` units; `detail` says how much finer shapes are where it matters.
pub(super) fn flatten(
    own: &Study,
    importance: &Plane,
    size: f32,
    detail: f32,
    context: &Context,
) -> Result<Study> {
    let unit = own.unit;
    let planes = [own.light.clone(), own.a.clone(), own.b.clone()];
    let mut flat = shapes(own, size, context)?;
    if detail > 0.0 {
        let space = FINER * size * unit;
        let smooth = DomainTransform { space, range: RANGE, rounds: 2, pass: Pass::Normalised };
        let fine = smooth.run(planes.to_vec(), context)?;
        for (flat, fine) in flat.iter_mut().zip(&fine) {
            each_row(flat, context, |y, row| {
                let rest = fine.row(y).iter().zip(importance.row(y));
                for (v, (fine, worth)) in row.iter_mut().zip(rest) {
                    *v += detail * worked(worth - 0.17) * (fine - *v);
                }
            })?;
        }
        accents(&mut flat[0], own, importance, detail, context)?;
    }
    let [light, a, b]: [Plane; 3] = flat.try_into().expect("as many planes as came in");
    Ok(Study { light, a, b, unit })
}

/// What is left without what is smaller than `size` units, made on a coarser grid.
fn shapes(own: &Study, size: f32, context: &Context) -> Result<Vec<Plane>> {
    let Study { light, a, b, unit } = own.smaller(COARSE, context)?;
    let removal = TextureRemoval { size: 0.5 * size * unit, strength: STRENGTH, rounds: ROUNDS, unit };
    let flat = removal.run(&[light, a, b], context)?;
    flat.iter().map(|plane| resized(plane, own.size(), context)).collect()
}

/// A pupil, a nostril, the line between lips: what is small and darker than around it gets darker still.
fn accents(light: &mut Plane, own: &Study, importance: &Plane, detail: f32, context: &Context) -> Result<()> {
    let around = blurred(&own.light, AROUND * own.unit, context)?;
    each_row(light, context, |y, row| {
        let rest = own.light.row(y).iter().zip(around.row(y)).zip(importance.row(y));
        for (v, ((own, around), worth)) in row.iter_mut().zip(rest) {
            *v += 1.1 * detail * worked(*worth) * (own - around + 0.02).min(0.0);
        }
    })
}
