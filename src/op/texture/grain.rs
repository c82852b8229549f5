//! Film grain: clumps of silver or dye, of several sizes, strongest in the middle tones.
//!
//! It is laid on in Oklab, where a step is as visible in the shadows as in the lights, as grain on film is a step of
//! density. The three colour layers of a film share most of their grain, so most of it is lightness and a part of
//! it colour. The clumps lie at places of the picture, not of its pixels: a preview shows them as they are.

use std::sync::OnceLock;

use crate::kernel::{Level, grain};
use crate::op::{Action, Cost, Kind, Length, Operator, Param, Pointwise, Row, Values};
use crate::pixel::{Encoding, Size};
use crate::texture::Noise;

/// The deviation of lightness at a strength of 1.
const STRONGEST: f32 = 0.075;

/// Adds grain.
pub(crate) struct Grain;

impl Operator for Grain {
    fn name(&self) -> &'static str {
        "grain"
    }

    fn about(&self) -> &'static str {
        "Adds the grain of film, strongest in the middle tones."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "strength",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.3",
                about: "How much the grain shows: 0.15 is fine film, 0.5 a pushed one.",
            },
            Param {
                name: "size",
                kind: Kind::Length { min: 0.1, max: 20.0 },
                default: "1.5",
                about: "How large the grains are.",
            },
            Param {
                name: "chroma",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.25",
                about: "How much of the grain is colour: 0 as on black-and-white film.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Pointwise(Box::new(Film {
            strength: values.number("strength") * STRONGEST,
            size: values.length("size"),
            chroma: values.number("chroma"),
            layers: OnceLock::new(),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 100.0, 0.0)
    }
}

struct Film {
    strength: f32,
    size: Length,
    chroma: f32,
    /// Made when the first row tells how large the picture is.
    layers: OnceLock<((Size, u64), Layers)>,
}

/// Noise for lightness, from single grains to clumps, and for the two axes of colour.
struct Layers {
    light: [Noise; 3],
    colour: [Noise; 2],
}

/// What each layer of lightness counts; the squares sum to 1.
const SHARES: [f32; 3] = [0.58, 0.69, 0.43];

impl Layers {
    fn new(size: Size, grain: Length, seed: u64) -> Self {
        let units = grain.pixels(size) * 1024.0 / size.longer() as f32;
        let layer = |cell: f32, salt: u64| Noise::new(size, [units * cell; 2], seed ^ salt);
        Self {
            light: [layer(0.2, 0x91), layer(0.42, 0x92), layer(0.95, 0x93)],
            colour: [layer(0.5, 0x94), layer(0.5, 0x95)],
        }
    }

    fn lay(&self, level: Level, row: Row<'_>, strength: f32, chroma: f32) {
        let width = row.size.width();
        let mut rows: [Vec<f32>; 3] = std::array::from_fn(|_| vec![0.0; width]);
        let y = row.y as i64;
        let [light, first, second] = &mut rows;
        for (noise, share) in self.light.iter().zip(SHARES) {
            noise.add(level, y, share, light, first);
        }
        if chroma > 0.0 {
            self.colour[0].row(level, y, first);
            self.colour[1].row(level, y, second);
        }
        let noise = [&rows[0][..], &rows[1], &rows[2]];
        grain::add_grain(level, row.colour, noise, strength, strength * chroma * 0.6);
    }
}

impl Pointwise for Film {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        if self.strength == 0.0 {
            return;
        }
        let place = (row.size, row.seed);
        let (made_for, layers) =
            self.layers.get_or_init(|| (place, Layers::new(row.size, self.size, row.seed)));
        if *made_for == place {
            layers.lay(level, row, self.strength, self.chroma);
        } else {
            Layers::new(row.size, self.size, row.seed).lay(level, row, self.strength, self.chroma);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(w: u32, h: u32, tone: f32, chroma: f32) -> [Vec<f32>; 3] {
        let film =
            Film { strength: STRONGEST, size: Length::Relative(16.0), chroma, layers: OnceLock::new() };
        let size = Size::new(w, h).unwrap();
        let mut all: [Vec<f32>; 3] = Default::default();
        for y in 0..h as usize {
            let mut rows = [vec![tone; w as usize], vec![0.0; w as usize], vec![0.0; w as usize]];
            film.row(
                Level::detect(),
                Row { colour: rows.each_mut().map(|row| &mut row[..]), y, size, seed: 3 },
            );
            all.iter_mut().zip(rows).for_each(|(all, row)| all.extend(row));
        }
        all
    }

    fn deviation(values: &[f32], mean: f32) -> f32 {
        (values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / values.len() as f32).sqrt()
    }

    #[test]
    fn the_middle_has_most_of_it_and_black_none() {
        let [dark, middle, light] =
            [0.15, 0.5, 0.85].map(|tone| deviation(&grey(512, 512, tone, 0.0)[0], tone));
        assert!(middle > 1.3 * dark && middle > 1.3 * light, "{dark} {middle} {light}");
        assert!((middle / STRONGEST - 1.0).abs() < 0.25, "{middle}");
        assert_eq!(grey(64, 8, 0.0, 0.5).map(|row| deviation(&row, 0.0)), [0.0; 3]);
    }

    #[test]
    fn colour_is_a_part_of_it() {
        let [l, a, b] = grey(512, 256, 0.5, 0.5);
        let [l, a, b] = [deviation(&l, 0.5), deviation(&a, 0.0), deviation(&b, 0.0)];
        assert!((0.15..0.5).contains(&(a / l)) && (0.15..0.5).contains(&(b / l)), "{l} {a} {b}");
        assert_eq!(deviation(&grey(64, 64, 0.5, 0.0)[1], 0.0), 0.0, "black-and-white film has none");
    }

    #[test]
    fn a_preview_shows_the_same_grain() {
        let (full, small) = (grey(1024, 512, 0.5, 0.0), grey(256, 128, 0.5, 0.0));
        for y in 0..128 {
            for x in 0..256 {
                let cell = (0..16).map(|i| full[0][(4 * y + i / 4) * 1024 + 4 * x + i % 4]);
                let mean = cell.sum::<f32>() / 16.0;
                assert!((mean - small[0][y * 256 + x]).abs() < 1e-4, "{x} {y}");
            }
        }
    }
}
