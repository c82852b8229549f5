//! Averages along the flow: eight walkers side by side, so that the arithmetic fills vectors and no walk waits for the
//! look-ups of another.

use super::level::kernel;

const LANES: usize = 8;

/// What a walk looks at. Rows of values are `stride` long, one sample more than the picture is wide; there are two
/// rows more than it is high, so that looking between samples never falls off.
pub(crate) struct Walk<'a> {
    pub(crate) values: &'a [f32],
    pub(crate) stride: usize,
    /// Rows of the picture.
    pub(crate) height: usize,
    /// Unit tangents, `across` to a row.
    pub(crate) tangents: &'a [[f32; 2]],
    pub(crate) across: usize,
    /// Cells of the tangents to a sample.
    pub(crate) scale: f32,
    /// Samples to a step.
    pub(crate) step: f32,
    /// Weights of a walk's steps; the first is where it stands.
    pub(crate) weights: &'a [f32],
    /// Where nothing around reaches this, samples stay as they are.
    pub(crate) least: f32,
}

impl Walk<'_> {
    /// Nothing stands out here nor a little above and below: no line can pass, and the walk is spared.
    #[inline(always)]
    fn idle(&self, first: usize, y: usize, len: usize) -> bool {
        [y.saturating_sub(3), y, (y + 3).min(self.height - 1)].iter().all(|y| {
            let own = &self.values[y * self.stride + first..][..len];
            own.iter().fold(f32::MIN, |most, v| most.max(*v)) < self.least
        })
    }
}

/// 1.5 · 2^23: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f32 = 12_582_912.0;

/// The whole part of a place (the place below, for whole places above 0) and what is left.
#[inline(always)]
fn split(x: f32) -> (u32, f32) {
    let shifted = (x - 0.5) + ROUNDER;
    (shifted.to_bits().wrapping_sub(ROUNDER.to_bits()), x - (shifted - ROUNDER))
}

/// Where eight walkers are, and which way they go.
struct Walkers {
    x: [f32; LANES],
    y: [f32; LANES],
    dx: [f32; LANES],
    dy: [f32; LANES],
}

impl Walkers {
    #[inline(always)]
    fn tangents(&self, walk: &Walk<'_>) -> [[f32; LANES]; 2] {
        let mut at = [0u32; LANES];
        for (k, at) in at.iter_mut().enumerate() {
            let down = split((self.y[k] + 0.5) * walk.scale).0;
            *at = down * walk.across as u32 + split((self.x[k] + 0.5) * walk.scale).0;
        }
        let (mut tx, mut ty) = ([0f32; LANES], [0f32; LANES]);
        for k in 0..LANES {
            let tangent = walk.tangents[at[k] as usize];
            (tx[k], ty[k]) = (tangent[0], tangent[1]);
        }
        [tx, ty]
    }

    #[inline(always)]
    fn go(&mut self, right: f32, bottom: f32) {
        for k in 0..LANES {
            self.x[k] = (self.x[k] + self.dx[k]).max(0.0).min(right);
            self.y[k] = (self.y[k] + self.dy[k]).max(0.0).min(bottom);
        }
    }

    /// Tangents have no sense of their own; go on the way we came.
    #[inline(always)]
    fn turn(&mut self, [tx, ty]: [[f32; LANES]; 2], step: f32) {
        for k in 0..LANES {
            let cos = tx[k] * self.dx[k] + ty[k] * self.dy[k];
            let step = if cos < 0.0 { -step } else { step };
            (self.dx[k], self.dy[k]) = (tx[k] * step, ty[k] * step);
        }
    }

    #[inline(always)]
    fn add(&self, walk: &Walk<'_>, weight: f32, sums: &mut [f32; LANES]) {
        let (mut at, mut fx, mut fy) = ([0u32; LANES], [0f32; LANES], [0f32; LANES]);
        for k in 0..LANES {
            let (i, x) = split(self.x[k]);
            let (j, y) = split(self.y[k]);
            at[k] = j * walk.stride as u32 + i;
            (fx[k], fy[k]) = (x, y);
        }
        let mut c = [[0f32; LANES]; 4];
        for k in 0..LANES {
            let corners = &walk.values[at[k] as usize..][..walk.stride + 2];
            (c[0][k], c[1][k]) = (corners[0], corners[1]);
            (c[2][k], c[3][k]) = (corners[walk.stride], corners[walk.stride + 1]);
        }
        for k in 0..LANES {
            let top = c[0][k] + fx[k] * (c[1][k] - c[0][k]);
            let low = c[2][k] + fx[k] * (c[3][k] - c[2][k]);
            sums[k] += weight * (top + fy[k] * (low - top));
        }
    }
}

kernel! {
    /// Row `y` averaged along the flow, both ways.
    pub(crate) fn walk_row(walk: &Walk<'_>, y: usize, out: &mut [f32]) {
        let (right, bottom) = (out.len() as f32 - 1.0, walk.height as f32 - 1.0);
        for (chunk, out) in out.chunks_mut(LANES).enumerate() {
            let first = chunk * LANES;
            let own = &walk.values[y * walk.stride + first..][..out.len()];
            if walk.idle(first, y, out.len()) {
                out.copy_from_slice(own);
                continue;
            }
            let mut sums = [0f32; LANES];
            sums.iter_mut().zip(own).for_each(|(sum, v)| *sum = walk.weights[0] * v);
            for sense in [1.0, -1.0] {
                let mut walkers =
                    Walkers { x: [0.0; LANES], y: [y as f32; LANES], dx: [0.0; LANES], dy: [0.0; LANES] };
                for (k, x) in walkers.x.iter_mut().enumerate() {
                    *x = ((first + k) as i32 as f32).min(right);
                }
                let [tx, ty] = walkers.tangents(walk);
                for k in 0..LANES {
                    (walkers.dx[k], walkers.dy[k]) = (tx[k] * sense * walk.step, ty[k] * sense * walk.step);
                }
                for weight in &walk.weights[1..] {
                    walkers.go(right, bottom);
                    walkers.add(walk, *weight, &mut sums);
                    walkers.turn(walkers.tangents(walk), walk.step);
                }
            }
            out.copy_from_slice(&sums[..out.len()]);
        }
    }
}
