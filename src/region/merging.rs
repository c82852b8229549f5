//! Shapes merged, always the pair that loses least.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::apart;
use super::components::root;
use super::segment::{Region, Segments};
use crate::pixel::Size;

/// How far to either side of a border the change across it is measured, in pixels.
const BESIDE: usize = 2;

/// A neighbour: who, along how many pixel sides, and the sum of the changes across them.
#[derive(Clone, Copy)]
struct Touch {
    whom: u32,
    length: f32,
    change: f32,
}

/// What a merging would lose (as bits, which have the order of the numbers), both shapes, and the turns of both.
type Offer = (u32, [u32; 2], [u32; 2]);

/// Shapes on their way to each other.
pub(super) struct Merging {
    /// Into what each has merged; the roots are what there is now.
    pub(super) parents: Vec<u32>,
    regions: Vec<Region>,
    touches: Vec<Vec<Touch>>,
    /// How often each has merged: what was reckoned before is out of date.
    turns: Vec<u32>,
    slow: f32,
    heap: BinaryHeap<Reverse<Offer>>,
}

impl Merging {
    pub(super) fn new(start: &Segments, pixels: &[[f32; 3]], size: Size, slow: f32) -> Self {
        let count = start.regions.len();
        let mut out = Self {
            parents: (0..count as u32).collect(),
            regions: start.regions.clone(),
            touches: touches(start, pixels, size),
            turns: vec![0; count],
            slow,
            heap: BinaryHeap::new(),
        };
        for a in 0..count as u32 {
            for n in 0..out.touches[a as usize].len() {
                let touch = out.touches[a as usize][n];
                if a < touch.whom {
                    out.offer(a, touch);
                }
            }
        }
        out
    }

    /// Merge whom it costs least, until any merging costs more than `loss` and there are at most `most` shapes.
    pub(super) fn run(&mut self, loss: f32, most: usize) {
        let mut count = self.regions.len();
        while let Some(Reverse((lost, [a, b], turns))) = self.heap.pop() {
            if f32::from_bits(lost) > loss && count <= most {
                break;
            }
            let is_current =
                |of: u32, turn: u32, s: &Self| s.parents[of as usize] == of && s.turns[of as usize] == turn;
            if is_current(a, turns[0], self) && is_current(b, turns[1], self) {
                self.merge(a, b);
                count -= 1;
            }
        }
    }

    /// What merging would lose, per pixel of the border it takes away.
    fn offer(&mut self, a: u32, touch: Touch) {
        let b = touch.whom;
        let [x, y] = [self.regions[a as usize], self.regions[b as usize]];
        let square = apart(x.colour, y.colour);
        let change = touch.change / touch.length / square.sqrt().max(1e-6);
        let sharp = self.slow + (1.0 - self.slow) * change.min(1.0);
        let dear = if x.area < y.area { x.weight } else { y.weight };
        let loss = x.area * y.area / (x.area + y.area) * square * sharp * sharp * dear / touch.length;
        self.heap.push(Reverse((loss.to_bits(), [a, b], [a, b].map(|id| self.turns[id as usize]))));
    }

    fn merge(&mut self, a: u32, b: u32) {
        let [x, y] = [self.regions[a as usize], self.regions[b as usize]];
        let area = x.area + y.area;
        let mean = |a: f32, b: f32| (a * x.area + b * y.area) / area;
        let colour = std::array::from_fn(|c| mean(x.colour[c], y.colour[c]));
        let (from, to) =
            if self.touches[a as usize].len() > self.touches[b as usize].len() { (b, a) } else { (a, b) };
        self.parents[from as usize] = to;
        self.regions[to as usize] = Region { area, colour, weight: mean(x.weight, y.weight) };
        self.turns[to as usize] += 1;
        let mut list = std::mem::take(&mut self.touches[to as usize]);
        list.extend(std::mem::take(&mut self.touches[from as usize]));
        for touch in &mut list {
            touch.whom = root(&mut self.parents, touch.whom);
        }
        list.sort_by_key(|touch| touch.whom);
        list.dedup_by(|next, kept| {
            let same = next.whom == kept.whom;
            if same {
                (kept.length, kept.change) = (kept.length + next.length, kept.change + next.change);
            }
            same
        });
        list.retain(|touch| touch.whom != to);
        for touch in &list {
            self.offer(to, *touch);
        }
        self.touches[to as usize] = list;
    }
}

/// Who touches whom.
fn touches(start: &Segments, pixels: &[[f32; 3]], size: Size) -> Vec<Vec<Touch>> {
    let (w, h) = (size.width(), size.height());
    let mut sides: Vec<(u64, f32)> = Vec::new();
    let mut side = |i: usize, to: usize, before: usize, after: usize| {
        let (a, b) = (start.of[i], start.of[to]);
        if a != b {
            let change = apart(pixels[before], pixels[after]).sqrt();
            sides.push((u64::from(a.min(b)) << 32 | u64::from(a.max(b)), change));
        }
    };
    for y in 0..h {
        for x in 0..w {
            let i = y * w + x;
            if x + 1 < w {
                side(i, i + 1, i - BESIDE.min(x), i + (1 + BESIDE).min(w - 1 - x));
            }
            if y + 1 < h {
                side(i, i + w, i - BESIDE.min(y) * w, i + (1 + BESIDE).min(h - 1 - y) * w);
            }
        }
    }
    sides.sort_by_key(|side| side.0);
    let mut out: Vec<Vec<Touch>> = vec![Vec::new(); start.regions.len()];
    for same in sides.chunk_by(|a, b| a.0 == b.0) {
        let (a, b) = ((same[0].0 >> 32) as u32, same[0].0 as u32);
        let (length, change) = (same.len() as f32, same.iter().map(|side| side.1).sum());
        out[a as usize].push(Touch { whom: b, length, change });
        out[b as usize].push(Touch { whom: a, length, change });
    }
    out
}
