//! Where each pixel looks on the grid.
//!
//! What is enlarged has soft edges. Pixels near an edge look a little further away from it, so the soft part is
//! passed over and the edge stands at full resolution (Arad & Gotsman, "Enhancement by image-dependent warping",
//! 1999). To that comes the wobble of a hand (Bousseau et al. 2006), which is the same displacement at slow rates;
//! where the paper is wet it is wider and quicker, and edges feather. A blur alone looked like one.

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

/// How edges wander.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hand {
    pub(super) wobble: f32,
    pub(super) bleed: f32,
    pub(super) seed: u64,
}

/// Displacements across and down, in samples of the grid.
pub(super) fn displacements(
    steep: &Plane,
    wet: &Plane,
    unit: f32,
    hand: Hand,
    context: &Context,
) -> Result<[Plane; 2]> {
    let steep = blurred(steep, 0.8, context)?;
    let [mut across, mut down] = away(&steep, wet, context)?;
    wander(&mut across, wet, unit, Hand { seed: hand.seed ^ 0x51, ..hand }, context)?;
    wander(&mut down, wet, unit, Hand { seed: hand.seed ^ 0x52_0051, ..hand }, context)?;
    Ok([across, down])
}

/// Away from edges.
fn away(steep: &Plane, wet: &Plane, context: &Context) -> Result<[Plane; 2]> {
    let (w, h) = (steep.size().width(), steep.size().height());
    let along = |axis: usize| {
        let plane = rows(steep.size(), context, |y, row| {
            let (up, down) = (steep.row(y.saturating_sub(1)), steep.row((y + 1).min(h - 1)));
            let (here, wet) = (steep.row(y), wet.row(y));
            for (x, v) in row.iter_mut().enumerate() {
                let slopes = [here[(x + 1).min(w - 1)] - here[x.saturating_sub(1)], down[x] - up[x]];
                let slope = slopes[0].hypot(slopes[1]) + 0.15 * HALF;
                let certain = here[x] / (here[x] + HALF);
                *v = -AWAY * certain * slopes[axis] / slope * (1.0 - 0.85 * wet[x]);
            }
        })?;
        blurred(&plane, 0.6, context)
    };
    Ok([along(0)?, along(1)?])
}

fn wander(plane: &mut Plane, wet: &Plane, unit: f32, hand: Hand, context: &Context) -> Result<()> {
    let octaves =
        |far: fn(&Pace) -> f32| PACES.each_ref().map(|pace| (pace.cell, far(pace) * unit, pace.cell as u64));
    let dry = slow(wet.size(), &octaves(|pace| pace.dry), hand.seed, context)?;
    let damp = slow(wet.size(), &octaves(|pace| pace.wet), hand.seed ^ 0x5200, context)?;
    let fine = Noise::new(wet.size(), [FINE.0; 2], hand.seed ^ 0x5300);
    each_row(plane, context, |y, row| {
        let mut quick = vec![0.0; row.len()];
        fine.row(context.level, y as i64, &mut quick);
        let rest = dry.row(y).iter().zip(damp.row(y)).zip(&quick).zip(wet.row(y));
        for (v, (((dry, damp), quick), wet)) in row.iter_mut().zip(rest) {
            *v += hand.wobble * dry + hand.bleed * wet * (damp + FINE.1 * unit * quick);
        }
    })
}

/// How fast the pigments change from sample to sample, of dark and of light alike: what matters is by which factor the
/// light changes.
pub(super) fn steepness(densities: &[Plane; 3], context: &Context) -> Result<Plane> {
    let (w, h) = (densities[0].size().width(), densities[0].size().height());
    rows(densities[0].size(), context, |y, row| {
        for plane in densities {
            let (up, down) = (plane.row(y.saturating_sub(1)), plane.row((y + 1).min(h - 1)));
            let here = plane.row(y);
            for (x, v) in row.iter_mut().enumerate() {
                let across = here[(x + 1).min(w - 1)] - here[x.saturating_sub(1)];
                let along = down[x] - up[x];
                *v += (across * across + along * along) / (0.3 + here[x]);
            }
        }
        row.iter_mut().for_each(|v| *v = (v.sqrt() * 0.3).min(1.0));
    })
}
