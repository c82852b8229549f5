//! What is seen of a cloth: at each column (main end) and pass the warp, or one of the picks.

use super::check::MOST_PICKS;
use super::view::columns;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::for_each_bands;
use crate::weave::cloth::{Cloth, End};

/// What lies on top at a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// The end.
    Warp,
    /// Which pick of the pass.
    Weft(u8),
}

/// No binder.
const NO_TIE: u8 = u8::MAX;

/// The face of one repeat.
pub struct Face {
    columns: usize,
    rows: usize,
    /// The end of each column.
    ends: Vec<u32>,
    /// 0: warp; k + 1: pick k of the pass.
    tops: Vec<u8>,
    /// The yarn of a binder that crosses the weft at the right border of a crossing.
    ties: Vec<u8>,
}

/// Passes made ready at a time.
const BAND: usize = 32;

impl Face {
    /// What is seen of this cloth, which has been found to be one.
    pub(super) fn new(cloth: &Cloth, context: &Context) -> Result<Self> {
        let ends = main_ends(cloth);
        let (columns, rows) = (ends.len(), cloth.passes.len().saturating_sub(1));
        let (mut tops, mut ties) = (vec![0; columns * rows], vec![NO_TIE; columns * rows]);
        for_each_bands(context, &mut [&mut tops, &mut ties], columns * BAND, |band, both| {
            let [tops, ties] = both else { return Ok(()) };
            let each = tops.chunks_exact_mut(columns).zip(ties.chunks_exact_mut(columns));
            for (i, (tops, ties)) in each.enumerate() {
                fill_tops(cloth, &ends, band * BAND + i, tops);
                fill_ties(cloth, &ends, band * BAND + i, tops, ties);
            }
            Ok(())
        })?;
        Ok(Self { columns, rows, ends, tops, ties })
    }

    /// Main ends.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Passes.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The end of a column.
    pub fn end(&self, column: usize) -> usize {
        self.ends[column] as usize
    }

    /// What is on top at a crossing.
    pub fn top(&self, row: usize, column: usize) -> Top {
        match self.tops[row * self.columns + column] {
            0 => Top::Warp,
            pick => Top::Weft(pick - 1),
        }
    }

    /// The yarn seen at a crossing.
    pub fn yarn(&self, cloth: &Cloth, row: usize, column: usize) -> u8 {
        match self.top(row, column) {
            Top::Warp => cloth.warp[self.end(column)].0,
            Top::Weft(pick) => cloth.weft[cloth.passes[row] as usize + usize::from(pick)],
        }
    }

    /// The yarn of the binder that ties the weft at the right border of a crossing.
    pub fn tie(&self, row: usize, column: usize) -> Option<u8> {
        Some(self.ties[row * self.columns + column]).filter(|&yarn| yarn != NO_TIE)
    }

    pub(super) fn tops_of(&self, row: usize) -> &[u8] {
        &self.tops[row * self.columns..][..self.columns]
    }

    pub(super) fn ties_of(&self, row: usize) -> &[u8] {
        &self.ties[row * self.columns..][..self.columns]
    }
}

/// Lay the picks of a pass over the ends: where several lie over an end, the one that floats farthest there is packed
/// on top, and of equals the last.
fn fill_tops(cloth: &Cloth, ends: &[u32], row: usize, tops: &mut [u8]) {
    let mut longest = vec![0u32; tops.len()];
    let first = cloth.passes[row];
    for pick in first..cloth.passes[row + 1] {
        let mark = (pick - first).min(MOST_PICKS as u32) as u8 + 1;
        for &(from, to, float) in &floats(ends, cloth, pick as usize) {
            for (top, longest) in tops[from..to].iter_mut().zip(&mut longest[from..to]) {
                if float >= *longest {
                    (*top, *longest) = (mark, float);
                }
            }
        }
    }
}

/// A binder between two columns that is over the weft seen on both sides of it ties that weft.
fn fill_ties(cloth: &Cloth, ends: &[u32], row: usize, tops: &[u8], ties: &mut [u8]) {
    for (column, tie) in ties.iter_mut().enumerate() {
        let next = if column + 1 == tops.len() { 0 } else { column + 1 };
        let top = tops[column];
        if top != 0 && top == tops[next] {
            let pick = cloth.passes[row] as usize + usize::from(top) - 1;
            *tie = tie_after(cloth, ends, column, pick);
        }
    }
}

fn main_ends(cloth: &Cloth) -> Vec<u32> {
    let all = columns(cloth) == cloth.warp.len();
    let kinds = cloth.warp.iter().enumerate();
    kinds.filter(|(_, (_, kind))| all || *kind == End::Main).map(|(end, _)| end as u32).collect()
}

/// The ranges of columns over which a pick exists.
fn spans(ends: &[u32], cloth: &Cloth, pick: usize) -> Vec<(usize, usize)> {
    let column = |end: u32| ends.partition_point(|&e| e < end);
    match cloth.spans.get(pick).and_then(Option::as_ref) {
        None => vec![(0, ends.len())],
        Some(spans) => spans.iter().map(|&(from, to)| (column(from), column(to))).collect(),
    }
}

/// The ranges of columns over which a pick floats, each with the length of the whole float: one that goes over the
/// border of the repeat counts both parts.
fn floats(ends: &[u32], cloth: &Cloth, pick: usize) -> Vec<(usize, usize, u32)> {
    let words = cloth.lift.row(pick);
    let over = |end: u32| words[end as usize / 64] >> (end % 64) & 1 == 0;
    let mut found: Vec<(usize, usize, u32)> = Vec::new();
    let mut ranges = spans(ends, cloth, pick);
    ranges.sort_unstable();
    for (from, to) in ranges {
        let mut start = from;
        while start < to {
            let end = (start..to).find(|&column| !over(ends[column])).unwrap_or(to);
            match found.last_mut() {
                _ if end == start => {}
                Some(last) if last.1 >= start => {
                    last.1 = last.1.max(end);
                    last.2 = (last.1 - last.0) as u32;
                }
                _ => found.push((start, end, (end - start) as u32)),
            }
            start = end + 1;
        }
    }
    if let [first, .., last] = &mut found[..]
        && first.0 == 0
        && last.1 == ends.len()
    {
        let whole = first.2 + last.2;
        (first.2, last.2) = (whole, whole);
    }
    found
}

/// The yarn of the first binder between a column and the next that is up over the pick.
fn tie_after(cloth: &Cloth, ends: &[u32], column: usize, pick: usize) -> u8 {
    let from = ends[column] as usize + 1;
    let to = ends.get(column + 1).map_or(cloth.warp.len(), |&end| end as usize);
    let mut between = (from..to).chain(0..if column + 1 == ends.len() { ends[0] as usize } else { 0 });
    between.find(|&end| cloth.lift.is_up(pick, end)).map_or(NO_TIE, |end| cloth.warp[end].0)
}
