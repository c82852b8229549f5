//! Tones through a curve that has been laid down in a table.
//!
//! Two ways. Each channel by itself is what film and printing plates do: more contrast, and colours drift towards
//! the primaries. With the hue kept, the brightest and the darkest channel go through the curve and the middle one
//! stays where it was between them (as the tone curves of DNG 1.4, §"ProfileToneCurve", are applied): contrast
//! still brings its richness of colour, and skies do not turn violet.

use super::level::kernel;
use super::lut::inside;

/// Steps of a table. A step is 1/16 of an 8-bit level, and between steps the curve is a straight line.
pub(crate) const STEPS: usize = 4096;

/// The heights of a curve at even steps from 0 to 1, both ends with it.
pub(crate) type Table = [f32; STEPS + 1];

/// The curve at `x`, which is brought into 0..=1 first; not a number counts as 0.
#[inline(always)]
fn read(table: &Table, x: f32) -> f32 {
    let at = inside(x) * STEPS as f32;
    let left = (at as i32 as usize).min(STEPS - 1);
    let t = at - left as f32;
    table[left] + t * (table[left + 1] - table[left])
}

kernel! {
    /// Each value through the curve.
    pub(crate) fn curve(row: &mut [f32], table: &Table) {
        for value in row {
            *value = read(table, *value);
        }
    }
}

kernel! {
    /// Red, green and blue through the curve, their hue kept.
    pub(crate) fn curve_keeping_hue(r: &mut [f32], g: &mut [f32], b: &mut [f32], table: &Table) {
        for ((r, g), b) in r.iter_mut().zip(g).zip(b) {
            let [x, y, z] = [inside(*r), inside(*g), inside(*b)];
            let (low, high) = (x.min(y).min(z), x.max(y).max(z));
            let [new_low, new_high] = [read(table, low), read(table, high)];
            let span = high - low;
            let gain = if span > 0.0 { (new_high - new_low) / span } else { 0.0 };
            [*r, *g, *b] = [new_low + (x - low) * gain, new_low + (y - low) * gain, new_low + (z - low) * gain];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    fn s_shape(x: f64) -> f64 {
        x * x * (3.0 - 2.0 * x)
    }

    fn table() -> Table {
        std::array::from_fn(|i| s_shape(i as f64 / STEPS as f64) as f32)
    }

    #[test]
    fn a_curve_is_read_within_a_tenth_of_a_16_bit_step() {
        let mut row: Vec<f32> = (0..=100_000).map(|i| i as f32 / 100_000.0).collect();
        let before = row.clone();
        curve(Level::PLAIN, &mut row, &table());
        for (x, y) in before.iter().zip(&row) {
            assert!((f64::from(*y) - s_shape(f64::from(*x))).abs() < 1.5e-6, "{x} gives {y}");
        }
        assert!(row.windows(2).all(|pair| pair[0] <= pair[1]), "a rising curve gives rising tones");
        let mut odd = [f32::NAN, -1.0, 2.0, f32::INFINITY];
        curve(Level::PLAIN, &mut odd, &table());
        assert_eq!(odd, [0.0, 0.0, 1.0, 1.0]);
    }

    #[test]
    fn hues_are_kept() {
        let mut random = Random::new("hue kept");
        let input: [Vec<f32>; 3] = std::array::from_fn(|_| (0..4000).map(|_| random.unit()).collect());
        let [mut r, mut g, mut b] = input.clone();
        curve_keeping_hue(Level::PLAIN, &mut r, &mut g, &mut b, &table());
        for i in 0..r.len() {
            let (before, after) = ([0, 1, 2].map(|c: usize| input[c][i]), [r[i], g[i], b[i]]);
            let ends = |v: [f32; 3]| (v[0].min(v[1]).min(v[2]), v[0].max(v[1]).max(v[2]));
            let ((low, high), (new_low, new_high)) = (ends(before), ends(after));
            for (old, new) in [(low, new_low), (high, new_high)] {
                assert!(
                    (f64::from(new) - s_shape(f64::from(old))).abs() < 3e-6,
                    "{old} gives {new}, {random}"
                );
            }
            for c in 0..3 {
                let [old, new] =
                    [(before[c] - low) * (new_high - new_low), (after[c] - new_low) * (high - low)];
                assert!((old - new).abs() < 1e-5, "{before:?} gives {after:?}, {random}");
            }
        }
        let grey = |v| {
            let (mut r, mut g, mut b) = ([v], [v], [v]);
            curve_keeping_hue(Level::PLAIN, &mut r, &mut g, &mut b, &table());
            r == g && g == b
        };
        assert!((0..=1000).all(|i| grey(i as f32 / 1000.0)), "a grey stays grey to the bit");
    }
}
