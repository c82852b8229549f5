//! Evenly spaced strokes (Jobard & Lefer, "Creating evenly-spaced streamlines of arbitrary density", 1997).
//!
//! A line grows both ways from a seed until it comes too near another, leaves what is to be shaded, or is as long as
//! a hand draws in one go. Seeds lie beside the lines there are already, a spacing away; where none is left, a
//! hashed lattice is looked through for places still bare. One line after the other, in the plane of units, so the
//! strokes do not depend on threads nor on the picture's size.

use super::direction::Directions;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::noise::{mix, signed};

/// How strokes of a layer lie. Lengths in units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spacing {
    /// From stroke to stroke.
    pub(crate) spacing: f32,
    pub(crate) longest: f32,
    pub(crate) shortest: f32,
    /// The angle they are turned from the directions by.
    pub(crate) turn: f32,
    /// How far a line goes on beside others after it has met them, so that thinned ends overlap.
    pub(crate) overlap: f32,
    pub(crate) seed: u32,
}

/// Points of a line, a step apart, in units.
pub(super) type Points = Vec<[f32; 2]>;

/// A step along a line, in spacings.
const STEP: f32 = 0.8;
/// How near a line may come to another once it has begun, in spacings.
pub(super) const NEAR: f32 = 0.62;
const NONE: u32 = u32::MAX;

/// Points already taken, in cells one spacing wide.
struct Taken {
    w: usize,
    h: usize,
    cell: f32,
    heads: Vec<u32>,
    points: Vec<([f32; 2], u32)>,
}

impl Taken {
    fn new(size: [f32; 2], cell: f32) -> Self {
        let (w, h) = ((size[0] / cell) as usize + 1, (size[1] / cell) as usize + 1);
        Self { w, h, cell, heads: vec![NONE; w * h], points: Vec::new() }
    }
    fn add(&mut self, p: [f32; 2]) {
        let i = ((p[1] / self.cell) as usize).min(self.h - 1) * self.w
            + ((p[0] / self.cell) as usize).min(self.w - 1);
        self.points.push((p, self.heads[i]));
        self.heads[i] = self.points.len() as u32 - 1;
    }
    fn clear_of(&self, p: [f32; 2], distance: f32) -> bool {
        let (x, y) = ((p[0] / self.cell) as usize, (p[1] / self.cell) as usize);
        for j in y.saturating_sub(1)..=(y + 1).min(self.h - 1) {
            for i in x.saturating_sub(1)..=(x + 1).min(self.w - 1) {
                let mut k = self.heads[j * self.w + i];
                while k != NONE {
                    let (q, next) = self.points[k as usize];
                    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
                    if dx * dx + dy * dy < distance * distance {
                        return false;
                    }
                    k = next;
                }
            }
        }
        true
    }
}

struct Grower<'a, W> {
    taken: Taken,
    size: [f32; 2],
    directions: &'a Directions,
    options: &'a Spacing,
    turn: [f32; 2],
    wanted: W,
}

impl<W: Fn(f32, f32) -> bool> Grower<'_, W> {
    fn inside(&self, p: [f32; 2]) -> bool {
        p[0] >= 0.0 && p[1] >= 0.0 && p[0] < self.size[0] && p[1] < self.size[1]
    }

    fn free(&self, p: [f32; 2], distance: f32) -> bool {
        self.inside(p) && (self.wanted)(p[0], p[1]) && self.taken.clear_of(p, distance)
    }

    /// One way from a place, at most `most` steps, keeping a distance from other lines.
    fn walk(&self, from: [f32; 2], way: [f32; 2], most: usize, distance: f32) -> Points {
        let step = STEP * self.options.spacing;
        let (mut p, mut d) = (from, way);
        let mut points = Vec::new();
        for _ in 0..most {
            let half = [p[0] + 0.5 * step * d[0], p[1] + 0.5 * step * d[1]];
            let t = self.directions.at(half[0], half[1], self.turn);
            let cos = t[0] * d[0] + t[1] * d[1];
            if cos.abs() < 0.8 {
                break;
            }
            d = if cos < 0.0 { [-t[0], -t[1]] } else { t };
            p = [p[0] + step * d[0], p[1] + step * d[1]];
            let taken = distance > 0.0 && !self.taken.clear_of(p, distance);
            if taken || !self.inside(p) || !(self.wanted)(p[0], p[1]) {
                break;
            }
            points.push(p);
        }
        points
    }

    fn grow(&mut self, seed: [f32; 2]) -> Option<Points> {
        if !self.free(seed, 0.85 * self.options.spacing) {
            return None;
        }
        let step = STEP * self.options.spacing;
        let bits = mix(seed[0].to_bits() ^ mix(seed[1].to_bits() ^ self.options.seed));
        let reach = self.options.longest * (0.8 + 0.2 * signed(bits)) / step;
        // Not through the middle: ends beside ends would show as a seam.
        let share = 0.5 + 0.4 * signed(mix(bits));
        let near = NEAR * self.options.spacing;
        let [x, y] = self.directions.at(seed[0], seed[1], self.turn);
        let mut points = self.walk(seed, [-x, -y], (reach * share) as usize, near);
        points.reverse();
        points.push(seed);
        points.extend(self.walk(seed, [x, y], (reach * (1.0 - share)) as usize, near));
        if (points.len() as f32) * step < self.options.shortest {
            return None;
        }
        for p in &points {
            self.taken.add(*p);
        }
        self.go_on(&mut points);
        points.reverse();
        self.go_on(&mut points);
        points.reverse();
        Some(points)
    }

    /// A line's last end, drawn out beside whatever is there.
    fn go_on(&self, points: &mut Points) {
        let [.., a, b] = points[..] else { return };
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        let most = (self.options.overlap / (STEP * self.options.spacing)) as usize;
        points.extend(self.walk(b, [dx / length, dy / length], most, 0.0));
    }

    /// Seeds a spacing to either side of a line.
    fn beside(&self, line: &[[f32; 2]], seeds: &mut Vec<[f32; 2]>) {
        for k in (1..line.len().saturating_sub(1)).step_by(2) {
            let (dx, dy) = (line[k + 1][0] - line[k - 1][0], line[k + 1][1] - line[k - 1][1]);
            let scale = self.options.spacing / (dx * dx + dy * dy).sqrt().max(1e-6);
            for side in [scale, -scale] {
                seeds.push([line[k][0] - dy * side, line[k][1] + dx * side]);
            }
        }
    }
}

/// Lines over a picture `size` units large, wherever `wanted` says so.
pub(crate) fn streamlines(
    size: [f32; 2],
    directions: &Directions,
    options: &Spacing,
    wanted: impl Fn(f32, f32) -> bool,
    context: &Context,
) -> Result<Vec<Points>> {
    let (sin, cos) = (2.0 * options.turn).sin_cos();
    let taken = Taken::new(size, options.spacing);
    let mut grower = Grower { taken, size, directions, options, turn: [sin, cos], wanted };
    let mut lines: Vec<Points> = Vec::new();
    let mut next = 0;
    let cell = 1.5 * options.spacing;
    let (across, down) = ((size[0] / cell) as u32 + 1, (size[1] / cell) as u32 + 1);
    let mut seeds = Vec::new();
    for place in 0..across * down {
        if place % across == 0 {
            context.check()?;
        }
        let bits = mix(place ^ options.seed);
        let x = ((place % across) as f32 + 0.5 + 0.5 * signed(bits)) * cell;
        let y = ((place / across) as f32 + 0.5 + 0.5 * signed(mix(bits))) * cell;
        lines.extend(grower.grow([x, y]));
        while next < lines.len() {
            seeds.clear();
            grower.beside(&lines[next], &mut seeds);
            for seed in &seeds {
                lines.extend(grower.grow(*seed));
            }
            next += 1;
        }
    }
    Ok(lines)
}
