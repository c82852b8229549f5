//! A design (意匠): which yarn shows at each cell, and of what structure the cloth is.

use super::cells::Cells;
use super::grid::Sett;
use super::lab::{self, apart};
use super::repeat::Repeat;
use crate::weave::cloth::Yarn;

/// How figure and ground are bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// Brocading wefts on a warp satin, held by fine binding ends (妆花).
    Brocading,
    /// Figure wefts under a binding warp in twill (宋锦).
    Lampas,
    /// Figure wefts on a satin of striped warp (蜀锦).
    StripedSatin,
    /// Floss on tabby (壮锦).
    Floss,
    /// Figure wefts that cover all, on a twill of binding warp (纬锦).
    Samite,
}

/// A design of one repeat.
#[derive(Clone, Debug)]
pub struct Design {
    /// 0 for the ground, else the number of a figure yarn, from 1.
    pub face: Cells<u8>,
    /// Where the ground shows its weft rather than its warp (暗花).
    pub damask: Cells<bool>,
    /// The figure yarns; that of face 1 first.
    pub figures: Vec<Yarn>,
    /// The yarns of the warp.
    pub warps: Vec<Yarn>,
    /// The yarn of each end, by its place in `warps`.
    pub warp: Vec<u8>,
    /// The weft of the ground.
    pub weft: Yarn,
    /// The fine ends that bind the figure wefts, where the structure has them.
    pub binder: Yarn,
    /// Main ends and passes in a centimetre.
    pub sett: Sett,
    /// How figure and ground are bound.
    pub structure: Structure,
    /// How its copies met; the design itself repeats straight.
    pub repeat: Repeat,
}

impl Design {
    /// The dyed colour that each cell shows.
    pub fn colours(&self) -> Cells<[u8; 3]> {
        let (yarns, shown) = self.point_paper();
        shown.map(|yarn| yarns[usize::from(*yarn)].colour)
    }

    /// The point paper (意匠图): the yarns that show, and the number of its yarn for each cell.
    pub fn point_paper(&self) -> (Vec<Yarn>, Cells<u8>) {
        let mut yarns = self.warps.clone();
        let weft = yarns.len() as u8;
        yarns.push(self.weft.clone());
        yarns.extend(self.figures.iter().cloned());
        let shown = Cells::from_fn(self.face.width(), self.face.height(), |x, y| match self.face.at(x, y) {
            0 if self.damask.at(x, y) => weft,
            0 => self.warp[x],
            figure => weft + figure,
        });
        (yarns, shown)
    }

    /// Whether the structure has binding ends.
    pub fn is_bound(&self) -> bool {
        self.structure != Structure::Floss
    }

    /// The different yarns of the cloth.
    pub fn yarns(&self) -> Vec<&Yarn> {
        let mut out: Vec<&Yarn> = Vec::new();
        let bound = self.is_bound().then_some(&self.binder);
        for yarn in self.warps.iter().chain([&self.weft]).chain(&self.figures).chain(bound) {
            if !out.contains(&yarn) {
                out.push(yarn);
            }
        }
        out
    }

    /// Every yarn in the nearest of some colours.
    pub(super) fn dye_with(&mut self, given: &[[u8; 3]]) {
        for yarn in self.each_mut() {
            let own = lab::of_bytes(yarn.colour);
            let key = |index: &usize| apart(own, lab::of_bytes(given[*index]), 2.0);
            if let Some(nearest) = (0..given.len()).min_by(|a, b| key(a).total_cmp(&key(b))) {
                *yarn = Yarn { name: format!("{}", nearest + 1), colour: given[nearest], ..yarn.clone() };
            }
        }
        self.join_alike();
    }

    fn each_mut(&mut self) -> impl Iterator<Item = &mut Yarn> {
        self.warps.iter_mut().chain(&mut self.figures).chain([&mut self.weft, &mut self.binder])
    }

    /// As many yarns as `most` at the most: of the nearest in colour, the one that shows less gives way.
    pub(super) fn limit(&mut self, most: usize) {
        self.join_alike();
        while self.yarns().len() > most.max(2) {
            let yarns: Vec<Yarn> = self.yarns().into_iter().cloned().collect();
            let [goes, stays] = dispensable(&yarns, &self.shown(&yarns)).map(|at| &yarns[at]);
            self.each_mut().filter(|yarn| *yarn == goes).for_each(|yarn| yarn.clone_from(stays));
            self.join_alike();
        }
    }

    /// The cells that each yarn shows in.
    fn shown(&self, yarns: &[Yarn]) -> Vec<f32> {
        let (paper, cells) = self.point_paper();
        let mut counts = vec![0f32; paper.len()];
        cells.values().iter().for_each(|cell| counts[usize::from(*cell)] += 1.0);
        let of = |yarn: &Yarn| {
            paper.iter().zip(&counts).filter(|(own, _)| *own == yarn).map(|(_, count)| count).sum()
        };
        yarns.iter().map(of).collect()
    }

    /// Figures of one yarn become one figure, ends of one yarn one warp; what no cell shows is left out.
    pub(super) fn join_alike(&mut self) {
        let figures = joined(&mut self.figures);
        self.face
            .values_mut()
            .iter_mut()
            .filter(|f| **f > 0)
            .for_each(|f| *f = figures[usize::from(*f) - 1] + 1);
        let warps = joined(&mut self.warps);
        self.warp.iter_mut().for_each(|warp| *warp = warps[usize::from(*warp)]);
        self.drop_unused();
    }

    /// Figure and warp yarns that no cell shows are left out.
    pub(super) fn drop_unused(&mut self) {
        let mut shown = vec![false; self.figures.len()];
        self.face.values().iter().filter(|f| **f > 0).for_each(|f| shown[usize::from(*f) - 1] = true);
        let number = kept(&mut self.figures, &shown);
        self.face
            .values_mut()
            .iter_mut()
            .filter(|f| **f > 0)
            .for_each(|f| *f = number[usize::from(*f) - 1] + 1);
        let mut threaded = vec![false; self.warps.len()];
        self.warp.iter().for_each(|warp| threaded[usize::from(*warp)] = true);
        let number = kept(&mut self.warps, &threaded);
        self.warp.iter_mut().for_each(|warp| *warp = number[usize::from(*warp)]);
    }
}

/// The yarn that is missed least, and the one to take its place. The first is that of the ground, and stays.
fn dispensable(yarns: &[Yarn], counts: &[f32]) -> [usize; 2] {
    let labs: Vec<_> = yarns.iter().map(|yarn| lab::of_bytes(yarn.colour)).collect();
    let mut best = (f32::MAX, [1, 0]);
    for goes in 1..yarns.len() {
        for stays in (0..yarns.len()).filter(|stays| *stays != goes) {
            let cost = (counts[goes] + 1.0) * (apart(labs[goes], labs[stays], 2.0) + 1e-4);
            if cost < best.0 {
                best = (cost, [goes, stays]);
            }
        }
    }
    best.1
}

/// Each yarn kept once; where each of the old ones is now.
fn joined(yarns: &mut Vec<Yarn>) -> Vec<u8> {
    let mut once: Vec<Yarn> = Vec::new();
    let mut number = Vec::new();
    for yarn in yarns.drain(..) {
        let at = once.iter().position(|other| *other == yarn).unwrap_or(once.len());
        number.push(at as u8);
        if at == once.len() {
            once.push(yarn);
        }
    }
    *yarns = once;
    number
}

/// Only the yarns in use; where each of the old ones is now.
fn kept(yarns: &mut Vec<Yarn>, used: &[bool]) -> Vec<u8> {
    let before = |at: usize| used[..at].iter().filter(|used| **used).count() as u8;
    let number = (0..used.len()).map(before).collect();
    let mut each = used.iter();
    yarns.retain(|_| each.next().is_some_and(|used| *used));
    number
}
