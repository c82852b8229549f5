//! Rows of chance: numbers hashed from whole places of a lattice, and smooth values between them.

use super::level::kernel;

/// Mixes the bits of a number until each depends on all. The constants are Wellons' ("Prospecting for hash
/// functions", 2018), found by search for the least bias of this form.
#[inline(always)]
pub(crate) fn mix(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ x >> 16
}

/// The bits of a hash as a number in -1..1.
#[inline(always)]
pub(crate) fn signed(bits: u32) -> f32 {
    (bits as i32 >> 8) as f32 * (1.0 / 8_388_608.0)
}

/// Keeps neighbours of a row apart before their bits are mixed.
const STRIDE: u32 = 0x9e37_79b1;

kernel! {
    /// Add to each value the number, times `weight`, of its place in the lattice row called `key`; the first value
    /// lies at place `first`.
    pub(crate) fn add_lattice(values: &mut [f32], first: i32, key: u32, weight: f32) {
        let mut place = first as u32;
        for value in values {
            *value += weight * signed(mix(place.wrapping_mul(STRIDE) ^ key));
            place = place.wrapping_add(1);
        }
    }
}

kernel! {
    /// Each value is the sum of its run of lattice values times its weights. `weights` holds one row of the length of
    /// `values` for each tap of the run.
    pub(crate) fn gather_taps(values: &mut [f32], lattice: &[f32], starts: &[u32], weights: &[f32]) {
        let width = values.len();
        values.fill(0.0);
        for (tap, weights) in weights.chunks_exact(width.max(1)).enumerate() {
            let lattice = &lattice[tap..];
            for ((value, start), weight) in values.iter_mut().zip(starts).zip(weights) {
                *value += weight * lattice[*start as usize];
            }
        }
    }
}
