//! `brocade`: for any picture. Figure wefts of the picture's own colours cover the cloth, what is behind the figure is
//! warp satin, what gleams yellow is of gold, and soft gradations are woven as teeth (接晕), rows that reach into one
//! another.

use super::cells::Cells;
use super::choose::{self, Tuning};
use super::cluster::Main;
use super::contour::{self, Contour};
use super::drawing::{Design, Structure};
use super::ground;
use super::lab::{self, Lab};
use super::order::Order;
use super::palette::{Dye, binder, gilt_thread, yarn};
use super::study::Study;
use super::{gold, teeth};
use crate::error::Result;
use crate::weave::cloth::Fibre;

const TUNING: Tuning = Tuning { chroma: 1.1, stretch: 0.5, hue: 2.5 };

/// A design as ordered; gold among its yarns.
pub(super) fn design(study: &Study<'_>, order: &Order) -> Result<Design> {
    let extra = if order.yarns > 6 { 2 } else { 1 };
    let mains = study.mains(|_| true, order.yarns.clamp(3, 24) - extra);
    let dyed = dyes(&mains, &order.given);
    let colours: Vec<Lab> = mains.iter().map(|main| main.colour).collect();
    let map = study.clean(&study.nearest(&mains)?, &colours, 1.1, 8)?;
    let empty = ground::ground(study, &mains, &map)?;
    let ground = satin_yarn(&map, &empty, &dyed);
    let mut face = teeth::teeth(study, &mains, &map)?;
    let gilt = gold::gilt(study, &mains, &map, &mut face)?;
    if order.contour {
        outline(study, &empty, &mut face, gilt.unwrap_or(dyed.len()) as u8)?;
    }
    face.change(&study.clear, |own, clear| if clear || usize::from(own) == ground { 0 } else { own + 1 });
    Ok(assemble(study, study.laid(face), &dyed, ground, gilt))
}

fn assemble(study: &Study<'_>, face: Cells<u8>, dyed: &[Lab], ground: usize, gilt: Option<usize>) -> Design {
    let silk = |lab: Lab| yarn(Dye { name: "彩纬", colour: lab::to_bytes(lab) }, Fibre::Silk);
    let warp = yarn(Dye { name: "经", colour: lab::to_bytes(dyed[ground]) }, Fibre::Silk);
    let mut figures: Vec<_> = dyed.iter().map(|lab| silk(*lab)).collect();
    figures.push(gilt_thread(Fibre::Wrapped));
    if let Some(gilt) = gilt {
        figures[gilt] = gilt_thread(Fibre::Wrapped);
    }
    let mut out = Design {
        damask: face.map(|_| false),
        warp: vec![0; face.width()],
        face,
        figures,
        binder: binder(warp.colour),
        weft: warp.clone(),
        warps: vec![warp],
        sett: study.sett,
        structure: Structure::Samite,
        repeat: study.repeat,
    };
    out.drop_unused();
    out
}

/// A single thread of gold where the figure stands out strongly from what is behind it.
fn outline(study: &Study<'_>, empty: &Cells<bool>, face: &mut Cells<u8>, gilt: u8) -> Result<()> {
    let line = Contour { ends: 1, strong: 0.22, least: 60 };
    let lines = contour::lines(&empty.map(|empty| u8::from(!empty)), line, study)?;
    face.change(&lines, |own, line| if line { gilt } else { own });
    Ok(())
}

/// The colours of the yarns: those given that serve best, or the picture's own, enriched.
fn dyes(mains: &[Main], given: &[[u8; 3]]) -> Vec<Lab> {
    if given.is_empty() {
        return rich(mains);
    }
    let library: Vec<Lab> = given.iter().map(|colour| lab::of_bytes(*colour)).collect();
    choose::choose(mains, &library, TUNING).into_iter().map(|index| library[index]).collect()
}

/// Dyes of the main colours: darks deeper, lights lighter, colours fuller, as silk has them. What is nearly grey stays
/// so: a beige must not become yellow.
fn rich(mains: &[Main]) -> Vec<Lab> {
    let lights = || mains.iter().map(|main| main.colour[0]);
    let (low, high) = (lights().fold(1.0, f32::min), lights().fold(0.0, f32::max));
    let stretch = |l: f32| {
        let full = 0.16 + 0.78 * (l - low) / (high - low).max(0.2);
        l + 0.5 * (full - l)
    };
    let dye = |main: &Main| {
        let [l, a, b] = main.colour;
        let chroma = a.hypot(b);
        let colourful = (chroma / 0.07).min(1.0);
        let wanted = (chroma * (1.06 + 0.2 * colourful) + 0.02 * colourful * colourful).min(0.24).max(chroma);
        let gain = if chroma > 1e-4 { wanted / chroma } else { 1.0 };
        [stretch(l), a * gain, b * gain]
    };
    mains.iter().map(dye).collect()
}

/// The yarn that is woven as ground satin: that of most of the ground; where there is hardly any ground, much of the
/// picture and dark.
fn satin_yarn(map: &Cells<u8>, empty: &Cells<bool>, dyed: &[Lab]) -> usize {
    let (mut behind, mut all) = (vec![0f32; dyed.len()], vec![0f32; dyed.len()]);
    for (label, empty) in map.values().iter().zip(empty.values()) {
        all[usize::from(*label)] += 1.0;
        behind[usize::from(*label)] += if *empty { 1.0 } else { 0.0 };
    }
    let few = behind.iter().sum::<f32>() < 0.08 * map.values().len() as f32;
    let score = |index: &usize| if few { all[*index] * (1.25 - dyed[*index][0]) } else { behind[*index] };
    (0..dyed.len()).max_by(|a, b| score(a).total_cmp(&score(b))).unwrap_or(0)
}
