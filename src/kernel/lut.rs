//! Three rows through a lookup table: three curves, or a cube of colours.
//!
//! A cube is read between its points by cutting each cell into six tetrahedra along the grey diagonal (Sakamoto and
//! Itooka, US patent 4275413, 1981; compared by Kasson, Nin, Plouffe and Hafner, "Performing color space
//! conversions with three-dimensional linear interpolation", 1995). Four points are read where trilinear reading
//! takes eight, and a grey lies on the edge that all six share, so it is mixed of greys alone and takes no tint.

use super::level::kernel;

/// Points are padded to four numbers, so that one is one vector.
pub(crate) type Point = [f32; 4];

/// Pixels whose places are worked out together, before their points are fetched.
const BLOCK: usize = 32;

/// How a cube lies in memory and in colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    /// Points along an edge, 2 or more.
    pub(crate) size: usize,
    /// Taken from a value of each channel before [`Grid::scale`] is applied.
    pub(crate) from: [f32; 3],
    /// Brings the values of each channel to 0..=1.
    pub(crate) scale: [f32; 3],
}

/// Where a colour lies: the corners of its tetrahedron, from the first point of the cell along the longest, the
/// middle and the shortest part of its place in the cell, and how much each of them counts.
#[derive(Clone, Copy)]
struct Place {
    corner: [u32; 4],
    weight: [f32; 4],
}

/// 0..=1 and nothing else; not a number counts as 0.
#[inline(always)]
#[expect(clippy::manual_clamp, reason = "clamp hands on what is not a number")]
pub(super) fn inside(x: f32) -> f32 {
    x.max(0.0).min(1.0)
}

#[inline(always)]
fn place(grid: &Grid, colour: [f32; 3]) -> Place {
    let (last, side) = (grid.size as i32 - 2, grid.size as i32);
    let edge = (grid.size - 1) as f32;
    let at: [f32; 3] = std::array::from_fn(|c| inside((colour[c] - grid.from[c]) * grid.scale[c]) * edge);
    let cell = at.map(|at| (at as i32).min(last));
    let [x, y, z]: [f32; 3] = std::array::from_fn(|c| at[c] - cell[c] as f32);
    let [dx, dy, dz] = [1, side, side * side];
    let first = cell[0] * dx + cell[1] * dy + cell[2] * dz;
    let (x_long, z_short) = ((x >= y) & (x >= z), (x >= z) & (y >= z));
    let (y_long, x_short) = ((y > x) & (y >= z), (y > x) & (z > x));
    let z_long = !x_long & !y_long;
    let z_short = z_short & !z_long;
    let x_short = x_short | (z_long & (y >= x));
    let along = if x_long {
        dx
    } else if y_long {
        dy
    } else {
        dz
    };
    let short = if z_short {
        dz
    } else if x_short {
        dx
    } else {
        dy
    };
    let (long, low) = (x.max(y).max(z), x.min(y).min(z));
    let middle = x.max(y).min(x.max(z)).min(y.max(z));
    let all = dx + dy + dz;
    Place {
        corner: [first, first + along, first + all - short, first + all].map(|i| i as u32),
        weight: [1.0 - long, long - middle, middle - low, low],
    }
}

kernel! {
    /// Each colour gives way, as far as `amount` says, to that of a cube whose red runs fastest.
    pub(crate) fn cube(r: &mut [f32], g: &mut [f32], b: &mut [f32], points: &[Point], grid: Grid, amount: f32) {
        let keep = 1.0 - amount;
        let mut places = [Place { corner: [0; 4], weight: [0.0; 4] }; BLOCK];
        for ((r, g), b) in r.chunks_mut(BLOCK).zip(g.chunks_mut(BLOCK)).zip(b.chunks_mut(BLOCK)) {
            for (((place_of, r), g), b) in places.iter_mut().zip(&*r).zip(&*g).zip(&*b) {
                *place_of = place(&grid, [*r, *g, *b]);
            }
            for (((place, r), g), b) in places.iter().zip(r).zip(g).zip(b) {
                let mut sum = [0.0; 4];
                for (corner, weight) in place.corner.iter().zip(place.weight) {
                    let point = &points[*corner as usize];
                    for (sum, v) in sum.iter_mut().zip(point) {
                        *sum += weight * v;
                    }
                }
                *r = keep * *r + amount * sum[0];
                *g = keep * *g + amount * sum[1];
                *b = keep * *b + amount * sum[2];
            }
        }
    }
}

kernel! {
    /// Each value gives way, as far as `amount` says, to that of channel `channel` of `points`, which lie at even
    /// steps over the range that `from` and `scale` bring to 0..=1.
    pub(crate) fn line(row: &mut [f32], points: &[Point], channel: usize, from: f32, scale: f32, amount: f32) {
        let last = points.len() - 2;
        let edge = (points.len() - 1) as f32;
        for value in row {
            let at = inside((*value - from) * scale) * edge;
            let left = (at as i32 as usize).min(last);
            let t = at - left as f32;
            let [low, high] = [points[left][channel], points[left + 1][channel]];
            *value = (1.0 - amount) * *value + amount * (low + t * (high - low));
        }
    }
}
