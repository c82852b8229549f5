//! The bilateral filter on one row: every neighbour counts by how near it is and how alike.

use super::exp::exp2;
use super::level::kernel;

/// Pixels handled together. Their sums stay in registers while the neighbours go by.
pub(crate) const LANES: usize = 8;

/// One neighbour of every pixel of a row.
#[derive(Clone, Copy)]
pub(crate) struct Tap<'a, const C: usize> {
    /// The rows it is compared by; pixel `x` of the row has its neighbour at `at + x`.
    pub(crate) guide: [&'a [f32]; C],
    /// The rows that are averaged.
    pub(crate) input: [&'a [f32]; C],
    /// See `guide`.
    pub(crate) at: usize,
    /// How far each neighbour is, as the logarithm to base 2 of its weight.
    pub(crate) fall: &'a [f32],
    /// What is added to all of `fall`.
    pub(crate) drop: f32,
}

/// How alikeness counts.
#[derive(Clone, Copy)]
pub(crate) struct Likeness {
    /// The logarithm to base 2 of the weight, for a difference of one squared. Below zero.
    pub(crate) slope: f32,
    /// The weight of the pixel itself.
    pub(crate) own: f32,
}

#[inline(always)]
fn lanes(row: &[f32], at: usize) -> [f32; LANES] {
    std::array::from_fn(|i| row[at..at + LANES][i])
}

/// `centre` is the row's own tap; `out` is a multiple of `LANES` long, and the rows reach as far.
#[inline(always)]
fn average<const C: usize, const JOINT: bool>(
    centre: &Tap<'_, C>,
    taps: &[Tap<'_, C>],
    likeness: Likeness,
    out: [&mut [f32]; C],
) {
    let width = out[0].len();
    for x in (0..width).step_by(LANES) {
        let here: [[f32; LANES]; C] = std::array::from_fn(|c| lanes(centre.guide[c], centre.at + x));
        let mut total = [likeness.own; LANES];
        let mut sums: [[f32; LANES]; C] =
            std::array::from_fn(|c| lanes(centre.input[c], centre.at + x).map(|v| v * likeness.own));
        for tap in taps {
            let fall = lanes(tap.fall, x);
            let there: [[f32; LANES]; C] = std::array::from_fn(|c| lanes(tap.guide[c], tap.at + x));
            let values = if JOINT { std::array::from_fn(|c| lanes(tap.input[c], tap.at + x)) } else { there };
            for i in 0..LANES {
                let mut distance = 0.0;
                for c in 0..C {
                    distance += (there[c][i] - here[c][i]).abs();
                }
                let weight = exp2(distance * distance * likeness.slope + (fall[i] + tap.drop));
                total[i] += weight;
                for c in 0..C {
                    sums[c][i] += weight * values[c][i];
                }
            }
        }
        for c in 0..C {
            let out = &mut out[c][x..x + LANES];
            for i in 0..LANES {
                out[i] = sums[c][i] / total[i];
            }
        }
    }
}

kernel! {
    /// Three planes, compared by themselves.
    pub(crate) fn own3(centre: &Tap<'_, 3>, taps: &[Tap<'_, 3>], likeness: Likeness, out: [&mut [f32]; 3]) {
        average::<3, false>(centre, taps, likeness, out);
    }
}

kernel! {
    /// Three planes, compared by three others.
    pub(crate) fn joint3(centre: &Tap<'_, 3>, taps: &[Tap<'_, 3>], likeness: Likeness, out: [&mut [f32]; 3]) {
        average::<3, true>(centre, taps, likeness, out);
    }
}

kernel! {
    /// One plane, compared by itself.
    pub(crate) fn own1(centre: &Tap<'_, 1>, taps: &[Tap<'_, 1>], likeness: Likeness, out: [&mut [f32]; 1]) {
        average::<1, false>(centre, taps, likeness, out);
    }
}

kernel! {
    /// One plane, compared by another.
    pub(crate) fn joint1(centre: &Tap<'_, 1>, taps: &[Tap<'_, 1>], likeness: Likeness, out: [&mut [f32]; 1]) {
        average::<1, true>(centre, taps, likeness, out);
    }
}
