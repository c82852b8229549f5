//! Where each pixel looks on the grid.
//!
//! What is enlarged has soft edges. Pixels near an edge look a little further away from it, so the soft part is
//! passed over and the edge stands at full resolution (Arad & Gotsman, "Enhancement by image-dependent warping",
//! 1999). To that comes the wobble of a hand (Bousseau et al. 2006): the same displacement at two slow rates.

use super::chance::slow;
use crate::context::Context;
use crate::error::Result;
use crate::line::{blurred, each_row, rows};
use crate::pixel::Plane;
use crate::texture::Noise;

/// How far pixels look away from an edge, in samples of the grid.
const AWAY: f32 = 1.25;
/// The steepness at which an edge is half as far cleared as any, in density to a sample.
const HALF: f32 = 0.012;
/// One rate at which edges wander.
struct Pace {
    /// The size of its cells, in units.
    cell: f32,
    /// How far it goes, in units, on dry paper for a wobble of 1.
    dry: f32,
    /// And on wet paper, where edges feather, for a bleed of 1.
    wet: f32,
}

const PACES: [Pace; 2] = [Pace { cell: 26.0, dry: 1.1, wet: 2.6 }, Pace { cell: 8.0, dry: 0.6, wet: 2.3 }];
/// The finest feathers: their cell, and how far they go.
const FINE: (f32, f32) = (3.6, 0.9);

/// Displacements across and down, in samples of the grid.
pub(super) fn displacements(
    steep: &Plane,
    wet: &Plane,
    unit: f32,
    [wobble, bleed]: [f32; 2],
    seed: u64,
    context: &Context,
) -> Result<[Plane; 2]> {
    let steep = blurred(steep, 0.8, context)?;
    let (w, h) = (steep.size().width(), steep.size().height());
    let mut planes = [0, 1].map(|_| Plane::filled(steep.size(), 0.0));
    for (axis, plane) in planes.iter_mut().enumerate() {
        each_row(plane, context, |y, row| {
            let (here, up, down) = (steep.row(y), steep.row(y.saturating_sub(1)), steep.row((y + 1).min(h - 1)));
            for (x, v) in row.iter_mut().enumerate() {
                let across = here[(x + 1).min(w - 1)] - here[x.saturating_sub(1)];
                let along = down[x] - up[x];
                let slope = (across * across + along * along).sqrt();
                let own = if axis == 0 { across } else { along };
                let certain = here[x] / (here[x] + HALF);
                *v = -AWAY * certain * own / (slope + 0.15 * HALF) * (1.0 - 0.85 * wet.row(y)[x]);
            }
        })?;
        *plane = blurred(plane, 0.6, context)?;
        let salt = (axis as u64) << 16 ^ 0x51;
        let octaves = |of: fn(&Pace) -> f32| PACES.each_ref().map(|pace| (pace.cell, of(pace) * unit, salt ^ pace.cell as u64));
        let dry = slow(wet.size(), &octaves(|pace| pace.dry), seed, context)?;
        let damp = slow(wet.size(), &octaves(|pace| pace.wet), seed ^ 0x52, context)?;
        let fine = Noise::new(wet.size(), [FINE.0; 2], seed ^ salt ^ 0x53);
        each_row(plane, context, |y, row| {
            let mut quick = vec![0.0; row.len()];
            fine.row(context.level, y as i64, &mut quick);
            let rest = dry.row(y).iter().zip(damp.row(y)).zip(&quick).zip(wet.row(y));
            for (v, (((dry, damp), quick), wet)) in row.iter_mut().zip(rest) {
                *v += wobble * dry + bleed * wet * (damp + FINE.1 * unit * quick);
            }
        })?;
    }
    Ok(planes)
}

/// How fast the pigments change from sample to sample.
pub(super) fn steepness(densities: &[Plane; 3], context: &Context) -> Result<Plane> {
    let (w, h) = (densities[0].size().width(), densities[0].size().height());
    rows(densities[0].size(), context, |y, row| {
        for plane in densities {
            let (here, up, down) = (plane.row(y), plane.row(y.saturating_sub(1)), plane.row((y + 1).min(h - 1)));
            for (x, v) in row.iter_mut().enumerate() {
                let across = here[(x + 1).min(w - 1)] - here[x.saturating_sub(1)];
                let along = down[x] - up[x];
                // Of dark and of light alike: what matters is by which factor light changes.
                *v += (across * across + along * along) / (0.3 + here[x]);
            }
        }
        row.iter_mut().for_each(|v| *v = (v.sqrt() * 0.3).min(1.0));
    })
}
