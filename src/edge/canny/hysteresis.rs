//! From strong pixels along the candidates, 64 pixels at a time.
//!
//! Two planes of bits say all: the candidates, and which of them are still open. A candidate that is not open
//! is an edge. A band is swept down and up once, which settles nearly all of it; what is closed on the
//! way up or later goes to a list, and an entry of the list closes the open candidates beside it. Each
//! pixel is closed once, so the cost is linear in the number of edge pixels, however the edges wind. The
//! result is the closure of the strong pixels: no order of work can change it, and so bands can be settled
//! at one time and joined afterwards.

/// Close what the strong pixels of a band reach inside it.
pub(super) fn settle(candidates: &[u64], open: &mut [u64], stride: usize) {
    let mut flood = Flood { open, stride, list: Vec::new() };
    flood.sweep_down(candidates);
    flood.sweep_up(candidates);
    flood.drain();
}

/// Close what bands that are settled each for itself reach in one another.
pub(super) fn join(candidates: &[u64], open: &mut [u64], stride: usize, band_rows: usize) {
    let rows = candidates.len() / stride;
    let mut flood = Flood { open, stride, list: Vec::new() };
    for below in (band_rows..rows).step_by(band_rows) {
        let first = below * stride;
        for i in first..first + stride {
            flood.close(i, near(candidates, flood.open, i - stride, stride));
            flood.close(i - stride, near(candidates, flood.open, i, stride));
        }
    }
    flood.drain();
}

struct Flood<'a> {
    open: &'a mut [u64],
    stride: usize,
    /// Words, and the pixels closed in them that their neighbours have not heard of.
    list: Vec<(u32, u64)>,
}

impl Flood<'_> {
    /// Each row hears from the one above it, and each word from the one on its left.
    fn sweep_down(&mut self, candidates: &[u64]) {
        for i in 0..self.open.len() {
            if self.open[i] == 0 {
                continue;
            }
            let own = candidates[i] & !self.open[i];
            let above =
                if i >= self.stride { near(candidates, self.open, i - self.stride, self.stride) } else { 0 };
            let left = if i % self.stride > 0 { (candidates[i - 1] & !self.open[i - 1]) >> 63 } else { 0 };
            self.open[i] &= !spread((above | own << 1 | own >> 1 | left) & self.open[i], self.open[i]);
        }
    }

    /// Each row hears from the one below it, and each word from the one on its right. What this closes has
    /// been passed by the sweep down, so it goes on the list.
    fn sweep_up(&mut self, candidates: &[u64]) {
        let last = self.open.len() - self.stride;
        for i in (0..self.open.len()).rev() {
            if self.open[i] == 0 {
                continue;
            }
            let below = if i < last { near(candidates, self.open, i + self.stride, self.stride) } else { 0 };
            let ends = (i + 1) % self.stride == 0;
            let right = if ends { 0 } else { (candidates[i + 1] & !self.open[i + 1]) << 63 };
            self.close(i, below | right);
        }
    }

    fn drain(&mut self) {
        while let Some((i, closed)) = self.list.pop() {
            let (i, near) = (i as usize, closed | closed << 1 | closed >> 1);
            if i >= self.stride {
                self.close(i - self.stride, near);
            }
            if i + self.stride < self.open.len() {
                self.close(i + self.stride, near);
            }
            if closed & (1 | 1 << 63) != 0 {
                self.sideways(i, closed);
            }
        }
    }

    /// From the first or last pixel of a word into the words beside it.
    fn sideways(&mut self, i: usize, closed: u64) {
        let column = i % self.stride;
        for row in [i.checked_sub(self.stride), Some(i), Some(i + self.stride)] {
            let Some(j) = row.filter(|j| *j < self.open.len()) else { continue };
            if closed & 1 == 1 && column > 0 {
                self.close(j - 1, 1 << 63);
            }
            if closed >> 63 == 1 && column + 1 < self.stride {
                self.close(j + 1, 1);
            }
        }
    }

    /// Close the open pixels of word `i` among `near`, and the runs they are in.
    #[inline(always)]
    fn close(&mut self, i: usize, near: u64) {
        let open = self.open[i];
        let seeds = near & open;
        if seeds != 0 {
            let closed = spread(seeds, open);
            self.open[i] = open & !closed;
            self.list.push((i as u32, closed));
        }
    }
}

/// The pixels under, over or beside the edges of word `i` and of its neighbours in the row.
#[inline]
fn near(candidates: &[u64], open: &[u64], i: usize, stride: usize) -> u64 {
    let edges = |i: usize| candidates[i] & !open[i];
    let (word, column) = (edges(i), i % stride);
    let left = if column > 0 { edges(i - 1) >> 63 } else { 0 };
    let right = if column + 1 < stride { edges(i + 1) << 63 } else { 0 };
    word | word << 1 | word >> 1 | left | right
}

/// All of each run of `open` bits that holds a seed. The seeds are open.
#[inline(always)]
fn spread(mut seeds: u64, open: u64) -> u64 {
    let mut filled = 0;
    while seeds != 0 {
        let first = seeds & seeds.wrapping_neg();
        // Upwards an addition does it: the carry runs from the seed to the end of the run.
        let upwards = open & !open.wrapping_add(first);
        // Downwards the run begins above the highest closed bit.
        let start = 1 << (64 - (!open & (first - 1)).leading_zeros());
        let run = upwards | (first - start);
        filled |= run;
        seeds &= !run;
    }
    filled
}
