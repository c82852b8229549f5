//! Things so fine that they are drawn on a pane of glass in the scene: the needles of a pine, birds far off.
//! Against the light they are silhouettes, and a ray only asks whether a stroke crosses its place on the pane.

use super::air::Air;
use super::pine;
use crate::lens::Ray;
use crate::maths::{V2, V3, mix, pow, v2};

pub(super) struct Cutouts {
    panes: Vec<Pane>,
}

/// A stroke from `a` to `b` with the radii at its ends, its colour, and how far sunlight shines through it.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub(super) a: V2,
    pub(super) b: V2,
    pub(super) ra: f32,
    pub(super) rb: f32,
    pub(super) colour: V3,
    pub(super) clear: f32,
}

/// Strokes at one depth, sorted into square bins so that a ray asks few.
struct Pane {
    z: f32,
    object: u16,
    low: V2,
    bin: f32,
    wide: usize,
    bins: Vec<Vec<Stroke>>,
}

impl Cutouts {
    pub(super) fn new(seed: u32) -> Self {
        let [front, back] = pine::grow(seed);
        let panes = vec![
            Pane::new(14.0, 20, 0.25, front),
            Pane::new(14.6, 21, 0.25, back),
            Pane::new(300.0, 22, 3.0, pine::birds(seed)),
        ];
        Self { panes }
    }

    /// Distance, colour and object of the first stroke a ray meets.
    pub(super) fn meet(&self, ray: Ray, limit: f32, air: &Air) -> Option<(f32, V3, u16)> {
        self.panes.iter().find_map(|pane| {
            let t = (pane.z - ray.from.z) / ray.to.z.max(1e-5);
            if t <= 0.0 || t > limit {
                return None;
            }
            let p = ray.at(t);
            let stroke = pane.stroke(v2(p.x, p.y))?;
            let glow = air.sunlight() * (stroke.clear * pow(ray.to.dot(air.sun).max(0.0), 12.0));
            Some((t, stroke.colour + stroke.colour.tint(glow), pane.object))
        })
    }
}

impl Pane {
    fn new(z: f32, object: u16, bin: f32, strokes: Vec<Stroke>) -> Self {
        let ends = || strokes.iter().flat_map(|s| [s.a, s.b]);
        let low = v2(
            ends().map(|p| p.x).fold(f32::MAX, f32::min) - bin,
            ends().map(|p| p.y).fold(f32::MAX, f32::min) - bin,
        );
        let far =
            v2(ends().map(|p| p.x).fold(f32::MIN, f32::max), ends().map(|p| p.y).fold(f32::MIN, f32::max));
        let size = |from: f32, to: f32| ((to - from) / bin) as usize + 2;
        let (wide, high) = (size(low.x, far.x), size(low.y, far.y));
        let mut pane = Self { z, object, low, bin, wide, bins: vec![Vec::new(); wide * high] };
        strokes.into_iter().for_each(|s| pane.put(s));
        pane
    }

    fn put(&mut self, s: Stroke) {
        let r = s.ra.max(s.rb);
        let cell = |v: f32, low: f32| ((v - low) / self.bin).max(0.0) as usize;
        let high = self.bins.len() / self.wide;
        let (left, right) = (cell(s.a.x.min(s.b.x) - r, self.low.x), cell(s.a.x.max(s.b.x) + r, self.low.x));
        let (bottom, top) = (cell(s.a.y.min(s.b.y) - r, self.low.y), cell(s.a.y.max(s.b.y) + r, self.low.y));
        for y in bottom..=top.min(high - 1) {
            for x in left..=right.min(self.wide - 1) {
                self.bins[y * self.wide + x].push(s);
            }
        }
    }

    fn stroke(&self, p: V2) -> Option<&Stroke> {
        let q = (p - self.low) * (1.0 / self.bin);
        if q.x < 0.0 || q.y < 0.0 || q.x >= self.wide as f32 {
            return None;
        }
        let bin = self.bins.get(q.y as usize * self.wide + q.x as usize)?;
        bin.iter().rev().find(|s| {
            let (ap, ab) = (p - s.a, s.b - s.a);
            let t = (ap.dot(ab) / ab.dot(ab).max(1e-9)).clamp(0.0, 1.0);
            (ap - ab * t).length() < mix(s.ra, s.rb, t)
        })
    }
}
