//! Strokes to samples: how much of each sample of a row a piece of a stroke covers.

use super::level::kernel;

/// A straight piece of a stroke, from one place and half-width to the next, and the part of a row it is drawn on.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) from: [f32; 3],
    pub(crate) to: [f32; 3],
    /// Where the first sample of the row lies.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// One over how far the edge of a stroke fades.
    pub(crate) blur: f32,
    /// What is written where this piece lies on top.
    pub(crate) ink: f32,
}

impl Piece {
    /// The coverage `k` samples along.
    #[inline(always)]
    fn at(&self, k: usize, d: [f32; 2], inverse: f32) -> f32 {
        let (px, py) = (self.x + k as i32 as f32 - self.from[0], self.y - self.from[1]);
        let t = ((px * d[0] + py * d[1]) * inverse).clamp(0.0, 1.0);
        let (qx, qy) = (px - t * d[0], py - t * d[1]);
        let half = self.from[2] + t * (self.to[2] - self.from[2]);
        let edge = (half - (qx * qx + qy * qy).sqrt()) * self.blur + 0.5;
        // A stroke thinner than its own edge cannot cover a sample.
        edge.min(1.0).min(2.0 * half * self.blur)
    }

    #[inline(always)]
    fn shape(&self) -> ([f32; 2], f32) {
        let d = [self.to[0] - self.from[0], self.to[1] - self.from[1]];
        (d, 1.0 / (d[0] * d[0] + d[1] * d[1]).max(1e-6))
    }
}

kernel! {
    /// The greater of what is covered and what the piece covers.
    pub(crate) fn cover(cover: &mut [f32], piece: Piece) {
        let (d, inverse) = piece.shape();
        for (k, cover) in cover.iter_mut().enumerate() {
            *cover = cover.max(piece.at(k, d, inverse));
        }
    }
}

kernel! {
    /// The same, and the ink of the piece where it is the greater.
    pub(crate) fn cover_inked(cover: &mut [f32], ink: &mut [f32], piece: Piece) {
        let (d, inverse) = piece.shape();
        for (k, (cover, ink)) in cover.iter_mut().zip(ink).enumerate() {
            let value = piece.at(k, d, inverse);
            *ink = if value > *cover { piece.ink } else { *ink };
            *cover = cover.max(value);
        }
    }
}
