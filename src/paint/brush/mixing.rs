//! Which colour is on the brush.
//!
//! Paint is richer than photographs: chroma a little higher, lights warm and shadows cool, no two strokes alike. The
//! Impressionists went further: no black, shadows in blue and violet, a high key, greys broken into what they are mixed
//! of, and beside a colour now and then its opposite (Chevreul, "De la loi du contraste simultané des couleurs", 1839).

use crate::color::convert::convert_rows;
use crate::kernel::noise::{mix, signed};
use crate::kernel::{Level, chroma};
use crate::pixel::Encoding;

/// How colours are mixed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixing {
    pub(crate) vivid: f32,
    pub(crate) contrast: f32,
    /// Lights warm and shadows cool.
    pub(crate) warmth: f32,
    /// How far hues differ from stroke to stroke, in radians, and how far lightness does.
    pub(crate) hue: f32,
    pub(crate) light: f32,
    /// Shadows go to blue and violet instead of black.
    pub(crate) violet: f32,
    /// How much lighter the whole is.
    pub(crate) key: f32,
    /// The share of strokes in the opposite colour.
    pub(crate) accents: f32,
    /// How differently coloured the hairs of one brush are.
    pub(crate) streaks: f32,
}

fn turned([l, a, b]: [f32; 3], angle: f32) -> [f32; 3] {
    let (sin, cos) = angle.sin_cos();
    [l, cos * a - sin * b, sin * a + cos * b]
}

impl Mixing {
    /// The colour as it would be mixed without chance. In Oklab, as all here.
    pub(crate) fn graded(&self, [l, a, b]: [f32; 3]) -> [f32; 3] {
        let l = l.clamp(0.0, 1.0);
        let curve = l + self.contrast * (l * l * (3.0 - 2.0 * l) - l);
        let dark = (1.0 - curve / 0.5).max(0.0);
        let lifted = curve + self.key * 0.3 * curve * (1.0 - curve) + self.violet * 0.2 * dark;
        let chroma = (a * a + b * b).sqrt();
        let gain = 1.0 + self.vivid / (1.0 + 5.0 * chroma);
        let warm = self.warmth * 0.05 * (lifted - 0.5);
        let violet = self.violet * dark;
        // Black has no hue to speak of: what little there is gives way to the violet.
        let kept = gain * (1.0 - 0.3 * violet);
        [lifted, a * kept + 0.35 * warm + 0.03 * violet, b * kept + 0.94 * warm - 0.085 * violet]
    }

    /// The colour of a stroke, and how a bristle differs from it. `bits` is its chance, and how much of it is taken is `free`.
    pub(crate) fn stroke(&self, colour: [f32; 3], free: f32, bits: u32) -> [[f32; 3]; 2] {
        let (hue, light) = (free * self.hue, free * self.light);
        let chance = |salt: u32| signed(mix(bits ^ salt));
        let [l, a, b] = self.graded(colour);
        let mut own = turned([l, a, b], hue * chance(11));
        own[0] += light * chance(12) * (0.4 + 0.6 * l);
        let spread = 1.0 + 0.9 * hue * chance(13);
        // A grey is broken into a warm and a cool one.
        let (sin, cos) = (std::f32::consts::PI * chance(14)).sin_cos();
        let broken = 0.075 * hue * (1.0 - (own[1] * own[1] + own[2] * own[2]).sqrt() / 0.12).max(0.0);
        own = [own[0], own[1] * spread + broken * cos, own[2] * spread + broken * sin];
        if 0.5 + 0.5 * chance(15) < (2.0 * free - 1.0).max(0.0) * self.accents {
            let opposite = turned(own, std::f32::consts::PI + 0.6 * chance(16));
            // As light as its surroundings and paler: it is to vibrate, not to stand out as a spot.
            let chroma = (opposite[1] * opposite[1] + opposite[2] * opposite[2]).sqrt();
            let paler = 0.05 / (0.09 + chroma);
            own = [own[0] + 0.01, paler * opposite[1], paler * opposite[2]];
        }
        let other = turned(own, (0.35 + hue) * chance(17));
        let swing = [
            0.05 + 0.02 * chance(18),
            other[1] - own[1] + 0.008 * chance(19),
            other[2] - own[2] + 0.012 * chance(20),
        ];
        [own, swing.map(|v| v * free * self.streaks)]
    }
}

/// Colours of Oklab in sRGB, chroma giving way where there is too much of it.
pub(super) fn shown(colours: &mut [[f32; 3]], level: Level) {
    let mut rows: [Vec<f32>; 3] = std::array::from_fn(|c| colours.iter().map(|colour| colour[c]).collect());
    let [l, a, b] = &mut rows;
    l.iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
    chroma::fit(level, l, a, b);
    convert_rows(level, Encoding::Oklab, Encoding::Srgb, [l, a, b]);
    for (k, colour) in colours.iter_mut().enumerate() {
        *colour = std::array::from_fn(|c| rows[c][k].clamp(0.0, 1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_taste_or_chance_colours_stay() {
        let colour = [0.43, 0.05, -0.02];
        let [own, swing] = Mixing::default().stroke(colour, 1.0, 7);
        assert!(own.iter().zip(colour).all(|(a, b)| (a - b).abs() < 1e-6), "{own:?}");
        assert_eq!(swing, [0.0; 3]);
    }

    #[test]
    fn black_goes_to_blue_violet_and_white_stays() {
        let mixing = Mixing { violet: 1.0, ..Mixing::default() };
        let [l, a, b] = mixing.graded([0.05, 0.0, 0.0]);
        assert!(l > 0.15 && a > 0.0 && b < -0.05, "{l} {a} {b}");
        assert_eq!(mixing.graded([0.97, 0.0, 0.01]), [0.97, 0.0, 0.01]);
    }

    #[test]
    fn hues_stay_within_what_was_asked_for() {
        let mixing = Mixing { hue: 0.2, ..Mixing::default() };
        for bits in 0..500 {
            let [[_, a, b], _] = mixing.stroke([0.6, 0.15, 0.0], 1.0, mix(bits));
            assert!(b.atan2(a).abs() < 0.21 && a > 0.1, "{bits}: {a} {b}");
        }
    }
}
