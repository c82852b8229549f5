//! Where a stroke goes: along the flow until the colour it carries is wrong (Hertzmann, "Painterly rendering with curved
//! brush strokes of multiple sizes", 1998), and as wide as the colours beside it allow.
//!
//! Hertzmann's strokes have one width and spill over silhouettes. Here a stroke is moved and narrowed until both its
//! sides lie on its own colour, as a painter cuts in along an edge.

use super::field::{Field, apart};
use super::reference::way;

/// What a brush walks over.
pub(super) struct Land<'a> {
    pub(super) reference: &'a Field,
    pub(super) ways: &'a Field,
    /// What is painted so far, if anything is.
    pub(super) canvas: Option<&'a Field>,
    /// Width and height, in units.
    pub(super) extent: [f32; 2],
}

/// How a stroke is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// Half the width of the brush, in units.
    pub(super) half: f32,
    /// How far it may go to either side of where it begins.
    pub(super) reach: [f32; 2],
    /// How much it bends: 0 is straight, 1 follows the flow at once.
    pub(super) curve: f32,
    /// Cosine and sine of the angle it strays from the flow by.
    pub(super) stray: [f32; 2],
    /// How far colours may be from its own.
    pub(super) tolerance: f32,
    /// The share of the width that is kept whatever lies beside.
    pub(super) least: f32,
}

/// A step, in half widths.
const STEP: f32 = 0.8;
/// The sharpest bend in a step, as a cosine.
const BEND: f32 = 0.8;
/// Where colours beside a stroke are looked at, in half widths.
const BESIDE: [f32; 3] = [0.4, 0.75, 1.1];

impl Land<'_> {
    /// The middle line of a stroke with half its width at each point.
    pub(super) fn stroke(&self, seed: [f32; 2], colour: [f32; 3], course: &Course, out: &mut Vec<[f32; 3]>) {
        out.clear();
        let [x, y] = self.turned(seed, course);
        let [back, ahead] = course.reach;
        self.walk(seed, [-x, -y], back, colour, course, out);
        out.reverse();
        out.push([seed[0], seed[1], course.half]);
        self.walk(seed, [x, y], ahead, colour, course, out);
        if out.len() == 1 {
            let step = 0.5 * course.half;
            out[0] = [seed[0] - x * step, seed[1] - y * step, course.half];
            out.push([seed[0] + x * step, seed[1] + y * step, course.half]);
        }
        self.cut_in(colour, course, out);
    }

    fn turned(&self, at: [f32; 2], course: &Course) -> [f32; 2] {
        let [x, y] = way(self.ways, at);
        let [cos, sin] = course.stray;
        [cos * x - sin * y, sin * x + cos * y]
    }

    fn walk(
        &self,
        from: [f32; 2],
        way: [f32; 2],
        most: f32,
        colour: [f32; 3],
        course: &Course,
        out: &mut Vec<[f32; 3]>,
    ) {
        let step = STEP * course.half;
        let (mut p, mut d, mut gone, mut last) = (from, way, 0.0, 0.0f32);
        while gone + 0.3 * step < most {
            let length = step.min(most - gone);
            let ahead = [p[0] + 0.5 * step * d[0], p[1] + 0.5 * step * d[1]];
            let t = self.turned(ahead, course);
            let cos = t[0] * d[0] + t[1] * d[1];
            let t = if cos < 0.0 { [-t[0], -t[1]] } else { t };
            let mixed = [d[0] + course.curve * (t[0] - d[0]), d[1] + course.curve * (t[1] - d[1])];
            let size = (mixed[0] * mixed[0] + mixed[1] * mixed[1]).sqrt().max(1e-6);
            let turned = [mixed[0] / size, mixed[1] / size];
            if turned[0] * d[0] + turned[1] * d[1] < BEND {
                return;
            }
            let next = [p[0] + length * turned[0], p[1] + length * turned[1]];
            let wrong = self.wrong(next, colour) / course.tolerance;
            if wrong > 1.0 {
                // It ends where the tolerance is used up, not at the last whole step.
                let part = length * ((1.0 - last) / (wrong - last).max(1e-6)).clamp(0.0, 1.0);
                if part > 0.25 * step {
                    out.push([p[0] + part * turned[0], p[1] + part * turned[1], course.half]);
                }
                return;
            }
            (p, d, gone, last) = (next, turned, gone + length, wrong);
            out.push([p[0], p[1], course.half]);
            let outside = |v: f32, most: f32| v < -course.half || v > most + course.half;
            if outside(p[0], self.extent[0]) || outside(p[1], self.extent[1]) {
                return;
            }
        }
    }

    /// How wrong a colour is at a place, more so where what is there already is better.
    fn wrong(&self, at: [f32; 2], colour: [f32; 3]) -> f32 {
        let wanted = self.reference.at(at);
        let own = apart(wanted, colour);
        match self.canvas {
            Some(canvas) => own + 0.5 * (own - apart(wanted, canvas.at(at)) - 0.02).max(0.0),
            None => own,
        }
    }

    /// How far to one side the colour holds, in half widths.
    fn room(&self, at: [f32; 2], across: [f32; 2], colour: [f32; 3], tolerance: f32) -> f32 {
        let (mut before, mut last) = (0.0, 0.0);
        for far in BESIDE {
            let p = [at[0] + far * across[0], at[1] + far * across[1]];
            let wrong = apart(self.reference.at(p), colour) / tolerance;
            if wrong > 1.0 {
                return before + (far - before) * ((1.0 - last) / (wrong - last).max(1e-6)).clamp(0.0, 1.0);
            }
            (before, last) = (far, wrong);
        }
        BESIDE[2]
    }

    /// Move and narrow the stroke so that its sides keep to its colour.
    fn cut_in(&self, colour: [f32; 3], course: &Course, line: &mut [[f32; 3]]) {
        let count = line.len();
        let tolerance = 1.3 * course.tolerance;
        let mut moves: Vec<[f32; 2]> = Vec::with_capacity(count);
        for k in 0..count {
            let (a, b) = (line[k.saturating_sub(1)], line[(k + 1).min(count - 1)]);
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let scale = course.half / (dx * dx + dy * dy).sqrt().max(1e-6);
            let across = [-dy * scale, dx * scale];
            let at = [line[k][0], line[k][1]];
            let right = self.room(at, across, colour, tolerance).min(1.0);
            let left = self.room(at, [-across[0], -across[1]], colour, tolerance).min(1.0);
            moves.push([0.5 * (right - left), (0.5 * (right + left)).max(course.least)]);
        }
        for _ in 0..2 {
            ease(&mut moves);
        }
        let sides: Vec<[f32; 2]> = (0..count)
            .map(|k| {
                let (a, b) = (line[k.saturating_sub(1)], line[(k + 1).min(count - 1)]);
                let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
                let scale = course.half / (dx * dx + dy * dy).sqrt().max(1e-6);
                [-dy * scale, dx * scale]
            })
            .collect();
        for ((point, [off, wide]), across) in line.iter_mut().zip(&moves).zip(&sides) {
            point[0] += off * across[0];
            point[1] += off * across[1];
            point[2] = course.half * wide;
        }
    }
}

/// Each value the mean of those around it.
fn ease(values: &mut [[f32; 2]]) {
    let Some(mut before) = values.first().copied() else { return };
    for k in 0..values.len() {
        let own = values[k];
        let after = values[(k + 1).min(values.len() - 1)];
        values[k] = std::array::from_fn(|c| 0.25 * before[c] + 0.5 * own[c] + 0.25 * after[c]);
        before = own;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::{Plane, Size};

    /// Dark to the left of 500 units and light to its right; ways at an angle.
    fn fields(angle: f32) -> [Field; 2] {
        let size = Size::new(1024, 400).unwrap();
        let light = Plane::from_fn(size, |x, _| if x < 500 { 0.2 } else { 0.8 });
        let flat = |value: f32| Plane::filled(size, value);
        let (sin, cos) = (2.0 * angle).sin_cos();
        let none = flat(0.0);
        [Field::of([&light, &none, &none]), Field::of([&flat(cos), &flat(sin), &none])]
    }

    fn walked(angle: f32, seed: [f32; 2]) -> Vec<[f32; 3]> {
        let [reference, ways] = fields(angle);
        let land = Land { reference: &reference, ways: &ways, canvas: None, extent: [1024.0, 400.0] };
        let course = Course {
            half: 10.0,
            reach: [80.0, 80.0],
            curve: 1.0,
            stray: [1.0, 0.0],
            tolerance: 0.06,
            least: 0.3,
        };
        let mut line = Vec::new();
        land.stroke(seed, reference.at(seed), &course, &mut line);
        line
    }

    #[test]
    fn a_stroke_ends_at_an_edge() {
        let line = walked(0.0, [470.0, 200.0]);
        assert!(line.iter().all(|p| p[0] < 501.0), "{line:?}");
        assert!(line.iter().any(|p| p[0] < 400.0) && line.iter().any(|p| p[0] > 490.0), "{line:?}");
    }

    #[test]
    fn a_stroke_along_an_edge_is_moved_off_it() {
        for x in [493.0, 497.0] {
            let line = walked(std::f32::consts::FRAC_PI_2, [x, 200.0]);
            assert!(line.iter().all(|p| p[0] + p[2] < 502.5), "{line:?}");
        }
    }

    #[test]
    fn a_stroke_is_as_long_as_asked_where_nothing_stops_it() {
        let line = walked(0.3, [250.0, 200.0]);
        let length: f32 = line.windows(2).map(|p| (p[1][0] - p[0][0]).hypot(p[1][1] - p[0][1])).sum();
        assert!((length - 160.0).abs() < 5.0, "{length}");
    }
}
