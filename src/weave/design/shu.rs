//! Chengdu brocade (蜀锦): warp stripes that shade through a hue (晕裥) are the ground, exact from end to end of the
//! cloth; figures in saturated wefts lie on them, edged in white.

use super::cells::Cells;
use super::choose::{self, Tuning};
use super::contour::{self, Contour};
use super::drawing::{Design, Structure};
use super::lab::{self, Lab};
use super::order::Order;
use super::ornament;
use super::palette::{self, Dye, binder, yarn};
use super::stripes::Stripes;
use super::study::Study;
use super::{distance, ground};
use crate::error::Result;
use crate::weave::cloth::Fibre;

const TUNING: Tuning = Tuning { chroma: 1.7, stretch: 0.7, hue: 3.0 };

/// The white edge of figures.
const OUTLINE: Contour = Contour { ends: 2, strong: 0.02, least: 20 };

/// A design as ordered.
pub(super) fn design(study: &Study<'_>, order: &Order) -> Result<Design> {
    let all = study.mains(|_| true, 14);
    let colours: Vec<Lab> = all.iter().map(|main| main.colour).collect();
    let map = study.clean(&study.nearest(&all)?, &colours, 1.2, 10)?;
    let empty = ground::ground(study, &all, &map)?;
    let stripes = Stripes::of(ground::mean(&study.calm, &empty).unwrap_or([0.4, 0.1, 0.0]), order.yarns);
    let count = order.yarns.saturating_sub(stripes.dyes.len() + 2).max(order.yarns / 2).clamp(3, 14);
    let mains = study.mains(|at| !empty.values()[at], count);
    let own: Vec<Lab> = mains.iter().map(|main| main.colour).collect();
    let mut face = study.clean(&study.nearest(&mains)?, &own, 1.2, 10)?.map(|label| label + 1);
    face.change(&empty, |own, empty| if empty { 0 } else { own });
    let library = palette::library(palette::SHU, &order.given);
    let labs: Vec<Lab> = library.iter().map(|dye| lab::of_bytes(dye.colour)).collect();
    let choice = choose::choose(&mains, &labs, TUNING);
    let figures: Vec<Dye> = choice.iter().map(|index| library[*index]).chain([palette::SHU[0]]).collect();
    let white = figures.len() as u8;
    if order.contour {
        let lines = contour::lines(&face.map(|face| u8::from(*face > 0)), OUTLINE, study)?;
        face.change(&lines, |own, line| if line { white } else { own });
    }
    let mut face = study.laid(face);
    florets(&mut face, white, study.tall());
    Ok(assemble(study, face, &figures, &stripes))
}

fn assemble(study: &Study<'_>, face: Cells<u8>, figures: &[Dye], stripes: &Stripes) -> Design {
    let silk = |dye: &Dye| yarn(*dye, Fibre::Silk);
    let mut out = Design {
        damask: face.map(|_| false),
        warp: stripes.warp(face.width()),
        face,
        figures: figures.iter().map(silk).collect(),
        warps: stripes.dyes.iter().map(silk).collect(),
        weft: silk(&stripes.dyes[stripes.dyes.len() / 2]),
        binder: binder(palette::BINDING),
        sett: study.sett,
        structure: Structure::StripedSatin,
        repeat: study.repeat,
    };
    out.drop_unused();
    out
}

/// Small florets in half-drop where the ground is empty.
fn florets(face: &mut Cells<u8>, white: u8, tall: f32) {
    let long = (face.width() as f32).max(face.height() as f32 * tall);
    let radius = long / 120.0;
    let down = face.height() as f32 * tall;
    let period = [ornament::fit(face.width() as f32, long / 13.0), ornament::fit(down, long / 13.0)];
    let room = distance::to_border(&face.map(|face| u8::from(*face == 0)), tall, radius * 2.5);
    let places: Vec<(usize, usize)> = (0..face.height())
        .flat_map(|y| (0..face.width()).map(move |x| (x, y)))
        .filter(|(x, y)| face.at(*x, *y) == 0)
        .filter(|(x, y)| {
            let (zone, centre) = ornament::sprig([*x as f32, *y as f32 * tall], period, radius);
            let place = [centre[0], centre[1] / tall].map(|at| at.max(0.0) as usize);
            let [u, v] = [place[0].min(face.width() - 1), place[1].min(face.height() - 1)];
            zone && face.at(u, v) == 0 && room.at(u, v) > radius * 1.6
        })
        .collect();
    places.into_iter().for_each(|(x, y)| face.set(x, y, white));
}
