//! Lookup tables of colour: the form in which looks travel between programs.
//!
//! ```text
//! lut/cube.rs  .cube files, read and written
//! lut/hald.rs  the same table as a picture
//! ```
//!
//! A table says what to make of a colour; it does not say what its numbers mean. Looks made for photographs take
//! values with the curve of sRGB and give such values.

mod cube;
mod hald;
#[cfg(test)]
mod tests;

use crate::kernel::Level;
use crate::kernel::lut::{self as kernel, Grid, Point};

/// The most points along an edge of a cube: 48 MB, and twice what good programs write.
const MOST_CUBE: usize = Lut::MOST_POINTS;

/// The most points of three curves.
const MOST_LINE: usize = 65_536;

/// A value past the greatest half float is no colour; left in, it would become infinite further on.
const MOST_VALUE: f32 = 65_504.0;

/// A table of colours: three curves, or a cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Lut {
    /// What it calls itself; often nothing.
    pub title: String,
    shape: Shape,
    points: Vec<Point>,
    /// The least and the greatest value of each channel that it covers.
    domain: [[f32; 3]; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A curve for each channel.
    Line,
    /// Colours at the points of a cube, red fastest; so many along an edge.
    Cube(usize),
}

impl Lut {
    /// The most points along an edge of a cube.
    pub const MOST_POINTS: usize = 144;

    /// A cube over 0..=1 with `size` points along an edge (kept within 2 to 144), filled with what `colour` makes
    /// of each.
    pub fn sampled(size: usize, mut colour: impl FnMut([f32; 3]) -> [f32; 3]) -> Self {
        let size = size.clamp(2, MOST_CUBE);
        let at = |i: usize| i as f32 / (size - 1) as f32;
        let place = |i: usize| [at(i % size), at(i / size % size), at(i / size / size)];
        let points = (0..size.pow(3)).map(|i| padded(colour(place(i)))).collect();
        Self { title: String::new(), shape: Shape::Cube(size), points, domain: UNIT }
    }

    /// Points along an edge of the cube, or of each curve.
    pub fn size(&self) -> usize {
        match self.shape {
            Shape::Line => self.points.len(),
            Shape::Cube(size) => size,
        }
    }

    /// Is it a cube, and not three curves?
    pub fn is_cube(&self) -> bool {
        matches!(self.shape, Shape::Cube(_))
    }

    /// What becomes of one colour.
    pub fn at(&self, colour: [f32; 3]) -> [f32; 3] {
        let [mut r, mut g, mut b] = colour.map(|v| [v]);
        self.apply(Level::PLAIN, [&mut r, &mut g, &mut b], 1.0);
        [r[0], g[0], b[0]]
    }

    /// Does it make a grey of every grey? Reading between points keeps to the grey diagonal, so the points on it
    /// tell.
    pub fn keeps_grey(&self) -> bool {
        let step = match self.shape {
            Shape::Line => 1,
            Shape::Cube(size) => 1 + size + size * size,
        };
        let same = |v: &[f32]| v[0] == v[1] && v[1] == v[2];
        self.domain.iter().all(|end| same(end)) && self.points.iter().step_by(step).all(|point| same(point))
    }

    /// Rows of colour give way to what it makes of them, as far as `amount` says.
    pub(crate) fn apply(&self, level: Level, rows: [&mut [f32]; 3], amount: f32) {
        let [from, to] = self.domain;
        let scale: [f32; 3] = std::array::from_fn(|c| 1.0 / (to[c] - from[c]));
        match self.shape {
            Shape::Line => {
                for (c, row) in rows.into_iter().enumerate() {
                    kernel::line(level, row, &self.points, c, from[c], scale[c], amount);
                }
            }
            Shape::Cube(size) => {
                let [r, g, b] = rows;
                kernel::cube(level, r, g, b, &self.points, Grid { size, from, scale }, amount);
            }
        }
    }
}

const UNIT: [[f32; 3]; 2] = [[0.0; 3], [1.0; 3]];

fn padded([r, g, b]: [f32; 3]) -> Point {
    [r, g, b, 0.0]
}
