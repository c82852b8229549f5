//! The face of a seal.
//!
//! Its signs are our own and can be read by nobody: strokes folded to and fro until they fill their square, in the way of
//! the nine-fold script (九叠篆) of official seals. What the knife leaves is not straight, corners have chipped off, and
//! paste takes unevenly.

use crate::kernel::drawing::ramp;
use crate::kernel::noise::{mix, signed};

/// Lines of the lattice a sign is drawn on.
const LATTICE: f32 = 8.0;

/// A straight stroke of a sign, from one place of the lattice to another.
type Stroke = [i8; 4];

/// Strokes, column by column, of signs that stand on a lattice of nine lines each way.
const SIGNS: [&[Stroke]; 6] = [
    // A roof over two beams, and a folded foot.
    &[
        [4, 0, 4, 1],
        [1, 1, 7, 1],
        [1, 1, 1, 3],
        [7, 1, 7, 3],
        [2, 3, 6, 3],
        [4, 3, 4, 5],
        [1, 5, 7, 5],
        [1, 5, 1, 7],
        [1, 7, 3, 7],
        [3, 7, 3, 8],
        [7, 5, 7, 7],
        [5, 7, 7, 7],
        [5, 7, 5, 8],
    ],
    // A shuttle between threads.
    &[
        [0, 0, 0, 8],
        [2, 0, 2, 2],
        [2, 2, 6, 2],
        [6, 0, 6, 2],
        [8, 0, 8, 8],
        [2, 4, 6, 4],
        [4, 2, 4, 6],
        [2, 6, 6, 6],
        [2, 6, 2, 8],
        [6, 6, 6, 8],
    ],
    // A river in its bed.
    &[
        [1, 0, 1, 8],
        [3, 0, 3, 3],
        [3, 3, 5, 3],
        [5, 3, 5, 6],
        [3, 6, 5, 6],
        [3, 6, 3, 8],
        [7, 0, 7, 4],
        [7, 4, 8, 4],
        [7, 5, 7, 8],
    ],
    // A field and a path.
    &[
        [1, 0, 7, 0],
        [1, 0, 1, 4],
        [7, 0, 7, 4],
        [1, 4, 7, 4],
        [4, 0, 4, 8],
        [1, 2, 7, 2],
        [0, 6, 8, 6],
        [0, 6, 0, 8],
        [8, 6, 8, 8],
        [2, 8, 6, 8],
    ],
    // Folds upon folds.
    &[
        [0, 0, 8, 0],
        [8, 0, 8, 2],
        [0, 2, 8, 2],
        [0, 2, 0, 4],
        [0, 4, 8, 4],
        [8, 4, 8, 6],
        [0, 6, 8, 6],
        [0, 6, 0, 8],
        [0, 8, 8, 8],
    ],
    // Three peaks.
    &[[4, 0, 4, 6], [1, 3, 1, 6], [7, 3, 7, 6], [1, 6, 7, 6], [2, 1, 2, 4], [6, 1, 6, 4], [0, 8, 8, 8]],
];

/// A seal one unit wide and high, of four signs.
pub(crate) struct Face {
    signs: [usize; 4],
    /// Are signs left standing (and print), or cut away?
    standing: bool,
    wear: f32,
    seed: u32,
}

impl Face {
    pub(crate) fn new(standing: bool, wear: f32, seed: u32) -> Self {
        // Four of the six, none twice.
        let mut order = [0, 1, 2, 3, 4, 5];
        for k in 0..4 {
            let other = k + (mix(seed ^ k as u32) % (6 - k as u32)) as usize;
            order.swap(k, other);
        }
        let signs = [order[0], order[1], order[2], order[3]];
        Self { signs, standing, wear, seed }
    }

    /// How much paste is left at a place of the face, both 0..1; `pixel` is how large a pixel is.
    pub(crate) fn print(&self, x: f32, y: f32, pixel: f32) -> f32 {
        let shake = 0.004 * self.wear;
        let (wx, wy) = (x + shake * self.noise(x, y, 14.0, 1), y + shake * self.noise(x, y, 14.0, 2));
        let rim = self.rim(wx, wy);
        let cut = self.signs(wx, wy) + 0.0035 * self.wear * self.noise(x, y, 40.0, 3);
        let soft = 0.7 * pixel.max(0.004);
        let inside = ramp(0.5 - rim / soft * 0.5);
        let sign = ramp(0.5 - cut / soft * 0.5);
        let stone = if self.standing {
            // A frame around signs.
            sign.max(ramp(0.5 + (rim + 0.042) / soft * 0.5))
        } else {
            1.0 - sign * ramp(0.5 - (rim + 0.03) / soft * 0.5)
        };
        inside * stone * self.paste(x, y, pixel)
    }

    /// How far outside the stone a place is, chipped as it is.
    fn rim(&self, x: f32, y: f32) -> f32 {
        const ROUND: f32 = 0.06;
        let (dx, dy) = ((x - 0.5).abs() - 0.5 + ROUND, (y - 0.5).abs() - 0.5 + ROUND);
        let (ox, oy) = (dx.max(0.0), dy.max(0.0));
        let away = (ox * ox + oy * oy).sqrt() + dx.max(dy).min(0.0) - ROUND;
        let chip = self.wear * (0.012 + 0.022 * (self.noise(x, y, 7.0, 4) - 0.9).max(0.0));
        away + chip * (1.0 + 0.6 * self.noise(x, y, 22.0, 5))
    }

    /// How far a place is from the strokes of the signs.
    fn signs(&self, x: f32, y: f32) -> f32 {
        const MARGIN: f32 = 0.1;
        const GAP: f32 = 0.075;
        let side = 0.5 * (1.0 - 2.0 * MARGIN - GAP);
        // Read downwards, and from the right.
        let (column, row) = (usize::from(x < 0.5), usize::from(y >= 0.5));
        let left = if column == 0 { MARGIN + side + GAP } else { MARGIN };
        let top = if row == 0 { MARGIN } else { MARGIN + side + GAP };
        let (u, v) = ((x - left) / side * LATTICE, (y - top) / side * LATTICE);
        let strokes = SIGNS[self.signs[2 * column + row]];
        let least = strokes.iter().map(|stroke| apart(*stroke, u, v)).fold(f32::MAX, f32::min);
        let half = if self.standing { 0.4 } else { 0.5 };
        (least - half) * side / LATTICE
    }

    /// How evenly paste has taken.
    fn paste(&self, x: f32, y: f32, pixel: f32) -> f32 {
        let fine = (0.012 / pixel.max(1e-4)).min(1.0);
        let spots = self.noise(x, y, 26.0, 6) + 0.7 * fine * self.noise(x, y, 70.0, 7);
        let bare = ramp((spots - 1.7 + 0.25 * self.wear) / 0.5) * self.wear;
        (1.0 - 0.75 * bare.min(1.0)) * (0.93 + 0.05 * self.noise(x, y, 5.0, 8)).clamp(0.0, 1.0)
    }

    /// Smooth noise of deviation about 1, `cells` across the face.
    fn noise(&self, x: f32, y: f32, cells: f32, salt: u32) -> f32 {
        let (u, v) = (x * cells, y * cells);
        let (i, j) = (u.floor(), v.floor());
        let (fx, fy) = (ramp(u - i), ramp(v - j));
        let key = self.seed ^ salt.wrapping_mul(0x85eb_ca6b);
        let at = |a: i32, b: i32| {
            signed(mix(mix((i as i32 + a) as u32 ^ key).wrapping_add((j as i32 + b) as u32)))
        };
        let upper = at(0, 0) + fx * (at(1, 0) - at(0, 0));
        let lower = at(0, 1) + fx * (at(1, 1) - at(0, 1));
        2.2 * (upper + fy * (lower - upper))
    }
}

/// How far a place is from a stroke with blunt ends, in lattice units.
fn apart([ax, ay, bx, by]: Stroke, u: f32, v: f32) -> f32 {
    let out = |p: f32, a: i8, b: i8| {
        let (low, high) = (f32::from(a.min(b)), f32::from(a.max(b)));
        (low - p).max(p - high).max(0.0)
    };
    let (du, dv) = (out(u, ax, bx), out(v, ay, by));
    // Between a square's distance and a circle's: corners a knife has rounded.
    let (long, short) = (du.max(dv), du.min(dv));
    long + 0.25 * short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_prints_on_the_stone_and_nowhere_else() {
        for standing in [true, false] {
            let face = Face::new(standing, 1.0, 7);
            assert_eq!(face.print(-0.1, 0.5, 0.01), 0.0);
            assert_eq!(face.print(0.5, 1.1, 0.01), 0.0);
            let all =
                (0..10_000).map(|i| face.print((i % 100) as f32 / 100.0, (i / 100) as f32 / 100.0, 0.01));
            let mean = all.sum::<f32>() / 10_000.0;
            assert!(
                if standing { (0.3..0.7).contains(&mean) } else { (0.35..0.8).contains(&mean) },
                "{mean}"
            );
        }
    }

    #[test]
    fn no_sign_comes_twice() {
        for seed in 0..50 {
            let face = Face::new(true, 0.5, seed);
            let mut signs = face.signs;
            signs.sort_unstable();
            assert!(signs.windows(2).all(|pair| pair[0] < pair[1]), "{signs:?}");
        }
    }

    #[test]
    fn a_stroke_is_as_far_as_it_looks() {
        assert_eq!(apart([0, 0, 4, 0], 2.0, 1.0), 1.0);
        assert_eq!(apart([0, 0, 4, 0], 2.0, 0.0), 0.0);
        assert_eq!(apart([0, 0, 4, 0], 6.0, 0.0), 2.0);
    }
}
