//! What of a picture is ground: what surrounds the figure and stands out least, in whole regions.

use super::cells::Cells;
use super::cluster::Main;
use super::lab::{Lab, apart};
use super::study::Study;
use super::{distance, importance, kinds, regions};
use crate::error::Result;

/// How much of the cloth the ground may take.
const SHARE: [f32; 2] = [0.22, 0.86];

/// True where the ground is. `map` has the picture's main colours. The ground is of the colour that most of the border
/// has and of what is like it, where it stands out little.
pub(super) fn ground(study: &Study<'_>, mains: &[Main], map: &Cells<u8>) -> Result<Cells<bool>> {
    let (tall, score) = (study.tall(), score(study, map)?);
    let reach = map.width().min(map.height()) / 40 + 2;
    let detail = importance::detail(&study.calm, reach as f32, study.ctx)?;
    // Beside the figure the ground has the detail of its border; further off it has its own.
    let detail = detail.extreme([reach; 2], f32::min);
    let parting = importance::parting(score.values());
    let least = importance::quantile(score.values(), SHARE[0]);
    let most = importance::quantile(score.values(), SHARE[1]);
    let limit = (0.88 * parting).clamp(least, most.max(least));
    let is_like = kinds::like_ground(map, &score, &detail, mains, 0.6 * limit);
    let even = evenness(map, &score, &detail, &is_like);
    let mut mask = map.map(|label| u8::from(is_like[usize::from(*label)]));
    for (at, own) in mask.values_mut().iter_mut().enumerate() {
        // What has more detail than the ground as a whole stands out more than its colour does.
        let more = (detail.values()[at] - even - 0.1).max(0.0);
        *own &= u8::from(score.values()[at] + 0.35 * more <= limit);
    }
    let mut mask = tidy(study, &mask)?;
    drown(study, &mut mask, &score, limit * 1.35)?;
    let mut whole = closed(&mask, tall, map.width().min(map.height()) as f32 / 45.0);
    drown(study, &mut whole, &score, limit * 1.35)?;
    fill(study, &mut whole)?;
    let mut out = whole.map(|value| *value == 1);
    out.change(&study.clear, |own, clear| own || clear);
    Ok(out)
}

/// Gaps in the figure narrower than twice the reach belong to it: what is left of a pale dress on a pale wall hangs
/// together again.
fn closed(mask: &Cells<u8>, tall: f32, reach: f32) -> Cells<u8> {
    let far = distance::to_border(mask, tall, reach + 1.0);
    let mut grown = mask.clone();
    grown.values_mut().iter_mut().zip(far.values()).for_each(|(own, far)| *own &= u8::from(*far > reach));
    let far = distance::to_border(&grown, tall, reach + 1.0);
    let mut out = mask.clone();
    for (at, own) in out.values_mut().iter_mut().enumerate() {
        // What the figure grew by and does not lose again is figure; the rest is as it was.
        *own &= u8::from(grown.values()[at] == 1 || far.values()[at] <= reach);
    }
    out
}

/// Some of the figure's colours where it meets the ground.
pub(super) fn rim(study: &Study<'_>, empty: &Cells<bool>) -> Vec<Lab> {
    let far = distance::to_border(&empty.map(|empty| u8::from(*empty)), study.tall(), 12.0);
    let each = study.calm.values().iter().zip(empty.values().iter().zip(far.values()));
    let rim: Vec<Lab> =
        each.filter(|(_, (empty, far))| !**empty && **far < 11.0).map(|(lab, _)| *lab).collect();
    rim.iter().step_by(rim.len() / 4000 + 1).copied().collect()
}

/// How much of a figure would dissolve in a ground of this colour, 0 to 1.
pub(super) fn dissolves(rim: &[Lab], ground: Lab) -> f32 {
    let near = |lab: &Lab| (1.0 - apart(*lab, ground, 2.0).sqrt() / 0.36).max(0.0);
    rim.iter().map(near).sum::<f32>() / rim.len().max(1) as f32
}

/// The mean detail of what is like the ground and stands out little.
fn evenness(map: &Cells<u8>, score: &Cells<f32>, detail: &Cells<f32>, is_like: &[bool]) -> f32 {
    let (mut sum, mut whole) = (0f64, 1e-6f64);
    for (at, _) in map.values().iter().enumerate().filter(|(_, label)| is_like[usize::from(**label)]) {
        let plain = f64::from((1.0 - score.values()[at]).max(0.0).powi(3));
        sum += plain * f64::from(detail.values()[at]);
        whole += plain;
    }
    (sum / whole) as f32
}

/// Parts of the figure that are small and stand out little are ground after all.
fn drown(study: &Study<'_>, mask: &mut Cells<u8>, score: &Cells<f32>, least: f32) -> Result<()> {
    let found = regions::parts(mask, study.ctx)?;
    let mut sums = vec![0f32; found.area.len()];
    found.of.iter().zip(score.values()).for_each(|(part, value)| sums[*part as usize] += value);
    let small = (mask.values().len() / 25) as u32;
    for (value, part) in mask.values_mut().iter_mut().zip(&found.of) {
        let part = *part as usize;
        if found.area[part] < small && sums[part] < least * found.area[part] as f32 {
            *value = 1;
        }
    }
    Ok(())
}

/// Small holes in the figure belong to it.
fn fill(study: &Study<'_>, mask: &mut Cells<u8>) -> Result<()> {
    let found = regions::parts(mask, study.ctx)?;
    let small = (mask.values().len() / 250) as u32;
    for (value, part) in mask.values_mut().iter_mut().zip(&found.of) {
        if found.area[*part as usize] < small {
            *value = 0;
        }
    }
    Ok(())
}

/// How much each cell stands out: with its region where that is small, by itself where it is large.
fn score(study: &Study<'_>, map: &Cells<u8>) -> Result<Cells<f32>> {
    let mut score = study.salience.clone();
    let found = regions::parts(map, study.ctx)?;
    let mut means = vec![0f32; found.area.len()];
    found.of.iter().zip(score.values()).for_each(|(part, value)| means[*part as usize] += value);
    means.iter_mut().zip(&found.area).for_each(|(mean, size)| *mean /= *size as f32);
    for (value, part) in score.values_mut().iter_mut().zip(&found.of) {
        *value = 0.4 * *value + 0.6 * means[*part as usize];
    }
    Ok(score)
}

/// Small holes closed, small islands drowned, the border calm.
fn tidy(study: &Study<'_>, mask: &Cells<u8>) -> Result<Cells<u8>> {
    let mut calm = regions::vote(mask, &mask.map(|_| 1.0), 2.0, study.tall(), study.ctx)?;
    let least = (calm.values().len() / 900).max(4) as u32;
    regions::tidy_mask(&mut calm, least, study.ctx)?;
    Ok(calm)
}

/// The mean colour of the ground, or `None` if there is none.
pub(super) fn mean(cells: &Cells<Lab>, ground: &Cells<bool>) -> Option<Lab> {
    let (mut sum, mut count) = ([0f64; 3], 0f64);
    for (lab, is_ground) in cells.values().iter().zip(ground.values()) {
        if *is_ground {
            (0..3).for_each(|channel| sum[channel] += f64::from(lab[channel]));
            count += 1.0;
        }
    }
    (count > 0.0).then(|| sum.map(|value| (value / count) as f32))
}
