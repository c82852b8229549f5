//! The colours in which the yarns of a cloth are to be seen.

use super::dye::{Dye, Rgb, faces};
use super::encode::linear;
use super::fibre::{Optics, optics, two_faced};
use super::light::Light;
use super::shade::{CLASSES, Lit, MIDDLE, Shade};
use super::survey::Shares;
use super::temper::Temper;
use crate::weave::cloth::{Fibre, Yarn};

/// The dyes of a yarn as weft or as warp.
#[derive(Clone, Copy, Default)]
pub(super) struct Dyes {
    pub(super) dull: Dye,
    /// Where metal faces the light, and where a feather turns.
    pub(super) bright: Option<Dye>,
}

/// What all yarns have in common: how bright wefts and warps are, and how much of metal faces the light.
pub(super) struct Wardrobe {
    lift: [f32; 2],
    facing: [f32; 2],
}

impl Wardrobe {
    /// `usual` is the temper under the usual light, in which yarns have their colours.
    pub(super) fn new(usual: &Temper) -> Self {
        Self { lift: contrast(), facing: [false, true].map(|warp| usual.mean_facing(warp)) }
    }

    /// Dyes for which the mean over these shades, whose shares sum to 1, is the colour of the yarn.
    pub(super) fn dyes(&self, yarn: &Yarn, warp: bool, shades: &[(Shade, f32)]) -> Dyes {
        let side = usize::from(warp);
        let (look, target) = (optics(yarn.fibre), linear(yarn.colour).map(|v| v * self.lift[side]));
        let dye = |colour: Rgb| Dye::calibrated(colour, &look, shades);
        if !two_faced(yarn.fibre) {
            return Dyes { dull: dye(target), bright: None };
        }
        let (dull, bright) = faces(yarn.fibre, target, self.facing[side]);
        Dyes { dull: dye(dull), bright: Some(dye(bright)) }
    }
}

/// The shades of a yarn under the usual light, with their shares of what is seen of it.
pub(super) fn usual(warp: bool, optics: Optics, shares: &Shares) -> Vec<(Shade, f32)> {
    const FINE: usize = 10;
    let lit = Lit::new(&Light::default(), warp, optics);
    let mut shades = Vec::new();
    for (class, &share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        for along in 0..FINE {
            let station = lit.station(class, (along as f32 + 0.5) / FINE as f32);
            for across in 0..FINE {
                let shade = lit.at(&station, MIDDLE, (across as f32 + 0.5) / FINE as f32);
                shades.push((shade, share / (FINE * FINE) as f32));
            }
        }
    }
    shades
}

/// How much brighter weft and warp faces are than the dye: what says "brocade" is that the two differ.
fn contrast() -> [f32; 2] {
    let mut long = [0.0; CLASSES];
    long[CLASSES / 2] = 0.5;
    long[CLASSES - 1] = 0.5;
    let natural = [false, true].map(|warp| {
        let shades = usual(warp, optics(Fibre::Silk), &long);
        shades.iter().map(|(shade, share)| (shade.body + shade.sheen) * share).sum::<f32>()
    });
    let middle = (natural[0] * natural[1]).sqrt();
    natural.map(|v| (v / middle).sqrt().clamp(0.94, 1.06))
}
