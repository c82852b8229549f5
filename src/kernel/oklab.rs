//! Linear sRGB to Oklab and back, on three rows.
//!
//! Björn Ottosson, "A perceptual color space for image processing", 2020; matrices as corrected there in
//! January 2021. Greatest error against the same matrices in `f64` with an exact cube root: 1e-6; there and
//! back again, 5e-6 in linear light (both tested), a third of what 16 bits can show.

use super::level::kernel;
use super::transfer::cube_root;

/// Linear sRGB to cone response.
pub(crate) const TO_LMS: [[f32; 3]; 3] = [
    [0.412_221_46, 0.536_332_55, 0.051_445_995],
    [0.211_903_5, 0.680_699_5, 0.107_396_96],
    [0.088_302_46, 0.281_718_85, 0.629_978_7],
];

/// Cube roots of the cone response to Oklab.
pub(crate) const TO_LAB: [[f32; 3]; 3] = [
    [0.210_454_26, 0.793_617_8, -0.004_072_047],
    [1.977_998_5, -2.428_592_2, 0.450_593_7],
    [0.025_904_037, 0.782_771_77, -0.808_675_77],
];

/// Oklab to the cube roots of the cone response.
pub(crate) const FROM_LAB: [[f32; 3]; 3] = [
    [1.0, 0.396_337_78, 0.215_803_76],
    [1.0, -0.105_561_346, -0.063_854_17],
    [1.0, -0.089_484_18, -1.291_485_5],
];

/// Cone response to linear sRGB.
pub(crate) const FROM_LMS: [[f32; 3]; 3] = [
    [4.076_741_7, -3.307_711_6, 0.230_969_93],
    [-1.268_438, 2.609_757_4, -0.341_319_38],
    [-0.004_196_086_3, -0.703_418_6, 1.707_614_7],
];

#[inline(always)]
fn apply(m: &[[f32; 3]; 3], x: f32, y: f32, z: f32) -> [f32; 3] {
    [
        m[0][0] * x + m[0][1] * y + m[0][2] * z,
        m[1][0] * x + m[1][1] * y + m[1][2] * z,
        m[2][0] * x + m[2][1] * y + m[2][2] * z,
    ]
}

#[inline(always)]
fn signed_cube_root(x: f32) -> f32 {
    cube_root(x.abs()).copysign(x)
}

kernel! {
    /// Linear red, green, blue become L, a, b. The rows are of one length.
    pub(crate) fn linear_to_oklab(c0: &mut [f32], c1: &mut [f32], c2: &mut [f32]) {
        for ((x, y), z) in c0.iter_mut().zip(c1).zip(c2) {
            let lms = apply(&TO_LMS, *x, *y, *z);
            let [l, m, s] = [signed_cube_root(lms[0]), signed_cube_root(lms[1]), signed_cube_root(lms[2])];
            [*x, *y, *z] = apply(&TO_LAB, l, m, s);
        }
    }
}

kernel! {
    /// L, a, b become linear red, green, blue. The rows are of one length.
    pub(crate) fn oklab_to_linear(c0: &mut [f32], c1: &mut [f32], c2: &mut [f32]) {
        for ((x, y), z) in c0.iter_mut().zip(c1).zip(c2) {
            let [l, m, s] = apply(&FROM_LAB, *x, *y, *z);
            [*x, *y, *z] = apply(&FROM_LMS, l * l * l, m * m * m, s * s * s);
        }
    }
}
