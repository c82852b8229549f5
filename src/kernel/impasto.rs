//! Paint with body in the light: slopes, the weave below thin paint, and finer samples gathered to those of the picture.

use super::drawing::share;
use super::level::kernel;

/// The light paint is seen in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lamp {
    /// What slopes across and down add to the light, and how much steep ones towards the lamp gleam.
    pub(crate) across: f32,
    pub(crate) down: f32,
    pub(crate) gleam: f32,
}

/// What slopes can add or take at most.
const MOST: f32 = 0.55;

kernel! {
    /// A row of each colour in the light, from the heights above, in and below it; heights reach one sample beyond on
    /// both sides.
    pub(crate) fn shine(colours: [&mut [f32]; 3], heights: [&[f32]; 3], lamp: Lamp) {
        let width = colours[0].len();
        let [above, here, below] = heights;
        let (left, right) = (&here[..width], &here[2..][..width]);
        let (above, below) = (&above[1..][..width], &below[1..][..width]);
        let [r, g, b] = colours;
        let (r, g, b) = (&mut r[..width], &mut g[..width], &mut b[..width]);
        for k in 0..width {
            let slope = lamp.across * (left[k] - right[k]) + lamp.down * (above[k] - below[k]);
            let slope = slope / (1.0 + slope.abs() * (1.0 / MOST));
            // The light of the encoded value: its root is felt.
            let light = 1.0 + 0.8 * slope;
            let high = (slope - 0.12).max(0.0);
            let gleam = lamp.gleam * high * high;
            r[k] = r[k] * light + gleam;
            g[k] = g[k] * light + gleam;
            b[k] = b[k] * light + gleam;
        }
    }
}

kernel! {
    /// Thin paint takes the form of the cloth below: `warp` and `sign`, `wave` of the row's samples, `weft` and its sign and
    /// wave. What lies `thick` hides it.
    pub(crate) fn weave(heights: &mut [f32], warp: [&[f32]; 3], weft: [f32; 3], by: [f32; 2]) {
        let [amount, thick] = by;
        let [rise, sign, wave] = warp;
        for (((height, rise), sign), wave) in heights.iter_mut().zip(rise).zip(sign).zip(wave) {
            let warp = rise * (0.6 + 0.4 * weft[2] * sign);
            let weft = weft[0] * (0.6 - 0.4 * wave * weft[1]);
            *height += amount * warp.max(weft) * (1.0 - share(*height * thick));
        }
    }
}

kernel! {
    /// What is laid over what is rubbed in, where that shows through; `points` samples to one of the latter.
    pub(crate) fn under(out: &mut [f32], laid: &[f32], left: &[f32], rubbed: &[f32], points: usize) {
        if points == 1 {
            for (((out, laid), left), rubbed) in out.iter_mut().zip(laid).zip(left).zip(rubbed) {
                *out = laid + left * rubbed;
            }
        } else {
            for (k, ((out, laid), left)) in out.iter_mut().zip(laid).zip(left).enumerate() {
                *out = laid + left * rubbed[k / points];
            }
        }
    }
}

kernel! {
    /// Add what a row of finer samples gives to a row. Squares are about as light adds up.
    pub(crate) fn gather(out: &mut [f32], fine: &[f32], points: usize) {
        if points == 1 {
            out.copy_from_slice(fine);
        } else {
            for (out, fine) in out.iter_mut().zip(fine.chunks_exact(points)) {
                for value in fine {
                    *out += value * value.abs();
                }
            }
        }
    }
}

kernel! {
    /// From sums of squares to values.
    pub(crate) fn settle(row: &mut [f32], points: usize) {
        if points > 1 {
            let share = 1.0 / (points * points) as f32;
            for value in row {
                *value = (*value * share).max(0.0).sqrt();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    const LAMP: Lamp = Lamp { across: 0.7, down: -0.7, gleam: 0.8 };

    #[test]
    fn level_paint_keeps_its_colour_and_slopes_towards_the_lamp_are_lit() {
        let shone = |heights: [f32; 3]| {
            let mut colours = [[0.5f32], [0.4], [0.3]];
            let [r, g, b] = &mut colours;
            shine(Level::PLAIN, [r, g, b], [&heights, &heights, &heights], LAMP);
            colours[0][0]
        };
        assert_eq!(shone([2.0; 3]), 0.5);
        assert!(shone([1.0, 0.5, 0.0]) > 0.5 && shone([0.0, 0.5, 1.0]) < 0.5);
    }

    #[test]
    fn finer_samples_of_one_value_gather_to_it() {
        for points in [1, 2, 3] {
            let (mut row, fine) = (vec![0.0; 5], vec![0.37; 5 * points]);
            (0..points).for_each(|_| gather(Level::PLAIN, &mut row, &fine, points));
            settle(Level::PLAIN, &mut row, points);
            assert!(row.iter().all(|v| (v - 0.37).abs() < 1e-6), "{points}: {row:?}");
        }
    }

    #[test]
    fn every_level_gives_the_plain_bits() {
        let mut random = Random::new("kernel::impasto");
        for width in [1, 7, 8, 33] {
            let mut row = |len: usize| (0..len).map(|_| random.unit()).collect::<Vec<f32>>();
            let (h, c, s) = ([0; 3].map(|_| row(width + 2)), [0; 3].map(|_| row(width)), row(width));
            let run = |level: Level| {
                let (mut colours, mut cloth) = (c.clone(), s.clone());
                let [r, g, b] = &mut colours;
                shine(level, [r, g, b], h.each_ref().map(Vec::as_slice), LAMP);
                weave(level, &mut cloth, [&c[0], &c[1], &c[2]], [0.8, 1.0, 0.3], [0.5, 1.3]);
                let mut out = vec![0.0; width];
                under(level, &mut out, &c[0], &c[1], &c[2], 1);
                colours.iter().flatten().chain(&cloth).chain(&out).map(|v| v.to_bits()).collect::<Vec<_>>()
            };
            let plain = run(Level::PLAIN);
            assert!(Level::available().into_iter().all(|level| run(level) == plain), "{width}, {random}");
        }
    }
}
