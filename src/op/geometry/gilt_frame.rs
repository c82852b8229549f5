//! A gilt frame: carved mouldings and leaves under gold leaf, as museums hang old paintings in.
//!
//! The frame is a relief (in `gilt_frame/moulding.rs`), lit from above and from the left; gold mirrors the room, which
//! is bright above and dark below, hollows are dark and keep their patina, and where it is worn the red bole shows.

mod moulding;

use self::moulding::Moulding;
use super::surround::{Place, Rows, Surround, surrounded};
use crate::color::Rgb;
use crate::error::Result;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Encoding, Layout, Picture, Size};
use crate::texture::Noise;

/// Hangs the picture in a frame.
pub(crate) struct GiltFrame;

impl Operator for GiltFrame {
    fn name(&self) -> &'static str {
        "gilt_frame"
    }

    fn about(&self) -> &'static str {
        "Hangs the picture in a carved and gilded frame."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "width",
                kind: Kind::Length { min: 0.0, max: 300.0 },
                default: "84",
                about: "How wide the frame is; 0: there is none.",
            },
            Param {
                name: "gold",
                kind: Kind::Colors { min: 1, max: 1 },
                default: "#d0a24a",
                about: "The colour of the leaf.",
            },
            Param {
                name: "ornament",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "1",
                about: "How deep leaves, pearls and ribs are carved; 0 leaves plain mouldings.",
            },
            Param {
                name: "wear",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.35",
                about: "How much of the gold is worn off and how dark the hollows have become.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            width: values.length("width"),
            gold: match values.colors("gold") {
                [gold, ..] => *gold,
                [] => Rgb([1.0; 3]),
            },
            ornament: values.number("ornament"),
            wear: values.number("wear"),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let outer = Place::new(size, values.length("width").pixels(size), None);
        let outer = outer.map_or(size, |place| place.outer());
        let grown = outer.area() as f64 / size.area() as f64;
        Cost { nanos: 20.0 + 700.0 * (grown - 1.0), bytes: 8.0 * grown, size: outer }
    }

    fn keeps_size(&self) -> bool {
        false
    }
}

struct Bound {
    width: Length,
    gold: Rgb,
    ornament: f32,
    wear: f32,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let size = picture.size();
        let width = self.width.pixels(size).round();
        if width < 1.0 {
            return Ok(picture);
        }
        let place = Place::new(size, width, None)?;
        let unit = 1024.0 / place.outer().longer() as f32;
        let noise =
            |part: f32, key: u64| Noise::new(place.outer(), [width * part * unit; 2], step.seed ^ key);
        let frame = Gilt {
            moulding: Moulding::new(size, width, self.ornament),
            gold: self.gold.to(Encoding::Linear),
            wear: self.wear,
            noise: [noise(0.035, 0x61), noise(0.3, 0x62)],
        };
        let layout = Layout::of(false, picture.layout().has_alpha());
        surrounded(&picture, place, &frame, layout, step)
    }
}

struct Gilt {
    moulding: Moulding,
    gold: [f32; 3],
    wear: f32,
    noise: [Noise; 2],
}

/// From where light comes, of length 1; y goes down, z to the viewer.
const LIGHT: [f32; 3] = [-0.46, -0.62, 0.636];
/// Halfway between the light and the eye.
const HALF: [f32; 3] = [-0.254, -0.343, 0.904];
/// The red clay under the leaf, linear.
const BOLE: [f32; 3] = [0.17, 0.035, 0.018];

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

impl Gilt {
    /// The light of a point of the frame from its height and the way it faces. `grain` is fine and coarse noise.
    fn colour(&self, height: f32, normal: [f32; 3], grain: [f32; 2]) -> [f32; 3] {
        let lit = dot(normal, LIGHT).max(0.0);
        // What gold mirrors: the eye's ray turned back, bright where it goes up.
        let up = -2.0 * normal[2] * normal[1];
        let side = -2.0 * normal[2] * normal[0];
        let room = (0.5 + 0.42 * up + 0.22 * side).clamp(0.0, 1.0);
        let gleam = dot(normal, HALF).max(0.0).powi(36);
        let high = (height / 0.24).clamp(0.0, 1.0);
        let open = 1.0 - (0.35 + 0.45 * self.wear) * (1.0 - high).powi(2);
        let worn = (self.wear * (1.6 * high - 0.5 + 0.5 * grain[0] + 0.35 * grain[1]) - 0.12).clamp(0.0, 0.7);
        let light = (0.1 + 0.42 * lit + 0.75 * room * room) * open * (1.0 + 0.05 * grain[0]);
        std::array::from_fn(|c| {
            let leaf = self.gold[c] * light + gleam * (0.35 + 0.65 * self.gold[c]) * 0.5 * open;
            let bare = BOLE[c] * (0.4 + 1.2 * lit);
            leaf + worn * (bare - leaf)
        })
    }
}

impl Surround for Gilt {
    fn draw(&self, rows: &mut Rows, y: i64, left: i64) {
        let count = rows.width();
        let mut grain = [0; 2].map(|_| vec![0f32; count]);
        for (noise, grain) in self.noise.iter().zip(&mut grain) {
            noise.row(crate::kernel::Level::PLAIN, y + left, grain);
        }
        let size = self.moulding.inner();
        let (width, top) = (size.width() as i64, y as f32 + 0.5);
        let beside = y >= 0 && y < size.height() as i64;
        let mut before = None;
        for i in 0..count {
            let x = i as i64 - left;
            let middle = x as f32 + 0.5;
            if beside && (0..width).contains(&x) {
                let shade = self.moulding.shade(middle, top);
                rows.colour.iter_mut().for_each(|row| row[i] *= shade);
                before = None;
                continue;
            }
            // What was the right neighbour is the next pixel itself.
            let own = before.unwrap_or_else(|| self.moulding.at(middle, top));
            let right = self.moulding.at(middle + 1.0, top);
            before = Some(right);
            let normal = self.moulding.normal(own, right, self.moulding.at(middle, top + 1.0));
            let colour = self.colour(own, normal, [grain[0][i], grain[1][i]]);
            for (row, value) in rows.colour.iter_mut().zip(colour) {
                row[i] = value;
            }
            rows.alpha[i] = 1.0;
        }
    }
}

#[cfg(test)]
mod tests;
