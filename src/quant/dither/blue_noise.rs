//! A tile of blue noise by void and cluster (Robert Ulichney, "The void-and-cluster method for dither array
//! generation", 1993).
//!
//! Every place of the tile has a rank; the places of the lowest ranks, however many, lie as evenly as so many
//! can. Energies are integers, so the tile is the same everywhere.

use std::sync::OnceLock;

/// Places along a side of the tile, which repeats without a seam.
pub(super) const SIDE: usize = 64;

const PLACES: usize = SIDE * SIDE;

/// The spread Ulichney found best.
const SIGMA: f64 = 1.5;

/// How far a place is felt; further out its energy rounds to nothing beside that of nearer ones.
const REACH: usize = 8;

/// The rank of each place, row after row, made at the first call.
pub(super) fn ranks() -> &'static [u16] {
    static TILE: OnceLock<Vec<u16>> = OnceLock::new();
    TILE.get_or_init(make)
}

/// Which places are taken, and how crowded it is at each.
#[derive(Clone)]
struct Pattern {
    taken: Vec<bool>,
    energy: Vec<i32>,
    /// What a place adds to those around it.
    bump: Vec<i32>,
}

impl Pattern {
    fn new() -> Self {
        let felt = |i: usize| {
            let (x, y) = ((i % (2 * REACH + 1)).abs_diff(REACH), (i / (2 * REACH + 1)).abs_diff(REACH));
            (1e6 * (-((x * x + y * y) as f64) / (2.0 * SIGMA * SIGMA)).exp()).round() as i32
        };
        let bump = (0..(2 * REACH + 1) * (2 * REACH + 1)).map(felt).collect();
        Self { taken: vec![false; PLACES], energy: vec![0; PLACES], bump }
    }

    fn set(&mut self, place: usize, taken: bool) {
        self.taken[place] = taken;
        let (x, y) = (place % SIDE + SIDE - REACH, place / SIDE + SIDE - REACH);
        for (dy, row) in self.bump.chunks_exact(2 * REACH + 1).enumerate() {
            let start = (y + dy) % SIDE * SIDE;
            for (dx, bump) in row.iter().enumerate() {
                self.energy[start + (x + dx) % SIDE] += if taken { *bump } else { -bump };
            }
        }
    }

    /// The most crowded place of those taken.
    fn cluster(&self) -> usize {
        let places = (0..PLACES).filter(|&i| self.taken[i]);
        places.reduce(|a, b| if self.energy[b] > self.energy[a] { b } else { a }).unwrap_or(0)
    }

    /// The emptiest place of those free.
    fn void(&self) -> usize {
        let places = (0..PLACES).filter(|&i| !self.taken[i]);
        places.reduce(|a, b| if self.energy[b] < self.energy[a] { b } else { a }).unwrap_or(0)
    }
}

/// A tenth of the places at random, moved from clusters to voids until that changes nothing.
fn beginning() -> Pattern {
    let mut pattern = Pattern::new();
    let mut state = 1u32;
    while pattern.taken.iter().filter(|taken| **taken).count() < PLACES / 10 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let place = (state >> 16) as usize % PLACES;
        if !pattern.taken[place] {
            pattern.set(place, true);
        }
    }
    loop {
        let from = pattern.cluster();
        pattern.set(from, false);
        let to = pattern.void();
        pattern.set(to, true);
        if from == to {
            return pattern;
        }
    }
}

fn make() -> Vec<u16> {
    let mut ranks = vec![0; PLACES];
    let mut pattern = beginning();
    let first = pattern.clone();
    let count = first.taken.iter().filter(|taken| **taken).count();
    // Emptied from its clusters, the beginning yields its own ranks from the last to the first …
    for rank in (0..count).rev() {
        let place = pattern.cluster();
        pattern.set(place, false);
        ranks[place] = rank as u16;
    }
    // … and filled from its voids the rest. Energies of taken and free places add up to the same everywhere,
    // so the emptiest free place is also where free places crowd most, as the second half of the method wants
    // it.
    pattern = first;
    for rank in count..PLACES {
        let place = pattern.void();
        pattern.set(place, true);
        ranks[place] = rank as u16;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rank_is_there_once() {
        let mut sorted = ranks().to_vec();
        sorted.sort_unstable();
        assert!(sorted.iter().enumerate().all(|(i, rank)| i == usize::from(*rank)));
    }

    /// Mean square of the differences to the four neighbours of a pattern smoothed by 4 x 4 means: what is
    /// left at low frequencies.
    fn roughness(ranks: &[u16]) -> f64 {
        let on = |x: usize, y: usize| f64::from(u8::from(ranks[y % SIDE * SIDE + x % SIDE] < 1024));
        let mean = |x: usize, y: usize| (0..16).map(|i| on(x + i % 4, y + i / 4)).sum::<f64>() / 16.0;
        (0..PLACES).map(|i| (mean(i % SIDE, i / SIDE) - 0.25).powi(2)).sum::<f64>() / PLACES as f64
    }

    #[test]
    fn it_is_blue() {
        // Independent places have a variance of p (1 - p) / 16 after smoothing.
        let white = 0.25 * 0.75 / 16.0;
        assert!(roughness(ranks()) < 0.25 * white, "{} of {white}", roughness(ranks()));
    }
}
