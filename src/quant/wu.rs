//! Wu's greedy cuts: of all boxes the one that spreads most is cut where that leaves the least spread.
//!
//! Xiaolin Wu, "Efficient statistical computations for optimal color quantization", Graphics Gems II, 1991. Sums over
//! boxes come from a table of sums up to each corner. The grid covers the colours of the picture and no more: Oklab
//! uses a small part of its cube.

use super::cloud::Cloud;

/// Cells along a side: as many as the table may have, about 2^18.
fn cells(dimensions: usize) -> usize {
    if dimensions == 3 { 64 } else { 22 }
}

/// Weight, sums of the coordinates, sum of the squares.
type Moments<const D: usize> = (f64, [f64; D], f64);

struct Table<const D: usize> {
    /// Sums over all cells up to and without each corner.
    sums: Vec<Moments<D>>,
    side: usize,
}

/// A box of cells: from each first to without each last.
#[derive(Clone, Copy)]
struct Block<const D: usize> {
    from: [usize; D],
    to: [usize; D],
}

/// Up to `count` means of boxes.
pub(super) fn wu<const D: usize>(cloud: &Cloud<D>, count: usize) -> Vec<[f32; D]> {
    let table = Table::new(cloud);
    let mut blocks = vec![Block { from: [0; D], to: [table.side - 1; D] }];
    let mut spreads = vec![table.spread(&blocks[0])];
    while blocks.len() < count {
        let widest = (0..blocks.len()).max_by(|&a, &b| spreads[a].total_cmp(&spreads[b]).then(b.cmp(&a)));
        let Some(widest) = widest.filter(|&i| spreads[i] > 0.0) else { break };
        let Some((one, other)) = table.cut(&blocks[widest]) else {
            spreads[widest] = 0.0;
            continue;
        };
        blocks[widest] = one;
        spreads[widest] = table.spread(&one);
        blocks.push(other);
        spreads.push(table.spread(&other));
    }
    let mean = |block: &Block<D>| {
        let (weight, sum, _) = table.moments(block);
        sum.map(|v| (v / weight.max(f64::MIN_POSITIVE)) as f32)
    };
    blocks.iter().map(mean).collect()
}

impl<const D: usize> Table<D> {
    fn new(cloud: &Cloud<D>) -> Self {
        let (mut low, mut high) = ([f32::MAX; D], [f32::MIN; D]);
        for point in &cloud.points {
            low = std::array::from_fn(|c| low[c].min(point[c]));
            high = std::array::from_fn(|c| high[c].max(point[c]));
        }
        let count = cells(D);
        let side = count + 1;
        let mut sums = vec![(0.0, [0.0; D], 0.0); side.pow(D as u32)];
        for (point, &weight) in cloud.points.iter().zip(&cloud.weights) {
            let cell = (0..D).fold(0, |at, c| {
                let part = (point[c] - low[c]) / (high[c] - low[c]).max(f32::MIN_POSITIVE);
                at * side + 1 + ((part * count as f32) as usize).min(count - 1)
            });
            let weight = f64::from(weight);
            let entry: &mut Moments<D> = &mut sums[cell];
            entry.0 += weight;
            (0..D).for_each(|c| entry.1[c] += weight * f64::from(point[c]));
            entry.2 += weight * point.iter().map(|v| f64::from(v * v)).sum::<f64>();
        }
        let mut table = Self { sums, side };
        (0..D).for_each(|axis| table.accumulate(side.pow(axis as u32)));
        table
    }

    /// Sums along the axis whose neighbours are `step` apart.
    fn accumulate(&mut self, step: usize) {
        for at in 0..self.sums.len() {
            if !(at / step).is_multiple_of(self.side) {
                let before = self.sums[at - step];
                add(&mut self.sums[at], &before, 1.0);
            }
        }
    }

    /// From the sums at all corners, each added or taken away.
    fn moments(&self, block: &Block<D>) -> Moments<D> {
        let mut all = (0.0, [0.0; D], 0.0);
        for corner in 0..1usize << D {
            let at = (0..D).fold(0, |at, c| {
                at * self.side + if corner >> c & 1 == 1 { block.to[c] } else { block.from[c] }
            });
            let sign = if (D as u32 - corner.count_ones()).is_multiple_of(2) { 1.0 } else { -1.0 };
            add(&mut all, &self.sums[at], sign);
        }
        all
    }

    /// The squared error if a box were one colour.
    fn spread(&self, block: &Block<D>) -> f64 {
        let cells: usize = (0..D).map(|c| block.to[c] - block.from[c]).product();
        if cells <= 1 { 0.0 } else { self.moments(block).2 - worth(&self.moments(block)) }
    }

    /// The two parts with the least error together.
    fn cut(&self, block: &Block<D>) -> Option<(Block<D>, Block<D>)> {
        let whole = self.moments(block);
        let mut best: Option<(f64, usize, usize)> = None;
        for axis in 0..D {
            for at in block.from[axis] + 1..block.to[axis] {
                let mut lower = *block;
                lower.to[axis] = at;
                let lower = self.moments(&lower);
                let mut upper = whole;
                add(&mut upper, &lower, -1.0);
                if lower.0 <= 0.5e-6 * whole.0 || upper.0 <= 0.5e-6 * whole.0 {
                    continue;
                }
                let gain = worth(&lower) + worth(&upper);
                if best.is_none_or(|best| gain > best.0) {
                    best = Some((gain, axis, at));
                }
            }
        }
        let (_, axis, at) = best?;
        let (mut lower, mut upper) = (*block, *block);
        (lower.to[axis], upper.from[axis]) = (at, at);
        Some((lower, upper))
    }
}

fn add<const D: usize>(sum: &mut Moments<D>, more: &Moments<D>, sign: f64) {
    sum.0 += sign * more.0;
    (0..D).for_each(|c| sum.1[c] += sign * more.1[c]);
    sum.2 += sign * more.2;
}

/// What the mean explains of the squares.
fn worth<const D: usize>(moments: &Moments<D>) -> f64 {
    moments.1.iter().map(|v| v * v).sum::<f64>() / moments.0.max(f64::MIN_POSITIVE)
}
