//! Which entry of a palette is nearest: all of them in turn for a few, a grid of candidates for many.

use super::level::kernel;

/// Points done side by side where every entry is tried.
pub(crate) const LANES: usize = 8;

/// Up to so many entries are tried in turn; beyond, the grid is quicker.
pub(crate) const FEW: usize = 32;

/// A value for each of the points done side by side.
pub(crate) type Lanes = [f32; LANES];

/// A palette, ready to be searched.
#[derive(Clone, Debug)]
pub(crate) struct Entries {
    /// Three coordinates each; the fourth is padding.
    pub(crate) points: Vec<[f32; 4]>,
    /// For more than [`FEW`].
    pub(crate) grid: Option<Grid>,
}

/// A box cut into `2^bits` cells along each axis, each with the entries that can be nearest to a point in it.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) low: [f32; 3],
    /// Cells to one unit of length.
    pub(crate) scale: [f32; 3],
    /// The outermost cells reach from here …
    pub(crate) floor: [f32; 3],
    /// … to here; further out the grid has no answer.
    pub(crate) ceiling: [f32; 3],
    pub(crate) bits: u32,
    /// Where the list of each cell begins in `lists`, and how long it is. Neighbours may share one.
    pub(crate) cells: Vec<[u32; 2]>,
    /// Candidates in ascending order, the last one repeated until its block is full.
    pub(crate) lists: Vec<Block>,
}

/// Candidates looked at together.
pub(crate) const BLOCK: usize = 4;

/// The coordinates of some entries, and their places in the palette.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) points: [[f32; BLOCK]; 3],
    pub(crate) places: [u32; BLOCK],
}

#[inline(always)]
pub(crate) fn square_distance(p: [f32; 3], q: [f32; 4]) -> f32 {
    let (x, y, z) = (p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    x * x + y * y + z * z
}

impl Grid {
    #[inline(always)]
    fn covers(&self, p: [f32; 3]) -> bool {
        let within = |c: usize| (p[c] >= self.floor[c]) & (p[c] <= self.ceiling[c]);
        within(0) & within(1) & within(2)
    }

    #[inline(always)]
    pub(crate) fn cell(&self, at: [u32; 3]) -> usize {
        ((at[0] << (2 * self.bits)) | (at[1] << self.bits) | at[2]) as usize
    }

    #[inline(always)]
    fn list(&self, p: [f32; 3]) -> &[Block] {
        let last = ((1u32 << self.bits) - 1) as f32;
        let at = |c: usize| ((p[c] - self.low[c]) * self.scale[c]).max(0.0).min(last) as i32 as u32;
        let [start, len] = self.cells[self.cell([at(0), at(1), at(2)])];
        &self.lists[start as usize..][..len as usize]
    }
}

/// Each place in a block keeps its own nearest; among those the nearest wins, and of several the first.
#[inline(always)]
fn nearest_of(list: &[Block], p: [f32; 3]) -> usize {
    let (mut best, mut least) = ([0u32; BLOCK], [f32::INFINITY; BLOCK]);
    for block in list {
        for i in 0..BLOCK {
            let [x, y, z] = [0, 1, 2].map(|c: usize| p[c] - block.points[c][i]);
            let distance = x * x + y * y + z * z;
            let nearer = distance < least[i];
            least[i] = if nearer { distance } else { least[i] };
            best[i] = if nearer { block.places[i] } else { best[i] };
        }
    }
    // Distances are not negative, so their bits are in order.
    let key = |i: usize| u64::from(least[i].to_bits()) << 32 | u64::from(best[i]);
    (key(0).min(key(1)).min(key(2).min(key(3))) & 0xffff_ffff) as usize
}

impl Entries {
    /// The nearest entry; of several, the first.
    #[inline(always)]
    pub(crate) fn find(&self, p: [f32; 3]) -> usize {
        match &self.grid {
            Some(grid) if grid.covers(p) => nearest_of(grid.list(p), p),
            _ => self.search(p),
        }
    }

    #[inline(never)]
    fn search(&self, p: [f32; 3]) -> usize {
        let (mut best, mut least) = (0, f32::INFINITY);
        for (i, q) in self.points.iter().enumerate() {
            let distance = square_distance(p, *q);
            if distance < least {
                (least, best) = (distance, i);
            }
        }
        best
    }

    /// The nearest entry to each of [`LANES`] points.
    #[inline(always)]
    pub(crate) fn find_lanes(&self, p: &[Lanes; 3]) -> [u32; LANES] {
        if self.grid.is_some() {
            return std::array::from_fn(|l| self.find([p[0][l], p[1][l], p[2][l]]) as u32);
        }
        let (mut best, mut least) = ([0u32; LANES], [f32::INFINITY; LANES]);
        for (i, q) in self.points.iter().enumerate() {
            for l in 0..LANES {
                let distance = square_distance([p[0][l], p[1][l], p[2][l]], *q);
                let nearer = distance < least[l];
                least[l] = if nearer { distance } else { least[l] };
                best[l] = if nearer { i as u32 } else { best[l] };
            }
        }
        best
    }
}

kernel! {
    /// The nearest entry to each point of a row.
    pub(crate) fn find_row(entries: &Entries, p: [&[f32]; 3], out: &mut [u16]) {
        let [x, y, z] = p.map(|row| &row[..out.len()]);
        if entries.grid.is_some() {
            for (((out, x), y), z) in out.iter_mut().zip(x).zip(y).zip(z) {
                *out = entries.find([*x, *y, *z]) as u16;
            }
            return;
        }
        for (i, out) in out.chunks_mut(LANES).enumerate() {
            let take = |row: &[f32]| {
                let mut lanes = [0.0; LANES];
                lanes[..out.len()].copy_from_slice(&row[i * LANES..][..out.len()]);
                lanes
            };
            let found = entries.find_lanes(&[take(x), take(y), take(z)]);
            for (out, found) in out.iter_mut().zip(found) {
                *out = found as u16;
            }
        }
    }
}
