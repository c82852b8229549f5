//! Six ranges of mountains, each nearer, darker and rougher, standing in the mist of the valley before it.

use super::SHORE;
use crate::canvas::{Canvas, hex, inside};
use crate::maths::{V2, V3, bell, exp, mix, pow, ramp, v2};
use crate::noise::{chance, fbm, ridges};

struct Range {
    /// Height of its foot line above the shore, and of its peaks above that, in pixels.
    foot: f32,
    peaks: f32,
    /// Width of a typical mountain.
    stride: f32,
    /// Colour in the shade and of the mist at its foot.
    rock: u32,
    mist: u32,
    /// Height of the trees along the ridge.
    trees: f32,
    seed: u32,
}

const RANGES: [Range; 6] = [
    Range { foot: 96.0, peaks: 118.0, stride: 420.0, rock: 0xb98a92, mist: 0xffbe8c, trees: 0.0, seed: 11 },
    Range { foot: 70.0, peaks: 150.0, stride: 300.0, rock: 0x8f6a8c, mist: 0xf4ae8c, trees: 0.0, seed: 27 },
    Range { foot: 44.0, peaks: 118.0, stride: 250.0, rock: 0x62527c, mist: 0xd8988e, trees: 1.5, seed: 35 },
    Range { foot: 26.0, peaks: 104.0, stride: 330.0, rock: 0x44466f, mist: 0xaa8092, trees: 3.5, seed: 48 },
    Range { foot: 8.0, peaks: 84.0, stride: 280.0, rock: 0x2a355a, mist: 0x806b88, trees: 6.0, seed: 59 },
    Range { foot: -6.0, peaks: 50.0, stride: 240.0, rock: 0x182742, mist: 0x53527a, trees: 9.0, seed: 66 },
];

pub(crate) fn paint(canvas: &mut Canvas) {
    for range in &RANGES {
        let frame = canvas.all();
        canvas.paint(frame, |p, behind| {
            let crest = range.crest(p.x);
            let depth = p.y - crest;
            let border = depth + range.forest(p.x);
            if border < -1.0 {
                behind
            } else {
                behind.mix(range.colour(p, depth.max(0.0)), inside(-border, 0.7))
            }
        });
        fog(canvas, range);
    }
}

impl Range {
    /// The skyline: sharp ridges on long waves, low in the middle where the sun went down.
    fn crest(&self, x: f32) -> f32 {
        let u = v2(x / self.stride + self.seed as f32 * 3.7, self.seed as f32 * 1.3);
        let saddle = 1.0 - 0.55 * bell(x - 700.0, 260.0);
        let height = pow(ridges(u, 5, self.seed), 1.35) * 1.25 + 0.25 * fbm(u * 0.6, 2, self.seed + 5);
        SHORE - self.foot - self.peaks * height * saddle
    }

    /// What stands on the skyline: pines as narrow tents of different heights, two rows deep.
    fn forest(&self, x: f32) -> f32 {
        let row = |width: f32, seed: u32| {
            let cell = (x / width).floor();
            let tall = 0.35 + 0.65 * chance(cell as i32, 0, seed);
            let off = (x / width - cell - 0.5).abs() * 2.0;
            tall * pow(1.0 - off, 0.7)
        };
        if self.trees == 0.0 {
            return 0.0;
        }
        self.trees * row(self.trees * 0.75, self.seed).max(row(self.trees * 0.58, self.seed + 1) * 0.8)
    }

    /// Gullies shaded by a light low on the right, sinking into the mist.
    fn colour(&self, p: V2, depth: f32) -> V3 {
        let q = v2(p.x / 46.0 + depth / 90.0, p.y / 60.0 - self.seed as f32);
        let relief = ridges(q, 4, self.seed + 9) - ridges(q - v2(0.12, 0.05), 4, self.seed + 9);
        let sun = (700.0 - p.x).signum() * ramp(0.0, 160.0, (700.0 - p.x).abs());
        let lit = (0.5 + relief * sun * 2.6).clamp(0.0, 1.0);
        let rim = exp(-depth / 5.0) * 0.34 * bell(p.x - 700.0, 420.0);
        let rock = hex(self.rock) * mix(0.72, 1.25, lit);
        let sunk = ramp(0.0, 1.0, depth / (self.peaks * 0.95));
        rock.mix(hex(self.mist), (sunk * 0.88).max(0.0)) + hex(0xff9a6a) * (rim * 0.35)
    }
}

/// A torn sheet of mist before the foot of a range, thinner towards the sides.
fn fog(canvas: &mut Canvas, range: &Range) {
    let frame = canvas.all();
    let level = SHORE - range.foot - 6.0;
    let mist = hex(range.mist);
    canvas.fill(frame, mist, |p| {
        let torn = fbm(v2(p.x / 150.0, p.y / 26.0), 4, range.seed + 20);
        bell(p.y - level + torn * 16.0, 20.0) * (0.42 + 0.5 * torn).clamp(0.0, 1.0) * 0.75
    });
}
