//! A pass of crossings made ready for drawing, and drawn.

use super::cells::Cells;
use super::classes::float;
use super::covers::Covers;
use super::face::Face;
use super::fibre::optics;
use super::math::mix;
use super::near::{Near, Room};
use super::relief::{HIGHER, LEVEL, LOWER, MUCH_HIGHER, Relief, sides};
use super::slow::{Folds, Slow};
use super::strand::Spot;
use super::temper::{Temper, Thread};
use super::tiles::{NONE, Tiles};
use crate::weave::cloth::Cloth;

/// Nothing lies over the crossing.
const NO_YARN: u8 = u8::MAX;

/// A crossing as it will be drawn.
#[derive(Clone, Copy)]
struct Crossing {
    /// The tables of its dull and of its bright side.
    tile: u32,
    bright: u32,
    gain: f32,
    /// How far metal faces the light where the thread enters the crossing and where it leaves it.
    facing: [f32; 2],
    warp: bool,
    sides: u8,
    /// The yarns of what lies over it: binding ends left and right, or the floats that close over a lone point.
    over: [u8; 2],
    lone: bool,
}

/// All that drawing needs.
pub(super) struct Loom<'a> {
    pub(super) cloth: &'a Cloth,
    pub(super) face: &'a Face,
    pub(super) tiles: &'a Tiles,
    /// Where crossings have many samples, tables are not used.
    pub(super) near: Option<&'a Near>,
    pub(super) temper: &'a Temper,
    pub(super) relief: &'a Relief,
    pub(super) covers: &'a Covers,
    /// How uneven each yarn is.
    pub(super) uneven: &'a [f32],
    pub(super) folds: Folds,
}

/// How uneven each yarn of a cloth is.
pub(super) fn uneven(cloth: &Cloth) -> Vec<f32> {
    cloth.yarns.iter().map(|yarn| optics(yarn.fibre).uneven).collect()
}

/// A pass ready for drawing, and the room to make it.
#[derive(Default)]
pub(super) struct Pass {
    crossings: Vec<Crossing>,
    rows: [Cells; 3],
    /// The near view of the whole pass.
    block: Vec<f32>,
    room: Room,
    slow: Slow,
}

impl Pass {
    /// Make ready the crossings of pass `row` from column `first` on; both go on over the repeats without end.
    pub(super) fn fill(&mut self, loom: &Loom<'_>, row: u32, first: u32, count: usize) {
        let (rows, columns) = (loom.face.rows(), loom.face.columns());
        Cells::three(&mut self.rows, loom.cloth, loom.face, row as usize % rows);
        let (across, down) = loom.tiles.grain();
        let stride = count * across * 3;
        self.block.clear();
        self.block.resize(if loom.near.is_some() { stride * down } else { 0 }, 0.0);
        self.crossings.clear();
        self.slow.fill(loom.temper, &loom.folds, (first, row), count);
        let mut column = first as usize % columns;
        for i in 0..count {
            let place = first + i as u32;
            let fold = self.slow.fold(i);
            let spot = Spot { temper: loom.temper, rows: &self.rows, place, row, column, fold };
            self.crossings.push(spot.crossing(loom, &self.slow, i));
            if let Some(near) = loom.near {
                near.draw(&spot, &mut self.room, &mut self.block[i * across * 3..], stride);
            }
            column = if column + 1 == columns { 0 } else { column + 1 };
        }
    }

    /// Draw row `sub` of samples of the pass.
    pub(super) fn draw(&self, loom: &Loom<'_>, sub: usize, samples: &mut [f32]) {
        let (across, down) = loom.tiles.grain();
        let near = loom.near.map(|_| &self.block[sub * samples.len()..][..samples.len()]);
        if let Some(block) = near {
            samples.copy_from_slice(block);
        }
        for (crossing, out) in self.crossings.iter().zip(samples.chunks_exact_mut(across * 3)) {
            if near.is_none() {
                crossing.fill(loom.tiles, (sub, down), out);
            }
            if crossing.sides != 0 {
                let factor = loom.relief.down(crossing.sides, sub);
                shadow(loom.relief.across(crossing.sides), factor, out);
            }
            crossing.cover(loom, sub, out);
        }
    }
}

impl Spot<'_> {
    fn crossing(&self, loom: &Loom<'_>, slow: &Slow, i: usize) -> Crossing {
        let here = &self.rows[1];
        let (yarn, warp) = here.looks[self.column];
        let (thread, at) = if warp {
            (Thread::warp(self.place), self.row)
        } else {
            (Thread::weft(self.row, here.tops[self.column]), self.place)
        };
        let (mut tile, mut bright, mut facing, mut gain) = (NONE, NONE, [0.0; 2], 1.0);
        if loom.near.is_none() {
            let pose = self.temper.pose(thread, at);
            (tile, bright) = loom.tiles.find(yarn, warp, here.classes[self.column], pose);
            let uneven = loom.uneven[usize::from(yarn)];
            let own = if warp { slow.ends[i] } else { slow.pass + self.temper.bath(thread) };
            gain = self.fold[usize::from(warp)] * self.temper.gain_of(thread, at, uneven, (own, slow.lie[i]));
            if bright != NONE {
                facing = [at, at + 1].map(|at| self.temper.facing(thread, at));
            }
        }
        let closed = self.closed();
        let over = closed.map_or_else(|| self.ties(loom.face), |yarn| [yarn, NO_YARN]);
        Crossing { tile, bright, gain, facing, warp, sides: self.sides(), over, lone: closed.is_some() }
    }

    /// The columns left and right.
    fn beside(&self) -> (usize, usize) {
        let (column, count) = (self.column, self.rows[1].looks.len());
        (if column == 0 { count - 1 } else { column - 1 }, if column + 1 == count { 0 } else { column + 1 })
    }

    /// The yarn of the floats that close over a lone binding point; `None`: it is no such point.
    fn closed(&self) -> Option<u8> {
        let [above, here, below] = self.rows;
        let column = self.column;
        if here.classes[column] != 0 {
            return None;
        }
        let (left, right) = self.beside();
        if here.tops[column] != 0 {
            // A weft between two long warp floats.
            let floats = |column: usize| here.tops[column] == 0 && float(here.classes[column]) >= 2;
            return (floats(left) && floats(right)).then(|| here.looks[left].0);
        }
        let beside = float(here.classes[left]) + float(here.classes[right]);
        let around = [here.tops[left], here.tops[right], above.tops[column], below.tops[column]];
        (beside >= 3 && !around.contains(&0)).then(|| here.looks[left].0)
    }

    /// The yarns of the binding ends on the borders left and right.
    fn ties(&self, face: &Face) -> [u8; 2] {
        let ties = face.ties_of(self.row as usize % face.rows());
        [ties[self.beside().0], ties[self.column]]
    }

    /// What lies beside a crossing.
    fn sides(&self) -> u8 {
        let [above, here, below] = self.rows;
        let (column, (left, right)) = (self.column, self.beside());
        let height = here.heights[column];
        let around = [here.heights[left], here.heights[right], above.heights[column], below.heights[column]];
        if around == [height; 4] {
            return 0;
        }
        let [left, right, above, below] = around.map(|other| match i16::from(other) - i16::from(height) {
            0 => LEVEL,
            1 => HIGHER,
            2.. => MUCH_HIGHER,
            _ => LOWER,
        });
        sides(left, right, above, below)
    }
}

impl Crossing {
    /// Fill row `sub` of `down` from the tables.
    fn fill(&self, tiles: &Tiles, (sub, down): (usize, usize), out: &mut [f32]) {
        let dull = tiles.row(self.tile, sub);
        if self.bright == NONE {
            for (out, &sample) in out.iter_mut().zip(dull) {
                *out = sample * self.gain;
            }
            return;
        }
        let step = 1.0 / (out.len() / 3) as f32;
        let fixed = (sub as f32 + 0.5) / down as f32;
        let looks = dull.chunks_exact(3).zip(tiles.row(self.bright, sub).chunks_exact(3));
        for (i, (out, (dull, bright))) in out.chunks_exact_mut(3).zip(looks).enumerate() {
            let along = if self.warp { fixed } else { (i as f32 + 0.5) * step };
            let facing = mix(self.facing, along);
            for ((out, &dull), &bright) in out.iter_mut().zip(dull).zip(bright) {
                *out = mix([dull, bright], facing) * self.gain;
            }
        }
    }

    /// Draw what lies over it.
    fn cover(&self, loom: &Loom<'_>, sub: usize, out: &mut [f32]) {
        if self.lone {
            // Near, the floats that close over the point have been drawn themselves.
            if loom.near.is_none() {
                loom.covers.close(self.warp, self.over[0], sub, out);
            }
            return;
        }
        for (side, &yarn) in self.over.iter().enumerate().filter(|(_, yarn)| **yarn != NO_YARN) {
            loom.covers.tie(side, yarn, sub, out);
        }
    }
}

fn shadow(across: &[f32], down: f32, out: &mut [f32]) {
    for (out, &factor) in out.chunks_exact_mut(3).zip(across) {
        let factor = factor * down;
        for v in out {
            *v *= factor;
        }
    }
}
