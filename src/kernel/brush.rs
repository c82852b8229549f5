//! Brush strokes to samples: paint laid piece by piece, what lies on top first, so that what is hidden is never worked out.
//!
//! A piece is the part of a stroke between two points of its middle line, cut off by the bisectors of its bends. The
//! signed distance to a bisector is the same number for the pieces on both sides of it, so each sample belongs to one
//! piece only and a stroke is never laid on itself. Between the bisectors, how far along the stroke a sample lies is the
//! ratio of its distances to the two.

use super::drawing::{ramp, share};
use super::level::kernel;

/// Samples worked on at a time.
pub(crate) const LANES: usize = 8;

/// What shows through less than this is not seen.
const HIDDEN: f32 = 0.004;

/// A piece of a stroke, in samples of the band.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Its ends.
    pub(crate) from: [f32; 2],
    pub(crate) to: [f32; 2],
    /// Unit normals of the bisectors it is cut off by, along the stroke.
    pub(crate) gates: [[f32; 2]; 2],
    /// Unit normal of the piece itself.
    pub(crate) across: [f32; 2],
    /// Half its width at the ends.
    pub(crate) halves: [f32; 2],
    /// How far along the stroke its ends lie.
    pub(crate) along: [f32; 2],
}

/// What a stroke is laid with. Lengths in samples.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Load {
    /// The colour, and what a whole bristle's worth of difference adds to it.
    pub(crate) colour: [f32; 3],
    pub(crate) swing: [f32; 3],
    /// Length of the stroke.
    pub(crate) length: f32,
    /// One over how far its edges fade.
    pub(crate) crisp: f32,
    /// How round its ends are, how ragged, and how dry it runs.
    pub(crate) round: f32,
    pub(crate) ragged: f32,
    pub(crate) dry: f32,
    pub(crate) opacity: f32,
    /// How thick the paint lies, how much of that bristles and ridges make, and one over the width of a ridge.
    pub(crate) thick: f32,
    pub(crate) furrow: f32,
    pub(crate) ridge: f32,
    pub(crate) narrow: f32,
    /// Where in the table of bristles it begins, and entries to a sample along and to half a width across.
    pub(crate) start: [f32; 2],
    pub(crate) pace: [f32; 2],
}

/// The part of a band that is painted at a time: its first column and the one after its last, whole chunks from the left,
/// and samples from row to row of the band.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) stride: usize,
}

/// Entries of the table of bristles: along a stroke and across it. It repeats both ways.
pub(crate) const TABLE: [usize; 2] = [128, 64];
/// Bristles by the place along a stroke, then across.
pub(crate) type Bristles = [f32; TABLE[0] * TABLE[1]];

/// Between the entries of the table.
#[inline(always)]
fn between(table: &Bristles, along: f32, across: f32) -> f32 {
    let (i, j) = (along as i32, across as i32);
    let (f, g) = (along - i as f32, across - j as f32);
    let at = |i: i32, j: i32| table[(i as usize % TABLE[0]) * TABLE[1] + j as usize % TABLE[1]];
    let near = at(i, j) + g * (at(i, j + 1) - at(i, j));
    let far = at(i + 1, j) + g * (at(i + 1, j + 1) - at(i + 1, j));
    near + f * (far - near)
}

/// Where the samples of a chunk lie in a stroke, and what that means.
struct Chunk {
    /// From the middle line to the edge, -1 to 1; how far along, in samples; half the width there.
    v: [f32; LANES],
    u: [f32; LANES],
    half: [f32; LANES],
    /// How much of the sample the sides and the bisectors leave.
    cover: [f32; LANES],
}

impl Piece {
    #[inline(always)]
    fn place(&self, x: f32, y: f32, load: &Load) -> Chunk {
        let mut chunk = Chunk { v: [0.0; LANES], u: [0.0; LANES], half: [0.0; LANES], cover: [0.0; LANES] };
        let (dy, ey) = (y - self.from[1], y - self.to[1]);
        let [start, end] = self.gates;
        for k in 0..LANES {
            let (dx, ex) = (x + k as f32 - self.from[0], x + k as f32 - self.to[0]);
            let past = dx * start[0] + dy * start[1];
            let ahead = ex * end[0] + ey * end[1];
            let inside = if past >= 0.0 && ahead < 0.0 { 1.0 } else { 0.0 };
            let t = share(past / (past - ahead).max(1e-6));
            let half = self.halves[0] + t * (self.halves[1] - self.halves[0]);
            let away = dx * self.across[0] + dy * self.across[1];
            chunk.u[k] = self.along[0] + t * (self.along[1] - self.along[0]);
            chunk.half[k] = half;
            chunk.v[k] = away / half.max(0.05);
            chunk.cover[k] = inside * share((half - away.abs()) * load.crisp + 0.5) * share(2.0 * half);
        }
        chunk
    }
}

impl Load {
    /// Cover and thickness of a chunk, from how it lies and its bristles.
    #[inline(always)]
    fn lay(&self, chunk: &Chunk, bristles: &[f32; LANES]) -> [[f32; LANES]; 2] {
        let mut made = [[0.0; LANES]; 2];
        for k in 0..LANES {
            let (u, v, half) = (chunk.u[k], chunk.v[k], chunk.half[k]);
            let hair = 0.5 + 0.5 * bristles[k];
            let square = (v * v).min(1.0);
            let cap = half * (self.round * (1.0 - (1.0 - square).sqrt()) + self.ragged * (1.0 - hair));
            let rest = self.length - u;
            let ends = share((u - cap) * self.crisp + 0.5) * share((rest - cap) * self.crisp + 0.5);
            // The brush runs dry: first where hairs carry little.
            let want = self.dry * ramp((u / self.length - 0.35) * 1.6);
            let wet = share((hair - 1.25 * want) * 5.0 + 1.0);
            let cover = chunk.cover[k] * ends * wet * self.opacity;
            let inward = half * (1.0 - v.abs()).max(0.0);
            let side = share(1.0 - inward * self.narrow);
            let lip = share(1.0 - (rest - cap).max(0.0) * self.narrow);
            let bank = self.ridge * (side * side).max(lip * lip);
            made[0][k] = cover;
            made[1][k] = self.thick * (1.0 + self.furrow * bristles[k] + bank) * (1.0 - 0.5 * want);
        }
        made
    }
}

/// The samples of a row between the borders of a piece.
#[inline(always)]
fn span(corners: &[[f32; 2]; 4], y: f32) -> (usize, usize) {
    let (mut left, mut right) = (f32::MAX, f32::MIN);
    for k in 0..4 {
        let ([ax, ay], [bx, by]) = (corners[k], corners[(k + 1) % 4]);
        let (low, high) = (ay.min(by), ay.max(by));
        if low <= y && y <= high {
            let down = by - ay;
            let t = if down.abs() > 1e-4 { (y - ay) / down } else { 0.0 };
            let x = ax + t * (bx - ax);
            left = left.min(x);
            right = right.max(x);
            if down.abs() <= 1e-4 {
                left = left.min(bx);
                right = right.max(bx);
            }
        }
    }
    if left > right {
        return (0, 0);
    }
    ((left - 1.0).max(0.0) as usize, (right + 2.0).max(0.0) as usize)
}

kernel! {
    /// Lay a piece under what there is in a tile. The planes are three of colour, one of height, and what still shows
    /// through. `reach` is how far beyond half its width a piece is felt.
    pub(crate) fn lay(planes: &mut [&mut [f32]; 5], tile: Tile, piece: &Piece, load: &Load, table: &Bristles, reach: f32) {
        let corners = piece.corners(reach);
        let rows = planes[0].len() / tile.stride;
        let (top, low) = corners.iter().fold((f32::MAX, f32::MIN), |(top, low), c| (top.min(c[1]), low.max(c[1])));
        if low < 0.0 || top > (rows - 1) as f32 {
            return;
        }
        let last = (low.min((rows - 1) as f32)) as usize;
        for y in top.max(0.0).ceil() as usize..=last {
            let (left, right) = span(&corners, y as f32);
            let first = (left / LANES * LANES).max(tile.left);
            for x in (first..right.min(tile.right)).step_by(LANES) {
                run(planes, y * tile.stride + x, [x as f32, y as f32], piece, load, table);
            }
        }
    }
}

/// The greatest of a chunk.
#[inline(always)]
fn most(values: &[f32; LANES]) -> f32 {
    let mut most = [0.0f32; LANES / 2];
    for k in 0..LANES / 2 {
        most[k] = values[k].max(values[k + LANES / 2]);
    }
    for k in 0..LANES / 4 {
        most[k] = most[k].max(most[k + LANES / 4]);
    }
    most[0].max(most[1]).max(most[2].max(most[3]))
}

/// A chunk of a row.
#[inline(always)]
fn run(
    planes: &mut [&mut [f32]; 5],
    at: usize,
    [x, y]: [f32; 2],
    piece: &Piece,
    load: &Load,
    table: &Bristles,
) {
    let [r, g, b, h, left] = planes;
    let Some(left) = left[at..].first_chunk_mut::<LANES>() else { return };
    if most(left) < HIDDEN {
        return;
    }
    let mut chunk = piece.place(x, y, load);
    for (cover, left) in chunk.cover.iter_mut().zip(&*left) {
        *cover *= left;
    }
    let mut bristles = [0.0; LANES];
    for (k, bristle) in bristles.iter_mut().enumerate() {
        // What is not covered needs no bristle.
        if chunk.cover[k] > 0.0 {
            let along = load.start[0] + chunk.u[k] * load.pace[0];
            let across = load.start[1] + chunk.v[k] * load.pace[1];
            *bristle = between(table, along.max(0.0), across.max(0.0));
        }
    }
    let [taken, height] = load.lay(&chunk, &bristles);
    for (c, plane) in [r, g, b].into_iter().enumerate() {
        let Some(plane) = plane[at..].first_chunk_mut::<LANES>() else { return };
        for k in 0..LANES {
            plane[k] += taken[k] * (load.colour[c] + load.swing[c] * bristles[k]);
        }
    }
    let Some(h) = h[at..].first_chunk_mut::<LANES>() else { return };
    for k in 0..LANES {
        h[k] += taken[k] * height[k];
        left[k] -= taken[k];
    }
}

impl Piece {
    /// The corners of what it may cover, a little outside.
    #[inline(always)]
    fn corners(&self, reach: f32) -> [[f32; 2]; 4] {
        let along = [self.across[1], -self.across[0]];
        let corner = |p: [f32; 2], gate: [f32; 2], half: f32, side: f32, out: f32| {
            // Along the bisector, a width is as much longer as it is slanted.
            let slant = (gate[0] * along[0] + gate[1] * along[1]).abs().max(0.3);
            let far = side * (half + reach) / slant;
            [p[0] - gate[1] * far + out * along[0], p[1] + gate[0] * far + out * along[1]]
        };
        let [a, b] = self.gates;
        [
            corner(self.from, a, self.halves[0], 1.0, -0.05),
            corner(self.from, a, self.halves[0], -1.0, -0.05),
            corner(self.to, b, self.halves[1], -1.0, 0.05),
            corner(self.to, b, self.halves[1], 1.0, 0.05),
        ]
    }
}

#[cfg(test)]
mod tests;
