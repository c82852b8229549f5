//! Compound structures: from a map of which weft (or warp colour) is seen where, to the lift of every pick.
//!
//! A pass is a visible row of the design; each system of wefts has one pick in it: 0 is the ground weft, 1 and up are
//! figure wefts. Every structure says which systems a pass needs and fills their rows; the rest is common. The
//! formulas are those of the trade: damask, weft-backed satin, lampas, samite, warp-faced compound, brocading.

mod brocading;
mod kinds;

#[cfg(test)]
#[path = "tests.rs"]
mod kinds_tests;

use crate::weave::cloth::Span;
use crate::weave::cloth::{End, Lift};
use crate::weave::structure::{BadWeave, Weave};
pub(in crate::weave) use brocading::spans;
pub use brocading::{Brocading, brocade};
pub use kinds::{Backed, Bound, damask, floss, lampas, samite, simple, warp_faced, weft_backed};

/// What is seen in each cell, pass after pass: 0 the ground, `1..=figures` a figure.
#[derive(Clone, Copy)]
pub struct Face<'a> {
    columns: usize,
    figures: u8,
    cells: &'a [u8],
}

/// The lift of a compound cloth, and what its threads are.
#[derive(Clone, Debug)]
pub struct Woven {
    /// Which ends are up at each pick.
    pub lift: Lift,
    /// The system of each pick: 0 the ground weft, then the figure wefts.
    pub system: Vec<u8>,
    /// The picks of a pass are `passes[r]..passes[r + 1]`.
    pub passes: Vec<u32>,
    /// Where a weft exists, as in a cloth.
    pub spans: Vec<Option<Vec<Span>>>,
    /// What each end is for.
    pub kinds: Vec<End>,
    /// The column of the face that each end belongs to.
    pub column: Vec<u32>,
}

impl Woven {
    /// The most bobbins at work in one pass: stretches of wefts that exist only where their motif is.
    pub fn bobbins(&self) -> usize {
        let stretches = |p: u32| self.spans.get(p as usize).and_then(Option::as_ref).map_or(0, Vec::len);
        self.passes.windows(2).map(|w| (w[0]..w[1]).map(stretches).sum()).max().unwrap_or(0)
    }
}

impl<'a> Face<'a> {
    /// A face of `columns` columns with figures `1..=figures`.
    pub fn new(columns: usize, figures: u8, cells: &'a [u8]) -> Result<Self, BadWeave> {
        if columns == 0 || cells.is_empty() || !cells.len().is_multiple_of(columns) {
            return Err(BadWeave(format!("a face of {} cells in rows of {columns}", cells.len())));
        }
        if figures > 64 {
            return Err(BadWeave(format!("{figures} figure wefts; at most 64 are allowed")));
        }
        match cells.iter().position(|&f| f > figures) {
            Some(at) => Err(BadWeave(format!(
                "figure {} at column {}, pass {}; there are {figures}",
                cells[at],
                at % columns,
                at / columns
            ))),
            None => Ok(Self { columns, figures, cells }),
        }
    }

    /// Columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Passes.
    pub fn passes(&self) -> usize {
        self.cells.len() / self.columns
    }

    /// The number of figure wefts.
    pub fn figures(&self) -> u8 {
        self.figures
    }

    /// What is seen in a pass.
    pub fn pass(&self, r: usize) -> &[u8] {
        &self.cells[r * self.columns..][..self.columns]
    }

    /// Which of the figures (and the ground) are seen in a pass, a bit each.
    pub fn seen(&self, r: usize) -> u128 {
        let mut there = [false; 65];
        self.pass(r).iter().for_each(|&f| there[usize::from(f)] = true);
        there.iter().enumerate().fold(0, |bits, (f, &t)| bits | u128::from(t) << f)
    }
}

/// Which ends a cloth has: each column of the face as `group` main ends, and a binder end after every `ratio` of them.
pub struct Layout {
    /// What each end is for.
    pub kinds: Vec<End>,
    /// The column of each end.
    pub column: Vec<u32>,
    /// The binder ends, one bit an end.
    pub binder: Vec<u64>,
}

/// The byte that stands for a binder end in an expanded pass.
const BOUND: u8 = 255;

impl Layout {
    /// One main end a column, a binder end after every `ratio`; 0: no binder ends.
    pub fn bound(columns: usize, ratio: usize) -> Self {
        let mut layout = Self { kinds: vec![], column: vec![], binder: vec![] };
        for c in 0..columns {
            layout.kinds.push(End::Main);
            layout.column.push(c as u32);
            if ratio > 0 && (c + 1) % ratio == 0 {
                layout.kinds.push(End::Binder);
                layout.column.push(c as u32);
            }
        }
        layout.binder = vec![0; layout.kinds.len().div_ceil(64)];
        let binders = layout.kinds.iter().enumerate().filter(|k| *k.1 == End::Binder);
        binders.for_each(|(e, _)| layout.binder[e / 64] |= 1 << (e % 64));
        layout
    }

    /// `group` main ends a column.
    pub fn grouped(columns: usize, group: usize) -> Self {
        let ends = columns * group;
        let column = (0..ends).map(|e| (e / group) as u32).collect();
        Self { kinds: vec![End::Main; ends], column, binder: vec![0; ends.div_ceil(64)] }
    }

    /// Ends.
    pub fn ends(&self) -> usize {
        self.kinds.len()
    }

    /// A pass with a byte for each end.
    fn spread(&self, pass: &[u8], out: &mut [u8]) {
        for ((out, &column), &kind) in out.iter_mut().zip(&self.column).zip(&self.kinds) {
            *out = if kind == End::Main { pass[column as usize] } else { BOUND };
        }
    }

    /// The rows of a weave over the binder ends alone, one for each pick of its repeat.
    pub fn binder_rows(&self, weave: &Weave) -> Vec<Vec<u64>> {
        let row = |p: usize| {
            let mut row = vec![0; self.binder.len()];
            let binders = self.kinds.iter().enumerate().filter(|k| *k.1 == End::Binder);
            for (i, (e, _)) in binders.enumerate() {
                row[e / 64] |= u64::from(weave.is_up(p, i)) << (e % 64);
            }
            row
        };
        (0..weave.picks()).map(row).collect()
    }

    /// The row of a weave in which all ends of a column rise together.
    pub fn column_rows(&self, weave: &Weave) -> Vec<Vec<u64>> {
        let row = |p: usize| {
            let mut row = vec![0; self.binder.len()];
            for (e, &column) in self.column.iter().enumerate() {
                row[e / 64] |= u64::from(weave.is_up(p, column as usize)) << (e % 64);
            }
            row
        };
        (0..weave.picks()).map(row).collect()
    }
}

/// What a structure is given to fill one pick.
pub struct Pick<'a> {
    /// The pass.
    pub pass: usize,
    /// The system of its weft.
    pub system: u8,
    /// What is seen in the pass, a byte an end; binder ends have 255.
    pub face: &'a [u8],
}

impl Pick<'_> {
    /// 64 ends from `64 * word`: those where `figure` is seen.
    pub fn seen(&self, word: usize, figure: u8) -> u64 {
        equal(&self.face[word * 64..self.face.len().min(word * 64 + 64)], figure)
    }
}

/// Where bytes equal a value, a bit each; at most 64 bytes.
fn equal(bytes: &[u8], value: u8) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut mask = 0;
    for (i, eight) in eights.iter().enumerate() {
        let differ = u64::from_le_bytes(*eight) ^ (LOW * u64::from(value));
        let zero = !(((differ & (0x7f * LOW)) + 0x7f * LOW) | differ) >> 7 & LOW;
        mask |= (zero.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
    }
    let at = 8 * eights.len();
    rest.iter().enumerate().fold(mask, |mask, (i, &b)| mask | u64::from(b == value) << (at + i))
}

/// Weaves a face: `systems` says which wefts a pass has (a bit each, woven from the lowest on), `fill` fills their
/// rows; bits beyond the last end may be set.
pub fn weave(
    face: &Face<'_>,
    layout: Layout,
    systems: impl Fn(usize) -> u128,
    mut fill: impl FnMut(&Pick<'_>, &mut [u64]),
) -> Woven {
    let mut passes = vec![0];
    let mut system = Vec::new();
    for r in 0..face.passes() {
        let there = systems(r);
        system.extend((0..128u8).filter(|j| there >> j & 1 == 1));
        passes.push(system.len() as u32);
    }
    let ends = layout.ends();
    let mut lift = Lift::new(ends, system.len());
    let mut spread = vec![0; ends];
    let tail = if ends.is_multiple_of(64) { u64::MAX } else { u64::MAX >> (64 - ends % 64) };
    for (pass, range) in passes.windows(2).enumerate() {
        layout.spread(face.pass(pass), &mut spread);
        let picks = range[0] as usize..range[1] as usize;
        for (p, &system) in picks.clone().zip(&system[picks]) {
            let row = lift.row_mut(p);
            fill(&Pick { pass, system, face: &spread }, row);
            if let Some(last) = row.last_mut() {
                *last &= tail;
            }
        }
    }
    let spans = vec![None; system.len()];
    Woven { lift, system, passes, spans, kinds: layout.kinds, column: layout.column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn equal_bytes_are_found() {
        let mut random = Random::new("equal");
        for length in [0, 1, 7, 8, 9, 63, 64] {
            for _ in 0..50 {
                let bytes: Vec<u8> =
                    (0..length).map(|_| [0, 1, 2, 64, 127, 128, 129, 255][random.below(8)]).collect();
                for value in [0, 1, 64, 128, 255] {
                    let want = bytes.iter().enumerate().fold(0, |m, (i, &b)| m | u64::from(b == value) << i);
                    assert_eq!(equal(&bytes, value), want, "{random} {bytes:?} {value}");
                }
            }
        }
    }

    #[test]
    fn a_face_is_checked() {
        assert!(Face::new(3, 1, &[0, 1, 1, 0]).is_err());
        assert!(Face::new(0, 1, &[]).is_err());
        let Err(why) = Face::new(2, 1, &[0, 1, 2, 0]) else { panic!("it has a figure too many") };
        assert_eq!(why.0, "figure 2 at column 0, pass 1; there are 1");
        assert_eq!(Face::new(2, 3, &[0, 3, 2, 2]).unwrap().seen(0), 0b1001);
    }

    #[test]
    fn binder_ends_follow_every_few_main_ends() {
        let layout = Layout::bound(7, 3);
        let text: String = layout.kinds.iter().map(|k| if *k == End::Main { 'm' } else { 'b' }).collect();
        assert_eq!(text, "mmmbmmmbm");
        assert_eq!(layout.column, [0, 1, 2, 2, 3, 4, 5, 5, 6]);
        assert_eq!(layout.binder, [0b1000_1000]);
    }
}
