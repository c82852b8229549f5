//! The compound structures of brocade, from the face to the lift.

use crate::weave::compound::{Face, Layout, Woven, weave};
use crate::weave::structure::{BadWeave, Weave};

/// A simple cloth: one weft a pass, a weave for each figure (damask, shaded satin). `weaves[0]` is the ground.
pub fn simple(face: &Face<'_>, weaves: &[Weave]) -> Result<Woven, BadWeave> {
    if weaves.len() <= usize::from(face.figures()) {
        return Err(BadWeave(format!("{} weaves for a ground and {} figures", weaves.len(), face.figures())));
    }
    Ok(weave(
        face,
        Layout::bound(face.columns(), 0),
        |_| 1,
        |pick, row| {
            for (w, word) in row.iter_mut().enumerate() {
                let figures = (0..=face.figures()).zip(weaves);
                *word =
                    figures.fold(0, |all, (f, weave)| all | pick.seen(w, f) & weave.word(pick.pass, w * 64));
            }
        },
    ))
}

/// Damask (库缎): the two faces of a satin, or any two weaves.
pub fn damask(face: &Face<'_>, ground: &Weave, figure: &Weave) -> Result<Woven, BadWeave> {
    simple(face, &[ground.clone(), figure.clone()])
}

/// How the systems of a weft-backed cloth are bound.
#[derive(Clone, Debug)]
pub struct Backed {
    /// The ground weave, warp-faced.
    pub ground: Weave,
    /// What ties a figure weft on the face: a weft-faced satin.
    pub tie: Weave,
    /// Weave the wefts that a pass does not show? If not, they are left out of it.
    pub idle: bool,
}

/// Weft-backed cloth (织锦缎): the figure wefts float on the face of their motif; elsewhere they lie behind, held by
/// sinkers, each midway between the ties of what covers it.
pub fn weft_backed(face: &Face<'_>, bound: &Backed) -> Woven {
    let all = (1u128 << (face.figures() + 1)) - 1;
    let systems = |r: usize| if bound.idle { all } else { face.seen(r) | 1 };
    weave(face, Layout::bound(face.columns(), 0), systems, |pick, row| {
        for (w, word) in row.iter_mut().enumerate() {
            let mine = pick.seen(w, pick.system);
            let ground = pick.seen(w, 0);
            let tie = bound.tie.word(pick.pass, w * 64);
            let face_side = if pick.system == 0 { bound.ground.word(pick.pass, w * 64) } else { tie };
            // Under the ground an idle weft comes up where the ground weft does, and hides behind it; under a figure
            // half-way between the ties, each system one end further so that no end sinks for all of them at once.
            let beside = bound.tie.ends() / 2 + usize::from(pick.system) % (bound.tie.ends() / 4).max(1);
            let under_figure =
                bound.tie.word(pick.pass, w * 64 + bound.tie.ends() - beside % bound.tie.ends());
            let sinks = !bound.ground.word(pick.pass, w * 64) & ground | under_figure & !ground;
            *word = face_side & mine | !sinks & !mine;
        }
    })
}

/// How a lampas or a samite is bound.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Main ends to one binder end.
    pub ratio: usize,
    /// The weave of the binder ends with the figure wefts, pass by pass: twill 1/2.
    pub binder: Weave,
    /// Weave the wefts that a pass does not show?
    pub idle: bool,
}

/// Lampas (宋锦, 特结): the main ends weave the ground with the ground weft everywhere; binder ends hold the figure
/// wefts, on the face and behind.
pub fn lampas(face: &Face<'_>, ground: &Weave, bound: &Bound) -> Result<Woven, BadWeave> {
    let layout = bound_layout(face, bound)?;
    let binder_rows = layout.binder_rows(&bound.binder);
    let binder = layout.binder.clone();
    let grounds = main_rows(&layout, ground);
    let all = (1u128 << (face.figures() + 1)) - 1;
    let systems = |r: usize| if bound.idle { all } else { face.seen(r) | 1 };
    Ok(weave(face, layout, systems, |pick, row| {
        if pick.system == 0 {
            return row.copy_from_slice(&grounds[pick.pass % grounds.len()]);
        }
        let bind = &binder_rows[pick.pass % binder_rows.len()];
        for (w, word) in row.iter_mut().enumerate() {
            *word = !pick.seen(w, pick.system) & !binder[w] | bind[w];
        }
    }))
}

/// Samite (斜纹纬重): no ground weft; in every cell one of the wefts covers, and the binder ends hold all of a pass in
/// one twill shed. The face has no ground: its cells are 1 and up.
pub fn samite(face: &Face<'_>, bound: &Bound) -> Result<Woven, BadWeave> {
    if let Some(r) = (0..face.passes()).find(|&r| face.seen(r) & 1 == 1) {
        return Err(BadWeave(format!(
            "pass {r} shows the ground; a samite has none, its wefts cover everything"
        )));
    }
    let layout = bound_layout(face, bound)?;
    let binder_rows = layout.binder_rows(&bound.binder);
    let binder = layout.binder.clone();
    let all = (1u128 << (face.figures() + 1)) - 2;
    let systems = |r: usize| if bound.idle { all } else { face.seen(r) };
    Ok(weave(face, layout, systems, |pick, row| {
        let bind = &binder_rows[pick.pass % binder_rows.len()];
        for (w, word) in row.iter_mut().enumerate() {
            *word = !pick.seen(w, pick.system) & !binder[w] | bind[w];
        }
    }))
}

fn bound_layout(face: &Face<'_>, bound: &Bound) -> Result<Layout, BadWeave> {
    if bound.ratio == 0 || bound.ratio > face.columns() {
        return Err(BadWeave(format!(
            "{} main ends to a binder end in a cloth of {}; 3, 4 or 6 are usual",
            bound.ratio,
            face.columns()
        )));
    }
    Ok(Layout::bound(face.columns(), bound.ratio))
}

/// The rows of a weave over the main ends alone; binder ends stay down.
fn main_rows(layout: &Layout, weave: &Weave) -> Vec<Vec<u64>> {
    let mut rows = layout.column_rows(weave);
    rows.iter_mut().for_each(|row| row.iter_mut().zip(&layout.binder).for_each(|(w, b)| *w &= !b));
    rows
}

/// Warp-faced compound (经锦): each column has an end of every colour. At the main pick only the end of the colour
/// seen is up; the binding pick holds all of a column in `binding` (plain, or twill 2/1). Cells are 0 and up, one end
/// for each value.
pub fn warp_faced(face: &Face<'_>, binding: &Weave) -> Woven {
    let colours = usize::from(face.figures()) + 1;
    let layout = Layout::grouped(face.columns(), colours);
    let bindings = layout.column_rows(binding);
    // Ends of one colour, a bit each.
    let of_colour = |c: usize| {
        let mut row = vec![0u64; layout.binder.len()];
        (c..layout.ends()).step_by(colours).for_each(|e| row[e / 64] |= 1 << (e % 64));
        row
    };
    let colour_rows: Vec<Vec<u64>> = (0..colours).map(of_colour).collect();
    weave(
        face,
        layout,
        |_| 3,
        |pick, row| {
            if pick.system == 1 {
                return row.copy_from_slice(&bindings[pick.pass % bindings.len()]);
            }
            for (w, word) in row.iter_mut().enumerate() {
                let shown = colour_rows.iter().zip(0..);
                *word = shown.fold(0, |all, (ends, c)| all | pick.seen(w, c) & ends[w]);
            }
        },
    )
}

/// Zhuang floss (壮锦): a tabby ground and floss wefts that float on the face of their motif and behind everything
/// else, tied alike on both faces.
pub fn floss(face: &Face<'_>, tie: &Weave) -> Woven {
    let ground = Weave::plain();
    weave(
        face,
        Layout::bound(face.columns(), 0),
        |r| face.seen(r) | 1,
        |pick, row| {
            for (w, word) in row.iter_mut().enumerate() {
                let mine = pick.seen(w, pick.system);
                let behind = !tie.word(pick.pass, w * 64 + tie.ends() / 2);
                *word = match pick.system {
                    0 => ground.word(pick.pass, w * 64),
                    _ => tie.word(pick.pass, w * 64) & mine | behind & !mine,
                };
            }
        },
    )
}
