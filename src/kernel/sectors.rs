//! The sums of Kuwahara's filter: means and variances in sectors of an ellipse about each sample.

use super::level::kernel;

/// A sample: three channels, and room to fill a vector.
pub(crate) type Sample = [f32; 4];

/// Where the unit disc is looked at, and how much each look counts in each sector.
pub(crate) struct Disc {
    pub(crate) points: Vec<[f32; 2]>,
    /// For each sector the points in it and their weights, which sum to 1.
    pub(crate) sectors: Vec<Vec<(u32, f32)>>,
}

/// Looks at the most.
pub(crate) const MOST: usize = 64;

/// A row to be filtered and what lies around it.
pub(crate) struct Around<'a> {
    /// Samples with a margin on all sides, `stride` to a row.
    pub(crate) samples: &'a [Sample],
    pub(crate) stride: usize,
    /// The place of the row's first sample in `samples`.
    pub(crate) start: usize,
    /// Unit tangents and anisotropies, one for two samples.
    pub(crate) tangents: &'a [[f32; 2]],
    pub(crate) anisotropy: &'a [f32],
    /// Half axes of the ellipse where nothing has a direction, in samples; for each two samples.
    pub(crate) radius: &'a [f32],
    /// How much longer and narrower it becomes where everything has.
    pub(crate) stretch: f32,
    /// Half the exponent of the sectors' weights.
    pub(crate) half_sharpness: u32,
}

impl Around<'_> {
    /// The samples of the ellipse about the sample at `x`, each with its squares.
    #[inline(always)]
    fn look(&self, disc: &Disc, x: usize, seen: &mut [[f32; 8]; MOST]) {
        let [tx, ty] = self.tangents[x / 2];
        let (radius, longer) = (self.radius[x / 2], 1.0 + self.stretch * self.anisotropy[x / 2]);
        let (a, b) = (radius * longer, radius / longer);
        let (ax, ay, bx, by) = (a * tx, a * ty, -b * ty, b * tx);
        let own = self.start + x;
        let count = disc.points.len().min(MOST);
        let points = &disc.points[..count];
        let mut at = [0usize; MOST];
        for k in 0..count {
            let [u, v] = points[k];
            let (dx, dy) = (nearest(ax * u + bx * v), nearest(ay * u + by * v));
            at[k] = (own as i32 + dy * self.stride as i32 + dx) as usize;
        }
        for k in 0..count {
            let sample = self.samples[at[k]];
            let mut both = [0f32; 8];
            for c in 0..4 {
                (both[c], both[c + 4]) = (sample[c], sample[c] * sample[c]);
            }
            seen[k] = both;
        }
    }
}

/// 1.5 · 2^23: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// The nearest whole number, the even one of two.
#[inline(always)]
fn nearest(x: f32) -> i32 {
    ((x + ROUNDER).to_bits() as i32).wrapping_sub(ROUNDER.to_bits() as i32)
}

/// One sector's mean, and how much it counts: the more the less varied it is.
#[inline(always)]
fn sector(points: &[(u32, f32)], seen: &[[f32; 8]; MOST], halvings: u32) -> ([f32; 3], f32) {
    let mut sum = [0f32; 8];
    for (point, weight) in points {
        let seen = &seen[*point as usize % MOST];
        for k in 0..8 {
            sum[k] += weight * seen[k];
        }
    }
    let varied = |k: usize| (sum[k + 4] - sum[k] * sum[k]).max(0.0);
    let variance = 255.0 * (varied(0) + 2.0 * (varied(1) + varied(2)));
    ([sum[0], sum[1], sum[2]], 1.0 / (1.0 + raised(variance, halvings)))
}

/// A number to a whole power.
#[inline(always)]
fn raised(x: f32, power: u32) -> f32 {
    let (mut result, mut square, mut left) = (1.0, x, power);
    while left > 0 {
        if left % 2 == 1 {
            result *= square;
        }
        square *= square;
        left /= 2;
    }
    result
}

kernel! {
    /// Each sample becomes the mean of its sectors' means, the even ones counting.
    pub(crate) fn sectors_row(around: &Around<'_>, disc: &Disc, out: [&mut [f32]; 3]) {
        let [l, a, b] = out;
        let mut seen = [[0f32; 8]; MOST];
        for x in 0..l.len() {
            around.look(disc, x, &mut seen);
            let (mut sums, mut total) = ([0f32; 3], 0f32);
            for points in &disc.sectors {
                let (mean, counts) = sector(points, &seen, around.half_sharpness);
                for k in 0..3 {
                    sums[k] += counts * mean[k];
                }
                total += counts;
            }
            // A sector counts 1e-30 at the least: variances of colours are bounded.
            let scale = 1.0 / total.max(1e-30);
            (l[x], a[x], b[x]) = (sums[0] * scale, sums[1] * scale, sums[2] * scale);
        }
    }
}
