//! Spotlight: chiaroscuro. One light from the side on what matters, everything else sinks into warm dark.
//!
//! What matters (what the eye goes to first, faces, fine structure) says where the light falls: an ellipse by its moments, and within it more
//! on what matters most. Light falls off in lightness, not by a veil of black: what lies in the dark keeps some of its
//! form and loses its colour to umber, as in tenebrist painting.

use crate::color::Rgb;
use crate::error::Result;
use crate::kernel::Level;
use crate::line::{Enlarger, Smoothness, blurred, rows};
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::paint::Guide;
use crate::pixel::{Encoding, Picture, Plane, Size};

/// The longer side of the map that says what matters.
const MAP: u32 = 384;

/// Lights what matters.
pub(crate) struct Spotlight;

impl Operator for Spotlight {
    fn name(&self) -> &'static str {
        "spotlight"
    }

    fn about(&self) -> &'static str {
        "Lights what the eye goes to first and lets the rest sink into warm dark: chiaroscuro."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.62",
                about: "How dark it becomes outside the light.",
            },
            Param {
                name: "size",
                kind: Kind::Number { min: 0.3, max: 3.0 },
                default: "1.3",
                about: "How far the light reaches: 1 is just what stands out.",
            },
            Param {
                name: "contrast",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.4",
                about: "How much deeper darks and brighter lights become within it.",
            },
            Param {
                name: "shadow",
                kind: Kind::Colors { min: 1, max: 1 },
                default: "#2a160a",
                about: "The colour of the dark.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Bound {
            amount: values.number("amount"),
            size: values.number("size"),
            contrast: values.number("contrast"),
            shadow: match values.colors("shadow") {
                [shadow, ..] => *shadow,
                [] => Rgb([0.0; 3]),
            },
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 60.0, 4.0)
    }
}

struct Bound {
    amount: f32,
    size: f32,
    contrast: f32,
    shadow: Rgb,
}

impl Measured for Bound {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let map = Guide::at_most(picture, MAP, step.work)?.importance;
        let mut map = blurred(&map, 0.03 * map.size().longer() as f32, step.work)?;
        let most = map.samples().iter().fold(1e-3f32, |most, v| most.max(*v));
        map.samples_mut().iter_mut().for_each(|v| *v = (*v / most).powi(2));
        let cone = cone(&map, self.size);
        let mut lit = map.clone();
        let width = map.size().width();
        for (i, value) in lit.samples_mut().iter_mut().enumerate() {
            let far = cone(i % width, i / width);
            // The light of a lamp falls off as 1 by 1 plus the square of how far out a place is.
            let falls = 1.0 / (1.0 + far * far);
            *value = (falls * (0.72 + 0.42 * *value)).min(1.0);
        }
        let enlarger = Enlarger::new(&lit, picture.size(), Smoothness::Smooth);
        step.work.limits.admit(picture.size(), 4)?;
        let lit =
            rows(picture.size(), step.work, |y, row| enlarger.row(step.work.level, y, &mut Vec::new(), row))?;
        Ok(Box::new(Lit {
            lit,
            amount: self.amount,
            contrast: self.contrast,
            shadow: self.shadow.to(Encoding::Oklab),
        }))
    }
}

/// How far out of the ellipse of what stands out a place of the map is, 1 at its border.
fn cone(map: &Plane, size: f32) -> impl Fn(usize, usize) -> f32 {
    let (width, height) = (map.size().width() as f64, map.size().height() as f64);
    let (mut mass, mut first, mut second) = (1e-9, [0f64; 2], [0f64; 3]);
    for y in 0..map.size().height() {
        for (x, value) in map.row(y).iter().enumerate() {
            let weight = f64::from(*value);
            let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
            mass += weight;
            first = [first[0] + weight * x, first[1] + weight * y];
            second = [second[0] + weight * x * x, second[1] + weight * x * y, second[2] + weight * y * y];
        }
    }
    let middle = if mass > 1e-6 { first.map(|v| v / mass) } else { [width / 2.0, height / 2.0] };
    // No light is narrower than an eighth of the picture.
    let least = (width.min(height) / 8.0).powi(2);
    let spread = |moment: f64, a: f64, b: f64| (moment / mass - a * b).max(0.0);
    let xx = spread(second[0], middle[0], middle[0]) + least;
    let yy = spread(second[2], middle[1], middle[1]) + least;
    let xy = second[1] / mass - middle[0] * middle[1];
    let det = (xx * yy - xy * xy).max(1e-6);
    let reach = 3.2 * f64::from(size * size);
    move |x, y| {
        let (dx, dy) = (x as f64 + 0.5 - middle[0], y as f64 + 0.5 - middle[1]);
        let square = (yy * dx * dx - 2.0 * xy * dx * dy + xx * dy * dy) / det;
        (square.max(0.0) / reach) as f32
    }
}

struct Lit {
    lit: Plane,
    amount: f32,
    contrast: f32,
    shadow: [f32; 3],
}

impl Pointwise for Lit {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        self.shadow[1] == 0.0 && self.shadow[2] == 0.0
    }

    fn row(&self, _level: Level, row: Row<'_>) {
        let [light, a, b] = row.colour;
        let lit = self.lit.row(row.y);
        for x in 0..light.len() {
            let dim = 1.0 - self.amount * (1.0 - lit[x]);
            let l = light[x].clamp(0.0, 1.2);
            // Darks fall faster than lights: l² leans on half of what contrast may do.
            let deep = l + self.contrast * l * (1.0 - l) * (2.0 * l - 0.9);
            let gain = dim * dim.sqrt();
            let rest = 1.0 - gain;
            light[x] = deep * gain + self.shadow[0] * 0.6 * rest;
            a[x] = a[x] * gain + self.shadow[1] * rest;
            b[x] = b[x] * gain + self.shadow[2] * rest;
        }
    }
}
