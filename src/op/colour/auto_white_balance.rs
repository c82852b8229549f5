//! Automatic white balance: a slight cast is taken away, light that was meant is left.
//!
//! Two estimates of the light, made on pixels that are nearly grey as they stand: Shades of Gray (Finlayson and
//! Trezzi, 2004) takes the sixth-power mean of the colours, Grey Edge (van de Weijer, Gevers and Gijsenij, 2007) that of their
//! differences from neighbours. Where they agree and the cast is slight, their mean is corrected. Where they disagree, where hardly
//! anything is grey, or where the cast is strong (a sunset, neon, deep water), nothing is done: half a correction of a
//! strong cast would be neither mood nor daylight, and the next run would go on where this one stopped.

use crate::error::Result;
use crate::kernel::{Level, lightness, oklab};
use crate::op::reduced::Reduced;
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};

/// The longer side of the picture that is measured.
const LONGER: u32 = 256;

/// The power of the means.
const POWER: i32 = 6;

/// Chroma relative to lightness at which a pixel no longer counts as nearly grey.
const GREY: f32 = 0.18;

/// Takes away a cast.
pub(crate) struct AutoWhiteBalance;

impl Operator for AutoWhiteBalance {
    fn name(&self) -> &'static str {
        "auto_white_balance"
    }

    fn about(&self) -> &'static str {
        "Takes away a slight cast of colour; strong light that was meant, like a sunset, stays."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "strength",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.85",
                about: "How much of the cast goes: 0 none of it, 1 all.",
            },
            Param {
                name: "limit",
                kind: Kind::Number { min: 0.02, max: 1.0 },
                default: "0.2",
                about: "The strongest cast that is taken away; 0.2 is a fifth more or less of red or blue.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Light {
            strength: values.number("strength"),
            limit: values.number("limit"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 30.0, 0.0)
    }
}

struct Light {
    strength: f32,
    limit: f32,
}

impl Measured for Light {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let small = Reduced::new(picture, LONGER, step)?;
        Ok(Box::new(Gains(self.gains(&small, step.work.level))))
    }
}

impl Light {
    /// What each channel is multiplied by; grey keeps its luminance.
    fn gains(&self, small: &Reduced, level: Level) -> [f32; 3] {
        let weights = greyness(small, level);
        let share =
            weights.iter().sum::<f32>() / small.seen.iter().filter(|seen| **seen).count().max(1) as f32;
        let [shades, edges] = [cast(&small.colour, &weights), cast(&differences(small), &weights)];
        let mean: [f32; 3] = std::array::from_fn(|c| 0.5 * (shades[c] + edges[c]));
        let largest = |v: [f32; 3]| v.into_iter().fold(0.0, |most: f32, x| most.max(x.abs()));
        let apart = largest(std::array::from_fn(|c| shades[c] - edges[c]));
        // Sure or not, nothing between: half a correction would go on with the next run.
        let sure = share > 0.065 && apart < 1.25 * self.limit && largest(mean) < 1.1 * self.limit;
        let gains = mean.map(|cast| if sure { (-cast * self.strength).exp() } else { 1.0 });
        let luminance = 0.2126 * gains[0] + 0.7152 * gains[1] + 0.0722 * gains[2];
        gains.map(|gain| gain / luminance)
    }
}

/// How nearly grey each pixel is, 0 to 1; what is clipped, dark or hidden says nothing.
fn greyness(small: &Reduced, level: Level) -> Vec<f32> {
    let [mut l, mut a, mut b] = small.colour.clone();
    let brightest: Vec<f32> = (0..l.len()).map(|i| l[i].max(a[i]).max(b[i])).collect();
    oklab::linear_to_oklab(level, &mut l, &mut a, &mut b);
    let weight = |i: usize| {
        if !small.seen[i] || brightest[i] > 0.97 || l[i] < 0.2 {
            return 0.0;
        }
        let chroma = a[i].hypot(b[i]) / l[i];
        (1.0 - (chroma / GREY).powi(2)).max(0.0).powi(2)
    };
    (0..l.len()).map(weight).collect()
}

/// How much each channel differs from its right and its lower neighbour.
fn differences(small: &Reduced) -> [Vec<f32>; 3] {
    let (w, h) = (small.size.width(), small.size.height());
    std::array::from_fn(|c| {
        let plane = &small.colour[c];
        let at = |x: usize, y: usize| plane[y.min(h - 1) * w + x.min(w - 1)];
        let place = |i: usize| (i % w, i / w);
        (0..w * h)
            .map(place)
            .map(|(x, y)| (at(x + 1, y) - at(x, y)).abs() + (at(x, y + 1) - at(x, y)).abs())
            .collect()
    })
}

/// The logarithm of the light's colour, green being 0.
fn cast(colour: &[Vec<f32>; 3], weights: &[f32]) -> [f32; 3] {
    let mean = |plane: &Vec<f32>| {
        let powers = plane.iter().zip(weights).map(|(v, w)| f64::from(*w) * f64::from(*v).powi(POWER));
        let weight: f64 = weights.iter().map(|w| f64::from(*w)).sum();
        ((powers.sum::<f64>() / weight.max(1e-9)).powf(1.0 / f64::from(POWER)) + 1e-6).ln()
    };
    let [r, g, b] = colour.each_ref().map(mean);
    [(r - g) as f32, 0.0, (b - g) as f32]
}

struct Gains([f32; 3]);

impl Pointwise for Gains {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [r, g, b] = row.colour;
        lightness::balance(level, r, g, b, self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    /// Greys of all tones and some colours, under a light.
    fn scene(light: [f32; 3]) -> Reduced {
        let mut random = Random::new("white balance");
        let size = Size::new(64, 48).unwrap();
        let mut colour: [Vec<f32>; 3] = Default::default();
        for i in 0..size.pixels() {
            let tone = 0.05 + 0.6 * random.unit();
            for (c, plane) in colour.iter_mut().enumerate() {
                let paint = if i % 5 == c { 0.5 } else { 1.0 };
                plane.push(tone * paint * light[c]);
            }
        }
        Reduced { size, colour, seen: vec![true; size.pixels()] }
    }

    fn gains(light: [f32; 3]) -> [f32; 3] {
        Light { strength: 1.0, limit: 0.2 }.gains(&scene(light), Level::PLAIN)
    }

    #[test]
    fn a_slight_cast_goes_and_a_strong_one_stays() {
        let light = [1.1, 1.0, 0.92];
        let gains_found = gains(light);
        for c in [0, 2] {
            let left = light[c] * gains_found[c] / gains_found[1];
            assert!((left - 1.0).abs() < 0.03, "channel {c} is left at {left}");
        }
        assert!(gains([1.0, 1.0, 1.0]).iter().all(|gain| (gain - 1.0).abs() < 0.03));
        assert_eq!(gains([1.5, 1.0, 0.6]), [1.0; 3]);
    }

    #[test]
    fn white_stays_white_and_nothing_is_clipped() {
        let [mut r, mut g, mut b] = [[1.0, 0.9, 0.2], [1.0, 0.1, 0.2], [1.0, 0.1, 0.2]];
        lightness::balance(Level::PLAIN, &mut r, &mut g, &mut b, [1.4, 1.0, 0.8]);
        assert_eq!([r[0], g[0], b[0]], [1.0; 3]);
        assert!(r[1] > 0.9 && r[1] <= 0.95, "{}", r[1]);
        assert!((r[2] - 0.28).abs() < 1e-6 && (b[2] - 0.16).abs() < 1e-6);
    }
}
