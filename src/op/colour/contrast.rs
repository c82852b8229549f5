//! Contrast about a pivot, and brightness: the two things people look for first.
//!
//! On values with the curve of sRGB, where steps look about even, and with hues kept. The curve is an S made of two
//! pieces of tanh that meet at the pivot with one slope: the middle steepens, the ends bend softly, black stays
//! black and white white, and nothing is cut off. Less contrast is the mirror image, less bent.

use crate::op::{Action, Kind, Operator, Param, Values};

use super::tone_table::{Toned, table};

/// How far along tanh the S reaches at full contrast: the middle is then 2.25 times as steep.
const MORE: f64 = 2.2;

/// How far along its mirror image at the least contrast. As far as the other way, and the ends would be nine times
/// as steep, and near-whites would break into bands.
const LESS: f64 = 1.3;

/// Full brightness takes half to three quarters.
const LIFT: f64 = 1.0;

/// Contrast and brightness.
pub(crate) struct Contrast;

impl Operator for Contrast {
    fn name(&self) -> &'static str {
        "contrast"
    }

    fn about(&self) -> &'static str {
        "More or less contrast, lighter or darker, with nothing cut off at either end."
    }

    fn params(&self) -> &'static [Param] {
        const SIGNED: Kind = Kind::Number { min: -1.0, max: 1.0 };
        &[
            Param { name: "contrast", kind: SIGNED, default: "0.25", about: "Above 0 more, below 0 less." },
            Param {
                name: "brightness",
                kind: SIGNED,
                default: "0",
                about: "Above 0 lighter, below 0 darker.",
            },
            Param {
                name: "pivot",
                kind: Kind::Number { min: 0.1, max: 0.9 },
                default: "0.45",
                about: "The tone that contrast leaves where it is.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let number = |name| f64::from(values.number(name));
        let (contrast, brightness, pivot) = (number("contrast"), number("brightness"), number("pivot"));
        let curve = |x: f64| s_curve(brighten(x, brightness), contrast, pivot);
        Action::Pointwise(Box::new(Toned(table(curve))))
    }
}

/// A parabola through black and white: the steepest it gets is twice the straight line, at the dark end where a
/// power would be endlessly steep and lift noise.
fn brighten(x: f64, brightness: f64) -> f64 {
    x + LIFT * brightness * x * (1.0 - x)
}

fn s_curve(x: f64, contrast: f64, pivot: f64) -> f64 {
    let bend = if contrast > 0.0 { MORE * contrast } else { -LESS * contrast };
    if bend < 1e-6 {
        return x;
    }
    let s = |u: f64| match contrast > 0.0 {
        true => (bend * u).tanh() / bend.tanh(),
        false => (u * bend.tanh()).atanh() / bend,
    };
    if x < pivot {
        pivot - pivot * s(1.0 - x / pivot)
    } else {
        pivot + (1.0 - pivot) * s((x - pivot) / (1.0 - pivot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_pivot_stay_and_the_curve_rises() {
        for (contrast, pivot) in [(-1.0, 0.2), (-0.3, 0.5), (0.4, 0.45), (1.0, 0.8)] {
            for fixed in [0.0, pivot, 1.0] {
                assert!((s_curve(fixed, contrast, pivot) - fixed).abs() < 1e-9);
            }
            for brightness in [-1.0, 0.0, 1.0] {
                let curve = |i: i32| s_curve(brighten(f64::from(i) / 1000.0, brightness), contrast, pivot);
                assert!((0..1000).all(|i| curve(i + 1) >= curve(i)), "{contrast} {pivot} {brightness}");
            }
        }
    }

    #[test]
    fn less_undoes_more() {
        for i in 0..=20 {
            let x = f64::from(i) / 20.0;
            let less = -0.5 * MORE / LESS;
            assert!((s_curve(s_curve(x, 0.5, 0.4), less, 0.4) - x).abs() < 1e-9);
        }
    }
}
