//! From design to cloth: each structure of the traditions by its compound weave, its floats brought within limits.

use super::drawing::{Design, Structure};
use crate::error::{Error, Result};
use crate::weave::cloth::{Cloth, End, Yarn};
use crate::weave::compound::{Bound, Face, Woven, floss, lampas, spans};
use crate::weave::floats::{Limits, Repaired, repair};
use crate::weave::structure::{BadWeave, Lean, Weave};

/// A cloth of a design, and what it took to keep its floats within `limit` ends (and as many passes, or `picks` picks).
/// `cyclic` if the repeat is woven again and again.
pub fn weave(design: &Design, limit: usize, picks: Option<usize>, cyclic: bool) -> Result<(Cloth, Repaired)> {
    if limit < 3 {
        return Err(Error::unsupported(format!("floats of at most {limit} ends"), "allow 3 at least"));
    }
    let face = Face::new(design.face.width(), design.figures.len() as u8, design.face.values())?;
    let ground = ground(design.structure, limit)?;
    let mut woven = compound(&face, design.structure, &ground, limit)?;
    damask(&mut woven, design, &ground);
    let passes = design.face.height();
    let wefts = woven.system.len().div_ceil(passes);
    let mut cloth = dress(design, woven);
    // Every end crosses the ground weft of each pass: under a limit below their number none stays loose.
    let warp = (limit * wefts.max(1)).min(passes.saturating_sub(1)).max(2);
    let warp = picks.map_or(warp, |picks| picks.min(warp));
    let done = tied(&mut cloth, Limits { weft: limit, warp }, cyclic)?;
    Ok((cloth, done))
}

/// How often the two ways of weaving are brought into line; the second round finds next to nothing.
const ROUNDS: usize = 6;

/// Brings the floats within the limits, with brocading wefts on their bobbins, and just so where a loom without bobbins
/// carries them from edge to edge: a draft says nothing of bobbins.
fn tied(cloth: &mut Cloth, limits: Limits, cyclic: bool) -> Result<Repaired> {
    let mut done = repair(cloth, limits, cyclic)?;
    if cloth.spans.iter().all(Option::is_none) {
        return Ok(done);
    }
    for _ in 0..ROUNDS {
        let spans = std::mem::take(&mut cloth.spans);
        let across = repair(cloth, limits, cyclic);
        cloth.spans = spans;
        let (across, own) = (across?, repair(cloth, limits, cyclic)?);
        done.ties += across.ties + own.ties;
        done.sweeps += across.sweeps + own.sweeps;
        done.left = across.left.max(own.left);
        if own.ties == 0 {
            break;
        }
    }
    Ok(done)
}

fn ground(structure: Structure, limit: usize) -> Result<Weave, BadWeave> {
    Ok(match structure {
        Structure::Lampas => Weave::twill(&[2, 1], Lean::Z)?,
        Structure::Floss => Weave::plain(),
        Structure::Brocading | Structure::Samite if limit > 7 => Weave::satin(8, 3)?.reversed(),
        _ if limit > 4 => Weave::satin(5, 2)?.reversed(),
        _ => Weave::irregular_satin(4)?.reversed(),
    })
}

fn compound(face: &Face<'_>, structure: Structure, ground: &Weave, limit: usize) -> Result<Woven, BadWeave> {
    // As many main ends to a binder end as the structure likes, or the floats between two ties allow.
    let bound = |likes: usize, binder: Weave| {
        let most = (limit.saturating_sub(2) / binder.ends()).max(1);
        Bound { ratio: likes.min(most).min(face.columns()), binder, idle: false }
    };
    Ok(match structure {
        Structure::Brocading => {
            let mut woven = lampas(face, ground, &bound(3, Weave::irregular_satin(4)?))?;
            on_bobbins(&mut woven, face, [2, 12]);
            woven
        }
        Structure::Lampas => lampas(face, ground, &bound(3, Weave::twill(&[1, 2], Lean::Z)?))?,
        Structure::Samite | Structure::StripedSatin => {
            lampas(face, ground, &bound(4, Weave::twill(&[1, 2], Lean::S)?))?
        }
        Structure::Floss => {
            let tie = Weave::even_satin(if limit > 11 {
                12
            } else if limit > 6 {
                7
            } else {
                5
            })?;
            let mut woven = floss(face, &tie);
            on_bobbins(&mut woven, face, [2, limit.min(9)]);
            woven
        }
    })
}

/// Figure wefts exist only where their motif is: a margin of ends beyond it, and gaps of some ends bridged behind.
fn on_bobbins(woven: &mut Woven, face: &Face<'_>, [margin, bridge]: [usize; 2]) {
    let first = first_ends(&woven.column, face.columns());
    for pass in 0..face.passes() {
        for pick in woven.passes[pass] as usize..woven.passes[pass + 1] as usize {
            if woven.system[pick] > 0 {
                let columns = spans(face.pass(pass), woven.system[pick], margin, bridge);
                let ends = columns.iter().map(|(from, to)| (first[*from as usize], first[*to as usize]));
                woven.spans[pick] = Some(ends.collect());
            }
        }
    }
}

/// The first end of each column, and beyond the last.
fn first_ends(column: &[u32], columns: usize) -> Vec<u32> {
    let mut first = vec![column.len() as u32; columns + 1];
    (0..column.len()).rev().for_each(|end| first[column[end] as usize] = end as u32);
    first
}

/// Where the design asks for it the ground weft lies on the face: the reverse of the ground weave.
fn damask(woven: &mut Woven, design: &Design, ground: &Weave) {
    let reverse = ground.reversed();
    for pass in 0..design.face.height() {
        let first = woven.passes[pass] as usize;
        if woven.system.get(first) != Some(&0) {
            continue;
        }
        for (end, column) in woven.column.iter().enumerate() {
            if woven.kinds[end] == End::Main && design.damask.at(*column as usize, pass) {
                woven.lift.set(first, end, reverse.is_up(pass, *column as usize));
            }
        }
    }
}

/// The yarns of every thread: those of the warp, the ground weft, the figure wefts, the binder; each yarn once.
fn dress(design: &Design, woven: Woven) -> Cloth {
    let yarns: Vec<Yarn> = design.yarns().into_iter().cloned().collect();
    let number = |yarn: &Yarn| yarns.iter().position(|own| own == yarn).unwrap_or(0) as u8;
    let warps: Vec<u8> = design.warps.iter().map(number).collect();
    let wefts: Vec<u8> = [&design.weft].into_iter().chain(&design.figures).map(number).collect();
    let binder = number(&design.binder);
    let yarn_of = |(kind, column): (&End, &u32)| match kind {
        End::Main => (warps[usize::from(design.warp[*column as usize])], End::Main),
        End::Binder => (binder, End::Binder),
    };
    let share = woven.lift.ends() as f32 / design.face.width() as f32;
    Cloth {
        warp: woven.kinds.iter().zip(&woven.column).map(yarn_of).collect(),
        weft: woven.system.iter().map(|system| wefts[usize::from(*system)]).collect(),
        lift: woven.lift,
        yarns,
        passes: woven.passes,
        spans: woven.spans,
        ends_per_cm: design.sett.ends_per_cm * share,
        passes_per_cm: design.sett.passes_per_cm,
    }
}
