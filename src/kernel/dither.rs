//! Dithering eight pixels at a time: of eight bands that know nothing of each other where an error travels
//! along a row, of one row where it does not.

use super::level::kernel;
use super::nearest::{Entries, LANES, Lanes, square_distance};

/// How colours of the working space mix in the eye, which adds up light. A matrix takes a point to three
/// roots, a curve of third degree takes each root to light: exact for Oklab, near enough for sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Light {
    /// Working space to roots.
    pub(crate) to_root: [[f32; 3]; 3],
    /// Roots to the working space.
    pub(crate) from_root: [[f32; 3]; 3],
    /// Light is `c₀ r + c₁ r² + c₂ r³`.
    pub(crate) curve: [f32; 3],
    /// Slopes are taken at this root or above: the slope of a cube is nothing in black.
    pub(crate) floor: f32,
}

impl Light {
    /// Roots are not negative.
    #[inline(always)]
    fn root(&self, p: [f32; 3]) -> [f32; 3] {
        let positive = |x: f32| if x > 0.0 { x } else { 0.0 };
        apply(&self.to_root, p).map(positive)
    }

    #[inline(always)]
    fn light(&self, root: f32) -> f32 {
        root * (self.curve[0] + root * (self.curve[1] + root * self.curve[2]))
    }

    #[inline(always)]
    fn slope(&self, root: f32) -> f32 {
        self.curve[0] + root * (2.0 * self.curve[1] + root * (3.0 * self.curve[2]))
    }

    /// The difference in light between point `p` and a colour, as a vector of the working space at `p`: what
    /// is left to be shown when the colour stands for the point.
    ///
    /// The slope of light is that at the point, whatever the colour, so that errors add up to nothing where
    /// light does.
    #[inline(always)]
    pub(crate) fn difference(&self, p: [f32; 3], colour: &[f32; 3]) -> [f32; 3] {
        let root = self.root(p);
        let part = |c: usize| {
            let at = if root[c] > self.floor { root[c] } else { self.floor };
            (self.light(root[c]) - self.light(colour[c])) / self.slope(at)
        };
        apply(&self.from_root, [part(0), part(1), part(2)])
    }

    /// A step towards white.
    pub(crate) fn lighter(&self, by: f32) -> [f32; 3] {
        apply(&self.from_root, [by; 3])
    }

    /// The roots of a palette.
    pub(crate) fn roots(&self, points: &[[f32; 4]]) -> Vec<[f32; 3]> {
        points.iter().map(|p| self.root([p[0], p[1], p[2]])).collect()
    }
}

#[inline(always)]
fn apply(m: &[[f32; 3]; 3], v: [f32; 3]) -> [f32; 3] {
    [
        m[0][0] * v[0] + m[0][1] * v[1] + m[0][2] * v[2],
        m[1][0] * v[0] + m[1][1] * v[1] + m[1][2] * v[2],
        m[2][0] * v[0] + m[2][1] * v[1] + m[2][2] * v[2],
    ]
}

/// What a dither has to choose from.
#[derive(Clone, Copy)]
pub(crate) struct Colours<'a> {
    pub(crate) entries: &'a Entries,
    pub(crate) roots: &'a [[f32; 3]],
    pub(crate) light: &'a Light,
    /// No error is longer than this.
    pub(crate) limit: f32,
    /// For each entry the squared distance at which half an error is forgiven.
    pub(crate) own: &'a [f32],
    /// How much is forgiven in all, 0 to 1.
    pub(crate) clean: f32,
}

impl Colours<'_> {
    /// The nearest entry to `p + carried`, and the error left when it stands for `p`.
    #[inline(always)]
    fn step(&self, p: &[Lanes; 3], carried: &[Lanes; 3]) -> ([u32; LANES], [Lanes; 3]) {
        let mut wanted = *p;
        for c in 0..3 {
            for l in 0..LANES {
                wanted[c][l] += carried[c][l];
            }
        }
        let found = self.entries.find_lanes(&wanted);
        let mut error = self.left(p, &found);
        for c in 0..3 {
            for l in 0..LANES {
                error[c][l] += carried[c][l];
            }
        }
        (found, error)
    }

    /// What is left to be shown when these entries stand for `p`.
    #[inline(always)]
    fn left(&self, p: &[Lanes; 3], found: &[u32; LANES]) -> [Lanes; 3] {
        let mut colour = [[0.0; LANES]; 3];
        for l in 0..LANES {
            let root = &self.roots[found[l] as usize];
            for c in 0..3 {
                colour[c][l] = root[c];
            }
        }
        let mut left = [[0.0; LANES]; 3];
        for l in 0..LANES {
            let [x, y, z] = [0, 1, 2].map(|c: usize| p[c][l]);
            let vector = self.light.difference([x, y, z], &[colour[0][l], colour[1][l], colour[2][l]]);
            for c in 0..3 {
                left[c][l] = vector[c];
            }
        }
        left
    }

    /// Where a point comes to lie as far from an entry again, times `far`, on the other side.
    #[inline(always)]
    fn mirrored(&self, p: &[Lanes; 3], found: &[u32; LANES], far: f32) -> [Lanes; 3] {
        let entry = |c: usize, l: usize| self.entries.points[found[l] as usize][c];
        std::array::from_fn(|c| std::array::from_fn(|l| p[c][l] + far * (p[c][l] - entry(c, l))))
    }

    /// Forgive errors where the entries found are nearly the points' own colours. Beside an entry that stands
    /// alone even a slight difference would in the end be paid with a dot of a far colour, which is seen
    /// where the difference is not.
    #[inline(always)]
    fn forgive(&self, p: &[Lanes; 3], found: &[u32; LANES], error: &mut [Lanes; 3]) {
        let (mut square, mut own) = ([0.0; LANES], [0.0; LANES]);
        for l in 0..LANES {
            let i = found[l] as usize;
            square[l] = square_distance([p[0][l], p[1][l], p[2][l]], self.entries.points[i]);
            own[l] = self.own[i];
        }
        for l in 0..LANES {
            let ratio = square[l] / own[l];
            let keep = 1.0 - self.clean / (1.0 + ratio * ratio);
            for channel in error.iter_mut() {
                channel[l] *= keep;
            }
        }
    }

    /// An error cut down to the limit.
    #[inline(always)]
    fn cut(&self, error: &mut [Lanes; 3]) {
        for l in 0..LANES {
            let square = error[0][l] * error[0][l] + error[1][l] * error[1][l] + error[2][l] * error[2][l];
            let gain = self.limit / (square + 1e-20).sqrt();
            let gain = if gain < 1.0 { gain } else { 1.0 };
            for channel in error.iter_mut() {
                channel[l] *= gain;
            }
        }
    }
}

/// A pixel of each band: its point, and how much error it takes in; below zero it is no part of the picture.
pub(crate) type Cell = [Lanes; 4];

/// An error for a pixel of each band.
pub(crate) type Error = [Lanes; 3];

/// Where a share of the error goes: so far ahead, so many rows down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tap {
    pub(crate) ahead: i32,
    pub(crate) down: usize,
    pub(crate) share: f32,
}

/// Cells beside a row of errors for what falls over its ends.
pub(crate) const REACH: usize = 2;

kernel! {
    /// One row of error diffusion in [`LANES`] bands. `errors` are this row and the two below, each [`REACH`]
    /// longer at both ends.
    pub(crate) fn diffuse_row(
        colours: Colours<'_>, taps: &[Tap], cells: &[Cell], errors: &mut [Vec<Error>; 3], backward: bool, out: &mut [[u16; LANES]]
    ) {
        let width = cells.len();
        for i in 0..width {
            let x = if backward { width - 1 - i } else { i };
            let cell = &cells[x];
            let mut carried = errors[0][x + REACH];
            colours.cut(&mut carried);
            for channel in &mut carried {
                for l in 0..LANES {
                    channel[l] *= if cell[3][l] > 0.0 { cell[3][l] } else { 0.0 };
                }
            }
            let (found, mut error) = colours.step(&[cell[0], cell[1], cell[2]], &carried);
            colours.forgive(&[cell[0], cell[1], cell[2]], &found, &mut error);
            for channel in &mut error {
                for l in 0..LANES {
                    channel[l] *= if cell[3][l] >= 0.0 { 1.0 } else { 0.0 };
                }
            }
            out[x] = found.map(|found| found as u16);
            for tap in taps {
                let to = (x + REACH) as i32 + if backward { -tap.ahead } else { tap.ahead };
                let target = &mut errors[tap.down][to as usize];
                for c in 0..3 {
                    for l in 0..LANES {
                        target[c][l] += error[c][l] * tap.share;
                    }
                }
            }
        }
    }
}

/// A row of points to dither by thresholds.
#[derive(Clone, Copy)]
pub(crate) struct Threshold<'a> {
    pub(crate) points: [&'a [f32]; 3],
    /// Between 0 and 1, one for each pixel.
    pub(crate) thresholds: &'a [f32],
    /// Place of each entry from dark to light.
    pub(crate) rank: &'a [u16],
    /// The entry at each such place.
    pub(crate) by_lightness: &'a [u16],
    /// How much of the mixing is done, 0 to 1.
    pub(crate) strength: f32,
}

impl Threshold<'_> {
    /// Eight points from `start` on; past the end of the row the last one again.
    #[inline(always)]
    fn lanes(&self, start: usize) -> [Lanes; 3] {
        self.points.map(|row| std::array::from_fn(|l| row[(start + l).min(row.len() - 1)]))
    }
}

/// A sum of products over the channels.
#[inline(always)]
fn dot(a: &[Lanes; 3], b: &[Lanes; 3]) -> Lanes {
    std::array::from_fn(|l| a[0][l] * b[0][l] + a[1][l] * b[1][l] + a[2][l] * b[2][l])
}

kernel! {
    /// Each point shows one of two entries: the nearest, and the one found beyond the point, so that
    /// between them they mix to it.
    pub(crate) fn mix_two_row(colours: Colours<'_>, row: Threshold<'_>, out: &mut [u16]) {
        for (i, out) in out.chunks_mut(LANES).enumerate() {
            let p = row.lanes(i * LANES);
            let none = [[0.0; LANES]; 3];
            let (near, error) = colours.step(&p, &none);
            let across = colours.entries.find_lanes(&colours.mirrored(&p, &near, 1.0));
            let beyond = colours.entries.find_lanes(&colours.mirrored(&p, &near, 2.0));
            let far = std::array::from_fn(|l| if across[l] == near[l] { beyond[l] } else { across[l] });
            let other = colours.left(&p, &far);
            let between: [Lanes; 3] =
                std::array::from_fn(|c| std::array::from_fn(|l| error[c][l] - other[c][l]));
            let (along, whole) = (dot(&error, &between), dot(&between, &between));
            for (l, out) in out.iter_mut().enumerate() {
                let share = along[l] / (whole[l] + 1e-12);
                let share = row.strength * share;
                let lighter = row.rank[far[l] as usize] > row.rank[near[l] as usize];
                let share = if lighter { share } else { 1.0 - share };
                let take_far = (share > row.thresholds[i * LANES + l]) == lighter;
                *out = if take_far { far[l] } else { near[l] } as u16;
            }
        }
    }
}

/// The greatest number of entries a point is mixed of.
pub(crate) const MOST: usize = 64;

kernel! {
    /// Each point is mixed of `count` entries, each chosen to make up for the errors of those before; the
    /// threshold picks one of them by lightness.
    pub(crate) fn mix_many_row(colours: Colours<'_>, row: Threshold<'_>, count: usize, out: &mut [u16]) {
        let count = count.clamp(1, MOST);
        for (i, out) in out.chunks_mut(LANES).enumerate() {
            let p = row.lanes(i * LANES);
            let mut carried = [[0.0; LANES]; 3];
            let mut ranks = [[0u16; LANES]; MOST];
            for ranks in ranks.iter_mut().take(count) {
                let (found, error) = colours.step(&p, &carried);
                *ranks = found.map(|found| row.rank[found as usize]);
                carried = error;
                colours.cut(&mut carried);
                for channel in &mut carried {
                    for v in channel {
                        *v *= row.strength;
                    }
                }
            }
            for (l, out) in out.iter_mut().enumerate() {
                let mut sorted: [u16; MOST] = std::array::from_fn(|turn| ranks[turn][l]);
                sorted[..count].sort_unstable();
                let pick = ((1.0 - row.thresholds[i * LANES + l]) * count as f32) as usize;
                *out = row.by_lightness[usize::from(sorted[pick.min(count - 1)])];
            }
        }
    }
}
