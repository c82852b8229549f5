//! Chance that is the same every time: hashes of lattice points, and the noises built from them.

use crate::maths::{V2, V3, mix, v2};

/// A well mixed 32-bit number from two coordinates and a seed (the finaliser of MurmurHash3, twice).
pub(crate) fn hash(x: i32, y: i32, seed: u32) -> u32 {
    let stir = |mut h: u32| {
        h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
        h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
        h ^ (h >> 16)
    };
    stir(stir((x as u32).wrapping_mul(0x9e37_79b1) ^ seed) ^ (y as u32).wrapping_mul(0x85eb_ca77))
}

/// In `0.0..1.0`.
pub(crate) fn chance(x: i32, y: i32, seed: u32) -> f32 {
    (hash(x, y, seed) >> 8) as f32 / 16_777_216.0
}

/// Value noise in `−1.0..1.0`: random heights on a lattice, joined by quintic curves (Perlin, "Improving Noise", 2002).
pub(crate) fn value(p: V2, seed: u32) -> f32 {
    let (ix, iy) = (p.x.floor(), p.y.floor());
    let curve = |t: f32| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (fx, fy) = (curve(p.x - ix), curve(p.y - iy));
    let at = |dx: i32, dy: i32| chance(ix as i32 + dx, iy as i32 + dy, seed);
    mix(mix(at(0, 0), at(1, 0), fx), mix(at(0, 1), at(1, 1), fx), fy) * 2.0 - 1.0
}

/// Fractional Brownian motion: octaves of noise, each finer and fainter and turned, so that no grid shows.
pub(crate) fn fbm(p: V2, octaves: u32, seed: u32) -> f32 {
    let (mut p, mut sum, mut weight, mut total) = (p, 0.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * value(p, seed.wrapping_add(octave * 101));
        total += weight;
        weight *= 0.5;
        p = v2(1.6 * p.x - 1.2 * p.y + 17.3, 1.2 * p.x + 1.6 * p.y - 9.1);
    }
    sum / total
}

/// Sharp crests in `0.0..1.0`, as mountains have: fbm folded at zero (Musgrave's ridged noise).
pub(crate) fn ridges(p: V2, octaves: u32, seed: u32) -> f32 {
    let (mut p, mut sum, mut weight, mut total) = (p, 0.0, 1.0, 0.0);
    for octave in 0..octaves {
        let crest = 1.0 - value(p, seed.wrapping_add(octave * 131)).abs();
        sum += weight * crest * crest;
        total += weight;
        weight *= 0.5;
        p = v2(1.6 * p.x - 1.2 * p.y + 5.7, 1.2 * p.x + 1.6 * p.y + 3.9);
    }
    sum / total
}

/// Noise on a surface in space: the plane noise seen along the three axes, added up.
pub(crate) fn fbm3(p: V3, octaves: u32, seed: u32) -> f32 {
    (fbm(v2(p.x, p.y), octaves, seed)
        + fbm(v2(p.y, p.z), octaves, seed ^ 77)
        + fbm(v2(p.z, p.x), octaves, seed ^ 177))
        / 3.0
}

/// A stream of random numbers (SplitMix64), for things placed one after another.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// In `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / 16_777_216.0
    }

    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        mix(low, high, self.unit())
    }
}
