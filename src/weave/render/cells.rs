//! A pass of the repeat: what is on top of each crossing, where in its float the crossing is, and how high it lies.

use super::classes::{Classes, float};
use super::face::{Face, Top};
use crate::weave::cloth::Cloth;

#[derive(Default)]
pub(super) struct Cells {
    of_row: Option<usize>,
    /// 0: warp; k + 1: pick k of the pass.
    pub(super) tops: Vec<u8>,
    /// How many crossings of its float are before and after each crossing, in one number.
    pub(super) classes: Vec<u8>,
    /// The yarn on top, and whether it is warp.
    pub(super) looks: Vec<(u8, bool)>,
    /// 0 the ground, 1 a weft that floats, 2 a brocaded figure.
    pub(super) heights: Vec<u8>,
    /// The yarn of the end of each column.
    pub(super) warps: Vec<u8>,
    /// The yarn of the first pick.
    pub(super) first_weft: u8,
    counter: Classes,
}

impl Cells {
    pub(super) fn fill(&mut self, cloth: &Cloth, face: &Face, row: usize) {
        self.counter.fill(face, row);
        self.tops.clear();
        self.tops.extend_from_slice(face.tops_of(row));
        self.classes.clear();
        self.classes.extend_from_slice(self.counter.of());
        self.warps.clear();
        self.warps.extend((0..face.columns()).map(|column| cloth.warp[face.end(column)].0));
        let first = cloth.passes[row] as usize;
        self.first_weft = cloth.weft.get(first).copied().unwrap_or_default();
        self.looks.clear();
        self.looks.extend((0..face.columns()).map(|column| match face.top(row, column) {
            Top::Warp => (self.warps[column], true),
            Top::Weft(pick) => (cloth.weft[first + usize::from(pick)], false),
        }));
        self.fill_heights(cloth, first);
        self.of_row = Some(row);
    }

    fn fill_heights(&mut self, cloth: &Cloth, first: usize) {
        let brocaded = |top: u8| matches!(cloth.spans.get(first + usize::from(top) - 1), Some(Some(_)));
        self.heights.clear();
        for (&top, &class) in self.tops.iter().zip(&self.classes) {
            let tie = top == 0 && float(class) == 0;
            self.heights.push(match self.heights.last() {
                // An end that comes up for a moment lies as deep in the figure as the wefts beside it are high.
                Some(&before) if tie => before,
                _ if top == 0 => 0,
                _ if brocaded(top) => 2,
                _ => u8::from(float(class) >= 2),
            });
        }
    }

    /// The passes above, at and below `row`; those there already are moved.
    pub(super) fn three(rows: &mut [Self; 3], cloth: &Cloth, face: &Face, row: usize) {
        let count = face.rows();
        for (slot, row) in [(row + count - 1) % count, row, (row + 1) % count].into_iter().enumerate() {
            if rows[slot].of_row == Some(row) {
                continue;
            }
            if slot < 2 && rows[slot + 1].of_row == Some(row) {
                rows.swap(slot, slot + 1);
                continue;
            }
            rows[slot].fill(cloth, face, row);
        }
    }
}
