//! Random numbers that fall evenly: Sobol points, shuffled and scrambled anew for every pixel and every pair of dimensions
//! (Burley, "Practical Hash-based Owen Scrambling", 2020).

use crate::noise::hash;

/// The numbers of one sample of one pixel, drawn in pairs.
pub(crate) struct Sampler {
    pixel: u32,
    index: u32,
    pair: u32,
}

impl Sampler {
    pub(crate) fn new(x: usize, y: usize, sample: u32, seed: u32) -> Self {
        Self { pixel: hash(x as i32, y as i32, seed), index: sample, pair: 0 }
    }

    /// Two numbers in `0.0..1.0`.
    pub(crate) fn pair(&mut self) -> (f32, f32) {
        self.pair += 1;
        let seed = hash(self.pair as i32, 0, self.pixel);
        let index = scramble(self.index, seed);
        let (x, y) = (index.reverse_bits(), second(index));
        (unit(scramble(x, hash(1, 0, seed))), unit(scramble(y, hash(2, 0, seed))))
    }

    pub(crate) fn one(&mut self) -> f32 {
        self.pair().0
    }
}

fn unit(bits: u32) -> f32 {
    (bits >> 8) as f32 / 16_777_216.0
}

/// The second dimension of Sobol's sequence: each direction is the one before, folded onto itself.
fn second(mut index: u32) -> u32 {
    let (mut point, mut direction) = (0, 1_u32 << 31);
    while index != 0 {
        if index & 1 == 1 {
            point ^= direction;
        }
        index >>= 1;
        direction ^= direction >> 1;
    }
    point
}

/// Owen's nested scrambling: a bit is flipped by chance that depends on the bits above it.
fn scramble(x: u32, seed: u32) -> u32 {
    let mut x = x.reverse_bits().wrapping_add(seed);
    for factor in [0x6c50_b47c, 0xb82f_1e52, 0xc7af_e638, 0x8d22_f6e6_u32] {
        x ^= x.wrapping_mul(factor);
    }
    x.reverse_bits()
}
