//! Nanjing brocade (云锦妆花): brocaded figures on a dark, shining satin, each hue in steps of a halo (晕色), all of it
//! outlined in gold; what is empty of the ground bears clouds.

use super::cells::Cells;
use super::cluster::Main;
use super::contour::{self, Contour};
use super::drawing::{Design, Structure};
use super::lab::{self, Lab, apart};
use super::order::Order;
use super::palette::{self, Dye, Family, binder, gilt_thread, yarn};
use super::study::Study;
use super::{clouds, families, ground, skin, steps};
use crate::error::Result;
use crate::weave::cloth::Fibre;

/// The outline, and the line between parts of the figure.
const OUTER: Contour = Contour { ends: 2, strong: 0.16, least: 30 };
const INNER: Contour = Contour { ends: 1, strong: 0.2, least: 70 };

/// A design as ordered.
pub(super) fn design(study: &Study<'_>, order: &Order) -> Result<Design> {
    let mains = study.mains(|_| true, 14);
    let colours: Vec<Lab> = mains.iter().map(|main| main.colour).collect();
    let map = study.clean(&study.nearest(&mains)?, &colours, 1.2, 10)?;
    let empty = ground::ground(study, &mains, &map)?;
    let skin = skin::mask(study, &empty)?;
    let figure = study.mains(|at| !empty.values()[at] && skin.values()[at] == 0, 14);
    let has_skin = skin.values().contains(&1);
    // Beside the figure: warp, ground weft, binder, gold.
    // Where there are few, families share their lights and darks in the end.
    let steps = if order.yarns < 16 { 2 } else { 3 };
    let count = (order.yarns.saturating_sub(4) / steps).saturating_sub(usize::from(has_skin)).clamp(1, 7);
    let mut families = families::families(&figure, count);
    let groups = groups(study, &figure, &families, &empty, &skin)?;
    if has_skin {
        families.push(skin::family(study, &skin));
    }
    let lines = lines(study, &groups, order.contour)?;
    let mut face = steps::shaded(study, &groups, &lines, (&families, has_skin), order)?;
    let gilt = families.len() as u8 * 3 + 1;
    face.change(&lines, |own, line| if line { gilt } else { own });
    let mean = ground::mean(&study.calm, &empty).unwrap_or([0.3, 0.0, 0.0]);
    let warp = ground_dye(mean, &ground::rim(study, &empty));
    Ok(assemble(study, study.laid(face), &families, warp))
}

/// Lines round the figure, and where parts of it differ strongly.
fn lines(study: &Study<'_>, groups: &Cells<u8>, wanted: bool) -> Result<Cells<bool>> {
    if !wanted {
        return Ok(groups.map(|_| false));
    }
    let mut out = contour::lines(&groups.map(|group| u8::from(*group > 0)), OUTER, study)?;
    out.change(&contour::lines(groups, INNER, study)?, |own, inner| own || inner);
    Ok(out)
}

fn assemble(study: &Study<'_>, mut face: Cells<u8>, families: &[Family], warp: Dye) -> Design {
    let gilt = families.len() as u8 * 3 + 1;
    // Gold does not show on yellow: there the lines are dark.
    let is_golden = apart(lab::of_bytes(warp.colour), lab::of_bytes(palette::GOLD), 1.0) < 0.15 * 0.15;
    let damask = clouds::clouds(&mut face, (!is_golden).then_some(gilt), study.tall());
    let mut figures: Vec<_> = families.iter().flatten().map(|dye| yarn(*dye, Fibre::Floss)).collect();
    let line = palette::YUN_GROUNDS[0];
    figures.push(if is_golden { yarn(line, Fibre::Silk) } else { gilt_thread(Fibre::Wrapped) });
    let mut out = Design {
        damask,
        warp: vec![0; face.width()],
        face,
        figures,
        warps: vec![yarn(warp, Fibre::Silk)],
        weft: yarn(shade_of(warp), Fibre::Silk),
        binder: binder(palette::BINDING),
        sett: study.sett,
        structure: Structure::Brocading,
        repeat: study.repeat,
    };
    out.drop_unused();
    out
}

/// The ground whose hue is nearest to the picture's own; it must stand off from the border of the figure.
fn ground_dye(mean: Lab, rim: &[Lab]) -> Dye {
    let key = |dye: &Dye| {
        let own = lab::of_bytes(dye.colour);
        let hue = (2.2 * mean[1] - own[1]).powi(2) + (2.2 * mean[2] - own[2]).powi(2);
        3.0 * hue + 0.15 * (0.7 * mean[0] - own[0]).powi(2) + 0.6 * ground::dissolves(rim, own).powi(2)
    };
    let grounds = palette::YUN_GROUNDS.iter().copied();
    grounds.min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(palette::YUN_GROUNDS[0])
}

/// The weft of the ground: the same hue, a step lighter.
fn shade_of(warp: Dye) -> Dye {
    let [l, a, b] = lab::of_bytes(warp.colour);
    let step = if l < 0.55 { 0.075 } else { -0.075 };
    Dye { name: warp.name, colour: lab::to_bytes([l + step, a, b]) }
}

/// 0 where the ground is, else the number of the family, from 1; skin has the last.
fn groups(
    study: &Study<'_>,
    mains: &[Main],
    families: &[Family],
    empty: &Cells<bool>,
    skin: &Cells<u8>,
) -> Result<Cells<u8>> {
    let best = |main: &Main| {
        let key = |index: &usize| families::badness(main.colour, &families[*index]);
        (0..families.len()).min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(0) as u8 + 1
    };
    let of: Vec<u8> = mains.iter().map(best).collect();
    let mut map = study.nearest(mains)?.map(|main| of.get(usize::from(*main)).copied().unwrap_or(1));
    let own = families.len() as u8 + 1;
    map.change(skin, |group, skin| if skin == 1 { own } else { group });
    map.change(empty, |group, empty| if empty { 0 } else { group });
    let mut colours = vec![[0.0, 0.0, 0.0]];
    colours.extend(families.iter().map(|family| lab::of_bytes(family[1].colour)));
    colours.push(lab::of_bytes(palette::SKINS[0][1].colour));
    study.clean(&map, &colours, 1.5, 16)
}
