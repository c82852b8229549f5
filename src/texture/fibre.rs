//! Long fibres strewn over a sheet, drawn one by one.
//!
//! The sheet is cut into square cells; what grows from a cell is hashed from its place, so any part of the sheet
//! can be drawn without the rest. A fibre thinner than a pixel is drawn a pixel wide and as much fainter.

use std::ops::Range;

use crate::kernel::noise::mix;
use crate::pixel::Size;

/// A kind of fibre. Lengths are in reference units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fibres {
    /// How long the longest are.
    pub(super) length: f32,
    /// How wide they are.
    pub(super) width: f32,
    /// How many grow from a square as wide as they are long.
    pub(super) count: u32,
    /// By how much they turn from end to end, in radians.
    pub(super) bend: f32,
    /// Where their chance comes from.
    pub(super) seed: u32,
}

/// Straight pieces a fibre is drawn in at most.
const PIECES: usize = 24;

/// The thinnest line that can be drawn without steps, as half its width in pixels.
const THINNEST: f32 = 0.8;

impl Fibres {
    /// Add the fibres to rows of `values`, each of which has the width of `size`.
    pub(super) fn add(&self, size: Size, rows: Range<i64>, values: &mut [f32]) {
        let pixel = size.longer() as f32 / 1024.0;
        let cell = self.length * pixel;
        // Of a fibre two pixels long nothing is left.
        let fade = ((cell - 2.0) / 4.0).clamp(0.0, 1.0);
        if fade == 0.0 {
            return;
        }
        let mut band = Band { width: size.width() as i64, rows: rows.clone(), values };
        // A fibre goes no further than its length, wherever it turns.
        let near = |at: i64, by: i64| (at as f32 / cell).floor() as i64 + by;
        for j in near(rows.start, -1)..=near(rows.end, 1) {
            for i in -1..=near(band.width, 1) {
                for one in 0..self.count {
                    let place = mix(mix(mix(self.seed ^ i as u32) ^ j as u32) ^ one);
                    self.fibre(Chance(place), [i as f32 * cell, j as f32 * cell], pixel, fade, &mut band);
                }
            }
        }
    }

    /// One fibre: an arc whose bend grows or shrinks on the way.
    fn fibre(&self, mut chance: Chance, cell: [f32; 2], pixel: f32, fade: f32, band: &mut Band<'_>) {
        let side = self.length * pixel;
        let mut at = [cell[0] + chance.unit() * side, cell[1] + chance.unit() * side];
        let mut angle = chance.unit() * std::f32::consts::TAU;
        let length = side * (0.3 + 0.7 * chance.unit());
        let (bend, twist) =
            (self.bend * (2.0 * chance.unit() - 1.0), self.bend * (2.0 * chance.unit() - 1.0));
        let thickness = 0.5 + chance.unit();
        let strength = fade * (0.35 + 0.65 * chance.unit());
        let half = 0.5 * self.width * pixel * thickness;
        let pieces = ((length / 6.0) as usize).clamp(4, PIECES);
        let step = length / pieces as f32;
        for piece in 0..pieces {
            let t = (piece as f32 + 0.5) / pieces as f32;
            angle += (bend + twist * (2.0 * t - 1.0) * 1.5) / pieces as f32;
            let (sin, cos) = angle.sin_cos();
            let to = [at[0] + cos * step, at[1] + sin * step];
            // Fibres taper towards both ends.
            let taper = (4.0 * t * (1.0 - t)).sqrt();
            band.line(at, to, half * (0.4 + 0.6 * taper), strength * taper);
            at = to;
        }
    }
}

/// The rows that are drawn on.
struct Band<'a> {
    width: i64,
    rows: Range<i64>,
    values: &'a mut [f32],
}

impl Band<'_> {
    /// A straight line with soft sides. Its ends are cut square, so that the next piece goes on where it stops.
    fn line(&mut self, from: [f32; 2], to: [f32; 2], half: f32, strength: f32) {
        let wide = half.max(THINNEST);
        let strength = strength * half / wide;
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let square = (dx * dx + dy * dy).max(1e-6);
        let length = square.sqrt();
        let reach = |a: f32, b: f32| (a.min(b) - wide).floor() as i64..=(a.max(b) + wide).ceil() as i64;
        let (xs, ys) = (reach(from[0], to[0]), reach(from[1], to[1]));
        for y in *ys.start().max(&self.rows.start)..=*ys.end().min(&(self.rows.end - 1)) {
            for x in *xs.start().max(&0)..=*xs.end().min(&(self.width - 1)) {
                let (px, py) = (x as f32 + 0.5 - from[0], y as f32 + 0.5 - from[1]);
                let along = (px * dx + py * dy) / square;
                let aside = (px * dy - py * dx) / (length * wide);
                // Pixels cut by the end count by the part that lies before it.
                let inside = ((along.min(1.0 - along)) * length + 0.5).clamp(0.0, 1.0);
                let profile = (1.0 - aside * aside).max(0.0);
                let index = (y - self.rows.start) * self.width + x;
                self.values[index as usize] += strength * inside * profile * profile;
            }
        }
    }
}

/// Chance, one number after another.
struct Chance(u32);

impl Chance {
    fn unit(&mut self) -> f32 {
        self.0 = mix(self.0.wrapping_add(0x9e37_79b9));
        (self.0 >> 8) as f32 * (1.0 / 16_777_216.0)
    }
}
