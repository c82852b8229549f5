//! The five filters of PNG on stretches of rows, and how well each of them would do.
//!
//! PNG specification, third edition, section 9. A stretch comes as four slices of one length: the bytes
//! themselves, those one pixel to the left, those above, and those above to the left. The caller hands in
//! zeros where the picture ends. Encoding reads only the original bytes, so every byte of a row can be done
//! at once.

use super::level::kernel;

/// The bytes of a stretch and their three neighbours; all slices have one length.
#[derive(Clone, Copy)]
pub(crate) struct Stretch<'a> {
    /// What is to be filtered.
    pub(crate) here: &'a [u8],
    /// One pixel to the left.
    pub(crate) left: &'a [u8],
    /// One row up.
    pub(crate) above: &'a [u8],
    /// One row up and one pixel to the left.
    pub(crate) corner: &'a [u8],
}

/// The predictor of Paeth, in bytes throughout.
///
/// The specification measures how far `p = a + b − c` is from each of the three. Those distances are
/// `|b−c|`, `|a−c|` and `|(b−c) + (a−c)|`. The last is the sum of the first two when both differences have one sign
/// (then it is never the smallest, so it may saturate) and the difference of the two otherwise.
#[inline(always)]
fn predict(a: u8, b: u8, c: u8) -> u8 {
    let (to_left, to_above) = (b.abs_diff(c), a.abs_diff(c));
    let same_sign = (b >= c) == (a >= c);
    let to_corner = if same_sign { to_left.saturating_add(to_above) } else { to_left.abs_diff(to_above) };
    let above_or_corner = if to_above <= to_corner { b } else { c };
    if (to_left <= to_above) & (to_left <= to_corner) { a } else { above_or_corner }
}

/// `⌊(a + b) / 2⌋` without leaving bytes.
#[inline(always)]
fn mean(a: u8, b: u8) -> u8 {
    (a & b) + ((a ^ b) >> 1)
}

/// The size of a residue, taken as a signed number.
#[inline(always)]
fn weight(residue: u8) -> u8 {
    residue.min(residue.wrapping_neg())
}

kernel! {
    /// Filters 1 and 2: what is left after taking away one neighbour.
    pub(crate) fn difference(here: &[u8], neighbour: &[u8], out: &mut [u8]) {
        for ((out, x), n) in out.iter_mut().zip(here).zip(neighbour) {
            *out = x.wrapping_sub(*n);
        }
    }
}

kernel! {
    /// Filter 3: what is left after taking away the mean of left and above.
    pub(crate) fn average(stretch: Stretch<'_>, out: &mut [u8]) {
        for (((out, x), a), b) in out.iter_mut().zip(stretch.here).zip(stretch.left).zip(stretch.above) {
            *out = x.wrapping_sub(mean(*a, *b));
        }
    }
}

kernel! {
    /// Filter 4: what is left after taking away the neighbour that Paeth's predictor chooses.
    pub(crate) fn paeth(stretch: Stretch<'_>, out: &mut [u8]) {
        let Stretch { here, left, above, corner } = stretch;
        for ((((out, x), a), b), c) in out.iter_mut().zip(here).zip(left).zip(above).zip(corner) {
            *out = x.wrapping_sub(predict(*a, *b, *c));
        }
    }
}

/// Bytes done side by side when filters are weighed.
const LANES: usize = 32;

/// Steps of [`LANES`] bytes after which a lane of 16 bits could overflow: 511 × 128 < 2¹⁶.
const STEPS: usize = 511;

kernel! {
    /// Add to `sums` the sum of the absolute residues that each of the five filters would leave.
    ///
    /// Bytes past the last whole group of 32 are left out unless the stretch is shorter than that.
    pub(crate) fn weigh(stretch: Stretch<'_>, sums: &mut [u64; 5]) {
        let Stretch { here, left, above, corner } = stretch;
        if here.len() < LANES {
            for (((x, a), b), c) in here.iter().zip(left).zip(above).zip(corner) {
                for (sum, residue) in sums.iter_mut().zip(residues(*x, *a, *b, *c)) {
                    *sum += u64::from(weight(residue));
                }
            }
            return;
        }
        let piece = STEPS * LANES;
        let pieces = here.chunks(piece).zip(left.chunks(piece)).zip(above.chunks(piece)).zip(corner.chunks(piece));
        for (((here, left), above), corner) in pieces {
            let mut lanes = [[0u16; LANES]; 5];
            let steps = here.as_chunks().0.iter().zip(left.as_chunks().0).zip(above.as_chunks().0).zip(corner.as_chunks().0);
            for (((x, a), b), c) in steps {
                weigh_step(x, a, b, c, &mut lanes);
            }
            for (sum, lanes) in sums.iter_mut().zip(&lanes) {
                *sum += u64::from(lanes.iter().map(|&lane| u32::from(lane)).sum::<u32>());
            }
        }
    }
}

type Lanes = [u8; LANES];

#[inline(always)]
fn weigh_step(x: &Lanes, a: &Lanes, b: &Lanes, c: &Lanes, lanes: &mut [[u16; LANES]; 5]) {
    for i in 0..LANES {
        let residues = residues(x[i], a[i], b[i], c[i]);
        for (lanes, residue) in lanes.iter_mut().zip(residues) {
            lanes[i] += u16::from(weight(residue));
        }
    }
}

/// What each filter leaves, in the order of their numbers.
#[inline(always)]
fn residues(x: u8, a: u8, b: u8, c: u8) -> [u8; 5] {
    [0, a, b, mean(a, b), predict(a, b, c)].map(|prediction| x.wrapping_sub(prediction))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    /// Section 9.4 word for word.
    fn paeth_by_the_book(a: u8, b: u8, c: u8) -> u8 {
        let (a, b, c) = (i32::from(a), i32::from(b), i32::from(c));
        let p = a + b - c;
        let (pa, pb, pc) = ((p - a).abs(), (p - b).abs(), (p - c).abs());
        (if pa <= pb && pa <= pc {
            a
        } else if pb <= pc {
            b
        } else {
            c
        }) as u8
    }

    #[test]
    fn the_predictor_in_bytes_is_the_one_in_the_book() {
        for a in 0..=255 {
            for b in 0..=255 {
                for c in (0..=255).step_by(1 + usize::from(a % 3)) {
                    assert_eq!(predict(a, b, c), paeth_by_the_book(a, b, c), "{a} {b} {c}");
                }
            }
        }
    }

    fn naive(filter: usize, stretch: Stretch<'_>, i: usize) -> u8 {
        let (x, a, b, c) = (stretch.here[i], stretch.left[i], stretch.above[i], stretch.corner[i]);
        let prediction = match filter {
            0 => 0,
            1 => a,
            2 => b,
            3 => ((u16::from(a) + u16::from(b)) / 2) as u8,
            _ => paeth_by_the_book(a, b, c),
        };
        x.wrapping_sub(prediction)
    }

    #[test]
    fn every_level_filters_and_weighs_by_the_book() {
        let mut random = Random::new("png filters");
        for width in [0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 257, 40_000] {
            let rows: [Vec<u8>; 4] =
                std::array::from_fn(|_| (0..width).map(|_| random.below(256) as u8).collect());
            let stretch = Stretch { here: &rows[0], left: &rows[1], above: &rows[2], corner: &rows[3] };
            for level in Level::available() {
                let mut out = vec![0; width];
                for filter in 1..5 {
                    match filter {
                        1 => difference(level, stretch.here, stretch.left, &mut out),
                        2 => difference(level, stretch.here, stretch.above, &mut out),
                        3 => average(level, stretch, &mut out),
                        _ => paeth(level, stretch, &mut out),
                    }
                    let want: Vec<u8> = (0..width).map(|i| naive(filter, stretch, i)).collect();
                    assert_eq!(out, want, "filter {filter}, width {width}, level {level}, {random}");
                }
                let mut sums = [0; 5];
                weigh(level, stretch, &mut sums);
                let counted = if width < LANES { width } else { width / LANES * LANES };
                let want: [u64; 5] = std::array::from_fn(|filter| {
                    (0..counted).map(|i| u64::from((naive(filter, stretch, i) as i8).unsigned_abs())).sum()
                });
                assert_eq!(sums, want, "width {width}, level {level}, {random}");
            }
        }
    }
}
