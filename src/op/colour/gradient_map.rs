//! Gradient map: lightness is looked up in a ramp of colours, from the darkest to the lightest.
//!
//! The ramp is mixed in Oklab, where the way between two colours is even to the eye and does not pass through
//! mud, and read by Oklab lightness, so equal steps of tone stay equal steps along the ramp.

use crate::color::Rgb;
use crate::kernel::{Level, point};
use crate::op::{Action, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::Encoding;

/// Entries of the ramp. At 1024 a step is a quarter of an 8-bit level, and neighbours are blended besides.
const RAMP: usize = 1024;

/// Replaces colours by those of a ramp.
pub(crate) struct GradientMap;

impl Operator for GradientMap {
    fn name(&self) -> &'static str {
        "gradient_map"
    }

    fn about(&self) -> &'static str {
        "Replaces each tone by a colour of a ramp, dark to light."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "colors",
                kind: Kind::Colors { min: 2, max: 16 },
                default: "[\"#000000\", \"#ffffff\"]",
                about: "The ramp, from the darkest tone to the lightest, evenly spaced.",
            },
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "1",
                about: "How much of the picture's own colour gives way: 0 none of it, 1 all.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Pointwise(Box::new(Ramp {
            table: ramp(values.colors("colors")),
            amount: values.number("amount"),
        }))
    }
}

struct Ramp {
    table: Vec<[f32; 3]>,
    amount: f32,
}

impl Pointwise for Ramp {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        false
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [l, a, b] = row.colour;
        point::look_up(level, l, a, b, &self.table, self.amount);
    }
}

/// The colours in Oklab at even distances, and straight lines between them.
fn ramp(colors: &[Rgb]) -> Vec<[f32; 3]> {
    let stops: Vec<_> = colors.iter().map(|color| color.to(Encoding::Oklab)).collect();
    (0..RAMP)
        .map(|i| {
            let at = i as f32 / (RAMP - 1) as f32 * (stops.len() - 1) as f32;
            let left = (at as usize).min(stops.len() - 2);
            let t = at - left as f32;
            std::array::from_fn(|c| stops[left][c] * (1.0 - t) + stops[left + 1][c] * t)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ramp_starts_and_ends_with_its_colours() {
        let colors = ["#102030", "#b08d3c", "#f8f4e8"].map(|c| c.parse::<Rgb>().unwrap());
        let table = ramp(&colors);
        assert_eq!(
            [table[0], table[RAMP - 1]],
            [colors[0].to(Encoding::Oklab), colors[2].to(Encoding::Oklab)]
        );
        let middle = table[RAMP / 2];
        let gold = colors[1].to(Encoding::Oklab);
        assert!(middle.iter().zip(gold).all(|(m, g)| (m - g).abs() < 1e-3), "{middle:?} against {gold:?}");
    }
}
