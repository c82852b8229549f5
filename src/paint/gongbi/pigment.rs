//! The colours there are.
//!
//! Chinese painting knows few pigments, and mixes fewer: minerals ground to powder (azurite, malachite, cinnabar, ochre,
//! shell white) and juices (gamboge, indigo, rouge) over ink. A colour goes towards the mixture nearest to it; its
//! lightness keeps its place among the others.

use crate::color::convert::convert_rows;
use crate::kernel::Level;
use crate::pixel::Encoding;

/// Pigments as they look on silk: 石青 石绿 赭石 朱砂 藤黄 花青 胭脂 粉 墨.
const PIGMENTS: [[u8; 3]; 9] = [
    [0x2e, 0x5e, 0x8c],
    [0x4e, 0x9b, 0x79],
    [0x9c, 0x5b, 0x3a],
    [0xc3, 0x40, 0x2e],
    [0xe7, 0xb8, 0x4b],
    [0x3a, 0x56, 0x6e],
    [0xa5, 0x3a, 0x55],
    [0xf3, 0xea, 0xd8],
    [0x2f, 0x2c, 0x2a],
];
/// How near a pigment must be to count, in Oklab.
const NEAR: f32 = 0.055;
/// How much fresher pigments are.
const FRESH: f32 = 1.25;

/// A colour in Oklab.
pub(super) fn lab(rgb: [u8; 3]) -> [f32; 3] {
    let mut rows = rgb.map(|v| [f32::from(v) / 255.0]);
    let [a, b, c] = &mut rows;
    convert_rows(Level::PLAIN, Encoding::Srgb, Encoding::Oklab, [a, b, c]);
    rows.map(|[v]| v)
}

/// How colours become pigments.
pub(crate) struct Pigments {
    /// 0 keeps colours, 1 there are only mixtures of pigments.
    strength: f32,
    pigments: [[f32; 3]; 9],
}

impl Pigments {
    pub(crate) fn new(strength: f32) -> Self {
        Self { strength, pigments: PIGMENTS.map(lab) }
    }

    /// A colour in Oklab as pigment.
    pub(crate) fn mixed(&self, [light, a, b]: [f32; 3]) -> [f32; 3] {
        // Minerals are a little fresher than the things painted with them.
        let (wide_a, wide_b) = (FRESH * a, FRESH * b);
        let mut sum = [0.0f32; 3];
        for [own, pa, pb] in self.pigments {
            let (x, y, z) = (wide_a - pa, wide_b - pb, light - own);
            let weight = x * x + y * y + 0.12 * z * z + 0.2 * NEAR * NEAR;
            let weight = 1.0 / (weight * weight);
            sum = [sum[0] + weight, sum[1] + weight * pa, sum[2] + weight * pb];
        }
        let by = self.strength;
        // Whites are powder, darks thin ink through which silk shows.
        let lit = light.clamp(0.0, 1.0);
        let key = 0.25 + (1.0 - 0.29 * lit) * lit;
        [light + by * (key - light), a + by * (sum[1] / sum[0] - a), b + by * (sum[2] / sum[0] - b)]
    }
}

/// Blue and green, 青绿: what grades upwards from ochre through malachite to azurite.
pub(crate) struct Minerals {
    /// Oklab from foot to top.
    table: [[f32; 3]; 5],
}

/// How high each of them lies.
const HIGH: [f32; 5] = [0.0, 0.22, 0.46, 0.68, 1.0];

impl Minerals {
    pub(crate) fn new() -> Self {
        Self {
            table: [
                [0xbb, 0x86, 0x54],
                [0xab, 0x93, 0x5e],
                [0x58, 0xa0, 0x78],
                [0x2f, 0x86, 0x80],
                [0x1f, 0x57, 0x9a],
            ]
            .map(lab),
        }
    }

    /// What a colour becomes at a height: greens, blues and greys do; reds, skin and earth stay as they were `mixed`, and
    /// so does what is hardly painted.
    pub(crate) fn painted(&self, own: [f32; 3], mixed: [f32; 3], height: f32, cover: f32) -> [f32; 3] {
        let [light, a, b] = own;
        let chroma = (a * a + b * b).sqrt();
        let (cold, green) = ((-b - 0.3 * a) / (chroma + 0.015), (-a + 0.25 * b) / (chroma + 0.015));
        let sure = (chroma / 0.06).min(1.0);
        // What is blue stays high in the scale and what is green in the middle; greys go all the way.
        let home = if cold > green { 0.86 } else { 0.5 };
        let grey = 0.12 + 0.72 * height;
        let place = grey + sure * (0.45 * height + home - 0.22 - grey);
        let mineral = self.at(place.clamp(0.0, 1.0));
        let warm = ((0.75 * a + 0.45 * b) / (chroma + 0.012)).max(0.0);
        let pale = ((light - 0.8) / 0.14).clamp(0.0, 1.0);
        let kept = (2.2 * (warm - 0.22)).clamp(0.0, 1.0) * (chroma / 0.035).min(1.0);
        let by = (1.0 - kept) * (1.0 - 0.85 * pale) * ((cover - 0.25) / 0.4).clamp(0.0, 1.0);
        // Most of the lightness is the picture's, or forms would be lost.
        let light = 0.5 * mineral[0] + 0.5 * 0.56 + 0.72 * (mixed[0] - 0.6);
        let to = |c: usize, target: f32| mixed[c] + by * (target - mixed[c]);
        [to(0, light), to(1, 1.15 * mineral[1]), to(2, 1.15 * mineral[2])]
    }

    /// The mineral at a height.
    fn at(&self, height: f32) -> [f32; 3] {
        let k = (1..HIGH.len()).find(|k| height <= HIGH[*k]).unwrap_or(HIGH.len() - 1);
        let f = ((height - HIGH[k - 1]) / (HIGH[k] - HIGH[k - 1])).clamp(0.0, 1.0);
        [0, 1, 2].map(|c| self.table[k - 1][c] + f * (self.table[k][c] - self.table[k - 1][c]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lightness_keeps_its_order_and_hues_their_pigments() {
        let pigments = Pigments::new(1.0);
        let lights: Vec<f32> = (0..50).map(|k| pigments.mixed([k as f32 / 49.0, 0.02, 0.03])[0]).collect();
        assert!(lights.windows(2).all(|pair| pair[0] < pair[1]));
        let red = pigments.mixed(lab([0xd0, 0x30, 0x30]));
        assert!(red[1] > 0.1, "{red:?}");
        let blue = pigments.mixed(lab([0x30, 0x50, 0xc0]));
        assert!(blue[2] < -0.03 && blue[1] < 0.03, "{blue:?}");
        assert_eq!(Pigments::new(0.0).mixed([0.4, 0.1, -0.1]), [0.4, 0.1, -0.1]);
    }

    #[test]
    fn greys_rise_from_ochre_to_azurite_and_skin_stays() {
        let minerals = Minerals::new();
        let grey = [0.5, 0.0, 0.0];
        let [foot, top] = [0.0, 1.0].map(|high| minerals.painted(grey, grey, high, 1.0));
        assert!(foot[2] > 0.02 && top[2] < -0.03, "{foot:?} {top:?}");
        let skin = [0.7, 0.05, 0.06];
        assert_eq!(minerals.painted(skin, skin, 1.0, 1.0), skin);
        assert_eq!(minerals.painted(grey, grey, 1.0, 0.1), grey);
    }
}
