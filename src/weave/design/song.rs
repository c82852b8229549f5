//! Suzhou brocade (宋锦): a fine lampas in few, quiet colours. A geometric framework fills the ground, the eight ways
//! (八达晕) or the tortoise shell (龟背), its florets change colour by bands (活色), and the figure lies over it.

use super::cells::Cells;
use super::choose::{self, Tuning};
use super::cluster::Main;
use super::contour::{self, Contour};
use super::drawing::{Design, Structure};
use super::lab::{self, Lab};
use super::order::Order;
use super::ornament::{self, Zone};
use super::palette::{self, Dye, binder, yarn};
use super::study::Study;
use super::{distance, ground};
use crate::error::Result;
use crate::weave::cloth::Fibre;

const TUNING: Tuning = Tuning { chroma: 0.95, stretch: 0.9, hue: 3.0 };
/// Ends of plain field round the figure.
const CLEAR: f32 = 7.0;
/// A dark or a light thread round the figure.
const OUTLINE: Contour = Contour { ends: 1, strong: 0.0, least: 30 };

/// The framework: its field, its lines, its bands, and the florets' petals that change by bands of passes.
struct Framework {
    field: Dye,
    line: Dye,
    inner: Dye,
    heart: Dye,
    /// The thread round the figure.
    outline: Dye,
    petals: [Dye; 3],
}

/// A dye of the library by its name.
fn dye(name: &str) -> Dye {
    palette::SONG.iter().copied().find(|dye| dye.name == name).unwrap_or(palette::SONG[0])
}

/// A design as ordered.
pub(super) fn design(study: &Study<'_>, order: &Order) -> Result<Design> {
    let all = study.mains(|_| true, 12);
    let colours: Vec<Lab> = all.iter().map(|main| main.colour).collect();
    let map = study.clean(&study.nearest(&all)?, &colours, 1.0, 8)?;
    let empty = ground::ground(study, &all, &map)?;
    // Beside the figure: field, binder, outline, and the framework's six.
    let count = order.yarns.saturating_sub(9).max(order.yarns / 2).clamp(3, 14);
    let mains = study.mains(|at| !empty.values()[at], count);
    let own: Vec<Lab> = mains.iter().map(|main| main.colour).collect();
    let mut figure = study.clean(&study.nearest(&mains)?, &own, 1.0, 6)?.map(|label| label + 1);
    figure.change(&empty, |own, empty| if empty { 0 } else { own });
    let dyes = chosen(&mains, &order.given);
    let frame =
        framework(&ground::rim(study, &empty), ground::mean(&study.calm, &empty).unwrap_or([0.5, 0.0, 0.0]));
    if order.contour {
        let areas = figure.map(|face| u8::from(*face > 0));
        let lines = contour::lines(&areas, OUTLINE, study)?;
        let line = dyes.len() as u8 + 1;
        figure.change(&lines, |own, on| if on { line } else { own });
    }
    Ok(lay(study, study.laid(figure), &dyes, &frame))
}

/// Dyes for the main colours, of the library or of the colours given.
fn chosen(mains: &[Main], given: &[[u8; 3]]) -> Vec<Dye> {
    let library = palette::library(palette::SONG, given);
    let colours: Vec<Lab> = library.iter().map(|dye| lab::of_bytes(dye.colour)).collect();
    choose::choose(mains, &colours, TUNING).iter().map(|index| library[*index]).collect()
}

/// A framework on a field that the border of the figure stands out from, warm or cool, as the picture's ground is. Its
/// lines keep near to the field, so that the figure comes first.
fn framework(rim: &[Lab], [_, _, warm]: Lab) -> Framework {
    let petals = [dye("木红"), dye("石蓝"), dye("苔绿")];
    let soft = [dye("妃红"), dye("灰蓝"), dye("豆绿")];
    let set = |names: [&str; 5], petals: [Dye; 3]| {
        let [field, line, inner, heart, outline] = names.map(dye);
        Framework { field, line, inner, heart, outline, petals }
    };
    let pair = if warm > 0.01 {
        [
            set(["本色", "香色", "米色", "妃红", "墨色"], soft),
            set(["鼻烟", "茶褐", "棕褐", "沉香", "本色"], petals),
        ]
    } else {
        [
            set(["月白", "灰蓝", "本色", "妃红", "墨色"], soft),
            set(["藏青", "石蓝", "石青", "灰蓝", "本色"], petals),
        ]
    };
    let [light, dark] = [0, 1].map(|at| ground::dissolves(rim, lab::of_bytes(pair[at].field.colour)));
    let [first, second] = pair;
    if light < dark { first } else { second }
}

fn lay(study: &Study<'_>, figure: Cells<u8>, dyes: &[Dye], frame: &Framework) -> Design {
    let face = framed(figure, dyes.len() as u8 + 2, study.tall());
    let extra = [
        frame.outline,
        frame.line,
        frame.inner,
        frame.heart,
        frame.petals[0],
        frame.petals[1],
        frame.petals[2],
    ];
    let figures = dyes.iter().chain(&extra).map(|dye| yarn(*dye, Fibre::Silk)).collect();
    let mut out = Design {
        damask: face.map(|_| false),
        warp: vec![0; face.width()],
        face,
        figures,
        warps: vec![yarn(frame.field, Fibre::Silk)],
        weft: yarn(frame.field, Fibre::Silk),
        binder: binder(palette::BINDING),
        sett: study.sett,
        structure: Structure::Lampas,
        repeat: study.repeat,
    };
    out.drop_unused();
    out
}

/// The framework where the ground is; its yarns begin with number `first`.
fn framed(mut face: Cells<u8>, first: u8, tall: f32) -> Cells<u8> {
    let (width, height) = (face.width() as f32, face.height() as f32 * tall);
    let empty = face.values().iter().filter(|face| **face == 0).count();
    // A small ground has room for a small lattice only.
    let is_small = empty * 5 < 2 * face.values().len();
    let long = width.max(height);
    let period = ornament::fit(width, if is_small { long / 26.0 } else { long / 7.0 });
    let repeat = if is_small { period * 3f32.sqrt() } else { period };
    // Stretched down by a little, the lattice closes at the foot.
    let stretch = tall * repeat / ornament::fit(height, repeat);
    let room = distance::to_border(&face.map(|face| u8::from(*face == 0)), tall, CLEAR + 1.0);
    let band = (repeat / 2.0 / tall).max(1.0);
    let lattice = |x: usize, y: usize| {
        let at = [x as f32, y as f32 * stretch];
        let zone = if is_small {
            ornament::tortoise(at, period, 2.0)
        } else {
            ornament::eight_ways(at, period, 2.4)
        };
        of_zone(zone, first, (y as f32 / band) as usize % 3)
    };
    for y in 0..face.height() {
        for x in 0..face.width() {
            // A thin space of plain field keeps the figure clear of the framework.
            if face.at(x, y) == 0 && room.at(x, y) >= CLEAR {
                face.set(x, y, lattice(x, y));
            }
        }
    }
    face
}

fn of_zone(zone: Zone, first: u8, petal: usize) -> u8 {
    match zone {
        Zone::Field => 0,
        Zone::Line => first,
        Zone::Inner => first + 1,
        Zone::Heart => first + 2,
        Zone::Petal => first + 3 + petal as u8,
    }
}
