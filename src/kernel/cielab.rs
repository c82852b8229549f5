//! Linear sRGB to CIE L*a*b* with the white D65, divided by 100, and back (CIE 15:2004, section 8.2.1).

use super::level::kernel;
use super::transfer::cube_root;

/// Linear sRGB to X, Y, Z as parts of the white's.
const TO_XYZ: [[f32; 3]; 3] =
    [[0.4338873, 0.376224, 0.1898886], [0.212639, 0.7151687, 0.0721923], [0.01775, 0.1094476, 0.8728023]];
const FROM_XYZ: [[f32; 3]; 3] = [
    [3.080_399, -1.537_383_2, -0.5430159],
    [-0.9212234, 1.8759675, 0.0452559],
    [0.0528739, -0.203977, 1.151103],
];
/// Where the cube root gives way to a straight line.
const KNEE: f32 = 216.0 / 24389.0;
const SLOPE: f32 = 24389.0 / 27.0;

#[inline(always)]
fn bent(t: f32) -> f32 {
    let line = (SLOPE * t + 16.0) / 116.0;
    if t > KNEE { cube_root(t.max(0.0)) } else { line }
}

#[inline(always)]
fn straight(f: f32) -> f32 {
    let line = (116.0 * f - 16.0) / SLOPE;
    if f * f * f > KNEE { f * f * f } else { line }
}

#[inline(always)]
fn apply(m: &[[f32; 3]; 3], v: [f32; 3]) -> [f32; 3] {
    std::array::from_fn(|i| m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2])
}

kernel! {
    /// Linear red, green, blue become L*, a*, b* over 100. The rows are of one length.
    pub(crate) fn from_linear(c0: &mut [f32], c1: &mut [f32], c2: &mut [f32]) {
        for ((x, y), z) in c0.iter_mut().zip(c1).zip(c2) {
            let f = apply(&TO_XYZ, [*x, *y, *z]).map(bent);
            [*x, *y, *z] = [1.16 * f[1] - 0.16, 5.0 * (f[0] - f[1]), 2.0 * (f[1] - f[2])];
        }
    }
}

kernel! {
    /// L*, a*, b* over 100 become linear red, green, blue. The rows are of one length.
    pub(crate) fn to_linear(c0: &mut [f32], c1: &mut [f32], c2: &mut [f32]) {
        for ((x, y), z) in c0.iter_mut().zip(c1).zip(c2) {
            let middle = (*x + 0.16) / 1.16;
            let f = [middle + *y / 5.0, middle, middle - *z / 2.0];
            [*x, *y, *z] = apply(&FROM_XYZ, f.map(straight));
        }
    }
}
