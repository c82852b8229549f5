//! The steps of brocaded silk: which of its family's three yarns each cell has.

use super::cells::Cells;
use super::halo::{self, Halo};
use super::lab;
use super::order::Order;
use super::palette::Family;
use super::study::Study;
use super::{importance, regions};
use crate::error::Result;
use crate::filter::box_blur;

/// Ends in a band of a halo.
const BAND: f32 = 4.0;
/// How much the distance from the outline counts beside the picture's own shading.
const DISTANCE: f32 = 0.35;

/// The yarn of each cell: its family's step, as the halo and the picture's own shading have it.
pub(super) fn shaded(
    study: &Study<'_>,
    groups: &Cells<u8>,
    lines: &Cells<bool>,
    (families, has_skin): (&[Family], bool),
    order: &Order,
) -> Result<Cells<u8>> {
    let dark = darkness(study, groups, families, has_skin)?;
    let mut areas = groups.map(|group| u8::from(*group > 0));
    areas.change(lines, |area, line| if line { 2 } else { area });
    let (steps, distance) = if order.halo == 0 { (3, 0.0) } else { (order.halo, DISTANCE) };
    let halo = halo::steps(&areas, &dark, &study.detail, Halo { band: BAND, distance }, steps, study.tall());
    let mut face = groups.clone();
    face.change(&halo, |group, step| match (group, order.halo) {
        (0, _) => 0,
        (_, 1) => of_step(group, 1),
        (_, 2) => of_step(group, step * 2),
        _ => of_step(group, step),
    });
    let mut colours = vec![[0.0, 0.0, 0.0]];
    colours.extend(families.iter().flatten().map(|dye| lab::of_bytes(dye.colour)));
    let weight = study.detail.map(|detail| 0.5 + detail);
    let mut face = regions::vote(&face, &weight, 1.5, study.tall(), study.ctx)?;
    regions::merge_islands(&mut face, &colours, &study.detail, 36, study.ctx)?;
    // Neither votes nor islands move the border of the figure.
    face.change(groups, |own, group| match (group, own) {
        (0, _) => 0,
        (group, 0) => of_step(group, 1),
        _ => own,
    });
    if has_skin && order.halo != 1 {
        let next = if order.halo == 2 { 2 } else { 1 };
        small_lights(study, groups, &mut face, [families.len() as u8, next])?;
    }
    Ok(face)
}

/// Small lights on skin look like spots: they take the next step.
fn small_lights(
    study: &Study<'_>,
    groups: &Cells<u8>,
    face: &mut Cells<u8>,
    [skin, next]: [u8; 2],
) -> Result<()> {
    let light = of_step(skin, 0);
    let found = regions::parts(&face.map(|own| u8::from(*own == light)), study.ctx)?;
    let all = groups.values().iter().filter(|group| **group == skin).count();
    let least = (all / 40).max(60) as u32;
    for (own, part) in face.values_mut().iter_mut().zip(&found.of) {
        if *own == light && found.area[*part as usize] < least {
            *own = of_step(skin, next);
        }
    }
    Ok(())
}

/// The yarn of a group's step, 0 the lightest.
fn of_step(group: u8, step: u8) -> u8 {
    (group - 1) * 3 + step + 1
}

/// How dark each cell is.
fn darkness(
    study: &Study<'_>,
    groups: &Cells<u8>,
    families: &[Family],
    has_skin: bool,
) -> Result<Cells<f32>> {
    let ranges = Ranges::of(study, groups, families, has_skin);
    let mut soft = [study.calm.plane(|lab| lab[0])];
    box_blur(&mut soft, 4.0, study.ctx)?;
    let mut out = study.detail.clone();
    for (at, value) in out.values_mut().iter_mut().enumerate() {
        let group = usize::from(groups.values()[at]);
        let is_skin = has_skin && group == families.len();
        let own = study.calm.values()[at][0];
        // Even skin lies in few large steps; what has detail, an eye or a mouth, stays.
        let even = if is_skin { 1.0 - *value } else { 0.0 };
        *value = ranges.dark(own + even * (soft[0].samples()[at] - own), group, is_skin);
    }
    Ok(out)
}

/// From light to dark: of the whole figure, of each family's cells, and of its yarns.
struct Ranges {
    whole: (f32, f32),
    own: Vec<(f32, f32)>,
    yarns: Vec<(f32, f32)>,
}

impl Ranges {
    fn of(study: &Study<'_>, groups: &Cells<u8>, families: &[Family], has_skin: bool) -> Self {
        let own = |family: usize| {
            let least = if has_skin && family == families.len() { 0.34 } else { LEAST };
            range(study, groups, least, &|group| usize::from(group) == family)
        };
        let yarns = |family: &Family| {
            let [light, _, dark] = family.map(|dye| lab::of_bytes(dye.colour)[0]);
            (dark - 0.04, light + 0.04)
        };
        Self {
            whole: range(study, groups, LEAST, &|group| group > 0),
            own: (0..=families.len()).map(own).collect(),
            yarns: [(0.0, 1.0)].into_iter().chain(families.iter().map(yarns)).collect(),
        }
    }

    fn dark(&self, light: f32, group: usize, is_skin: bool) -> f32 {
        let dark = |(low, high): (f32, f32)| 1.0 - ((light - low) / (high - low)).clamp(0.0, 1.0);
        // Skin is shaded by itself alone.
        let parts = if is_skin { [0.0, 0.7, 0.3] } else { [0.25, 0.4, 0.35] };
        parts[0] * dark(self.whole) + parts[1] * dark(self.own[group]) + parts[2] * dark(self.yarns[group])
    }
}

/// The least range of light: hair stays dark and snow light, what has little shading of its own does not take all
/// three steps.
const LEAST: f32 = 0.32;

/// The range of light of some groups, at least so wide.
fn range(study: &Study<'_>, groups: &Cells<u8>, least: f32, wanted: &dyn Fn(u8) -> bool) -> (f32, f32) {
    let each = study.calm.values().iter().zip(groups.values()).filter(|(_, group)| wanted(**group));
    let lights: Vec<f32> = each.map(|(lab, _)| lab[0]).collect();
    if lights.is_empty() {
        return (0.0, 1.0);
    }
    let (low, high) = (importance::quantile(&lights, 0.04), importance::quantile(&lights, 0.96));
    let wider = ((least - (high - low)) / 2.0).max(0.0);
    (low - wider, high + wider)
}
