//! How steep, which way, and is it a ridge: the three questions of non-maximum suppression, without a branch.
//!
//! Rows of magnitudes are one longer than the picture on either side; those ends stay zero.

use super::level::kernel;

/// tan 22.5° in units of 2⁻¹⁵.
const TANGENT: i32 = 13_573;

/// The neighbours to compare with: left and right.
const LEVEL: i16 = 0;
/// Above and below.
const UPRIGHT: i16 = 1;
/// Above left and below right.
const FALLING: i16 = 2;
/// Above right and below left.
const RISING: i16 = 3;

/// The bits of a class: a ridge above the low threshold, and one that is not above the high threshold.
const CANDIDATE: u8 = 1;
const WEAK: u8 = 2;

/// The sector of a gradient whose parts are within ±13 000.
///
/// The tests are those of exact fractions: 2x·13573 >> 16 is the floor of x tan 22.5°, which is never a
/// whole number unless x is 0, and tan 67.5° is tan 22.5° + 2.
#[inline(always)]
fn sector(dx: i16, dy: i16) -> i16 {
    let (x, y) = (dx.abs(), dy.abs());
    let low = ((i32::from(2 * x) * TANGENT) >> 16) as i16;
    let diagonal = if (dx ^ dy) < 0 { RISING } else { FALLING };
    let steep = if y > low + 2 * x { UPRIGHT } else { diagonal };
    if y <= low { LEVEL } else { steep }
}

kernel! {
    /// |dx| + |dy| and the sector.
    pub(crate) fn measure_sum(dx: &[i16], dy: &[i16], magnitude: &mut [i16], sectors: &mut [i16]) {
        let len = dx.len();
        let (dy, magnitude, sectors) = (&dy[..len], &mut magnitude[1..=len], &mut sectors[..len]);
        for x in 0..len {
            magnitude[x] = dx[x].abs() + dy[x].abs();
            sectors[x] = sector(dx[x], dy[x]);
        }
    }
}

kernel! {
    /// dx² + dy² and the sector.
    pub(crate) fn measure_squares(dx: &[i16], dy: &[i16], magnitude: &mut [i32], sectors: &mut [i16]) {
        let len = dx.len();
        let (dy, magnitude, sectors) = (&dy[..len], &mut magnitude[1..=len], &mut sectors[..len]);
        for x in 0..len {
            let (p, q) = (i32::from(dx[x]), i32::from(dy[x]));
            magnitude[x] = p * p + q * q;
            sectors[x] = sector(dx[x], dy[x]);
        }
    }
}

/// The body of both suppressions, for one type of magnitude.
macro_rules! suppressed {
    ($type:ty, $rows:expr, $sectors:expr, $limits:expr, $classes:expr) => {{
        let ([up, mid, down], sectors, [low, high]) = ($rows, $sectors, $limits);
        let len = sectors.len();
        let classes = &mut $classes[..len];
        let [u0, u1, u2] = [&up[..len], &up[1..=len], &up[2..len + 2]];
        let [m0, m1, m2] = [&mid[..len], &mid[1..=len], &mid[2..len + 2]];
        let [d0, d1, d2] = [&down[..len], &down[1..=len], &down[2..len + 2]];
        for x in 0..len {
            let (sector, value) = (sectors[x], m1[x]);
            // Masks instead of conditions, or the compiler would load behind branches and give up vectors.
            let is = |which: i16| -<$type>::from(sector == which);
            let pick = |mask: $type, this: $type, that: $type| that ^ ((this ^ that) & mask);
            let (falling, upright, level) = (is(FALLING), is(UPRIGHT), is(LEVEL));
            let before = pick(level, m0[x], pick(upright, u1[x], pick(falling, u0[x], u2[x])));
            let after = pick(level, m2[x], pick(upright, d1[x], pick(falling, d2[x], d0[x])));
            // On a diagonal both neighbours must be lower; across or down the second may be equal.
            let ridge = (value > low) & (value > before) & (value - (level | upright) > after);
            let class = CANDIDATE + WEAK * u8::from(value <= high);
            classes[x] = class & u8::from(ridge).wrapping_neg();
        }
    }};
}

kernel! {
    /// The classes of a row of sums.
    pub(crate) fn suppress_sum(rows: [&[i16]; 3], sectors: &[i16], limits: [i16; 2], classes: &mut [u8]) {
        suppressed!(i16, rows, sectors, limits, classes);
    }
}

kernel! {
    /// The classes of a row of squares.
    pub(crate) fn suppress_squares(rows: [&[i32]; 3], sectors: &[i16], limits: [i32; 2], classes: &mut [u8]) {
        suppressed!(i32, rows, sectors, limits, classes);
    }
}
