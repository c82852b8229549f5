//! Where a tie is wanted: on a satin laid through the whole cloth, so that ties never make a line, and where it shows
//! least.

use crate::weave::cloth::Span;
use crate::weave::cloth::{Cloth, End};
use crate::weave::structure::{counters, even_counter};

/// The satin the ties are drawn to, and how much a change of face shows.
pub(crate) struct Lattice<'a> {
    spans: &'a [Option<Vec<Span>>],
    size: usize,
    /// For each pick the end (modulo the size) at which a riser belongs; a sinker belongs half a repeat away.
    phase: Vec<u32>,
    /// For each pick the first pick of its pass and of the next.
    pass: Vec<(u32, u32)>,
    /// By the yarn seen before and the yarn seen after.
    contrast: Vec<Vec<u32>>,
    /// Are there binder ends, for the ties to go to?
    binders: bool,
    /// Every tie shows the same: one warp yarn, no binder ends, one pick a pass.
    uniform: bool,
}

/// The cost of one end beside the lattice, against which contrast is measured (0 to 8).
const STEP: u32 = 4;
/// The cost of a tie on a binder end, which is thin.
const BINDER: u32 = 1;
/// What a tie on a main end costs more where binder ends could take it: two steps beside the lattice.
const BESIDE_BINDER: u32 = 2 * STEP;

impl<'a> Lattice<'a> {
    /// The lattice for floats up to `limit`; `spans` are those of the cloth.
    pub(crate) fn new(cloth: &Cloth, spans: &'a [Option<Vec<Span>>], limit: usize) -> Self {
        let (size, counter) = satin_for(limit);
        let picks = cloth.lift.picks();
        let pass = passes(cloth);
        let yarns = cloth.yarns.len().max(1);
        let mut phase = Vec::with_capacity(picks);
        let (mut row, mut first) = (0, 0);
        for (p, span) in pass.iter().enumerate() {
            if span.0 != first {
                (row, first) = (row + 1, span.0);
            }
            let weft = cloth.weft.get(p).map_or(0, |&y| usize::from(y));
            phase.push(((counter * row + weft * size / yarns) % size) as u32);
        }
        let binders = cloth.warp.iter().any(|w| w.1 == End::Binder);
        let one_warp = cloth.warp.iter().all(|w| *w == (cloth.warp[0].0, End::Main));
        let uniform = one_warp && pass.iter().all(|p| p.1 - p.0 == 1);
        Self { spans, size, phase, pass, contrast: contrasts(cloth), binders, uniform }
    }

    /// How far end `e` is from where pick `p` wants a tie.
    pub(crate) fn distance(&self, p: usize, e: usize, up: bool) -> u32 {
        let wanted = self.phase[p] as usize + if up { 0 } else { self.size / 2 };
        let away = (e + 2 * self.size - wanted) % self.size;
        STEP * away.min(self.size - away) as u32
    }

    /// How much the cloth changes colour there when the crossing changes face.
    pub(crate) fn shows(&self, cloth: &Cloth, p: usize, e: usize) -> u32 {
        if self.uniform {
            return 0;
        }
        if cloth.warp.get(e).is_some_and(|w| w.1 == End::Binder) {
            return BINDER;
        }
        let (before, after) = (self.seen(cloth, p, e, false), self.seen(cloth, p, e, true));
        let contrast = self.contrast.get(before).and_then(|row| row.get(after)).copied().unwrap_or(0);
        contrast + if self.binders { BESIDE_BINDER } else { 0 }
    }

    /// The yarn seen at an end in the pass of pick `p`; `changed`: with that crossing on its other face.
    fn seen(&self, cloth: &Cloth, p: usize, e: usize, changed: bool) -> usize {
        let (from, to) = self.pass[p];
        let exists = |q: usize| match self.spans.get(q) {
            Some(Some(spans)) => spans.iter().any(|&(a, b)| (a as usize..b as usize).contains(&e)),
            _ => true,
        };
        let on_top = |&q: &usize| cloth.lift.is_up(q, e) == (changed && q == p) && exists(q);
        match (from as usize..to as usize).rev().find(on_top) {
            Some(q) => usize::from(cloth.weft[q]),
            None => cloth.warp.get(e).map_or(0, |w| usize::from(w.0)),
        }
    }
}

/// The largest satin whose risers keep floats within the limit; below 5 a twill.
fn satin_for(limit: usize) -> (usize, usize) {
    let largest = (limit + 1).min(24);
    let satin = (5..=largest).rev().find(|&n| !counters(n).is_empty());
    match satin.and_then(|n| Some((n, even_counter(n)?))) {
        Some(found) => found,
        None => (largest.max(2), 1),
    }
}

fn passes(cloth: &Cloth) -> Vec<(u32, u32)> {
    let picks = cloth.lift.picks() as u32;
    let whole =
        cloth.passes.first() == Some(&0) && cloth.passes.last() == Some(&picks) && cloth.passes.is_sorted();
    if !whole {
        return (0..picks).map(|p| (p, p + 1)).collect();
    }
    cloth.passes.windows(2).flat_map(|w| (w[0]..w[1]).map(|_| (w[0], w[1]))).collect()
}

/// Distances of the yarn colours, 0 to 8.
fn contrasts(cloth: &Cloth) -> Vec<Vec<u32>> {
    let distance = |a: [u8; 3], b: [u8; 3]| {
        let squared = |c: usize, weight: u32| weight * u32::from(a[c].abs_diff(b[c])).pow(2);
        // The eye weighs green most, blue least; 765 is the distance of black and white.
        (squared(0, 3) + squared(1, 4) + squared(2, 2)).isqrt() * 8 / 765
    };
    cloth.yarns.iter().map(|a| cloth.yarns.iter().map(|b| distance(a.colour, b.colour)).collect()).collect()
}
