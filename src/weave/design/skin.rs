//! Skin: one calm family of close steps, so that a face stays a face.

use super::cells::Cells;
use super::importance;
use super::lab::{self, chroma};
use super::palette::{Family, SKINS};
use super::study::Study;
use super::{ground, regions};
use crate::error::Result;

/// Where the figure has skin (told by colour and size), 1 there. Small patches are not taken for it.
pub(super) fn mask(study: &Study<'_>, empty: &Cells<bool>) -> Result<Cells<u8>> {
    let mut mask = study.skin.map(|skin| u8::from(*skin > 0.45));
    for (at, own) in mask.values_mut().iter_mut().enumerate() {
        let light = study.calm.values()[at][0];
        *own &= u8::from(!empty.values()[at] && (0.25..0.95).contains(&light));
    }
    let mut mask = regions::vote(&mask, &mask.map(|_| 1.0), 2.0, study.tall(), study.ctx)?;
    let before = mask.clone();
    let least = (mask.values().len() / 600).max(12) as u32;
    regions::tidy_mask(&mut mask, least, study.ctx)?;
    let middle = ground::mean(&study.calm, &mask.map(|own| *own == 1)).unwrap_or([0.6, 0.0, 0.0]);
    let is_gleam = study.calm.map(|lab| lab[0] > middle[0] - 0.02 && chroma(*lab) < 0.12);
    let mut seen = before;
    seen.change(&is_gleam, |own, gleam| own | u8::from(gleam));
    // Eyes and lips are holes in it and remain; a gleam is skin.
    mask.change(&seen, |own, seen| own & seen);
    Ok(mask)
}

/// The family of a skin, by its own lightness.
pub(super) fn family(study: &Study<'_>, mask: &Cells<u8>) -> Family {
    let lights = lights(study, mask);
    let middle = if lights.is_empty() { 0.7 } else { importance::quantile(&lights, 0.8) };
    let light = |family: &Family| [0, 1].map(|step| lab::of_bytes(family[step].colour)[0]);
    let key = |family: &&Family| (0.6 * light(family)[1] + 0.4 * light(family)[0] - 0.06 - middle).abs();
    *SKINS.iter().min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(&SKINS[0])
}

fn lights(study: &Study<'_>, mask: &Cells<u8>) -> Vec<f32> {
    study
        .calm
        .values()
        .iter()
        .zip(mask.values())
        .filter(|(_, own)| **own == 1)
        .map(|(lab, _)| lab[0])
        .collect()
}
