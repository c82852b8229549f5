//! Colours as Adobe's programs keep them, brought to sRGB.
//!
//! Inks without a profile say no colour; like most programs we take each as the part of light it holds back.

use super::super::Swatch;
use crate::color::Rgb;
use crate::pixel::Encoding;

/// A colour of 0..=1 a channel.
pub(super) fn rgb(rgb: [f32; 3]) -> [u8; 3] {
    Rgb(rgb).to_u8()
}

/// Grey, 0 black.
pub(super) fn grey(value: f32) -> [u8; 3] {
    rgb([value; 3])
}

/// Inks, 1 full: cyan, magenta, yellow, black.
pub(super) fn cmyk([c, m, y, k]: [f32; 4]) -> [u8; 3] {
    rgb([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k)))
}

/// Hue as a part of the circle, saturation and brightness.
pub(super) fn hsb([hue, saturation, brightness]: [f32; 3]) -> [u8; 3] {
    let sixths = hue.rem_euclid(1.0) * 6.0;
    let channel = |turn: f32| {
        let k = (turn + sixths) % 6.0;
        brightness * (1.0 - saturation * k.min(4.0 - k).clamp(0.0, 1.0))
    };
    rgb([channel(5.0), channel(3.0), channel(1.0)])
}

/// XYZ under D50 to linear sRGB: the matrix of sRGB, adapted after Bradford (Bruce Lindbloom, "RGB/XYZ Matrices").
const FROM_D50: [[f32; 3]; 3] = [
    [3.133_856, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// The white of D50.
const D50: [f32; 3] = [0.964_22, 1.0, 0.825_21];

/// CIELAB under D50, L 0 to 100; what sRGB cannot show is cut channel by channel.
pub(super) fn lab([l, a, b]: [f32; 3]) -> [u8; 3] {
    let y = (l + 16.0) / 116.0;
    let light = |f: f32| {
        let cube = f * f * f;
        if cube > 216.0 / 24389.0 { cube } else { (116.0 * f - 16.0) * 27.0 / 24389.0 }
    };
    let (x, z) = (y + a / 500.0, y - b / 200.0);
    let xyz = [light(x) * D50[0], light(y) * D50[1], light(z) * D50[2]];
    let linear = FROM_D50.map(|row| row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]);
    let [mut r, mut g, mut b] = linear.map(|v| [v.clamp(0.0, 1.0)]);
    encode([&mut r, &mut g, &mut b]);
    rgb([r[0], g[0], b[0]])
}

fn encode(rows: [&mut [f32]; 3]) {
    use crate::color::convert::convert_rows;
    use crate::kernel::Level;
    convert_rows(Level::PLAIN, Encoding::Linear, Encoding::Srgb, rows);
}

/// The name to write: its own, or the colour, since these programs show nameless swatches as blanks.
pub(super) fn name(swatch: &Swatch) -> String {
    let [r, g, b] = swatch.rgb();
    let called = Swatch::opaque([r, g, b]).called(swatch.name.as_deref().unwrap_or_default());
    let hex = called.hex();
    called.name.unwrap_or(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_hold_light_back() {
        assert_eq!(cmyk([0.0; 4]), [255; 3]);
        assert_eq!(cmyk([1.0, 0.0, 0.0, 0.0]), [0, 255, 255]);
        assert_eq!(cmyk([0.0, 0.0, 0.0, 1.0]), [0; 3]);
        assert_eq!(cmyk([0.0, 0.5, 1.0, 0.5]), [128, 64, 0]);
    }

    #[test]
    fn hues_go_round() {
        let at = |degrees: f32| hsb([degrees / 360.0, 1.0, 1.0]);
        assert_eq!([at(0.0), at(60.0), at(120.0)], [[255, 0, 0], [255, 255, 0], [0, 255, 0]]);
        assert_eq!([at(180.0), at(240.0), at(300.0)], [[0, 255, 255], [0, 0, 255], [255, 0, 255]]);
        assert_eq!([at(360.0), at(30.0)], [[255, 0, 0], [255, 128, 0]]);
        assert_eq!([hsb([0.3, 0.0, 0.5]), hsb([0.3, 1.0, 0.0])], [[128; 3], [0; 3]]);
    }

    #[test]
    fn lab_is_that_of_colour_management() {
        // What Bruce Lindbloom's calculator gives for the corners of sRGB under D50, rounded.
        let pairs = [
            ([100.0, 0.0, 0.0], [255, 255, 255]),
            ([0.0, 0.0, 0.0], [0, 0, 0]),
            ([53.389, 0.0, 0.0], [127, 127, 127]),
            ([54.29, 80.81, 69.89], [255, 0, 0]),
            ([29.57, 68.30, -112.03], [0, 0, 255]),
            ([87.82, -79.27, 80.99], [0, 255, 0]),
        ];
        for (colour, wanted) in pairs {
            let found = lab(colour);
            let off = found.iter().zip(wanted).map(|(f, w)| f.abs_diff(w)).max().unwrap();
            assert!(off <= 1, "{colour:?}: {found:?}, not {wanted:?}");
        }
        assert_eq!(lab([50.0, 127.0, -128.0]).len(), 3);
    }
}
