//! Colourfulness in Oklab, kept within what a screen can show.
//!
//! Where a colour would leave sRGB, its chroma gives way and its lightness and hue stay (Ottosson, "sRGB gamut
//! clipping", 2021, at constant lightness). Clipping channels instead shifts hues: reds to orange, blues to violet.
//!
//! How much chroma a lightness and a hue allow is found by halving an interval. Along a line of constant L and hue
//! each linear channel is a cubic in chroma, so a try costs three short polynomials, and all lanes do the same
//! number of tries: no tables of the gamut, no branches.

use super::level::kernel;
use super::lut::inside;
use super::oklab::{FROM_LAB, FROM_LMS};

#[cfg(test)]
mod tests;

/// Pixels worked on at a time, so that each step of the search is a loop over lanes.
const LANES: usize = 16;

/// More than the chroma of any colour of sRGB (magenta has 0.3225).
const MOST: f32 = 0.34;

/// Halvings: the last interval is 1e-5 wide, far under what 8 bits show.
const HALVINGS: usize = 15;

/// How far outside 0..=1 a linear channel may lie and still count as inside: rounding on the way through Oklab.
const SLACK: f32 = 4e-6;

/// Chroma too small to have a hue.
const GREY: f32 = 1e-6;

type Block = [f32; LANES];

/// A block of colours by lightness, chroma and the direction of their hue.
struct Colours {
    l: Block,
    chroma: Block,
    hue: [Block; 2],
}

impl Colours {
    #[inline(always)]
    fn of(l: &Block, a: &Block, b: &Block) -> Self {
        let mut colours = Self { l: *l, chroma: [0.0; LANES], hue: [[0.0; LANES]; 2] };
        for i in 0..LANES {
            let chroma = (a[i] * a[i] + b[i] * b[i]).sqrt();
            let whole = chroma.max(GREY);
            colours.chroma[i] = chroma;
            (colours.hue[0][i], colours.hue[1][i]) = (a[i] / whole, b[i] / whole);
        }
        colours
    }

    /// The most chroma sRGB has at this lightness and hue.
    #[inline(always)]
    fn most(&self) -> Block {
        let (mut square, mut cube, mut line) = ([[0.0; LANES]; 3], [[0.0; LANES]; 3], [[0.0; LANES]; 3]);
        let mut start = [0.0; LANES];
        for i in 0..LANES {
            let l = self.l[i];
            start[i] = l * l * l;
            let k: [f32; 3] =
                std::array::from_fn(|c| FROM_LAB[c][1] * self.hue[0][i] + FROM_LAB[c][2] * self.hue[1][i]);
            for (c, m) in FROM_LMS.iter().enumerate() {
                let first = m[0] * k[0] + m[1] * k[1] + m[2] * k[2];
                let second = m[0] * k[0] * k[0] + m[1] * k[1] * k[1] + m[2] * k[2] * k[2];
                let third = m[0] * k[0] * k[0] * k[0] + m[1] * k[1] * k[1] * k[1] + m[2] * k[2] * k[2] * k[2];
                line[c][i] = 3.0 * l * l * first;
                square[c][i] = 3.0 * l * second;
                cube[c][i] = third;
            }
        }
        let mut inside = [0.0; LANES];
        let mut step = MOST;
        for _ in 0..HALVINGS {
            step *= 0.5;
            try_further(&mut inside, step, &start, &line, &square, &cube);
        }
        inside
    }
}

/// One try: where the colours are still inside after another `step` of chroma, go there.
#[inline(always)]
fn try_further(
    inside: &mut Block,
    step: f32,
    start: &Block,
    line: &[Block; 3],
    square: &[Block; 3],
    cube: &[Block; 3],
) {
    for i in 0..LANES {
        let t = inside[i] + step;
        let r = start[i] + t * (line[0][i] + t * (square[0][i] + t * cube[0][i]));
        let g = start[i] + t * (line[1][i] + t * (square[1][i] + t * cube[1][i]));
        let b = start[i] + t * (line[2][i] + t * (square[2][i] + t * cube[2][i]));
        // Comparisons rather than `min`, whose care for what is not a number takes twice the instructions.
        let low = if r < g { r } else { g };
        let low = if low < b { low } else { b };
        let high = if r > g { r } else { g };
        let high = if high > b { high } else { b };
        inside[i] = if (low >= -SLACK) & (high <= 1.0 + SLACK) { t } else { inside[i] };
    }
}

/// 0 up to `from`, 1 from `to` on, a smooth way between.
#[inline(always)]
fn rise(x: f32, from: f32, to: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// How much a colour looks like skin, 0 to 1. Skin of all tones lies about a hue of 52° in Oklab, at moderate
/// chroma: 15° to either side count in full, beyond 38° nothing; so do not greys, and not oranges.
#[inline(always)]
fn skin(chroma: f32, hue: [f32; 2]) -> f32 {
    const TOWARDS: [f32; 2] = [0.615_661_5, 0.788_010_8];
    let cosine = hue[0] * TOWARDS[0] + hue[1] * TOWARDS[1];
    rise(cosine, 0.788, 0.966) * rise(chroma, 0.0, 0.07) * (1.0 - rise(chroma, 0.12, 0.18))
}

/// Work on a block of colours. A trait and not a closure, because a closure that is not inlined would be compiled
/// for the plain level alone.
trait Work {
    fn block(&self, l: &Block, a: &mut Block, b: &mut Block);
}

/// Work on blocks of three rows; what does not fill one is padded with black.
#[inline(always)]
fn in_blocks(l: &[f32], a: &mut [f32], b: &mut [f32], work: &impl Work) {
    for ((l, a), b) in l.chunks(LANES).zip(a.chunks_mut(LANES)).zip(b.chunks_mut(LANES)) {
        let [mut block_l, mut block_a, mut block_b] = [[0.0; LANES]; 3];
        block_l[..l.len()].copy_from_slice(l);
        block_a[..a.len()].copy_from_slice(a);
        block_b[..b.len()].copy_from_slice(b);
        work.block(&block_l, &mut block_a, &mut block_b);
        a.copy_from_slice(&block_a[..a.len()]);
        b.copy_from_slice(&block_b[..b.len()]);
    }
}

/// What [`saturate`] does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Saturate {
    /// Added to the gain of all chroma: -1 to 1.
    pub(crate) saturation: f32,
    /// Added to the gain of weak chroma, less the nearer it is to the most there can be: -1 to 1.
    pub(crate) vibrance: f32,
    /// How far skin is kept from vibrance: 0 to 1.
    pub(crate) skin: f32,
}

impl Work for Saturate {
    #[inline(always)]
    fn block(&self, l: &Block, a: &mut Block, b: &mut Block) {
        let press = self.saturation.max(0.0);
        let colours = Colours::of(l, a, b);
        let most = colours.most();
        for i in 0..LANES {
            let chroma = colours.chroma[i];
            let part = (chroma / most[i].max(GREY)).min(1.0);
            let pull = (most[i] / chroma.max(GREY)).min(1.0);
            let kept = self.skin * skin(chroma, [colours.hue[0][i], colours.hue[1][i]]);
            let vibrance = 1.0 + self.vibrance * (1.0 - part) * (1.0 - kept);
            let part = part * vibrance;
            let gain = pull * vibrance * (1.0 + self.saturation) / (1.0 + press * part * part);
            a[i] *= gain;
            b[i] *= gain;
        }
    }
}

kernel! {
    /// More or less chroma. With `r` the part of the possible chroma that a colour has, vibrance multiplies it by
    /// `1 + v (1 - r)` and more saturation by `(1 + s) / (1 + s r²)`: both rise with `r` and bring 1 to 1, so that
    /// no colour passes another and none leaves the gamut. What comes from outside is brought in.
    pub(crate) fn saturate(l: &[f32], a: &mut [f32], b: &mut [f32], by: Saturate) {
        in_blocks(l, a, b, &by);
    }
}

/// What [`tint`] adds by lightness, and how much of it skin is spared.
struct Tint<'a> {
    table: &'a [[f32; 2]],
    keep: f32,
}

impl Work for Tint<'_> {
    #[inline(always)]
    fn block(&self, l: &Block, a: &mut Block, b: &mut Block) {
        let last = self.table.len() - 2;
        let scale = (self.table.len() - 1) as f32;
        let before = Colours::of(l, a, b);
        for i in 0..LANES {
            let at = inside(l[i]) * scale;
            let left = (at as i32 as usize).min(last);
            let t = at - left as f32;
            let [low, high] = [self.table[left], self.table[left + 1]];
            let part = 1.0 - self.keep * skin(before.chroma[i], [before.hue[0][i], before.hue[1][i]]);
            a[i] += part * (low[0] + t * (high[0] - low[0]));
            b[i] += part * (low[1] + t * (high[1] - low[1]));
        }
        Fit.block(l, a, b);
    }
}

kernel! {
    /// Add the offset that `table` has for a lightness to a and b, less of it by the part `keep` where there is
    /// skin; chroma that passes what is possible gives way.
    pub(crate) fn tint(l: &[f32], a: &mut [f32], b: &mut [f32], table: &[[f32; 2]], keep: f32) {
        in_blocks(l, a, b, &Tint { table, keep });
    }
}

kernel! {
    /// Turn each hue by an angle given as its cosine and sine; chroma that passes what is possible gives way.
    pub(crate) fn turn(l: &[f32], a: &mut [f32], b: &mut [f32], cosine: f32, sine: f32) {
        for (a, b) in a.iter_mut().zip(&mut *b) {
            (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
        }
        in_blocks(l, a, b, &Fit);
    }
}

/// Brings colours into the gamut.
struct Fit;

impl Work for Fit {
    #[inline(always)]
    fn block(&self, l: &Block, a: &mut Block, b: &mut Block) {
        let colours = Colours::of(l, a, b);
        let most = colours.most();
        for i in 0..LANES {
            let pull = (most[i] / colours.chroma[i].max(GREY)).min(1.0);
            a[i] *= pull;
            b[i] *= pull;
        }
    }
}

kernel! {
    /// Chroma that passes what is possible gives way.
    pub(crate) fn fit(l: &[f32], a: &mut [f32], b: &mut [f32]) {
        in_blocks(l, a, b, &Fit);
    }
}
