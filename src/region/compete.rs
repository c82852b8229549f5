//! Borders between shapes moved to where they belong.
//!
//! Merging leaves the borders of the first small shapes, which in slow gradients are a matter of chance. So shapes
//! compete for the pixels along their borders (Zhu and Yuille, "Region competition", 1996): a pixel goes to the shape
//! whose colour it has and that has many pixels around it. All pixels decide at once, so their order does not matter.

use super::apart;
use super::segment::Segments;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, map_bands};
use crate::pixel::Size;

/// Pixels to each side that have a vote.
const REACH: usize = 3;
/// Pixels along a side of the window.
const SIDE: usize = 2 * REACH + 1;
/// Votes fall off as a Gaussian of this many pixels.
const SIGMA: f32 = 1.6;
/// Rounds at most; a border moves by about a pixel in each.
const ROUNDS: usize = 24;

/// Let shapes compete. The more `faith`, the more colour counts against a short border.
pub(super) fn compete(
    segments: &mut Segments,
    pixels: &[[f32; 3]],
    size: Size,
    faith: f32,
    ctx: &Context,
) -> Result<()> {
    let votes = votes();
    let mut stirred = vec![true; pixels.len()];
    for _ in 0..ROUNDS {
        let contest = Contest { segments, pixels, size, faith, votes: &votes };
        let moves = map_bands(ctx, size.height(), BAND_ROWS, |rows| {
            let mut moves = Vec::new();
            let mut counts = Vec::new();
            let range = rows.start * size.width()..rows.end * size.width();
            for (i, stirred) in range.clone().zip(&stirred[range]) {
                if *stirred && contest.is_border(i) {
                    let to = contest.winner(i, &mut counts);
                    moves.extend((to != segments.of[i]).then_some((i, to)));
                }
            }
            Ok(moves)
        })?;
        if moves.iter().all(Vec::is_empty) {
            break;
        }
        stirred.fill(false);
        for (i, to) in moves.into_iter().flatten() {
            segments.of[i] = to;
            stir(&mut stirred, i, size);
        }
    }
    Ok(())
}

/// The window's votes, row after row; all together 1.
fn votes() -> [f32; SIDE * SIDE] {
    let fall = |i: usize| (-0.5 * ((i as f32 - REACH as f32) / SIGMA).powi(2)).exp();
    let sum: f32 = (0..SIDE).map(fall).sum();
    std::array::from_fn(|i| fall(i / SIDE) * fall(i % SIDE) / (sum * sum))
}

/// A pixel has moved: those that count it must decide again.
fn stir(stirred: &mut [bool], i: usize, size: Size) {
    let (w, x, y) = (size.width(), i % size.width(), i / size.width());
    for y in y.saturating_sub(REACH)..(y + REACH + 1).min(size.height()) {
        stirred[y * w + x.saturating_sub(REACH)..y * w + (x + REACH + 1).min(w)].fill(true);
    }
}

struct Contest<'a> {
    segments: &'a Segments,
    pixels: &'a [[f32; 3]],
    size: Size,
    faith: f32,
    votes: &'a [f32; SIDE * SIDE],
}

impl Contest<'_> {
    fn is_border(&self, i: usize) -> bool {
        let (w, x, of) = (self.size.width(), i % self.size.width(), &self.segments.of);
        let own = of[i];
        let unlike = |at: usize| of[at] != own;
        x > 0 && unlike(i - 1)
            || x + 1 < w && unlike(i + 1)
            || i >= w && unlike(i - w)
            || i + w < of.len() && unlike(i + w)
    }

    /// The shape this pixel goes to; its own, unless another has a better claim. Among equals, the one met first.
    fn winner(&self, i: usize, counts: &mut Vec<(u32, f32)>) -> u32 {
        self.count(i, counts);
        let regions = &self.segments.regions;
        let claim = |&(shape, vote): &(u32, f32)| {
            vote - self.faith * apart(regions[shape as usize].colour, self.pixels[i])
        };
        let own = self.segments.of[i];
        let mut best = (own, counts.iter().find(|count| count.0 == own).map_or(0.0, claim));
        for count in &*counts {
            let claim = claim(count);
            if claim > best.1 {
                best = (count.0, claim);
            }
        }
        best.0
    }

    fn count(&self, i: usize, counts: &mut Vec<(u32, f32)>) {
        let (w, h) = (self.size.width(), self.size.height());
        let (x, y) = (i % w, i / w);
        counts.clear();
        for dy in 0..SIDE {
            let row = (y + dy).saturating_sub(REACH).min(h - 1) * w;
            for dx in 0..SIDE {
                let shape = self.segments.of[row + (x + dx).saturating_sub(REACH).min(w - 1)];
                let vote = self.votes[dy * SIDE + dx];
                match counts.iter_mut().find(|count| count.0 == shape) {
                    Some(count) => count.1 += vote,
                    None => counts.push((shape, vote)),
                }
            }
        }
    }
}
