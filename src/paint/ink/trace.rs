//! Lines that a hand can draw, from a plane of contours.
//!
//! A pen may lay a plane of contours down as it is; a brush has to know where a line begins and where it goes. Crests of
//! the plane (Canny, "A computational approach to edge detection", 1986, keeps them likewise) are followed from the
//! strongest on, along the flow, held to the crest at each step, until it ends or another line has been there.

use crate::line::{Flow, between};
use crate::pixel::Plane;

/// A line, and how strong it is at each of its places (1: as strong as lines get), in units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trace {
    pub(crate) points: Vec<[f32; 2]>,
    pub(crate) strength: Vec<f32>,
}

/// From place to place along a line, in units.
pub(super) const STEP: f32 = 1.5;
/// A line goes on as long as the plane is above this.
const ON: f32 = 0.0;
/// The cosine of the sharpest turn from place to place.
const TURN: f32 = 0.6;

struct Tracer<'a> {
    plane: &'a Plane,
    flow: &'a Flow,
    unit: f32,
    /// What has been drawn over.
    taken: Vec<bool>,
}

/// Lines at least `shortest` units long, in the order they were found, the strongest first. `apart` is how near lines may lie.
pub(crate) fn trace(plane: &Plane, flow: &Flow, unit: f32, shortest: f32, apart: f32) -> Vec<Trace> {
    let mut tracer = Tracer { plane, flow, unit, taken: vec![false; plane.samples().len()] };
    let mut traces = Vec::new();
    for seed in tracer.seeds() {
        if tracer.taken[seed] {
            continue;
        }
        let width = plane.size().width();
        let from = [(seed % width) as f32, (seed / width) as f32];
        let way = tracer.way(from);
        let mut points = tracer.walk(from, [-way[0], -way[1]]);
        points.reverse();
        points.push(from);
        points.extend(tracer.walk(from, way));
        // A crest is never narrower than a sample or two.
        tracer.take(&points, (apart * unit).max(1.8));
        if points.len() as f32 * STEP >= shortest {
            traces.push(tracer.finished(&points));
        }
    }
    traces
}

impl Tracer<'_> {
    /// Samples on a crest, strongest first.
    fn seeds(&self) -> Vec<usize> {
        let (w, h) = (self.plane.size().width(), self.plane.size().height());
        let mut seeds = Vec::new();
        for y in 0..h {
            for (x, own) in self.plane.row(y).iter().enumerate() {
                if *own > 0.15 && self.crest([x as f32, y as f32], *own) {
                    seeds.push((*own, y * w + x));
                }
            }
        }
        seeds.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        seeds.into_iter().map(|(_, place)| place).collect()
    }

    fn crest(&self, p: [f32; 2], own: f32) -> bool {
        let [x, y] = self.way(p);
        [1.0, -1.0].iter().all(|side| own >= between(self.plane, p[0] - side * y, p[1] + side * x))
    }

    /// The direction of lines at a sample.
    fn way(&self, p: [f32; 2]) -> [f32; 2] {
        let size = self.flow.size();
        let at = |v: f32, most: usize| ((v.max(0.0) * 0.5) as usize).min(most - 1);
        self.flow.tangents()[at(p[1], size.height()) * size.width() + at(p[0], size.width())]
    }

    fn walk(&self, from: [f32; 2], way: [f32; 2]) -> Vec<[f32; 2]> {
        let (w, h) = (self.plane.size().width() as f32, self.plane.size().height() as f32);
        let step = STEP * self.unit;
        let (mut p, mut d) = (from, way);
        let mut points = Vec::new();
        while points.len() < 2000 {
            let t = self.way([p[0] + 0.5 * step * d[0], p[1] + 0.5 * step * d[1]]);
            let cos = t[0] * d[0] + t[1] * d[1];
            if cos.abs() < TURN {
                break;
            }
            d = if cos < 0.0 { [-t[0], -t[1]] } else { t };
            p = self.held([p[0] + step * d[0], p[1] + step * d[1]], d);
            let inside = p[0] >= 0.0 && p[1] >= 0.0 && p[0] <= w - 1.0 && p[1] <= h - 1.0;
            if !inside || between(self.plane, p[0], p[1]) <= ON || self.taken[self.index(p)] {
                break;
            }
            points.push(p);
        }
        points
    }

    /// A place moved onto the crest, if that is less than a unit aside.
    fn held(&self, p: [f32; 2], d: [f32; 2]) -> [f32; 2] {
        let reach = 0.7 * self.unit;
        let at = |side: f32| between(self.plane, p[0] - side * d[1], p[1] + side * d[0]);
        let (left, own, right) = (at(-reach), at(0.0), at(reach));
        let bend = left + right - 2.0 * own;
        let aside = if bend < -1e-5 { 0.5 * (left - right) / bend } else { (right - left).signum() * 0.5 };
        let aside = aside.clamp(-1.0, 1.0) * reach;
        [p[0] - aside * d[1], p[1] + aside * d[0]]
    }

    fn index(&self, p: [f32; 2]) -> usize {
        let size = self.plane.size();
        let at = |v: f32, most: usize| ((v + 0.5).max(0.0) as usize).min(most - 1);
        at(p[1], size.height()) * size.width() + at(p[0], size.width())
    }

    fn take(&mut self, points: &[[f32; 2]], reach: f32) {
        let (w, h) = (self.plane.size().width(), self.plane.size().height());
        for p in points {
            let span = |v: f32, most: usize| {
                ((v - reach).ceil().max(0.0) as usize)..((v + reach).max(0.0) as usize + 1).min(most)
            };
            for y in span(p[1], h) {
                for x in span(p[0], w) {
                    let (dx, dy) = (x as f32 - p[0], y as f32 - p[1]);
                    if dx * dx + dy * dy <= reach * reach {
                        self.taken[y * w + x] = true;
                    }
                }
            }
        }
    }

    /// Smoothed, in units, with the strengths found on the way.
    fn finished(&self, points: &[[f32; 2]]) -> Trace {
        let mut strength: Vec<f32> =
            points.iter().map(|p| between(self.plane, p[0], p[1]).clamp(0.0, 1.5)).collect();
        let mut points: Vec<[f32; 2]> = points.iter().map(|p| p.map(|v| (v + 0.5) / self.unit)).collect();
        for _ in 0..3 {
            smooth(&mut points, |a, b, c| [0, 1].map(|k| 0.25 * a[k] + 0.5 * b[k] + 0.25 * c[k]));
        }
        for _ in 0..8 {
            smooth(&mut strength, |a, b, c| 0.25 * a + 0.5 * b + 0.25 * c);
        }
        Trace { points, strength }
    }
}

/// Move lines from the dark side of edges, where they are found, onto the edges themselves, of which `steep` is the field:
/// a line that encloses colour.
pub(crate) fn snap(traces: &mut [Trace], steep: &Plane, unit: f32) {
    const SIDES: i32 = 4;
    for trace in traces {
        let count = trace.points.len();
        let ways: Vec<[f32; 2]> = (0..count)
            .map(|k| {
                let (a, b) = (trace.points[k.saturating_sub(1)], trace.points[(k + 1).min(count - 1)]);
                let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
                let length = (dx * dx + dy * dy).sqrt().max(1e-6);
                [-dy / length, dx / length]
            })
            .collect();
        let mut aside: Vec<f32> = (0..count)
            .map(|k| {
                let (p, n) = (trace.points[k], ways[k]);
                let (mut sum, mut weights) = (0.0, 1e-6);
                for side in -SIDES..=SIDES {
                    let by = side as f32 * 0.5;
                    let at = [0, 1].map(|c| (p[c] + by * n[c]) * unit - 0.5);
                    let weight = between(steep, at[0], at[1]).max(0.0).powi(4);
                    (sum, weights) = (sum + weight * by, weights + weight);
                }
                sum / weights
            })
            .collect();
        for _ in 0..6 {
            smooth(&mut aside, |a, b, c| 0.25 * a + 0.5 * b + 0.25 * c);
        }
        for ((p, n), aside) in trace.points.iter_mut().zip(ways).zip(aside) {
            *p = [p[0] + aside * n[0], p[1] + aside * n[1]];
        }
    }
}

/// Each but the first and last becomes the mean of the three around it.
fn smooth<T: Copy>(items: &mut [T], mean: impl Fn(T, T, T) -> T) {
    let Some(mut before) = items.first().copied() else { return };
    for k in 1..items.len().saturating_sub(1) {
        let own = items[k];
        items[k] = mean(before, own, items[k + 1]);
        before = own;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Context;
    use crate::line::flow_of;
    use crate::pixel::Size;

    #[test]
    fn a_crest_becomes_one_line_and_is_moved_onto_the_edge() {
        let size = Size::new(256, 128).unwrap();
        let crest = |at: f32| {
            move |x: usize, y: usize| {
                let away = y as f32 - at - 0.1 * x as f32;
                if (20..230).contains(&x) { (1.0 - 0.3 * away * away).max(-1.0) } else { -1.0 }
            }
        };
        let plane = Plane::from_fn(size, crest(40.0));
        let flow = flow_of(&[&plane], 0.25, &Context::default()).unwrap();
        let mut traces = trace(&plane, &flow, 0.25, 20.0, 3.0);
        assert_eq!(traces.len(), 1);
        let on = |trace: &Trace, at: f32| -> f32 {
            let off = trace.points.iter().map(|p| (p[1] * 0.25 - 0.5 - at - 0.1 * (p[0] * 0.25 - 0.5)).abs());
            off.sum::<f32>() / trace.points.len() as f32
        };
        assert!(traces[0].points.len() > 400 && on(&traces[0], 40.0) < 0.45, "{}", on(&traces[0], 40.0));
        let edge = Plane::from_fn(size, |x, y| (crest(40.4)(x, y)).max(0.0));
        snap(&mut traces, &edge, 0.25);
        assert!(on(&traces[0], 40.4) < 0.4, "{}", on(&traces[0], 40.4));
    }

    #[test]
    fn nothing_has_no_lines() {
        for (w, h) in [(1, 1), (1, 40), (30, 2)] {
            let plane = Plane::filled(Size::new(w, h).unwrap(), -0.5);
            let flow = flow_of(&[&plane], 0.1, &Context::default()).unwrap();
            assert!(trace(&plane, &flow, 0.1, 3.0, 2.0).is_empty());
        }
    }
}
