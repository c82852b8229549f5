//! Split toning: one colour into the shadows, another into the lights.
//!
//! The colours are added in Oklab as an offset of a and b, so tones keep their lightness and the colours of the
//! picture keep their differences. Black and white themselves stay clean: the offset fades before both ends, where
//! a tint would look like a cast or a fogged print.

use crate::color::Rgb;
use crate::kernel::{Level, chroma};
use crate::op::{Action, Cost, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::{Encoding, Size};

use super::saturation::NANOS;

/// Entries of the table of offsets by lightness.
const ENTRIES: usize = 512;

/// Tints shadows and lights.
pub(crate) struct SplitTone;

impl Operator for SplitTone {
    fn name(&self) -> &'static str {
        "split_tone"
    }

    fn about(&self) -> &'static str {
        "Tints the shadows with one colour and the lights with another."
    }

    fn params(&self) -> &'static [Param] {
        const ONE: Kind = Kind::Colors { min: 1, max: 1 };
        const UNIT: Kind = Kind::Number { min: 0.0, max: 1.0 };
        &[
            Param {
                name: "shadows",
                kind: ONE,
                default: "\"#1f5c70\"",
                about: "The colour of the shadows; its hue and chroma count, not its lightness.",
            },
            Param {
                name: "highlights",
                kind: ONE,
                default: "\"#d98e4a\"",
                about: "The colour of the lights.",
            },
            Param {
                name: "balance",
                kind: Kind::Number { min: -1.0, max: 1.0 },
                default: "0",
                about: "Above 0 the lights reach further down, below 0 the shadows further up.",
            },
            Param { name: "amount", kind: UNIT, default: "0.3", about: "How much of the colours is added." },
            Param {
                name: "protect_skin",
                kind: UNIT,
                default: "0.6",
                about: "How far the colours of skin are kept as they are.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let colour = |name| values.colors(name)[0];
        let (balance, amount) = (values.number("balance"), values.number("amount"));
        let table = (amount > 0.0).then(|| offsets(colour("shadows"), colour("highlights"), balance, amount));
        Action::Pointwise(Box::new(Tint { table, keep: values.number("protect_skin") }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, NANOS, 0.0)
    }
}

/// What is added to a and b at each lightness.
fn offsets(shadows: Rgb, highlights: Rgb, balance: f32, amount: f32) -> Vec<[f32; 2]> {
    let [[_, sa, sb], [_, ha, hb]] = [shadows, highlights].map(|colour| colour.to(Encoding::Oklab));
    // The tone at which both count alike: the middle of Oklab, moved by the balance.
    let middle = 0.55 - 0.35 * balance;
    (0..ENTRIES)
        .map(|i| {
            let l = i as f32 / (ENTRIES - 1) as f32;
            let lights = smooth(l, middle - 0.35, middle + 0.35);
            let ends = smooth(l, 0.0, 0.25) * (1.0 - smooth(l, 0.85, 1.0));
            let mix = |shadow: f32, light: f32| amount * ends * (shadow * (1.0 - lights) + light * lights);
            [mix(sa, ha), mix(sb, hb)]
        })
        .collect()
}

/// 0 up to `from`, 1 from `to` on, a smooth way between.
fn smooth(x: f32, from: f32, to: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

struct Tint {
    table: Option<Vec<[f32; 2]>>,
    keep: f32,
}

impl Pointwise for Tint {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        self.table.is_none()
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [l, a, b] = row.colour;
        if let Some(table) = &self.table {
            chroma::tint(level, l, a, b, table, self.keep);
        }
    }
}
