//! Where gold thread goes in a picture that has gold, or lights like it.

use super::cells::Cells;
use super::cluster::Main;
use super::lab::{self, Lab, apart};
use super::palette::GOLD;
use super::regions;
use super::study::Study;
use crate::error::Result;

/// Whether a colour is that of gold in good light, or in shade.
fn is_golden([l, a, b]: Lab) -> bool {
    let hue = b.atan2(a).to_degrees();
    l > 0.5 && (66.0..108.0).contains(&hue) && a.hypot(b) > 0.085
}

/// Gold: the yarn that is nearly of its colour is of gold altogether (told by number), unless it is much of the
/// picture; else small yellow lights are.
pub(super) fn gilt(
    study: &Study<'_>,
    mains: &[Main],
    map: &Cells<u8>,
    face: &mut Cells<u8>,
) -> Result<Option<usize>> {
    let wanted = lab::of_bytes(GOLD);
    let share = |index: usize| {
        let count = map.values().iter().filter(|label| usize::from(**label) == index).count();
        count as f32 / map.values().len() as f32
    };
    let key = |index: &usize| apart(mains[*index].colour, wanted, 2.0);
    let golden = (0..mains.len()).filter(|index| is_golden(mains[*index].colour));
    let nearest = golden.min_by(|a, b| key(a).total_cmp(&key(b)));
    if let Some(nearest) = nearest.filter(|index| key(index) < 0.12 * 0.12 && share(*index) < 0.2) {
        return Ok(Some(nearest));
    }
    gleams(study, face, mains.len() as u8)?;
    Ok(None)
}

/// Small yellow lights become gilt.
fn gleams(study: &Study<'_>, face: &mut Cells<u8>, gilt: u8) -> Result<()> {
    let lights = lights(&study.calm.map(|lab| lab[0]), [9, 6]);
    let mut gleams = face.map(|_| 0u8);
    for (at, gleam) in gleams.values_mut().iter_mut().enumerate() {
        let lab = study.calm.values()[at];
        *gleam = u8::from(lights.values()[at] > 0.1 && lab[0] > 0.6 && is_golden(lab));
    }
    regions::tidy_mask(&mut gleams, 8, study.ctx)?;
    face.change(&gleams, |own, gleam| if gleam == 1 { gilt } else { own });
    Ok(())
}

/// How much lighter a cell is than what a window of this reach can be laid on (the white top-hat of morphology):
/// small lights only, not the edges of light regions.
fn lights(light: &Cells<f32>, reach: [usize; 2]) -> Cells<f32> {
    let opened = light.extreme(reach, f32::min).extreme(reach, f32::max);
    let mut out = light.clone();
    out.change(&opened, |own, opened| own - opened);
    out
}
