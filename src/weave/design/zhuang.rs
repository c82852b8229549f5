//! Guangxi brocade (壮锦): floss in strong colours on cotton tabby, everything in large steps, nested diamonds in the
//! ground and borders of meander and zigzag.

use super::cells::Cells;
use super::choose::{self, Tuning};
use super::drawing::{Design, Structure};
use super::ground;
use super::lab::{self, Lab};
use super::order::Order;
use super::ornament;
use super::palette::{self, Dye, binder, yarn};
use super::study::Study;
use crate::error::Result;
use crate::weave::cloth::Fibre;

const TUNING: Tuning = Tuning { chroma: 2.2, stretch: 0.9, hue: 3.0 };
/// A unit of the pattern: ends and passes of a float.
pub(super) const UNIT: [usize; 2] = [3, 2];
/// Units in the width of a frame.
const FRAME: usize = 17;
/// Colours of the ornament, by their place in the library: red, black, white, yellow, green, blue.
const ORNAMENT: [usize; 6] = [0, 1, 2, 3, 4, 5];

/// A design; the cells of the study are units.
pub(super) fn design(study: &Study<'_>, order: &Order, frame: usize) -> Result<Design> {
    let mains = study.mains(|_| true, order.yarns.saturating_sub(2).clamp(3, 14));
    let colours: Vec<Lab> = mains.iter().map(|main| main.colour).collect();
    let map = study.clean(&study.nearest(&mains)?, &colours, 0.75, 4)?;
    let empty = ground::ground(study, &mains, &map)?;
    let library: Vec<Lab> = palette::ZHUANG.iter().map(|dye| lab::of_bytes(dye.colour)).collect();
    let choice = choose::choose(&mains, &library, TUNING);
    let mut face = map.map(|label| choice[usize::from(*label)] as u8 + 1);
    let mean = ground::mean(&study.calm, &empty).unwrap_or([0.3, 0.0, 0.0]);
    let cotton = if mean[0] > 0.62 { palette::ZHUANG[2] } else { palette::ZHUANG[1] };
    face = study.laid(face);
    diamonds(&mut face, &study.laid(empty), cotton.name == "黑");
    let mut face = framed(&face, frame);
    let cotton_face = if cotton.name == "黑" { 2 } else { 3 };
    face.values_mut().iter_mut().filter(|face| **face == cotton_face).for_each(|face| *face = 0);
    Ok(assemble(study, &face, cotton))
}

fn assemble(study: &Study<'_>, units: &Cells<u8>, cotton: Dye) -> Design {
    let face = Cells::from_fn(units.width() * UNIT[0], units.height() * UNIT[1], |x, y| {
        units.at(x / UNIT[0], y / UNIT[1])
    });
    let mut sett = study.sett;
    sett.ends_per_cm *= UNIT[0] as f32;
    sett.passes_per_cm *= UNIT[1] as f32;
    let mut out = Design {
        damask: face.map(|_| false),
        warp: vec![0; face.width()],
        face,
        figures: palette::ZHUANG.iter().map(|dye| yarn(*dye, Fibre::Floss)).collect(),
        warps: vec![yarn(cotton, Fibre::Cotton)],
        weft: yarn(cotton, Fibre::Cotton),
        binder: binder(cotton.colour),
        sett,
        structure: Structure::Floss,
        repeat: study.repeat,
    };
    out.drop_unused();
    out
}

/// Nested diamonds fill the ground.
fn diamonds(face: &mut Cells<u8>, empty: &Cells<bool>, is_dark: bool) {
    const PERIOD: usize = 24;
    let rings: [usize; 13] = if is_dark {
        [3, 1, 1, 0, 1, 1, 4, 1, 1, 5, 1, 3, 0]
    } else {
        [5, 2, 2, 0, 2, 2, 4, 2, 2, 3, 2, 5, 0]
    };
    for y in 0..face.height() {
        for x in 0..face.width() {
            if empty.at(x, y) {
                face.set(x, y, rings[ornament::diamond([x, y], PERIOD).min(12)] as u8 + 1);
            }
        }
    }
}

/// Units in the width of the frame.
pub(super) fn frame_width(units: [usize; 2]) -> usize {
    let shorter = units[0].min(units[1]);
    if shorter < 60 { 0 } else { FRAME }
}

/// The face in a frame: stripes, a meander, a zigzag, each the same from the middle of a side to both corners.
fn framed(inner: &Cells<u8>, wide: usize) -> Cells<u8> {
    let (width, height) = (inner.width() + 2 * wide, inner.height() + 2 * wide);
    Cells::from_fn(width, height, |x, y| {
        let (from_side, from_end) = (x.min(width - 1 - x), y.min(height - 1 - y));
        if from_side.min(from_end) >= wide {
            return inner.at(x - wide, y - wide);
        }
        let on_side = from_side < from_end;
        let along = if on_side { y.abs_diff(height / 2) } else { x.abs_diff(width / 2) };
        border(from_side.min(from_end), along)
    })
}

/// The colour of the frame at a depth, and so far from the middle of the side.
fn border(depth: usize, along: usize) -> u8 {
    let [red, black, white, yellow, green, blue] = ORNAMENT.map(|index| index as u8 + 1);
    match depth {
        0 => black,
        1..=7 if ornament::meander(along, depth - 1) => yellow,
        1..=8 => red,
        9 | 15 => white,
        10..=14 => [white, blue, green, green, black][ornament::zigzag(along, depth - 10, 5).min(4)],
        _ => red,
    }
}
