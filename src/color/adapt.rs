//! Chromatic adaptation: what a picture looks like when its light has another colour.
//!
//! Von Kries' rule (1902): the eye scales the answer of each kind of cone until white looks white. The cones are
//! those of CAT16 (Li, Li, Wang and others, "Comprehensive color solutions: CAM16, CAT16, and CAM16-UCS", 2017).
//! Scaling red, green and blue themselves is the usual shortcut; it turns blues to violet and greens to lime where
//! the change is large. The whole is one 3×3 matrix on linear light, worked out in `f64`.

/// A matrix for linear red, green, blue.
pub(crate) type Matrix = [[f32; 3]; 3];

/// Linear sRGB to the XYZ of CIE 1931 (IEC 61966-2-1).
const TO_XYZ: [[f64; 3]; 3] = [
    [0.412_390_8, 0.357_584_34, 0.180_480_79],
    [0.212_639, 0.715_168_68, 0.072_192_32],
    [0.019_330_82, 0.119_194_78, 0.950_532_15],
];

/// XYZ to the cones of CAT16.
const TO_CONES: [[f64; 3]; 3] = [
    [0.401_288, 0.650_173, -0.051_461],
    [-0.250_268, 1.204_414, 0.045_854],
    [-0.002_079, 0.048_952, 0.953_127],
];

/// Reciprocal megakelvins of daylight at noon (6504 K), the white of sRGB.
const NOON: f64 = 1e6 / 6504.0;

/// The least a white may excite a kind of cone, so that a light without any blue asks for no endless gain.
const LEAST: f64 = 1e-3;

/// What turns things lit by `from` into the same things lit by `to`; both lights in linear sRGB. Grey keeps its
/// luminance.
pub(crate) fn adaptation(from: [f64; 3], to: [f64; 3]) -> Matrix {
    let cones = product(&TO_CONES, &TO_XYZ);
    let [from, to] = [from, to].map(|white| {
        let luminance = apply(&TO_XYZ, white)[1].max(LEAST);
        apply(&cones, white.map(|v| v / luminance)).map(|cone| cone.max(LEAST))
    });
    let scaled = std::array::from_fn(|i| cones[i].map(|v| v * to[i] / from[i]));
    product(&inverse(&cones), &scaled).map(|row| row.map(|v| v as f32))
}

/// A white that is `mireds` warmer than noon and lies `green` above the line of glowing bodies (in the v of CIE
/// 1960), in linear sRGB with luminance 1.
///
/// Equal steps in reciprocal temperature are about equally visible (Judd, "Sensibility to color-temperature change
/// as a function of temperature", 1933), so a slider in mireds is even from end to end. The way along the line is
/// laid from the white of sRGB, which itself lies a little above it: nothing asked, nothing changed.
pub(crate) fn white(mireds: f64, green: f64) -> [f64; 3] {
    const STEP: f64 = 0.5;
    let at = NOON + mireds;
    let ([u0, v0], [u, v], [u1, v1]) = (glow(NOON), glow(at), glow(at + STEP));
    let noon = uv(apply(&TO_XYZ, [1.0; 3]));
    let (along, length) = ([u1 - u, v1 - v], (u1 - u).hypot(v1 - v));
    // Square to the line, towards green: v rises, u falls.
    let [across_u, across_v] = [-along[1] / length, along[0] / length];
    let (u, v) = (noon[0] + u - u0 + green * across_u, noon[1] + v - v0 + green * across_v);
    let xyz = [1.5 * u / v, 1.0, (2.0 - 0.5 * u) / v - 5.0];
    apply(&inverse(&TO_XYZ), xyz)
}

/// Where a body that glows at so many mireds lies in the u, v of CIE 1960: Krystek, "An algorithm to calculate
/// correlated colour temperature", 1985. Made for 1000 to 15000 K, and smooth beyond.
fn glow(mireds: f64) -> [f64; 2] {
    let t = 1e6 / mireds;
    let u = (0.860_117_757 + 1.541_182_54e-4 * t + 1.286_412_12e-7 * t * t)
        / (1.0 + 8.424_202_35e-4 * t + 7.081_451_63e-7 * t * t);
    let v = (0.317_398_726 + 4.228_062_45e-5 * t + 4.204_816_91e-8 * t * t)
        / (1.0 - 2.897_418_16e-5 * t + 1.614_560_53e-7 * t * t);
    [u, v]
}

fn uv([x, y, z]: [f64; 3]) -> [f64; 2] {
    let sum = x + 15.0 * y + 3.0 * z;
    [4.0 * x / sum, 6.0 * y / sum]
}

fn apply(m: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

fn product(a: &[[f64; 3]; 3], b: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    a.map(|row| std::array::from_fn(|x| (0..3).map(|i| row[i] * b[i][x]).sum()))
}

fn inverse(m: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let minor = |y: usize, x: usize| {
        let ([y1, y2], [x1, x2]) = ([(y + 1) % 3, (y + 2) % 3], [(x + 1) % 3, (x + 2) % 3]);
        m[y1][x1] * m[y2][x2] - m[y1][x2] * m[y2][x1]
    };
    let determinant: f64 = (0..3).map(|x| m[0][x] * minor(0, x)).sum();
    std::array::from_fn(|y| std::array::from_fn(|x| minor(x, y) / determinant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: [f64; 3], b: [f64; 3], by: f64) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < by)
    }

    fn through(m: &Matrix, v: [f64; 3]) -> [f64; 3] {
        apply(&m.map(|row| row.map(f64::from)), v)
    }

    #[test]
    fn a_light_becomes_the_other_and_back() {
        for (from, to) in [([1.0; 3], [1.2, 1.0, 0.5]), ([0.6, 1.0, 1.4], [1.0, 1.0, 1.0])] {
            let luminance = |v| apply(&TO_XYZ, v)[1];
            let there = adaptation(from, to);
            let lit = through(&there, from);
            assert!(near(lit, to.map(|v| v * luminance(from) / luminance(to)), 1e-5), "{lit:?}");
            assert!((luminance(lit) - luminance(from)).abs() < 1e-5);
            let colour = [0.3, 0.7, 0.1];
            let back = through(&adaptation(to, from), through(&there, colour));
            assert!(near(back, colour, 1e-5), "{back:?}");
        }
    }

    #[test]
    fn noon_is_the_white_of_srgb() {
        assert!(near(white(0.0, 0.0), [1.0; 3], 1e-5), "{:?}", white(0.0, 0.0));
    }

    #[test]
    fn warm_is_red_cool_is_blue_and_tint_is_green() {
        let [warm, cool, green] = [white(80.0, 0.0), white(-80.0, 0.0), white(0.0, 0.01)];
        assert!(warm[0] > 1.1 && warm[2] < 0.7, "{warm:?}");
        assert!(cool[0] < 0.9 && cool[2] > 1.2, "{cool:?}");
        assert!(green[1] > 1.01 && green[0] < 1.0 && green[2] < 1.0, "{green:?}");
    }

    #[test]
    fn tabled_points_of_the_glowing_line() {
        // Illuminant A, 2856 K, of CIE 015: u = 0.2560, v = 0.3495.
        let [u, v] = glow(1e6 / 2856.0);
        assert!((u - 0.2560).abs() < 3e-4 && (v - 0.3495).abs() < 3e-4, "{u} {v}");
    }

    #[test]
    fn the_darkest_light_gives_numbers() {
        for white in [[0.0; 3], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [-1.0, 0.5, 0.2]] {
            assert!(adaptation(white, [1.0; 3]).as_flattened().iter().all(|v| v.is_finite()));
        }
    }
}
