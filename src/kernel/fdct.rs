//! The forward cosine transform of JPEG, and the quantiser behind it: eight blocks side by side at a time.
//!
//! The one-dimensional transform is that of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT
//! algorithms with 11 multiplications", ICASSP 1989) with one multiplication more, so that no value goes
//! through two of them: 16-bit values, 32-bit products, constants in 8192ths. It runs down the columns of
//! all blocks, where neighbours in memory are neighbours in a vector; then the blocks are turned, and it
//! runs along what were the rows. The blocks stay turned: whoever reads them takes that into account.

use super::level::kernel;

/// Blocks that are transformed together.
pub(crate) const UNIT: usize = 8;

/// Pixels across them.
pub(crate) const UNIT_WIDTH: usize = 8 * UNIT;

/// The quantised coefficients of a block.
#[derive(Clone, Copy)]
pub(crate) struct Block {
    /// Column by column: the one of horizontal frequency `u` and vertical frequency `v` is at `8 * u + v`.
    pub(crate) values: [i16; 64],
    /// A bit for each that is not zero, row by row: that one's is bit `u` of byte `v`.
    pub(crate) nonzero: [u8; 8],
}

impl Block {
    pub(crate) const ZERO: Self = Self { values: [0; 64], nonzero: [0; 8] };
}

/// Room for one unit on its way. Kept by the caller, since clearing it each time was 3 % of encoding.
pub(crate) struct Scratch([[i16; 8 * UNIT_WIDTH]; 2]);

impl Scratch {
    pub(crate) const NEW: Self = Self([[0; 8 * UNIT_WIDTH]; 2]);
}

kernel! {
    /// The blocks whose samples are in the first eight rows of `samples`, each `stride` after the one before.
    pub(crate) fn transform(
        samples: &[u8],
        stride: usize,
        divisors: &Divisors,
        scratch: &mut Scratch,
        blocks: &mut [Block; UNIT],
    ) {
        let Scratch([a, b]) = scratch;
        columns(samples, stride, a);
        shuffle(a, b);
        shuffle(b, a);
        shuffle(a, b);
        for (block, turned) in blocks.iter_mut().zip(b.as_chunks().0) {
            let mut values = [0; 64];
            rows(turned, &mut values);
            // Opaque, or the tables are widened to 32 bits before the loop, and all the division with them.
            std::hint::black_box(divisors).divide(&mut values);
            block.values = values;
            nonzero(&values, &mut block.nonzero);
        }
    }
}

/// Down the columns of all blocks. The result is 2^2.5 times the orthonormal one.
#[inline(always)]
fn columns(samples: &[u8], stride: usize, out: &mut [i16; 8 * UNIT_WIDTH]) {
    let rows: [&[u8; UNIT_WIDTH]; 8] =
        std::array::from_fn(|y| samples[y * stride..].first_chunk().expect("planes are whole units wide"));
    let out = out.as_chunks_mut::<UNIT_WIDTH>().0;
    for x in 0..UNIT_WIDTH {
        let column = dct::<{ BITS - 2 }>(rows.map(|row| i16::from(row[x]) - 128));
        for (row, value) in out.iter_mut().zip(column) {
            row[x] = value;
        }
    }
}

/// Along the rows of one turned block. The result is eight times the orthonormal one.
#[inline(always)]
fn rows(turned: &[i16; 64], out: &mut [i16; 64]) {
    let (turned, out) = (turned.as_chunks::<8>().0, out.as_chunks_mut::<8>().0);
    for y in 0..8 {
        let row = dct::<{ BITS + 2 }>(std::array::from_fn(|x| turned[x][y]));
        for (column, value) in out.iter_mut().zip(row) {
            column[y] = value;
        }
    }
}

/// Interleave the first half with the second. On the bits of an index it is a rotation by one, so three of
/// them bring a sample from (row, block, column) to (block, column, row).
#[inline(always)]
fn shuffle(from: &[i16; 8 * UNIT_WIDTH], to: &mut [i16; 8 * UNIT_WIDTH]) {
    let (first, second) = from.split_at(4 * UNIT_WIDTH);
    for ((pair, first), second) in to.as_chunks_mut::<2>().0.iter_mut().zip(first).zip(second) {
        *pair = [*first, *second];
    }
}

/// Fractional bits of the constants.
const BITS: i32 = 13;

/// In 8192ths.
const fn fixed(value: f64) -> i32 {
    (value * (1 << BITS) as f64 + 0.5) as i32
}

// With c(k) = √2 cos(kπ/16), as the figure in the paper has them.
const C6: i32 = fixed(0.541_196_100);
const C2_MINUS_C6: i32 = fixed(0.765_366_865);
const C2_PLUS_C6: i32 = fixed(1.847_759_065);
const C3: i32 = fixed(1.175_875_602);
const C7_MINUS_C3: i32 = fixed(0.899_976_223);
const C1_PLUS_C3: i32 = fixed(2.562_915_447);
const C3_MINUS_C5: i32 = fixed(0.390_180_644);
const C3_PLUS_C5: i32 = fixed(1.961_570_560);
const ODD_7: i32 = fixed(0.298_631_336);
const ODD_5: i32 = fixed(2.053_119_869);
const ODD_3: i32 = fixed(3.072_711_026);
const ODD_1: i32 = fixed(1.501_321_110);

/// Eight values to eight coefficients, √8 times the orthonormal ones, divided by `2^(SHIFT - BITS)`.
#[inline(always)]
fn dct<const SHIFT: i32>(v: [i16; 8]) -> [i16; 8] {
    let sum: [i16; 4] = std::array::from_fn(|i| v[i].wrapping_add(v[7 - i]));
    let difference: [i16; 4] = std::array::from_fn(|i| v[i].wrapping_sub(v[7 - i]));
    let [d0, d4, d2, d6] = even(sum);
    let [d1, d3, d5, d7] = odd(difference);
    [d0, d1, d2, d3, d4, d5, d6, d7].map(|d| ((d + (1 << (SHIFT - 1))) >> SHIFT) as i16)
}

#[inline(always)]
fn even([a, b, c, d]: [i16; 4]) -> [i32; 4] {
    let (s, t) = (i32::from(a.wrapping_add(d)), i32::from(b.wrapping_add(c)));
    let (x, y) = (a.wrapping_sub(d), b.wrapping_sub(c));
    let z = i32::from(x.wrapping_add(y)) * C6;
    [(s + t) << BITS, (s - t) << BITS, z + i32::from(x) * C2_MINUS_C6, z - i32::from(y) * C2_PLUS_C6]
}

#[inline(always)]
fn odd([a, b, c, d]: [i16; 4]) -> [i32; 4] {
    let pair = |x: i16, y: i16| i32::from(x.wrapping_add(y));
    let all = (pair(d, b) + pair(c, a)) * C3;
    let z1 = pair(d, a) * -C7_MINUS_C3;
    let z2 = pair(c, b) * -C1_PLUS_C3;
    let z3 = pair(d, b) * -C3_PLUS_C5 + all;
    let z4 = pair(c, a) * -C3_MINUS_C5 + all;
    let [a, b, c, d] = [a, b, c, d].map(i32::from);
    [a * ODD_1 + z1 + z4, b * ODD_3 + z2 + z3, c * ODD_5 + z2 + z4, d * ODD_7 + z1 + z3]
}

/// A bit for each value that is not zero. Turned back to row by row, for that takes no step across lanes.
#[inline(always)]
fn nonzero(values: &[i16; 64], bits: &mut [u8; 8]) {
    let columns = values.as_chunks::<8>().0;
    for (v, bits) in bits.iter_mut().enumerate() {
        let bit = |u: usize| u16::from(columns[u][v] != 0) << u;
        *bits = (bit(0) | bit(1) | bit(2) | bit(3) | bit(4) | bit(5) | bit(6) | bit(7)) as u8;
    }
}

/// Division of the coefficients by the steps of a quantisation table, to the nearest and half away from zero.
///
/// Of a number *n* below 2¹⁶, and without dividing: with 2ᵇ the least power of two not below the divisor *d*
/// and *m* = ⌈2¹⁶⁺ᵇ/*d*⌉, the quotient *nm*/2¹⁶⁺ᵇ is too large by *n*(*md* − 2¹⁶⁺ᵇ)/(2¹⁶⁺ᵇ*d*), less than
/// 1/*d*, so that its whole part is that of *n*/*d* (Granlund and Montgomery, "Division by invariant integers
/// using multiplication", PLDI 1994). *m* has 17 bits, of which the first is always set: an addition, so that
/// all the rest fits 16-bit lanes as long as *n* is below 2¹⁵.
pub(crate) struct Divisors {
    half: [u16; 64],
    inverse: [u16; 64],
    /// 2¹⁶⁻ᵇ: the shift by *b*, as a multiplication of which the upper half is kept.
    shift: [u16; 64],
}

impl Divisors {
    /// For steps row by row, of coefficients that come eight times too large.
    pub(crate) fn new(steps: &[u8; 64]) -> Self {
        let mut divisors = Self { half: [0; 64], inverse: [0; 64], shift: [0; 64] };
        for (at, step) in steps.iter().enumerate() {
            let (turned, divisor) = (at % 8 * 8 + at / 8, 8 * u32::from((*step).max(1)));
            let b = divisor.next_power_of_two().ilog2();
            divisors.half[turned] = (divisor / 2) as u16;
            divisors.inverse[turned] = (1u32 << (16 + b)).div_ceil(divisor) as u16; // without its first bit
            divisors.shift[turned] = 1 << (16 - b);
        }
        divisors
    }

    #[inline(always)]
    fn divide(&self, values: &mut [i16; 64]) {
        let upper = |a: u16, b: u16| ((u32::from(a) * u32::from(b)) >> 16) as u16;
        for (i, value) in values.iter_mut().enumerate() {
            let sign = *value >> 15;
            let n = value.unsigned_abs().wrapping_add(self.half[i]);
            let quotient = upper(n.wrapping_add(upper(n, self.inverse[i])), self.shift[i]) as i16;
            *value = (quotient ^ sign).wrapping_sub(sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;
    use std::f64::consts::{FRAC_1_SQRT_2, PI};

    /// Row by row, by the definition (T.81, A.3.3).
    fn exact(samples: &[u8], stride: usize) -> [f64; 64] {
        let c = |k: usize| if k == 0 { FRAC_1_SQRT_2 } else { 1.0 };
        let cos = |x: usize, u: usize| ((2 * x + 1) as f64 * u as f64 * PI / 16.0).cos();
        std::array::from_fn(|at| {
            let (v, u) = (at / 8, at % 8);
            let term = |i: usize| {
                let (y, x) = (i / 8, i % 8);
                (f64::from(samples[y * stride + x]) - 128.0) * cos(x, u) * cos(y, v)
            };
            c(u) * c(v) / 4.0 * (0..64).map(term).sum::<f64>()
        })
    }

    /// Noise of all strengths, pure black and white patterns among them.
    fn strips() -> Vec<Vec<u8>> {
        let mut random = Random::new("fdct");
        let mut strips = Vec::new();
        for spread in [1, 2, 3, 16, 64, 255, 256] {
            let mut sample = || ((256 - spread) / 2 + random.below(spread)) as u8;
            strips.push((0..8 * (UNIT_WIDTH + 3)).map(|_| sample()).collect());
        }
        strips.push((0..8 * (UNIT_WIDTH + 3)).map(|_| 255 * random.below(2) as u8).collect());
        strips.extend([0, 255].map(|v| vec![v; 8 * (UNIT_WIDTH + 3)]));
        // The signs of each basis function: what drives one coefficient as far as it goes.
        for at in 0..64 {
            let cos = |x: usize, u: usize| ((2 * (x % 8) + 1) as f64 * u as f64 * PI / 16.0).cos();
            let sign = |i: usize| cos(i % (UNIT_WIDTH + 3), at % 8) * cos(i / (UNIT_WIDTH + 3), at / 8) > 0.0;
            strips.push((0..8 * (UNIT_WIDTH + 3)).map(|i| if sign(i) { 255 } else { 0 }).collect());
        }
        strips
    }

    #[test]
    fn every_level_is_near_the_definition() {
        let (stride, divisors) = (UNIT_WIDTH + 3, Divisors::new(&[1; 64]));
        for strip in strips() {
            for level in Level::available() {
                let mut blocks = [Block::ZERO; UNIT];
                let mut scratch = Scratch::NEW;
                transform(level, &strip, stride, &divisors, &mut scratch, &mut blocks);
                for (i, block) in blocks.iter().enumerate() {
                    for (at, exact) in exact(&strip[8 * i..], stride).into_iter().enumerate() {
                        let turned = at % 8 * 8 + at / 8;
                        let error = (f64::from(block.values[turned]) - exact).abs();
                        assert!(error < 0.75, "{level}, block {i}, {at}: {error} from {exact}");
                        assert_eq!(block.nonzero[at / 8] >> (at % 8) & 1 == 1, block.values[turned] != 0);
                    }
                }
            }
        }
    }

    #[test]
    fn every_level_gives_the_plain_blocks() {
        for (i, strip) in strips().iter().enumerate() {
            let divisors = Divisors::new(&std::array::from_fn(|at| (at * (i + 1) % 255 + 1) as u8));
            let run = |level| {
                let mut blocks = [Block::ZERO; UNIT];
                let mut scratch = Scratch::NEW;
                transform(level, strip, UNIT_WIDTH + 3, &divisors, &mut scratch, &mut blocks);
                blocks.map(|block| (block.values, block.nonzero))
            };
            for level in Level::available() {
                assert!(run(level) == run(Level::PLAIN), "strip {i} at level {level}");
            }
        }
    }

    #[test]
    fn multiplying_is_dividing() {
        for step in 1..=255u8 {
            let divisors = Divisors::new(&[step; 64]);
            let divisor = 8 * i32::from(step);
            // Every number that a coefficient can be, and some more.
            let numbers: Vec<i16> = (-10_000..10_032).collect();
            for chunk in numbers.as_chunks::<64>().0 {
                let mut values = *chunk;
                divisors.divide(&mut values);
                for (n, got) in chunk.iter().zip(values) {
                    let n = i32::from(*n);
                    assert_eq!(
                        i32::from(got),
                        n.signum() * ((n.abs() + divisor / 2) / divisor),
                        "{n} / {divisor}"
                    );
                }
            }
        }
    }
}
