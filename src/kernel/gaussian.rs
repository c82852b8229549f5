//! Weighted sums of rows, in chunks whose sums stay in registers.
//!
//! A row that begins a few samples later is a row like any other, so the same function runs down the columns (rows
//! one `stride` apart) and along a row (the row against itself, one pixel apart). Outputs are written in whole chunks:
//! callers round their lengths up to [`CHUNK`] and leave room behind.

use super::level::kernel;

/// What lengths are rounded up to.
pub(crate) const CHUNK: usize = 64;

/// Samples of `f32` whose sums are built together, in four vectors.
const WIDE: usize = CHUNK / 2;

/// Copies of a weight that [`symmetric_u16`] wants: given only one, the compiler widens it, and with it all
/// the arithmetic, before it makes copies.
pub(crate) const COPIES: usize = 16;

/// Bits behind the point of [`symmetric_u16`]'s samples: 255 becomes 32640, so that the sum of two fits 16 bits.
pub(crate) const FIXED: u32 = 7;

kernel! {
    /// `target[x] = Σ weights[k] · rows[k · stride + x]`
    pub(crate) fn mix(rows: &[f32], stride: usize, weights: &[f32], target: &mut [f32]) {
        for (i, target) in target.as_chunks_mut::<WIDE>().0.iter_mut().enumerate() {
            let mut sums = [0f32; WIDE];
            for (k, weight) in weights.iter().enumerate() {
                let row = &rows[k * stride + i * WIDE..][..WIDE];
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += weight * value;
                }
            }
            *target = sums;
        }
    }
}

kernel! {
    /// The same with weights that are alike to both sides of the middle: `weights[0]` is the middle one.
    pub(crate) fn symmetric_f32(rows: &[f32], stride: usize, weights: &[f32], target: &mut [f32]) {
        let reach = weights.len() - 1;
        for (i, target) in target.as_chunks_mut::<WIDE>().0.iter_mut().enumerate() {
            let rows = &rows[i * WIDE..][..2 * reach * stride + WIDE];
            let middle = &rows[reach * stride..][..WIDE];
            let mut sums = [0f32; WIDE];
            for (sum, value) in sums.iter_mut().zip(middle) {
                *sum = weights[0] * value;
            }
            for (k, weight) in weights.iter().enumerate().skip(1) {
                let before = &rows[(reach - k) * stride..][..WIDE];
                let after = &rows[(reach + k) * stride..][..WIDE];
                for ((sum, before), after) in sums.iter_mut().zip(before).zip(after) {
                    *sum += weight * (before + after);
                }
            }
            *target = sums;
        }
    }
}

kernel! {
    /// The same in fixed point: weights of 16 bits (the middle one halved), each [`COPIES`] times, and products cut
    /// to their upper half. What the cuts take away on average is put back at the start; what is left is a few
    /// parts in 32640.
    pub(crate) fn symmetric_u16(rows: &[u16], stride: usize, weights: &[u16], target: &mut [u16]) {
        let weights = weights.as_chunks::<COPIES>().0;
        let reach = weights.len() - 1;
        for (i, target) in target.as_chunks_mut::<CHUNK>().0.iter_mut().enumerate() {
            let rows = &rows[i * CHUNK..][..2 * reach * stride + CHUNK];
            let mut sums = [(weights.len() / 2) as u16; CHUNK];
            for (k, weights) in weights.iter().enumerate() {
                let before = &rows[(reach - k) * stride..][..CHUNK];
                let after = &rows[(reach + k) * stride..][..CHUNK];
                let pieces = before.as_chunks().0.iter().zip(after.as_chunks().0);
                for (sums, (before, after)) in sums.as_chunks_mut().0.iter_mut().zip(pieces) {
                    add_upper_halves(sums, before, after, weights);
                }
            }
            *target = sums;
        }
    }
}

#[inline(always)]
fn add_upper_halves(
    sums: &mut [u16; COPIES],
    before: &[u16; COPIES],
    after: &[u16; COPIES],
    weights: &[u16; COPIES],
) {
    for i in 0..COPIES {
        let pair = u32::from(before[i].wrapping_add(after[i]));
        sums[i] = sums[i].wrapping_add(((pair * u32::from(weights[i])) >> 16) as u16);
    }
}

kernel! {
    /// Bytes to fixed point.
    pub(crate) fn widen(bytes: &[u8], row: &mut [u16]) {
        for (value, byte) in row.iter_mut().zip(bytes) {
            *value = u16::from(*byte) << FIXED;
        }
    }
}

kernel! {
    /// Fixed point to bytes, rounded.
    pub(crate) fn narrow(row: &[u16], bytes: &mut [u8]) {
        for (value, byte) in row.iter().zip(bytes) {
            *byte = ((*value + (1 << (FIXED - 1))) >> FIXED).min(255) as u8;
        }
    }
}
